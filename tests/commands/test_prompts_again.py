"""An answer at a terminal that cannot be read is asked for again: what was typed before it is not lost."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价,最低价
    BVM7-710,ZB710,块,120,105
    BVM7-720,ZB720,块,150,
    电源线,DYX15,条,15,

    客户.csv
    客户
    深圳骏业电子
    东莞骏业五金

    供应商.csv
    供应商
    联芯科技
    """


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


@pytest.mark.parametrize(
    ("words", "answers", "said", "row"),
    [
        ("order add 深圳骏业电子 电源线×2", "abc\n-3\n14\n", "单价“abc”看不懂", {"price": "14"}),
        ("order add", "没这家\n骏业\n9\n东莞骏业五金\n电源\n电源线×x\n电源线\n电源线×2@3\n", "没有名为“没这家”的客户",
         {"customer": "东莞骏业五金", "qty": "2"}),
        ("order add 深圳骏业电子 BVM7×2@110", "BVM9\n2\n", "没有名为“BVM9”的产品", {"product": "BVM7-720"}),
        ("stock in", "电源线\n电源线×0\n电源线×5\n", "没有写数量", {"qty": "5"}),
        ("stock count", "电源线=x\n没有=1\n电源线=4\n", "“电源线=x”看不懂", {"counted": "4"}),
        ("loan add 深圳骏业电子", "电源线×-1\n电源线×1\n", "看不懂", {"qty": "1"}),
        ("purchase add 联芯科技 --due +7", "电源线\n电源线×7\n", "没有写数量", {"qty": "7"}),
    ],
)  # fmt: skip
def test_a_bad_answer_is_asked_for_again(book, words, answers, said, row):
    answer = book.run(words, stdin=answers)
    assert (answer.code, said in answer.err) == (0, True)
    written = book.rows("log")[0]["ledgers"]
    file = {"orders": "订单", "stock_moves": "库存变动", "stock_counts": "盘点", "loans": "借用", "purchases": "采购"}
    cells = book.lines(f"{file[written]}.csv")[1].split(",")
    assert set(row.values()) <= set(cells)


def test_what_was_typed_on_the_command_line_is_refused_and_not_asked(book):
    assert book.run("order add 没这家 电源线×2@3", stdin="深圳骏业电子\n").code == 2
    assert book.run("order add 深圳骏业电子 电源线×x@3", stdin="电源线×2\n").code == 2


def test_a_price_below_the_lowest_is_asked_about_in_a_question(book):
    answer = book.run("order add 深圳骏业电子 BVM7-710×1@100", stdin="n\n")
    assert "低于最低价 105，就按这个价记吗？ [y/N]" in answer.out
    english = book.run("order add 深圳骏业电子 BVM7-710×1@100", stdin="n\n", SALESAID_LANG="en")
    assert "its lowest, 105. Go on at this price? [y/N]" in english.out


def test_a_question_begins_like_a_sentence_in_english(book):
    book.run("order add 深圳骏业电子 电源线×2@3")
    assert "The reason: " in book.run("order close 1", stdin="gone\n", SALESAID_LANG="en").out

"""What a return refuses, in a sentence that says where the goods are, and with nothing written."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位
    主板,ZB710,块
    电源线,DYX15,条

    客户.csv
    客户
    骏业

    返修.csv
    单号,日期,类型,客户,产品,型号,数量,单位,序列号,加工厂,维修费,退款金额,仓库,运单号,备注
    RT20261101-001,2026-11-01,收到,骏业,主板,ZB710,3,块,,,,,,,
    RT20261101-001,2026-11-05,送修,骏业,主板,ZB710,2,块,,宏达,,,,,
    RT20261102-001,2026-11-02,收到,骏业,主板,ZB710,1,块,,,,,,,
    RT20261102-001,2026-11-03,寄回,骏业,主板,ZB710,1,块,,,,,,,
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        ("deliver 1101-1 -i 主板×2", "只有 1：主板 1 已收到（2026-11-01 起）、主板 2 在工厂（宏达，2026-11-05 起）",
         "salesaid return back RT20261101-001"),
        ("back 1101-1 -i 主板×3", "可以修回的只有 2", "salesaid return show RT20261101-001"),
        ("back 1102-1", "没有在工厂的货：主板 1 已寄回（2026-11-03 起）", "都已了结"),
        ("send 1102-1 --factory 宏达", "没有可以送修的货", "都已了结"),
        ("scrap 1101-1 -i 电源线×1", "上没有 电源线", "单上是：主板"),
        ("deliver 1101-1 --serial SN1", "没有序列号 SN1", "去掉 --serial"),
        ("deliver 1101-1 -i 主板×1@5", "不写单价", "--amount"),
        ("deliver 9", "没有编号为 9 的返修单", ""),
        ("send 1101-1", "缺少送修的工厂", ""),
        ("refund 1101-1", "缺少退款金额", "写成 --amount 金额"),
        ("refund 1101-1 --amount -5", "看不懂", "最多两位小数"),
        ("refund 1101-1 --amount 5.005", "看不懂", "最多两位小数"),
        ("refund 1101-1 --amount abc", "看不懂", ""),
        ("back 1101-1 --fee -1", "看不懂", "不小于零"),
        ("back 1101-1 --date 2026-11-04", "在 2026-11-04 还没到这一步，是 2026-11-05 才到的", "--date"),
        ("add 骏业 主板×1@5", "不记单价", "return refund"),
        ("add 骏业 主板×3 --serial A --serial B", "序列号写了 2 个，货是 3 件", "一个序列号对一件货"),
        ("add 骏业 主板×1 电源线×1 --serial A", "货有几种", ""),
        ("add --serial A", "出货里没有序列号 A，不知道是哪个客户的货", "-c"),
        ("add 骏业 --serial A", "出货里没有序列号 A，不知道是什么货", "-i"),
        ("add 骏业 主板×1 --order SO9", "没有编号为 SO9 的订单", ""),
        ("add 骏业 主板×1 --warranty 也许", "看不懂", "保内"),
        ("add 骏业 主板", "没有写数量", ""),
        ("add 骏叶 主板×1", "没有名为“骏叶”的客户", "骏业"),
        ("add 骏业", "缺少货品", ""),
        ("list --stage 路上", "看不懂", "已收到"),
        ("list --factory 没有", "没有唯一一家", "宏达"),
        ("label 9", "没有编号为 9 的返修单", ""),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_what_to_do(book, words, said, hint):
    before = book.text("返修.csv")
    answer = book.run(f"return {words}")
    assert answer.code == 2
    assert said in answer.err
    assert hint in answer.err
    assert book.text("返修.csv") == before
    english = book.run(f"return {words}", SALESAID_LANG="en")
    assert english.code == 2
    assert english.err.startswith("error: ")


def test_a_value_for_which_the_file_has_no_column_is_refused(book):
    answer = book.run("return add 骏业 主板×1 --fault 无显示")
    assert answer.code == 2
    assert "故障现象" in answer.err
    assert book.run("return add 骏业 主板×1").code == 0


def test_a_file_without_actions_takes_what_comes_in_and_no_step(desk):
    """
    返修.csv
    单号,日期,客户,产品,数量
    R1,2026-11-01,骏业,主板,2
    """
    assert desk.run("return add 骏业 主板×1").code == 0
    answer = desk.run("return deliver R1")
    assert (answer.code, "类型" in answer.err) == (2, True)


def test_a_step_dated_ahead_says_when_it_counts(book):
    codes = [note["code"] for note in book.json("return back 1101-1 --date 2026-12-01")["data"]["notes"]]
    assert "later_date" in codes


def test_a_return_that_is_dated_ahead_is_told_as_that(book):
    book.run("return add 骏业 主板×1 --date 2026-12-01")
    answer = book.run("return send 1201-1 --factory 宏达")
    assert (answer.code, "的日期是 2026-12-01" in answer.err, "--today 2026-12-01" in answer.err) == (2, True, True)

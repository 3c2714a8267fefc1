"""What is said of the files behind an answer is the same whether the index answers or the ledgers are read."""

from __future__ import annotations

import shutil

import pytest
from openpyxl import Workbook

BOOK = """
    产品.csv
    产品,型号,单位,最低库存
    主板,ZB,块,5
    电源线,DY,条,三条

    客户.csv
    客户,账期
    甲,30天
    乙,随便

    供应商.csv
    供应商
    联芯

    订单.csv
    订单号,日期,类型,客户,产品,数量,单价,交期
    B1,2026-11-03,下单,甲,主板,10,100,月底前
    B2,2026-11-33,下单,甲,主板,10,100,
    B3,2026-11-04,下单,乙,电源线,5,六块,2026-12-01
    B9,2026-12-24,下单,乙,电源线,5,6,后天吧

    发货.csv
    发货单号,日期,类型,订单号,客户,产品,数量,单价,运费
    F1,2026-11-05,发货,B1,甲,主板,4,100,若干

    借用.csv
    借用单号,日期,类型,客户,产品,数量,单价,应还日期
    L1,2026-11-03,借出,甲,主板,3,一百,下月
    L2,去年,借出,甲,主板,3,,

    返修.csv
    返修单号,日期,类型,客户,产品,数量,维修费
    R1,2026-11-03,收到,甲,主板,1,不知道
    R2,2026-11-03,不明,甲,主板,1,

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,单价,交期
    P1,2026-11-03,采购,联芯,主板,20,便宜,尽快
    P2,2026-11-04,采购,联芯,主板,,,

    收款.csv
    收款单号,日期,客户,金额,应收日
    S1,2026-11-20,甲,100,
    S2,2026-11-21,甲,一百,

    日记账.csv
    凭证号,日期,账户,摘要,收入,支出
    J1,2026-11-20,现金,零用,100,
    J2,2026-11-21,现金,零用,一百,

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-09-01,期初,主板,100
    A2,2026-09-01,期初,电源线,很多

    盘点.csv
    单号,日期,产品,实盘数量
    C1,2026-10-01,主板,100
    C2,2026-10-02,电源线,若干
"""
LISTS = [
    "order list", "loan list", "return list", "purchase list", "payment list", "cash list", "receivable list",
    "stock list", "stock check", "stock card 主板", "customer list", "product list", "customer show 甲",
    "order show B1", "product show 主板", "receivable statement 甲", "receivable remind",
]  # fmt: skip


def notes(desk, words):
    data = desk.json(words)["data"]
    found = [data, *data.get("tables", ())]
    return [(note["code"], note.get("level", ""), note["text"]) for each in found for note in each.get("notes", ())]


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    assert desk.run("stock in 主板×1").code == 0  # leaves an index behind it
    return desk


@pytest.mark.parametrize("words", LISTS)
def test_notes_are_the_same_with_and_without_an_index(book, words):
    index = book.folder / ".salesaid" / "index"
    assert index.exists()
    kept = notes(book, words)
    with (book.folder / "借用.csv").open("a", encoding="utf-8", newline="\n") as file:
        file.write("L3,2026-11-05,借出,甲,主板,1,不详,\n")  # added on by whoever reads next
    grown = notes(book, words)
    shutil.rmtree(index)
    assert grown == notes(book, words)
    text = (book.folder / "借用.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (book.folder / "借用.csv").write_text("".join(text[:-1]), encoding="utf-8", newline="\n")
    assert kept == notes(book, words)


def test_cells_nobody_can_read_are_named_though_only_the_index_was_asked(book):
    said = {text for code, _, text in notes(book, "stock check") if code == "unreadable"}
    assert any(text.startswith("采购.csv 有 1 格看不懂") for text in said)


def test_a_total_that_moves_down_with_each_post_is_told_once_and_where_it_is(desk):
    book = Workbook()
    rows = (
        ["单号", "日期", "客户", "产品", "数量", "单价"],
        ["X1", "2026-11-01", "骏业", "主板", 2, 9],
        ["合计", "十一月", *[None] * 4],
    )
    for row in rows:
        book.active.append(row)
    book.save(desk.folder / "订单.xlsx")
    for last in (4, 5):
        assert desk.run("order add 骏业 主板×1@9").code == 0
        notes = desk.json("order list")["data"]["notes"]
        assert [(note["code"], [row["row"] for row in note["rows"]]) for note in notes] == [("set_aside", [last])]

"""Closes that people typed: of either sign they close, and only a red letter opens again."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,供应商
    主板,ZB,块,联芯

    订单.csv
    订单号,日期,类型,客户,产品,数量,备注
    B1,2026-11-03,下单,甲,主板,10,

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期,备注
    P1,2026-11-03,采购,联芯,主板,10,2026-12-20,

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-09-01,期初,主板,100
"""
ORDER, PURCHASE = "B1,2026-11-04,关闭,甲,主板,{},{}\n", "P1,2026-11-04,关闭,联芯,主板,{},,{}\n"
GROUPS = [("order", "订单.csv", ORDER, "promised"), ("purchase", "采购.csv", PURCHASE, "incoming")]
both = pytest.mark.parametrize(("group", "file", "row", "kept"), GROUPS, ids=["order", "purchase"])


@pytest.fixture(params=["fresh", "index"])
def book(desk, request):
    desk.lay_out(BOOK)
    desk.write("产品.csv", "产品,型号,单位,供应商\n主板,ZB,块,联芯")
    if request.param == "index":
        desk.run("loan add 甲 主板×1")  # a post leaves the index behind it
    return desk


def typed(desk, file, line):
    with (desk.folder / file).open("a", encoding="utf-8", newline="\n") as ledger:
        ledger.write(line)


def open_of(desk, group, kept):
    """What is open by the rows, and by the sums."""
    lines = sum(row["open"] for row in desk.rows(f"{group} list"))
    return lines, next((row[kept] for row in desk.rows("stock list") if row["product"] == "主板"), 0)


def codes(desk, group):
    return [
        note["code"]
        for note in desk.json(f"{group} list --all" if group == "purchase" else "order list")["data"]["notes"]
    ]


@both
@pytest.mark.parametrize("qty", [-4, 4])
def test_either_sign_closes(book, group, file, row, kept, qty):
    typed(book, file, row.format(qty, "不要了"))
    assert open_of(book, group, kept) == (6, 6)
    assert codes(book, group).count("close_above_zero") == (qty > 0)


@both
@pytest.mark.parametrize("qty", [-4, 4])
def test_a_red_letter_opens_again(book, group, file, row, kept, qty):
    typed(book, file, row.format(qty, "不要了") + row.format(-qty, "红字：错了"))
    assert open_of(book, group, kept) == (10, 10)


@both
def test_what_is_left_after_one_is_closed_by_salesaid(book, group, file, row, kept):
    typed(book, file, row.format(4, "不要了"))
    assert book.run(f"{group} close {'B1' if group == 'order' else 'P1'} --why 停").code == 0
    assert open_of(book, group, kept) == (0, 0)


@both
def test_voiding_and_undoing_take_every_close_back(book, group, file, row, kept):
    number = "B1" if group == "order" else "P1"
    typed(book, file, row.format(4, "不要了"))
    assert book.run(f"void {number} --why 错 --force").code == 0
    assert open_of(book, group, kept) == (0, 0)
    assert all(line["closed"] == 0 for line in book.rows("order list")) or group == "purchase"
    assert book.run("undo").code == 0
    assert open_of(book, group, kept) == (6, 6)

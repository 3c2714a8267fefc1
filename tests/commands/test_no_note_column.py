"""Reasons in files without a column for notes: the row is written, and the reason stands in the log."""

from __future__ import annotations

import pytest

from tests import retail

AT_ONCE = f'[book]\nlanguage = "en"\n{retail.LEDGER}'.format(file="retail.csv")
SALES = """
    InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
    536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26,2.55,17850,United Kingdom
    536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26,3.39,17850,United Kingdom
"""


def codes(envelope):
    return [note["code"] for note in envelope["data"]["notes"]]


@pytest.fixture
def retail(desk):
    desk.write("salesaid.toml", AT_ONCE)
    desk.write("retail.csv", SALES)
    desk.today = "2010-12-09"
    return desk


@pytest.mark.parametrize("words", ["order return 536365 -i 85123A×1 --why broken", "void 536365 --why broken"])
def test_in_a_book_of_eight_columns_the_reason_stands_in_the_log(retail, words):
    envelope = retail.json(words)
    assert envelope["status"] == "ok"
    assert codes(envelope).count("reason_in_log") == 1
    assert "broken" in retail.rows("log")[0]["command"]
    written = {"order_no", "product", "model", "qty", "date", "price", "customer"}
    for entry in envelope["data"]["entries"]:
        assert set(entry["row"]) <= written
    assert retail.lines("retail.csv")[-1].startswith("536365,")


def test_a_note_that_was_typed_still_needs_its_column(retail):
    refused = retail.json("order return 536365 -i 85123A×1 --why broken --note 'by post'")
    assert refused["errors"][0]["code"] == "missing-column"


@pytest.mark.parametrize("words", ["order close 1 --why 取消", "order change 1 --due +3 --why 客户要求"])
def test_an_order_is_closed_and_changed_without_a_column_for_the_reason(desk, words):
    desk.write(
        "订单.csv", "单号,日期,类型,客户,产品,数量,交期\nSO20261123-001,2026-11-23,下单,骏业,电源线,3,2026-12-01"
    )
    envelope = desk.json(words)
    assert codes(envelope) == ["reason_in_log"]
    assert "note" not in envelope["data"]["entries"][0]["row"]
    assert "没有“备注”这一列" in envelope["data"]["notes"][0]["text"]


@pytest.mark.parametrize("words", ["stock scrap 电源线×1 --why 烧毁", "stock count 电源线=2 --why 月末"])
def test_stock_is_scrapped_and_counted_without_a_column_for_the_reason(desk, words):
    desk.write("库存变动.csv", "单号,日期,类型,产品,数量\nST1,2026-11-01,期初,电源线,3")
    desk.write("盘点.csv", "单号,日期,产品,实盘数量")
    envelope = desk.json(words)
    assert "reason_in_log" in codes(envelope)
    assert "没有“原因”这一列" in next(n["text"] for n in envelope["data"]["notes"] if n["code"] == "reason_in_log")

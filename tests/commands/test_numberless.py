"""Journals without a column for numbers: a row is a document, called by its file and row."""

from __future__ import annotations

import shutil

import pytest

ORDERS = "日期,客户,产品,数量,单价\n2026-11-01,骏业,主板,2,5\n2026-11-02,骏业,电源,3,6"


@pytest.fixture
def book(desk):
    desk.write("订单.csv", ORDERS)
    return desk


def test_an_order_is_called_by_its_row_in_the_answer_and_in_the_log(book):
    data = book.json("order add 骏业 主板×1")["data"]
    assert data["no"] == "订单.csv:4"
    assert data["entries"][0]["row"]["order_no"] == "订单.csv:4"
    assert "订单.csv:5" in book.run("order add 骏业 主板×1").out
    assert [row["no"] for row in book.rows("log")] == ["订单.csv:5", "订单.csv:4"]


def test_that_number_is_the_one_by_which_the_order_is_found(book):
    no = book.json("order add 骏业 电源×7")["data"]["no"]
    assert book.run(f"order ship {no}").code == 0
    assert [row["open"] for row in book.rows("order list") if row["order_no"] == no] == [0]


def test_a_dry_run_and_an_order_without_an_index_give_the_same_row(book):
    assert book.json("order add 骏业 主板×1 --dry-run")["data"]["no"] == "订单.csv:4"
    (book.folder / "订单.csv").write_text(ORDERS, encoding="utf-8")  # no line end
    assert book.json("order add 骏业 主板×1")["data"]["no"] == "订单.csv:4"
    shutil.rmtree(book.folder / ".salesaid" / "index")
    assert book.json("order add 骏业 主板×1")["data"]["no"] == "订单.csv:5"


def test_goods_shipped_at_once_name_the_row_of_their_own_line(book):
    book.run("order add 骏业 主板×1 电源×2 --ship")
    lines = {row["order_no"]: row for row in book.rows("order list")}
    assert [(lines[f"订单.csv:{row}"]["product"], lines[f"订单.csv:{row}"]["open"]) for row in (4, 5)] == [
        ("主板", 0), ("电源", 0),
    ]  # fmt: skip


def test_a_workbook_gives_its_row_too(desk):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in ORDERS.splitlines():
        book.active.append(line.split(","))
    book.save(desk.folder / "订单.xlsx")
    assert desk.json("order add 骏业 主板×1")["data"]["no"] == "订单.xlsx:4"
    assert desk.json("order add 骏业 主板×1")["data"]["no"] == "订单.xlsx:5"

"""Sentences that name the place, the reason and what to do."""

from __future__ import annotations

import pytest

BOOK = """
    客户.csv
    客户,全称
    骏业,深圳骏业电子有限公司

    订单.csv
    单号,日期,客户,产品,数量,单价,备注
    A1,2026-11-01,骏业,BVM7-710,2,5,
    A2,2026-11-02,骏业,BVM7-720,2,5,
    A3,2026-11-03,骏业,主板,2,5,
    A4,2026-11-03,骏业,主 板,2,5,
    A5,2026-11-03,骏业,主板 电源,2,5,
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def test_a_text_that_would_be_a_formula_is_refused_with_its_file(book):
    [error] = book.json(["order", "add", "骏业", "主板×1", "--note", "=1+1"])["errors"]
    assert error["where"]["file"] == "订单.csv"


def test_a_folder_that_is_not_there_is_named_and_no_temp_file(book):
    refused = book.run(["order", "list", "--out", str(book.folder / "nodir" / "x.csv")])
    assert refused.code == 3
    assert "nodir" in refused.err
    assert "tmp" not in refused.err.replace(str(book.folder), "")


def test_names_of_two_kinds_are_said_to_be_so(book):
    refused = book.run("name same 骏业 主板")
    assert refused.code == 2
    assert "“骏业”是客户，“主板”是产品" in refused.err or "“主板”是产品，“骏业”是客户" in refused.err


def test_no_merge_is_offered_where_numbers_differ(book):
    offers = {row["name"]: row["command"] for row in book.rows("name suggest BVM7-710 --kind 产品")}
    assert offers["BVM7-720"] is None
    assert any(row["command"] for row in book.rows("name suggest 主板 --kind 产品"))


def test_a_name_that_counts_under_another_is_not_offered_again(book):
    book.run("name same '主板 电源' 主板")
    assert not any(row["command"] for row in book.rows("name suggest '主板 电源' --kind 产品"))


def test_another_mind_takes_the_old_reason_away(book):
    book.run("name different BVM7-710 BVM7-720 --note 两块板")
    book.run("name later BVM7-710 BVM7-720")
    assert "两块板" not in book.text("名称对照.csv")


def test_a_customer_is_not_entered_again_by_its_full_name(book):
    refused = book.run("customer add 深圳骏业电子有限公司")
    assert refused.code == 2
    assert "“骏业”" in refused.err


def test_the_log_names_ledgers_in_the_language_of_the_person_and_by_id_to_scripts(book):
    book.run("order add 骏业 主板×1 --ship")
    assert "订单、出货" in book.run("log").out
    assert "orders, shipments" in book.run("log --lang en").out
    assert book.rows("log")[0]["ledgers"] == "orders, shipments"


def test_the_first_page_speaks_of_what_is_there(book):
    page = book.run("--help").out
    assert "借用" not in page
    assert "出货" in page


def test_closing_part_of_a_product_has_a_hint_of_its_own(book):
    refused = book.run("order close A3 -i 主板×2 --why 无")
    assert refused.code == 2
    assert "未发的全部" in refused.err


def test_an_order_dated_ahead_is_warned_of_and_later_said_to_be_ahead(book):
    data = book.json("order add 骏业 主板×1 --date +1")["data"]
    assert "later_date" in [note["code"] for note in data["notes"]]
    refused = book.run(f"order show {data['no']}")
    assert refused.code == 2
    assert "2026-11-24" in refused.err
    assert book.run(f"order show {data['no']}", SALESAID_TODAY="2026-11-24").code == 0


def test_a_renamed_column_that_figures_rest_on_is_missed_and_its_likeness_named(book):
    book.write("订单.csv", "单号,日期,客户,产品,数目字,金额\nA1,2026-11-01,骏业,主板,2,5")
    notes = {note["code"]: note["text"] for note in book.json("order list")["data"]["notes"]}
    assert "“数量”" in notes["no_column"]
    assert "“数目字”" in notes["no_column"]

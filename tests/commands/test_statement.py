"""Statements of account: line by line, tied to what the customer owes."""

from __future__ import annotations

import pytest

BOOK = """
出货.csv
单号,日期,类型,订单号,客户,产品,型号,数量,单位,单价,金额,备注
OP1,2026-07-01,期初,,骏业,,,0,,,500,
SH1,2026-09-10,发货,SO1,骏业,主板,B-1,2,块,100,,
SH2,2026-10-05,发货,SO2,骏业,主板,B-1,3,块,100,,
SH2,2026-10-05,发货,SO2,骏业,电源线,,10,根,1.5,,
SH2,2026-10-08,发货,SO2,骏业,电源线,,-10,根,1.5,-15,红字：多发
RT1,2026-10-09,退回,SO2,骏业,主板,B-1,1,块,100,,
SH3,2026-10-20,发货,SO3,骏业,主板,B-1,1,块,100,,
SH3,2026-10-21,争议,SO3,骏业,,,,,,,数量不符
SH4,2026-11-10,发货,SO4,骏业,主板,B-1,7,块,100,,
SH9,2026-10-20,发货,SO9,华强,主板,B-1,1,块,100,,

收款.csv
单号,日期,客户,付款人,金额,订单号
PY1,2026-09-20,骏业,,500,
PY2,2026-10-15,骏业,,1000,
PY3,2026-10-16,,谁也不是,77,

客户.csv
客户,全称,联系人
骏业,深圳市骏业电子有限公司,何先生
华强,,
"""
OCTOBER = "receivable statement 骏业 --since 2026-10-01 --until 2026-10-31"


@pytest.fixture
def desk(desk):
    desk.lay_out(BOOK)
    return desk


def lines(desk, words):
    answer = desk.json(words)
    assert answer["status"] == "ok", answer["errors"]
    return answer["data"]["rows"]


def test_every_line_of_the_period_with_the_balance_after_it(desk):
    rows = lines(desk, OCTOBER)
    assert [(row["kind"], row["no"], row["qty"], row["amount"], row["received"], row["balance"]) for row in rows] == [
        ("brought_forward", None, None, None, None, 200),
        ("sale", "SH2", 3, 300, None, 500),
        ("sale", "SH2", 10, 15, None, 515),
        ("sale", "SH2", -10, -15, None, 500),
        ("return", "RT1", -1, -100, None, 400),
        ("receipt", "PY2", None, None, 1000, -600),
        ("sale", "SH3", 1, 100, None, -500),
        ("closing", None, None, 300, 1000, -500),
    ]
    assert [row["no"] for row in rows if row["disputed"]] == ["SH3"]


@pytest.mark.parametrize("until", ["2026-09-30", "2026-10-31", "2026-11-23"])
def test_the_closing_line_is_the_balance_of_that_day(desk, until):
    closing = lines(desk, f"receivable statement -c 骏业 --until {until}")[-1]
    [row] = desk.rows(f"receivable list --customer 骏业 --as-of {until}")
    assert closing["balance"] == row["balance"]
    assert closing["date"] == until


def test_a_period_begins_where_the_one_before_ended(desk):
    september = lines(desk, "receivable statement 骏业 --since 2026-09-01 --until 2026-09-30")
    assert september[0]["balance"] == 500
    assert september[-1]["balance"] == lines(desk, OCTOBER)[0]["balance"]


def test_an_opening_balance_and_money_ahead_are_on_it(desk):
    rows = lines(desk, "receivable statement 骏业")
    assert rows[1]["kind"] == "opening"
    assert rows[1]["amount"] == 500
    out = desk.run(OCTOBER).out
    assert "多收" in out
    assert "伍佰元整" in out
    assert "in capitals" in desk.run(OCTOBER, SALESAID_LANG="en").out


def test_a_receipt_taken_back_by_red_letters_is_not_money(desk):
    with (desk.folder / "收款.csv").open("a", encoding="utf-8") as file:
        file.write("PY2,2026-11-17,骏业,,-1000,\nPY4,2026-11-18,骏业,,-20,\n")
    assert lines(desk, OCTOBER)[-1]["balance"] == -500  # as it was sent out
    november = lines(desk, "receivable statement 骏业 --since 2026-11-01")
    assert november[0]["balance"] == -500
    assert [(row["kind"], row["received"]) for row in november if row["received"] is not None][:-1] == [
        ("paid_back", -1000), ("paid_back", -20),
    ]  # fmt: skip
    assert november[-1]["balance"] == 1220


def test_who_is_not_known_is_refused(desk):
    assert desk.json("receivable statement 万达")["errors"][0]["code"] == "unknown-name"
    assert desk.json("receivable statement")["errors"][0]["code"] == "missing"


def test_a_customer_without_any_row_has_an_empty_one(desk):
    desk.run("customer add 新客户")
    assert [row["balance"] for row in lines(desk, "receivable statement 新客户")] == [0, 0]


def test_on_paper_it_has_both_names_capitals_and_room_for_stamps(desk):
    import openpyxl

    path = desk.folder / "对账单.xlsx"
    assert desk.run([*OCTOBER.split(), "--out", str(path)]).code == 0
    sheet = openpyxl.load_workbook(path).active
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert texts[0] == "测试 对账单"
    assert "客户：深圳市骏业电子有限公司" in texts
    assert any("人民币伍佰元整" in text for text in texts)
    assert {"供方（盖章）：测试", "需方（盖章）：深圳市骏业电子有限公司"} <= set(texts)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in sheet[4]] == [
        "日期", "单号", "品名、摘要", "型号", "数量", "单位", "单价", "应收", "收款", "余额", "争议",
    ]  # fmt: skip
    assert [sheet.cell(row, 10).value for row in range(5, 13)] == [200, 500, 515, 500, 400, -600, -500, -500]


def test_the_whole_sample_book_ties_for_every_customer(tmp_path, request):
    import shutil
    from datetime import date
    from pathlib import Path

    from salesaid.book import Book
    from salesaid.reports.statement import statement

    folder = tmp_path / "copy"
    shutil.copytree(Path(__file__).parents[2] / "data", folder)
    for day in (date(2026, 8, 31), date(2026, 10, 31), date(2026, 11, 22)):
        book = Book(folder, day, "zh", "me", exact=True)
        customers = [party.id for party in book.supply("customer_names").all()]
        rows = {each: book.call(statement, {"customer": each, "since": date(2026, 8, 1)}).rows for each in customers}
        closing = {each: book.supply("receivables").balance(each) for each in customers}
        assert any(closing.values())
        assert {each: own[-1][10] for each, own in rows.items()} == closing
        book.close()


@pytest.mark.parametrize("customer", ["(无客户)", "骏业", "华强"])
def test_every_statement_closes_with_the_balance_of_the_list(desk, customer):
    [row] = desk.rows(["receivable", "list", "-c", customer])
    assert lines(desk, ["receivable", "statement", customer])[-1]["balance"] == row["balance"]


def test_receipts_of_unknown_payers_stand_on_the_statement_of_nobody(desk):
    rows = lines(desk, ["receivable", "statement", "(无客户)"])
    assert [(row["kind"], row["no"], row["received"], row["balance"]) for row in rows[1:]] == [
        ("receipt", "PY3", 77, -77), ("closing", None, 77, -77),
    ]  # fmt: skip


def test_rows_dated_later_are_counted_for_the_customer_alone(desk):
    def later(customer):
        notes = desk.json(f"receivable statement {customer} --until 2026-10-31")["data"]["notes"]
        return [note["text"] for note in notes if note["code"] == "later_rows"]

    assert later("骏业") == ["1 行的日期晚于 2026-10-31，未计入"]
    assert later("华强") == []


def test_rows_dated_later_are_counted_without_receipts_too(desk):
    (desk.folder / "收款.csv").unlink()
    notes = desk.json("receivable statement 骏业 --until 2026-10-10")["data"]["notes"]
    assert [note["text"] for note in notes if note["code"] == "later_rows"] == ["2 行的日期晚于 2026-10-10，未计入"]

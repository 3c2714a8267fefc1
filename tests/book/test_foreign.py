"""Bills and exports of others: found among titles and sheets, or refused with what to do."""

import openpyxl
import pytest

HEADINGS = ["单据日期", "单据编号", "购货单位", "存货名称", "数量", "金额"]
ROWS = [["2026/10/5", "SO1", "骏业", "主板", 2, 240], ["2026/10/6", "SO2", "华强", "电源线", 10, 60]]


@pytest.fixture
def book(desk):
    desk.write(
        "订单.csv", "单号,日期,客户,产品,数量,金额\nSO1,2026-10-05,骏业,主板,2,240\nSO2,2026-10-06,华强,电源线,10,60"
    )
    return desk


@pytest.fixture
def path(tmp_path):
    return tmp_path / "erp.xlsx"


def saved(path, *sheets, hidden=()):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    made.save(path)


def differences(desk, path, more=""):
    answer = desk.json(f"reconcile 订单 {path} {more}")
    assert answer["status"] == "ok", answer["errors"]
    return [row["why"] for row in answer["data"]["tables"][1]["rows"]]


def test_headings_below_titles_and_a_blank_row_are_found(book, path):
    saved(
        path,
        ("10月", [["某某公司"], [], ["销售明细", None, "2026年10月"], HEADINGS, *ROWS, ["合计", *[None] * 4, 300]]),
    )
    assert differences(book, path) == []


def test_the_sheet_whose_headings_fit_is_taken_and_a_hidden_one_is_not(book, path):
    other = [["联系人", "电话"], ["刘", "1"]]
    saved(path, ("说明", other), ("明细", [HEADINGS, *ROWS]), ("旧", [HEADINGS, ROWS[0]]), hidden=["旧"])
    assert differences(book, path) == []
    assert differences(book, path, "--sheet 旧 --since 2026-10-01 --until 2026-10-31") == ["extra"]


def test_of_two_sheets_that_fit_one_has_to_be_named(book, path):
    saved(path, ("9月", [HEADINGS, ROWS[0]]), ("10月", [HEADINGS, *ROWS]))
    refused = book.run(f"reconcile 订单 {path}")
    assert (refused.code, "--sheet '9月'" in refused.err) == (2, True)
    assert differences(book, path, "--sheet 10月") == []
    assert book.run(f"reconcile 订单 {path} --sheet 11月").code == 3


def test_monthly_sheets_are_held_against_the_ledger_together(book, path):
    first, second = ROWS
    saved(path, ("9月", [["九月"], HEADINGS, first, ["合计"]]), ("10月", [HEADINGS, second]), ("备忘", [["随便写写"]]))
    assert differences(book, path, "--sheet *月") == []
    assert differences(book, path, "--sheet *") == []
    saved(path, ("9月", [["九月"], HEADINGS, first]), ("10月", [HEADINGS, [*second[:4], 11, 66]]))
    table = book.json(f"reconcile 订单 {path} --sheet *月")["data"]["tables"][1]
    assert [(row["why"], row["their_sheet"], row["their_row"]) for row in table["rows"]] == [("qty", "10月", 2)]
    assert book.run(f"freight audit {path} --sheet *月 --carrier 顺丰").code == 2


def test_the_debris_of_converters_is_no_other_name(book, path):
    saved(path, ("明细", [HEADINGS, ["2026/10/5", "[]SO1", "骏业□", *ROWS[0][3:]], ROWS[1]]))
    assert differences(book, path) == []


def test_a_formula_without_its_result_is_told_and_not_taken_for_nothing(book, path):
    saved(path, ("明细", [[*HEADINGS[:4], "数量"], ["2026/10/5", "SO1", "骏业", "主板", "=1+1"], ROWS[1][:5]]))
    answer = book.json(f"reconcile 订单 {path} --since 2026-10-01 --until 2026-10-31")["data"]["tables"]
    notes = [note["text"] for table in answer for note in table["notes"] if note["code"] == "set_aside"]
    assert len(notes) == 1
    assert "第 2 行" in notes[0]
    assert [row["why"] for row in answer[1]["rows"]] == ["extra"]


def test_a_file_without_any_headings_is_refused(book, path):
    saved(path, ("空", []))
    assert book.run(f"reconcile 订单 {path}").code == 2
    saved(path, ("数", [[1, 2], [3, 4]]))
    refused = book.run(f"reconcile 订单 {path}")
    assert (refused.code, refused.out) == (2, "")


def test_a_doubled_heading_is_told_by_its_place(book, path):
    rows = [[*HEADINGS, "金额"], *([*row, 1] for row in ROWS)]
    saved(path, ("明细", rows))
    assert book.run(f"reconcile 订单 {path}").code in {2, 3}
    assert differences(book, path, "--map 金额#1=金额") == []
    assert differences(book, path, "--map 金额#2=金额") == ["amount", "amount"]


def test_days_of_another_order_are_read_where_it_is_said(book, path):
    saved(path, ("明细", [HEADINGS, ["10/5/2026", *ROWS[0][1:]], ["10/6/2026", *ROWS[1][1:]]]))
    period = "--since 2026-10-01 --until 2026-10-31"
    assert differences(book, path, period) == ["extra", "extra"]
    assert differences(book, path, f"{period} --date-order mdy") == []

"""What an answer says of the files it rests on: rows left out, cells nobody can read, formulas without a result."""

from __future__ import annotations

import openpyxl
import pytest

HEAD = "单号,日期,客户,产品,数量,单价\n"
GOOD = "A1,2026-11-01,甲,线,3,1\n"
BAD = "".join(f"B{n},某天{n},甲,线,3,1\n" for n in range(5))


def notes(desk, command="order list"):
    return {note["code"]: note for note in desk.json(command)["data"]["notes"]}


def workbook(desk, rows):
    book = openpyxl.Workbook()
    for row in (HEAD.strip().split(","), *rows):
        book.active.append(row)
    book.save(desk.folder / "订单.xlsx")


def test_scripts_get_every_row_left_out_and_people_three_with_the_sum(desk):
    desk.write("订单.csv", HEAD + GOOD + BAD)
    note = notes(desk)["set_aside"]
    assert [(row["file"], row["row"]) for row in note["rows"]] == [("订单.csv", row) for row in range(3, 8)]
    assert "共 6 行＝采用 1＋未采用 5" in note["text"]
    shown = desk.run("order list").out
    assert "某天2" in shown
    assert "某天4" not in shown
    assert "还有 2 行" in shown


@pytest.mark.parametrize("name", ["", "全部.md", "全部.csv", "全部.xlsx"])
def test_files_name_every_row_left_out(desk, name):
    desk.write("订单.csv", HEAD + GOOD + BAD)
    answer = desk.run(["order", "list", *(["--out", str(desk.folder / name)] if name else ["--format", "md"])])
    said = answer.out + answer.err
    if name.endswith(".md"):
        said = desk.text(name)
    if name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(desk.folder / name).active
        said = " ".join(str(row[0].value) for row in sheet.iter_rows())
    assert "某天4" in said


def test_csv_on_stdout_has_rows_only_and_stderr_what_was_left_out(desk):
    desk.write("订单.csv", HEAD + GOOD + BAD)
    answer = desk.run("order list --format csv")
    assert "某天" not in answer.out
    assert all(f"某天{n}" in answer.err for n in range(5))


def test_rows_of_later_days_are_part_of_the_sum(desk):
    desk.write("订单.csv", HEAD + GOOD + BAD + "C1,2027-01-01,甲,线,3,1")
    assert "共 7 行＝采用 1＋未采用 5＋以后的 1" in notes(desk)["set_aside"]["text"]


def test_the_sum_is_the_same_once_there_is_an_index(desk):
    desk.write("订单.csv", HEAD + GOOD + BAD)
    assert desk.run("order add 甲 线×1@1").code == 0
    assert "共 7 行＝采用 2＋未采用 5" in notes(desk)["set_aside"]["text"]


def test_a_price_that_cannot_be_read_is_said_with_its_file_row_and_heading(desk):
    desk.write("订单.csv", HEAD + GOOD + "A2,2026-11-01,甲,线,3,1e3")
    note = notes(desk)["unreadable"]
    assert note["level"] == "warning"
    assert note["rows"] == [{"file": "订单.csv", "row": 3, "reason": "单价 1e3"}]
    assert "订单.csv" in note["text"]
    assert "unreadable" not in notes(desk, "product list")


def test_a_needed_formula_without_a_result_sets_its_row_aside(desk):
    workbook(desk, [["A1", "2026-11-01", "甲", "线", "=1+2", 1], ["A2", "2026-11-01", "甲", "线", 4, 1]])
    found = notes(desk)
    assert "数量是没有保存结果的公式" in found["set_aside"]["text"]
    assert "formula_without_value" not in found
    assert [row["order_no"] for row in desk.rows("order list")] == ["A2"]


def test_another_formula_without_a_result_is_warned_of(desk):
    workbook(desk, [["A1", "2026-11-01", "甲", "线", 3, "=1+2"]])
    note = notes(desk)["formula_without_value"]
    assert note["level"] == "warning"
    assert note["rows"] == [{"file": "订单.xlsx", "row": 2, "reason": "单价"}]


def test_what_a_file_is_like_is_said_with_the_answer(desk):
    text = HEAD + GOOD + "A2,2026-11-01,甲,线,3"
    (desk.folder / "订单.csv").write_bytes(text.encode("gb18030"))
    found = notes(desk)
    assert found["encoding"]["level"] == "info"
    assert "订单.csv" in found["encoding"]["text"]
    assert "unfinished_last_line" in found or "missing_empty_cells" in found


def test_hidden_rows_are_used_and_said(desk):
    workbook(desk, [["A1", "2026-11-01", "甲", "线", 3, 1]])
    book = openpyxl.load_workbook(desk.folder / "订单.xlsx")
    book.active.row_dimensions[2].hidden = True
    book.save(desk.folder / "订单.xlsx")
    assert notes(desk)["hidden_rows"]["level"] == "info"


def test_rows_left_out_are_said_of_every_ledger_behind_an_answer_also_from_the_index(desk):
    desk.lay_out("""
        采购.csv
        单号,日期,类型,供应商,产品,数量
        PO20261101-001,2026-11-01,采购,联芯,主板,5
        PO20261102-001,2026-11-02,采购,联芯,主板,若干

        借用.csv
        单号,日期,类型,客户,产品,数量
        LN20261101-001,2026-11-01,借出,骏业,主板,1
        LN20261102-001,某日,借出,骏业,主板,1
    """)
    read = desk.run("stock list").out
    desk.run("stock in 主板×9")
    from_index = desk.run("stock list").out
    for out in (read, from_index):
        assert "采购.csv 有 1 行未采用" in out
        assert "借用.csv 有 1 行未采用" in out


def test_one_row_that_is_left_out_is_one_row(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量\nA1,2026-12-01,甲,乙,1\nA2,2026-11-01,甲,乙,1")
    assert "1 row is dated after" in desk.run("order list", SALESAID_LANG="en").out
    assert "2 rows are dated after" in desk.run("order list --as-of 2026-10-01", SALESAID_LANG="en").out

"""The rules about any ledger: what only shows over several rows, files or formats."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

HEAD = "单号,日期,客户,产品,数量,单价,评审人,备注"


def found(desk, code: str) -> list[tuple[int | None, str | None, str | None]]:
    return [(row["row"], row["column"], row["value"]) for row in desk.rows(["check", code])]


def orders(desk, *rows: str, head: str = HEAD) -> None:
    desk.write("订单.csv", "\n".join([head, *rows]))


def workbook(desk, rows: list[list[object]]) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in book.active.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(desk.folder / "订单.xlsx")


def test_each_row_but_the_first_of_those_alike_is_a_copy_and_says_of_which(desk):
    row, other = "SO1,2026-11-01,骏业,电源线,10,6,赵,急", "SO1,2026-11-01,骏业,电源线,10,6,赵,"
    orders(desk, row, other, row, row, other)
    assert [finding["row"] for finding in desk.rows("check A10")] == [4, 5, 6]
    assert [finding["message"] for finding in desk.rows("check A10")] == [
        "与第 2 行完全相同", "与第 2 行完全相同", "与第 3 行完全相同",
    ]  # fmt: skip


def test_rows_that_are_set_aside_are_no_copies(desk):
    total = ",,合计,,10,,,"
    orders(
        desk, "SO1,2026-11-01,骏业,电源线,10,6,赵,", total, total, ",不详,骏业,电源线,1,6,,", ",不详,骏业,电源线,1,6,,"
    )
    assert found(desk, "A10") == []
    assert [row for row, _, _ in found(desk, "A08")] == [5, 6]


def test_copies_are_found_in_a_workbook_and_text_there_is_no_formula(desk):
    row = ["SO1", "2026-11-01", "骏业", "电源线", 10, 6, "赵", "=A1+B1"]
    workbook(desk, [HEAD.split(","), row, row])
    assert [row for row, _, _ in found(desk, "A10")] == [3]
    assert found(desk, "A11") == []


def test_a_copy_far_below_is_found(desk):
    rows = [f"SO1,2026-11-01,骏业,产品{at % 9000},10,6,赵," for at in range(9001)]
    orders(desk, *rows)
    assert [row for row, _, _ in found(desk, "A10")] == [9002]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0"])
def test_text_that_runs(desk, text):
    orders(desk, f"SO1,2026-11-01,骏业,电源线,10,6,赵,{text}")
    assert found(desk, "A11") == [(2, "note", text)]


@pytest.mark.parametrize("text", ["+5V电源", "-", "a=b", "见 @小郑", "5|6!", "甲|乙"])
def test_text_that_does_nothing(desk, text):
    orders(desk, f"SO1,2026-11-01,骏业,电源线,10,6,赵,{text}")
    assert found(desk, "A11") == []


def test_a_formula_stands_in_a_column_that_is_not_read(desk):
    orders(desk, "SO1,2026-11-01,骏业,电源线,10,6,赵,=1", head=HEAD.replace("备注", "包装要求"))
    assert found(desk, "A11") == [(2, "包装要求", "=1")]


def test_an_impossible_date_is_unreadable_and_a_later_one_is_not(desk):
    head = "单号,日期,客户,产品,数量,单价,评审人,交期"
    orders(
        desk,
        "SO1,2026-11-01,骏业,电源线,10,6,赵,2026-02-30",
        "SO2,2026-11-02,骏业,数据线,10,6,赵,2027-01-01",
        head=head,
    )
    assert found(desk, "A07") == [(2, "due", "2026-02-30")]
    assert found(desk, "A09") == []


def test_rows_dated_later_are_told_in_every_ledger_but_prices(desk):
    orders(desk, "SO1,2026-11-24,骏业,电源线,10,6,赵,", "SO2,2026-11-23,骏业,数据线,10,6,赵,")
    desk.write("价格.csv", "日期,产品,单价\n2027-01-01,电源线,6")
    assert found(desk, "A09") == [(2, "date", "2026-11-24")]


def test_a_trailing_column_without_heading_is_told_only_where_it_holds_something(desk):
    orders(desk, "SO1,2026-11-01,骏业,电源线,10,6,赵,,", head=HEAD + ",")
    assert found(desk, "A04") == []
    orders(desk, "SO1,2026-11-01,骏业,电源线,10,6,赵,,急", head=HEAD + ",")
    assert found(desk, "A04") == [(1, "I", None)]


def test_a_second_quantity_is_graver_than_a_second_note(desk):
    orders(
        desk, "SO1,2026-11-01,骏业,电源线,10,10,6,赵,,", head="单号,日期,客户,产品,数量,实发数量,单价,评审人,备注,说明"
    )
    assert [(row["column"], row["severity"]) for row in desk.rows("check A02")] == [
        ("实发数量", "warning"), ("说明", "note"),
    ]  # fmt: skip


def test_a_heading_that_lacks_stands_at_the_header_row(desk):
    orders(desk, "2026-11-01,10", head="日期,数量")
    assert [(row["row"], row["column"], row["severity"]) for row in desk.rows("check A06")] == [
        (1, "order_no", "note"), (1, "product", "warning"), (1, "customer", "warning"),
    ]  # fmt: skip


def test_a_file_in_gbk_is_in_order_and_one_with_half_a_last_line_is_not(desk):
    text = f"{HEAD}\r\nSO1,2026-11-01,骏业,电源线,10,6,赵,急\r\n"
    (desk.folder / "订单.csv").write_bytes(text.encode("gb18030"))
    assert desk.rows("check A") == []
    (desk.folder / "订单.csv").write_bytes(text.rstrip().encode("gb18030"))
    assert [row["severity"] for row in desk.rows("check A12")] == ["warning"]


def test_a_unit_is_the_registers_whatever_stands_around_it(desk):
    desk.write("产品.csv", "产品,单位\n电源线,根")
    head = "单号,日期,客户,产品,数量,单位,单价,评审人"
    orders(
        desk,
        "SO1,2026-11-01,骏业,电源线,1, 根 ,6,赵",
        "SO2,2026-11-02,骏业,电源线,1,,6,赵",
        "SO3,2026-11-03,骏业,电源线,1,包,6,赵",
        head=head,
    )
    assert found(desk, "A13") == [(4, "unit", "包")]

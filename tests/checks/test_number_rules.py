"""The rules about document numbers: our own prefixes only."""

from __future__ import annotations

import pytest

HEAD = "单号,日期,客户,产品,数量,单价,评审人"


def found(desk, code: str) -> list[tuple[int, str]]:
    return [(row["row"], row["code"]) for row in desk.rows(["check", code])]


def orders(desk, *rows: str) -> None:
    desk.write("订单.csv", "\n".join([HEAD, *rows]))


def test_a_number_that_undo_took_back_is_no_gap_and_a_deleted_row_is(desk):
    for _ in range(2):
        assert desk.run("order add 骏业 电源线×5@6 --new").code == 0
    assert desk.run("undo").code == 0
    assert desk.run("order add 骏业 电源线×5@6").code == 0
    assert desk.lines("订单.csv")[-1].startswith("SO20261123-003")
    assert found(desk, "X") == []
    desk.write("订单.csv", "\n".join(line for line in desk.lines("订单.csv") if "-001" not in line))
    assert found(desk, "X") == [(2, "X01")]


def test_a_number_whose_undo_was_undone_stands(desk):
    for words in ("order add 骏业 电源线×5@6 --new", "order add 骏业 电源线×5@6", "undo", "undo"):
        assert desk.run(words).code == 0
    assert desk.run("order add 骏业 电源线×5@6").code == 0
    assert found(desk, "X") == []
    desk.write("订单.csv", "\n".join(line for line in desk.lines("订单.csv") if "-002" not in line))
    assert found(desk, "X") == [(3, "X01")]


def test_a_row_that_is_set_aside_has_its_number(desk):
    orders(desk, "SO20261120-001,2026-11-20,骏业,电源线,约十,6,赵", "SO20261120-002,2026-11-20,骏业,数据线,5,6,赵")
    assert found(desk, "X") == []


@pytest.mark.parametrize(
    "numbers", [("1122", "1124"), ("SO0000001", "SO0000003"), ("XSD20261120-001", "XSD20261120-003"), ("", "")]
)
def test_numbers_of_another_form_are_left_alone(desk, numbers):
    orders(desk, *(f"{no},2026-11-20,骏业,产品{at},5,6,赵" for at, no in enumerate(numbers)))
    assert found(desk, "X") == []


@pytest.mark.parametrize(
    "written", ["so20261121-001", "ＳＯ20261121-001", "SO20261121-0001", "SO20261321-001", "SO2026"]
)
def test_a_number_in_another_form(desk, written):
    orders(desk, "SO20261120-001,2026-11-20,骏业,电源线,5,6,赵", f"{written},2026-11-21,骏业,数据线,5,6,赵")
    assert found(desk, "X") == [(3, "X03")]


def test_an_order_may_grow_on_a_later_day_and_a_shipment_may_not(desk):
    orders(desk, "SO20261101-001,2026-11-01,骏业,电源线,5,6,赵", "SO20261101-001,2026-11-20,骏业,数据线,5,6,赵")
    assert found(desk, "X") == []
    head = "单号,日期,类型,客户,产品,数量"
    desk.write(
        "出货.csv", f"{head}\nSH20261101-001,2026-11-01,发货,骏业,电源线,5\nSH20261101-001,2026-11-20,签收,骏业,,0"
    )
    assert found(desk, "X") == []
    desk.write(
        "出货.csv",
        f"{head}\nSH20261101-001,2026-11-01,发货,骏业,电源线,5\nSH20261101-001,2026-11-20,发货,骏业,数据线,5",
    )
    assert found(desk, "X") == [(3, "X02")]


def test_what_was_voided_and_spellings_of_one_customer_are_no_second_document(desk):
    for words in ("order add 正标（北京） 电源线×5@6 --new", "payment add 正标（北京） 30"):
        assert desk.run(words).code == 0
    desk.today = "2026-11-30"
    for no in ("SO20261123-001", "PY20261123-001"):
        assert desk.run(["void", no, "--why", "错"]).code == 0
    desk.write("订单.csv", desk.text("订单.csv").replace("2026-11-30,,正标（北京）", "2026-11-30,,正标(北京)"))
    assert found(desk, "X") == []


def test_rows_without_a_number_are_no_document_twice(desk):
    orders(
        desk,
        "SO20261101-001,2026-11-01,骏业,电源线,5,6,赵",
        ",2026-11-02,骏业,数据线,5,6,赵",
        ",2026-11-09,佐客,网线,5,6,赵",
    )
    assert found(desk, "X") == []


def test_two_journals_with_one_prefix_share_its_serials(desk):
    desk.write("salesaid.toml", '[numbering]\norders = "D"\nshipments = "D"')
    orders(desk, "D20261101-001,2026-11-01,骏业,电源线,5,6,赵")
    desk.write("出货.csv", "单号,日期,类型,客户,产品,数量\nD20261101-002,2026-11-01,发货,骏业,电源线,5")
    assert found(desk, "X") == []


def test_a_serial_typed_with_too_many_digits_is_one_gap_and_takes_no_time(desk):
    orders(desk, "SO20261101-001,2026-11-01,骏业,电源线,5,6,赵", "SO20261101-999999999,2026-11-01,骏业,数据线,5,6,赵")
    [row] = desk.rows("check X")
    assert (row["code"], row["row"]) == ("X01", 3)
    assert "999999997 个" in row["message"]

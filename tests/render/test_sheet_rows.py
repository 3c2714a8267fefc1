"""Rows as XML: whatever the values, another library reads them as they were, in pieces of any size."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import DATE, FLAG, MONEY, QTY, TEXT
from salesaid.core.tables import Field, Table
from salesaid.core.text import same
from salesaid.render.as_xlsx import to_file
from salesaid.render.check_workbook import check_again
from salesaid.render.visible import visible_in_sheet
from tests.render.made_reports import CHINESE

FIELDS = (
    Field("day", same("日期"), DATE),
    Field("name", same("名称"), TEXT),
    Field("customer", same("客户"), CUSTOMER),
    Field("qty", same("数量"), QTY),
    Field("amount", same("金额"), MONEY),
    Field("rush", same("加急"), FLAG),
)
texts = st.text(max_size=20) | st.sampled_from(["_x000D_", "=1+1", " a ", "骏业", "<&>\"'", "0012", "1E5"])
values = st.tuples(
    st.none() | st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.none() | texts,
    st.none() | texts.filter(bool),
    st.none() | st.decimals(-(10**9), 10**9, places=3) | st.integers(-(10**6), 10**6).map(Decimal),
    st.none() | st.decimals(-(10**12), 10**12, places=2),
    st.none() | st.booleans(),
)


def as_read(row: tuple[object, ...]) -> list[object]:
    day, name, customer, qty, amount, rush = row
    return [
        "" if day is None else day,
        "" if name is None else visible_in_sheet(name),
        "(无客户)" if customer is None else visible_in_sheet(customer),
        "" if qty is None else float(qty),
        "" if amount is None else float(amount),
        "" if rush is None else "是" if rush else "否",
    ]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(values, min_size=1, max_size=25),
    strong=st.frozensets(st.integers(0, 24), max_size=5),
    at_once=st.integers(1, 7),
    kept=st.integers(1, 5),
    shared=st.integers(0, 6),
)
def test_every_value_is_read_as_it_was_written(rows, strong, at_once, kept, shared) -> None:
    table = Table(same("表"), FIELDS, rows, strong=strong)
    with (
        patch("salesaid.render.sheet_rows.AT_ONCE", at_once),
        patch("salesaid.render.sheet_rows.KEPT", kept),
        patch("salesaid.render.sheet_texts.MOST_SHARED", shared),
    ):
        data = to_file(table, CHINESE)
    check_again(data, table)
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [line[: len(FIELDS)] for line in read[3 : 3 + len(rows)]] == [as_read(row) for row in rows]
    bold = [cells[0].font.b for cells in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(4, 3 + len(rows))]
    assert bold == [at in strong for at in range(len(rows))]

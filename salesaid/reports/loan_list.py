"""Goods on loan: a row a line, newest first, with what they are worth outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from salesaid.balances.apart import apart_note
from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.loan_states import STATE
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, QTY
from salesaid.core.tables import NAMED, Field, Note, Table, more
from salesaid.core.text import Text

FIELDS = (
    Field("loan_no", Text("借用单号", "Loan"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("lent", Text("借出", "Lent"), QTY),
    Field("returned", Text("已还", "Returned"), QTY),
    Field("converted", Text("已转", "Converted"), QTY),
    Field("out", Text("在外", "Out"), QTY),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("value", Text("在外价值", "Value"), MONEY),
    Field("state", Text("状态", "State"), STATE),
)
_SUMMED = ("lent", "returned", "converted", "out", "value")


def loan_list(
    loan_lines: LoanLines, today: date, *, customer: str | None = None, product: str | None = None,
    only_overdue: bool = False, all_lines: bool = False, since: date | None = None, until: date | None = None,
    limit: int | None = None,
) -> Table:  # fmt: skip
    """The lines that fit, newest first: those of which something is out, or all; totals over all that fit."""
    fitting = [
        line
        for line in loan_lines.all
        if (customer is None or line.customer == customer)
        and (product is None or line.product == product)
        and (since is None or line.day >= since)
        and (until is None or line.day <= until)
    ]
    lines = [
        line
        for line in fitting
        if (all_lines or line.out > 0) and (not only_overdue or line.days_late(today) is not None)
    ]
    lines.reverse()
    lines.sort(key=lambda line: line.day, reverse=True)
    rows = [row_of(line, today) for line in lines]
    over = [] if all_lines or only_overdue else [line for line in fitting if line.out < 0]
    notes = (*more(len(lines), limit), *apart_note((line.loan_no, line) for line in lines), *_over(over))
    return Table(Text("借出", "On loan"), FIELDS, rows[:limit], _totals(lines, rows), notes)


def row_of(line: LoanLine, today: date) -> tuple[object, ...]:
    """One line in the order of FIELDS."""
    late = line.days_late(today)
    return (
        line.loan_no, line.day, line.customer or None, line.product or None, line.lent, line.returned, line.converted,
        line.out, line.due, None if late is None else Decimal(late), line.value, line.state(today),
    )  # fmt: skip


def _totals(lines: Sequence[LoanLine], rows: Sequence[tuple[Any, ...]]) -> dict[str, Decimal]:
    """Sums over the rows of lines, of quantities over those in their product's unit."""
    sums = _sums([row for line, row in zip(lines, rows, strict=True) if not line.is_apart])
    return sums | {"value": _sums(rows)["value"]}


def _sums(rows: Iterable[tuple[Any, ...]]) -> dict[str, Decimal]:
    columns = dict(zip((field.name for field in FIELDS), zip(*rows, strict=True), strict=False))
    return {name: money.total(value for value in columns.get(name, ()) if value) for name in _SUMMED}


def _over(lines: Sequence[LoanLine]) -> tuple[Note, ...]:
    """A warning of lines of which more came back than was lent: nothing of them is out, and they are wrong."""
    if not lines:
        return ()
    named = [f"{line.loan_no} {line.product}" for line in lines[:NAMED]]
    zh, en = "、".join(named), ", ".join(named)
    rest = Text(f" 等 {len(lines)} 行", f" and {len(lines) - NAMED} more") if len(lines) > NAMED else Text("", "")
    text = Text(f"归还多于借出：{zh}", f"more came back than was lent: {en}") + rest
    return (Note("more_back", "warning", text + Text("；loan list --all 可见", "; see loan list --all")),)

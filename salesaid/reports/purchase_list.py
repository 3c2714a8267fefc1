"""Purchases: a row a line, newest first; what is open unless all are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.apart import apart_note
from salesaid.balances.closing import closing_notes
from salesaid.balances.lateness import against_first, against_last
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import NAMED, Field, Note, Table, more
from salesaid.core.text import Text

FIELDS = (
    Field("purchase_no", Text("采购单号", "Purchase"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("supplier", Text("供应商", "Supplier"), TEXT),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("ordered", Text("采购", "Ordered"), QTY),
    Field("received", Text("已到", "Received"), QTY),
    Field("open", Text("未到", "Open"), QTY),
    Field("first_due", Text("最初交期", "First due"), DATE),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)


def purchase_list(
    purchase_lines: PurchaseLines, today: date, *, supplier: str | None = None, product: str | None = None,
    everything: bool = False, only_late: bool = False, since: date | None = None, until: date | None = None,
    limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The lines that fit, newest first; received is net of what went back. Totals are over all of them."""
    own = [
        line
        for line in purchase_lines.all
        if (supplier is None or line.supplier == supplier) and (product is None or line.product == product)
    ]
    fitting = [line for line in own if (since is None or line.day >= since) and (until is None or line.day <= until)]
    lines = [
        line
        for line in fitting
        if (everything or line.open > 0) and (not only_late or line.days_late(today) is not None)
    ]
    lines.reverse()
    lines.sort(key=lambda line: line.day, reverse=True)
    rows = [_row(line, today) for line in lines[:limit]]
    notes = (
        *more(len(lines), limit),
        *_apart(lines),
        *_odd(fitting),
        *(_lateness(own, lines, today) if only_late else ()),
    )
    return Table(Text("采购", "Purchases"), FIELDS, rows, _totals(lines), notes, newest)


def _row(line: PurchaseLine, today: date) -> tuple[object, ...]:
    return (
        line.purchase_no, line.day, line.supplier or None, line.product or None, line.ordered, line.received, line.open,
        line.first_due, line.due, line.days_late(today),
    )  # fmt: skip


def _totals(lines: Sequence[PurchaseLine]) -> dict[str, Decimal]:
    return {
        name: sum((getattr(line, name) for line in lines if not line.is_apart), ZERO)
        for name in ("ordered", "received", "open")
    }


def _apart(lines: Iterable[PurchaseLine]) -> list[Note]:
    return apart_note((line.purchase_no, line) for line in lines if line.apart)


def _odd(lines: Sequence[PurchaseLine]) -> list[Note]:
    """Warnings that name what rows say that makes no sense; such lines are shown for what they are."""
    named = (
        ("not_ordered", Text("到了没有采购的", "came without being ordered"), _is_stray),
        ("beyond_ordered", Text("到货和关闭多于采购", "more came or was closed than was ordered"), _is_beyond),
        ("other_supplier", Text("到货写的是别的供应商", "received from another supplier"), _is_from_another),
    )
    notes = [
        _naming(code, said, [f"{line.purchase_no} {line.product}" for line in lines if fits(line)])
        for code, said, fits in named
    ]
    above = closing_notes([f"{line.purchase_no} {line.product}" for line in lines if line.closed_above])
    return [*above, *(note for note in notes if note is not None)]


def _is_stray(line: PurchaseLine) -> bool:
    return not line.is_ordered and line.received != 0


def _is_beyond(line: PurchaseLine) -> bool:
    return line.is_ordered and line.open < 0


def _is_from_another(line: PurchaseLine) -> bool:
    return bool(line.other_suppliers)


def _naming(code: str, said: Text, named: Sequence[str]) -> Note | None:
    if not named:
        return None
    rest = len(named) - NAMED
    more_ = Text(f" 等 {len(named)} 行", f" and {rest} more") if rest > 0 else Text("", "")
    listed = Text("：" + "、".join(named[:NAMED]), ": " + ", ".join(named[:NAMED]))
    return Note(
        code, "warning", said + listed + more_ + Text("；purchase list --all 可见", "; see purchase list --all")
    )


def _lateness(own: Sequence[PurchaseLine], late: Iterable[PurchaseLine], today: date) -> list[Note]:
    """How late the suppliers of late lines are at all, by their first and by their last promise."""
    notes = []
    for supplier in sorted({line.supplier for line in late} - {""}):
        lines = [line for line in own if line.supplier == supplier]
        first, last = against_first(lines, today), against_last(lines, today)
        if first is not None and last is not None:
            text = Text(
                f"{supplier}：{first.lines} 行里按最初交期晚了 {first.late} 行（最久 {first.worst} 天），"
                f"按最后交期晚了 {last.late} 行（最久 {last.worst} 天）",
                f"{supplier}: of {first.lines} lines {first.late} late by the first promise "
                f"(at worst {first.worst} days), {last.late} by the last one (at worst {last.worst} days)",
            )
            notes.append(Note("lateness", "info", text))
    return notes

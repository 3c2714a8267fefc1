"""缺少的单据：发了货还没归档合同、送货单的订单。 | Shipped orders whose papers were never filed, a row a paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesaid.balances.missing_papers import MissingPapers
from salesaid.balances.owners import Owners
from salesaid.balances.wanted_papers import Wanted
from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, TEXT
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import understood_note, word_meant

FIELDS = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO, key=True),
    Field("date", Text("订单日期", "Ordered"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("kind", Text("缺少的单据", "Lacks"), TEXT),
    Field("shipped", Text("发货日期", "Shipped"), DATE),
    Field("days", Text("天数", "Days"), DAYS),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
)
_SALESPERSON = Text("业务员", "salesperson")


def missing_documents(
    missing_papers: list[MissingPapers], wanted_papers: Wanted, owners: Owners, today: date, *,
    customer: str | None = None, salesperson: str | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The papers that are not there, the longest missing first, of one customer or salesperson or of all."""
    by = None if salesperson is None else word_meant(salesperson, owners.known(), _SALESPERSON)
    found = [
        (each, kind)
        for each in sorted(missing_papers, key=lambda each: (each.shipped_on, each.order_no))
        if (customer is None or each.customer == customer) and (by is None or folded(each.salesperson) == folded(by))
        for kind in each.kinds
    ]
    rows = [_row(each, kind, today) for each, kind in found[:limit]]
    notes = (*more(len(found), limit), *understood_note(salesperson, by), _needed(wanted_papers))
    return Table(Text("缺少的单据", "Missing documents"), FIELDS, rows, notes=notes, newest=newest)


def _row(each: MissingPapers, kind: str, today: date) -> tuple[object, ...]:
    days = Decimal((today - each.shipped_on).days)
    return (
        each.order_no, each.day, each.customer or None, kind, each.shipped_on, days, each.salesperson or None,
    )  # fmt: skip


def _needed(wanted: Wanted) -> Note:
    """What is asked for, and where that is said."""
    if not wanted.kinds:
        text = Text(
            "这本账还没有登记单据：先用 salesaid document add 归档，或在 salesaid.toml 写 [documents] needed",
            "the book keeps no documents yet: file one with salesaid document add, or say which are needed in "
            "salesaid.toml, [documents] needed",
        )
        return Note("nothing_needed", "info", text)
    since = Text(f"{wanted.since} 起的", f" taken since {wanted.since}") if wanted.since else Text("", "")
    text = Text(
        f"{since.zh}订单发货后要有：{'、'.join(wanted.kinds)}（salesaid.toml 的 [documents] needed 可改）",
        f"orders{since.en} need, once shipped: {', '.join(wanted.kinds)} ([documents] needed in salesaid.toml)",
    )
    return Note("needed", "info", text)

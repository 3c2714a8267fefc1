"""Payments: a row a receipt, newest first, with what it settles. Worked out each time, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.odd_receipts import odd_receipts
from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Receivables
from salesaid.core import money
from salesaid.core.blanks import Named
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, TEXT
from salesaid.core.rows import Rows
from salesaid.core.tables import NAMED, Field, Note, NotedRow, Table, more
from salesaid.core.text import Text

UNKNOWN = Named(Text("(未知)", "(unknown)"))
FIELDS = (
    Field("payment_no", Text("收款单号", "Payment"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), UNKNOWN),
    Field("payer", Text("付款人", "Payer"), TEXT),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("settled", Text("已冲账", "Settled"), MONEY),
    Field("unallocated", Text("未冲", "Left"), MONEY),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("method", Text("方式", "Method"), TEXT),
    Field("account", Text("账户", "Account"), TEXT),
    Field("settles", Text("冲了", "Settles"), TEXT, folds=True),
    Field("note", Text("备注", "Note"), TEXT, folds=True),
)


class _Use(NamedTuple):
    """What became of one receipt: what is left of it in cents, and which documents it settles."""

    left: int
    settles: str


def payment_list(
    receivables: Receivables, orders: Rows, shipments: Rows, payments: Rows, *, customer: str | None = None,
    since: date | None = None, until: date | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The receipts that fit; `customer` "" stands for those of unknown payers. Totals are over all that fit."""
    found = [
        row
        for row in receivables.all_receipts
        if (customer is None or (row.customer or "") == customer)
        and (since is None or row.day >= since)
        and (until is None or row.day <= until)
    ]
    found.reverse()
    found.sort(key=lambda row: row.day, reverse=True)
    uses = _uses(receivables, {row.customer for row in found})
    rows = [_row(row, uses) for row in found]
    odd = odd_receipts(found, (orders, shipments), payments.file)
    notes = (*more(len(found), limit), *_unknown(found), *_odd(odd))
    return Table(Text("收款", "Payments"), FIELDS, rows[:limit], _totals(rows), notes, newest)


def _row(row: Receipt, uses: dict[Receipt, _Use]) -> tuple[object, ...]:
    use = uses.get(row)
    left = row.cents if row.customer is None else use.left if use else 0
    settled = row.cents - left if use else 0
    return (
        row.payment_no, row.day, row.customer, row.payer or None, row.amount, money.of_cents(settled),
        money.of_cents(left), row.order_no or None, row.method or None, row.account or None,
        (use.settles or None) if use else None, row.note or None,
    )  # fmt: skip


def _uses(receivables: Receivables, customers: set[str | None]) -> dict[Receipt, _Use]:
    """What became of the receipts of these customers. Rows that red letters took back, and these, are not there."""
    found: dict[Receipt, _Use] = {}
    for customer in customers - {None}:
        account = receivables.account(str(customer))
        settled: dict[int, dict[str, int]] = {}
        for source, at, cents in account.allocation.settled:
            if source is not None:
                owing = account.allocation.owing[at]
                named = settled.setdefault(source, {})
                no = owing.order_no or owing.no
                named[no] = named.get(no, 0) + cents
        for place, each in enumerate(account.money):
            shares = [*settled.get(place, {}).items()]
            rest = account.allocation.left[place]
            for row in each.rows:
                left = min(rest, max(row.cents, 0))
                rest -= left
                own, shares = _taken(shares, max(row.cents, 0) - left)
                found[row] = _Use(left, _texts(own))
    return found


def _taken(shares: list[tuple[str, int]], cents: int) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """What one row of a receipt settles of all that its number does, and what is left to its other rows."""
    own: dict[str, int] = {}
    left = []
    for no, share in shares:
        part = min(share, cents)
        cents -= part
        if part:
            own[no] = part
        if share > part:
            left.append((no, share - part))
    return own, left


def _texts(settled: dict[str, int]) -> str:
    if len(settled) == 1:
        return next(iter(settled))
    return " · ".join(f"{no} {MONEY.format(money.of_cents(cents))}" for no, cents in settled.items())


def _totals(rows: Sequence[tuple[object, ...]]) -> dict[str, Decimal]:
    places = [(at, field.name) for at, field in enumerate(FIELDS) if field.kind is MONEY]
    return {name: money.total(row[at] for row in rows) for at, name in places}  # type: ignore[misc]


def _unknown(rows: Sequence[Receipt]) -> list[Note]:
    own = [row.cents for row in rows if row.customer is None]
    if not sum(own):
        return []
    sum_ = MONEY.show(money.of_cents(sum(own)), "zh")
    text = Text(
        f"不知道是哪个客户的收款 {len(own)} 笔，共 {sum_}，还没有冲账",
        f"receipts of unknown payers: {len(own)}, {sum_} in all, settle nothing yet",
    )
    return [Note("unknown_payers", "warning", text)]


def _odd(rows: tuple[NotedRow, ...]) -> list[Note]:
    if not rows:
        return []
    listed = [Text(f"第 {each.row} 行{each.reason.zh}", f"row {each.row}: {each.reason.en}") for each in rows[:NAMED]]
    more_ = " …" if len(rows) > NAMED else ""
    zh, en = "；".join(each.zh for each in listed), "; ".join(each.en for each in listed)
    text = Text(f"按原样计入，请核对：{zh}{more_}", f"counted as written, please check: {en}{more_}")
    return [Note("odd_rows", "warning", text, rows)]

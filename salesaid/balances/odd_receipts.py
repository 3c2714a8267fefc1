"""Receipts that count as they are written, but look like mistakes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from salesaid.balances.receipts import Receipt
from salesaid.balances.red_letters import is_red
from salesaid.core import money
from salesaid.core.kinds import MONEY
from salesaid.core.rows import Rows
from salesaid.core.tables import NotedRow
from salesaid.core.text import Text

_NUMBERS = ("order_no", "ship_no")


def odd_receipts(receipts: Sequence[Receipt], documents: Iterable[Rows], file: str) -> tuple[NotedRow, ...]:
    """Those of these receipts that name an order that nobody knows, part a cent, or are written twice, by row."""
    known = _numbers(documents) if any(each.order_no for each in receipts) else set()
    first = {(each.payment_no, each.order_no): 0 for each in receipts if is_red(each.note)}  # looked at already
    found = []
    for each in sorted(receipts, key=lambda receipt: receipt.row):
        found += [NotedRow(file, each.row, reason) for reason in _oddities(each, known, first)]
    return tuple(found)


def _oddities(receipt: Receipt, known: Container[str], first: dict[tuple[str, str], int]) -> Iterator[Text]:
    if receipt.order_no and receipt.order_no not in known:
        no = receipt.order_no
        yield Text(f"的订单 {no} 没有找到", f"order {no} is not in the book")
    if receipt.amount != money.rounded(receipt.amount, 2):
        as_, counted = f"{receipt.amount:f}", MONEY.show(money.of_cents(receipt.cents), "en")
        yield Text(
            f"的金额 {as_} 小数超过两位，按 {counted} 计", f"{as_} has more than two decimals, counts as {counted}"
        )
    if receipt.cents <= 0:
        return
    before = first.setdefault((receipt.payment_no, receipt.order_no), receipt.row)
    if before not in {0, receipt.row}:
        what = Text(f"单号 {receipt.payment_no}", f"{receipt.payment_no}")
        of = Text(f"、订单 {receipt.order_no}", f" for order {receipt.order_no}") if receipt.order_no else Text("", "")
        yield Text(f"与第 {before} 行重号（{what.zh}{of.zh}）", f"the same number as row {before} ({what.en}{of.en})")


def _numbers(documents: Iterable[Rows]) -> set[str]:
    """Every number that a receipt may name: of orders and of shipments."""
    found: set[str] = set()
    for rows in documents:
        every = rows.until(None)
        for name in _NUMBERS:
            if every.has(name):
                found.update(no.strip() for (no,) in every.pick(name) if no)
    return found

"""What came in for orders: by line, in the lines' order, and what was to come in before goods leave (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.order_shares import OrdersRead
from salesaid.balances.receivables import Account, Receivables
from salesaid.core import money
from salesaid.core.kinds import MONEY, Choice
from salesaid.core.rows import ZERO
from salesaid.core.tables import Note
from salesaid.core.text import Text

State = Literal["unpaid", "partial", "paid", "over"]

PAYING = Choice(
    {
        "unpaid": Text("未回款", "unpaid"),
        "partial": Text("部分回款", "partial"),
        "paid": Text("已回清", "paid"),
        "over": Text("多收", "over"),
    }
)


class Paid(NamedTuple):
    """What came in for one line, and where that leaves it: 未回款 / 部分 / 已回清 / 多收."""

    received: Decimal
    paying: State


_ZERO = money.of_cents(0)
_NOTHING, _NOTHING_OWED = Paid(_ZERO, "unpaid"), Paid(_ZERO, "paid")


class Part(NamedTuple):
    """What one receipt brought for an order: what it settles there, and what waits for goods to be shipped."""

    payment_no: str
    day: date
    payer: str
    amount: Decimal


class _Sums:
    """What came in for one order, and what credits settled of it, in cents."""

    __slots__ = ("credited", "parts", "received")

    def __init__(self) -> None:
        self.received = self.credited = 0
        self.parts: list[Part] = []


def paying(receivables: Receivables, order_lines: OrderLines) -> Paying:
    """What came in for all orders of the book."""
    return Paying(receivables, order_lines)


class Paying:
    """What came in for orders, worked out when first asked for. A book without receipts is not read for it."""

    def __init__(self, receivables: Receivables, order_lines: OrderLines) -> None:
        self._receivables = receivables
        self._orders = OrdersRead(order_lines)
        self._split: dict[str, dict[str, Paid]] = {}

    def of(self, line: OrderLine) -> Paid:
        """What came in for one line."""
        if line.order_no not in self._sums:
            return _NOTHING if line.amount > 0 and not line.closed >= line.ordered > 0 else _NOTHING_OWED
        if line.order_no not in self._split:
            self.of_order(self._orders.lines(line.order_no))
        return self._split[line.order_no][line.product]

    def of_order(self, lines: Sequence[OrderLine]) -> list[Paid]:
        """What came in for all lines of one order."""
        number = lines[0].order_no
        if number in self._sums and number not in self._split:
            found = split(lines, self._sums[number])
            self._split[number] = dict(zip((line.product for line in lines), found, strict=True))
        return [self.of(line) for line in lines]

    def total(self, lines: Iterable[OrderLine]) -> Decimal:
        """What came in for lines together."""
        return money.total(self.of(line).received for line in lines) if self._sums else _ZERO

    def received(self, order_no: str) -> Decimal:
        """What came in for one order."""
        sums = self._sums.get(order_no)
        return _ZERO if sums is None else money.of_cents(sums.received)

    def parts(self, order_no: str) -> list[Part]:
        """The receipts of one order, oldest first."""
        sums = self._sums.get(order_no)
        return [] if sums is None else sorted(sums.parts, key=lambda part: (part.day, part.payment_no))

    def in_advance(self, lines: Sequence[OrderLine]) -> Decimal:
        """应预付: what of one order is to come in before its goods leave, and has not; 0 where nothing is."""
        terms = self._receivables.due_dates.terms(lines[0].customer) if lines else None
        if terms is None or terms.form not in {"in_advance", "deposit"}:
            return ZERO
        whole = sum(_payable(line) for line in lines)
        share = Decimal(whole) if terms.percent is None else Decimal(whole) * terms.percent / 100
        wanted = money.of_cents(int(money.rounded(share, 0)))
        return max(wanted - self.received(lines[0].order_no) - self._free(lines[0].customer), ZERO)

    def _free(self, customer: str) -> Decimal:
        """What a customer has paid ahead for no order in particular."""
        allocation = self._receivables.account(customer).allocation
        left = sum(left for paid, left in zip(allocation.paid, allocation.left, strict=True) if not paid.order_no)
        return money.of_cents(left + allocation.credit)

    def in_advance_notes(self, lines: Sequence[OrderLine]) -> list[Note]:
        """What is said where money was to come in before the goods of an order leave."""
        missing = self.in_advance(lines)
        if not missing:
            return []
        terms = self._receivables.due_dates.terms(lines[0].customer)
        sum_, came = MONEY.show(missing, "zh"), MONEY.show(self.received(lines[0].order_no), "zh")
        text = Text(
            f"应预付 {sum_} 还没有收到（{terms.text if terms else ''}，本单已收 {came}）",
            f"{sum_} to be paid in advance has not come in ({terms.text if terms else ''}; {came} received)",
        )
        return [Note("in_advance", "warning", text)]

    @cached_property
    def _sums(self) -> dict[str, _Sums]:
        found: dict[str, _Sums] = {}
        if self._receivables.all_receipts:
            for account in self._receivables.accounts.values():
                if account.money:
                    _add(account, found)
        self._orders.expect_many()
        return found


def _add(account: Account, found: dict[str, _Sums]) -> None:
    """Add one customer's receipts and credits to the orders that they are for."""
    allocation = account.allocation
    brought: dict[tuple[int, str], int] = {}
    for source, at, cents in allocation.settled:
        order_no = allocation.owing[at].order_no
        if source is None:
            found.setdefault(order_no, _Sums()).credited += cents
        else:
            brought[source, order_no] = brought.get((source, order_no), 0) + cents
    for at, left in enumerate(allocation.left):
        key = (at, allocation.paid[at].order_no)
        if left and key[1]:
            brought[key] = brought.get(key, 0) + left
    for (source, order_no), cents in brought.items():
        sums = found.setdefault(order_no, _Sums())
        sums.received += cents
        money_ = account.money[source]
        sums.parts.append(Part(money_.no, money_.day, money_.rows[0].payer, money.of_cents(cents)))


def split(lines: Sequence[OrderLine], sums: _Sums) -> list[Paid]:
    """An order's money on its lines: each takes up to what it comes to, the last what is too much."""
    credits_ = _shared(lines, sums.credited, [0] * len(lines))
    received = _shared(lines, sums.received, credits_)
    return [
        Paid(money.of_cents(cents), _state(_payable(line), cents + credit))
        for line, cents, credit in zip(lines, received, credits_, strict=True)
    ]


def _shared(lines: Sequence[OrderLine], rest: int, taken: Sequence[int]) -> list[int]:
    parts = []
    for line, before in zip(lines, taken, strict=True):
        part = min(rest, max(_payable(line) - before, 0))
        parts.append(part)
        rest -= part
    if parts:
        parts[_last(lines)] += rest
    return parts


def _last(lines: Sequence[OrderLine]) -> int:
    """The last line that is to be paid for."""
    return max((at for at, line in enumerate(lines) if _payable(line) > 0), default=len(lines) - 1)


def _payable(line: OrderLine) -> int:
    """What a line comes to in cents without what was closed: that will never be shipped."""
    if line.closed > 0 and line.ordered > 0:
        return money.cents(line.amount * max(line.ordered - line.closed, ZERO) / line.ordered)
    return money.cents(line.amount)


def _state(payable: int, settled: int) -> State:
    if settled <= 0:
        return "unpaid" if payable > 0 else "paid"
    if settled < payable:
        return "partial"
    return "paid" if settled == payable else "over"


def is_unpaid(paid: Paid) -> bool:
    """Whether money is still to come in for a line."""
    return paid.paying in {"unpaid", "partial"}

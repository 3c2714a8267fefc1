"""What came in for orders: by line, in the lines' order, and what was to come in before goods leave (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.order_lines import OrderLine, OrderLines, shares
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
    """What is open of what one order was charged, what came in for it, and what of that settles nothing; in cents."""

    __slots__ = ("left", "open", "parts", "received")

    def __init__(self) -> None:
        self.open = self.received = self.left = 0
        self.parts: list[Part] = []


def paying(receivables: Receivables, order_lines: OrderLines) -> Paying:
    """What came in for all orders of the book."""
    return Paying(receivables, order_lines)


class Paying:
    """What came in for orders, worked out when first asked for. What is still to be paid is what the ages say of it."""

    def __init__(self, receivables: Receivables, order_lines: OrderLines) -> None:
        self._receivables = receivables
        self._order_lines = order_lines
        self._orders = OrdersRead(order_lines)
        self._split: dict[str, dict[str, Paid]] = {}

    def of(self, line: OrderLine) -> Paid:
        """What came in for one line."""
        if line.order_no not in self._sums:
            return _NOTHING if _to_ship(line) > 0 else _NOTHING_OWED
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

    def unshipped(self, customer: str) -> Decimal:
        """What a customer has ordered and will owe once it has left."""
        return still_to_ship(self._order_lines.of_customer(customer))

    def in_advance(self, lines: Sequence[OrderLine]) -> Decimal:
        """应预付: what of one order is to come in before its goods leave, and has not; 0 where nothing is.

        Money for no order in particular is first for the customer's older orders that wait for theirs.
        """
        missing = self._missing(lines)
        if not missing:
            return ZERO
        own = (lines[0].day, lines[0].order_no)
        return max(missing - self._free_for(lines[0].customer, own), ZERO)

    def _missing(self, lines: Sequence[OrderLine]) -> Decimal:
        """What has to come in for an order ahead and was not paid for it by name."""
        if not lines:
            return ZERO
        wanted = self._wanted(lines[0].customer, sum(map(_payable, lines)))
        return max(wanted - self.received(lines[0].order_no), ZERO) if wanted else ZERO

    def _wanted(self, customer: str, cents: int) -> Decimal:
        """What a customer's terms want to come in before goods of this worth leave."""
        terms = self._receivables.due_dates.terms(customer)
        if terms is None or terms.form not in {"in_advance", "deposit"}:
            return ZERO
        share = Decimal(cents) if terms.percent is None else Decimal(cents) * terms.percent / 100
        return money.of_cents(int(money.rounded(share, 0)))

    def _free_for(self, customer: str, own: tuple[date, str] | None) -> Decimal:
        """What a customer has paid for no order in particular, less what orders older than `own` (None: all) want."""
        allocation = self._receivables.account(customer).allocation
        left = sum(left for paid, left in zip(allocation.paid, allocation.left, strict=True) if not paid.order_no)
        free = money.of_cents(left + allocation.credit)
        older: dict[tuple[date, str], list[OrderLine]] = {}
        for line in self._order_lines.of_customer(customer) if free > 0 else ():
            older.setdefault((line.day, line.order_no), []).append(line)
        waiting = [lines for key, lines in older.items() if (own is None or key < own) and _is_open(lines)]
        return max(free - money.total(map(self._missing, waiting)), ZERO)

    def in_advance_notes(self, lines: Sequence[OrderLine]) -> list[Note]:
        """What is said where money was to come in before the goods of an order leave."""
        missing = self.in_advance(lines)
        return self._advance_note(missing, lines[0].customer, self.received(lines[0].order_no)) if missing else []

    def in_advance_of_new(self, customer: str, amount: Decimal) -> list[Note]:
        """The same for an order that is only being taken, and leaves at once."""
        wanted = self._wanted(customer, money.cents(amount))
        missing = max(wanted - self._free_for(customer, None), ZERO) if wanted else ZERO
        return self._advance_note(missing, customer, _ZERO) if missing else []

    def _advance_note(self, missing: Decimal, customer: str, received: Decimal) -> list[Note]:
        terms = self._receivables.due_dates.terms(customer)
        sum_, came = MONEY.show(missing, "zh"), MONEY.show(received, "zh")
        text = Text(
            f"应预付 {sum_} 还没有收到（{terms.text if terms else ''}，本单已收 {came}）",
            f"{sum_} to be paid in advance has not come in ({terms.text if terms else ''}; {came} received)",
        )
        return [Note("in_advance", "warning", text)]

    @cached_property
    def _sums(self) -> dict[str, _Sums]:
        found: dict[str, _Sums] = {}
        for account in self._receivables.accounts.values():
            _add(account, found)
        self._orders.expect_many()
        return found


def _add(account: Account, found: dict[str, _Sums]) -> None:
    """Add what one customer owes, and has paid, to the orders that it is for."""
    allocation = account.allocation
    for owing, open_ in zip(allocation.owing, allocation.open, strict=True):
        if owing.order_no:
            found.setdefault(owing.order_no, _Sums()).open += open_
    brought: dict[tuple[int, str], int] = {}
    for source, at, cents in allocation.settled:
        order_no = allocation.owing[at].order_no
        if source is not None and order_no:
            brought[source, order_no] = brought.get((source, order_no), 0) + cents
    for at, left in enumerate(allocation.left):
        key = (at, allocation.paid[at].order_no)
        if left and key[1]:
            brought[key] = brought.get(key, 0) + left
            found.setdefault(key[1], _Sums()).left += left
    for (source, order_no), cents in brought.items():
        sums = found.setdefault(order_no, _Sums())
        sums.received += cents
        money_ = account.money[source]
        sums.parts.append(Part(money_.no, money_.day, money_.rows[0].payer, money.of_cents(cents)))


def split(lines: Sequence[OrderLine], sums: _Sums) -> list[Paid]:
    """An order's money on its lines: each takes up to what it comes to, the last what is too much.

    What is missing on all lines together is what is open of the order's debts, and what is still to be charged.
    """
    coming = [_to_ship(line) for line in lines]
    ahead, last = sums.left - sum(coming), _last(lines)
    missing, spare = sums.open + max(-ahead, 0), max(ahead, 0)
    used = sums.received - spare
    wanted = [max(_payable(line), 0) for line in lines]
    beyond = used + missing - sum(wanted)  # what shipments say beside the order; below zero: what credits settled
    wanted[last] += max(beyond, 0)
    by_credit = _used_up(wanted, coming, max(-beyond, 0))
    found = []
    for at, need in enumerate(wanted):
        part = min(used, need - by_credit[at])
        used -= part
        received = part + (spare if at == last else 0)
        found.append(Paid(money.of_cents(received), _state(need - by_credit[at] - part, received, spare, at == last)))
    return found


def _used_up(wanted: Sequence[int], coming: Sequence[int], credit: int) -> list[int]:
    """What a credit settles of each line: of what was shipped first, the rest of what comes."""
    parts = [0] * len(wanted)
    for kept in (coming, [0] * len(wanted)):
        for at, need in enumerate(wanted):
            part = min(credit, max(need - kept[at] - parts[at], 0))
            parts[at] += part
            credit -= part
    return parts


def _state(missing: int, received: int, spare: int, is_last: bool) -> State:
    if missing > 0:
        return "partial" if received > 0 else "unpaid"
    return "over" if spare and is_last else "paid"


def _last(lines: Sequence[OrderLine]) -> int:
    """The last line that is to be paid for."""
    return max((at for at, line in enumerate(lines) if _payable(line) > 0), default=len(lines) - 1)


def _payable(line: OrderLine) -> int:
    """What a line comes to in cents without what was closed: that will never be shipped."""
    if line.closed > 0 and line.ordered > 0:
        return money.cents(line.amount * max(line.ordered - line.closed, ZERO) / line.ordered)
    return money.cents(line.amount)


def _to_ship(line: OrderLine) -> int:
    """What is still to be charged for a line, once all that is open of it has left."""
    if line.open <= 0:
        return 0
    amounts = (amount for _, _, amount in shares(line, line.open))
    return max(sum(money.cents(amount) for amount in amounts if amount is not None), 0)


def still_to_ship(lines: Iterable[OrderLine]) -> Decimal:
    """What will be owed for lines once all that is open of them has left."""
    return money.of_cents(sum(map(_to_ship, lines)))


def _is_open(lines: Iterable[OrderLine]) -> bool:
    return any(line.open > 0 for line in lines)


def is_unpaid(paid: Paid) -> bool:
    """Whether money is still to come in for a line."""
    return paid.paying in {"unpaid", "partial"}

"""What was done over some days, counted: orders, customers, loans, repairs, purchases, wrong models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.customer_orders import CustomerOrders
from salesaid.balances.loan_drafts import CONVERSIONS, Event, events
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.repair_history import RepairRow
from salesaid.balances.repair_lines import RepairLine, RepairLines
from salesaid.balances.wrong_models import Case, WrongModels
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows
from salesaid.settings import Settings

_HANDED_OVER = ("deliver", "replace")


def year_counts(
    customer_orders: CustomerOrders, order_lines: OrderLines, wrong_models: WrongModels, loans: Rows,
    repair_lines: RepairLines, purchase_lines: PurchaseLines, catalogue: Catalogue, customer_names: Parties,
    settings: Settings,
) -> YearCounts:  # fmt: skip
    """The counts of the book."""
    wrong = None if settings.at_once else (order_lines, wrong_models)
    lent = (loans, catalogue, customer_names)
    return YearCounts(customer_orders, lent, repair_lines, purchase_lines, wrong)


class YearCounts:
    """Counts of any days. Quantities in other units than their products' are in none."""

    def __init__(
        self, orders: CustomerOrders, loans: tuple[Rows, Catalogue, Parties], repairs: RepairLines,
        purchases: PurchaseLines, wrong: tuple[OrderLines, WrongModels] | None,
    ) -> None:  # fmt: skip
        self._orders = orders
        self._loans = loans
        self._repairs = repairs
        self._purchases = purchases
        self._wrong = wrong

    def of(self, first: date, last: date) -> dict[str, Decimal | None]:
        """The counts of these days, by name."""
        counts: dict[str, int | Decimal | None] = {
            "contracts": self._orders.numbers(first, last),
            **self._customers(first, last),
            **self._lent(first, last),
            **self._repaired(first, last),
            "purchases": len({line.purchase_no for line in self._bought(first, last)}),
            "wrong_models": sum(first <= case.day <= last for case in self._cases),
        }
        return {name: None if count is None else Decimal(count) for name, count in counts.items()}

    def purchase_amount(self, first: date, last: date) -> Decimal:
        """What was ordered from suppliers in these days, of lines that have one price."""
        lines = self._bought(first, last)
        return money.total(money.amount(line.ordered, line.price) for line in lines if line.price is not None)

    def _customers(self, first: date, last: date) -> dict[str, int]:
        """Who ordered, who did for the first time, and who had in the same days a year earlier but not in these."""
        days = {customer: own for customer, own in self._orders.days.items() if customer}
        now = {customer for customer, own in days.items() if any(first <= day <= last for day in own)}
        earlier = a_year_earlier(first), a_year_earlier(last)
        then = {customer for customer, own in days.items() if any(earlier[0] <= day <= earlier[1] for day in own)}
        new = sum(days[customer][0] >= first for customer in now)
        return {"customers_active": len(now), "customers_new": new, "customers_lost": len(then - now)}

    def _lent(self, first: date, last: date) -> dict[str, Decimal]:
        sums = dict.fromkeys(("loans_out", "loans_back", "loans_converted"), ZERO)
        for event in self._loan_events:
            name = _LOANS.get(event.action)
            if name is not None and event.counts and first <= event.day <= last:
                sums[name] += event.qty
        return sums

    def _repaired(self, first: date, last: date) -> dict[str, Decimal | None]:
        """Goods that came in for repair and were handed over, and the days from the one to the other, by quantity."""
        came = gone = days = ZERO
        for line, row in self._repair_rows(first, last):
            if row.action == "receive":
                came += row.qty
            elif row.action in _HANDED_OVER:
                gone += row.qty
                days += row.qty * (row.day - line.day).days
        mean = money.rounded(days / gone, 1) if gone > 0 else None
        return {"repairs_in": came, "repairs_delivered": gone, "repair_days": mean}

    def _repair_rows(self, first: date, last: date) -> Iterator[tuple[RepairLine, RepairRow]]:
        for line in self._repairs.all:
            for step in line.steps if not line.is_apart else ():
                if first <= step.row.day <= last:
                    yield line, step.row

    def _bought(self, first: date, last: date) -> Sequence[PurchaseLine]:
        lines: Iterable[PurchaseLine] = self._purchases.all
        return [line for line in lines if line.is_ordered and line.ordered > 0 and first <= line.day <= last]

    @cached_property
    def _loan_events(self) -> list[Event]:
        return list(events(*self._loans))

    @cached_property
    def _cases(self) -> list[Case]:
        """Every wrong model that was shipped: only what is on no line of its order can be one."""
        if self._wrong is None:
            return []
        lines, wrong = self._wrong
        numbers = dict.fromkeys(line.order_no for line in lines.all if not line.parts)
        return [case for number in numbers for case in wrong.of_order(number)]


_LOANS = {"lend": "loans_out", "return": "loans_back", **dict.fromkeys(CONVERSIONS, "loans_converted")}


def a_year_earlier(day: date) -> date:
    """The same day a year before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)

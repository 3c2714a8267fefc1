"""The measures of a period for any grouping: what was ordered, sold, given back, paid and earned (DOMAIN.md 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesaid.core.periods import Period, before, month_name, months_of, year_before, year_of
from salesaid.frames.sums import Key, summed, within

if TYPE_CHECKING:
    from pandas import DataFrame

GIVEN_BACK = ("return", "refund")
_OF_MONEY = frozenset({"customer", "salesperson"})  # a receipt is not of a product


class Figures(NamedTuple):
    """What one group comes to. Money in whole cents, quantities in whole millionths.

    `amount` is what was sold, `returned` what was given back, above zero, of these sales or earlier ones; `known` is
    the part of the net sales whose cost the register knows, `cost` that cost. `before`, `year_before` and `cumulative`
    are the net sales of the period before, of the same one a year before, and of the year up to the period's end.
    `ordered` is what customers ordered, `received` what came in: money only of customers and salespeople.
    """

    qty: int = 0
    returned_qty: int = 0
    amount: int = 0
    returned: int = 0
    known: int = 0
    cost: int = 0
    before: int = 0
    year_before: int = 0
    cumulative: int = 0
    ordered: int = 0
    received: int = 0

    @property
    def net(self) -> int:
        """Net sales: what was sold less what was given back."""
        return self.amount - self.returned

    @property
    def margin(self) -> int:
        """What the sales whose cost is known brought above it."""
        return self.known - self.cost


_SOLD = Figures._fields[:9]


def figures(
    sales: DataFrame, orders_taken: DataFrame, money_in: DataFrame, period: Period, keys: Sequence[str] = ()
) -> dict[Key, Figures]:
    """The figures of every group in which anything happened, in the period or in those it is held against."""
    found = {key: Figures(*sums) for key, sums in summed(_by_window(sales, period, keys), keys, _SOLD).items()}
    for key, (cents,) in summed(orders_taken[within(orders_taken, period)], keys, ("cents",)).items():
        found[key] = found.get(key, Figures())._replace(ordered=cents)
    if _OF_MONEY.issuperset(keys):
        for key, (cents,) in summed(money_in[within(money_in, period)], keys, ("cents",)).items():
            found[key] = found.get(key, Figures())._replace(received=cents)
    return found


def cumulative(period: Period) -> Period:
    """The year's part up to the period's end."""
    return year_of(period)._replace(kind="range", last=period.last)


def months_wholly_in(period: Period) -> tuple[str, ...]:
    """The months that make up a period, as targets call them; none where it is not made of whole months."""
    months = months_of(period)
    is_whole = (months[0].first, months[-1].last) == (period.first, period.last)
    return tuple(map(month_name, months)) if is_whole else ()


def _by_window(sales: DataFrame, period: Period, keys: Sequence[str]) -> DataFrame:
    """The rows of the period and of those that it is held against, a column a figure: 0 where the row is not of it."""
    from pandas import DataFrame

    windows = [within(sales, each) for each in (period, before(period), year_before(period), cumulative(period))]
    any_ = windows[0] | windows[1] | windows[2] | windows[3]
    rows, (now, earlier, year, so_far) = sales[any_], (each[any_] for each in windows)
    back, qty, cents = rows["kind"].isin(GIVEN_BACK), rows["qty"], rows["cents"]
    known = now & rows["has_cost"]
    return DataFrame({key: rows[key] for key in keys} | {
        "qty": qty.where(now & ~back, 0), "returned_qty": -qty.where(now & back, 0),
        "amount": cents.where(now & ~back, 0), "returned": -cents.where(now & back, 0),
        "known": cents.where(known, 0), "cost": rows["cost_cents"].where(known, 0),
        "before": cents.where(earlier, 0), "year_before": cents.where(year, 0),
        "cumulative": cents.where(so_far, 0),
    })  # fmt: skip


def with_zeros(found: dict[Key, Figures], keys: Iterable[Key]) -> list[tuple[Key, Figures]]:
    """The groups, the greatest net sales first, those that nothing happened in kept with zeros."""
    every = dict.fromkeys(keys, Figures()) | found
    return sorted(every.items(), key=lambda each: (-each[1].net, -each[1].received, each[0]))

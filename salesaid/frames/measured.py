"""The measures of periods for any grouping: what was ordered, sold, given back, paid and earned (DOMAIN.md 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from salesaid.core.periods import Period, before, month_name, months_of, year_before, year_of
from salesaid.frames.sums import Key, names_in, stamp, summed, within

if TYPE_CHECKING:
    from pandas import DataFrame

GIVEN_BACK = ("return", "refund")
_KEYS = ("salesperson", "customer", "product", "category")
_OF_MONEY = ("salesperson", "customer")  # a receipt is not of a product


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


NOTHING = Figures()
_SOLD = Figures._fields[:6]
_OTHERS = len(Figures._fields) - len(_SOLD)  # which are sums of their own


def measured(sales: DataFrame, orders_taken: DataFrame, money_in: DataFrame) -> Measured:
    """The sales, orders and receipts of the book, to be summed up by period and group."""
    return Measured(sales, orders_taken, money_in)


class Measured:
    """Sums over frames; each is worked out once in a run, as several reports and the control totals ask for it."""

    def __init__(self, sales: DataFrame, orders_taken: DataFrame, money_in: DataFrame) -> None:
        self.sales = sales
        self.orders = orders_taken
        self.money = money_in
        self._sorted: dict[str, DataFrame] = {}
        self._parts: dict[tuple[str, date, date], DataFrame] = {}
        self._sums: dict[tuple[str, date, date, Sequence[str]], dict[Key, tuple[int, ...]]] = {}
        self._figures: dict[tuple[Period, Sequence[str]], dict[Key, Figures]] = {}

    def figures(self, period: Period, keys: Sequence[str] = ()) -> dict[Key, Figures]:
        """The figures of every group in which anything happened, in the period or in those it is held against."""
        if (period, keys) not in self._figures:
            self._figures[period, keys] = self._worked_out(period, keys)
        return self._figures[period, keys]

    def total(self, period: Period) -> Figures:
        """The figures over all groups."""
        return self.figures(period)[()]

    def has_begun(self, period: Period) -> bool:
        """Whether anything had been sold by the end of a period."""
        return len(self.sales) > 0 and self._first <= period.last

    @property
    def _first(self) -> date:
        first: date = self.sales["day"].min().date()
        return first

    def names(self, column: str) -> set[str]:
        """All names of a kind that sales, orders or receipts ever had."""
        frames = (self.sales, self.orders, *((self.money,) if column in _OF_MONEY else ()))
        return set().union(*(names_in(frame, column) for frame in frames))

    def models(self) -> dict[str, str]:
        """How rows write the model of each product: the first of them that does."""
        first = self.sales[["product", "model"]][self.sales["model"] != ""].drop_duplicates("product")
        return dict(zip(first["product"].tolist(), first["model"].tolist(), strict=True))

    def net(self, period: Period, keys: Sequence[str] = ()) -> dict[Key, tuple[int, ...]]:
        """Net sales of a period by group, in a tuple of one."""
        return self._summed("sales", period, keys)

    def received(self, period: Period, keys: Sequence[str] = ()) -> dict[Key, tuple[int, ...]]:
        """What came in in a period by group, in a tuple of one."""
        return self._summed("money", period, keys)

    def given_back(self, period: Period) -> int:
        """What was given back in a period, above zero."""
        rows = self.part("sales", period)
        return -summed(rows[rows["kind"].isin(GIVEN_BACK)], (), ("cents",))[()][0]

    def quantities(self, period: Period) -> dict[Key, tuple[int, ...]]:
        """What was sold of each product on balance, in whichever unit, in a tuple of one."""
        return summed(self.part("sales", period), ("product",), ("written_qty",))

    def written(self, period: Period, product: str) -> dict[Key, int]:
        """Net sales of one product by how rows write it: name and model."""
        rows = self.part("sales", period)
        found = summed(rows[rows["product"] == product], _WRITTEN, ("cents",))
        return {(name.strip(), model.strip()): cents for (name, model), (cents,) in found.items()}

    def receipts(self, period: Period) -> int:
        """How many receipts came in."""
        return int((self.part("money", period)["cents"] > 0).sum())

    def plain_sum(self, name: str, period: Period) -> int:
        """The sum of a period's details without any grouping: what every other sum has to come to."""
        frame: DataFrame = getattr(self, name)
        return summed(frame[["cents"]][within(frame, period)], (), ("cents",))[()][0]

    def part(self, name: str, period: Period) -> DataFrame:
        """The rows of a period of the sales, orders or money, with what is grouped and summed of them, by day."""
        key = (name, period.first, period.last)
        if key not in self._parts:
            rows = self._by_day(name)
            start, end = rows["day"].searchsorted([stamp(period.first), stamp(period.last + timedelta(days=1))])
            self._parts[key] = rows.iloc[start:end]
        return self._parts[key]

    def _by_day(self, name: str) -> DataFrame:
        """The rows in the order of their days, so that those of a period are found without looking at each."""
        if name not in self._sorted:
            frame: DataFrame = getattr(self, name)
            rows = frame[[each for each in (*_KEYS, *_WRITTEN, "kind", *_SUMMED, "no", "day") if each in frame]]
            in_order = rows["day"].is_monotonic_increasing
            self._sorted[name] = rows if in_order else rows.sort_values("day", kind="stable")
        return self._sorted[name]

    def _worked_out(self, period: Period, keys: Sequence[str]) -> dict[Key, Figures]:
        earlier = (before(period), year_before(period), cumulative(period))
        sums = [*(self.net(each, keys) for each in earlier), self._summed("orders", period, keys)]
        if set(keys) <= set(_OF_MONEY):
            sums.append(self.received(period, keys))
        found = {key: [*own, *[0] * _OTHERS] for key, own in summed(self._split(period), keys, _SOLD).items()}
        for at, groups in enumerate(sums, len(_SOLD)):
            for key, (cents,) in groups.items():
                if key not in found:
                    found[key] = [0] * len(Figures._fields)
                found[key][at] = cents
        return {key: Figures(*own) for key, own in found.items()}

    def _summed(self, name: str, period: Period, keys: Sequence[str]) -> dict[Key, tuple[int, ...]]:
        key = (name, period.first, period.last, keys)
        if key not in self._sums:
            self._sums[key] = summed(self.part(name, period), keys, ("cents",))
        return self._sums[key]

    def _split(self, period: Period) -> DataFrame:
        """The period's sales, a column a figure: 0 where the row is not of it."""
        key = ("split", period.first, period.last)
        if key not in self._parts:
            rows = self.part("sales", period)
            back, known, qty, cents = rows["kind"].isin(GIVEN_BACK), rows["has_cost"], rows["qty"], rows["cents"]
            self._parts[key] = rows[[*_KEYS]].assign(
                qty=qty.where(~back, 0), returned_qty=-qty.where(back, 0), amount=cents.where(~back, 0),
                returned=-cents.where(back, 0), known=cents.where(known, 0), cost=rows["cost_cents"].where(known, 0),
            )  # fmt: skip
        return self._parts[key]


_SUMMED = ("qty", "written_qty", "cents", "cost_cents", "has_cost")
_WRITTEN = ("name", "model")


def cumulative(period: Period) -> Period:
    """The year's part up to the period's end."""
    return year_of(period)._replace(kind="range", last=period.last)


def months_wholly_in(period: Period) -> tuple[str, ...]:
    """The months that make up a period, as targets call them; none where it is not made of whole months."""
    months = months_of(period)
    is_whole = (months[0].first, months[-1].last) == (period.first, period.last)
    return tuple(map(month_name, months)) if is_whole else ()


def with_zeros(found: dict[Key, Figures], keys: Iterable[Key]) -> list[tuple[Key, Figures]]:
    """The groups, the greatest net sales first, those that nothing happened in kept with zeros."""
    every = dict.fromkeys(keys, NOTHING) | found
    return sorted(every.items(), key=lambda each: (-each[1].net, -each[1].received, each[0]))

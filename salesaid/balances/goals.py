"""What is to be sold: the targets of months, by salesperson and category, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesaid.core.money import cents
from salesaid.core.rows import Rows
from salesaid.core.width import folded

EVERYONE = frozenset({"", "全部", "全公司", "公司", "全体", "合计", "总计", "all", "everyone", "total"})
EVERYTHING = frozenset({"", "全部", "全部类别", "所有", "all"})


class Goal(NamedTuple):
    """One row of the targets; `salesperson` is "" for the whole house, `category` "" for all goods."""

    row: int
    month: str
    salesperson: str
    category: str
    cents: int
    written: tuple[str, str]  # salesperson and category as the file has them


def person_of(text: str) -> str:
    """The salesperson of a target; "" for the whole house."""
    return "" if folded(text) in EVERYONE else text.strip()


def category_of(text: str) -> str:
    """The category of a target; "" for all goods."""
    return "" if folded(text) in EVERYTHING else text.strip()


def goals(targets: Rows) -> Goals:
    """The targets of the register."""
    picked = targets.pick("row", "month", "salesperson", "category", "amount")
    return Goals(
        Goal(row, month, person_of(person), category_of(category), cents(amount), (person.strip(), category.strip()))
        for row, month, person, category, amount in picked
    )


class Goals:
    """All targets. What no row says is what the rows below it come to.

    All goods of one person: the sum over the categories. The whole house: the sum over its people, else over the
    categories. Of two rows for the same the last holds. `people` and `categories` are those that targets are set for.
    """

    def __init__(self, rows: Iterable[Goal]) -> None:
        self.rows = list(rows)
        self._own = {(each.month, each.salesperson, each.category): each for each in self.rows}
        self.people = sorted({each.salesperson for each in self.rows} - {""})
        self.categories = sorted({each.category for each in self.rows} - {""})

    def __iter__(self) -> Iterator[Goal]:
        return iter(self._own.values())

    def own(self, month: str, salesperson: str, category: str) -> Goal | None:
        """The row that says just this."""
        return self._own.get((month, salesperson, category))

    def of_month(self, month: str, salesperson: str = "", category: str = "") -> int | None:
        """What is to be sold in a month, in cents; None where no target says anything of it."""
        own = self.own(month, salesperson, category)
        if own is not None:
            return own.cents
        for people, categories in self._below(salesperson, category):
            parts = [self.of_month(month, person, each) for person in people for each in categories]
            known = [part for part in parts if part is not None]
            if known:
                return sum(known)
        return None

    def _below(self, salesperson: str, category: str) -> Iterator[tuple[Iterable[str], Iterable[str]]]:
        if not salesperson:
            yield self.people, [category]
        if not category:
            yield [salesperson], self.categories

    def of(self, months: Iterable[str], salesperson: str = "", category: str = "") -> int | None:
        """What is to be sold in several months; None where none of them has a target."""
        known = [part for month in months if (part := self.of_month(month, salesperson, category)) is not None]
        return sum(known) if known else None

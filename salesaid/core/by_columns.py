"""Rows whose columns are worked on as a whole: what sums over all of them ask for, without a turn a row."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesaid.core.rows import Rows


class Sum(NamedTuple):
    """What rows with one action, customer (as written), order, document, day and due date come to, in cents.

    `no` is None for a row without a number, which stands alone; `cents` where the rows say nothing of money.
    """

    action: str
    customer: str
    order_no: str | None
    no: str | None
    row: int
    day: date
    due: date | None
    cents: int | None


class Aged(NamedTuple):
    """What the documents of a ledger come to, for the ages alone.

    `sums` are debts that nothing names, (customer, oldest due day, cents) by customer and age; `others` all documents
    beside them; `total` is what all rows come to.
    """

    sums: list[tuple[str, date, int]]
    others: list[Sum]
    total: int


class RowsByColumns(Rows):
    """The rows of a ledger that a report groups; row by row they are given out as any others are.

    What follows is of the used rows, in file order. A column that the file lacks has its constant.
    """

    @property
    def by_columns(self) -> RowsByColumns:  # type: ignore[override]
        """These rows themselves."""
        return self

    @abstractmethod
    def coded(self, name: str) -> tuple[Any, Any]:
        """Of a column of texts, numbers or choices: the rows' codes (-1: none), and a pyarrow array of the texts."""

    @abstractmethod
    def array(self, name: str) -> Any:
        """The values: `row` int64, days datetime64[s], figures a masked array of whole millionths, texts categories."""

    @abstractmethod
    def counted(self, names: tuple[str, ...]) -> Mapping[tuple[str, ...], tuple[int, date | None]]:
        """How many rows have these texts in one or two columns, and the newest day of these, where rows have days."""

    @abstractmethod
    def summed(self, actions: Sequence[str]) -> Iterator[Sum]:
        """What the rows with these actions come to: their amounts, else quantities times prices, as `debts` has it."""

    @abstractmethod
    def aged(
        self, signs: Mapping[str, int], identify: Callable[[str], str],
        due_of: Callable[[str], Mapping[date, date]], age: Callable[[date], int], named: Collection[str],
    ) -> Aged | None:  # fmt: skip
        """The rows whose actions have signs, summed by customer and `age` of their due day.

        Documents below zero, those whose number or order they or `named` name, and those that say when they are due
        stay apart. None where rows say nothing of money.
        """

    @abstractmethod
    def read(self, *names: str) -> None:
        """Read these columns in one pass: each that is asked for alone costs another."""

    @abstractmethod
    def frame(self, *names: str) -> Any:
        """These columns as a pandas.DataFrame."""

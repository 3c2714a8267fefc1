"""What documents come to: the rows of a ledger summed by customer, order, document and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salesaid.core.by_columns import RowsByColumns, Sum
from salesaid.core.sheet_rows import rows_in
from salesaid.frames.goods import Taken, debts, taken

_MOST = 2**62


class Documents:
    """The rows with some actions by document, in the order of the first row of each; rows of 0 are left out.

    All is by document: `firsts` are the places of their first rows among those of `own`, `cents` what they come to.
    """

    def __init__(self, rows: RowsByColumns, actions: Sequence[str]) -> None:
        import numpy as np

        own, acts, self.actions = taken(rows, actions)
        cents, free = debts(own, own.figures("qty")[0])
        counts = np.flatnonzero((cents != 0) | free)
        self.own = Taken(rows, own.places[counts])
        number = rows.ledger.number or ""
        self._customers, self._nos = self._coded("customer"), self._coded(number)
        self._orders = self._nos if number == "order_no" else self._coded("order_no")
        self._has_due = "due" in rows.columns and number != "order_no"
        self._acts = acts[counts]
        groups = self._groups(free[counts])
        self.firsts = np.unique(groups, return_index=True)[1]
        self.cents = _sums(groups, cents[counts], len(self.firsts))
        self.free = free[counts][self.firsts]

    def _coded(self, name: str) -> tuple[Any, Any]:
        codes, texts = self.own.rows.coded(name)
        return codes[self.own.places], texts

    def _groups(self, free: Any) -> Any:
        import numpy as np
        from pandas import DataFrame

        nos, rows = self._nos[0], self.own.values("row")
        columns: dict[str, Any] = {
            "action": self._acts, "customer": self._customers[0], "order": self._orders[0],
            "no": np.where(nos < 0, -1 - rows, nos), "day": self.own.values("date").astype("int64"), "free": free,
        }  # fmt: skip
        if self._has_due:
            columns["due"] = self.own.values("due").astype("int64")
        return DataFrame(columns, copy=False).groupby(list(columns), sort=False).ngroup().to_numpy()

    @property
    def acts(self) -> Any:
        """The codes of their actions."""
        return self._acts[self.firsts]

    def coded(self, name: str) -> tuple[Any, Any]:
        """The codes of their customers, orders or numbers, -1 for none, and a pyarrow array of the texts."""
        codes, texts = {"customer": self._customers, "order_no": self._orders, "no": self._nos}[name]
        return codes[self.firsts], texts

    @property
    def days(self) -> Any:
        """Their days, datetime64[D]."""
        return self.own.values("date")[self.firsts].astype("datetime64[D]")

    @property
    def dues(self) -> Any:
        """The due days that they say themselves, NaT where they say none."""
        import numpy as np

        if self._has_due:
            return self.own.values("due")[self.firsts].astype("datetime64[D]")
        return np.full(len(self.firsts), "NaT", "datetime64[D]")

    def sums(self, places: Any) -> Iterator[Sum]:
        """Those at some places, one by one."""
        said: list[list[str | None]] = [[self.actions[code] for code in self.acts[places].tolist()]]
        said += [texts_of(self.coded(name)[1], self.coded(name)[0][places]) for name in ("customer", "order_no", "no")]
        numbers = rows_in(self.own.rows.sheet, self.own.values("row")[self.firsts[places]].tolist())
        free, cents = self.free[places].tolist(), self.cents[places].tolist()
        money = [None if is_free else total for is_free, total in zip(free, cents, strict=True)]
        return map(Sum, *said, numbers, self.days[places].tolist(), self.dues[places].tolist(), money)


def charged(rows: RowsByColumns, actions: Sequence[str]) -> Iterator[Sum]:
    """What the rows with these actions come to, document by document."""
    found = Documents(rows, actions)
    return found.sums(slice(None))


def texts_of(words: Any, codes: Any) -> list[str | None]:
    """The texts of codes; None for -1."""
    import pyarrow as pa

    texts: list[str | None] = words.take(pa.array(codes, mask=codes < 0)).to_pylist()
    return texts


def _sums(groups: Any, cents: Any, count: int) -> Any:
    """The exact sum of each group."""
    import numpy as np

    fits = cents.dtype != object and (not len(cents) or int(abs(cents).max()) * len(cents) < _MOST)
    found = np.zeros(count, np.int64 if fits else object)
    np.add.at(found, groups, cents)
    return found

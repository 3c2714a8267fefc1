"""A ledger's used rows by columns, for reports that group them: the values that `Rows.pick` gives.

Where pyarrow can read the file, cells come as codes of distinct texts. Rows that are not plainly used are asked about
one by one, as `Rows` asks about them. All other files are read as `Rows` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any

from salesaid.book import cells
from salesaid.book.cells import Cells
from salesaid.book.folding import journals
from salesaid.book.laying_out import has_one_year
from salesaid.core.by_columns import Aged, RowsByColumns, Sum
from salesaid.core.kinds import MONEY, NUMBER_NO, TEXT, Kind
from salesaid.core.rows import Rows
from salesaid.core.sheet_rows import row_in, rows_in

if TYPE_CHECKING:
    from numpy import ndarray
    from pandas import DataFrame

    from salesaid.book.reading import Shelf
    from salesaid.storage.csv_arrow import Columns

_CHUNK = 1 << 14  # rows that are given out at a time
_SIGNED = "stock_moves"  # where a row without an action word goes by its sign
_TEXTS = {TEXT, NUMBER_NO}


def by_columns(shelf: Shelf, id_: str, today: date) -> RowsByColumns:
    """The used rows of a ledger up to a day."""
    found = shelf.rows(id_, today)
    if not isinstance(found, RowsByColumns):
        opened = shelf.opened(id_)
        is_whole = opened is not None and id_ not in shelf.queued and has_one_year(opened, shelf.settings.ledger(id_))
        found = shelf.framed[id_, today] = FramedRows(found, opened.sheet if opened and is_whole else None)
    return found


def prepare(shelf: Shelf, today: date) -> None:
    """Have whoever asks for the rows of a long journal get them by columns: what is grouped is not gone through."""
    for id_ in journals():
        if shelf.is_long(id_):
            by_columns(shelf, id_, today)


class FramedRows(RowsByColumns):
    """Rows whose columns are read as a whole when they are first asked for."""

    def __init__(self, rows: Rows, sheet: Any) -> None:
        self.__dict__.update(rows.__dict__)
        self._rows = rows
        self._sheet = sheet
        self._cells: dict[str, Cells] = {}
        self._lists: dict[str, list[Any]] = {}
        self._numbers: Any = None
        self._blank: list[int] | None = None  # of a file that was read as a whole
        self._places: ndarray | None = None  # among those of the file; None: all of them

    def coded(self, name: str) -> tuple[Any, Any]:
        """Of a column of texts, numbers or choices: the rows' codes (-1: none), and a pyarrow array of the texts."""
        self.read(name)
        found = self._cells[name]
        return found.codes, found.said

    def until(self, day: date | None) -> Rows:
        """The same rows up to another day: as they are where none is dated later."""
        if self._numbers is None or self.later or (day is not None and self.upto is not None and day < self.upto):
            return super().until(day)
        same = copy(self)
        same.upto = day
        return same

    def pick(self, *names: str | tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        """The values of some columns, a tuple a used row."""
        self.read(*_flat(names))
        return zip(*(self._listed(name) for name in names), strict=True) if names else repeat((), self.used)

    def pick_columns(self, *names: str | tuple[str, ...]) -> Iterator[list[Iterable[Any]]]:
        """The same by columns, some thousand rows at a time."""
        self.read(*_flat(names))
        columns = {name: self._listed(name) for name in _flat(names)}
        for start in range(0, self.used, _CHUNK):
            part = {name: column[start : start + _CHUNK] for name, column in columns.items()}
            yield [zip(*map(part.get, name), strict=True) if isinstance(name, tuple) else part[name] for name in names]

    def _listed(self, name: str | tuple[str, ...]) -> Any:
        if isinstance(name, tuple):
            return zip(*map(self._listed, name), strict=True)
        if name not in self._lists:
            own: Any = self._cells[name].listed() if name != "row" else rows_in(self.sheet, self._numbers.tolist())
            self._lists[name] = own
        return self._lists[name]

    def written(self, column: str) -> Iterator[tuple[Sequence[int], Sequence[str]]]:
        """The numbers of all rows, used or set aside, and their texts in a column of the file."""
        at, blank = self.columns[column], self._blank
        found = None if blank is None else self._sheet.columns({at}, ())
        if blank is None or found is None:
            return super().written(column)
        import numpy as np

        places = np.delete(np.arange(found.length), blank)
        texts = np.array(found.coded[at].dictionary.to_pylist(), object)[found.coded[at].indices.to_numpy()[places]]
        return iter([(found.numbers[places].tolist(), texts.tolist())])

    def array(self, name: str) -> Any:
        """The values: `row` int64, days datetime64[s], figures a masked array of whole millionths, texts categories."""
        self.read(name)
        return self._numbers if name == "row" else self._cells[name].by_rows

    def frame(self, *names: str) -> DataFrame:
        """These columns as a DataFrame."""
        from pandas import DataFrame

        self.read(*names)
        return DataFrame({name: self.array(name) for name in names}, copy=False)

    def counted(self, names: tuple[str, ...]) -> Mapping[tuple[str, ...], tuple[int, date | None]]:
        """How many rows have these texts in one or two columns, and the newest day of these."""
        import numpy as np
        import pandas as pd

        self.read(*names, *(["date"] if self.has("date") else []))
        codes = [self.coded(name) for name in names]
        most = max(map(len, (texts for _, texts in codes)), default=0) + 1
        keys = sum(own.astype(np.int64) * most**place for place, (own, _) in enumerate(codes))
        groups, found = pd.factorize(keys)
        words = [texts.take(found // most**place % most).to_pylist() for place, (_, texts) in enumerate(codes)]
        counts = np.bincount(groups, minlength=len(found)).tolist()
        newest: list[date | None] = [None] * len(found)
        if self.has("date"):
            newest = [day.date() for day in pd.Series(self.array("date")).groupby(groups).max()]
        return dict(zip(zip(*words, strict=True), zip(counts, newest, strict=True), strict=True))

    def summed(self, actions: Sequence[str]) -> Iterator[Sum]:
        """What the rows with these actions come to, by customer, order, document, day and due date."""
        from salesaid.frames.charged import charged

        return charged(self, actions)

    def aged(
        self, signs: Mapping[str, int], identify: Callable[[str], str],
        due_of: Callable[[str], Mapping[date, date]], age: Callable[[date], int], named: Collection[str],
    ) -> Aged | None:  # fmt: skip
        """The rows whose actions have signs, summed by customer and age."""
        from salesaid.frames.aged import aged

        return aged(self, signs, identify, due_of, age, named)

    def read(self, *names: str) -> None:
        """Read these columns, as far as they have not been, in one pass."""
        missing = [name for name in dict.fromkeys(names) if name not in self._cells and name != "row"]
        if self._numbers is None or any(name in self.columns for name in missing):
            if not self._read_at_once(missing):
                self._read_by_rows(missing)
        else:
            self._cells |= {name: self._constant_cells(name) for name in missing}

    def _kind(self, name: str) -> Kind:
        return self.ledger.column(name).kind

    def _read_by_rows(self, names: list[str]) -> None:
        import numpy as np

        values: dict[str, list[Any]] = {name: [] for name in ("row", *names)}
        for block in self._rows.pick_columns(*values):
            for column, more in zip(values.values(), block, strict=True):
                column.extend(more)
        self._numbers = np.array(values.pop("row"), np.int64)
        self._cells |= {name: cells.of_values(self._kind(name), column) for name, column in values.items()}
        self.aside, self.later, self.used = self._rows.aside, self._rows.later, self._rows.used

    def _read_at_once(self, names: list[str]) -> bool:
        """Whether the columns could be read as a whole."""
        if self.ledger.id == _SIGNED or not hasattr(self._sheet, "columns") or not all(map(all, self._needs_of_all())):
            return False
        is_first = self._numbers is None
        wanted = {*names, *(self._asked_of_rows() if is_first else ())} & {*self.columns}
        named_by = set(self._named_by()) if is_first else set()
        plain = {self.columns[name] for name in wanted if self._kind(name) is MONEY} - named_by
        with ThreadPoolExecutor(1) as beside:  # pandas takes as long to load as the file to be read
            reading = beside.submit(
                self._sheet.columns, {self.columns[name] for name in wanted} - plain | named_by, plain
            )
            import pandas  # noqa: F401, ICN001

            found = reading.result()
        if found is None:
            return False
        arrays = {**found.coded, **found.plain}
        read = {name: self._cells_of(name, arrays[self.columns[name]]) for name in wanted}
        if is_first:
            self._settle(found, read, [cells.totals(arrays[index]) for index in named_by])
        for name in names:
            self._cells[name] = read[name].of(self._places) if name in read else self._constant_cells(name)
        return True

    def _needs_of_all(self) -> list[tuple[tuple[str, ...], ...]]:
        return list(self._needs().values())

    def _asked_of_rows(self) -> set[str]:
        """The columns that say whether a row is used."""
        return {"action", "date"}.union(*(group for groups in self._needs_of_all() for group in groups))

    def _cells_of(self, name: str, array: Any) -> Cells:
        kind = self._kind(name)
        if kind in _TEXTS and name != "action":
            return cells.texts(array, stripped=kind is NUMBER_NO)
        return cells.parsed(kind, array, self._memo(name))

    def _constant_cells(self, name: str) -> Cells:
        import numpy as np

        value = self._constant(name)
        return cells.of_values(self._kind(name), [value]).of(np.zeros(len(self._numbers), np.int64))

    def _settle(self, found: Columns, read: Mapping[str, Cells], totals: list[Any]) -> None:
        """Which rows are used."""
        import numpy as np

        doubtful = self._doubtful(found.length, read)
        for total in totals:
            if total is not None:
                doubtful |= total
        if self._unsaved:
            doubtful |= np.isin(found.numbers, list(self._unsaved))
        kept = ~doubtful & ~self._dated_after(read)
        self.aside, self.later = [], int((~doubtful).sum() - kept.sum())
        places = np.flatnonzero(doubtful).tolist()
        self._blank = []
        for place, (line, texts) in zip(places, found.rows(places), strict=True):
            if any(texts):
                kept[place] = self._keep(row_in(self.sheet, line), texts)
            else:
                kept[place] = False
                self._blank.append(place)
        self._places = None if kept.all() else np.flatnonzero(kept)
        self._numbers = found.numbers if self._places is None else found.numbers[self._places]
        self._rows.aside, self._rows.later = self.aside, self.later
        self.used = self._rows.used = len(self._numbers)

    def _dated_after(self, read: Mapping[str, Cells]) -> Any:
        """Which rows are dated after the last day."""
        import numpy as np

        if self.upto is None or "date" not in read:
            return False
        return read["date"].by_rows > np.datetime64(self.upto, "s")

    def _doubtful(self, count: int, read: Mapping[str, Cells]) -> ndarray:
        """The rows that may lack something they need."""
        import numpy as np

        doubtful = np.zeros(count, bool)
        for action, groups in self._needs().items():
            its_own = self._rows_of(action, read)
            for group in groups if its_own is not None else ():
                doubtful |= ~self._has(group, read, count) & its_own
        unread = read["action"].doubtful if "action" in read else None
        return doubtful if unread is None else doubtful | unread

    def _rows_of(self, action: str, read: Mapping[str, Cells]) -> Any:
        """The rows that do this; None where none does."""
        if "action" not in read:
            return True if not self.ledger.actions or self._constant("action") == action else None
        own = read["action"]
        places = [place for place, value in enumerate(own.said.to_pylist()) if value == action]
        return own.codes == places[0] if places else None

    def _has(self, group: Sequence[str], read: Mapping[str, Cells], count: int) -> Any:
        """Which rows surely have one of these cells. One that cannot be read is not made up for by another."""
        import numpy as np

        has, lost = np.zeros(count, bool), np.zeros(count, bool)
        for name in group:
            if name in read:
                own = read[name].doubtful
                has |= True if own is None else ~own
                if own is not None and name in self._memos and self._memos[name].unreadable:
                    lost |= own & ~has
            elif self._fixed.get(name, "").strip():
                has |= self._is_readable(name)
        return has & ~lost

    def _is_readable(self, name: str) -> bool:
        self._constant(name)
        return name not in self._memos or self._fixed[name] not in self._memo(name).amiss


def _flat(names: Iterable[str | tuple[str, ...]]) -> list[str]:
    return [part for name in names for part in ((name,) if isinstance(name, str) else name)]

"""Rows of a ledger: a re-iterable stream whose cells are parsed when they are asked for.

A fold over two columns of a million rows costs two columns: `rows.pick("product", "qty")` gives tuples. Cells come
in blocks, each distinct text of a column is parsed once, and only a block in which something is amiss is looked at
row by row (SPEED.md 3 measured every other shape to be slower).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, compress, islice, repeat
from typing import TYPE_CHECKING, Any

from salesaid.core.amiss import TOTAL_ROW, SetAside, blank, unreadable, unsaved
from salesaid.core.grid import Columns, columns_of
from salesaid.core.kinds import IN_FILES, NUMBER_NO, QTY, TEXT, Reading
from salesaid.core.memo import Memo
from salesaid.core.schema import Ledger
from salesaid.core.sheet_rows import Sheets
from salesaid.core.text import Text
from salesaid.core.totals import any_total, is_total

if TYPE_CHECKING:
    from salesaid.core.by_columns import RowsByColumns

Block = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Row numbers of the file and, for each, one text a heading."""

ZERO = Decimal(0)


class Rows:
    """The used rows of one ledger file, up to one day.

    `columns` maps canonical ids to indexes; `fixed` gives a constant text for a column that the file lacks;
    `words` maps this file's own words to action ids. After a whole pass `aside` lists the rows set aside, `later`
    counts those dated after `upto`, `used` the others. `unsaved` are cells, by row, whose formula has no result.
    """

    by_columns: RowsByColumns | None = None  # these rows, where a report has them by columns
    damaged: Sequence[tuple[int, Text]] = ()  # rows of the file with too many or too few cells: filled while it is read

    def __init__(
        self,
        ledger: Ledger,
        columns: Mapping[str, int],
        blocks: Callable[[], Iterable[Block]],
        *,
        file: str = "",
        sheet: Sheets = None,
        reading: Reading = IN_FILES,
        words: Mapping[str, str] | None = None,
        fixed: Mapping[str, str] | None = None,
        upto: date | None = None,
        at_once: bool = False,
        unsaved: Mapping[int, Collection[int]] | None = None,
    ) -> None:
        self.ledger = ledger
        self.columns = columns
        self.file, self.sheet = file, sheet
        self.at_once, self.upto = at_once, upto
        self.aside: list[SetAside] = []
        self.later = self.used = 0
        self._blocks = blocks
        self._reading = reading
        self._words = words or {}
        self._fixed = fixed or {}
        self._unsaved = {} if unsaved is None else unsaved  # may be filled while rows are read
        self._memos: dict[str, Memo] = {}
        self._met: set[str] = set()  # the columns whose texts in the block at hand have all been met
        self._dates_met, self._is_dated_later = 0, False

    def until(self, day: date | None) -> Rows:
        """The same rows up to another day."""
        return Rows(
            self.ledger, self.columns, self._blocks, file=self.file, sheet=self.sheet, reading=self._reading,
            words=self._words, fixed=self._fixed, upto=day, at_once=self.at_once, unsaved=self._unsaved,
        )  # fmt: skip

    def has(self, column: str) -> bool:
        """Whether the file has the column or the settings fix it."""
        return column in self.columns or column in self._fixed

    def pick(self, *names: str | tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        """The values of some columns, a tuple a used row, in file order; several names in a tuple come as a tuple.

        Text comes character for character ("" where blank or missing), everything else parsed: None where blank or
        unreadable, such a quantity 0, a blank action the ledger's first. "row" is the row's number in the file.
        """
        if not names:
            return (() for _ in self.pick("row"))
        return chain.from_iterable(zip(*columns, strict=False) for columns in self.pick_columns(*names))

    def pick_columns(self, *names: str | tuple[str, ...]) -> Iterator[list[Iterable[Any]]]:
        """The same by columns, some hundred rows at a time: for loops of a million turns, where each call counts."""
        self.aside, self.later, self.used = [], 0, 0
        for numbers, cells in self._blocks():
            if cells:
                texts = columns_of(cells)
                self._met.clear()
                values = [self._values(name, numbers, texts) for name in names]
                kept = self._kept(numbers, cells, texts)
                self.used += len(cells) if kept is None else sum(kept)
                yield values if kept is None else [compress(column, kept) for column in values]

    def texts(self, name: str) -> Iterator[tuple[int, str]]:
        """A column's cells as they are written, with their rows' numbers: of all rows, also those not used."""
        at = self.columns[name]
        return ((number, row[at]) for block in self._blocks() for number, row in zip(*block, strict=True))

    def written(self, column: str) -> Iterator[tuple[Sequence[int], Sequence[str]]]:
        """The numbers of all rows, used or set aside, and their texts in a column of the file, by blocks."""
        return ((rows, columns_of(cells)(self.columns[column])) for rows, cells in self._blocks() if cells)

    def unreadable(self) -> dict[str, Mapping[str, Text]]:
        """Texts, by column, that were met so far and cannot be read, and what could be."""
        return {name: memo.unreadable for name, memo in self._memos.items() if memo.unreadable and name in self.columns}

    def _values(self, name: str | tuple[str, ...], numbers: Sequence[int], texts: Columns) -> Iterable[Any]:
        if isinstance(name, tuple):
            return zip(*(self._values(part, numbers, texts) for part in name), strict=False)
        if name == "row":
            return numbers
        index = self.columns.get(name)
        if index is None:
            constant = repeat(self._constant(name), len(numbers))
            is_moves = name == "action" and self.ledger.id == "stock_moves"
            return self._signed(name, constant, texts) if is_moves else constant
        kind = self.ledger.column(name).kind
        if kind in {TEXT, NUMBER_NO} and name != "action":  # hardly one number stands twice: nothing to remember
            return texts(index) if kind is TEXT else [text.strip() or None for text in texts(index)]
        values = [*map(self._memo(name).__getitem__, texts(index))]
        self._met.add(name)
        if name in {"action", "qty"} and self.ledger.id == "stock_moves":
            return self._signed(name, values, texts)
        return values

    def _constant(self, name: str) -> Any:
        text = self._fixed.get(name, "")
        kind = self.ledger.column(name).kind
        return text if kind is TEXT and name != "action" else self._memo(name)[text]

    def _signed(self, name: str, values: Iterable[Any], texts: Columns) -> Iterable[Any]:
        # A stock move without an action word is `in` where positive, `out` where negative (DOMAIN.md 1).
        if "action" in self._fixed or "qty" not in self.columns:
            return values
        words: Iterable[str] = repeat("")
        if "action" in self.columns:
            words = texts(self.columns["action"])
            memo = self._meet("action", texts)
            if all(map(str.strip, memo)):
                return values
        qtys = map(self._memo("qty").__getitem__, texts(self.columns["qty"]))
        out = [not word.strip() and qty is not None and qty < 0 for word, qty in zip(words, qtys, strict=False)]
        if name == "action":
            return ["out" if is_out else value for value, is_out in zip(values, out, strict=True)]
        return [-value if is_out else value for value, is_out in zip(values, out, strict=True)]

    def _meet(self, name: str, texts: Columns) -> Memo:
        """What is known of a column's texts once all those of a block have been met."""
        memo = self._memo(name)
        if name not in self._met:
            memo.learn(texts(self.columns[name]))
            self._met.add(name)
        return memo

    def _memo(self, name: str) -> Memo:
        memo = self._memos.get(name)
        if memo is None:
            memo = self._memos[name] = self._action_memo() if name == "action" else self._kind_memo(name)
        return memo

    def _kind_memo(self, name: str) -> Memo:
        kind, reading = self.ledger.column(name).kind, self._reading
        blank = ZERO if kind is QTY and name == "qty" else None
        return Memo(lambda text: kind.parse(text, reading), blank, lost=blank)

    def _action_memo(self) -> Memo:
        kind, words = self.ledger.column("action").kind, self._words
        first = "in" if self.ledger.id == "stock_moves" else self.ledger.actions[0].id

        def parse(text: str) -> object:
            return words.get(text.strip()) or kind.parse(text) or first

        return Memo(parse, first)

    def _kept(self, numbers: Sequence[int], cells: Sequence[Sequence[str]], texts: Columns) -> list[bool] | None:
        """Which rows of a block are used; None: all of them, which costs next to nothing to see."""
        later = self._dated_later(texts)
        has_total = any(any_total(texts(index)) for index in self._named_by())
        if not self._unsaved and not has_total and self._all_there(texts):
            self.later += sum(later)
            return [not each for each in later] if later else None
        return [self._keep(number, row) for number, row in zip(numbers, cells, strict=True)]

    def _dated_later(self, texts: Columns) -> list[bool]:
        """Which rows of a block are dated after the last day; empty where none is.

        The distinct dates met so far say whether to look at all.
        """
        index = self.columns.get("date")
        if index is None or self.upto is None:
            return []
        memo, upto = self._meet("date", texts), self.upto
        new, self._dates_met = memo.met - self._dates_met, memo.met
        if new and not self._is_dated_later:  # the newest are the last; where some were forgotten, every row is asked
            days = islice(reversed(memo.values()), new)
            self._is_dated_later = new > len(memo) or any(day is not None and day > upto for day in days)
        if not self._is_dated_later:
            return []
        later = [day is not None and day > upto for day in map(memo.__getitem__, texts(index))]
        return later if any(later) else []

    def _all_there(self, texts: Columns) -> bool:
        groups = dict.fromkeys(group for needs in self._needs().values() for group in needs)  # in an order of its own
        if "action" in self.columns:
            groups["action",] = None
        return all(self._is_there(group, texts) for group in groups)

    def _is_there(self, group: Sequence[str], texts: Columns) -> bool:
        """Whether every row of a block has one of several cells, and the first that it has of them can be read."""
        there: list[list[bool]] = []
        for name in group:
            if self._is_full(name, texts):
                return True
            if name in self.columns and name != "action" and self.ledger.column(name).kind not in {TEXT, NUMBER_NO}:
                memo, own = self._memo(name), texts(self.columns[name])
                if memo.unreadable and not set(memo.unreadable).isdisjoint(own):
                    return False
                there.append([text not in memo.amiss for text in own])
        return len(there) > 1 and all(map(any, zip(*there, strict=True)))

    def _is_full(self, name: str, texts: Columns) -> bool:
        index = self.columns.get(name)
        if index is None:
            return bool(self._fixed.get(name))
        if name != "action" and self.ledger.column(name).kind in {TEXT, NUMBER_NO}:
            return all(map(str.strip, texts(index)))
        memo = self._meet(name, texts)
        wrong = memo.unreadable if name == "action" else memo.amiss
        return not wrong or set(wrong).isdisjoint(texts(index))

    def _needs(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {action.id: action.needs for action in self.ledger.actions} or {"": self.ledger.needs}

    def _keep(self, number: int, row: Sequence[str]) -> bool:
        if (reason := self._why_not(number, row)) is not None:
            self.aside.append(SetAside(number, reason))
            return False
        day = self._value("date", row) if self.upto and "date" in self.columns else None
        if day is None or day <= self.upto:
            return True
        self.later += 1
        return False

    def _why_not(self, number: int, row: Sequence[str]) -> Text | None:
        needs = self._needs()
        action = self._value("action", row) if self.ledger.actions else ""
        lost = self._lost(number, ("action",))
        if lost or action is None:
            return lost or unreadable(self._heading("action"), row[self.columns["action"]], None)
        for group in needs[action]:
            missing = self._missing(number, group, row)
            if missing is not None:
                return TOTAL_ROW if any(map(is_total, row)) else missing
        return TOTAL_ROW if any(is_total(row[index]) for index in self._named_by()) else None

    def _named_by(self) -> list[int]:
        """The columns by which a register names its rows, and a journal its documents."""
        ledger = self.ledger
        names = {ledger.key[0], *ledger.needs[0]} if ledger.key else {ledger.number or "", *ledger.sums_in}
        return [self.columns[name] for name in names if name in self.columns]

    def _lost(self, number: int, group: Sequence[str]) -> Text | None:
        names = [name for name in group if self.columns.get(name) in self._unsaved.get(number, ())]
        return unsaved(self._heading(names[0])) if names else None

    def _missing(self, number: int, group: Sequence[str], row: Sequence[str]) -> Text | None:
        for name in group:
            text = self._text(name, row)
            if text.strip():
                self._value(name, row)
                accepted = self._memo(name).unreadable.get(text)
                if accepted:
                    return unreadable(self._heading(name), text, accepted)
                if text not in self._memo(name).amiss:
                    return None
        return self._lost(number, group) or blank([self._heading(name) for name in group])

    def _text(self, name: str, row: Sequence[str]) -> str:
        index = self.columns.get(name)
        return self._fixed.get(name, "") if index is None else row[index]

    def _value(self, name: str, row: Sequence[str]) -> Any:
        return self._memo(name)[self._text(name, row)]

    def _heading(self, name: str) -> Text:
        return self.ledger.column(name).heading

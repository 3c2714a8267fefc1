"""The facts of every ledger's file, gathered in one pass over all its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from salesaid import ledgers
from salesaid.book import joining
from salesaid.core.at_hand import Parsed
from salesaid.core.file_facts import BadCell, FileFacts, Formula
from salesaid.core.grid import Columns, columns_of
from salesaid.core.heading_trouble import letters
from salesaid.core.heading_words import folded
from salesaid.core.kinds import NUMBER_NO, TEXT
from salesaid.core.rows import Block, Rows

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.book.reading import Opened

_RUNS = ("=", "@")  # what a spreadsheet takes for a formula, whatever follows
_CALLS = ("|", "!")  # +cmd|'/C calc'!A0 calls a program; +5V电源 does nothing
_PLANNED = {"prices"}  # prices may be set for days to come


def file_facts(book: Book) -> list[FileFacts]:
    """The facts of every ledger that was ever written, each read once; its columns are then at hand for the rules."""
    opened = ((id_, book.shelf.opened(id_)) for id_ in ledgers.names())
    return [facts for id_, file in opened if file is not None for facts in _facts(book, id_, file)]


def _facts(book: Book, id_: str, opened: Opened) -> list[FileFacts]:
    """The facts of one ledger's file; of several sheets all but their headings stand with the first."""
    survey = _Survey(opened, book.today)
    rows = book.shelf.rows_of(opened, lambda: survey.watching(book.shelf.blocks(id_)), None)
    is_framed = (id_, book.today) in book.shelf.framed  # a report has all of it at hand by columns
    number = opened.headings.columns.get(opened.ledger.number or "")
    parsed = Parsed(_columns(opened), _texts(opened) if book.shelf.is_long(id_) else ())
    for values in rows.pick_columns(*parsed.columns):
        own = [each if isinstance(each, Sequence) else [*each] for each in values]
        survey.look(rows, own)
        if is_framed:
            continue
        parsed.add(own)
        if number is not None:
            parsed.add_numbers(str(opened.ledger.number), survey.numbers, survey.texts(number))
    parsed.aside = [*rows.aside]
    if not is_framed:
        book.shelf.keep_parsed(id_, rows, parsed)
    aside = [(row, reason) for row, reason in (*opened.sheet.aside, *rows.aside)]
    first, *others = joining.odd_headings(opened, book.settings.ledger(id_), survey.filled)
    facts = FileFacts(
        id_, opened.file, first.sheet, first.row, first.odd, sorted(aside), survey.unreadable,
        survey.later, survey.copies(), survey.formulas, list(opened.sheet.notes()),
    )  # fmt: skip
    nothing = facts._replace(aside=[], unreadable=[], later=[], copies=[], formulas=[], notes=[])
    return [facts, *(nothing._replace(sheet=each.sheet, header_row=each.row, headings=each.odd) for each in others)]


def _columns(opened: Opened) -> list[str]:
    """What of a file is parsed: the row, the date if it has one, and all else that it has."""
    own = [column.id for column in opened.ledger.every_column if column.id in opened.headings.columns]
    if opened.ledger.actions and "action" not in own:
        own.append("action")
    return ["row", *sorted(own, key=lambda name: name != "date")]


def _texts(opened: Opened) -> set[str]:
    """The columns of a file that are text."""
    return {column.id for column in opened.ledger.every_column if column.kind in {TEXT, NUMBER_NO}}


class _Survey:
    """What is met in one file, block by block, while its rows are parsed."""

    def __init__(self, opened: Opened, today: date) -> None:
        self.unreadable: list[BadCell] = []
        self.later: list[tuple[int, date]] = []
        self.formulas: list[Formula] = []
        self.filled: set[str] = set()  # the letters of columns without a heading that hold something
        self._today = today
        self._is_dated = opened.ledger.id not in _PLANNED and "date" in opened.headings.columns
        self._texts = _text_columns(opened) if opened.is_csv else {}
        self._unheaded = {at: letters(at) for at, each in enumerate(opened.sheet.headings) if not folded(each)}
        self._width = len(opened.sheet.headings)
        self._prints: list[tuple[Sequence[int], list[int]]] = []  # rows by blocks, and the hash of the cells of each
        self._left_out: set[int] = set()
        self.numbers: Sequence[int] = ()  # of the rows of the block at hand
        self._cells: Sequence[Sequence[str]] = ()
        self.texts: Columns

    def watching(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, each remembered until it has been looked at."""
        for self.numbers, self._cells in blocks:
            yield self.numbers, self._cells

    def look(self, rows: Rows, values: Sequence[Iterable[Any]]) -> None:
        """Look at the block that was just parsed; `values` are the numbers of its used rows, and their dates."""
        numbers, texts = self.numbers, columns_of(self._cells)
        self.texts = texts
        self._left_out.update(aside.row for aside in rows.aside)
        if self._is_dated:
            used, days = values[0], values[1]
            if any(day > self._today for day in {*days} - {None}):
                self.later += [(row, day) for row, day in zip(used, days, strict=True) if day and day > self._today]
        self._look_for_unreadable(rows, numbers, texts)
        self._prints.append((numbers, [*map(hash, zip(*map(texts, range(self._width)), strict=True))]))
        for index, name in self._texts.items():
            self.formulas += _formulas(numbers, texts(index), name)
        for index, name in self._unheaded.items():
            if name not in self.filled and any(map(str.strip, texts(index))):
                self.filled.add(name)

    def _look_for_unreadable(self, rows: Rows, numbers: Sequence[int], texts: Columns) -> None:
        for name, bad in rows.unreadable().items():
            column = texts(rows.columns[name])
            if not set(bad).isdisjoint(column):
                self.unreadable += [
                    BadCell(number, name, text, bad[text])
                    for number, text in zip(numbers, column, strict=True)
                    if text in bad and number not in self._left_out
                ]

    def copies(self) -> list[tuple[int, int]]:
        """The rows whose cells are all those of a row above, each with the first such."""
        prints = [*chain.from_iterable(own for _, own in self._prints)]
        if len({*prints}) == len(prints):  # nearly every file
            return []
        found, first = [], dict[int, int]()
        for number, print_ in zip(chain.from_iterable(own for own, _ in self._prints), prints, strict=True):
            if number not in self._left_out and first.setdefault(print_, number) != number:
                found.append((number, first[print_]))
        return found


def _text_columns(opened: Opened) -> dict[int, str]:
    """The columns that hold text as it is, by index: what is no figure or date elsewhere cannot be read anyway."""
    ids = {index: id_ for id_, index in opened.headings.columns.items()}
    return {
        index: ids.get(index) or heading.strip() or letters(index)
        for index, heading in enumerate(opened.sheet.headings)
        if index not in ids or opened.ledger.column(ids[index]).kind in {TEXT, NUMBER_NO}
    }


def _formulas(numbers: Sequence[int], column: Sequence[str], name: str) -> Iterator[Formula]:
    """The cells of a column that would be run. Most columns have none, which one look at all of them shows."""
    joined = "\n" + "\n".join(column)
    runs = any(f"\n{sign}" in joined for sign in _RUNS)
    if runs or all(sign in joined for sign in _CALLS):
        for number, text in zip(numbers, column, strict=True):
            if text.startswith(_RUNS) or (text.startswith(("+", "-")) and all(sign in text for sign in _CALLS)):
                yield Formula(number, name, text)

"""From entries to changes: each row in the file's own columns, words and forms (DOMAIN.md 1, 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesaid import ledgers
from salesaid.book.file_forms import Form
from salesaid.book.finding import new_spot
from salesaid.book.laying_out import parts_of
from salesaid.book.offering import Known, choices_for, names_for
from salesaid.book.placing import is_numberless
from salesaid.book.reading import Opened, Shelf
from salesaid.book.sayable import MissingColumn, as_written, left_unsaid, require_sayable
from salesaid.book.stores import store_for
from salesaid.core.entries import Decision, Edit, Entry, NewNumber
from salesaid.core.errors import FileTrouble, Refused, Where
from salesaid.core.numbers import number
from salesaid.core.schema import Column, Ledger
from salesaid.core.tables import Note
from salesaid.core.text import Lang, Text
from salesaid.storage.contract import Cell, CellEdit, Change

_ABOVE = 20  # rows whose words and forms a new row follows


class FormulaText(Refused):
    """A text would run as a formula when the CSV is opened in Excel."""

    def __init__(self, text: str, column: Column, file: str) -> None:
        super().__init__(
            Text(
                f"“{text}”以 = 或 @ 开头，在 Excel 里会被当成公式",
                f"“{text}” starts with = or @: Excel would take it for a formula",
            ),
            Text("确要照写，请加 --literal", "to write it all the same, add --literal"),
            Where(file, column=column.heading.zh),
        )


class NoSuchRegisterRow(FileTrouble):
    """The row to be edited is no longer in its register."""

    def __init__(self, ledger: Ledger, key: Mapping[str, str]) -> None:
        name = " · ".join(key.values())
        super().__init__(
            Text(f"{ledger.title.zh}里找不到“{name}”这一行", f"there is no row “{name}” in {ledger.title.en}")
        )


class Written(NamedTuple):
    """What a post writes to one journal or register: the change, and its new rows as texts in file order.

    `before` are texts by column for each edit: what its cells say now.
    """

    ledger: str
    opened: Opened | None
    change: Change
    rows: list[list[str]]
    before: Sequence[Mapping[str, str]] = ()


class Plan(NamedTuple):
    """All of a post. `numbers` are the document numbers it gave, `entries` its rows as they will stand."""

    written: list[Written]
    entries: list[Entry]
    numbers: dict[NewNumber, str]
    notes: list[Note]


class Writer:
    """Plans the changes of one decision."""

    def __init__(
        self,
        shelf: Shelf,
        lang: Lang,
        highest: Callable[[str, date], int],
        row_of: Callable[[Opened, int], int],
        *,
        literal: bool,
        known: Known = lambda _: (),
    ) -> None:
        self._shelf = shelf
        self._known = known
        self._row_of_new = row_of  # of the nth of the rows that were planned last
        self._rows_named: dict[tuple[str, NewNumber], int] = {}
        self._given: Counter[tuple[str, date]] = Counter()  # new numbers by ledger and day
        self._lang = lang
        self._highest = highest
        self._literal = literal
        self._numbers: dict[NewNumber, str] = {}
        self._notes: list[Note] = []

    def plan(self, decision: Decision) -> Plan:
        """The changes of a decision. Raises MissingColumn, FormulaText, NoSuchRegisterRow and the stores' trouble."""
        numberless = {e.ledger for e in decision.entries if is_numberless(self._shelf.opened(e.ledger))}
        rows = {id_: self._appended(id_, [e for e in decision.entries if e.ledger == id_]) for id_ in numberless}
        entries = [self._numbered(entry) for entry in decision.entries]
        written = [
            rows.get(id_) or self._appended(id_, [e for e in entries if e.ledger == id_]) for id_ in _in_order(entries)
        ]
        written += [
            self._edited(id_, [e for e in decision.edits if e.ledger == id_]) for id_ in _in_order(decision.edits)
        ]
        entries = [self._as_written(entry) for entry in entries]
        return Plan(written, entries, self._numbers, [*dict.fromkeys(self._notes)])

    def _as_written(self, entry: Entry) -> Entry:
        opened = self._shelf.opened(entry.ledger)
        if opened is None:  # a new file has every column
            return entry
        own = self._shelf.settings.ledger(entry.ledger)
        columns: Collection[str] = opened.headings.columns
        if parts_of(opened.sheet):
            from salesaid.book import joining

            columns = joining.columns_for(opened, entry, own)
        return as_written(entry, opened.ledger, own, columns)

    def _numbered(self, entry: Entry) -> Entry:
        row = {
            id_: self._number(value, entry.ledger) if isinstance(value, NewNumber) else value
            for id_, value in entry.row.items()
        }
        return entry._replace(row=row)

    def _number(self, new: NewNumber, ledger: str) -> str:
        opened = self._shelf.opened(new.ledger)
        if opened is not None and is_numberless(opened):
            before = self._rows_named.get((ledger, new), 0)
            self._rows_named[ledger, new] = before + 1
            own = f"{opened.file}:{self._row_of_new(opened, before)}"  # each row is a document of its own
            self._numbers.setdefault(new, own)
            return own
        if new not in self._numbers:
            prefix = self._shelf.settings.numbering.get(new.ledger) or ledgers.load(new.ledger).prefix
            self._given[new.ledger, new.day] += 1
            serial = self._highest(prefix, new.day) + self._given[new.ledger, new.day]
            self._numbers[new] = number(prefix, new.day, serial)
        return self._numbers[new]

    def _appended(self, id_: str, entries: list[Entry]) -> Written:
        opened = self._shelf.opened(id_)
        if opened is None:
            return self._created(id_, entries)
        if parts_of(opened.sheet):
            return self._appended_to_sheets(id_, opened, entries)
        form = Form(self._shelf.settings, opened.file, opened.is_csv, self._lang, opened.sheet.last_rows(_ABOVE))
        cells = [self._cells(entry, opened, form, opened.headings.columns) for entry in entries]
        sheet: Any = opened.sheet
        names = () if opened.is_csv else (names_for(opened.ledger, opened.headings.columns, self._known),)
        return self._written(opened, cells, sheet.append(cells, *names))

    def _appended_to_sheets(self, id_: str, opened: Opened, entries: list[Entry]) -> Written:
        """Each row written like those of the sheet of its month, into the columns that this one has."""
        from salesaid.book import joining

        own = self._shelf.settings.ledger(id_)
        into = joining.targets(opened, entries, own)
        grounds = {at: joining.ground(opened, at, _ABOVE) for at in dict.fromkeys(into)}
        forms = {
            at: Form(self._shelf.settings, each.place, False, self._lang, each.above) for at, each in grounds.items()
        }
        pairs = zip(entries, into, strict=True)
        cells = [self._cells(entry, opened, forms[at], grounds[at].columns) for entry, at in pairs]
        sheet: Any = opened.sheet
        names = names_for(opened.ledger, opened.headings.columns, self._known)
        written = self._written(opened, cells, sheet.append(cells, names, into))
        self._notes += joining.told(opened, entries, own)
        return written

    def _written(self, opened: Opened, cells: Sequence[Sequence[Cell | None]], change: Change) -> Written:
        self._notes += [Note(code, "warning", text) for code, text in opened.sheet.notes()]
        texts = [[cell.text if cell else "" for cell in row] for row in cells]
        return Written(opened.ledger.id, opened, change, texts)

    def _created(self, id_: str, entries: list[Entry]) -> Written:
        ledger = ledgers.load(id_)
        spot = new_spot(self._shelf.folder, self._shelf.settings, id_, self._lang)
        own = self._shelf.settings.ledger(id_)
        columns = [column for column in ledger.columns if column.id not in own.fixed]
        for entry in entries:
            require_sayable(entry, ledger, own, [column.id for column in columns], spot.path.name)
        form = Form(self._shelf.settings, spot.path.name, spot.path.suffix == ".csv", self._lang, ())
        cells = [[self._cell(entry, column, form, -1) for column in columns] for entry in entries]
        headings = [column.heading.in_(self._lang) for column in columns]
        formats = [column.kind.excel for column in columns]
        texts = [[cell.text if cell else "" for cell in row] for row in cells]
        store: Any = store_for(spot.path)
        choices = () if form.is_csv else (choices_for(ledger, columns, self._known, texts, self._lang),)
        return Written(id_, None, store.create(spot, headings, formats, cells, *choices), texts)

    def _cells(self, entry: Entry, opened: Opened, form: Form, columns: Mapping[str, int]) -> list[Cell | None]:
        cells: list[Cell | None] = [None] * len(opened.sheet.headings)
        own = self._shelf.settings.ledger(entry.ledger)
        require_sayable(entry, opened.ledger, own, columns, form.file)
        self._notes += left_unsaid(entry, own, columns, form.file)
        for id_, index in columns.items():
            cells[index] = self._cell(entry, opened.ledger.column(id_), form, index)
        return cells

    def _cell(self, entry: Entry, column: Column, form: Form, index: int) -> Cell | None:
        value = entry.row.get(column.id)
        if value is None or value == "":
            return None
        cell = form.cell(entry.ledger, column, value, index)
        if form.is_csv and isinstance(value, str):
            self._guard(cell.text, column, form.file)
        return cell

    def _guard(self, text: str, column: Column, file: str) -> None:
        # What a spreadsheet would run, also behind blanks; + and - start honest product names (+5V电源).
        start = text.lstrip()[:1]
        if start in {"=", "@", "＝", "＠"} and not self._literal:
            raise FormulaText(text, column, file)
        if start in {"+", "-", "＋", "－"}:
            said = Text(
                f"“{text}”以 {start} 开头，用 Excel 打开时可能被当成算式",
                f"“{text}” starts with {start}: Excel may take it for a sum",
            )
            self._notes.append(Note("formula_like", "warning", said))

    def _edited(self, id_: str, edits: list[Edit]) -> Written:
        opened = self._shelf.opened(id_)
        ledger = ledgers.load(id_)
        if opened is None:
            raise NoSuchRegisterRow(ledger, edits[0].key)
        rows = dict(opened.sheet.rows())
        form = Form(self._shelf.settings, opened.file, opened.is_csv, self._lang, list(rows.values())[-_ABOVE:])
        cells: list[CellEdit] = []
        before = []
        for edit in edits:
            row = self._row_of(opened, edit)
            cells += self._cell_edits(edit, opened, form, row, rows[row])
            before.append(self._before(id_, edit, row))
        return Written(id_, opened, opened.sheet.edit(cells), [], before)

    def _before(self, id_: str, edit: Edit, row: int) -> dict[str, str]:
        """What the cells of an edit say now, in the journal's form."""
        rows, names = self._shelf.rows(id_), tuple(edit.cells)
        kinds = [rows.ledger.column(name).kind for name in names]
        values = next(own for at, own in rows.pick("row", names) if at == row)
        texts = zip(names, kinds, values, strict=True)
        return {name: "" if value is None else kind.format(value) for name, kind, value in texts}

    def _row_of(self, opened: Opened, edit: Edit) -> int:
        names = tuple(edit.key)
        for number_, written in self._shelf.rows(opened.ledger.id).pick("row", names):
            if all(str(text or "").strip() == edit.key[name] for name, text in zip(names, written, strict=True)):
                return int(number_)
        raise NoSuchRegisterRow(opened.ledger, edit.key)

    def _cell_edits(self, edit: Edit, opened: Opened, form: Form, row: int, texts: Sequence[str]) -> list[CellEdit]:
        edits = []
        for id_, value in edit.cells.items():
            column = opened.ledger.column(id_)
            if id_ not in opened.headings.columns:
                raise MissingColumn(column, opened.file)
            index = opened.headings.columns[id_]
            blank = Cell("", None)
            cell = blank if value is None else form.cell(opened.ledger.id, column, value, index)
            if form.is_csv and isinstance(value, str):
                self._guard(cell.text, column, form.file)
            edits.append(CellEdit(row, index, texts[index], cell))
        return edits


def _in_order(things: Sequence[Entry] | Sequence[Edit]) -> list[str]:
    return list(dict.fromkeys(thing.ledger for thing in things))

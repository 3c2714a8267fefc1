"""A clerk's rows as rows of a ledger: texts in its own forms, events of a wide row apart, what is wrong by its cell.

Columns are worked on whole, each distinct text once; only rows of a block in which something is amiss, and wide ones,
are looked at one by one. A million rows at a few microseconds each leave no other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from salesaid.core.clerk import Block, ClerkSheet, Lost, Problem, Spot
from salesaid.core.clerk_cells import BAD, Cells
from salesaid.core.clerk_expected import ANOTHER, MERGED, ODD, RAGGED
from salesaid.core.clerk_feet import is_foot, is_foot_text, sums_up
from salesaid.core.clerk_header import Header, is_header_again, is_other_header
from salesaid.core.clerk_mapping import SheetMapping
from salesaid.core.clerk_said import said_by_headings
from salesaid.core.clerk_tally import Tally
from salesaid.core.clerk_units import figure_of
from salesaid.core.clerk_wide import FIRST_ONLY, cells_of, is_not_yet
from salesaid.core.kinds import MONEY, QTY
from salesaid.core.reading import Reading
from salesaid.core.schema import Ledger, Needs
from salesaid.core.text import Text, joined
from salesaid.core.totals import any_total, is_total, names_total

_CARRIED = ("期初", "结转", "承前", "上期", "上月", "上年", "opening", "brought forward")


class Batch(NamedTuple):
    """Rows of the ledger: their rows in the sheet, and by column of the mapping their texts in canonical form."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[str]]


class Converter:
    """Turns the rows of one sheet into rows of one ledger. `ids` are the columns of its batches."""

    def __init__(
        self, ledger: Ledger, sheet: ClerkSheet, header: Header, mapping: SheetMapping, reading: Reading,
        words: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.tally = Tally()
        read = [header.headings[at] for at in mapping.columns.values()]
        self._same = said_by_headings(ledger.id, mapping.columns, read)
        self._same |= {"date": mapping.day.isoformat()} if mapping.day else {}  # what is said of every row
        self.ids: tuple[str, ...] = tuple(sorted(self._ids(ledger, mapping) | self._same.keys()))
        self._ledger = ledger
        self._sheet = sheet
        self._header = header
        self._mapping = mapping
        takes_serials = not sheet.from_1904
        self._cells = {id_: Cells(ledger.column(id_), reading, words, takes_serials=takes_serials) for id_ in self.ids}
        self._event_cells = {
            action: Cells(ledger.column("date"), reading, words, takes_serials=takes_serials)
            for action in mapping.dates
        }
        self._bad_merges = self._merged_figures()
        self._by_place = sorted(mapping.columns.items(), key=lambda column: column[1])

    @staticmethod
    def _ids(ledger: Ledger, mapping: SheetMapping) -> set[str]:
        events = {"action"} if mapping.dates and ledger.actions else set()
        opening = {"counted"} if "balance" in mapping.derived else set()
        return {*mapping.columns, *events, *opening}

    @property
    def altered(self) -> tuple[int, int]:
        """How many different texts of dates lost a time, and how many texts what a converter had left at their ends."""
        every = (*self._cells.values(), *self._event_cells.values())
        return sum(cells.timed for cells in every), sum(cells.cleaned for cells in every)

    def batches(self) -> Iterator[Batch]:
        """The sheet's rows as rows of the ledger; the tally is complete once all were taken."""
        width = len(self._header.headings)
        for block in self._sheet.blocks(self._header.last, width):
            self.tally.read += len(block[0])
            batch = None if self._mapping.dates else self._at_once(block)
            batch = batch or self._one_by_one(block)
            self.tally.made += len(batch.numbers)
            if batch.numbers:
                yield batch
        for lost in self._sheet.lost:
            self._lose(lost)

    def _lose(self, lost: Lost) -> None:
        self.tally.read += 1
        spot = Spot(self._sheet.file, self._sheet.name, lost.row)
        self.tally.trouble(Problem(spot, "ragged-row", "", "", RAGGED + lost.reason))

    # ── whole blocks ─────────────────────────────────────────────────────────────────────────────

    def _at_once(self, block: Block) -> Batch | None:
        """All rows of a block, if nothing is amiss in any of them."""
        numbers, rows = block
        if not rows or self._has_odd(numbers) or self._bad_merges:
            return None
        texts = list(zip(*rows, strict=True))
        values = {id_: [""] * len(numbers) for id_ in self.ids if id_ not in self._mapping.columns}
        values |= {id_: [text] * len(numbers) for id_, text in self._same.items()}
        for id_, at in self._mapping.columns.items():
            cells = self._cells[id_]
            values[id_] = cells.all(texts[at])
            if cells.bad and not set(cells.bad).isdisjoint(texts[at]):
                return None
            if cells.is_text and any_total(texts[at], names_total if cells.is_name else is_total):
                return None
        if any(any(map(is_total, texts[at])) for at in self._unread_words(texts)) or not self._are_filled(values):
            return None
        if set(values.get("action", ("",))) - {"", self._first_action} or self._has_feet(values):
            return None
        self.tally.used += len(numbers)
        return Batch(numbers, [values[id_] for id_ in self.ids])

    def _unread_words(self, texts: Sequence[Sequence[str]]) -> Iterator[int]:
        """The columns that are not read and hold a word of a total."""
        used = self._mapping.used
        return (at for at, column in enumerate(texts) if at not in used and any_total(column))

    def _are_filled(self, values: Mapping[str, Sequence[str]]) -> bool:
        """Whether every row has what its ledger needs."""
        for group in self._needs(self._first_action):
            columns = [values[id_] for id_ in group if id_ in values]
            if not columns or not (all(columns[0]) or all(map(any, zip(*columns, strict=True)))):
                return False
        return True

    def _has_feet(self, values: Mapping[str, Sequence[str]]) -> bool:
        """Whether a line below a register, or its headings or another's, stands where its things are named."""
        key = self._ledger.needs[0] if self._ledger.kind == "register" else ()
        heads = {self._header.headings[self._mapping.columns[id_]] for id_ in key if id_ in self._mapping.columns}
        if key and sum(self._header.headings[at] in values[id_] for id_, at in self._by_place) > 1:
            return True
        return any(is_foot_text(text) or " ".join(text.split()) in heads for id_ in key for text in values.get(id_, ()))

    def _has_odd(self, numbers: Sequence[int]) -> bool:
        odd = self._sheet.odd
        return bool(odd) and any(numbers[0] <= row <= numbers[-1] for row, _ in odd)

    @property
    def _first_action(self) -> str:
        return self._ledger.actions[0].id if self._ledger.actions else ""

    def _needs(self, action: str) -> Needs:
        needs = self._ledger.action(action).needs if self._ledger.actions else self._ledger.needs
        return tuple(group for group in needs if not self._same.keys() & set(group)) if self._same else needs

    # ── row by row ───────────────────────────────────────────────────────────────────────────────

    def _one_by_one(self, block: Block) -> Batch:
        made: list[tuple[int, list[str]]] = []
        for number, texts in zip(*block, strict=True):
            found = self._row(number, texts)
            self.tally.used += bool(found)
            made += [(number, row) for row in found]
        columns = list(zip(*(row for _, row in made), strict=True)) if made else []
        return Batch([number for number, _ in made], columns)

    def _row(self, number: int, texts: list[str]) -> list[list[str]]:
        """The rows of the ledger that a row of the sheet comes to; none where it is no entry or has problems."""
        if self._heads(number, texts):
            return []
        values = self._values(texts)
        if not any(value for id_, value in values.items() if id_ != "action"):
            self._no_entry(number, texts)
            return []
        action = values.get("action", "") or self._first_action
        needs = self._needs(self._first_action if action == BAD else action)
        if "balance" in self._mapping.derived:
            self._open(texts, values)
        missing = [group for group in needs if not any(values.get(id_) for id_ in group)]
        lacks = bool(missing) or action == BAD
        day = texts[self._mapping.columns["date"]] if "date" in self._mapping.columns else ""
        if sums_up(self._ledger, texts, values, day, missing=lacks):
            self.tally.totals.append(number)
            return []
        if is_foot(self._ledger, texts, values, missing=lacks, needs=needs):
            self._no_entry(number, texts)
            return []
        before = len(self.tally.problems) + self.tally.more_problems
        self._tell(number, texts, values, () if action == BAD else missing)
        rows = self._events(number, texts, values) if self._mapping.dates else [values]
        if len(self.tally.problems) + self.tally.more_problems > before:
            return []
        return [[row.get(id_) or self._same.get(id_, "") for id_ in self.ids] for row in rows]

    def _heads(self, number: int, texts: Sequence[str]) -> bool:
        """Whether the row holds headings: these once more, or another table's, which is told."""
        if is_header_again(texts, self._header):
            self.tally.headers.append(number)
            return True
        is_other = is_other_header(texts, self._header)
        if is_other:
            self._tell_cell(number, 0, "another-table", texts[0], ANOTHER)
        return is_other

    def _values(self, texts: Sequence[str]) -> dict[str, str]:
        """The row's cells in canonical form, by column."""
        values = {id_: self._cells[id_].one(texts[at]) for id_, at in self._mapping.columns.items()}
        for id_ in [id_ for id_, value in values.items() if value == BAD and self._ledger.column(id_).kind is QTY]:
            at = self._mapping.columns[id_]
            figure = figure_of(texts[at], values.get("unit", ""), self._header.headings[at])
            values[id_] = self._cells[id_].one(figure) if figure else BAD
        return values

    def _open(self, texts: Sequence[str], values: dict[str, str]) -> None:
        """A cash journal's first row, which only carries a balance on, is a count of it."""
        balance = texts[self._mapping.derived["balance"]]
        is_figured = any(values.get(id_) for id_ in ("income", "expense", "counted"))
        if balance.strip() and not is_figured and any(word in values.get("summary", "") for word in _CARRIED):
            values["counted"] = self._cells["counted"].one(balance)

    def _no_entry(self, number: int, texts: Sequence[str]) -> None:
        said = [text.strip() for text in texts if text.strip()]
        if said:
            self.tally.feet.append((number, said[0]))
        else:
            self.tally.blank += 1

    def _tell(
        self, number: int, texts: Sequence[str], values: Mapping[str, str], missing: Sequence[Sequence[str]]
    ) -> None:
        """Keep what is wrong with a row's cells."""
        for id_, at in self._by_place:
            if not self._tell_odd(number, at, texts[at]) and values[id_] == BAD:
                self._tell_cell(number, at, "unreadable-cell", texts[at], self._cells[id_].expected(texts[at]))
        for group in missing:
            places = [self._mapping.columns[id_] for id_ in group if id_ in self._mapping.columns]
            if not any(values.get(id_) == BAD for id_ in group) and not any(
                (number, at) in self._sheet.odd for at in places
            ):
                names = joined([self._ledger.column(id_).heading for id_ in group], "或", " or ")
                needed = Text(f"{names.zh}不能空", f"{names.en} is needed")
                self._tell_cell(number, places[0] if places else None, "needed-cell", "", needed)

    def _tell_odd(self, number: int, at: int, text: str) -> bool:
        odd = self._sheet.odd.get((number, at))
        if odd is not None:
            code, expected = ODD[odd]
            self._tell_cell(number, at, code, text, expected)
        elif (number, at) in self._bad_merges:
            self._tell_cell(number, at, "merged-figure", text, MERGED)
        return odd is not None or (number, at) in self._bad_merges

    def _tell_cell(self, number: int, at: int | None, code: str, found: str, expected: Text) -> None:
        heading = "" if at is None else self._header.headings[at]
        self.tally.trouble(
            Problem(Spot(self._sheet.file, self._sheet.name, number, at), code, heading, found, expected)
        )

    def _merged_figures(self) -> set[tuple[int, int]]:
        """The first cells of merged ranges among the rows that hold a figure for several rows, or several columns."""
        kinds = {at: self._ledger.column(id_).kind for id_, at in self._mapping.columns.items()}
        kinds |= dict.fromkeys(self._mapping.quantities.values(), QTY)
        found = set()
        for one in self._sheet.merged:
            if one.top <= self._header.last:
                continue
            across = [at for at in range(one.left, one.right + 1) if at in self._mapping.used]
            if len(across) > 1 or (one.bottom > one.top and kinds.get(one.left) in {QTY, MONEY}):
                found.add((one.top, across[0] if across else one.left))
        return found

    # ── wide rows ────────────────────────────────────────────────────────────────────────────────

    def _events(self, number: int, texts: Sequence[str], values: Mapping[str, str]) -> list[dict[str, str]]:
        """The row's first event and those after it that have a date."""
        first = {**values, "action": values.get("action", "") or self._first_action}
        found = [first]
        for action, at in self._mapping.dates.items():
            day = self._event_cells[action].one(texts[at])
            if self._tell_odd(number, at, texts[at]) or day == "" or is_not_yet(texts[at]):
                continue
            if day == BAD:
                self._tell_cell(number, at, "unreadable-cell", texts[at], self._event_cells[action].expected(texts[at]))
                continue
            found.append(self._event(number, texts, values, action) | {"date": day, "action": action})
            for id_ in cells_of(self._ledger.id, action):
                first.pop(id_, None)
        return found

    def _event(self, number: int, texts: Sequence[str], values: Mapping[str, str], action: str) -> dict[str, str]:
        others = {id_ for other in self._mapping.dates if other != action for id_ in cells_of(self._ledger.id, other)}
        gone = {*others, *FIRST_ONLY.get(self._ledger.id, ()), "note"}
        row = {id_: value for id_, value in values.items() if id_ not in gone}
        at = self._mapping.quantities.get(action)
        if at is not None and texts[at].strip():
            cells = self._cells["qty"] if "qty" in self._cells else Cells(self._ledger.column("qty"), Reading(), {})
            row["qty"] = cells.one(texts[at])
            if row["qty"] == BAD:
                self._tell_cell(number, at, "unreadable-cell", texts[at], cells.expected(texts[at]))
        return row

"""Clerks' files read for an import: each sheet as the ledger it is, its rows in a spool, what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from salesaid import ledgers
from salesaid.book import profiles
from salesaid.book.import_spool import Spool
from salesaid.core.clerk import ClerkSheet
from salesaid.core.clerk_header import ENOUGH, WITHIN, Header, find_header, titles_above
from salesaid.core.clerk_mapping import SheetMapping, at_sheet, mapped
from salesaid.core.clerk_part import Part, Skipped
from salesaid.core.clerk_proposal import Proposal, chosen, known_headings, proposals
from salesaid.core.clerk_rows import Batch, Converter
from salesaid.core.clerk_words import widened
from salesaid.core.dates import year_in
from salesaid.core.errors import Refused, SalesaidError, Where
from salesaid.core.reading import DateOrder, Reading
from salesaid.core.schema import Ledger
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings
from salesaid.storage.clerk_files import is_owner_file, opened

_SAMPLES = 3
_LONGEST_SAMPLE = 24
_NOT_IMPORTED = ("aliases",)  # decisions are made by `name`, each with who and when


class Wanted(NamedTuple):
    """What the command line says of the files."""

    ledger: str | None = None
    sheet: str | None = None
    said: Mapping[str, str] = {}
    profile: str | None = None
    date_order: DateOrder | None = None
    year: int | None = None


class NoLedgerFits(Refused):
    """The headings of a sheet are those of no ledger."""

    def __init__(self, file: str, sheet: str | None, headings: Sequence[str], row: int) -> None:
        have = joined([same(each) for each in headings if each][:20])
        super().__init__(
            Text(f"认不出 {file} 是哪本台账；表头：", f"{file} is no ledger that is known; its headings: ") + have,
            Text(
                "用 --as 指明台账，用 --map 指明各列，如 --as orders --map '表头=date'",
                "say the ledger with --as and its columns with --map: --as orders --map 'heading=date'",
            ),
            Where(file, sheet, row),
        )


class SeveralLedgers(Refused):
    """The headings of a sheet fit several ledgers."""

    def __init__(self, file: str, sheet: str | None, found: Sequence[Proposal], row: int) -> None:
        near = [each for each in found if each.score > found[0].score - 4][:4]
        names = joined([_title(each.ledger) for each in near])
        options = " | ".join(f"--as {each.ledger}" for each in near)
        super().__init__(
            Text(f"{file} 的表头像是几本台账：{names.zh}", f"the headings of {file} fit several ledgers: {names.en}"),
            Text(f"说明是哪一本：{options}", f"say which: {options}"),
            Where(file, sheet, row),
        )


class NothingToRead(Refused):
    """No sheet of the files can be imported."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        why = joined(
            [same(f"{each.file} {each.sheet or ''}".strip() + ": ") + each.reason for each in skipped], "；", "; "
        )
        super().__init__(
            Text("没有可导入的表", "there is no sheet to import") + (Text("：", ": ") + why if skipped else ""),
            Text("检查文件、工作表名和表头", "check the file, the name of the sheet and its headings"),
        )


def _title(id_: str) -> Text:
    title = ledgers.load(id_).title
    return Text(f"{title.zh}（{id_}）", title.en)


class Reader:
    """Reads files into a spool, one after the other."""

    def __init__(
        self, folder: Path, settings: Settings, today: date, wanted: Wanted, spool: Spool,
        watch: Callable[[str, float], None] | None,
    ) -> None:  # fmt: skip
        self.parts: list[Part] = []
        self.skipped: list[Skipped] = []
        self._decided: dict[str, str] = {}  # the ledgers of sheets with certain headings: a month is like the others
        self._folder = folder
        self._settings = settings
        self._today = today
        self._wanted = wanted
        self._spool = spool
        self._watch = watch
        self._ledgers = {id_: widened(ledgers.load(id_)) for id_ in ledgers.names() if id_ not in _NOT_IMPORTED}
        self._profile = profiles.named(folder, wanted.profile) if wanted.profile else None
        said = [*wanted.said, *(self._profile.said if self._profile else ())]
        self._knows = known_headings(self._ledgers.values(), said)

    def read(self, path: Path) -> None:
        """Read all sheets of a file that are wanted. Raises what the headings and the file refuse."""
        if is_owner_file(path):
            self.skipped.append(Skipped(path.name, None, _OWNER))
            return
        with opened(path) as sheets:
            named = [sheet for sheet in sheets if self._is_wanted(sheet)]
            only = [sheet for sheet in named if not sheet.hidden] or named
            self.skipped += [Skipped(path.name, each.name, _HIDDEN) for each in named if each not in only]
            if not named:
                self.skipped.append(Skipped(path.name, self._wanted.sheet, _NO_SUCH))
            for sheet in only:
                self._read_sheet(path, sheet, alone=len(only) == 1)

    def _is_wanted(self, sheet: ClerkSheet) -> bool:
        pattern = self._wanted.sheet
        return pattern is None or sheet.name is None or fnmatchcase(sheet.name, pattern)

    def _read_sheet(self, path: Path, sheet: ClerkSheet, *, alone: bool) -> None:
        lines = sheet.head(WITHIN)
        header = find_header(lines, sheet.merged, self._knows)
        if header is None:
            self.skipped.append(Skipped(path.name, sheet.name, _EMPTY))
            return
        titles = [path.stem, sheet.name or "", *titles_above(lines, header)]
        reading = Reading(order=self._wanted.date_order, year=self._wanted.year or _year(titles))
        profile = self._profile or (None if self._wanted.ledger else profiles.found_for(self._folder, header.headings))
        if profile is not None and reading.order is None:
            reading = reading._replace(order=profile.date_order)
        samples = [line.texts for line in lines if line.number > header.last]
        found = self._mapping(sheet, header, samples, titles, profile, reading, alone=alone)
        if found is None:
            self.skipped.append(Skipped(path.name, sheet.name, _NO_HEADINGS))
            return
        self._take(sheet, header, found, samples, reading, profile=profile is not None)

    def _mapping(
        self, sheet: ClerkSheet, header: Header, samples: Sequence[Sequence[str]], titles: Sequence[str],
        profile: profiles.Profile | None, reading: Reading, *, alone: bool,
    ) -> SheetMapping | None:  # fmt: skip
        """How the sheet is read; None where it is none of those that are wanted."""
        said = {**(profile.said if profile else {}), **self._wanted.said}
        alike = self._decided.get(profiles.key_of(header.headings))
        named = self._wanted.ledger or (profile.ledger if profile else alike)
        if named is not None:
            return self._as_named(named, sheet, header, samples, said, reading, alone=alone)
        found = proposals(self._ledgers, header.headings, samples, titles, said, self._today, reading)
        best = chosen(found)
        if best is None:
            if not alone and (header.known < ENOUGH or not found):
                return None
            if not found:
                raise NoLedgerFits(sheet.file, sheet.name, header.headings, header.first)
            raise SeveralLedgers(sheet.file, sheet.name, found, header.first)
        if best.trouble is not None:
            raise at_sheet(best.trouble, sheet.file, sheet.name, header.last)
        return best.mapping

    def _as_named(
        self, id_: str, sheet: ClerkSheet, header: Header, samples: Sequence[Sequence[str]], said: Mapping[str, str],
        reading: Reading, *, alone: bool,
    ) -> SheetMapping | None:  # fmt: skip
        try:
            return mapped(self._ledgers[id_], header.headings, samples, said, self._today, reading)
        except SalesaidError as trouble:
            if not alone and self._wanted.sheet is None and header.known < ENOUGH:
                return None
            raise at_sheet(trouble, sheet.file, sheet.name, header.last) from trouble

    def _take(
        self, sheet: ClerkSheet, header: Header, mapping: SheetMapping, samples: Sequence[Sequence[str]],
        reading: Reading, *, profile: bool,
    ) -> None:  # fmt: skip
        ledger = ledgers.load(mapping.ledger)
        self._decided[profiles.key_of(header.headings)] = ledger.id
        words = self._settings.ledger(ledger.id).words
        converter = Converter(ledger, sheet, header, mapping, reading, words)
        for batch in self._watched(sheet, converter):
            self._spool.add(ledger, converter.ids, batch)
        notes = [Note(code, "info", text) for code, text in sheet.notes()]
        timed = converter.dropped_times
        if timed:
            text = Text("日期里的钟点没有保留", "times of day beside dates are not kept")
            notes.append(Note("times-dropped", "info", text))
        shown = {at: _samples(samples, at) for at in range(len(header.headings))}
        self.parts.append(
            Part(
                sheet.file, sheet.name, header, mapping, shown, converter.tally, tuple(notes), profile,
                reading.order,
            )
        )  # fmt: skip

    def _watched(self, sheet: ClerkSheet, converter: Converter) -> Iterator[Batch]:
        for batch in converter.batches():
            if self._watch is not None:
                self._watch(sheet.file, min(sheet.share(), 0.999))
            yield batch
        if self._watch is not None:
            self._watch(sheet.file, 1.0)


_OWNER = Text("是 Excel 打开时的临时文件", "only says that a workbook is open")
_HIDDEN = Text("是隐藏的工作表；要导入请用 --sheet 指明", "is a hidden sheet; name it with --sheet to import it")
_NO_SUCH = Text("没有这个工作表", "there is no such sheet")
_EMPTY = Text("是空的", "is empty")
_NO_HEADINGS = Text("没有认得的表头", "has no headings that are known")


def _year(titles: Sequence[str]) -> int | None:
    """The year of dates without one: the sheet says it, else its title, else the file's name."""
    file, sheet, *above = titles
    return next((year for text in (sheet, *above, file) if (year := year_in(text)) is not None), None)


def _samples(rows: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    """The first different texts of a column."""
    texts = dict.fromkeys(row[at].strip()[:_LONGEST_SAMPLE] for row in rows if at < len(row) and row[at].strip())
    return tuple(texts)[:_SAMPLES]


def ledger_of(id_: str) -> Ledger:
    """The declaration of a ledger that can be imported into. Raises CannotImportInto."""
    if id_ in _NOT_IMPORTED:
        raise CannotImportInto(ledgers.load(id_))
    return ledgers.load(id_)


class CannotImportInto(Refused):
    """Decisions about names are made by a person, one by one."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(
            Text(f"{ledger.title.zh}不能导入", f"{ledger.title.en} cannot be imported"),
            Text("用 salesaid name same / different 记下判断", "use salesaid name same / different"),
        )

"""Which ledger a clerk's sheet is, and which of its columns is which: said, remembered, or told by its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from salesaid import ledgers
from salesaid.book import profiles
from salesaid.core.clerk import ClerkSheet
from salesaid.core.clerk_feet import is_no_sample
from salesaid.core.clerk_header import ENOUGH, WITHIN, Header, find_header, titles_above
from salesaid.core.clerk_mapping import (
    LEFT_OUT,
    LacksDate,
    SheetMapping,
    UnknownHeading,
    at_sheet,
    column_named,
    mapped,
    place_of,
)
from salesaid.core.clerk_maps import NoSuchColumn
from salesaid.core.clerk_part import Skipped
from salesaid.core.clerk_proposal import Proposal, chosen, known_headings, proposals
from salesaid.core.clerk_values import NOBODY, Knows
from salesaid.core.clerk_wide import event_dates
from salesaid.core.clerk_words import widened
from salesaid.core.dates import day_in, year_in
from salesaid.core.errors import Refused, SalesaidError, Where
from salesaid.core.reading import DateOrder, Reading
from salesaid.core.schema import Ledger
from salesaid.core.text import Text, joined, same

_SALES = ("销售", "出库", "销货")  # sheets headed so tell sales, each row one
_NOT_IMPORTED = ("aliases",)  # decisions are made by `name`, each with who and when


class Wanted(NamedTuple):
    """What the command line says of the files; `day` is that of rows whose sheet has no dates."""

    ledger: str | None = None
    sheet: str | None = None
    said: Mapping[str, str] = {}
    profile: str | None = None
    date_order: DateOrder | None = None
    year: int | None = None
    day: date | None = None


class NoLedgerFits(Refused):
    """The headings of a sheet are those of no ledger."""

    def __init__(self, file: str, sheet: str | None, headings: Sequence[str], row: int) -> None:
        have = joined([same(each) for each in headings if each][:20])
        super().__init__(
            Text(f"认不出 {file} 是哪本台账；表头：", f"{file} is no ledger that is known; its headings: ")
            + (have if have.zh else _NONE),
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


class Recognised(NamedTuple):
    """A sheet that is a ledger: where its headings stand, what each is, how its dates are to be read.

    `titles` are the names of file and sheet and what stands above the headings.
    """

    header: Header
    mapping: SheetMapping
    samples: Sequence[Sequence[str]]
    reading: Reading
    titles: Sequence[str]
    by_profile: bool

    @property
    def is_of_sales(self) -> bool:
        """Whether each row of orders seems to be the sale itself: so its titles and headings say, and no due date."""
        words = " ".join((*self.titles, *self.header.headings)).replace("销售订单", "")
        return "due" not in self.mapping.columns and any(word in words for word in _SALES)


def _has(ledger: Ledger, target: str) -> bool:
    """Whether --map may name it: a column, or an event of a wide row."""
    return column_named(ledger, target) is not None or target in event_dates(ledger.id).values()


def _title(id_: str) -> Text:
    title = ledgers.load(id_).title
    return Text(f"{title.zh}（{id_}）", title.en)


class Recogniser:
    """Recognises sheets, one after the other: a month's sheet is what the one before it with its headings was."""

    def __init__(self, folder: Path, today: date, wanted: Wanted, names: Knows = NOBODY) -> None:
        self._names = names
        self._decided: dict[str, str] = {}  # the ledgers of sheets with certain headings
        self._folder = folder
        self._today = today
        self._wanted = wanted
        self._ledgers = {id_: widened(ledgers.load(id_)) for id_ in ledgers.names() if id_ not in _NOT_IMPORTED}
        self._profile = profiles.named(folder, wanted.profile) if wanted.profile else None
        self._unmet = dict(wanted.said)
        self._headings: list[str] = []  # of all sheets
        said = [*wanted.said, *(self._profile.said if self._profile else ())]
        self._knows = known_headings(self._ledgers.values(), said)
        if wanted.ledger is None:
            self._require_columns()

    def _require_columns(self) -> None:
        """Raises NoSuchColumn for what was said and is a column of no ledger."""
        for heading, target in self._wanted.said.items():
            if target != LEFT_OUT and not any(_has(ledger, target) for ledger in self._ledgers.values()):
                raise NoSuchColumn(heading, target)

    def require_met(self) -> None:
        """Raises UnknownHeading where no sheet had a heading that was said."""
        if self._headings and self._unmet:
            raise UnknownHeading(next(iter(self._unmet)), [*dict.fromkeys(self._headings)])

    def _said_of(self, sheet: ClerkSheet, header: Header, *, alone: bool) -> Mapping[str, str]:
        """What the command line says of headings that this sheet has; others may be those of its neighbours."""
        self._headings += header.headings
        found = {}
        for heading, target in self._wanted.said.items():
            try:
                place_of(header.headings, heading)
            except UnknownHeading as trouble:
                if alone:
                    raise at_sheet(trouble, sheet.file, sheet.name, header.last) from trouble
                continue
            found[heading] = target
            self._unmet.pop(heading, None)
        return found

    def recognise(self, path: Path, sheet: ClerkSheet, *, alone: bool) -> Recognised | Skipped:
        """What a sheet is; `alone`: its file has no other, so that it is refused where it is nothing.

        Raises NoLedgerFits, SeveralLedgers and what the headings refuse.
        """
        lines = sheet.head(WITHIN)
        header = find_header(lines, sheet.merged, self._knows)
        if header is None:
            return Skipped(path.name, sheet.name, EMPTY)
        titles = [path.stem, sheet.name or "", *titles_above(lines, header)]
        profile = self._profile or self._remembered(header)
        order = self._wanted.date_order or (profile.date_order if profile else None)
        reading = Reading(order=order, year=self._wanted.year or _year(titles, self._today))
        below = [line.texts for line in lines if line.number > header.last]
        samples = [texts for texts in below if not is_no_sample(texts)]
        try:
            mapping = self._mapping(sheet, header, samples, titles, profile, reading, alone=alone)
        except LacksDate as trouble:
            if day := day_in(titles[2:]):
                trouble.say_day(day)
            if alone or self._wanted.ledger is not None:
                raise
            return Skipped(path.name, sheet.name, trouble.message)
        if mapping is None:
            return Skipped(path.name, sheet.name, _NO_HEADINGS)
        self._decided[profiles.key_of(header.headings)] = mapping.ledger
        return Recognised(header, mapping, samples, reading, titles, profile is not None)

    def _remembered(self, header: Header) -> profiles.Profile | None:
        """The profile of these headings, unless another ledger was named."""
        profile = profiles.found_for(self._folder, header.headings)
        return profile if profile is not None and self._wanted.ledger in {None, profile.ledger} else None

    def _mapping(
        self, sheet: ClerkSheet, header: Header, samples: Sequence[Sequence[str]], titles: Sequence[str],
        profile: profiles.Profile | None, reading: Reading, *, alone: bool,
    ) -> SheetMapping | None:  # fmt: skip
        """How the sheet is read; None where it is none of those that are wanted."""
        said = {**(profile.said if profile else {}), **self._said_of(sheet, header, alone=alone)}
        alike = self._decided.get(profiles.key_of(header.headings))
        named = self._wanted.ledger or (profile.ledger if profile else alike)
        if named is not None:
            return self._as_named(named, sheet, header, samples, said, reading, alone=alone)
        found = proposals(
            self._ledgers, header.headings, samples, titles, said, self._today, reading, self._names, self._wanted.day
        )  # fmt: skip
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
            return mapped(
                self._ledgers[id_], header.headings, samples, said, self._today, reading, self._names, self._wanted.day
            )  # fmt: skip
        except SalesaidError as trouble:
            if not alone and self._wanted.sheet is None and header.known < ENOUGH:
                return None
            raise at_sheet(trouble, sheet.file, sheet.name, header.last) from trouble


_NONE = Text("一个也没有", "none")
EMPTY = Text("是空的", "is empty")
_NO_HEADINGS = Text("没有认得的表头", "has no headings that are known")


def _year(titles: Sequence[str], today: date) -> int | None:
    """The year of dates without one: the sheet says it, else its title, else the file's name; 2048 is none as yet."""
    file, sheet, *above = titles
    said = (year_in(text) for text in (sheet, *above, file))
    return next((year for year in said if year is not None and year <= today.year + 1), None)


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

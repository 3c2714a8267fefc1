"""Clerks' files read for an import: each sheet as the ledger it is, its rows in a spool, what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from salesaid import ledgers
from salesaid.balances.bill_lines import is_without_surcharge
from salesaid.book.import_recognising import Recognised, Recogniser, Wanted
from salesaid.book.import_spool import Spool
from salesaid.book.protecting import IsOfTheBook
from salesaid.core.clerk import ClerkSheet, Problem, Spot
from salesaid.core.clerk_days import with_whole_days
from salesaid.core.clerk_part import Part, Skipped
from salesaid.core.clerk_quotes import with_rows_for_items
from salesaid.core.clerk_rows import Batch, Converter
from salesaid.core.clerk_values import NOBODY, Knows
from salesaid.core.clerk_years import YearTurn
from salesaid.core.dates import lacks_year
from salesaid.core.errors import Refused
from salesaid.core.pasted import command
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same
from salesaid.core.totals import ends_in_total
from salesaid.settings import Settings
from salesaid.storage.clerk_files import is_owner_file, opened

if TYPE_CHECKING:
    from salesaid.book import Book

_SAMPLES = 3
_LONGEST_SAMPLE = 24
_NEARLY = 0.999


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


class OwnFile(Refused):
    """The file belongs to the book already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"{path.name} 本来就是账本的文件", f"{path.name} is a file of the book already"),
            Text("不用再导入或接管", "it need not be imported or adopted"),
        )


def require_other(book: Book, path: Path) -> None:
    """Raises OwnFile for a ledger of the book, its settings and what lies in its own folder."""
    try:
        book.require_not_ours(path)
    except IsOfTheBook as own:
        raise OwnFile(path) from own


def wanted_sheets(sheets: Sequence[ClerkSheet], pattern: str | None) -> tuple[list[ClerkSheet], list[ClerkSheet]]:
    """The sheets whose names fit, and those of them that are left out since they are hidden and others are not."""
    named = [sheet for sheet in sheets if pattern is None or sheet.name is None or fnmatchcase(sheet.name, pattern)]
    only = [sheet for sheet in named if not sheet.hidden] or named
    return only, [sheet for sheet in named if sheet not in only]


class Reader:
    """Reads files into a spool, one after the other."""

    def __init__(
        self, folder: Path, settings: Settings, today: date, wanted: Wanted, spool: Spool,
        watch: Callable[[str, float], None] | None, names: Knows = NOBODY,
    ) -> None:  # fmt: skip
        self.parts: list[Part] = []
        self.skipped: list[Skipped] = []
        self._settings = settings
        self._wanted = wanted
        self._spool = spool
        self._watch = watch
        self._recogniser = Recogniser(folder, today, wanted, names)

    def read(self, path: Path) -> None:
        """Read all sheets of a file that are wanted. Raises what the headings and the file refuse."""
        if is_owner_file(path):
            self.skipped.append(Skipped(path.name, None, _OWNER))
            return
        with opened(path) as sheets:
            plain = [with_rows_for_items(with_whole_days(sheet)) for sheet in sheets]
            only, hidden = wanted_sheets(plain, self._wanted.sheet)
            self.skipped += [Skipped(path.name, each.name, _HIDDEN) for each in hidden]
            if not only:
                self.skipped.append(Skipped(path.name, self._wanted.sheet, _NO_SUCH if sheets else _NO_SHEETS))
            self._read_sheets(path, only)

    def _read_sheets(self, path: Path, sheets: Sequence[ClerkSheet]) -> None:
        """Read each sheet; those that sum up others by their names come last, and only where there are no others."""
        sums = [sheet for sheet in sheets if self._wanted.sheet is None and _SUMS.search(sheet.name or "")]
        before = len(self.parts)
        for sheet in [*(each for each in sheets if each not in sums), *sums]:
            if sheet in sums and len(self.parts) > before:
                self.skipped.append(Skipped(path.name, sheet.name, _SUMMED_UP))
                continue
            found = self._recogniser.recognise(path, sheet, alone=len(sheets) == 1)
            if isinstance(found, Skipped):
                self.skipped.append(found)
            else:
                self._take(sheet, found)

    def require_met(self) -> None:
        """Raises UnknownHeading where no sheet had a heading that --map names."""
        self._recogniser.require_met()

    def _take(self, sheet: ClerkSheet, found: Recognised) -> None:
        ledger = ledgers.load(found.mapping.ledger)
        words = self._settings.ledger(ledger.id).words
        converter = Converter(ledger, sheet, found.header, found.mapping, found.reading, words)
        apart = _has_surcharge_apart(found)
        turn = YearTurn() if _lacks_years(found) else None
        for batch in self._watched(sheet, converter):
            self._spool.add(ledger, converter.ids, _with_surcharge(batch, converter.ids) if apart else batch)
            if turn is not None:
                turn.look(batch.numbers, batch.columns[converter.ids.index("date")])
        notes = [Note(code, "info", text) for code, text in sheet.notes()]
        if apart:
            text = Text("金额是运费加附加费", "the amount is the freight with its surcharge")
            notes.append(Note("surcharge-added", "info", text))
        timed, cleaned = converter.altered
        if timed:
            text = Text("日期里的钟点没有保留", "times of day beside dates are not kept")
            notes.append(Note("times-dropped", "info", text))
        if cleaned:
            text = Text(
                f'{cleaned} 种写法去掉了导出时留下的符号（[] □ \' ` ="" 制表符）',
                f'marks that exports leave ([] □ \' ` ="" tabs) were taken off {cleaned} texts',
            )
            notes.append(Note("debris", "info", text))
        notes += self._said_of(sheet, found)
        row = turn.row() if turn is not None else None
        if row is not None and self._wanted.year:
            notes.append(Note("year-turns", "warning", _turned(row, self._wanted.year)))
        elif row is not None and found.reading.year:
            converter.tally.trouble(_turns(sheet, found, row, found.reading.year))
        shown = {at: _samples(found.samples, at) for at in range(len(found.header.headings))}
        self.parts.append(
            Part(
                sheet.file, sheet.name, found.header, found.mapping, shown, converter.tally, tuple(notes),
                found.by_profile, found.reading.order,
            )
        )  # fmt: skip

    def _said_of(self, sheet: ClerkSheet, found: Recognised) -> Iterator[Note]:
        """What the sheet does not say of its rows, and what was said of them in vain."""
        mapping, day = found.mapping, self._wanted.day
        if mapping.ledger == "freight_bills" and "carrier" not in mapping.columns:
            yield Note("no-carrier", "warning", _whose(sheet.file))
        if mapping.ledger == "orders" and found.is_of_sales and not self._settings.at_once:
            yield Note("ships-later", "warning", _NOT_SHIPPED)
        if mapping.day:
            text = Text(
                f"表里没有日期，各行都记为 {mapping.day}", f"the sheet has no dates: all rows are of {mapping.day}"
            )
            yield Note("dated", "info", text)
        elif day:
            text = Text("各行用表里的日期，--date 没有用到", "rows are of the sheet's own dates: --date is not used")
            yield Note("date-not-used", "info", text)

    def _watched(self, sheet: ClerkSheet, converter: Converter) -> Iterator[Batch]:
        for batch in converter.batches():
            if self._watch is not None:
                self._watch(sheet.file, min(sheet.share(), _NEARLY))
            yield batch
        if self._watch is not None:
            self._watch(sheet.file, 1.0)


def _lacks_years(found: Recognised) -> bool:
    """Whether the sheet's days say no year, each row one of them."""
    at = found.mapping.columns.get("date")
    if at is None or found.mapping.dates:
        return False
    days = [texts[at] for texts in found.samples if at < len(texts) and any(map(str.isdigit, texts[at]))]
    return bool(days) and all(map(lacks_year, days))


def _turned(row: int, year: int) -> Text:
    return Text(
        f"第 {row} 行起像是到了另一年，各行都按 {year} 年读",
        f"from row {row} on it seems to be another year; all rows are read as of {year}",
    )


def _turns(sheet: ClerkSheet, found: Recognised, row: int, year: int) -> Problem:
    """What is wrong where the days go on into another year than the sheet says."""
    at = found.mapping.columns["date"]
    expected = Text(
        f"带年份的日期：从这行起像是到了另一年；都是 {year} 年的，加 --year {year}",
        f"dates with their years: from here on it seems to be another; if all are of {year}, add --year {year}",
    )
    spot = Spot(sheet.file, sheet.name, row, at)
    return Problem(spot, "year-turns", found.header.headings[at], "", expected)


def _whose(file: str) -> Text:
    """What to do with a bill that does not say whose it is."""
    line = command("freight", "audit", file, "--carrier", "…", "--keep")
    return Text(
        f"表里没有物流公司；写明是哪家、核对并留底：{line}", f"no carrier is named; to name it, audit and keep: {line}"
    )


_NOT_SHIPPED = Text(
    "像是销售明细，每行就是卖出去的货；这本账先下单后发货，导入的各行都算未发。行行都是销售的账，先在 salesaid.toml 的 "
    '[ledgers.orders] 里写 ships = "at_once"；另有订单的，导入到出货：--as shipments',
    "these rows seem to be sales; in this book orders come first, so all of them count as not shipped. Where every row "
    'is a sale, first write ships = "at_once" in [ledgers.orders] of salesaid.toml; where there are orders as well, '
    "import them --as shipments",
)
_OWNER = Text("是 Excel 打开时的临时文件", "only says that a workbook is open")
_HIDDEN = Text("是隐藏的工作表；要导入请用 --sheet 指明", "is a hidden sheet; name it with --sheet to import it")
_SUMS = re.compile(r"汇总|统计|透视|summary|pivot", re.IGNORECASE)
_SUMMED_UP = Text(
    "像是其他工作表的汇总，没有读；要导入请用 --sheet 指明",
    "sums up the other sheets by its name and is not read; name it with --sheet to import it",
)
_NO_SHEETS = Text("里面没有工作表", "holds no sheet")
_NO_SUCH = Text("没有这个工作表", "there is no such sheet")


def _samples(rows: Sequence[Sequence[str]], at: int) -> tuple[str, ...]:
    """The first different texts of a column."""
    every = (row[at].strip() for row in rows if at < len(row))
    texts = dict.fromkeys(text[:_LONGEST_SAMPLE] for text in every if text and not ends_in_total(text))
    return tuple(texts)[:_SAMPLES]


def _has_surcharge_apart(found: Recognised) -> bool:
    """Whether a carrier's bill says 运费 without the surcharge, which has a column of its own."""
    columns = found.mapping.columns
    if found.mapping.ledger != "freight_bills" or not {"amount", "surcharge"} <= columns.keys():
        return False
    return is_without_surcharge(found.header.headings[columns["amount"]])


def _with_surcharge(batch: Batch, ids: Sequence[str]) -> Batch:
    """The rows of a bill with all that is to be paid as their amount, as a bill that is audited has it."""
    at, surcharge = ids.index("amount"), batch.columns[ids.index("surcharge")]
    columns = [*batch.columns]
    pairs = zip(columns[at], surcharge, strict=True)
    columns[at] = [f"{Decimal(text or 0) + Decimal(extra):f}" if extra else text for text, extra in pairs]
    return batch._replace(columns=columns)

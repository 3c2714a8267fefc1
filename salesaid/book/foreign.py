"""A file of others, read as one of our ledgers is: a carrier's bill, an export of an ERP or of finance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from salesaid import ledgers
from salesaid.book.reading import blocks_of, store_for
from salesaid.core.dates import year_in
from salesaid.core.errors import Refused
from salesaid.core.headers import heading_test, map_headings
from salesaid.core.heading_trouble import MissingHeading
from salesaid.core.heading_words import folded
from salesaid.core.kinds import Reading
from salesaid.core.rows import Rows
from salesaid.core.schema import Ledger
from salesaid.core.tables import NAMED, Note, NotedRow
from salesaid.core.text import Text, joined
from salesaid.storage.contract import Aside, Spot

_SAMPLES = 20


class BadMap(Refused):
    """What --map says is no pair of a heading and a column."""

    def __init__(self, text: str, ledger: Ledger) -> None:
        ids = ", ".join(column.id for column in ledger.columns)
        super().__init__(
            Text(f"--map “{text}”看不懂", f"--map {text!r} cannot be read"),
            Text(f"写作 --map 表头=列，列是：{ids}", f"write --map heading=column; columns are: {ids}"),
        )


def given_columns(ledger: str, pairs: Sequence[str]) -> dict[str, str]:
    """Headings and column ids of --map "heading=column"; a column may be said by any heading that we know of it.

    Raises BadMap.
    """
    own = ledgers.load(ledger)
    names = {
        text.casefold(): column.id for column in own.columns for text in (*column.headings, column.title, column.id)
    }
    found = {}
    for pair in pairs:
        heading, mark, column = pair.rpartition("=")
        id_ = names.get(column.strip().casefold())
        if not mark or not heading.strip() or id_ is None:
            raise BadMap(pair, own)
        found[heading.strip()] = id_
    return found


class LacksColumn(Refused):
    """A file has no heading for columns without which no row of it can be used."""

    def __init__(self, file: str, trouble: MissingHeading, ledger: Ledger, headings: Sequence[str]) -> None:
        groups = [joined([ledger.column(id_).heading for id_ in group], " / ", " / ") for group in trouble.groups]
        missing = trouble.groups[0][0]
        have = [heading for heading in headings if heading.strip()]
        super().__init__(
            Text(f"{file} 里没有这些列：", f"{file} has no column for ") + joined(groups),
            Text(
                f'用 --map 说明是哪一列，如 --map "{have[0]}={missing}"；表头有：{"、".join(have)}',
                f'say which it is, such as --map "{have[0]}={missing}"; its headings: {", ".join(have)}',
            ),
        )


class NotHeaded(Refused):
    """--map names a heading that the file does not have."""

    def __init__(self, file: str, heading: str, headings: Sequence[str]) -> None:
        have = [each for each in headings if each.strip()]
        super().__init__(
            Text(f"{file} 里没有表头“{heading}”", f"{file} has no heading {heading!r}"),
            Text(f"表头有：{'、'.join(have)}", f"its headings: {', '.join(have)}"),
        )


class Foreign(NamedTuple):
    """A file of others, opened; what of it could not be read is known once its rows have been."""

    rows: Rows
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    file: str
    damaged: Sequence[Aside]

    def heading(self, column: str) -> str:
        """What the file heads a column with; "" where it has none."""
        return self.headings[self.columns[column]] if column in self.columns else ""

    def unread(self) -> Note | None:
        """What to say of the rows that could not be used, once all have been read."""
        aside = {each.row: each.reason for each in self.damaged} | {each.row: each.reason for each in self.rows.aside}
        if not aside:
            return None
        rows = tuple(NotedRow(self.file, row, reason) for row, reason in sorted(aside.items()))
        first = [Text(f"第 {each.row} 行{each.reason.zh}", f"row {each.row} {each.reason.en}") for each in rows[:NAMED]]
        start = Text(
            f"{self.file} 有 {len(rows)} 行未计入：",
            f"{self.file}: {len(rows)} row{'' if len(rows) == 1 else 's'} not used: ",
        )
        return Note("set_aside", "warning", start + joined(first, "；", "; "), rows)


@contextmanager
def foreign(
    ledger: str, path: Path, given: Mapping[str, str], sheet: str | None = None, known: Mapping[str, str] = {}
) -> Iterator[Foreign]:
    """The rows of a file as those of a ledger; `given` are headings and their columns beyond those that we know.

    `known` are such of an earlier file, used as far as this one has them. Raises LacksColumn, NotHeaded,
    DoubledHeading, FileTrouble.
    """
    own = ledgers.load(ledger)
    said = {**known, **given}
    opened = store_for(path).open(Spot(path, sheet), heading_test(own, said))
    try:
        for heading in given:
            if folded(heading.partition("#")[0]) not in map(folded, opened.headings):
                raise NotHeaded(path.name, heading, opened.headings)
        here = set(opened.headings)
        said = {heading: id_ for heading, id_ in said.items() if heading in given or heading in here}
        samples = opened.last_rows(_SAMPLES) if any("单位" in heading for heading in opened.headings) else ()
        columns = _columns(own, path.name, opened.headings, said, samples)
        rows = Rows(
            own, columns, lambda: blocks_of(opened.rows()), file=path.name, sheet=sheet,
            reading=Reading(year=year_in(path.name)), unsaved=opened.unsaved,
        )  # fmt: skip
        yield Foreign(rows, opened.headings, columns, path.name, opened.aside)
    finally:
        opened.close()


def _columns(
    ledger: Ledger, file: str, headings: Sequence[str], said: Mapping[str, str], samples: Sequence[Sequence[str]]
) -> Mapping[str, int]:
    try:
        return map_headings(ledger, headings, said, samples).columns
    except MissingHeading as trouble:
        raise LacksColumn(file, trouble, ledger, headings) from trouble

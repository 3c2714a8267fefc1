"""How one sheet is read as one ledger: which column is which, and which dates of a row are events of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.core.clerk_headings import undecorated, words_of
from salesaid.core.clerk_serials import without_row_counts
from salesaid.core.clerk_values import NOBODY, Knows, by_values
from salesaid.core.clerk_wide import BOTH, event_dates, event_quantities
from salesaid.core.dates import parse_date
from salesaid.core.errors import Refused, SalesaidError, Where
from salesaid.core.headers import map_headings
from salesaid.core.heading_trouble import DoubledHeading, MissingHeading, letters
from salesaid.core.heading_words import RUNNING, folded
from salesaid.core.reading import Reading, Unreadable
from salesaid.core.schema import Ledger
from salesaid.core.text import Text, joined, same

LEFT_OUT = "-"  # --map "heading=-": the column is not read


class SheetMapping(NamedTuple):
    """Columns of the ledger to indexes in the sheet; the dates and quantities of events by their actions.

    `said` are the headings as a person or a profile mapped them, `derived` columns that only follow from others.
    `day` is the date of all rows where the sheet has no column of dates and somebody said it.
    """

    ledger: str
    columns: Mapping[str, int]
    dates: Mapping[str, int] = {}
    quantities: Mapping[str, int] = {}
    said: Mapping[str, str] = {}
    derived: Mapping[str, int] = {}
    day: date | None = None

    @property
    def used(self) -> frozenset[int]:
        """The indexes that are read."""
        return frozenset((*self.columns.values(), *self.dates.values(), *self.quantities.values()))


def _likely(ledger: Ledger, headings: Sequence[str]) -> str:
    """A heading to show how --map is written: not one that is read, nor that of the running numbers."""
    read = {folded(text) for column in ledger.every_column for text in (*column.headings, column.title)} | RUNNING
    filled = [each for each in headings if each]
    return next((each for each in filled if folded(each) not in read), "".join(filled[-1:]))


class UnknownTarget(Refused):
    """--map names a column that the ledger does not have."""

    def __init__(self, ledger: Ledger, heading: str, target: str) -> None:
        ids = ", ".join(column.id for column in ledger.columns)
        super().__init__(
            Text(
                f"--map 把“{heading}”对应到“{target}”，{ledger.title.zh}没有这一列",
                f"--map takes {heading!r} for {target!r}, which is no column of {ledger.title.en}",
            ),
            Text(f"可用的列：{ids}；- 表示不读", f"columns are: {ids}; - leaves it out"),
        )


class UnknownHeading(Refused):
    """--map names a heading that the sheet does not have."""

    def __init__(self, heading: str, headings: Sequence[str]) -> None:
        have = joined([same(each) for each in headings if each])
        super().__init__(
            Text(f"表里没有“{heading}”这个表头", f"the sheet has no heading {heading!r}"),
            Text("表头有：", "its headings are: ") + have,
        )


class TwiceHeaded(Refused):
    """Two columns of the sheet have one heading, and a column of the ledger could be either."""

    def __init__(self, trouble: DoubledHeading, heading: str, column: str) -> None:
        super().__init__(
            trouble.message,
            Text(
                f"用 --map 说明读哪一列：--map '{heading}#1={column}'",
                f"say which one with --map '{heading}#1={column}'",
            ),
        )


class LacksColumns(Refused):
    """The sheet has no heading for columns without which no row can be used."""

    def __init__(self, ledger: Ledger, trouble: MissingHeading, headings: Sequence[str], missing: str) -> None:
        first = _likely(ledger, headings)
        super().__init__(
            trouble.message,
            Text(
                f"用 --map 指出是哪一列：--map '{first}={missing}'；表头有：{'、'.join(filter(None, headings))}",
                f"say which column it is: --map '{first}={missing}'; headings: {', '.join(filter(None, headings))}",
            ),
        )


class LacksDate(LacksColumns):
    """All that the sheet lacks is a column of dates: a count sheet says the day in its title."""

    def __init__(self, ledger: Ledger, trouble: MissingHeading, headings: Sequence[str]) -> None:
        super().__init__(ledger, trouble, headings, "date")
        self.message = Text(
            f"像是{ledger.title.zh}，但没有日期列", f"this looks like {ledger.title.en}, but no column holds dates"
        )
        first = _likely(ledger, headings)
        self.hint = Text(
            f"导入时用 --date 写明各行是哪天的；或用 --map 指出是哪一列：--map '{first}=date'",
            f"import it with --date for the day of all rows, or say which column it is: --map '{first}=date'",
        )

    def say_day(self, day: date) -> None:
        """The day that stands above the headings is the one to be said, unless a person knows better."""
        self.hint = Text(
            f"表头上面写着 {day}：各行都是这一天的，就加上 --date {day}",
            f"above the headings stands {day}: if all rows are of that day, add --date {day}",
        )


class TwoForOne(Refused):
    """--map takes two headings for one column."""

    def __init__(self, ledger: Ledger, column: str) -> None:
        title = ledger.column(column).heading
        super().__init__(
            Text(f"--map 把两个表头对应到同一列“{title.zh}”", f"--map takes two headings for {title.en}"),
            Text("只留下要读的那一个", "keep only the one that is to be read"),
        )


class _Said(NamedTuple):
    """What was said of headings, by their indexes: left out, columns, actions of events."""

    left_out: set[int]
    columns: dict[int, str]
    events: dict[int, str]


def mapped(
    ledger: Ledger,
    headings: Sequence[str],
    samples: Sequence[Sequence[str]],
    said: Mapping[str, str],
    today: date,
    reading: Reading,
    knows: Knows = NOBODY,
    day: date | None = None,
) -> SheetMapping:
    """The sheet's columns as this ledger's: as said, else by their headings, else by the values below them.

    `day` dates the rows of a sheet that has no dates. Raises UnknownTarget, UnknownHeading, TwoForOne, TwiceHeaded,
    LacksColumns, LacksDate.
    """
    told = _said(ledger, headings, said)
    gone = {*told.left_out, *told.events}
    words = words_of(ledger)
    plain = [undecorated(words, text) for text in without_row_counts(headings, samples)]
    plain = ["" if at in gone or at in told.columns else text for at, text in enumerate(plain)]
    dates = {action: at for at, action in told.events.items()}
    for action, at in _event_columns(ledger, plain, told, samples, today, reading).items():
        dates.setdefault(action, at)
    plain = ["" if at in dates.values() else text for at, text in enumerate(plain)]
    actions = event_quantities(ledger.id)
    quantities = {actions[folded(text)]: at for at, text in enumerate(plain) if actions.get(folded(text)) in dates}
    plain = ["" if at in quantities.values() else text for at, text in enumerate(plain)]
    told.columns.update(by_values(ledger, plain, samples, told.columns.values(), knows, reading))
    every = _columns(ledger, plain, told, samples, day)
    own = {column.id for column in ledger.columns}
    columns = {id_: at for id_, at in every.items() if id_ in own}
    derived = {id_: at for id_, at in every.items() if id_ not in own}
    dated = day if "date" in own - columns.keys() else None
    return SheetMapping(ledger.id, columns, dates, quantities, said, derived, dated)


def _columns(
    ledger: Ledger, headings: Sequence[str], told: _Said, samples: Sequence[Sequence[str]], day: date | None
) -> Mapping[str, int]:
    marks = {f"\x01{column}": (at, column) for at, column in told.columns.items()}  # a heading that no sheet has
    marked = list(headings)
    for mark, (at, _) in marks.items():
        marked[at] = mark
    try:
        named = {mark: column for mark, (_, column) in marks.items()}
        found = map_headings(ledger, marked, named, samples, ("date",) if day else ())
    except DoubledHeading as trouble:
        raise TwiceHeaded(trouble, trouble.heading, trouble.column) from trouble
    except MissingHeading as trouble:
        if list(map(tuple, trouble.groups)) == [("date",)]:
            raise LacksDate(ledger, trouble, headings) from trouble
        raise LacksColumns(ledger, trouble, headings, trouble.groups[0][0]) from trouble
    return found.columns


def _said(ledger: Ledger, headings: Sequence[str], said: Mapping[str, str]) -> _Said:
    told = _Said(set(), {}, {})
    for heading, target in said.items():
        at = place_of(headings, heading)
        column = column_named(ledger, target)
        if target == LEFT_OUT:
            told.left_out.add(at)
        elif column is not None:
            if column in told.columns.values():
                raise TwoForOne(ledger, column)
            told.columns[at] = column
        elif target in event_dates(ledger.id).values():
            told.events[at] = target
        else:
            raise UnknownTarget(ledger, heading, target)
    return told


def column_named(ledger: Ledger, target: str) -> str | None:
    """The column that a person means by its id or any of its headings; None where the ledger has none."""
    wanted = folded(target)
    for column in ledger.columns:
        if wanted in {folded(text) for text in (column.id, column.title, *column.headings)}:
            return column.id
    return None


def place_of(headings: Sequence[str], heading: str) -> int:
    """The index of a heading as a person says it: 店仓#2 is the second of two, B a column without one.

    Raises UnknownHeading.
    """
    name, _, count = heading.rpartition("#")
    places = [at for at, text in enumerate(headings) if text and folded(text) == folded(heading)]
    if not places and name and count.isdecimal():
        twins = [at for at, text in enumerate(headings) if text and folded(text) == folded(name)]
        places = twins[int(count) - 1 : int(count)] if int(count) else []
    if not places:
        places = [at for at, text in enumerate(headings) if not text and letters(at) == heading.strip().upper()]
    if not places:
        raise UnknownHeading(heading, headings)
    return places[0]


def _event_columns(
    ledger: Ledger, headings: Sequence[str], told: _Said, samples: Sequence[Sequence[str]], today: date,
    reading: Reading,
) -> dict[str, int]:  # fmt: skip
    """The columns that head the dates of events, by action; the leftmost where several do."""
    actions = event_dates(ledger.id)
    if not actions:
        return {}
    first = None if "date" in told.columns.values() else _first_date(ledger, headings)
    found: dict[str, int] = {}
    for at, text in enumerate(headings):
        action = actions.get(folded(text))
        is_event = action is not None and at != first and action not in found
        if action is not None and is_event and not _is_due(ledger, headings, at, samples, today, reading):
            found[action] = at
    return found


def _first_date(ledger: Ledger, headings: Sequence[str]) -> int | None:
    """The index of the row's own date: its heading may be one of an event's as well (收货日期)."""
    ranks = {folded(heading): rank for rank, heading in reversed([*enumerate(ledger.column("date").headings)])}
    scored = [(ranks[folded(text)], at) for at, text in enumerate(headings) if folded(text) in ranks]
    return min(scored)[1] if scored else None


def _is_due(
    ledger: Ledger, headings: Sequence[str], at: int, samples: Sequence[Sequence[str]], today: date, reading: Reading
) -> bool:
    """Whether 归还日期 is when goods should be back: nothing else says so, it is never blank, and days are to come."""
    if folded(headings[at]) != BOTH:
        return False
    others = {folded(heading) for heading in ledger.column("due").headings} - {BOTH}
    if any(folded(text) in others for text in headings):
        return False
    days = [_day(row[at], reading) if at < len(row) else None for row in samples if any(map(str.strip, row))]
    return bool(days) and all(days) and any(day > today for day in days if day is not None)


def _day(text: str, reading: Reading) -> date | None:
    try:
        return parse_date(text, reading) if text.strip() else None
    except Unreadable:
        return None


def fits(trouble: SalesaidError | None) -> bool:
    """Whether a sheet could be read as a ledger, if only somebody said which of two like headings is meant."""
    return trouble is None or isinstance(trouble, TwiceHeaded)


def at_sheet(trouble: SalesaidError, file: str, sheet: str | None, row: int) -> SalesaidError:
    """Trouble with headings, with the place where they stand."""
    trouble.where = trouble.where or Where(file, sheet, row)
    return trouble

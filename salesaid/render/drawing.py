"""What a table's chart shows, for every format that draws: names along an axis, and figures for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import islice
from typing import Literal, NamedTuple

from salesaid.core.blanks import Named
from salesaid.core.kinds import RATE
from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang

MOST_BARS, MOST_COLUMNS = 20, 62  # two months of days
MOST_STEPS = 5  # along an axis

BLUE, AMBER, PALE_BLUE, GREEN, GREY = "3B6EA5", "D98E2B", "9DB9D6", "6F9F86", "9AA3AF"
COLORS = (BLUE, PALE_BLUE, GREEN, GREY)
LINE_COLORS = (AMBER, GREEN, GREY)

_PERIOD = re.compile(r"\d{4}-|\d{4}\Z")
_MONTH = re.compile(r"\A\d{4}-(\d\d(?:-\d\d)?)\Z")


class Series(NamedTuple):
    """The figures of one field; None where a row has none. `at` is the field's place in the table."""

    field: Field
    at: int
    name: str
    values: tuple[Decimal | None, ...]
    is_line: bool
    color: str

    @property
    def is_rate(self) -> bool:
        """Whether the figures are shares, shown in per cent."""
        return self.field.kind is RATE


class Drawing(NamedTuple):
    """A chart ready to be drawn; `x_at` is the place of the field along the axis.

    Its texts are as the ledgers have them: each format makes of them what it can show.
    """

    kind: Literal["columns", "bars", "line"]
    title: str
    x_at: int
    names: tuple[str, ...]
    series: tuple[Series, ...]
    newest_first: bool = False  # the table's rows go back in time; names and figures here go on in it

    @property
    def caption(self) -> str:
        """The title, and what is measured where no legend says it."""
        return self.title if len(self.series) > 1 else f"{self.title} · {self.series[0].name}"

    @property
    def columns(self) -> tuple[Series, ...]:
        """The series drawn as columns or bars."""
        return tuple(series for series in self.series if not series.is_line)

    @property
    def lines(self) -> tuple[Series, ...]:
        """The series drawn as lines."""
        return tuple(series for series in self.series if series.is_line)

    @property
    def is_course(self) -> bool:
        """Whether the figures follow each other in time."""
        return self.kind == "line" or (self.kind == "columns" and all(map(_PERIOD.match, self.names)))

    def figures(self) -> Iterator[Decimal]:
        """All figures."""
        return (value for series in self.series for value in series.values if value is not None)


def drawing_of(table: Table, lang: Lang) -> Drawing | None:
    """What a table's chart shows; None where it has none, or nothing to show."""
    chart = table.chart
    places = {field.name: at for at, field in enumerate(table.fields)}
    if chart is None or chart.x not in places:
        return None
    most = MOST_BARS if chart.kind == "bars" else MOST_COLUMNS
    until = min([most, chart.top or most, *table.strong])
    rows, x_at = list(islice(table.rows, until)), places[chart.x]
    newest_first = chart.kind == "line" and _goes_back([row[x_at] for row in rows])
    if newest_first:
        rows.reverse()
    is_line = [chart.kind == "line" or name in chart.lines for name in chart.series]
    counts = {True: 0, False: 0}
    series: list[Series] = []
    for name, lies in zip(chart.series, is_line, strict=True):
        if name in places:
            colors = LINE_COLORS if lies and chart.kind != "line" else COLORS
            series.append(_series(table, places[name], rows, lang, is_line=lies, color=colors[counts[lies] % 3]))
            counts[lies] += 1
    names = tuple(_name(table.fields[x_at], row[x_at], lang) for row in rows)
    series = [each for each in series if each.is_rate == series[0].is_rate]  # one axis measures one thing
    drawing = Drawing(chart.kind, table.title.in_(lang), x_at, names, tuple(series), newest_first)
    return drawing if any(drawing.figures()) else None


def _goes_back(days: Sequence[object]) -> bool:
    """Whether the days of rows go back in time."""
    first, last = (days[0], days[-1]) if days else (None, None)
    return isinstance(first, date) and isinstance(last, date) and first > last


def _series(table: Table, at: int, rows: list[tuple[object, ...]], lang: Lang, *, is_line: bool, color: str) -> Series:
    field = table.fields[at]
    return Series(field, at, field.header.in_(lang), tuple(_figure(row[at]) for row in rows), is_line, color)


def _name(field: Field, value: object, lang: Lang) -> str:
    return "" if value is None and not isinstance(field.kind, Named) else field.kind.show(value, lang)


def _figure(value: object) -> Decimal | None:
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None


def short_names(drawing: Drawing) -> tuple[str, ...]:
    """The names along the axis; months and days of one year without the year."""
    found = [_MONTH.match(name) for name in drawing.names]
    is_one_year = len({name[:4] for name in drawing.names}) == 1
    if is_one_year and all(found):
        return tuple(match[1] for match in found if match)
    return drawing.names


def span_of(kind: str, figures: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The least and the greatest figure of an axis; nought is among them, but for a course far above it.

    A copper price between 68,000 and 69,000 is no course at all where the axis begins at nought.
    """
    low, high = min(figures), max(figures)
    if kind == "line" and 0 < low < high < low * 2:
        return low, high
    return min(Decimal(), low), max(Decimal(), high)


def ticks_of(drawing: Drawing) -> list[Decimal]:
    """Round figures along the axis, from below the least figure to above the greatest (span_of)."""
    low, high = span_of(drawing.kind, [*drawing.figures()])
    step = _round_up((high - low) / MOST_STEPS or Decimal("0.2"))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return [step * at for at in range(int(first), int(last) + 1)]


def _round_up(step: Decimal) -> Decimal:
    """The next of 1, 2, 2.5 and 5 times a power of ten."""
    power = Decimal(1).scaleb(step.adjusted())
    times = next(
        each for each in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10)) if each * power >= step
    )
    return times * power

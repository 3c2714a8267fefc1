"""Charts on a terminal, of eighths of a block: bars beside the rows of a table, and below it the course of a figure.

Where a terminal has no such blocks, or draws them twice as wide as it counts them, of plain signs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from salesaid.core.text import Lang, Text
from salesaid.render.cell_width import cell_len
from salesaid.render.columns import GAP, Column
from salesaid.render.drawing import Drawing, Series, span_of

NARROWEST, WIDEST = 8, 32  # terminal cells of the longest bar
LONGEST_NAME = 20
EIGHTHS = 8


class Signs(NamedTuple):
    """What bars and courses are made of: parts of a cell from the left, a full one, parts from below."""

    parts: str
    full: str
    levels: str


BLOCKS = Signs(" ▏▎▍▌▋▊▉", "█", "▁▂▃▄▅▆▇█")
PLAIN = Signs("        ", "#", "_.-=+*%#")

Fit = Callable[[str], str]  # what becomes of a text before it is measured
Cut = Callable[[str, int], str]  # the text within so many terminal cells


def bars_beside(drawing: Drawing, rows: int, room: int, signs: Signs) -> Column | None:
    """The bars as a last column of the table's `rows`; None where `room` is too little."""
    width = min(room - GAP, WIDEST)
    if drawing.is_course or width < NARROWEST:
        return None
    cells = _bars(drawing.series[0], width, signs)[:rows]
    return Column("", [*cells, *[""] * (rows - len(cells))], "", "left", width, is_drawn=True)


def bars_below(drawing: Drawing, width: int, signs: Signs, fit: Fit, cut: Cut) -> list[str]:
    """Names and bars as lines of their own, for a table that leaves no room beside it."""
    if drawing.is_course:
        return []
    names = [cut(fit(name), LONGEST_NAME) for name in drawing.names]
    beside = max(map(cell_len, names))
    room = min(width - beside - GAP, WIDEST)
    if room < NARROWEST:
        return []
    bars = _bars(drawing.series[0], room, signs)
    head = cut(fit(drawing.series[0].name), width)
    return [head] + [
        f"{name}{' ' * (beside - cell_len(name) + GAP)}{bar}".rstrip() for name, bar in zip(names, bars, strict=True)
    ]


def _bars(series: Series, width: int, signs: Signs) -> list[str]:
    """A bar a figure, all of one scale; those below nought reach to the left of it."""
    figures = [value for value in series.values if value is not None]
    low, high = min(Decimal(), *figures), max(Decimal(), *figures)
    left = min(max(_rounded(width * -low / (high - low)), 1), width - bool(high)) if low else 0
    scale = Decimal(width - left) / high if high else Decimal()
    return [_bar(value, scale, low, left, signs) for value in series.values]


def _bar(value: Decimal | None, scale: Decimal, low: Decimal, left: int, signs: Signs) -> str:
    if not value:
        return ""
    if value < 0:
        return (signs.full * max(_rounded(left * value / low), 1)).rjust(left)
    whole, part = divmod(max(_rounded(value * scale * EIGHTHS), 1), EIGHTHS)
    if signs is PLAIN:
        whole, part = max(_rounded(value * scale), 1), 0
    return " " * left + signs.full * whole + (signs.parts[part] if part else "")


def courses(drawing: Drawing, width: int, signs: Signs, lang: Lang, fit: Fit) -> Iterator[str]:
    """A line a series: how its figure went, from where to where, and its highest."""
    if not drawing.is_course or len(drawing.names) < len(("before", "after")):
        return
    heads = [fit(series.name) for series in drawing.series]
    beside = max(map(cell_len, heads)) + GAP
    points = min(len(drawing.names), width - beside)
    if points < NARROWEST and points < len(drawing.names):
        return
    figures = [value for series in drawing.series for value in series.values[-points:] if value is not None]
    low, high = span_of(drawing.kind, figures or [Decimal()])
    for head, series in zip(heads, drawing.series, strict=True):
        course = "".join(_level(value, low, high, signs) for value in series.values[-points:])
        line = f"{head}{' ' * (beside - cell_len(head))}{course}"
        told = fit(_told(drawing, series, points, lang))
        yield f"{line}{' ' * GAP}{told}" if told and cell_len(line) + GAP + cell_len(told) <= width else line.rstrip()


def _level(value: Decimal | None, low: Decimal, high: Decimal, signs: Signs) -> str:
    if value is None or high == low:
        return " "
    step = (value - low) / (high - low) * (len(signs.levels) - 1)
    return signs.levels[_rounded(step)]


def _told(drawing: Drawing, series: Series, points: int, lang: Lang) -> str:
    """From when to when, and when the figure was highest."""
    names, values = drawing.names[-points:], series.values[-points:]
    found = [(value, name) for value, name in zip(values, names, strict=True) if value is not None]
    if not found or series.is_line:
        return ""
    value, name = max(found, key=lambda each: each[0])
    shown = series.field.kind.show(value, lang)
    return Text(
        f"{names[0]} 至 {names[-1]}，最高 {shown}（{name}）", f"{names[0]} to {names[-1]}, highest {shown} ({name})"
    ).in_(lang)


def _rounded(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_UP))

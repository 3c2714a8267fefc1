"""Charts of a page as SVG: upright columns, lying bars and lines, drawn here so that the page needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

from salesaid.core.text import Lang
from salesaid.render.drawing import Drawing, Series, short_names, ticks_of
from salesaid.render.sheet_rows import drawn
from salesaid.render.visible import visible

WIDTH, HEIGHT = 680.0, 280.0
TOP, RIGHT, BOTTOM, LEGEND = 14.0, 18.0, 26.0, 24.0
UNIT = 6.3  # how wide a letter is; a Chinese one is two
BAR, BETWEEN_BARS = 18.0, 9.0
LONG = 100  # from here on a figure does without its cents
LONGEST_NAME = 26  # letters of a name along the axis
SLANT = 35  # degrees of names that would overlap
SLANTED = 23.0  # how far apart slanted names have to be
MOST_DOTS = 31
INK, GREY, GRID = "#374151", "#6b7280", "#e5e7eb"


class _Frame(NamedTuple):
    """The room of the figures, in which nought and the ticks have their places."""

    left: float
    top: float
    right: float
    bottom: float
    ticks: list[Decimal]

    def share(self, value: Decimal) -> float:
        """How far along the axis a figure is, from 0 to 1."""
        return float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))

    def up(self, value: Decimal) -> float:
        """The height at which a figure stands."""
        return self.bottom - (self.bottom - self.top) * self.share(value)

    def along(self, value: Decimal) -> float:
        """How far to the right a figure reaches."""
        return self.left + (self.right - self.left) * self.share(value)


def svg(drawing: Drawing, lang: Lang) -> str:
    """The chart as an element of a page."""
    parts, height = _bars(drawing, lang) if drawing.kind == "bars" else _upright(drawing, lang)
    name = escape(visible(drawing.title))
    head = f'<svg viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" aria-label="{name}" font-size="11" fill="{GREY}">'
    return "".join((head, *parts, "</svg>"))


# ── upright columns and lines ────────────────────────────────────────────────────────────────────


def _upright(drawing: Drawing, lang: Lang) -> tuple[list[str], float]:
    ticks = ticks_of(drawing)
    labels = [_number(tick, drawing, lang) for tick in ticks]
    left = max(map(drawn, labels)) * UNIT + 14
    slot = (WIDTH - left - RIGHT) / len(drawing.names)
    names = _Names(short_names(drawing), slot, is_course=drawing.is_course)
    above = LEGEND if len(drawing.series) > 1 else 0.0
    frame = _Frame(left, TOP + above, WIDTH - RIGHT, HEIGHT + above - names.height, ticks)
    base = max(ticks[0], Decimal())
    parts = [
        *_legend(drawing.series, left),
        *_level_grid(frame, labels),
        *_columns(drawing, frame, slot),
        *(part for series in drawing.lines for part in _line(series, frame, slot, drawing)),
        *names.drawn(frame, slot),
        _rule(frame.left, frame.up(base), frame.right, frame.up(base), GREY),
    ]
    return parts, HEIGHT + above


def _level_grid(frame: _Frame, labels: Sequence[str]) -> Iterator[str]:
    for tick, label in zip(frame.ticks, labels, strict=True):
        y = frame.up(tick)
        yield _rule(frame.left, y, frame.right, y, GRID)
        yield _text(frame.left - 8, y + 4, label, "end")


def _columns(drawing: Drawing, frame: _Frame, slot: float) -> Iterator[str]:
    found = drawing.columns
    wide = min(slot * 0.7 / max(len(found), 1), 46.0)
    for number, series in enumerate(found):
        for at, value in enumerate(series.values):
            if value is not None:
                x = frame.left + slot * (at + 0.5) + wide * (number - len(found) / 2)
                top, bottom = sorted((frame.up(value), frame.up(Decimal())))
                yield _box(x, top, wide - 1, bottom - top, series, _told(drawing, at, series, value))


def _line(series: Series, frame: _Frame, slot: float, drawing: Drawing) -> Iterator[str]:
    """A line with a gap where there is no figure, and a dot at each where there is room."""
    color, points = f"#{series.color}", _points(series, frame, slot)
    for run in _runs(points):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
        yield f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2.2" stroke-linejoin="round"/>'
    for at, (point, value) in enumerate(zip(points, series.values, strict=True)):
        if point and value is not None and len(points) <= MOST_DOTS:
            told = _told(drawing, at, series, value)
            yield f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3" fill="{color}">{told}</circle>'


Point = tuple[float, float]


def _points(series: Series, frame: _Frame, slot: float) -> list[Point | None]:
    return [
        None if value is None else (frame.left + slot * (at + 0.5), frame.up(value))
        for at, value in enumerate(series.values)
    ]


def _runs(points: Iterable[Point | None]) -> Iterator[list[Point]]:
    """The points that follow each other without a gap."""
    run: list[Point] = []
    for point in (*points, None):
        if point:
            run.append(point)
        elif run:
            yield run
            run = []


class _Names:
    """The names below the columns: side by side, else slanted; of times every so many of which none lies on another."""

    def __init__(self, names: Sequence[str], slot: float, *, is_course: bool) -> None:
        longest = max((drawn(name) for name in names), default=0) * UNIT + 3
        self._slants = longest > slot and not is_course
        self._every = max(1, -int(-(SLANTED if self._slants else longest) // slot))
        self._names = [_cut(name) for name in names]
        self._full = names
        reach = min(max((drawn(name) for name in self._names), default=0) * UNIT, 170.0)
        self.height = BOTTOM + (reach * 0.58 if self._slants else 0)

    def drawn(self, frame: _Frame, slot: float) -> Iterator[str]:
        """The names as elements."""
        for at in range(0, len(self._names), self._every):
            x, y = frame.left + slot * (at + 0.5), frame.bottom + 17
            turned = f' transform="rotate(-{SLANT} {x:.1f} {y - 4:.1f})"' if self._slants else ""
            yield _text(x, y, self._names[at], "end" if self._slants else "middle", turned, self._full[at])


# ── lying bars ───────────────────────────────────────────────────────────────────────────────────


def _bars(drawing: Drawing, lang: Lang) -> tuple[list[str], float]:
    ticks = ticks_of(drawing)
    names = [_cut(name) for name in drawing.names]
    left = max(map(drawn, names)) * UNIT + 14
    found = drawing.series
    above = TOP + (LEGEND if len(found) > 1 else 0.0)
    each = BAR * len(found) + BETWEEN_BARS
    values = [_number(value, drawing, lang) for value in drawing.figures()]
    beside = max(map(drawn, values)) * UNIT + 8
    frame = _Frame(left, above, WIDTH - beside, above + each * len(names), ticks)
    parts = [*_legend(found, left), *_upright_grid(frame, drawing, lang)]
    for at, name in enumerate(names):
        y = above + each * at + BETWEEN_BARS / 2
        parts.append(_text(left - 8, y + each / 2, name, "end", full=drawing.names[at]))
        for number, series in enumerate(found):
            parts += _bar(drawing, series, at, frame, y + BAR * number, lang)
    parts.append(_rule(frame.along(Decimal()), frame.top, frame.along(Decimal()), frame.bottom, GREY))
    return parts, frame.bottom + BOTTOM


def _bar(drawing: Drawing, series: Series, at: int, frame: _Frame, y: float, lang: Lang) -> Iterator[str]:
    value = series.values[at]
    if value is not None:
        start, end = sorted((frame.along(value), frame.along(Decimal())))
        yield _box(start, y, end - start, BAR - 2, series, _told(drawing, at, series, value))
        yield _text(end + 6, y + BAR / 2 + 3, _number(value, drawing, lang), "start")


def _upright_grid(frame: _Frame, drawing: Drawing, lang: Lang) -> Iterator[str]:
    for tick in frame.ticks:
        x = frame.along(tick)
        yield _rule(x, frame.top, x, frame.bottom, GRID)
        yield _text(x, frame.bottom + 16, _number(tick, drawing, lang), "middle")


# ── what all are made of ─────────────────────────────────────────────────────────────────────────


def _number(value: Decimal, drawing: Drawing, lang: Lang) -> str:
    """A figure beside the chart: in per cent, or without its cents."""
    if drawing.series[0].is_rate:
        return drawing.series[0].field.kind.show(value, lang)
    is_plain = value == value.to_integral_value() or abs(value) >= LONG
    return f"{value:,.0f}" if is_plain else f"{value:,.2f}"


def _told(drawing: Drawing, at: int, series: Series, value: Decimal) -> str:
    """What a pointer over a figure shows."""
    shown = series.field.kind.show(value, "en")
    return f"<title>{escape(visible(f'{drawing.names[at]} · {series.name} {shown}'))}</title>"


def _legend(found: Sequence[Series], left: float) -> Iterator[str]:
    x = left
    for series in found if len(found) > 1 else ():
        high = 3 if series.is_line else 10
        yield f'<rect x="{x:.1f}" y="{TOP - high / 2:.1f}" width="14" height="{high}" fill="#{series.color}"/>'
        yield _text(x + 20, TOP + 4, series.name, "start")
        x += 20 + drawn(series.name) * UNIT + 22


def _box(x: float, y: float, width: float, height: float, series: Series, told: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{max(height, 0.5):.1f}"'
    return f'<rect {place} fill="#{series.color}">{told}</rect>'


def _rule(x: float, y: float, to_x: float, to_y: float, color: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{color}"/>'


def _text(x: float, y: float, text: str, anchor: str, more: str = "", full: str = "") -> str:
    told = f"<title>{escape(visible(full))}</title>" if full and full != text else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(visible(text))}{told}</text>'


def _cut(name: str) -> str:
    """A name short enough to stand beside an axis."""
    if drawn(name) <= LONGEST_NAME:
        return name
    cut = name
    while drawn(cut) > LONGEST_NAME - 1:
        cut = cut[:-1]
    return f"{cut}…"

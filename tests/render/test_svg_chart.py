"""Charts of a page: as long as their figures are, within their frame, and no name over another."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.core.kinds import MONEY, RATE, TEXT
from salesaid.core.tables import Chart, Field, Table
from salesaid.core.text import same
from salesaid.render.drawing import drawing_of, ticks_of
from salesaid.render.sheet_rows import drawn
from salesaid.render.svg_chart import UNIT, svg
from tests.render import made_reports as made

figures = st.decimals(-10_000_000, 10_000_000, places=2) | st.none()
names = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def table_of(kind: str, names: list[str], *columns: list[Decimal | None], lines: int = 0, top=None) -> Table:
    fields = [
        Field("name", same("名称"), TEXT),
        *(Field(f"s{at}", same(f"数{at}"), MONEY) for at in range(len(columns))),
    ]
    series = tuple(field.name for field in fields[1:])
    chart = Chart(kind, "name", series, series[len(series) - lines :] if lines else (), top)
    return Table(same("图"), tuple(fields), list(zip(names, *columns, strict=True)), chart=chart)


def drawing(table: Table):
    found = drawing_of(table, "zh")
    assert found is not None
    return found


def parsed(table: Table) -> ET.Element:
    return ET.fromstring(svg(drawing(table), "zh"))


def bars(picture: ET.Element) -> list[ET.Element]:
    """The columns or bars: what has a title."""
    return [node for node in picture.iter("rect") if node.find("title") is not None]


def number(node: ET.Element, name: str) -> float:
    return float(node.get(name))


def test_columns_are_as_high_as_their_figures() -> None:
    values = [Decimal(100), Decimal(50), Decimal(-25), None, Decimal(0)]
    found = bars(parsed(table_of("columns", list("甲乙丙丁戊"), values)))
    assert len(found) == 4
    heights = [number(node, "height") for node in found]
    assert heights[1] / heights[0] == pytest.approx(0.5, abs=0.01)
    assert heights[2] / heights[0] == pytest.approx(0.25, abs=0.01)
    assert number(found[0], "y") + heights[0] == pytest.approx(number(found[2], "y"), abs=0.2)


def test_bars_are_as_long_as_their_figures_and_tell_them() -> None:
    picture = parsed(table_of("bars", list("甲乙丙"), [Decimal(900), Decimal("300.5"), Decimal(-300)]))
    found = bars(picture)
    lengths = [number(node, "width") for node in found]
    assert lengths[0] / lengths[1] == pytest.approx(900 / 300.5, abs=0.02)
    assert number(found[2], "x") + lengths[2] == pytest.approx(number(found[0], "x"), abs=0.2)
    texts = [node.text for node in picture.iter("text")]
    assert {"900", "300", "-300", "甲", "乙", "丙"} <= set(texts)
    assert [node.find("title").text for node in found] == ["甲 · 数0 900.00", "乙 · 数0 300.50", "丙 · 数0 -300.00"]


def test_a_line_has_a_gap_where_there_is_no_figure() -> None:
    values = [Decimal(at) if at not in {3, 4} else None for at in range(1, 9)]
    picture = parsed(table_of("line", [f"2026-{at:02d}" for at in range(1, 9)], values))
    runs = [node.get("points").split() for node in picture.iter("polyline")]
    assert [len(run) for run in runs] == [2, 4]
    heights = [float(point.split(",")[1]) for run in runs for point in run]
    assert heights == sorted(heights, reverse=True)
    assert len(list(picture.iter("circle"))) == 6


def test_a_target_is_a_line_over_the_columns_and_both_have_a_legend() -> None:
    picture = parsed(made.months())
    assert len(bars(picture)) == 11
    assert len(list(picture.iter("polyline"))) == 1
    texts = [node.text for node in picture.iter("text")]
    assert {"净额", "目标", "01", "12"} <= set(texts)


def test_only_the_first_rows_are_drawn_and_rates_stand_in_per_cent() -> None:
    fields = (Field("name", same("名称"), TEXT), Field("share", same("占比"), RATE))
    rows = [(f"名{at}", Decimal(at) / 50) for at in range(30, 0, -1)]
    table = Table(same("图"), fields, rows, chart=Chart("bars", "name", ("share",), top=7))
    texts = [node.text for node in parsed(table).iter("text")]
    assert "60%" in texts
    assert sum(text.startswith("名") for text in texts) == 7


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["columns", "bars", "line"]), rows=st.lists(st.tuples(names, figures, figures), max_size=40)
)
def test_whatever_the_figures_all_lies_within_the_picture(kind, rows) -> None:
    found = drawing_of(table_of(kind, *map(list, zip(*rows, strict=True))) if rows else made.months(), "zh")
    if found is None:
        assert not any(value for row in rows for value in row[1:])
        return
    picture = ET.fromstring(svg(found, "zh"))
    _, _, width, height = map(float, picture.get("viewBox").split())
    for node in picture.iter("rect"):
        assert 0 <= number(node, "x") <= number(node, "x") + number(node, "width") <= width + 1
        assert 0 <= number(node, "y") <= number(node, "y") + number(node, "height") <= height + 1
    for node in picture.iter("polyline"):
        for point in node.get("points").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


@pytest.mark.parametrize("count", [3, 8, 12, 14, 15, 31, 62])
@pytest.mark.parametrize("name", ["{:02d}", "2026-11-{:02d}", "客户{}", "北京华夏立鸿商贸有限责任公司{}"])
def test_no_name_below_the_columns_lies_over_another(count, name) -> None:
    table = table_of("columns", [name.format(at) for at in range(1, count + 1)], [Decimal(5)] * count)
    texts = [
        node for node in parsed(table).iter("text") if node.get("text-anchor") == "middle" or node.get("transform")
    ]
    assert len(texts) >= min(count, 12)
    places = [number(node, "x") for node in texts]
    for at, (node, place) in enumerate(zip(texts, places, strict=True)):
        if node.get("transform"):
            apart = 13 / 0.57  # lines of 11 points, slanted by 35 degrees
            assert at == 0 or place - places[at - 1] >= apart
        else:
            half = drawn(node.text) * UNIT / 2
            assert at == 0 or place - half >= places[at - 1] + drawn(texts[at - 1].text) * UNIT / 2


@settings(max_examples=200, deadline=None)
@given(values=st.lists(figures, min_size=1, max_size=8))
def test_ticks_are_round_hold_nought_and_reach_around_all_figures(values) -> None:
    found = drawing_of(table_of("columns", [""] * len(values), values), "zh")
    if found is None:
        return
    ticks = ticks_of(found)
    step = ticks[1] - ticks[0]
    assert 0 in ticks
    assert ticks[0] <= min(found.figures())
    assert ticks[-1] >= max(found.figures())
    assert 2 <= len(ticks) <= 7
    assert step.normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}


def test_a_hostile_name_is_text(hostile, injections) -> None:
    texts = [*hostile, *injections]
    for start in range(0, len(texts), 20):
        some = texts[start : start + 20]
        picture = parsed(table_of("bars", some, [Decimal(at + 1) for at in range(len(some))]))
        assert {node.tag for node in picture.iter()} == {"svg", "line", "text", "rect", "title"}
        assert not [text for text in picture.itertext() if not text.isprintable() and not text[0].isspace()]

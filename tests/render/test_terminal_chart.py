"""Charts on a terminal: only there, never wider than it, and as long as their figures are."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from salesaid.core.kinds import MONEY, TEXT
from salesaid.core.tables import Chart, Field, Table
from salesaid.core.text import same
from salesaid.render.as_terminal import render
from tests.render import made_reports as made

BLOCKS = "▏▎▍▌▋▊▉█"
COURSE = "▁▂▃▄▅▆▇█"
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def table_of(rows, kind: str = "bars", lines: tuple[str, ...] = ()) -> Table:
    fields = (Field("name", same("名称"), TEXT), Field("net", same("净额"), MONEY))
    return Table(same("表"), fields, rows, chart=Chart(kind, "name", ("net",), lines))


def eighths(line: str) -> int:
    """How long the bar at a line's end is, in eighths of a cell."""
    return sum(BLOCKS.index(sign) + 1 for sign in line if sign in BLOCKS)


def test_there_are_none_in_a_pipe() -> None:
    for table in (made.months(), made.people()):
        text = render(table, lang="zh")
        assert text == render(table._replace(chart=None), lang="zh")
        assert not set(text) & set(BLOCKS + COURSE)


def test_bars_beside_the_rows_are_as_long_as_their_figures() -> None:
    rows = [("甲", Decimal(800)), ("乙", Decimal(400)), ("丙", Decimal(100)), ("丁", Decimal("0.01")), ("戊", None)]
    lines = render(table_of(rows), lang="zh", width=100).splitlines()[3:]
    lengths = [eighths(line) for line in lines]
    assert lengths[0] == 32 * 8
    assert lengths[1:] == [16 * 8, 4 * 8, 1, 0]
    assert [line.split()[0] for line in lines] == list("甲乙丙丁戊")


def test_bars_below_nought_reach_to_the_left_of_it_and_are_whole_cells() -> None:
    lines = render(table_of([("甲", Decimal(300)), ("乙", Decimal(-100))]), lang="zh", width=100).splitlines()[3:]
    start = cell_len(lines[0][: lines[0].index("█")])
    assert cell_len(lines[1].rstrip()) == start
    assert (eighths(lines[0]), eighths(lines[1])) == (24 * 8, 8 * 8)


def test_only_so_many_rows_have_a_bar() -> None:
    rows = [(f"名{at}", Decimal(100 - at)) for at in range(30)]
    table = table_of(rows)._replace(chart=Chart("bars", "name", ("net",), top=5))
    lines = render(table, lang="zh", width=100).splitlines()[3:]
    assert [bool(eighths(line)) for line in lines] == [True] * 5 + [False] * 25


def test_a_table_without_room_has_its_bars_below() -> None:
    text = render(made.people(), lang="zh", width=45)
    assert not [line for line in text.splitlines()[:20] if eighths(line)]
    assert len([line for line in text.splitlines()[20:] if eighths(line)]) == 10


def test_what_follows_in_time_is_a_course_and_says_when_it_was_highest() -> None:
    lines = render(made.months(), lang="zh", width=100).splitlines()[-2:]
    assert lines[0].startswith("净额")
    course = re.search(f"[{COURSE} ]{{11,}}", lines[0])[0].strip()
    nets = [row[1] for row in made.months().rows if row[1] is not None]
    assert len(course) == len(nets)
    by_figure = [sign for _, sign in sorted(zip(nets, course, strict=True))]
    assert by_figure == sorted(course)
    highest = max(nets)
    month = made.months().rows[nets.index(highest)][0]
    assert lines[0].endswith(f"2026-01 至 2026-12，最高 {highest:,.2f}（{month}）")
    assert lines[1].startswith("目标")
    assert "highest" in render(made.months(), lang="en", width=100)


def test_columns_that_are_no_course_are_bars() -> None:
    rows = [("未到期", Decimal(8)), ("1–30 天", Decimal(4))]
    lines = render(table_of(rows, "columns"), lang="zh", width=100).splitlines()[3:]
    assert [eighths(line) for line in lines] == [256, 128]


@pytest.mark.parametrize("screen", [{"ambiguous_width": 2}, {"encoding": "ascii"}, {"encoding": "cp1252"}])
def test_where_blocks_are_drawn_wide_or_not_at_all_plain_signs_stand_for_them(screen) -> None:
    rows = [("a", Decimal(800)), ("b", Decimal(400))]
    text = render(table_of(rows), lang="en", width=100, **screen)
    assert [line.count("#") for line in text.splitlines()[3:]] == [32, 16]
    assert not set(text) & set(BLOCKS + COURSE)


def test_bars_have_a_colour_only_where_there_are_colours() -> None:
    rows = [("甲", Decimal(800))]
    assert re.search("\x1b\\[36m█+", render(table_of([*rows, *rows]), lang="zh", width=100, color=True))
    assert "\x1b" not in render(table_of([*rows, *rows]), lang="zh", width=100)


@settings(max_examples=80, deadline=None)
@example(width=40, ambiguous=1, kind="bars", rows=[("", Decimal(-(10**7))), ("1" * 15, Decimal("0.01"))])
@given(
    width=st.integers(40, 160),
    ambiguous=st.sampled_from([1, 2]),
    kind=st.sampled_from(["bars", "columns", "line"]),
    rows=st.lists(
        st.tuples(st.text("中文ab—…1", max_size=30), st.none() | st.decimals(-(10**9), 10**9, places=2)),
        min_size=2,
        max_size=70,
    ),
)
def test_no_line_is_ever_wider_than_the_terminal(width, ambiguous, kind, rows) -> None:
    for given_rows in (rows, [(f"2026-{at:02d}", row[1]) for at, row in enumerate(rows)]):
        text = render(table_of(given_rows, kind), lang="zh", width=width, ambiguous_width=ambiguous)
        for line in text.splitlines():
            wide = cell_len(line) + (ambiguous - 1) * sum(sign in "—…–█▏" for sign in line)
            assert wide <= width


def test_hostile_names_are_only_shown() -> None:
    for width in (45, 100):
        text = render(made.people(), lang="zh", width=width, color=True)
        assert "\x1b" not in COLOR.sub("", text)
        assert "\u202e" not in text

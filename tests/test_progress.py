"""A long read shows a bar on a terminal; a short one, a script and a finished one show none."""

from __future__ import annotations

from io import StringIO

import pytest

from salesaid import progress
from salesaid.book.reading import Shelf
from salesaid.progress import Bar
from salesaid.settings import Settings


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """Seconds that tests move on by hand."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setenv("TERM", "xterm")
    return now


def test_what_takes_less_than_a_second_shows_nothing(clock):
    terminal = Terminal()
    bar = Bar(terminal, "zh")
    clock[0] += 0.9
    bar("订单.csv", 0.5)
    bar("订单.csv", 1)
    assert terminal.getvalue() == ""


def test_a_long_read_says_what_is_read_and_how_much_of_it(clock):
    terminal = Terminal()
    bar = Bar(terminal, "zh")
    clock[0] += 1.1
    bar("订单\x1b[2J.csv", 0.42)
    assert "正在处理 订单" in terminal.getvalue()
    assert "42%" in terminal.getvalue()
    assert "\x1b[2J" not in terminal.getvalue()


def test_the_line_is_cleared_at_the_end(clock):
    terminal = Terminal()
    bar = Bar(terminal, "en")
    clock[0] += 1.1
    bar("orders.csv", 0.5)
    bar("orders.csv", 1)
    assert terminal.getvalue().rstrip().endswith("\x1b[2K")


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_a_large_file_is_told_of_block_by_block_and_at_its_end(desk, store, monkeypatch):
    monkeypatch.setattr("salesaid.book.reading.KEPT", 0)
    desk.write("salesaid.toml", f'[book]\nlanguage = "zh"\nstore = "{store}"\n')
    for _ in range(3):
        desk.run("stock in --new 线×1")
    told: list[tuple[str, float]] = []
    shelf = Shelf(desk.folder, Settings(), watch=lambda file, share: told.append((file, share)))
    assert sum(len(numbers) for numbers, _ in shelf.blocks("stock_moves")) == 3
    shelf.close()
    assert [file for file, _ in told] == [f"库存变动.{store}"] * 2
    assert 0 < told[0][1] < told[1][1] == 1

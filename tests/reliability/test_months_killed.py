"""A post to two sheets of a workbook, one a month, killed at any step: both have their rows, or neither has."""

from __future__ import annotations

import shutil
import signal
from datetime import date

import pytest
from openpyxl import Workbook

from salesaid.storage import system
from salesaid.storage.temps import START
from tests.desk import Desk
from tests.reliability import stops
from tests.reliability.stops import Case, World

HEADS = ["单号", "日期", "客户", "产品", "数量", "单价", "金额"]
SETTINGS = """[book]
language = "zh"
[ledgers.orders]
file = "销售.xlsx"
sheet = "*月"
ships = "at_once"
"""
NEW = "日期,客户,产品,数量,单价\n2026-11-12,骏业,主板,1,100\n2026-09-12,骏业,主板,3,100"
READS = ("order list", "stock list", "receivable list")
SHARE = 17
WHOLE = [
    ("2026-09-03", 9), ("2026-09-12", 3), ("2026-10-03", 10), ("2026-10-12", 2), ("2026-11-02", 1), ("2026-11-03", 11),
    ("2026-11-12", 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def world(memory):
    """The book, and a trial of the import on a copy of it."""
    folder = memory / "months" / "book"
    folder.mkdir(parents=True)
    desk = Desk(folder, SETTINGS)
    book = Workbook()
    book.remove(book.active)
    for month in (9, 10, 11):
        sheet = book.create_sheet(f"{month}月")
        for row in (HEADS, [f"X{month}", date(2026, month, 3), "骏业", "主板", month, 100, 100 * month]):
            sheet.append(row)
        sheet.append(["合计", None, None, None, month, None, 100 * month])
    book.save(folder / "销售.xlsx")
    desk.write("新单.csv", NEW)
    assert desk.run("order add 骏业 主板×1@100 -d 2026-11-02").code == 0
    trial = folder.with_name("trial")
    shutil.copytree(folder, trial)
    steps: list[str] = []
    system.hook = lambda name, path, size: steps.append(name)
    try:
        assert stops.at(trial).run(words(trial)).code == 0
    finally:
        system.hook = None
    return World(Case("import", "xlsx"), folder, steps, stops.ledgers(folder), stops.ledgers(trial))


def words(folder) -> list[str]:
    return ["import", str(folder / "新单.csv"), "--as", "orders"]


def outs(desk) -> list[str]:
    return [desk.run(each).out for each in READS]


def listed_after(world, place, step: int, *, half: bool) -> list[tuple[str, int]]:
    """What the book lists once it went on and the import was asked for again."""
    seen = [outs(stops.at(world.folder.with_name(name))) for name in ("book", "trial")]
    desk = world.copy(place)
    assert stops.run(desk, words(desk.folder), stops.killer(step, half=half)).code == -signal.SIGKILL
    assert outs(desk) in seen
    assert desk.run("order add 骏业 主板×2@100 -d 2026-10-12").code == 0
    assert not [path.name for path in desk.folder.iterdir() if START in path.name]
    assert outs(desk) == outs(stops.without_index(desk))
    assert desk.run(words(desk.folder)).code == 0  # what was taken back is added, what stands is not added again
    return sorted((row["date"], row["ordered"]) for row in desk.rows("order list"))


def test_a_share_of_the_stops(world, place):
    for step, half in stops.stops(world, every=SHARE):
        assert listed_after(world, place / str(step + half / 2), step, half=half) == WHOLE


@pytest.mark.slow
def test_every_stop(world, place):
    for step, half in stops.stops(world):
        assert listed_after(world, place / str(step + half / 2), step, half=half) == WHOLE
        shutil.rmtree(place)
        place.mkdir()

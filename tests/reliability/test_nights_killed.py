"""A night killed at any step, and run again: the files that it would have written, byte for byte, and no others."""

from __future__ import annotations

import shutil
import signal

import pytest

from salesaid.storage import system
from tests.desk import Desk
from tests.reliability import stops

BOOK = """
客户.csv
客户,业务员,付款条件
骏业,王磊,30天

订单.csv
单号,日期,类型,客户,产品,数量,单价,交期,评审人
SO20261101-001,2026-11-01,下单,骏业,主板,10,6,2026-11-20,赵
"""
LINE = "nightly --out {} --period 2026-11-24"
SHARE = 9  # of the stops every ninth is tried in the ordinary run


def desk_in(folder):
    folder.mkdir()
    desk = Desk(folder)
    desk.lay_out(BOOK)
    return desk


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def night(memory):
    """A book, what the night before left, the steps of a night and what it writes."""
    place = memory / "nights"
    place.mkdir()
    desk = desk_in(place / "book")
    before, out = place / "before", place / "out"
    assert desk.run(["nightly", "--out", str(before), "--period", "2026-11-23"]).code == 0
    shutil.copytree(before, out)
    steps = []
    system.hook = lambda name, path, size: steps.append(name)
    try:
        done = desk.run(LINE.format(out))
    finally:
        system.hook = None
    assert done.code == 0, done.err
    yield desk, before, steps, tree(out)
    shutil.rmtree(place)


def places(steps):
    """(step, half-way) of every place at which something has changed."""
    return [
        (step, half)
        for step, name in enumerate(steps)
        if name in stops.CHANGING
        for half in ((False, True) if name == "write" else (False,))
    ]


def assert_holds(night, place, step, *, half):
    desk, before, _, wanted = night
    out = place / f"out{step}{half}"
    shutil.copytree(before, out)
    assert stops.run(desk, LINE.format(out), stops.killer(step, half=half)).code == -signal.SIGKILL
    whole = {name: text for name, text in tree(out).items() if stops.START not in name}
    assert whole.items() <= wanted.items(), "a file appeared that is not whole"
    again = stops.run(desk, LINE.format(out))
    assert again.code == 0, again.err
    assert tree(out) == wanted
    shutil.rmtree(out)


def test_a_share_of_the_stops(night, place):
    tried = places(night[2])[::SHARE]
    assert len(tried) > 5
    for step, half in tried:
        assert_holds(night, place, step, half=half)


@pytest.mark.slow
def test_every_stop(night, place):
    tried = places(night[2])
    assert tried
    for step, half in tried:
        assert_holds(night, place, step, half=half)


def test_a_full_disk_is_trouble_and_the_next_run_makes_it_good(night, place):
    desk, before, steps, wanted = night
    writes = [step for step, name in enumerate(steps) if name == "write"]
    for step in writes[:: max(1, len(writes) // 4)]:
        out = place / f"full{step}"
        shutil.copytree(before, out)
        failed = stops.run(desk, LINE.format(out), stops.failing(step, 28))
        assert failed.code == 3, failed
        assert not stops.stray(out)
        assert stops.run(desk, LINE.format(out)).code == 0
        assert tree(out) == wanted

"""An import killed at any step, or met by a full disk: all of its rows come in or none, and once when run again."""

from __future__ import annotations

import errno
import shutil
import signal

import pytest

from salesaid.storage import csv_store, system
from tests.reliability import stops
from tests.reliability.stops import CHANGING, Case

ROWS = "日期,客户,产品,数量\n2026-11-01,骏业,A-1,5\n2026-11-02,新客户,新货,6\n2026-11-03,骏业,B-2,7\n"
NEXT = "product set A-1 --price 131"
SHARE = 6


@pytest.fixture(params=["in the journal", "as a whole file"])
def world(request, place, monkeypatch):
    """A book, the command, its steps, and the ledgers before and after it."""
    if request.param == "as a whole file":
        monkeypatch.setattr(csv_store, "INLINE", 10)
    stops.made(Case("void", "csv"), place / "book")
    (place / "表.csv").write_text(ROWS, encoding="utf-8")
    words = f"import {place / '表.csv'} --as orders --new"
    shutil.copytree(place / "book", place / "trial")
    steps: list[str] = []
    system.hook = lambda name, path, size: steps.append(name)
    try:
        assert stops.at(place / "trial").run(words).code == 0
    finally:
        system.hook = None
    return place, words, steps, stops.ledgers(place / "book"), stops.ledgers(place / "trial")


def rows(files):
    return {name: data.count(b"\n") for name, data in files.items() if name.endswith(".csv")}


def whole_or_not(desk, before, after):
    """What the next writer leaves is all of the import or none of it."""
    assert desk.run(NEXT).code == 0
    found = stops.ledgers(desk.folder)
    assert not [name for name in found if name.startswith(stops.START)]
    assert rows(found) in (rows(before), rows(after))
    return rows(found) == rows(after)


def test_an_import_that_is_killed_is_there_or_not_and_comes_in_once(world):
    place, words, steps, before, after = world
    changing = [step for step, name in enumerate(steps) if name in CHANGING]
    seen = set()
    for step in {*changing[::SHARE], *changing[-8:]}:
        shutil.copytree(place / "book", place / "copy")
        desk = stops.at(place / "copy")
        assert stops.run(desk, words, stops.killer(step, half=step % 2 == 0)).code == -signal.SIGKILL
        seen.add(whole_or_not(desk, before, after))
        assert desk.run(words).code == 0
        assert rows(stops.ledgers(desk.folder)) == rows(after)
        shutil.rmtree(place / "copy")
    assert seen == {False, True}


def test_a_full_disk_leaves_the_book_as_it_was(world):
    place, words, steps, before, after = world
    writes = [step for step, name in enumerate(steps) if name in {"write", "open", "replace"}]
    for step in writes[::SHARE]:
        shutil.copytree(place / "book", place / "copy")
        desk = stops.at(place / "copy")
        ran = stops.run(desk, words, stops.failing(step, errno.ENOSPC))
        if ran.code:
            assert ran.code == 3, ran
            assert rows(stops.ledgers(desk.folder)) == rows(before)
        whole_or_not(desk, before, after)
        shutil.rmtree(place / "copy")

"""A system call that fails under a command: one sentence that names the file, the ledgers as they were, nothing left.

Only a sync that failed leaves it open whether the rows are there; the next writing command settles that.
"""

from __future__ import annotations

import errno
import shutil

import pytest

from tests.reliability import stops
from tests.reliability.stops import COMMANDS, ERRORS, NEXT, SYNCS, Case

CASES = [Case(name, store) for name in COMMANDS for store in ("csv", "xlsx")]
SHARE = 250  # of all calls and errors of a case, every 250th is tried in the ordinary run


def named(case: Case) -> str:
    return f"{case.name} {case.store}"


def param(case: Case):
    """Workbooks take their time: two commands on them are always tried, the others with what is slow."""
    is_quick = case.store == "csv" or case.name in {"order add --ship", "undo"}
    return pytest.param(case, id=named(case), marks=() if is_quick else pytest.mark.slow)


@pytest.fixture(scope="module", params=[param(case) for case in CASES])
def world(request, memory):
    place = memory / f"failing {named(request.param)}"
    place.mkdir()
    return stops.world_of(request.param, place / "book")


def calls(world):
    """(step, error, for good) of every call that can fail."""
    return [
        (step, number, for_good) for step in range(len(world.steps)) for number in ERRORS for for_good in (False, True)
    ]


def code_told_truly(world, place, step: int, number: int, *, for_good: bool) -> int:
    """The exit code of a command with a failing call, which said what then stands in the ledgers."""
    desk = world.copy(place)
    ran = stops.run(desk, world.case.words, stops.failing(step, number, for_good=for_good))
    assert ran.code in (0, 3), ran
    held = stops.ledgers(desk.folder)
    if ran.code == 0:
        assert held == world.after
    else:
        assert_one_sentence(ran, desk)
        is_open = "不能算已记上" in ran.err
        assert is_open or without_temps(held, for_good=for_good) == world.before
        assert not is_open or for_good or world.steps[step] in SYNCS
    assert_settled_by_the_next(desk)
    return ran.code


def without_temps(held, *, for_good: bool):
    """Where removing keeps failing, temporary files stay until the next command."""
    return {name: content for name, content in held.items() if not (for_good and name.startswith(stops.START))}


def assert_one_sentence(ran, desk) -> None:
    assert ran.out == ""
    told = [line for line in ran.err.splitlines() if line.startswith("错误：")]
    assert len(told) == 1
    assert str(desk.folder) in told[0]


def assert_settled_by_the_next(desk) -> None:
    was_pending, given = stops.is_pending(desk), stops.numbers(desk)
    answer = desk.run(NEXT)
    assert answer.code == 0, answer
    assert ("中断" in answer.err) == was_pending
    assert set(stops.numbers(desk)) > set(given)
    assert not stops.stray(desk.folder)
    assert stops.outs(desk) == stops.outs(stops.without_index(desk))


def test_a_share_of_all_failing_calls(world, place):
    codes = [
        code_told_truly(world, place / f"{step} {number} {for_good}", step, number, for_good=for_good)
        for step, number, for_good in calls(world)[CASES.index(world.case) :: SHARE]
    ]
    assert codes
    assert set(codes) <= {0, 3}


@pytest.mark.slow
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_every_failing_call(world, place, number):
    codes = set()
    for step, each, for_good in calls(world):
        if each == number:
            codes.add(code_told_truly(world, place / "book", step, number, for_good=for_good))
            shutil.rmtree(place)
            place.mkdir()
    assert codes == {0, 3}

"""A command killed at any step: readers answer as if it had been finished or had never been, the next writer settles.

The book has seven ledgers, two orders and a shipment; the commands write one ledger or two, add rows or change them.
"""

from __future__ import annotations

import shutil
import signal

import pytest

from salesaid.storage.receipts import receipts
from tests.reliability import stops
from tests.reliability.stops import COMMANDS, NEXT, READS, Case, World

CASES = [Case(name, store) for name in COMMANDS for store in ("csv", "xlsx")]
CASES += [Case("order add --ship", store, is_new=True) for store in ("csv", "xlsx")]
SHARE = 35  # of the stops of a case, every 35th is tried in the ordinary run


def named(case: Case) -> str:
    return f"{case.name} {case.store}{' new' if case.is_new else ''}"


def param(case: Case):
    """Workbooks take their time: two commands on them are always tried, the others with what is slow."""
    is_quick = case.store == "csv" or case.name in {"order add --ship", "undo"}
    return pytest.param(case, id=named(case), marks=() if is_quick else pytest.mark.slow)


@pytest.fixture(scope="module", params=[param(case) for case in CASES])
def world(request, memory):
    place = memory / named(request.param)
    place.mkdir(exist_ok=True)
    return stops.world_of(request.param, place / "book")


@pytest.fixture(scope="module")
def seen(world):
    """What readers answer before the command and after it."""
    return [stops.outs(stops.at(world.folder.with_name(name))) for name in ("book", "trial")]


def killed(world: World, place, step: int, *, half: bool):
    desk = world.copy(place)
    assert stops.run(desk, world.case.words, stops.killer(step, half=half)).code == -signal.SIGKILL
    return desk


def state_read(desk, seen) -> int:
    """What readers answered: all or nothing, said so where a post is unfinished, and nothing of the book is changed."""
    before = stops.tree(desk.folder)
    answered = [desk.run(words) for words in READS]
    assert stops.tree(desk.folder) == before
    assert [answer.code for answer in answered] == [0] * len(READS)
    assert [bool(answer.err) for answer in answered[:-1]] == [stops.is_pending(desk)] * (len(READS) - 1)
    return seen.index([answer.out for answer in answered[:-1]])


def assert_next_command_settles(desk) -> None:
    was_pending, given = stops.is_pending(desk), stops.numbers(desk)
    answer = desk.run(f"{NEXT} --format json")
    settled = [note for note in desk_notes(answer) if note["code"] == "settled"]
    assert answer.code == 0, answer
    assert len(settled) == was_pending
    assert set(stops.numbers(desk)) > set(given)
    assert not stops.stray(desk.folder)
    assert stops.outs(desk) == stops.outs(stops.without_index(desk))


def desk_notes(answer):
    import json

    return json.loads(answer.out)["data"]["notes"]


def assert_a_repeated_request_is_done_once(world, desk) -> None:
    first, second = (stops.run(desk, world.case.words) for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert stops.ledgers(desk.folder) == world.after
    done = [receipt.facts.get("request_id") for receipt in receipts(desk.folder) if receipt.state == "done"]
    assert done.count("每日-1") == 1
    assert second.out.splitlines()[-1] in first.out  # the same receipt


def state_left(world, seen, place, step: int, *, half: bool) -> int:
    """0: nothing of the command is there, 1: all of it; and the next command and a repeated one go on from it."""
    desk = killed(world, place / "then another", step, half=half)
    state = state_read(desk, seen)
    assert_next_command_settles(desk)
    if world.case.name != "undo":
        assert_a_repeated_request_is_done_once(world, killed(world, place / "again", step, half=half))
    return state


def test_a_share_of_the_stops_of_every_command(world, seen, place):
    left = {
        state_left(world, seen, place / str(step + half / 2), step, half=half)
        for step, half in stops.stops(world, every=SHARE, first=CASES.index(world.case))
    }
    assert left
    assert left <= {0, 1}


@pytest.mark.slow
def test_every_stop_of_every_command(world, seen, place):
    left = set()
    for step, half in stops.stops(world):
        left.add(state_left(world, seen, place / str(step + half / 2), step, half=half))
        shutil.rmtree(place)
        place.mkdir()
    assert left == {0, 1}

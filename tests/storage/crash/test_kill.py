"""A command killed at any step, and half-way through any write, has recorded everything or nothing."""

from __future__ import annotations

import os
import signal

import pytest

LOOKING = {"stat", "fstat", "read", "list", "resolve", "seek", "flock"}


def killer(step: int, *, half: bool = False):
    """Ends the process at the step; half: lets half of that write through first."""
    count = -1

    def hook(name, path, size):
        nonlocal count
        count += 1
        if half and count == step and name == "write" and size > 1:
            return size // 2
        if count >= step:
            os.kill(os.getpid(), signal.SIGKILL)
        return None

    return hook


def places(world, names) -> list[int]:
    """The steps of these names; there is always one."""
    found = [step for step, name in enumerate(world.steps) if name in names]
    assert found, names
    return found


def test_a_command_killed_before_any_changing_step_leaves_all_or_none(world, crash, place):
    for step in places(world, set(world.steps) - LOOKING):
        book = world.copy(place / str(step))
        assert crash.run(book, world.case, killer(step)) == -signal.SIGKILL
        assert crash.settled(world, book) in (world.before, world.after)


def test_a_command_killed_half_way_through_a_write_leaves_all_or_none(world, crash, place):
    for step in places(world, {"write"}):
        book = world.copy(place / str(step))
        assert crash.run(book, world.case, killer(step, half=True)) == -signal.SIGKILL
        assert crash.settled(world, book) in (world.before, world.after)


def test_a_command_killed_at_its_first_and_last_step_shows_both_states(world, crash, place):
    first, last = world.copy(place / "first"), world.copy(place / "last")
    crash.run(first, world.case, killer(places(world, {"write"})[0]))
    crash.run(last, world.case, killer(places(world, {"fdatasync"})[-1]))
    assert crash.settled(world, first) == world.before
    assert crash.settled(world, last) == world.after


def test_killed_again_while_settling_it_still_leaves_all_or_none(world, crash, place):
    killed = places(world, {"fdatasync"})[-2:]
    for step in killed:
        for again in (14, 20, 26, 34):
            book = world.copy(place / f"{step}-{again}")
            assert crash.run(book, world.case, killer(step)) == -signal.SIGKILL
            crash.run(book, world.case, killer(again))
            assert crash.settled(world, book) in (world.before, world.after)


@pytest.mark.slow
def test_killed_at_every_step_and_at_every_step_of_settling(world, crash, place):
    for step in range(len(world.steps)):
        for again in range(12 + step % 3, 60, 3):
            book = world.copy(place / f"{step}-{again}")
            assert crash.run(book, world.case, killer(step, half=again % 2 == 0)) == -signal.SIGKILL
            crash.run(book, world.case, killer(again, half=again % 3 == 0))
            assert crash.settled(world, book) in (world.before, world.after)

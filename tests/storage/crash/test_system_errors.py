"""A system call that fails, once or from then on, makes the command fail with a sentence and change nothing."""

from __future__ import annotations

import errno
import os

import pytest

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EROFS, errno.EINTR)


def failing(step: int, number: int, *, for_good: bool):
    """The step raises the error; for good: and so does every later one of its kind."""
    count = -1
    kind = None

    def hook(name, path, size):
        nonlocal count, kind
        count += 1
        if count == step:
            kind = name
        if count == step or (for_good and name == kind):
            raise OSError(number, os.strerror(number))

    return hook


def code_told_truly(world, crash, book, step, number, *, for_good):
    """The exit code: it says what the ledgers hold at once, where undoing was possible at all."""
    code = crash.run(book, world.case, failing(step, number, for_good=for_good))
    assert code in (crash.OK, crash.REFUSED, crash.UNCERTAIN)
    if world.steps[step] in ("fdatasync", "fsync_dir"):
        assert code == crash.UNCERTAIN
    if code == crash.OK:
        assert crash.ledgers_of(book) == world.after
    if code == crash.REFUSED:
        assert crash.ledgers_of(book) == world.before
        if not for_good:
            assert crash.files_of(book) == world.before
    if code == crash.UNCERTAIN:
        assert for_good or world.steps[step] in ("fdatasync", "fsync_dir")
    return code


def test_any_failing_call_changes_nothing_or_says_it_is_uncertain(world, crash, place):
    codes = set()
    for step in range(len(world.case.plan) % 2, len(world.steps), 2):
        book = world.copy(place / str(step))
        codes.add(code_told_truly(world, crash, book, step, ERRORS[step % len(ERRORS)], for_good=step % 4 < 2))
        assert crash.settled(world, book) in (world.before, world.after)
    assert codes >= {crash.REFUSED, crash.UNCERTAIN}


@pytest.mark.slow
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_every_call_with_every_error(world, crash, place, number, for_good):
    codes = set()
    for step in range(len(world.steps)):
        book = world.copy(place / str(step))
        codes.add(code_told_truly(world, crash, book, step, number, for_good=for_good))
        assert crash.settled(world, book) in (world.before, world.after)
    assert codes >= {crash.REFUSED, crash.UNCERTAIN}


def test_writes_of_one_byte_at_a_time_record_everything(world, crash, place):
    book = world.copy(place / "book")
    assert crash.run(book, world.case, lambda name, path, size: 1 if name == "write" else None) == crash.OK
    assert crash.files_of(book) == world.after


def test_a_failed_sync_is_never_repeated_by_the_same_command(world, crash, place):
    for step in (place for place, name in enumerate(world.steps) if name in ("fdatasync", "fsync_dir")):
        book, notes = world.copy(place / str(step)), place / f"notes {step}"
        fail = failing(step, errno.EIO, for_good=False)

        def hook(name, path, size, fail=fail, notes=notes):
            with notes.open("a") as file:
                file.write(f"{name} {path}\n")
            fail(name, path, size)

        assert crash.run(book, world.case, hook) == crash.UNCERTAIN
        done = notes.read_text().splitlines()
        assert done[step] not in done[step + 1 :]

"""A check in two processes says what it says in one; whatever becomes of the second, nothing is lost or left behind."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from salesaid import checks
from salesaid.book import Book, checking, side_by_side
from salesaid.book.side_by_side import Beside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is only copied on Linux")
SAMPLE = Path(__file__).parents[2] / "data"


def children():
    """Whether this process has any."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_the_answer_comes_back_whole():
    long = ["铜带 H65 0.3"] * 200_000  # more than a pipe holds
    with Beside(lambda: (os.getpid(), long)) as beside:
        found = beside.answer()
    assert found is not None
    pid, texts = found
    assert texts == long
    assert pid != os.getpid()
    assert not children()


@pytest.mark.parametrize("end", [lambda: 1 / 0, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: lambda: 0])
def test_a_job_that_fails_is_killed_or_cannot_be_handed_over_has_no_answer(end, capfd):
    with Beside(end) as beside:
        assert beside.answer() is None
    assert not children()
    assert capfd.readouterr() == ("", "")


def test_the_copy_does_not_outlive_trouble_in_our_own_half():
    with pytest.raises(KeyboardInterrupt), Beside(signal.pause):
        raise KeyboardInterrupt
    assert not children()


def test_the_copy_ends_where_the_process_that_asked_was_killed():
    ended, copies_end = os.pipe()  # at its end once nobody holds the other end any more

    def more_than_a_pipe_holds():
        signal.alarm(30)  # should it not end
        return b"x" * (1 << 20)

    asking = os.fork()
    if not asking:
        os.close(ended)
        Beside(more_than_a_pipe_holds)
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(copies_end)
    os.waitpid(asking, 0)
    assert select.select([ended], [], [], 20)[0]
    assert os.read(ended, 1) == b""
    os.close(ended)


def test_what_is_written_here_and_not_flushed_is_written_once(tmp_path):
    with (tmp_path / "page").open("w", encoding="utf-8") as page:
        page.write("line")
        with Beside(lambda: 1) as beside:
            assert beside.answer() == 1
    assert (tmp_path / "page").read_text("utf-8") == "line"


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The sample book, as long as if it were a long one."""
    shutil.copytree(SAMPLE, tmp_path / "book")
    monkeypatch.setattr(checking, "_LONG", 0)
    monkeypatch.setattr(side_by_side, "has_room", lambda: True)
    return tmp_path / "book"


def checked(folder):
    """The findings, and what is said of the files behind them."""
    with closing(Book(folder, date(2026, 11, 23), "zh", "me")) as opened:
        return checking.run(opened, checks.every()), opened.left_out(), opened.said


def test_two_halves_find_what_one_process_finds(book, monkeypatch):
    copies = []
    monkeypatch.setattr(side_by_side, "Beside", lambda job: copies.append(job) or Beside(job))
    halves = checked(book)
    monkeypatch.setattr(side_by_side, "has_room", lambda: False)
    assert halves == checked(book)
    assert {finding.code[0] for finding in halves[0].findings} >= set("AKLMNOP")
    assert len(copies) == 1


def test_a_half_that_is_lost_is_asked_again_here(book, monkeypatch):
    whole = checked(book)
    monkeypatch.setattr(Beside, "answer", lambda _: None)
    assert checked(book) == whole


def test_trouble_in_the_other_half_is_told_as_ever(book):
    (book / "采购.csv").write_bytes(b"\xff\xfe\x00\xd8broken")
    with pytest.raises(Exception, match="采购"):
        checked(book)
    assert not children()

"""A reading command opens no file of the book for writing, makes none, and speaks to no network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.reliability import stops

READS = ("order list", "order show 1120-1", "stock list", "stock check", "product list", "customer show 骏业", "log")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
PROGRAM = """
import io, os, sys
from salesaid import cli
around = dict(os.environ, SALESAID_TODAY="2026-11-23", SALESAID_LANG="zh")
for words in sys.argv[1:]:
    out, err = io.StringIO(), io.StringIO()
    code = cli.main(words.split(), around, io.StringIO(), out, err)
    assert code in (0, 1), (words, out.getvalue(), err.getvalue())
"""


@pytest.fixture
def traced(tmp_path):
    """The system calls of commands on a book, as strace tells them."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")

    def trace(desk, *words: str) -> list[str]:
        log = tmp_path / "trace"
        calls = "trace=open,openat,creat,socket,connect,unlink,unlinkat,rename,renameat2,mkdir,ftruncate"
        done = subprocess.run(
            ["strace", "-f", "-o", str(log), "-e", calls, sys.executable, "-c", PROGRAM, *words],
            env={**os.environ, "SALESAID_BOOK": str(desk.folder), "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        if "ptrace" in done.stderr:
            pytest.skip("nothing may be traced here")
        assert done.returncode == 0, done.stderr
        return log.read_text(errors="replace").splitlines()

    return trace


def written(calls, folder) -> list[str]:
    inside = [call for call in calls if str(folder) in call and "ENOENT" not in call]
    return [call for call in inside if WRITING.search(call) or not re.search(r"\bopen(at)?\(", call)]


def sockets(calls) -> list[str]:
    return [call for call in calls if "AF_INET" in call]


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_reading_commands_write_nothing(place, traced, store):
    desk = stops.made(stops.Case("undo", store), place / "book")
    calls = traced(desk, *READS)
    assert any(str(desk.folder) in call for call in calls)
    assert written(calls, desk.folder) == []
    assert sockets(calls) == []


def test_neither_with_an_unfinished_post_nor_without_an_index(place, traced):
    world = stops.world_of(stops.Case("order add --ship", "csv"), place / "book")
    step = [step for step, name in enumerate(world.steps) if name == "fdatasync"][1]
    desk = world.copy(place / "stopped")
    stops.run(desk, world.case.words, stops.killer(step))
    assert stops.is_pending(desk)
    shutil.rmtree(desk.folder / ".salesaid" / "index", ignore_errors=True)
    assert written(traced(desk, *READS), desk.folder) == []


def test_a_writing_command_is_seen_to_write(place, traced):
    desk = stops.made(stops.Case("void", "csv"), place / "book")
    assert written(traced(desk, "stock in -i A-1×5"), desk.folder)

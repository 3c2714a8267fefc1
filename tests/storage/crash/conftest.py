"""Commands that are stopped at a step, and what must hold afterwards whatever the step was."""

from __future__ import annotations

import os
import shutil
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from salesaid.core.errors import SalesaidError
from salesaid.storage import system
from salesaid.storage.contract import Change, Splice, Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.post import Desk, open_desk
from salesaid.storage.receipts import find_request, receipts
from salesaid.storage.recovery import unfinished
from salesaid.storage.temps import START
from salesaid.storage.trouble import NotRecorded

REQUEST = "每日导入-2026-11-22"
FACTS = {"request_id": REQUEST, "command": "salesaid order add 骏业 BVM7-710×10"}
OK, REFUSED, UNCERTAIN, BUG = 0, 3, 4, 70

Files = dict[str, bytes]
Plan = Callable[[Path], list[Change]]


def noon() -> datetime:
    return datetime(2026, 11, 22, 4, tzinfo=UTC)


def append(path: Path, rows: bytes) -> Splice:
    facts = path.stat()
    return Splice(path, facts.st_size, b"", rows, stamp_of(facts))


def swap(path: Path, content: bytes) -> Swap:
    return Swap(path, content, stamp_of(path.stat()))


PLANS: dict[str, Plan] = {
    "create": lambda book: [Splice(book / "新.csv", 0, b"", "订单号\r\nSO1\r\n".encode(), None)],
    "append": lambda book: [append(book / "a.csv", "2026-11-22,骏业,BVM7-710,10\r\n".encode())],
    "append to two": lambda book: [append(book / "a.csv", b"a2\n"), append(book / "b.csv", b"b2\n")],
    "swap": lambda book: [swap(book / "c.xlsx", b"PK new" * 900)],
    "append, swap and create": lambda book: [
        append(book / "a.csv", b"a2\n"),
        swap(book / "c.xlsx", b"PK new" * 900),
        Splice(book / "新.csv", 0, b"", b"h\r\n1\r\n", None),
    ],
    "create by swap": lambda book: [Swap(book / "d.xlsx", b"PK made" * 500, None)],
    "cut and add": lambda book: [Splice(book / "a.csv", 2, b"a1\n", b"A1\n", stamp_of((book / "a.csv").stat()))],
    "swap, create by swap and append": lambda book: [
        swap(book / "c.xlsx", b"PK other" * 90),
        Swap(book / "d.xlsx", b"PK made" * 50, None),
        append(book / "b.csv", b"b2\n"),
    ],
}


class Case(NamedTuple):
    """A command: the plan itself, the undo of it, or the undo of that."""

    plan: str
    turn: str

    def act(self, desk: Desk) -> None:
        """What a command does at the desk: a request that was fulfilled is not fulfilled again."""
        if find_request(desk.folder, REQUEST):
            return
        if self.turn == "do":
            desk.post(PLANS[self.plan](desk.folder), FACTS)
        else:
            desk.undo(FACTS)


CASES = [Case(plan, turn) for plan in PLANS for turn in ("do", "undo", "redo")]
QUICK = [Case(plan, turn) for plan in list(PLANS)[:5] for turn in ("do", "undo")]


class World(NamedTuple):
    """A book before the command, and what its ledgers hold before and after it."""

    case: Case
    book: Path
    before: Files
    after: Files
    steps: list[str]

    def copy(self, place: Path) -> Path:
        """A book of one's own to crash in."""
        return Path(shutil.copytree(self.book, place))


def files_of(book: Path) -> Files:
    """The ledgers and whatever else lies in the book."""
    return {path.name: path.read_bytes() for path in book.iterdir() if path.is_file()}


def ledgers_of(book: Path) -> Files:
    return {name: content for name, content in files_of(book).items() if not name.startswith(START)}


def seen_by_readers(book: Path) -> Files:
    """The ledgers as a reading command has to show them."""
    files = ledgers_of(book)
    found = unfinished(book)
    for path, view in found.views.items() if found else ():
        if view.absent:
            del files[path.name]
        else:
            files[path.name] = (view.instead or path).read_bytes()[: view.limit]
    return files


def run(book: Path, case: Case, hook: system.Hook | None) -> int:
    """The command in a process of its own: its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = BUG
    try:
        system.hook = hook
        with open_desk(book, noon, wait=0.02) as desk:
            case.act(desk)
        if hook:
            hook("acknowledged", "", 0)
        code = OK
    except NotRecorded:
        code = UNCERTAIN
    except SalesaidError:
        code = REFUSED
    except BaseException:  # noqa: BLE001  (a forked child must not return into the test)
        traceback.print_exc()
    finally:
        os._exit(code)


def retry(book: Path, case: Case) -> None:
    """The same command typed again, as cron would."""
    with open_desk(book, noon) as desk:
        case.act(desk)


def settled(world: World, book: Path) -> Files:
    """What a stopped command left: one of the two states, whole, to readers, the next writer, a repetition, an undo."""
    seen = seen_by_readers(book)
    assert seen in (world.before, world.after)
    with open_desk(book, noon) as desk:
        assert all(found.outcome != "left alone" for found in desk.settled)
    assert files_of(book) == seen  # as readers saw it, and no temp file is left
    assert bool(find_request(book, REQUEST)) == (seen == world.after)
    for _ in range(2):
        retry(book, world.case)
        assert files_of(book) == world.after
    numbers = [receipt.seq for receipt in receipts(book)]
    assert numbers == sorted(set(numbers), reverse=True)
    with open_desk(book, noon) as desk:
        desk.undo({})
    assert files_of(book) == world.before
    return seen


def _world(case: Case, book: Path) -> World:
    book.mkdir()
    for name, content in (("a.csv", b"h\na1\n"), ("b.csv", b"h\nb1\n"), ("c.xlsx", b"PK old" * 800)):
        (book / name).write_bytes(content)
    with open_desk(book, noon) as desk:
        if case.turn != "do":
            desk.post(PLANS[case.plan](book), {})
        if case.turn == "redo":
            desk.undo({})
    if case.turn == "do":
        shutil.rmtree(book / ".salesaid")  # the very first post is the hardest
    steps: list[str] = []
    trial = Path(shutil.copytree(book, book.with_name("trial")))
    system.hook = lambda name, path, size: steps.append(name)
    try:
        with open_desk(trial, noon) as desk:
            case.act(desk)
    finally:
        system.hook = None
    return World(case, book, files_of(book), files_of(trial), steps)


def _param(case: Case):
    marks = () if case in QUICK else pytest.mark.slow
    return pytest.param(case, id=f"{case.turn} {case.plan}", marks=marks)


def _memory_folder() -> str | None:
    """A kill does not ask what a sync means, so these books may lie in memory."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@pytest.fixture(scope="session", params=[_param(case) for case in CASES])
def world(request):
    with TemporaryDirectory(dir=_memory_folder()) as place:
        yield _world(request.param, Path(place) / "book")


@pytest.fixture
def place():
    with TemporaryDirectory(dir=_memory_folder()) as place:
        yield Path(place)


class Crash(NamedTuple):
    """What the tests of this folder share; a fixture, since they import nothing of each other."""

    run = staticmethod(run)
    settled = staticmethod(settled)
    ledgers_of = staticmethod(ledgers_of)
    files_of = staticmethod(files_of)
    OK, REFUSED, UNCERTAIN, BUG = OK, REFUSED, UNCERTAIN, BUG


@pytest.fixture(scope="session")
def crash() -> Crash:
    return Crash()

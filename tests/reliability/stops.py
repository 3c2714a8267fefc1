"""Commands stopped at a step of the write path, and what must hold afterwards whatever the step was."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from salesaid.storage import system
from salesaid.storage.temps import START
from tests.desk import Answer, Desk

CHANGING = {"open", "write", "fdatasync", "fsync_dir", "truncate", "unlink", "mkdir", "link", "replace", "attributes"}
SYNCS = {"fdatasync", "fsync_dir"}
PRODUCTS = "产品,型号,单位,单价,最低库存\nA-1,,个,120,1\nB-2,,个,80,1\n电源线,,条,9,1"
ALIASES = "种类,写法,对应名称,判定\n产品,甲一,A-1,同一"
CUSTOMERS = "客户,全称\n骏业,东莞骏业\n万安达,北京万安达"
ORDERS = """单号,日期,类型,客户,产品,数量,单位,单价,金额,备注
SO20261120-001,2026-11-20,下单,骏业,A-1,3,个,120,360,
SO20261120-002,2026-11-20,下单,骏业,电源线 1.5,2,条,9,18,"""
SHIPMENTS = "单号,日期,类型,订单号,客户,产品,数量,单位\nSH20261120-001,2026-11-20,发货,SO20261120-001,骏业,A-1,1,个"
MOVES = "单号,日期,类型,产品,数量,单位,仓库\nST20261101-001,2026-11-01,期初,A-1,50,个,主仓"
COUNTS = "单号,日期,产品,单位,仓库,实盘数量\nCT20261102-001,2026-11-02,B-2,个,主仓,7"
LEDGERS = {
    "产品": PRODUCTS, "名称对照": ALIASES, "客户": CUSTOMERS, "订单": ORDERS, "出货": SHIPMENTS, "库存变动": MOVES,
    "盘点": COUNTS,
}  # fmt: skip

SAYS = "order list --limit 99"
READS = (SAYS, "stock list --by-warehouse", "product list", "log")
NEXT = "order add 万安达 A-1×1"

COMMANDS = {
    "order add --ship": "order add 骏业 A-1×2@119 B-2×1 --ship",
    "stock count": 'stock count -i "B-2=5" -i "A-1=40"',
    "product set": "product set A-1 --price 130",
    "name same": 'name same "电源线 1.5" 电源线 --kind product',
    "void": "void SO20261120-002 --why 下错",
    "undo": "undo",
}


class Case(NamedTuple):
    """A command line over a book of CSV files or of workbooks; `new`: the book has no journals yet."""

    name: str
    store: str
    is_new: bool = False

    @property
    def words(self) -> str:
        """The command, under a request id where it takes one."""
        line = COMMANDS[self.name]
        return line if self.name == "undo" else f"{line} --request-id 每日-1"


class Ran(NamedTuple):
    """How a stopped command ended: its code, or minus the signal; what it said."""

    code: int
    out: str
    err: str


class World(NamedTuple):
    """A book before a command, the steps that the command takes, and its ledgers before and after it."""

    case: Case
    folder: Path
    steps: list[str]
    before: dict[str, bytes]
    after: dict[str, bytes]

    def copy(self, place: Path) -> Desk:
        """A book of one's own to be stopped in."""
        shutil.copytree(self.folder, place)
        return at(place)


def at(folder: Path) -> Desk:
    """The desk of a book that is there already."""
    desk = Desk.__new__(Desk)
    desk.folder, desk.today, desk.user = folder, "2026-11-23", "小郑"
    return desk


def made(case: Case, folder: Path) -> Desk:
    """A book with registers, and journals unless it is to be new."""
    folder.mkdir()
    desk = Desk(folder, f'[book]\nlanguage = "zh"\nstore = "{case.store}"\n')
    for name, text in LEDGERS.items():
        if not case.is_new or name in {"产品", "客户"}:
            lay_down(desk, name, text, case.store)
    if case.name == "undo":
        assert desk.run("order add 骏业 A-1×1 --ship").code == 0
    return desk


def lay_down(desk: Desk, name: str, text: str, store: str) -> None:
    """One ledger, as a CSV file or as a person's workbook."""
    if store == "csv":
        desk.write(f"{name}.csv", text)
        return
    from openpyxl import Workbook

    book = Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(desk.folder / f"{name}.xlsx")


def world_of(case: Case, folder: Path) -> World:
    """The book, and a trial of the command on a copy of it."""
    made(case, folder)
    trial = folder.with_name("trial")
    shutil.copytree(folder, trial)
    steps: list[str] = []
    system.hook = lambda name, path, size: steps.append(name)
    try:
        ran = at(trial).run(case.words)
    finally:
        system.hook = None
    assert ran.code == 0, ran
    return World(case, folder, steps, ledgers(folder), ledgers(trial))


def ledgers(folder: Path) -> dict[str, bytes]:
    """All files at the top of the book, temporary ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder of the book with its times and bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        facts = path.stat()
        found[str(path)] = (facts.st_mtime_ns, facts.st_ino, b"" if path.is_dir() else path.read_bytes())
    return found


def run(desk: Desk, words: str, hook: system.Hook | None = None) -> Ran:
    """The command in a process of its own, with a hook before every step."""
    told = desk.folder.with_name(f"{desk.folder.name}.told")
    child = os.fork()
    if not child:
        code = 99
        try:
            system.hook = hook
            answer = desk.run(words)
            system.hook = None
            told.write_text(f"{answer.out}\0{answer.err}", encoding="utf-8")
            code = answer.code
        except BaseException:  # noqa: BLE001 - a forked child must not return into the test
            traceback.print_exc()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out, _, err = (told.read_text(encoding="utf-8") if told.exists() else "").partition("\0")
    told.unlink(missing_ok=True)
    return Ran(code, out, err)


def killer(step: int, *, half: bool = False) -> system.Hook:
    """Ends the process at a step; half: once half of that write has gone through."""
    count = -1

    def hook(name: str, path: str, size: int) -> int | None:
        nonlocal count
        count += 1
        if half and count == step and name == "write" and size > 1:
            return size // 2
        if count >= step:
            os.kill(os.getpid(), signal.SIGKILL)
        return None

    return hook


def failing(step: int, number: int, *, for_good: bool = False) -> system.Hook:
    """A step fails with a system error; for good: and so does every later one of its kind."""
    count, kind = -1, None

    def hook(name: str, path: str, size: int) -> None:
        nonlocal count, kind
        count += 1
        kind = name if count == step else kind
        if count == step or (for_good and name == kind):
            raise OSError(number, os.strerror(number))

    return hook


def stops(world: World, *, every: int = 1, first: int = 0) -> Iterator[tuple[int, bool]]:
    """(step, half-way) of every place where a command can be stopped with something changed."""
    places = [
        (step, half)
        for step, name in enumerate(world.steps)
        if name in CHANGING
        for half in ((False, True) if name == "write" else (False,))
    ]
    yield from places[first % every :: every]


def answers(desk: Desk) -> list[Answer]:
    """What reading commands answer, without what is said of an unfinished post."""
    return [desk.run(words) for words in READS]


def outs(desk: Desk) -> list[str]:
    """The answers alone; the log is left out, since it also lists what was removed."""
    return [desk.run(words).out for words in READS[:-1]]


def without_index(desk: Desk) -> Desk:
    """A copy of the book whose answers come from the ledgers alone."""
    copy = desk.folder.with_name(f"{desk.folder.name}.fresh")
    shutil.copytree(desk.folder, copy)
    shutil.rmtree(copy / ".salesaid" / "index", ignore_errors=True)
    return at(copy)


def is_pending(desk: Desk) -> bool:
    """Whether an unfinished post stands in the journal."""
    from salesaid.storage.recovery import unfinished

    return unfinished(desk.folder) is not None


def stray(folder: Path) -> list[str]:
    """Temporary files that were left lying."""
    return [path.name for path in folder.rglob("*") if START in path.name or path.name.endswith(".new")]


def numbers(desk: Desk) -> list[str]:
    """Every order number of the book, one a document."""
    return sorted({row["order_no"] for row in desk.rows(SAYS)})


ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EROFS)

"""doctor: how every file stands; exit 1 where something is wrong, and nothing repaired but an unfinished post."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import time

import pytest

from salesaid.storage import system
from salesaid.storage.index import _seal
from tests.reliability import stops
from tests.reliability.stops import Case

ADD = "order add 骏业 A-1×1@119"


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def model(request, tmp_path_factory):
    return stops.made(Case("void", request.param), tmp_path_factory.mktemp("doctor") / "book")


@pytest.fixture
def desk(model, tmp_path):
    """A book with three posts, and an index that fits."""
    desk = stops.at(shutil.copytree(model.folder, tmp_path / "book"))
    for _ in range(3):
        assert desk.run(ADD).code == 0
    return desk


def examined(desk):
    """The exit code, the rows by ledger, and the notes by code."""
    answer = desk.run("doctor --format json")
    data = desk.json("doctor")["data"]
    rows = {row["ledger"]: row for row in data["rows"]}
    notes: dict[str, list[str]] = {}
    for note in data["notes"]:
        notes.setdefault(note["code"], []).append(note["text"])
    return answer.code, rows, notes


def orders(desk):
    return next(path for path in desk.folder.iterdir() if path.stem == "订单")


def assert_well(desk):
    code, rows, notes = examined(desk)
    assert code == 0, notes
    assert {row["state"] for row in rows.values()} == {"sound"}
    assert set(notes) == {"lock", "index"}


def test_a_sound_book(desk):
    code, rows, notes = examined(desk)
    assert code == 0, notes
    assert len(rows) == len(stops.LEDGERS)
    assert (rows["orders"]["used"], rows["orders"]["set_aside"], rows["orders"]["lost"]) == (5, 0, 0)
    assert rows["orders"]["file"] == orders(desk).name
    assert rows["orders"]["form"] == ("xlsx" if orders(desk).suffix == ".xlsx" else "UTF-8，LF")
    assert notes == {"lock": ["锁：flock，有效"], "index": ["索引：与台账一致"]}


def test_both_languages(desk):
    zh, en = desk.run("doctor").out, desk.run("--lang en doctor").out
    assert "索引：与台账一致" in zh
    assert "index: agrees with the ledgers" in en
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in en.splitlines()[0])


def test_a_sound_book_stays_as_it_is(desk):
    before = stops.tree(desk.folder)
    assert desk.run("doctor").code == 0
    assert stops.tree(desk.folder) == before


def test_what_is_open_and_what_waits(desk):
    path = orders(desk)
    path.with_name(f".~lock.{path.name}#").write_text(",zhao,pc3,23.11.2026 09:10,file:///home/zhao;", "utf-8")
    code, rows, notes = examined(desk)
    assert (code, rows["orders"]["open_in"], rows["orders"]["state"]) == (0, "LibreOffice（zhao）", "sound")
    assert desk.json(ADD)["data"]["queued"]
    code, rows, notes = examined(desk)
    assert (code, rows["orders"]["waiting"], rows["orders"]["used"], rows["orders"]["state"]) == (1, 1, 5, "amiss")
    assert "LibreOffice（zhao）" in notes["queued_post"][0]
    path.with_name(f".~lock.{path.name}#").unlink()
    code, rows, notes = examined(desk)
    assert (code, "在排队，文件已经关闭" in notes["queued_post"][0]) == (1, True)
    assert desk.run("stock in -i A-1×1").code == 0
    assert_well(desk)


def test_an_old_owner_file(desk):
    owner = desk.folder / f"~${orders(desk).name}"
    owner.write_bytes(b"")
    os.utime(owner, (time.time() - 3 * 86400,) * 2)
    code, rows, notes = examined(desk)
    assert (code, rows["orders"]["open_in"]) == (1, None)
    assert "3 天" in notes["stale_owner_file"][0]


def test_what_is_lost_and_changed_until_it_is_healed_or_accepted(desk):
    path = orders(desk)
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path)
        book.active.delete_rows(5)
        book.active.cell(5, 6).value = 9
        book.save(path)
    else:
        lines = desk.lines(path.name)
        lines[5] = lines[5].replace(",1,", ",9,")
        desk.write(path.name, "\n".join([*lines[:4], *lines[5:]]))
    code, rows, notes = examined(desk)
    assert (code, rows["orders"]["lost"], rows["orders"]["changed"]) == (1, 1, 1)
    assert "SO20261123-002" in notes["receipt_lost"][0]
    assert "数量 1 → 9" in notes["receipt_changed"][0]
    assert ("补回" in notes["receipt_lost"][0], "补回" in notes["receipt_changed"][0]) == (True, False)
    assert desk.run("stock in -i A-1×1").code == 0  # the index knows them no more; the receipts do
    assert examined(desk)[0] == 1
    assert desk.run("heal").code == 0
    assert desk.run("heal --accept").code == 0
    assert_well(desk)


def test_a_file_that_cannot_be_read(desk):
    path = orders(desk)
    path.write_bytes(b"\0" * 99)
    code, rows, notes = examined(desk)
    assert (code, rows["orders"]["state"], rows["orders"]["used"]) == (1, "amiss", None)
    assert path.name in notes["unreadable"][0]
    assert rows["products"]["used"] == 3


def test_an_index_that_does_not_agree(desk):
    folder = desk.folder / ".salesaid" / "index"
    with sqlite3.connect(folder / "entries.sqlite") as database:
        database.execute("UPDATE entries SET value = '\"77\"' WHERE section = 'stock.hand'")
    _seal(folder)
    code, _, notes = examined(desk)
    assert code == 1
    assert ".salesaid/index" in notes["index_wrong"][0]
    shutil.rmtree(folder)
    assert examined(desk)[2]["index"] == ["索引：还没有，下一次记账时建立"]


def test_an_index_that_lags_behind_is_no_trouble(desk):
    if orders(desk).suffix == ".csv":
        with orders(desk).open("a", encoding="utf-8") as file:
            file.write("SO1,2026-11-22,下单,骏业,A-1,1,个,1,1,\n")
        code, _, notes = examined(desk)
        assert (code, notes["index"]) == (0, ["索引：台账改过了，下一次记账时更新"])
    desk.today = "2026-11-25"
    assert examined(desk)[0] == 0


def test_an_unfinished_post_is_settled_and_said(desk):
    syncs = []

    def hook(name: str, path: str, size: int) -> None:
        syncs.extend([name] * (name == "fdatasync"))
        if len(syncs) == 2:  # the intent stands, what it intended may
            os.kill(os.getpid(), signal.SIGKILL)

    assert stops.run(desk, ADD, hook).code == -signal.SIGKILL
    assert stops.is_pending(desk)
    answer = desk.run("doctor")
    assert answer.code == 1
    assert "中断" in answer.out
    assert not stops.is_pending(desk)
    assert desk.run("doctor").code == 0


def test_what_lies_about_and_what_is_damaged(desk):
    (desk.folder / ".salesaid-tmp-pc9-1-abc.csv").write_bytes(b"")
    journal = next((desk.folder / ".salesaid" / "journal").iterdir())
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"x" + b"".join(lines[1:]))
    spool = desk.folder / ".salesaid" / "spool"
    spool.mkdir()
    (spool / "Q9.json").write_bytes(b"half a lin")
    code, _, notes = examined(desk)
    assert code == 1
    assert {"leftover", "damaged_journal", "damaged_queue"} <= set(notes)
    assert "1 行" in notes["damaged_journal"][0]


def test_a_lock_that_does_not_work_is_named(desk, monkeypatch):
    from salesaid.storage import health

    monkeypatch.setattr(health.system, "lock", lambda handle: True)
    code, _, notes = examined(desk)
    assert code == 1
    assert "不起作用" in notes["lock_refused"][0]


def test_a_file_system_without_locks_is_named_once(desk):
    def hook(name: str, path: str, size: int) -> None:
        if name == "flock":
            raise OSError(errno.ENOLCK, "no locks")

    system.hook = hook
    try:
        code, rows, notes = examined(desk)
    finally:
        system.hook = None
    assert (code, rows["orders"]["used"]) == (1, 5)
    assert set(notes) == {"lock", "index", "lock_refused"}
    assert "ENOLCK" in notes["lock_refused"][0]

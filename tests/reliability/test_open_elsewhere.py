"""Rows for a ledger that a person has open in a spreadsheet program wait; a stale owner file is only named."""

from __future__ import annotations

import fcntl
import os
import re
import time

import pytest

from salesaid.storage.owners import owner_of
from tests.reliability import stops

ADD = "order add 骏业 A-1×1"
FORMS = (
    "~$订单台账.xlsx", "~$单台账.xlsx", "~$台账.xlsx", ".~订单台账.xlsx", ".~单台账.xlsx", ".~台账.xlsx",
    ".~lock.订单台账.xlsx#",
)  # fmt: skip


@pytest.fixture(scope="module")
def model(memory):
    """A book whose orders lie in a workbook of a longer name."""
    desk = stops.made(stops.Case("undo", "csv", is_new=True)._replace(name="void"), memory / "open elsewhere")
    stops.lay_down(desk, "订单台账", stops.ORDERS, "xlsx")
    with (desk.folder / "salesaid.toml").open("a", encoding="utf-8") as file:
        file.write('[ledgers.orders]\nfile = "订单台账.xlsx"\n')
    return desk


@pytest.fixture
def desk(model, place):
    import shutil

    shutil.copytree(model.folder, place / "book")
    return stops.at(place / "book")


def excel_owner(name: str) -> bytes:
    """What Excel writes: the name in the code page, then in UTF-16."""
    units = name.encode("utf-16-le")
    start = bytes([len(name)]) + name.encode("gbk").ljust(54)
    return start + len(name).to_bytes(2, "little") + units + b" \0" * ((108 - len(units)) // 2)


def waits(answer) -> bool:
    """Its row was put into the queue, and the file that is open is named."""
    return answer.code == 0 and bool(re.search(r"已排队：(订单台账|总账)\.xlsx 正在", answer.err))


def typed_while_held(desk, path, words):
    """The answer to a command while another process holds the file."""
    ready, done = os.pipe(), os.pipe()
    if not (child := os.fork()):
        with path.open("r+b") as held:
            fcntl.lockf(held, fcntl.LOCK_EX)
            os.write(ready[1], b"!")
            os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    answer = desk.run(words)
    os.write(done[1], b"!")
    os.waitpid(child, 0)
    for end in (*ready, *done):
        os.close(end)
    return answer


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_an_owner_file_keeps_a_command_from_writing(desk, form):
    (desk.folder / form).write_bytes(b"")
    before = stops.ledgers(desk.folder)
    assert waits(desk.run(ADD))
    assert stops.ledgers(desk.folder) == before
    (desk.folder / form).unlink()
    answer = desk.run(ADD)
    assert answer.code == 0
    assert "已写进台账" in answer.err
    assert {name for name, text in stops.ledgers(desk.folder).items() if before.get(name) != text} == {"订单台账.xlsx"}


def test_a_command_that_writes_other_ledgers_is_not_kept_from_it(desk):
    (desk.folder / "~$订单台账.xlsx").write_bytes(b"")
    assert desk.run("stock in -i A-1×5").code == 0


def test_reading_and_trying_out_do_not_mind(desk):
    (desk.folder / "~$订单台账.xlsx").write_bytes(b"")
    assert desk.run("order list").code == 0
    assert desk.run(f"{ADD} --dry-run").code == 0


def test_the_sentence_says_who_has_it_open(desk):
    (desk.folder / "~$订单台账.xlsx").write_bytes(excel_owner("王芳"))
    answer = desk.run(ADD)
    assert waits(answer)
    assert "Excel（王芳）" in answer.err
    (desk.folder / "~$订单台账.xlsx").unlink()
    (desk.folder / ".~lock.订单台账.xlsx#").write_text(",zhao,pc3,23.11.2026 09:10,file:///home/zhao;", "utf-8")
    assert "LibreOffice（zhao）" in desk.run(ADD).err


def test_an_owner_file_full_of_rubbish_is_one_all_the_same(desk):
    for content in (os.urandom(165), b"\xff" * 165, "\x1b[2J".encode("utf-16-le") * 20, b"," * 100):
        (desk.folder / "~$订单台账.xlsx").write_bytes(content)
        answer = desk.run(ADD)
        assert waits(answer)
        assert all(sign.isprintable() for sign in answer.err.replace("\n", ""))


def test_an_old_owner_file_that_nobody_holds_is_only_named(desk):
    owner = desk.folder / "~$订单台账.xlsx"
    owner.write_bytes(b"")
    os.utime(owner, (time.time() - 3 * 86400,) * 2)
    answer = desk.run(ADD)
    assert answer.code == 0
    assert "~$订单台账.xlsx 是 3 天前留下的" in answer.err
    assert desk.json(ADD)["data"]["notes"][-1]["code"] == "owner_file"


def test_an_old_owner_file_of_a_ledger_that_is_held_still_counts(desk):
    owner, ledger = desk.folder / "~$订单台账.xlsx", desk.folder / "订单台账.xlsx"
    owner.write_bytes(b"")
    os.utime(owner, (time.time() - 3 * 86400,) * 2)
    assert waits(typed_while_held(desk, ledger, ADD))


def test_a_ledger_that_is_locked_without_an_owner_file_counts_as_open(desk):
    answer = typed_while_held(desk, desk.folder / "订单台账.xlsx", ADD)
    assert waits(answer)
    assert "另一个程序" in answer.err


def test_a_shortened_name_belongs_to_the_file_of_that_very_name(tmp_path):
    for name in ("ab.csv", "b.csv", "~$b.csv"):
        (tmp_path / name).write_bytes(b"")
    assert owner_of(tmp_path / "ab.csv", time.time()) is None
    assert owner_of(tmp_path / "b.csv", time.time()).path.name == "~$b.csv"


def test_ledgers_of_two_letters_do_not_take_each_others_owner_files(tmp_path):
    for name in ("订单.csv", "出货.csv", "~$.csv", "~$订单.csv"):
        (tmp_path / name).write_bytes(b"")
    assert owner_of(tmp_path / "出货.csv", time.time()) is None
    assert owner_of(tmp_path / "订单.csv", time.time()).path.name == "~$订单.csv"


def test_the_owner_file_beside_a_link_or_beside_its_file_counts(desk, place):
    (place / "elsewhere").mkdir()
    (desk.folder / "订单台账.xlsx").rename(place / "elsewhere" / "总账.xlsx")
    (desk.folder / "订单台账.xlsx").symlink_to(place / "elsewhere" / "总账.xlsx")
    for owner in (desk.folder / "~$订单台账.xlsx", place / "elsewhere" / "~$总账.xlsx"):
        owner.write_bytes(b"")
        assert waits(desk.run(ADD))
        owner.unlink()
    assert desk.run(ADD).code == 0
    assert (desk.folder / "订单台账.xlsx").is_symlink()


def test_an_interrupted_post_is_not_settled_in_a_file_that_is_open(desk):
    world = stops.world_of(stops.Case("void", "csv"), desk.folder.with_name("w"))
    stopped = world.copy(desk.folder.with_name("stopped"))
    step = [step for step, name in enumerate(world.steps) if name == "fdatasync"][1]
    stops.run(stopped, world.case.words, stops.killer(step))
    assert stops.is_pending(stopped)
    (stopped.folder / ".~订单.csv").write_bytes(b"")
    before = stops.ledgers(stopped.folder)
    assert stopped.run("stock in -i A-1×5").code == 3
    assert stops.ledgers(stopped.folder) == before
    (stopped.folder / ".~订单.csv").unlink()
    assert "中断" in stopped.run("stock in -i A-1×5").err


def test_undo_does_not_write_an_open_file_either(desk):
    assert desk.run(ADD).code == 0
    (desk.folder / "~$订单台账.xlsx").write_bytes(b"")
    before = stops.ledgers(desk.folder)
    answer = desk.run("undo")
    assert answer.code == 3
    assert "订单台账.xlsx 正在 Excel 里打开" in answer.err
    assert stops.ledgers(desk.folder) == before

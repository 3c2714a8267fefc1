"""The desk: posts over several files, their undo, and what it does when others meddle."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.contract import Splice, Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.post import open_desk
from salesaid.storage.receipts import newest, receipts
from salesaid.storage.recovery import unfinished
from salesaid.storage.standing import kept_folder
from salesaid.storage.trouble import (
    BadLink,
    ChangedElsewhere,
    FileMissing,
    HardLinked,
    NotAFile,
    NothingToUndo,
    NotRecorded,
    NotWritable,
    Overtaken,
)

FACTS = {"command": "salesaid order add 骏业 BVM7-710×10"}


@pytest.fixture
def book(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"h\na1\n")
    (tmp_path / "b.csv").write_bytes(b"h\nb1\n")
    (tmp_path / "c.xlsx").write_bytes(b"PK old")
    yield tmp_path
    system.hook = None
    system.windows = os.name == "nt"


@pytest.fixture
def book_of_all():
    """A read-only folder whose files every user may write."""
    with TemporaryDirectory() as place:
        book = Path(place)
        (book / ".salesaid").mkdir()
        for path in (book / "a.csv", book / "c.xlsx"):
            path.write_bytes(b"h\n")
            path.chmod(0o666)
        (book / ".salesaid").chmod(0o777)
        book.chmod(0o555)
        yield book
        book.chmod(0o755)


def noon() -> datetime:
    return datetime(2026, 11, 22, 4, tzinfo=UTC)


def append(path, rows: bytes) -> Splice:
    return Splice(path, path.stat().st_size, b"", rows, stamp_of(path.stat()))


def swap(path, content: bytes, **more) -> Swap:
    return Swap(path, content, stamp_of(path.stat()), **more)


def post(book, *changes):
    with open_desk(book, noon) as desk:
        return desk.post(changes, FACTS)


def undo(book):
    with open_desk(book, noon) as desk:
        return desk.undo({"command": "undo"})


def files(book) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in book.iterdir() if path.is_file()}


def at(name: str, path, act) -> system.Hook:
    """A hook that acts once, before the first step of that name on that file."""
    done = []

    def hook(step, where, size):
        if step == name and Path(where) == path and not done:
            done.append(step)
            act()

    return hook


def interrupt():
    raise KeyboardInterrupt


def test_a_post_over_three_files_is_in_all_of_them(book):
    receipt = post(
        book,
        append(book / "a.csv", b"a2\n"),
        swap(book / "c.xlsx", b"PK new"),
        Splice(book / "d.csv", 0, b"", b"h\nd1\n", None),
    )
    assert files(book) == {"a.csv": b"h\na1\na2\n", "b.csv": b"h\nb1\n", "c.xlsx": b"PK new", "d.csv": b"h\nd1\n"}
    assert (receipt.id, receipt.state, receipt.at) == ("R1", "done", "2026-11-22T04:00:00.000+00:00")
    assert newest(book) == receipt


def test_receipts_are_in_utc_and_numbered_on(book):
    shanghai = timezone(timedelta(hours=8))
    with open_desk(book, lambda: datetime(2027, 1, 1, 7, tzinfo=shanghai)) as desk:
        first = desk.post([append(book / "a.csv", b"a2\n")], FACTS)
        second = desk.post([append(book / "a.csv", b"a3\n")], FACTS)
    assert first.at == "2026-12-31T23:00:00.000+00:00"
    assert (first.seq, second.seq) == (1, 2)


def test_the_intent_is_on_the_disk_before_the_row_and_the_row_before_the_mark(book):
    post(book, append(book / "b.csv", b"b2\n"))
    trace = []
    system.hook = lambda name, path, size: trace.append((name, Path(path).name))
    post(book, append(book / "a.csv", b"a2\n"))
    wanted = [step for step in trace if step[0] in ("write", "fdatasync", "flock")]
    assert wanted == [
        ("flock", "lock"),
        ("write", "2026.jsonl"),
        ("fdatasync", "2026.jsonl"),
        ("write", "a.csv"),
        ("fdatasync", "a.csv"),
        ("write", "2026.jsonl"),
        ("fdatasync", "2026.jsonl"),
    ]


def test_a_new_content_is_on_the_disk_beside_the_file_before_it_takes_its_place(book):
    trace = []
    system.hook = lambda name, path, size: trace.append((name, Path(path)))
    post(book, swap(book / "c.xlsx", b"PK new"))
    temp = next(path for name, path in trace if name == "write")
    assert temp.parent == book
    assert temp.suffix == ".xlsx"
    order = [("fdatasync", temp), ("link", kept_folder(book) / "R1-0.xlsx"), ("replace", book / "c.xlsx")]
    assert [step for step in trace if step in order] == order
    assert trace[trace.index(order[-1]) + 1] == ("fsync_dir", book)


def test_a_plan_made_from_an_older_file_is_refused(book):
    changes = [append(book / "b.csv", b"b2\n"), append(book / "a.csv", b"a2\n")]
    (book / "a.csv").write_bytes(b"h\nA1\n")
    before = files(book)
    with pytest.raises(ChangedElsewhere) as caught:
        post(book, *changes)
    assert caught.value.where.file == str(book / "a.csv")
    assert files(book) == before
    assert newest(book) is None


def test_a_file_that_was_to_be_made_but_is_there_is_refused(book):
    for change in (Splice(book / "a.csv", 0, b"", b"x", None), Swap(book / "c.xlsx", b"x", None)):
        with pytest.raises(ChangedElsewhere):
            post(book, change)


def test_a_new_content_that_does_not_verify_leaves_everything_as_it_was(book):
    def verify(temp):
        assert temp.read_bytes() == b"PK bad"
        raise FileTrouble(NotAFile(temp).message)

    before = files(book)
    with pytest.raises(FileTrouble):
        post(book, append(book / "a.csv", b"a2\n"), swap(book / "c.xlsx", b"PK bad", verify=verify))
    assert files(book) == before
    assert newest(book) is None


def test_a_post_needs_changes_one_a_file_and_one_way(book):
    cut = Splice(book / "b.csv", 2, b"b1\n", b"", stamp_of((book / "b.csv").stat()))
    row = append(book / "a.csv", b"x")
    for changes in ([], [row, row], [row, cut]):
        with pytest.raises(ValueError, match="a post"):
            post(book, *changes)


def test_a_link_to_a_ledger_stays_a_link(book, tmp_path_factory):
    outside = tmp_path_factory.mktemp("share")
    for name in ("a.csv", "c.xlsx"):
        (book / name).rename(outside / name)
        (book / name).symlink_to(outside / name)
    post(book, append(book / "a.csv", b"a2\n"), swap(book / "c.xlsx", b"PK new"))
    assert (book / "a.csv").is_symlink()
    assert files(outside) == {"a.csv": b"h\na1\na2\n", "c.xlsx": b"PK new"}
    undo(book)
    assert files(outside) == {"a.csv": b"h\na1\n", "c.xlsx": b"PK old"}


def test_what_is_no_plain_file_is_refused(book):
    (book / "nowhere.csv").symlink_to("gone")
    os.mkfifo(book / "pipe.csv")
    (book / "folder.csv").mkdir()
    (book / "twin.csv").hardlink_to(book / "b.csv")
    for name, kind in (("folder", NotAFile), ("pipe", NotAFile), ("twin", HardLinked), ("nowhere", BadLink)):
        path = book / f"{name}.csv"
        with pytest.raises(kind):
            post(book, Splice(path, 0, b"", b"x", stamp_of(path.lstat())))
    with pytest.raises(FileMissing):
        post(book, Splice(book / "gone.csv", 0, b"", b"x", stamp_of(book.stat())))


def test_mode_and_owner_outlive_a_swap_and_its_undo(book):
    (book / "c.xlsx").chmod(0o640)
    if os.geteuid() == 0:
        os.chown(book / "c.xlsx", 1234, 5678)
    before = (book / "c.xlsx").stat()
    post(book, swap(book / "c.xlsx", b"PK new"))
    undo(book)
    after = (book / "c.xlsx").stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def as_nobody(work) -> int:
    """The exit code of `work` in a process without root's rights: 0, or 3 for a file that may not be written."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if os.geteuid() == 0:
            os.setuid(65534)
        work()
        os._exit(0)
    except NotWritable:
        os._exit(3)
    finally:
        os._exit(70)


def test_a_read_only_folder_takes_appends_but_no_swaps(book_of_all):
    assert as_nobody(lambda: post(book_of_all, append(book_of_all / "a.csv", b"a1\n"))) == 0
    assert as_nobody(lambda: post(book_of_all, swap(book_of_all / "c.xlsx", b"new"))) == 3
    assert files(book_of_all) == {"a.csv": b"h\na1\n", "c.xlsx": b"h\n"}


def test_a_read_only_ledger_is_refused_even_where_it_could_be_replaced(book_of_all):
    book_of_all.chmod(0o777)
    for path in (book_of_all / "a.csv", book_of_all / "c.xlsx"):
        path.chmod(0o444)
    assert as_nobody(lambda: post(book_of_all, append(book_of_all / "a.csv", b"a1\n"))) == 3
    assert as_nobody(lambda: post(book_of_all, swap(book_of_all / "c.xlsx", b"new"))) == 3
    assert files(book_of_all) == {"a.csv": b"h\n", "c.xlsx": b"h\n"}


def test_ctrl_c_in_the_middle_takes_everything_back(book):
    before = files(book)
    changes = [append(book / "a.csv", b"a2\n"), swap(book / "c.xlsx", b"PK new"), append(book / "b.csv", b"b2\n")]
    system.hook = at("write", book / "b.csv", interrupt)
    with pytest.raises(KeyboardInterrupt):
        post(book, *changes)
    assert files(book) == before
    assert newest(book).state == "taken back"


def test_ctrl_c_after_the_last_byte_leaves_the_post_standing(book):
    journal = book / ".salesaid" / "journal" / "2026.jsonl"
    syncs = []

    def hook(name, path, size):
        if name == "fdatasync" and Path(path) == journal:
            syncs.append(name)
            if len(syncs) == 2:
                raise KeyboardInterrupt

    system.hook = hook
    with pytest.raises(KeyboardInterrupt):
        post(book, append(book / "a.csv", b"a2\n"))
    assert newest(book).state == "done"
    assert files(book)["a.csv"] == b"h\na1\na2\n"


def test_a_desk_settles_its_own_uncertain_post_before_the_next(book):
    def fail():
        raise OSError(5, "Input/output error")

    with open_desk(book, noon) as desk:
        system.hook = at("fdatasync", book / "a.csv", fail)
        with pytest.raises(NotRecorded, match="R1"):
            desk.post([append(book / "a.csv", b"a2\n")], FACTS)
        assert newest(book).state == "pending"
        second = desk.post([append(book / "b.csv", b"b2\n")], FACTS)
    assert [settled.outcome for settled in desk.settled] == ["finished"]
    assert [receipt.state for receipt in receipts(book)] == ["done", "done"]
    assert second.id == "R2"


def replaced_by(path, content: bytes):
    """What a spreadsheet does when it saves: a new file under the old name."""

    def act():
        other = path.with_name("saved")
        other.write_bytes(content)
        other.replace(path)

    return act


def test_a_row_that_went_to_a_file_replaced_meanwhile_is_written_to_the_new_one(book):
    system.hook = at("fdatasync", book / "a.csv", replaced_by(book / "a.csv", b"h\na1\n"))
    post(book, append(book / "a.csv", b"a2\n"))
    assert files(book)["a.csv"] == b"h\na1\na2\n"


def test_a_file_replaced_meanwhile_by_another_content_is_left_as_saved(book):
    system.hook = at("fdatasync", book / "b.csv", replaced_by(book / "b.csv", b"h\nB1\n"))
    with pytest.raises(ChangedElsewhere):
        post(book, append(book / "a.csv", b"a2\n"), append(book / "b.csv", b"b2\n"))
    assert files(book) == {"a.csv": b"h\na1\n", "b.csv": b"h\nB1\n", "c.xlsx": b"PK old"}
    assert newest(book).state == "taken back"


def test_a_backup_made_by_renaming_the_file_meanwhile_keeps_no_row_of_ours(book):
    system.hook = at("fdatasync", book / "a.csv", lambda: (book / "a.csv").rename(book / "a.bak"))
    with pytest.raises(ChangedElsewhere):
        post(book, append(book / "a.csv", b"a2\n"))
    assert files(book)["a.bak"] == b"h\na1\n"


def test_a_row_that_another_program_adds_at_the_same_moment_stays(book):
    def add():
        with (book / "a.csv").open("ab") as file:
            file.write(b"theirs\n")

    system.hook = at("write", book / "a.csv", add)
    with pytest.raises(ChangedElsewhere):
        post(book, append(book / "a.csv", b"a2\n"))
    assert files(book)["a.csv"] == b"h\na1\ntheirs\n"


def test_a_workbook_saved_just_before_it_is_replaced_stays(book):
    system.hook = at("link", kept_folder(book) / "R1-0.xlsx", replaced_by(book / "c.xlsx", b"PK saved"))
    with pytest.raises(ChangedElsewhere):
        post(book, swap(book / "c.xlsx", b"PK new"))
    assert files(book)["c.xlsx"] == b"PK saved"


def test_undo_and_undo_of_undo_go_back_and_forth_bit_for_bit(book):
    before = files(book)
    post(book, append(book / "a.csv", b"a2\n"), swap(book / "c.xlsx", b"PK new"), Swap(book / "d.xlsx", b"PK d", None))
    after = files(book)
    for number in range(2, 8):
        receipt = undo(book)
        assert (receipt.id, receipt.undoes) == (f"R{number}", number - 1)
        assert files(book) == (before if number % 2 == 0 else after)
    assert files(kept_folder(book)) == {"R7-1.xlsx": b"PK old"}


def test_a_file_that_the_post_made_is_gone_after_its_undo(book):
    post(book, Splice(book / "d.csv", 0, b"", b"h\nd1\n", None))
    undo(book)
    assert not (book / "d.csv").exists()


def test_an_overtaken_post_is_not_undone(book):
    with pytest.raises(NothingToUndo):
        undo(book)
    post(book, append(book / "a.csv", b"a2\n"), append(book / "b.csv", b"b2\n"))
    (book / "a.csv").write_bytes(b"h\na1\na2\na3\n")
    before = files(book)
    with pytest.raises(Overtaken) as caught:
        undo(book)
    assert caught.value.exit_code == 2
    assert caught.value.where.file == str(book / "a.csv")
    assert files(book) == before


def test_a_swap_whose_old_file_was_lost_is_not_undone(book):
    post(book, swap(book / "c.xlsx", b"PK new"))
    (kept_folder(book) / "R1-0.xlsx").write_bytes(b"PK odd")
    with pytest.raises(Overtaken):
        undo(book)
    (kept_folder(book) / "R1-0.xlsx").unlink()
    with pytest.raises(Overtaken):
        undo(book)


def test_only_what_the_newest_post_replaced_is_kept(book):
    post(book, swap(book / "c.xlsx", b"PK 1"))
    post(book, swap(book / "c.xlsx", b"PK 2"))
    assert files(kept_folder(book)) == {"R2-0.xlsx": b"PK 1"}
    post(book, append(book / "a.csv", b"a2\n"))
    assert files(kept_folder(book)) == {}


def stop_at(book, name: str, path, *changes) -> None:
    """The post in a process that is killed there."""
    child = os.fork()
    if not child:
        try:
            system.hook = at(name, path, lambda: os.kill(os.getpid(), 9))
            post(book, *changes)
        finally:
            os._exit(70)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9


def test_a_row_added_by_hand_behind_an_interrupted_one_stays_and_the_post_is_finished(book):
    stop_at(book, "fdatasync", book / "a.csv", append(book / "a.csv", b"a2\n"))
    with (book / "a.csv").open("ab") as file:
        file.write(b"by hand\n")
    with open_desk(book, noon) as desk:
        assert desk.settled[0].outcome == "finished"
    assert files(book)["a.csv"] == b"h\na1\na2\nby hand\n"


def test_a_file_edited_after_the_interruption_is_left_alone_and_named_with_the_line(book):
    stop_at(book, "write", book / "b.csv", append(book / "a.csv", b"a2\n"), append(book / "b.csv", b"b2\n"))
    (book / "b.csv").write_bytes(b"h\nother\nrows\n")
    found = unfinished(book)
    assert found.view(book / "b.csv") == (None, None, False)
    assert found.view(book / "a.csv").limit == 5
    with open_desk(book, noon) as desk:
        (settled,) = desk.settled
    assert settled.outcome == "left alone"
    assert all(part in settled.text.zh for part in ("R1", "b.csv", FACTS["command"]))
    assert "a.csv" not in settled.text.en
    assert files(book)["a.csv"] == b"h\na1\n"
    assert files(book)["b.csv"] == b"h\nother\nrows\n"
    assert newest(book).state == "left alone"


def test_readers_are_told_and_shown_the_old_workbook_and_write_nothing(book):
    stop_at(book, "write", book / "b.csv", swap(book / "c.xlsx", b"PK new"), append(book / "b.csv", b"b2\n"))
    before = {path: path.stat().st_mtime_ns for path in book.rglob("*")}
    found = unfinished(book)
    assert found.view(book / "c.xlsx").instead.read_bytes() == b"PK old"
    assert "没有记完" in found.text.zh
    assert {path: path.stat().st_mtime_ns for path in book.rglob("*")} == before


def test_nul_bytes_in_place_of_the_row_are_cut_off(book):
    stop_at(book, "write", book / "a.csv", append(book / "a.csv", b"a2,row\n"))
    for tail in (b"\0" * 7, b"a2\0\0\0", b"\0\0,row\n"):
        (book / "a.csv").write_bytes(b"h\na1\n" + tail)
        assert unfinished(book).view(book / "a.csv").limit == 5
    with open_desk(book, noon) as desk:
        assert desk.settled[0].outcome == "removed"
        assert "重新输入" in desk.settled[0].text.zh
    assert files(book)["a.csv"] == b"h\na1\n"


def test_the_branch_for_windows_posts_and_undoes_as_well(book, monkeypatch):
    import fcntl
    import sys
    from types import ModuleType

    module = ModuleType("msvcrt")
    module.LK_NBLCK, module.locking = 2, lambda fd, mode, size: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    monkeypatch.setitem(sys.modules, "msvcrt", module)
    system.windows = True
    before = files(book)
    post(book, append(book / "a.csv", b"a2\n"), swap(book / "c.xlsx", b"PK new"))
    assert files(book)["c.xlsx"] == b"PK new"
    undo(book)
    assert files(book) == before

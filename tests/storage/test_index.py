"""The index answers quickly, or says that it cannot be believed; it never answers wrongly."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.storage import index as index_module
from salesaid.storage import system
from salesaid.storage.index import DATABASE, SEAL, IndexDamagedError, open_index, rebuild

ENTRIES = [("stock", "甲", "5"), ("stock", "甲\t重庆", "3"), ("stock", "乙", "7"), ("price", "甲", '{"p":"1.50"}')]


@pytest.fixture
def folder(tmp_path):
    assert rebuild(tmp_path / "index", ENTRIES)
    return tmp_path / "index"


def contents(folder):
    """All that the index says; None where it says that it cannot be believed."""
    found = open_index(folder, write=False)
    if found is None:
        return None
    try:
        return {(section, key): text for section in ("stock", "price", "x") for key, text in found.items(section)}
    except IndexDamagedError:
        return None
    finally:
        found.close()


def save(folder, changes):
    found = open_index(folder, write=True)
    assert found is not None
    try:
        return found.save(changes)
    finally:
        found.close()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


WHOLE = {(section, key): text for section, key, text in ENTRIES}


def test_what_was_put_in_is_answered(folder):
    found = open_index(folder, write=False)
    assert found.get("stock", "甲") == "5"
    assert found.get("stock", "丙") is None
    assert found.get("none", "甲") is None
    assert found.many("stock", ["乙", "丙", "甲", "甲"]) == {"甲": "5", "乙": "7"}
    assert list(found.items("stock")) == [("乙", "7"), ("甲", "5"), ("甲\t重庆", "3")]
    assert list(found.under("stock", "甲")) == [("甲", "5"), ("甲\t重庆", "3")]
    found.close()


def test_many_keys_may_be_asked_for_at_once(folder):
    save(folder, {"x": {str(n): str(n * n) for n in range(3000)}})
    found = open_index(folder, write=False)
    assert len(found.many("x", map(str, range(5000)))) == 3000
    found.close()


def test_a_lone_surrogate_is_under_no_key(folder):
    save(folder, {"x": {"甲": "5"}})
    found = open_index(folder, write=False)
    assert found.get("x", "\udcff") is None
    assert found.many("x", ["\udcff", "甲"]) == {"甲": "5"}
    assert list(found.under("x", "\udcff")) == []
    found.close()


def test_there_is_no_index_before_the_first_rebuild(tmp_path):
    assert open_index(tmp_path, write=False) is None
    assert open_index(tmp_path / "none", write=True) is None


CHANGES = st.dictionaries(
    st.sampled_from(["stock", "price", "x"]),
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=3), st.none() | st.text("a1", max_size=3)
    ),
)


@settings(max_examples=40, deadline=None)
@given(saves=st.lists(CHANGES, max_size=4))
def test_saves_add_up_as_a_dictionary_does(tmp_path_factory, saves):
    folder = tmp_path_factory.mktemp("book") / "index"
    rebuild(folder, ENTRIES)
    want = dict(WHOLE)
    for changes in saves:
        assert save(folder, changes)
        for section, texts in changes.items():
            want.update({(section, key): text for key, text in texts.items() if text is not None})
            for key in [key for key, text in texts.items() if text is None]:
                want.pop((section, key), None)
    assert contents(folder) == want


@settings(max_examples=30, deadline=None)
@given(
    keys=st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=3)),
    prefix=st.text("a甲\U0010ffff", max_size=2),
)
def test_under_gives_exactly_the_keys_with_the_prefix(tmp_path_factory, keys, prefix):
    folder = tmp_path_factory.mktemp("book") / "index"
    rebuild(folder, [("x", prefix * (n % 2) + key + str(n), "") for n, key in enumerate(sorted(keys))])
    found = open_index(folder, write=False)
    want = [key for key, _ in found.items("x") if key.startswith(prefix)]
    assert [key for key, _ in found.under("x", prefix)] == want
    found.close()


def test_a_rebuild_replaces_all(folder):
    assert rebuild(folder, [("x", "k", "v")])
    assert contents(folder) == {("x", "k"): "v"}
    assert names(folder) == [DATABASE, SEAL]


def test_a_key_given_twice_stops_a_rebuild_and_the_old_index_stays(folder):
    with pytest.raises(ValueError, match="twice"):
        rebuild(folder, [("x", "k", "v"), ("x", "k", "w")])
    assert contents(folder) == WHOLE
    assert names(folder) == [DATABASE, SEAL]


def test_a_rebuild_whose_source_fails_leaves_the_old_index(folder):
    with pytest.raises(ZeroDivisionError):
        rebuild(folder, (("x", str(n), str(1 // n)) for n in range(3, -1, -1)))
    assert contents(folder) == WHOLE


def test_reading_writes_nothing(folder):
    def state():
        return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}

    before = state()
    folder.chmod(0o500)
    assert contents(folder) == WHOLE
    assert state() == before
    folder.chmod(0o700)


# Damage


def damages():
    def cut(data, _):
        return data[: len(data) // 2]

    def zeros(data, dice):
        place = dice.randrange(len(data))
        return data[:place] + b"\0" * min(500, len(data) - place) + data[place + 500 :]

    def noise(data, dice):
        return bytes(dice.randrange(256) for _ in data)

    def flip(data, dice):
        place = dice.randrange(len(data))
        return data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]

    return [cut, zeros, noise, flip]


@pytest.mark.parametrize("damage", damages(), ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", [DATABASE, SEAL])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_index_is_not_believed(folder, damage, name, seed):
    path = folder / name
    path.write_bytes(damage(path.read_bytes(), random.Random(seed)))
    assert contents(folder) in (None, WHOLE if path.name == SEAL else None)
    assert open_index(folder, write=True) is None or name == SEAL
    assert rebuild(folder, ENTRIES)
    assert contents(folder) == WHOLE


def test_another_programs_database_is_not_believed(folder):
    (folder / DATABASE).unlink()
    with sqlite3.connect(folder / DATABASE) as other:
        other.execute("CREATE TABLE entries (section, key, value)")
        other.execute("INSERT INTO entries VALUES ('stock', '甲', '99')")
    other.close()
    assert contents(folder) is None


def test_a_folder_in_its_place_is_no_index_and_is_not_removed(tmp_path):
    (tmp_path / "index" / DATABASE).mkdir(parents=True)
    assert open_index(tmp_path / "index", write=False) is None
    assert not rebuild(tmp_path / "index", ENTRIES)
    assert (tmp_path / "index" / DATABASE).is_dir()


def test_an_older_copy_put_back_is_not_believed(folder):
    shutil.copy2(folder / DATABASE, folder / "copy")
    assert save(folder, {"stock": {"甲": "6"}})
    (folder / "copy").replace(folder / DATABASE)
    assert contents(folder) is None


def test_an_index_of_another_version_is_not_believed(folder, monkeypatch):
    monkeypatch.setattr(index_module, "_VERSION", "0")
    assert contents(folder) is None


def hot_journal(folder):
    """The rollback journal that a killed program of another kind would leave."""
    copy = shutil.copytree(folder, folder.with_name("copy"))
    with sqlite3.connect(copy / DATABASE, isolation_level=None) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN")
        other.executemany("INSERT INTO entries VALUES ('x', ?, 'y')", ((str(n),) for n in range(5000)))
        journal = (copy / f"{DATABASE}-journal").read_bytes()
        other.execute("ROLLBACK")
    other.close()
    return journal


def test_an_index_with_a_hot_journal_is_not_believed_and_reading_leaves_both(folder):
    before = (folder / DATABASE).read_bytes()
    (folder / f"{DATABASE}-journal").write_bytes(hot_journal(folder))
    assert contents(folder) is None
    assert names(folder) == [DATABASE, f"{DATABASE}-journal", SEAL]
    assert (folder / DATABASE).read_bytes() == before


# Stopped half-way, and others at work


def killed_at(step, work):
    """Run `work` in a process that is killed at its `step`-th system call; whether it came that far."""
    child = os.fork()
    if child == 0:
        count = 0

        def hook(name, path, size):
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        system.hook = hook
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("work", ["save", "rebuild"])
def test_killed_at_any_step_the_index_is_the_old_the_new_or_not_believed(tmp_path, work):
    new = {**WHOLE, ("stock", "甲"): "6"}
    seen = set()
    for step in range(1, 40):
        folder = tmp_path / f"{step}"
        assert rebuild(folder, ENTRIES)

        def run(folder=folder):
            if work == "save":
                save(folder, {"stock": {"甲": "6"}})
            else:
                rebuild(folder, [(section, key, text) for (section, key), text in new.items()])

        killed = killed_at(step, run)
        found = contents(folder)
        assert found in (WHOLE, None, new)
        seen.add("none" if found is None else "new" if found == new else "old")
        assert rebuild(folder, ENTRIES)
        assert contents(folder) == WHOLE
        if not killed:
            break
    assert seen == {"old", "none", "new"}


def test_the_broken_seal_is_on_the_disk_before_the_database_changes(folder, monkeypatch):
    before, seen = (folder / DATABASE).read_bytes(), []

    def hook(name, path, size):
        if name == "fdatasync":
            seen.append(((folder / SEAL).read_bytes().strip(), (folder / DATABASE).read_bytes() == before))

    monkeypatch.setattr(system, "hook", hook)
    assert save(folder, {"stock": {"甲": "6"}})
    assert seen == [(b"broken", True)]


def test_a_commit_that_tears_is_not_believed(folder):
    before = (folder / DATABASE).read_bytes()
    stat = (folder / DATABASE).stat()
    assert save(folder, {"stock": {str(n): "x" * 50 for n in range(2000)}})
    after = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(after[: len(before)])
    os.utime(folder / DATABASE, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    assert contents(folder) is None


def test_a_reader_sees_one_moment_and_a_save_gives_up_rather_than_disturb_it(folder, monkeypatch):
    monkeypatch.setattr(index_module, "_PATIENCE", 0.05)
    reader = open_index(folder, write=False)
    assert not save(folder, {"stock": {"甲": "6"}})
    assert reader.get("stock", "甲") == "5"
    reader.close()
    assert contents(folder) == WHOLE
    assert save(folder, {"stock": {"甲": "6"}})
    assert contents(folder)["stock", "甲"] == "6"


def test_a_save_that_the_disk_refuses_answers_so_and_is_not_believed(folder, monkeypatch):
    def full(name, path, size):
        if name == "write":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(system, "hook", full)
    assert not save(folder, {"stock": {"甲": "6"}})
    assert contents(folder) in (None, WHOLE)


def test_readers_beside_a_writer_see_whole_saves_only(folder):
    save(folder, {"x": {str(n): "0" for n in range(50)}})
    child = os.fork()
    if child == 0:
        try:
            for turn in range(1, 60):
                save(folder, {"x": {str(n): str(turn) for n in range(50)}})
        finally:
            os._exit(0)
    seen = 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        found = contents(folder)
        if found is not None:
            seen += 1
            assert len({text for (section, _), text in found.items() if section == "x"}) == 1
    assert seen


@pytest.mark.slow
def test_a_million_keys_are_built_in_seconds_and_found_in_a_millisecond(tmp_path):
    start = time.perf_counter()
    assert rebuild(
        tmp_path / "index", (("price", f"客户{n * 7919 % 1_000_003}\t产品", f'{{"n":{n}}}') for n in range(1_000_000))
    )
    assert time.perf_counter() - start < 20
    start = time.perf_counter()
    found = open_index(tmp_path / "index", write=False)
    assert found.get("price", f"客户{77 * 7919 % 1_000_003}\t产品") == '{"n":77}'
    assert time.perf_counter() - start < 0.05
    found.close()

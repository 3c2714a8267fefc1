"""--out where the file of that name is open elsewhere, or the disk fills up while it is written."""

from __future__ import annotations

import errno
import os
import time
import zipfile

import pytest

from salesaid.storage import system


@pytest.fixture
def office(desk):
    desk.lay_out(
        """
        订单.csv
        单号,日期,客户,产品,数量,单价
        SO20261120-001,2026-11-20,骏业,电源线,2,5
        """
    )
    (desk.folder / "out").mkdir()
    return desk


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("owner", ["~$月报.xlsx", ".~月报.xlsx", ".~lock.月报.xlsx#"])
def test_a_file_that_is_open_is_left_alone_and_the_new_one_lies_beside_it(office, owner):
    out = office.folder / "out"
    (out / "月报.xlsx").write_bytes(b"old")
    (out / owner).write_bytes(b"")
    answer = office.run(["order", "list", "--out", str(out / "月报.xlsx")])
    assert answer.code == 0
    assert answer.out.splitlines() == [f"月报.xlsx 正在别处打开，已另写入 {out / '月报 (2).xlsx'}"]
    assert (out / "月报.xlsx").read_bytes() == b"old"
    assert zipfile.is_zipfile(out / "月报 (2).xlsx")
    english = office.run(["--lang", "en", "order", "list", "--out", str(out / "月报.xlsx")])
    assert english.out == f"月报.xlsx is open elsewhere, so this is written to {out / '月报 (3).xlsx'}\n"


def test_an_owner_file_of_last_week_does_not_count(office):
    out = office.folder / "out"
    (out / "月报.xlsx").write_bytes(b"old")
    (out / "~$月报.xlsx").write_bytes(b"")
    week_ago = time.time() - 7 * 24 * 3600
    os.utime(out / "~$月报.xlsx", (week_ago, week_ago))
    assert office.run(["order", "list", "--out", str(out / "月报.xlsx")]).out == f"已写入 {out / '月报.xlsx'}\n"
    assert zipfile.is_zipfile(out / "月报.xlsx")


def test_a_file_that_may_not_be_replaced_is_left_alone_too(office, monkeypatch):
    out = office.folder / "out"
    (out / "月报.csv").write_bytes(b"old")

    def held(name, path, size):
        if name == "replace" and path.endswith("月报.csv"):
            raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(system, "hook", held)
    answer = office.run(["order", "list", "--out", str(out / "月报.csv")])
    assert (answer.code, answer.out) == (0, f"月报.csv 被占用或只读，已另写入 {out / '月报 (2).csv'}\n")
    assert names(out) == ["月报 (2).csv", "月报.csv"]
    assert (out / "月报.csv").read_bytes() == b"old"


@pytest.mark.parametrize("ending", ["xlsx", "html", "csv"])
@pytest.mark.parametrize("step", ["open", "write", "fdatasync", "replace"])
def test_a_full_disk_leaves_the_older_file_and_nothing_else(office, monkeypatch, ending, step):
    out = office.folder / "out"
    target = out / f"月报.{ending}"
    target.write_bytes(b"old")
    seen = []

    def full(name, path, size):
        if path.startswith(str(out)) and name == step:
            seen.append(name)
            if name == "write" and len(seen) == 1:
                return size // 2
            raise OSError(errno.ENOSPC, "no room")
        return None

    monkeypatch.setattr(system, "hook", full)
    answer = office.run(["order", "list", "--out", str(target)])
    assert answer.code == 3
    why = "系统未能确认已存到磁盘" if step == "fdatasync" else "磁盘已满或超出配额"
    assert answer.err.splitlines()[0] == f"错误：{target} 没有写成：{why}；原来的文件没有动"
    assert len([line for line in answer.err.splitlines() if line.startswith("错误")]) == 1
    assert names(out) == [target.name]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("is_old", [True, False])
def test_a_folder_that_takes_no_file_is_told_by_the_name_that_was_asked_for(office, monkeypatch, is_old):
    out = office.folder / "out"
    if is_old:
        (out / "月报.csv").write_bytes(b"old")

    def shut(name, path, size):
        if path.startswith(str(out)) and name == "open" and "tmp" in path:
            raise PermissionError(errno.EACCES, "shut")

    monkeypatch.setattr(system, "hook", shut)
    answer = office.run(["order", "list", "--out", str(out / "月报.csv")])
    assert answer.code == 3
    assert "月报.csv 没有写成：文件或文件夹只读，或没有权限" in answer.err
    assert ("原来的文件没有动" in answer.err) == is_old
    assert names(out) == ["月报.csv"] * is_old


def test_stopped_at_any_step_the_older_file_or_the_new_one_is_there_whole(office, monkeypatch):
    out = office.folder / "out"
    target = out / "月报.xlsx"
    office.run(["order", "list", "--out", str(target)])
    new = target.read_bytes()

    def stopping_at(number):
        steps = []

        def stop(name, path, size):
            if path.startswith(str(out)):
                steps.append(name)
                if len(steps) == number:
                    raise KeyboardInterrupt

        return stop

    seen = set()
    for number in range(1, 30):
        target.write_bytes(b"old")
        monkeypatch.setattr(system, "hook", stopping_at(number))
        code = office.run(["order", "list", "--out", str(target)]).code
        assert target.read_bytes() in {b"old", new}
        assert names(out) == [target.name]
        seen.add((code, target.read_bytes() == new))
        if code == 0:
            break
    assert seen == {(130, False), (130, True), (0, True)}


def test_where_sheets_cannot_be_made_for_want_of_room_that_is_said(office, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("salesaid.render.as_xlsx.to_file", full)
    path = office.folder / "out" / "月报.xlsx"
    answer = office.run(["order", "list", "--out", str(path)])
    assert answer.code == 3
    assert f"{path} 没有写成：临时文件夹" in answer.err
    assert names(path.parent) == []

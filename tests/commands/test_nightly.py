"""The night: its files, what is new in it, its exit codes, and that it can be run again, alone and without anything."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from salesaid.storage import system
from tests.desk import Desk
from tests.sample_cells import AS_OF, DATA

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "nightly.md").read_text("utf-8")
DOCUMENTED = "/opt/salesaid/bin/salesaid --book /srv/office nightly --out /srv/nightly"

BOOK = """
客户.csv
客户,业务员,付款条件
骏业,王磊,30天
万安达,赵丽,30天

订单.csv
单号,日期,类型,客户,产品,数量,单价,交期,评审人
SO20261101-001,2026-11-01,下单,骏业,主板,10,6,2026-11-20,赵
SO20261102-001,2026-11-02,下单,万安达,主板,10,6,2026-11-21,赵
SO20261103-001,2026-11-03,下单,无名,主板,10,6,2026-11-21,赵
"""
WRONG = "SO20261104-001,2026-11-04,下单,骏业,主板,约30,6,2026-12-20,赵\n"  # an error: a quantity nobody can read


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "账本"
    folder.mkdir()
    desk = Desk(folder)
    desk.lay_out(BOOK)
    return desk


def night(desk, words="", **environ):
    return desk.run(["nightly", "--out", str(out(desk)), *shlex.split(words)], **environ)


def out(desk):
    return desk.folder.parent / "每晚"


def files(desk, day="2026-11-23"):
    """What lies in the folder of a day, with its bytes."""
    return {path.name: path.read_bytes() for path in sorted((out(desk) / day).iterdir())}


def add(desk, row):
    with (desk.folder / "订单.csv").open("a", encoding="utf-8") as file:
        file.write(row)


# ── what lies there ────────────────────────────────────────────────────────────────────────────────


def test_a_night_has_its_files_in_a_folder_of_its_day(office):
    answer = night(office)
    assert answer.code == 0, answer.err
    names = set(files(office))
    pages = {f"今日必办{who}.md" for who in ("", "-王磊", "-赵丽")} | {"查账.md"}
    assert names >= pages | {"日报-2026-11-23.xlsx", "周报-2026-W47.xlsx", "nightly.log", "check.json", "night.json"}
    assert {name for name in names if name.endswith(".md")} == pages
    assert not any(name.startswith("月报") for name in names)
    assert json.loads(files(office)["night.json"])["people"] == ["王磊", "赵丽"]


def test_pages_are_what_today_says(office):
    assert night(office).code == 0
    for owner, who in ((None, ""), ("王磊", "-王磊"), ("赵丽", "-赵丽")):
        asked = ["today", "--format", "md", *(["--owner", owner] if owner else [])]
        assert files(office)[f"今日必办{who}.md"].decode() == office.run(asked).out
    assert "1101-1" in files(office)["今日必办-王磊.md"].decode()
    assert "1102-1" not in files(office)["今日必办-王磊.md"].decode()


@pytest.mark.parametrize(
    ("words", "name"),
    [("day 2026-11-30", "日报-2026-11-30.xlsx"), ("week 2026-W48", "周报-2026-W48.xlsx")],
)
def test_workbooks_are_those_of_report(office, words, name):
    assert night(office, "--period 2026-11-30").code == 0
    target = office.folder.parent / "report.xlsx"
    kind, period = words.split()
    assert office.run(["--today", "2026-11-30", "report", kind, period, "--out", str(target)]).code == 0
    assert files(office, "2026-11-30")[name] == target.read_bytes()


def reports(desk, day):
    assert night(desk, f"--period {day}").code == 0
    return {name.partition(".")[0] for name in files(desk, day) if name.endswith(".xlsx")}


def test_which_reports_are_due(office):
    assert reports(office, "2026-11-28") == {"日报-2026-11-28"}
    assert reports(office, "2026-11-30") == {"日报-2026-11-30", "周报-2026-W48"}
    assert reports(office, "2026-12-01") == {"日报-2026-12-01", "月报-2026-11"}
    assert reports(office, "2026-12-02") == {"日报-2026-12-02"}
    assert reports(office, "2026-12-09") == {"日报-2026-12-09", "周报-2026-W49"}  # nobody was there on the 7th
    assert reports(office, "2026-12-01") == {"日报-2026-12-01", "月报-2026-11"}  # and again


def test_months_are_those_of_the_accounts(office):
    office.write("salesaid.toml", '[book]\nlanguage = "zh"\n[report]\nmonth_end = 25\n')
    assert "月报-2026-11" in reports(office, "2026-11-26")
    assert reports(office, "2026-12-01") == {"日报-2026-12-01", "周报-2026-W48"}


def test_the_language_of_the_run_is_that_of_the_files(office):
    answer = night(office, "--lang en")
    assert answer.out.startswith("nightly 2026-11-23 ok: 0 findings") or "findings" in answer.out
    assert {"today.md", "today-王磊.md", "check.md", "day-2026-11-23.xlsx", "week-2026-W47.xlsx"} <= set(files(office))


# ── what is new ────────────────────────────────────────────────────────────────────────────────────


def test_new_errors_end_with_one_and_known_ones_do_not(office):
    assert night(office, "--period 2026-11-23").code == 0
    add(office, WRONG)
    found = night(office, "--period 2026-11-24")
    assert (found.code, len(found.out.splitlines()), len(found.err.splitlines())) == (1, 1, 1)
    assert re.match(r"nightly 2026-11-24 new: 查账 \d+ 处，新 \d+（错误 1），已解决 \d+，", found.out)
    assert "1 处新错误" in found.err
    assert "约30" in files(office, "2026-11-24")["查账.md"].decode()
    assert "约30" in files(office, "2026-11-24")["nightly.log"].decode()
    assert night(office, "--period 2026-11-25").code == 0
    text = office.text("订单.csv").replace(WRONG, "")
    (office.folder / "订单.csv").write_text(text, encoding="utf-8")
    solved = night(office, "--period 2026-11-26")
    assert solved.code == 0
    assert "已解决 1" in solved.out
    assert "已解决 1" in files(office, "2026-11-26")["查账.md"].decode()


def test_a_second_run_of_a_day_is_held_against_the_same_night(office):
    add(office, WRONG)
    first = night(office)
    before = files(office)
    second = night(office)
    assert (first.code, first.out) == (second.code, second.out)
    assert first.code == 1  # in the first night all is new
    assert files(office) == before
    assert night(office, "--period 2026-11-22").code == 1  # a night before it does not know of it


def test_warnings_that_are_new_are_no_errors(office):
    add(office, "SO20261105-001,2026-11-05,下单,骏业,主板,30,6,2026-11-10,赵\n")
    answer = night(office)
    assert answer.code == 0
    assert "新 0" not in answer.out


def test_what_a_night_saw_is_a_baseline_for_check(office):
    add(office, WRONG)
    night(office)
    seen = out(office) / "2026-11-23" / "check.json"
    assert office.run("check").code == 1
    assert office.run(["check", "--baseline", str(seen)]).code == 0


def test_json_has_the_counts(office):
    add(office, WRONG)
    data = json.loads(night(office, "--format json").out)
    assert (data["status"], data["command"]) == ("ok", "nightly")
    assert data["data"]["state"] == "new"
    assert data["data"]["new_errors"] == 1
    assert data["data"]["duties"] == len(office.rows("today"))


# ── run again, at once, stopped ────────────────────────────────────────────────────────────────────


def test_twice_the_same_files_and_the_ledgers_untouched(office):
    ledgers = {path.name: path.read_bytes() for path in office.folder.iterdir() if path.is_file()}
    first, before = night(office), files(office)
    assert night(office) == first
    assert files(office) == before
    assert {path.name: path.read_bytes() for path in office.folder.iterdir() if path.is_file()} == ledgers


def test_older_days_are_kept(office):
    night(office, "--period 2026-11-20")
    before = files(office, "2026-11-20")
    (out(office) / "notes.txt").write_text("mine")
    (out(office) / "2026-11-20" / "mine.txt").write_text("mine")
    night(office, "--period 2026-11-21")
    assert files(office, "2026-11-20") == before | {"mine.txt": b"mine"}
    assert (out(office) / "notes.txt").read_text() == "mine"


def test_whoever_had_a_page_earlier_that_day_is_told_that_nothing_is_left(office):
    night(office)
    assert "1102-1" in files(office)["今日必办-赵丽.md"].decode()
    assert office.run("order close 1102-1 --why 客户取消").code == 0
    night(office)
    assert "今天没有必办的事" in files(office)["今日必办-赵丽.md"].decode()


def test_a_second_run_at_once_does_no_harm(office):
    night(office)
    before = files(office)
    handle = system.open_kept(out(office) / ".nightly.lock")
    try:
        assert system.lock(handle)
        answer = night(office)
    finally:
        system.close(handle)
    assert (answer.code, answer.out) == (3, "")
    assert "另一个 nightly" in answer.err
    assert files(office) == before


def test_what_a_killed_run_left_is_cleared_away(office):
    night(office)
    before = files(office)
    (torn := out(office) / "2026-11-23" / "今日必办.md").write_bytes(torn.read_bytes()[:9])
    for name in ("nightly.log", "night.json"):
        (out(office) / "2026-11-23" / name).unlink()
    night(office)
    assert files(office) == before


# ── trouble ────────────────────────────────────────────────────────────────────────────────────────


def damage(desk):
    (desk.folder / "借用.xlsx").write_bytes(b"PK\3\4garbage")


def test_a_damaged_ledger_costs_what_needs_it_and_is_said(office):
    night(office, "--period 2026-11-20")
    damage(office)
    answer = night(office)
    assert (answer.code, len(answer.out.splitlines()), len(answer.err.splitlines())) == (3, 1, 1)
    assert answer.out.startswith("nightly 2026-11-23 trouble: 查账没做成，今日必办 3 件")
    assert "借用.xlsx" in answer.err
    assert "check.json" not in files(office)
    assert files(office)["今日必办.md"].decode().startswith("# 今日必办 2026-11-23（缺借用）")
    assert "借用.xlsx" in files(office)["nightly.log"].decode()
    (office.folder / "借用.xlsx").unlink()
    assert night(office, "--period 2026-11-24").code == 0  # held against the night of the 20th


def test_a_ledger_that_is_gone_or_there_twice_is_trouble(office):
    assert office.run("loan add 骏业 主板×1 --due +3").code == 0
    (office.folder / "借用.csv").rename(office.folder / "away.csv")
    gone = night(office)
    assert (gone.code, "缺借用" in files(office)["今日必办.md"].decode()) == (3, True)
    shutil.copy(office.folder / "away.csv", office.folder / "借用.csv")
    shutil.copy(office.folder / "away.csv", office.folder / "loans.csv")
    assert night(office).code == 3
    (office.folder / "loans.csv").unlink()
    assert night(office).code == 0


def test_a_bug_in_one_report_costs_no_other(office, monkeypatch, tmp_path):
    from salesaid.book import period_report

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("salesaid.nights.reports.period_report", broken)
    assert period_report.period_report is not broken
    answer = night(office, XDG_STATE_HOME=str(tmp_path / "state"))
    assert (answer.code, "ZeroDivisionError" in answer.err) == (3, True)
    assert {"今日必办.md", "查账.md", "check.json"} <= set(files(office))
    assert not any(name.endswith(".xlsx") for name in files(office))
    assert night(office, XDG_STATE_HOME=str(tmp_path / "state")).out == answer.out


@pytest.mark.parametrize(
    ("words", "code"),
    [("nightly", 2), ("nightly --out x --period 22.22", 2), ("nightly --out no/such/folder", 3),
     ("nightly --out {book}/订单.csv", 3), ("nightly --out {book}/.salesaid/nights", 2),
     ("nightly --out x --format xml", 2)],
)  # fmt: skip
def test_wrong_words_are_refused_and_nothing_is_written(office, words, code):
    before = sorted(path for path in office.folder.parent.rglob("*"))
    answer = office.run(words.format(book=office.folder))
    assert (answer.code, answer.out) == (code, "")
    assert answer.err
    assert sorted(path for path in office.folder.parent.rglob("*")) == before


def test_hostile_names_of_people_stay_in_the_folder(office):
    names = ["../x", "CON", "a/b", "a\\b", "长" * 255, ".", "=cmd|' /C calc'!A0", "\u202egnp.exe", "con"]
    head = "单号,日期,类型,客户,产品,数量,单价,交期,业务员"
    rows = [f'SO{at},2026-11-01,下单,骏业,主板,1,6,2026-11-20,"{name}"' for at, name in enumerate(names)]
    office.write("订单.csv", "\n".join([head, *rows]))
    answer = night(office)
    assert answer.code in {0, 1}, answer.err
    assert sorted(path.name for path in out(office).iterdir()) == [".nightly.lock", "2026-11-23"]
    own = [name for name in files(office) if name.startswith("今日必办-") and name.endswith(".md")]
    assert len({name.casefold() for name in own}) == len(names)
    assert not (office.folder.parent / "x").exists()


# ── as schedulers run it ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def machine(tmp_path):
    """A program under a path, a copy of the sample book, and what stands for them in the page of the docs."""
    program = tmp_path / "bin" / "salesaid"
    program.parent.mkdir()
    shutil.copytree(DATA, tmp_path / "office")
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m salesaid "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    return {
        "/opt/salesaid/bin/salesaid": str(program), "/srv/office": str(tmp_path / "office"),
        "/srv/nightly": str(tmp_path / "nightly"), "C:\\salesaid\\salesaid.exe": str(program),
        "D:\\账本": str(tmp_path / "office"), "D:\\每晚": str(tmp_path / "nightly"),
    }  # fmt: skip


def on(machine, text):
    for documented, own in machine.items():
        text = text.replace(documented, own)
    return text


@pytest.mark.skipif(os.name == "nt", reason="cron is no program of Windows")
def test_the_line_for_cron_runs_without_anything_around_it(machine, tmp_path):
    line = re.search(r"```cron\n(.*)\n```", PAGE)[1]
    assert line.split(maxsplit=5)[5] == DOCUMENTED
    assert "%" not in line
    command = on(machine, line.split(maxsplit=5)[5])
    done = subprocess.run(["env", "-i", "/bin/sh", "-c", command], capture_output=True, check=False, cwd="/")
    assert (done.returncode, done.stdout.decode().split()[:3]) == (1, ["nightly", f"{AS_OF}", "new:"])
    names = {path.name for path in (tmp_path / "nightly" / f"{AS_OF}").iterdir()}
    assert {"今日必办.md", "今日必办-王磊.md", f"日报-{AS_OF}.xlsx"} <= names
    again = subprocess.run(
        ["env", "-i", "TZ=America/New_York", "LC_ALL=POSIX", "HOME=/nowhere", "/bin/sh", "-c", command],
        capture_output=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert again.stdout == done.stdout
    assert {path.name for path in (tmp_path / "nightly" / f"{AS_OF}").iterdir()} == names


def units():
    blocks = re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)
    return dict(zip(("service", "timer"), blocks, strict=True))


def test_the_service_runs_the_same_line(machine):
    [line] = re.findall(r"^ExecStart=(.*)$", units()["service"], re.MULTILINE)
    assert line == DOCUMENTED
    assert "SuccessExitStatus=1" in units()["service"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_units_are_in_order(machine, tmp_path):
    for kind, text in units().items():
        own = on(machine, text).replace("User=office\n", "")
        (tmp_path / f"salesaid-nightly.{kind}").write_text(own, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.glob("salesaid-nightly.*"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "Failed to" in done.stderr and "salesaid" not in done.stderr:
        pytest.skip("systemd-analyze does not work here")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_task_of_windows_is_one_command_that_runs(machine, tmp_path):
    line = re.search(r"```bat\n(.*)\n```", PAGE)[1]
    task = re.search(r'/TR "(.*)"$', line)[1].replace('\\"', '"')
    assert len(task) <= 261  # more schtasks refuses
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', task)]
    done = subprocess.run([on(machine, word) for word in words], capture_output=True, check=False, env={})
    assert done.returncode == 1, done.stderr.decode()
    assert (tmp_path / "nightly" / f"{AS_OF}" / "nightly.log").exists()


def test_the_day_is_the_books_whatever_the_machines_zone_is(office):
    office.write("salesaid.toml", '[book]\nlanguage = "zh"\ntimezone = "Pacific/Kiritimati"\n')
    assert night(office, SALESAID_TODAY="").code in {0, 1}
    far_east = next(iter(path.name for path in out(office).iterdir() if path.is_dir()))
    office.write("salesaid.toml", '[book]\nlanguage = "zh"\ntimezone = "Pacific/Pago_Pago"\n')
    assert night(office, SALESAID_TODAY="").code in {0, 1}
    days = sorted(path.name for path in out(office).iterdir() if path.is_dir())
    assert len(days) == 2
    assert days[-1] == far_east

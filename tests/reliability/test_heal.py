"""Rows that somebody's save lost or changed: found by what they say, never by how their file is written."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reliability import stops
from tests.reliability.stops import Case

LINES = (
    "order add 骏业 A-1×2@119 B-2×1 --ship",
    "order add 万安达 A-1×4.50@80.25 --note 加急",
    "order add 骏业 A-1×2@119 -d 2026-11-22",
    "order add 骏业 A-1×2@119 -d 2026-11-22",
)
POSTED = 5  # rows of orders
PATH = "订单.csv"
QTY, PRICE, AMOUNT, DAY = "数量", "单价", "金额", "日期"


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def book(request, memory):
    desk = stops.made(Case("void", request.param), memory / f"heal {request.param}")
    for line in LINES:
        assert desk.run(line).code == 0
    return desk


@pytest.fixture(scope="module")
def in_csv(memory):
    desk = stops.made(Case("void", "csv"), memory / "heal by hand")
    for line in LINES:
        assert desk.run(line).code == 0
    return desk


@pytest.fixture
def desk(in_csv, place):
    return stops.at(shutil.copytree(in_csv.folder, place / "book"))


def table(desk):
    return list(csv.reader(io.StringIO(desk.text(PATH))))


def save(desk, rows, encoding="utf-8", end="\r\n", delimiter=","):
    text = io.StringIO()
    csv.writer(text, lineterminator=end, delimiter=delimiter).writerows(rows)
    (desk.folder / PATH).write_bytes(text.getvalue().encode(encoding))


def healing(desk, words=""):
    answer = desk.json(f"heal {words}")
    assert answer["status"] == "ok", answer
    return answer["data"]


def codes(data):
    return [note["code"] for note in data["notes"]]


def is_named(desk):
    return "receipts_lost" in codes(desk.json("order list")["data"])


# ── no false alarm, none left out ────────────────────────────────────────────────────────────────


def other_numbers(rows):
    head = rows[0]
    for row in rows[1:]:
        for name in (QTY, PRICE, AMOUNT):
            at = head.index(name)
            row[at] = f"{Decimal(row[at]):,.2f}" if row[at] else ""
    return rows


def other_dates(rows):
    at = rows[0].index(DAY)
    for row in rows[1:]:
        year, month, day = row[at].split("-")
        row[at] = f"{year}/{int(month)}/{int(day)}"
    return rows


def reordered(rows):
    return [row[::-1] for row in rows]


def widened(rows):
    return [[*row[:2], f"颜色{place}" if not place else "红", *row[2:]] for place, row in enumerate(rows)]


def padded(rows):
    return [[f"{cell} " if cell else "" for cell in row] for row in rows[:1]] + [
        [f" {cell} " if cell else "" for cell in row] for row in rows[1:]
    ]


def with_totals(rows):
    blank = [""] * len(rows[0])
    return [*rows, blank, ["合计", *blank[1:]]]


def filled_in(rows):
    at = next(place for place, cell in enumerate(rows[0]) if cell.strip() == "备注")
    return [rows[0], *([*row[:at], row[at] or "电话里说过", *row[at + 1 :]] for row in rows[1:])]


WAYS = (other_numbers, other_dates, reordered, widened, padded, with_totals, filled_in)
FORMS = (("utf-8", "\n", ","), ("gb18030", "\r\n", ","), ("utf-8-sig", "\r", ","), ("utf-16", "\n", "\t"))


@st.composite
def saves(draw):
    """How a person saves: ways, a form, an order of rows, rows left out, and rows whose quantity is another."""
    every = range(2, 2 + POSTED)
    gone = draw(st.sets(st.sampled_from(every), max_size=3))
    changed = draw(st.sets(st.sampled_from(every), max_size=2)) - gone
    ways = draw(st.lists(st.sampled_from(WAYS), unique=True, max_size=4))
    return ways, draw(st.sampled_from(FORMS)), draw(st.randoms(use_true_random=False)), gone, changed


def saved(rows, ways, shuffle, gone, changed):
    head, *rest = rows
    at = head.index(QTY)
    for place in changed:
        rest[place][at] = "77"
    kept = [row for place, row in enumerate(rest) if place not in gone]
    shuffle.shuffle(kept)
    found = [head, *kept]
    for way in sorted(ways, key=WAYS.index):
        found = way(found)
    return found


def of(rows):
    """A row as it is named: its number, product and quantity."""
    head = rows[0]
    at = [head.index(name) for name in ("单号", "产品", QTY)]
    return [(row[at[0]], row[at[1]], Decimal(row[at[2]] or 0)) for row in rows[1:]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves())
def test_what_is_gone_or_changed_is_named_and_nothing_else(in_csv, memory, given_):
    ways, form, shuffle, gone, changed = given_
    with TemporaryDirectory(dir=memory) as place:
        desk = stops.at(shutil.copytree(in_csv.folder, Path(place) / "book"))
        rows = table(desk)
        names = of(rows)
        save(desk, saved(rows, ways, shuffle, gone, changed), *form)
        assert is_named(desk) == bool(gone or changed)
        data = healing(desk, "--dry-run")
        put_back = [(e["row"]["order_no"], e["row"]["product"], Decimal(str(e["row"]["qty"]))) for e in data["entries"]]
        assert Counter(put_back) == Counter(names[place] for place in gone)
        assert codes(data).count("changed") == len(changed)


def test_a_workbook_saved_by_another_program_raises_no_alarm(book):
    from openpyxl import load_workbook

    assert not is_named(book)
    if (path := book.folder / "订单.xlsx").exists():
        sheet = load_workbook(path)
        sheet.active.auto_filter.ref = "A1:F9"
        sheet.active["F4"].number_format = "0.00"
        sheet.save(path)
    assert not is_named(book)
    assert healing(book)["entries"] == []


@pytest.mark.slow
def test_libreoffice_may_save_ledgers_with_appended_rows(book, place):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("there is no soffice")
    desk = stops.at(shutil.copytree(book.folder, place / "book"))
    path = next(path for path in desk.folder.iterdir() if path.stem == "订单")
    out = place / "out"
    form = "xlsx" if path.suffix == ".xlsx" else "csv:Text - txt - csv (StarCalc):44,34,76,1"
    line = [office, "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", form]
    if path.suffix == ".csv":
        line.append("--infilter=Text - txt - csv (StarCalc):44,34,76,1")
    run([*line, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    shutil.copy(out / path.name, path)
    assert not is_named(desk)
    assert healing(desk)["entries"] == []


# ── healing ──────────────────────────────────────────────────────────────────────────────────────


def test_lost_rows_come_back_as_a_post_that_can_be_undone(desk):
    before = desk.run("order list").out
    rows = table(desk)
    save(desk, rows[:3])
    assert healing(desk, "--dry-run")["dry_run"]
    assert len(healing(desk)["entries"]) == POSTED
    assert desk.run("order list").out == before
    assert healing(desk)["entries"] == []
    assert desk.run("undo").code == 0
    assert len(table(desk)) == 3
    assert len(healing(desk, "--dry-run")["entries"]) == POSTED


def test_only_the_receipts_that_are_named_are_healed(desk):
    save(desk, table(desk)[:3])
    assert len(healing(desk, "r2")["entries"]) == 1
    assert len(healing(desk, "R1 R3 --dry-run")["entries"]) == 3
    answer = desk.run("heal R2")
    assert answer.code == 2
    assert "R1、R3、R4" in answer.err
    assert desk.run("heal R99").code == 2


def test_what_was_done_on_purpose_is_accepted_once_and_for_all(desk):
    rows = table(desk)
    rows[-1][rows[0].index(QTY)] = "9"
    save(desk, [*rows[:3], *rows[4:]])
    assert codes(healing(desk, "--accept --dry-run")) == ["accepted"] * 2
    data = healing(desk, "--accept")
    assert data["receipt"].startswith("R")
    assert not is_named(desk)
    assert healing(desk)["entries"] == []
    assert desk.run("undo").code == 0
    assert len(healing(desk, "--dry-run")["entries"]) == 1
    assert desk.run("undo").code == 0
    assert codes(healing(desk)) == []


def test_a_changed_row_is_shown_from_what_to_what_and_left_alone(desk):
    rows = table(desk)
    rows[-1][rows[0].index(QTY)] = "9"
    rows[-1][rows[0].index("产品")] = "B-2"
    save(desk, rows)
    said = desk.run("product list").out
    assert "数量 2 → 9" in said
    assert "产品 A-1 → B-2" in said
    assert f"第 {len(rows)} 行" in said
    before = (desk.folder / PATH).read_bytes()
    assert codes(healing(desk)) == ["changed", "changed_by_hand"]
    assert (desk.folder / PATH).read_bytes() == before
    english = desk.run("--lang en heal").err
    assert "Quantity 2 → 9" in english or "Qty 2 → 9" in english


def test_the_next_post_names_them_too_and_says_so_only_once(desk):
    save(desk, table(desk)[:5])
    assert "receipts_lost" in codes(desk.json("stock in -i A-1×5")["data"])
    assert not is_named(desk)
    assert len(healing(desk, "--dry-run")["entries"]) == POSTED - 2


def test_what_was_undone_or_voided_is_not_missed(desk):
    assert desk.run("undo").code == 0
    assert healing(desk)["entries"] == []
    assert desk.run("void SO20261122-001 --why 错").code == 0
    assert healing(desk)["entries"] == []


def test_healing_into_an_open_ledger_waits(desk):
    save(desk, table(desk)[:3])
    (desk.folder / f".~lock.{PATH}#").write_bytes(b"")
    assert healing(desk)["queued"]
    assert healing(desk)["entries"] == []
    (desk.folder / f".~lock.{PATH}#").unlink()
    assert desk.run("stock in -i A-1×1").code == 0
    assert healing(desk)["entries"] == []
    assert len(table(desk)) == 3 + POSTED

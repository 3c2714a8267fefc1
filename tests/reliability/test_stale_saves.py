"""A person's stale save, made in three ways at any step of a post: every acknowledged row is there, or is named."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from salesaid.storage import system
from tests.reliability import stops
from tests.reliability.stops import Case

ADD = "order add 骏业 A-1×{}@119 B-2×1"
NAMED = "记过账的行在台账里有"
SAVES = 300
SHARE = 10  # of them every tenth is tried in the ordinary run


def deleted_and_renamed(path: Path, content: bytes) -> None:
    """As Excel does: the file is gone for a moment, and becomes another one."""
    other = path.with_name("A1B2C3D4")
    other.write_bytes(content)
    path.unlink()
    other.rename(path)


def replaced(path: Path, content: bytes) -> None:
    """As LibreOffice does."""
    other = path.with_name("lu12345.tmp")
    other.write_bytes(content)
    other.replace(path)


def written_over(path: Path, content: bytes) -> None:
    """As a text editor does."""
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(content)


WAYS = (deleted_and_renamed, replaced, written_over)
SAVED = ("as it was", "with a row of their own", "sorted")


def edited(content: bytes, how: str) -> bytes:
    """What the person saves who opened this."""
    if how == "with a row of their own":
        return content + "SO20261123-900,2026-11-23,下单,万安达,B-2,1,个,80,80,手写\n".encode()
    if how == "sorted":
        head, *rows = content.splitlines(keepends=True)
        return head + b"".join(sorted(rows, reverse=True))
    return content


def edited_workbook(content: bytes, how: str) -> bytes:
    """The same of a workbook."""
    if how == "as it was":
        return content
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    if how == "sorted":
        rows = sorted(sheet.iter_rows(min_row=2, values_only=True), key=str, reverse=True)
        sheet.delete_rows(2, sheet.max_row)
        for row in rows:
            sheet.append(row)
    else:
        sheet.append(["SO20261123-900", "2026-11-23", "下单", "万安达", "B-2", 1, "个", 80, 80, "手写"])
    book.save(out := io.BytesIO())
    return out.getvalue()


def orders(desk) -> Path:
    return next(path for path in desk.folder.iterdir() if path.stem == "订单")


@pytest.fixture(scope="module", params=["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
def model(request, memory):
    desk = stops.made(Case("void", request.param), memory / f"stale {request.param}")
    assert desk.run("stock in -i A-1×1").code == 0
    steps: list[str] = []
    trial = desk.folder.with_name(f"{desk.folder.name} trial")
    shutil.copytree(desk.folder, trial)
    system.hook = lambda name, path, size: steps.append(name)
    try:
        assert stops.at(trial).run(ADD.format(1)).code == 0
    finally:
        system.hook = None
    return desk, len(steps)


def saves(steps: int):
    """(rows posted since it was opened, step, way, how) of the saves that are tried."""
    every = [
        (posted, step, way, how)
        for step in range(steps + 1)
        for posted in range(3)
        for way in WAYS
        for how in SAVED
        if posted or step
    ]
    return every[:: max(1, len(every) // SAVES)]


def saved_while_posting(model, place, posted, step, way, how):
    """The book, and the numbers that were acknowledged, the last of them maybe beside the save."""
    desk = stops.at(shutil.copytree(model[0].folder, place / "book"))
    path = orders(desk)
    stale = edited(path.read_bytes(), how) if path.suffix == ".csv" else edited_workbook(path.read_bytes(), how)
    numbers = [desk.json(ADD.format(count + 1))["data"]["no"] for count in range(posted)]
    count = -1

    def hook(name: str, at: str, size: int) -> None:
        nonlocal count
        count += 1
        if count == step:
            way(path, stale)

    system.hook = hook
    try:
        ran = desk.run(f"{ADD.format(9)} --format json")
    finally:
        system.hook = None
    if count < step:
        way(path, stale)
    answer = json.loads(ran.out)
    is_named = NAMED in ran.out + ran.err
    assert answer["status"] == "ok" or answer["errors"][0]["code"] in {"changed-elsewhere", "not-recorded"}, answer
    return desk, numbers + ([answer["data"]["no"]] if answer["status"] == "ok" else []), is_named


def standing(desk, numbers):
    """How many of the two rows of each number the ledger holds."""
    path = orders(desk)
    if path.suffix == ".csv":
        found = [line.split(",")[0] for line in desk.lines(path.name)]
    else:
        found = [row[0] for row in load_workbook(path).active.iter_rows(values_only=True)]
    return {no: found.count(no) for no in numbers}


def assert_all_there_or_named(desk, numbers, is_named) -> None:
    missing = {no for no, rows in standing(desk, numbers).items() if rows < 2}
    is_named = is_named or NAMED in desk.run("product list").out
    assert is_named == bool(missing), (numbers, missing)
    assert desk.run("heal --dry-run").code == 0
    healed = desk.json("heal")["data"]
    assert {entry["row"]["order_no"] for entry in healed["entries"]} == missing
    assert standing(desk, numbers) == dict.fromkeys(numbers, 2)
    assert NAMED not in desk.run("product list").out
    assert set(numbers) <= set(stops.numbers(desk))


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, SHARE))])
def test_every_acknowledged_row_is_there_or_named(model, place, part):
    tried = saves(model[1])[part::SHARE]
    assert len(tried) >= SAVES // SHARE
    for count, (posted, step, way, how) in enumerate(tried):
        desk, numbers, is_named = saved_while_posting(model, place / str(count), posted, step, way, how)
        assert_all_there_or_named(desk, numbers, is_named)

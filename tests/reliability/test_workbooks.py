"""Workbooks of every make as a ledger: an order is added with all other parts intact, or one sentence says why not."""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from salesaid.core.errors import SalesaidError
from salesaid.storage.contract import Spot
from salesaid.storage.xlsx_store import STORE
from tests.reliability import stops

BOOKS = Path(__file__).parents[2] / ".." / "shared" / "data" / "workbooks"
COLUMNS = ("product", "qty", "date", "customer")
PATHS = sorted(BOOKS.rglob("*.xls[xm]"))


def headings(path: Path) -> list[str]:
    """The texts of the fullest of the first rows."""
    with suppress(SalesaidError):
        sheet = STORE.open(Spot(path), lambda row: sum(1 for text in row if text.strip()))
        sheet.close()
        return list(dict.fromkeys(text.strip() for text in sheet.headings if text.strip()))
    return []


def desk_over(path: Path, folder: Path):
    """A book whose orders lie in a copy of the workbook, its first headings taken for an order's columns."""
    desk = stops.made(stops.Case("void", "csv", is_new=True), folder)
    shutil.copy(path, desk.folder / path.name)
    pairs = [f"{json.dumps(text)} = '{id_}'\n" for text, id_ in zip(headings(path), COLUMNS, strict=False)]
    with (desk.folder / "salesaid.toml").open("a", encoding="utf-8") as file:
        file.write(f"[ledgers.orders]\nfile = '{path.name}'\n[ledgers.orders.columns]\n{''.join(pairs)}")
    return desk


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def assert_appended_or_refused(path: Path, folder: Path) -> bool:
    desk = desk_over(path, folder)
    ledger = desk.folder / path.name
    listed, before = desk.run("order list"), ledger.read_bytes()
    answer = desk.run("order add 骏业 A-1×1")
    assert {listed.code, answer.code} <= {0, 2, 3}, (path.name, listed, answer)
    if answer.code:
        assert answer.err.count("错误：") == 1, answer
        assert ledger.read_bytes() == before
        return False
    old, new = parts(path), parts(ledger)
    changed = [name for name in old if new[name] != old[name]]
    assert list(new) == list(old)
    assert all("sheet" in name or "tables/" in name for name in changed), changed
    assert desk.run("undo").code == 0
    assert ledger.read_bytes() == before
    return True


def try_all(paths, place) -> int:
    if not paths:
        pytest.skip("../shared/data/workbooks is not here")
    return sum(assert_appended_or_refused(path, place / str(number)) for number, path in enumerate(paths))


def test_a_share_of_the_workbooks(place):
    assert try_all(PATHS[::6], place) > 0


@pytest.mark.slow
def test_every_workbook(place):
    assert try_all(PATHS, place) >= 8

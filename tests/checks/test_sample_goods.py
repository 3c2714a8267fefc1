"""The sample book: each planted trouble with goods is found by the rule that is meant, and nothing else is flagged."""

from __future__ import annotations

import csv
import importlib
import random
import shutil
import sys

import pytest

from tests.desk import Desk
from tests.sample_cells import DATA, ROOT

# By trouble, the codes that find it; of a trouble that several spots tell, one is enough.
MEANT = {
    "shipped more than ordered": "O01",
    "wrong model shipped": "O02",
    "past due and not shipped": "O03",
    "entered twice": "O04",
    "no price": "O05",
    "price below the floor": "O06",
    "amount is not quantity times price": "O08",
    "shipped without review": "O09",
    "never signed": "O10",
    "loan overdue though put off": "L01",
    "loan partly returned": "L01",
    "loan without a due date": "L04",
    "more returned than lent": "L03",
    "stuck at a factory": "R02",
    "back and not delivered": "R01",
    "repair partly back": "R01",
    "received and never moved": "R01",
    "delivered and never received": "R03",
    "below the minimum": "K01",
    "exactly at the minimum": "K01",
    "low by what is promised": "K01",
    "out of stock and ordered": "K01",
    "never stocked": "K01",
    "below zero for three days": "K03",
    "no minimum set": "K04",
    "count with a difference": "K06",
    "promised three times and late": "P01 P02",
    "purchase partly received and late": "P01",
    "rejected to the supplier": "P01",
    "received more than ordered": "P03",
    "wrong model received": "P04",
}
BESIDE = {("P01", "采购.csv", "PO20261109-001"), ("L02", "借用.csv", "LN20261110-001")}  # in the course of things


@pytest.fixture(scope="module")
def troubles():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("sample_book").TROUBLES
    finally:
        sys.path.remove(str(ROOT / "docs"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "book"
    shutil.copytree(DATA, folder)
    return Desk(folder, (folder / "salesaid.toml").read_text("utf-8"), "2026-11-22")


@pytest.fixture(scope="module")
def found(desk):
    """Code, file and the row's own number (a register's key) of every finding."""
    rows, folder = desk.rows("check O L R K P"), desk.folder
    files = {}
    for name in {row["file"] for row in rows}:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            files[name] = [line[0] for line in csv.reader(file)]
    return sorted((row["code"], row["file"], files[row["file"]][row["row"] - 1]) for row in rows)


def test_every_trouble_is_found_by_the_rule_that_is_meant(troubles, found):
    for trouble, codes in MEANT.items():
        spots = {(spot.file, spot.number) for spot in troubles[trouble]}
        for code in codes.split():
            assert spots & {(file, number) for each, file, number in found if each == code}, trouble


def test_nothing_else_is_flagged(troubles, found):
    meant = set(BESIDE)
    for trouble, codes in MEANT.items():
        meant |= {(code, spot.file, spot.number) for spot in troubles[trouble] for code in codes.split()}
    assert set(found) <= meant
    assert len(found) == len(set(found))


@pytest.mark.parametrize("seed", range(3))
def test_a_file_in_another_order_has_the_same_findings(desk, seed):
    chance = random.Random(seed)
    before = {row["fingerprint"]: row["message"] for row in desk.rows("check O L R K P")}
    for path in desk.folder.glob("*.csv"):
        head, *lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(head + b"".join(chance.sample(lines, len(lines))))
    after = {row["fingerprint"]: row["message"] for row in desk.rows("check O L R K P")}
    assert after.keys() == before.keys(), [text for mark, text in {**after, **before}.items() if mark not in before]

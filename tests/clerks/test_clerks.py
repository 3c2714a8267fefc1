"""Sheets of every ledger in the manners of clerks: each is read exactly, or refused; none is read otherwise.

What is refused of them all is what a person would have to ask about as well, too: figures with their unit in the
cell. A sheet with one cell that nobody can read is refused with that cell.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.clerks import writing_out
from tests.clerks.laying_out import Made, made
from tests.clerks.offering import Outcome, offered
from tests.desk import Desk

MOST_REFUSED = 0.08


def is_flat(whole: Made) -> bool:
    """Whether a CSV file says all of it: one sheet, nothing merged over several rows, the year of its days in it."""
    merged = any(box.bottom > box.top for grid in whole.grids for box in grid.merged)
    return len(whole.grids) == 1 and not merged


def write(way, whole, folder, seed):
    path = folder / f"{seed}.{'csv' if way == 'csv' else 'xlsx'}"
    if way == "openpyxl":
        writing_out.by_openpyxl(whole, path, formulas=False)
    elif way == "wps":
        writing_out.by_wps(whole, path, Random(seed))
    else:
        writing_out.as_csv(whole, path, Random(seed))
    return path


def outcome(whole, path, folder) -> Outcome:
    book = folder / f"book-{path.parent.name}-{path.stem}"
    book.mkdir()
    return offered(whole, path, Desk(book))


def judge(found: dict[str, Outcome]) -> None:
    """Raises AssertionError with what was read wrongly."""
    assert {name: one.about for name, one in found.items() if one.word == "fault"} == {}
    words = Counter(one.word for one in found.values())
    refused = {name: one.about for name, one in found.items() if one.word == "refused"}
    assert words["refused"] <= MOST_REFUSED * len(found) + 2, refused
    assert words["exact"] > len(found) / 2


@pytest.mark.parametrize("way", ["openpyxl", "wps", "csv"])
def test_a_share_of_clerks_sheets_is_read_exactly_or_refused(way, tmp_path):
    sheets = {seed: made(seed) for seed in range(40)}
    kept = {seed: whole for seed, whole in sheets.items() if way != "csv" or is_flat(whole)}
    found = {
        f"{way} {seed}": outcome(whole, write(way, whole, tmp_path, seed), tmp_path) for seed, whole in kept.items()
    }
    judge(found)
    assert len(found) >= 15


@pytest.mark.slow
@pytest.mark.parametrize("way", ["openpyxl", "wps", "csv"])
def test_thousands_of_clerks_sheets_are_read_exactly_or_refused(way, tmp_path):
    found = {}
    for seed in range(1000, 2200):
        whole = made(seed)
        if way != "csv" or is_flat(whole):
            found[f"{way} {seed}"] = outcome(whole, write(way, whole, tmp_path, seed), tmp_path)
    judge(found)
    assert len(found) >= 500


@pytest.mark.slow
@pytest.mark.skipif(writing_out.SOFFICE is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_clerks_sheets_that_libreoffice_saved_are_read_exactly_or_refused(ending, tmp_path):
    sheets = {seed: made(seed) for seed in range(3000, 3200)}
    (tmp_path / "made").mkdir()
    for seed, whole in sheets.items():
        writing_out.by_openpyxl(whole, tmp_path / "made" / f"{seed}.xlsx", formulas=True)
    (tmp_path / "saved").mkdir()
    writing_out.through_office(sorted((tmp_path / "made").iterdir()), ending, tmp_path / "saved")
    files = {seed: tmp_path / "saved" / f"{seed}.{ending}" for seed in sheets}
    found = {f"{ending} {seed}": outcome(whole, files[seed], tmp_path) for seed, whole in sheets.items()}
    judge(found)
    assert len(found) == len(sheets)

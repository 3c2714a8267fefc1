"""The page on ledgers says what the declarations say."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from salesaid.ledgers import load, names

PAGE = Path(__file__).parents[2] / "docs" / "pages" / "ledgers.py"


@pytest.fixture(scope="module")
def page():
    sys.path.insert(0, str(PAGE.parents[1]))
    spec = spec_from_file_location("ledgers_page", PAGE)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module.page()
    sys.path.remove(str(PAGE.parents[1]))


def test_every_ledger_has_its_section(page):
    sections = [line for line in page.splitlines() if line.startswith("## ")]
    assert sections == [f"## {name} {load(name).title.zh}" for name in names()]


@pytest.mark.parametrize("name", names())
def test_every_column_stands_in_its_section_with_all_its_headings(page, name):
    section = page.split(f"## {name} ")[1].split("\n## ")[0]
    for column in load(name).columns:
        assert f"| `{column.id}` |" in section
        assert "、".join(column.headings) in section


def test_moves_stand_in_plain_words(page):
    assert "| `return` | 退回, return | `date` and `qty` or `amount` | customer → warehouse |" in page
    assert "| `transfer` | 调拨, transfer | `date` and `qty` | warehouse → the other warehouse |" in page


def test_every_table_row_has_four_cells(page):
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert rows
    assert {row.count("|") for row in rows} == {5}

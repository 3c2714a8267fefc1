from __future__ import annotations

import re
import sys
import unicodedata
from datetime import date

import pytest

from salesaid.render import Occasion, as_csv, as_html, as_json, as_markdown
from salesaid.render.as_terminal import render

HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
PATHS = {
    "terminal": lambda table: re.sub(r"\x1b\[[0-9;]*m", "", render(table, lang="zh", width=100, color=True)),
    "wide terminal": lambda table: render(table, lang="zh", width=100, ambiguous_width=2),
    "pipe": lambda table: render(table, lang="zh"),
    "json": lambda table: as_json.to_text(as_json.table_data(table, "zh")),
    "csv": lambda table: as_csv.to_text(table, on_terminal=True),
    "page": lambda table: as_html.to_file(table, Occasion("zh", "order list", date(2026, 11, 22))).decode(),
    "markdown": lambda table: as_markdown.to_text(table, "zh"),
}


def cells(step: int) -> list[str]:
    """Every code point, or each of that step and all of the first 256, in cells of 150."""
    codes = [*range(256), *range(256, sys.maxunicode + 1, step)]
    return ["".join(map(chr, codes[at : at + 150])) for at in range(0, len(codes), 150)]


def hidden_in(text: str) -> set[str]:
    return {c for c in set(text) - {"\n", "\r"} if unicodedata.category(c) in HIDDEN_CATEGORIES}


@pytest.mark.parametrize("path", PATHS)
def test_nothing_hidden_leaves_by_any_path(texts, path) -> None:
    assert hidden_in(PATHS[path](texts(*cells(97)))) == set()


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_no_code_point_at_all_leaves_hidden_by_any_path(texts, path) -> None:
    whole = cells(1)
    for at in range(0, len(whole), 190):
        assert hidden_in(PATHS[path](texts(*whole[at : at + 190]))) == set()

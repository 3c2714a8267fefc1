from __future__ import annotations

from datetime import date

import pytest

from salesaid.render import Occasion, writer


@pytest.mark.parametrize(
    ("ending", "start"),
    [(".xlsx", b"PK"), (".CSV", b"\xef\xbb\xbf"), (".json", b"{"), (".md", b"#"), (".html", b"<!DOCTYPE html>")],
)
def test_the_ending_chooses_the_format(orders, ending, start) -> None:
    to_file = writer(ending)
    assert to_file is not None
    assert to_file(orders(1), Occasion("zh", "order list", date(2026, 11, 22))).startswith(start)


@pytest.mark.parametrize("ending", ["", ".xls", ".txt", "xlsx"])
def test_another_ending_has_no_writer(ending) -> None:
    assert writer(ending) is None

"""Copied rows in a real wholesaler's sales: all that are there are found, and the notes of the file itself."""

from __future__ import annotations

import pytest

from tests import retail

pytestmark = [retail.needed, pytest.mark.slow]


def test_every_copied_row_is_found_and_no_other(desk):
    desk.today = "2011-12-09"
    desk.write("salesaid.toml", retail.SETTINGS.format(file="sales.csv"))
    (desk.folder / "sales.csv").write_text("".join(retail.lines()), "utf-8", newline="")
    seen: set[str] = set()
    copies = []
    for row, line in enumerate(retail.lines(), 1):
        if line in seen:
            copies.append(row)
        seen.add(line)
    assert len(copies) == 5268
    rows = desk.rows("check A")
    assert [row["row"] for row in rows if row["code"] == "A10"] == copies
    assert [(row["code"], row["column"]) for row in rows if row["code"] != "A10"] == [("A01", "Country")]

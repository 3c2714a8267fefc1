"""The newest import taken back although somebody saved its ledger since: what stands as it was imported goes."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.desk import Desk

ROWS = """单号,日期,客户,产品,数量,单价
A1,2026-11-02,骏业,主板,2,9
A2,2026-11-03,骏业,主板,5,9
A3,2026-11-04,骏业,主板,7,9
"""


@pytest.mark.parametrize("store", ["csv", "xlsx"])
@pytest.mark.parametrize("words", ["undo", "undo R1"])
def test_the_newest_import_is_undone_row_by_row_where_its_ledger_was_edited(tmp_path, store, words):
    (tmp_path / "book").mkdir()
    desk = Desk(tmp_path / "book", f'[book]\nlanguage = "zh"\nstore = "{store}"\n')
    (tmp_path / "单.csv").write_text(ROWS, "utf-8")
    assert desk.run(["import", str(tmp_path / "单.csv"), "--as", "orders", "--new", "-y"]).code == 0
    if store == "csv":
        desk.write("订单.csv", desk.text("订单.csv").replace(",5,", ",6,"))
    else:
        path = desk.folder / "订单.xlsx"
        book = load_workbook(path)
        sheet = book.active
        qty = [cell.value for cell in sheet[1]].index("数量") + 1
        sheet.cell(3, qty).value = 6
        book.save(path)
    assert desk.run(f"{words} --dry-run").code == 0
    assert [row["ordered"] for row in desk.rows("order list")] == [7, 6, 2]
    answer = desk.run(words)
    assert (answer.code, "改过" in answer.out + answer.err) == (0, True)
    assert [row["ordered"] for row in desk.rows("order list")] == [6]

"""Rows that a large import brought are held against counts like all others, though its receipt does not list them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.desk import SETTINGS

MANY = 2_300  # more rows than a receipt lists
BOOK = """
    产品.csv
    产品,型号,组成
    主板,ZB1,
    电源,DY1,
    套装,TZ1,主板*1; 电源*2

    $ salesaid stock in --opening -i 主板×9 -d 2026-09-01
    $ salesaid stock in --opening -i 电源×9 -d 2026-09-01
    $ salesaid stock count -i 主板=9 -d 2026-11-10
"""


def sheet():
    """A day, a product and what becomes of it, a row: what the rule should say of each is plain."""
    for at in range(MANY):
        day = date(2026, 11, 1) + timedelta(at % 20)
        yield day, ("主板", "电源", "套装", "zb1")[at % 4] if at % 7 == 0 else "电源"


def late_by_hand():
    return sum(day <= date(2026, 11, 10) and product != "电源" for day, product in sheet())


def late(desk):
    return desk.rows("check K05")


@pytest.fixture
def moves(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    lines = [f"{day:%Y年%m月%d日},{product},1,出库" for day, product in sheet()]
    desk.write("流水.csv", "日期,产品,数量,类型\n" + "\n".join(lines))
    return desk


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_rows_that_were_imported_after_a_count_are_told(moves, store):
    moves.write("salesaid.toml", SETTINGS + f'store = "{store}"\n')
    moves.lay_out(BOOK)
    assert moves.run("import 流水.csv --as stock_moves").code == 0
    found = late(moves)
    assert len(found) == late_by_hand() > 100
    assert {row["file"] for row in found} == {f"库存变动.{store}"}
    assert moves.run("undo").code == 0
    assert late(moves) == []


def test_rows_that_were_imported_before_a_count_are_not(moves):
    moves.lay_out(BOOK)
    moves.run("import 流水.csv --as stock_moves")
    moves.run("stock count -i 主板=9 -d 2026-11-10")
    assert late(moves) == []
    moves.run("stock in -i 主板×1 -d 2026-11-09")
    assert len(late(moves)) == 1


def test_an_import_into_a_sheet_of_others_order_and_words_is_read_as_it_stands(moves):
    moves.write("salesaid.toml", SETTINGS + '[ledgers.stock_moves.words]\n"领料" = "out"\n')
    moves.lay_out(BOOK)
    (moves.folder / "库存变动.csv").unlink()
    moves.write("库存变动.csv", "数量,颜色,动作,产品,日期,单号\n9,红,领料,主板,2026年9月1日,X1")
    assert moves.run("import 流水.csv --as stock_moves").code == 0
    assert "领料" in moves.lines("库存变动.csv")[-1]
    assert len(late(moves)) == late_by_hand()


def test_an_import_that_was_taken_back_by_its_rows_is_told_of_no_more(moves):
    moves.lay_out(BOOK)
    moves.run("import 流水.csv --as stock_moves")
    moves.run("stock in -i 主板×1 -d 2026-11-20")
    assert late(moves)
    assert moves.run("undo R4").code == 0
    assert late(moves) == []

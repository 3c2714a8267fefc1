"""The year of 5月6日: from the settings, the sheet's name, the file's name, else the row is set aside."""

from __future__ import annotations

import openpyxl
import pytest

from salesaid.core.dates import year_in
from tests.desk import SETTINGS

ROWS = "单号,日期,客户,产品,数量\nA1,5月6日,甲,线,3"


def days(desk):
    return [row["date"] for row in desk.rows("order list")]


@pytest.mark.parametrize(
    ("name", "year"), [("2025年订单", 2025), ("订单2024-2025", None), ("订单", None), ("120251", None)]
)
def test_a_name_says_a_year_if_it_holds_one_only(name, year):
    assert year_in(name) == year


def test_the_file_name_says_the_year_unless_the_settings_do(desk):
    desk.write("2025年订单.csv", ROWS)
    desk.write("salesaid.toml", f'{SETTINGS}[ledgers.orders]\nfile = "2025年订单.csv"')
    assert days(desk) == ["2025-05-06"]
    desk.write("salesaid.toml", f'{SETTINGS}[ledgers.orders]\nfile = "2025年订单.csv"\nyear = 2024')
    assert days(desk) == ["2024-05-06"]


def test_the_sheet_name_comes_before_the_file_name(desk):
    book = openpyxl.Workbook()
    book.active.title = "2023"
    for line in ROWS.splitlines():
        book.active.append(line.split(","))
    book.save(desk.folder / "订单2025.xlsx")
    desk.write("salesaid.toml", f'{SETTINGS}[ledgers.orders]\nfile = "订单2025.xlsx"')
    assert days(desk) == ["2023-05-06"]


@pytest.mark.parametrize(("day", "setting"), [("5月6日", "year"), ("5/6/26", "date_order"), ("某天", None)])
def test_a_date_that_a_setting_would_make_readable_names_the_setting(desk, day, setting):
    desk.write("订单.csv", ROWS.replace("5月6日", day))
    (note,) = desk.json("order list")["data"]["notes"]
    assert note["code"] == "set_aside"
    assert ("设置里要有" in note["text"]) is (setting is not None)
    assert setting is None or f"（设置里要有 {setting}）" in note["text"]

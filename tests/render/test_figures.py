"""Money in JSON and CSV: the digits of the table, whatever the file it was read from."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from salesaid.core.kinds import MONEY, PRICE, QTY
from salesaid.render.figures import exact

ORDERS = [
    ["单号", "日期", "客户", "产品", "数量", "单价", "金额"],
    ["SO1", "2026-11-01", "骏业", "主板", 10, 79, 790],
    ["SO2", "2026-11-02", "骏业", "电源", 3, 0.335, 1.005],
    ["SO3", "2026-11-03", "骏业", "运费", 1, 12.5, ""],
]


def in_csv(desk):
    desk.write("订单.csv", "\n".join(",".join(map(str, row)) for row in ORDERS).replace(",790", ",790.00"))


def in_xlsx(desk):
    book = openpyxl.Workbook()
    for row in ORDERS:
        book.active.append(row)
    book.save(desk.folder / "订单.xlsx")


@pytest.mark.parametrize("store", [in_csv, in_xlsx])
def test_both_stores_and_both_formats_have_the_digits_of_the_table(desk, store):
    store(desk)
    answer = desk.run("order list --format json").out
    for digits in ('"amount": 790.00', '"amount": 1.01', '"amount": 12.50', '"price": 0.335', '"price": 79.00'):
        assert digits in answer
    assert '"amount": 803.51' in answer
    rows = list(csv.DictReader(io.StringIO(desk.run("order list --format csv").out.removeprefix("\ufeff"))))
    assert [(row["price"], row["amount"]) for row in rows] == [
        ("12.50", "12.50"),
        ("0.335", "1.01"),
        ("79.00", "790.00"),
    ]
    assert "1.01" in desk.run("order list").out


@pytest.mark.parametrize(
    ("kind", "value", "digits"),
    [
        (MONEY, "1.005", "1.01"), (MONEY, "-790", "-790.00"), (PRICE, "2.5", "2.50"), (PRICE, "0.3350", "0.335"),
        (PRICE, "120.000", "120.00"), (QTY, "2.50", "2.50"),
    ],
)  # fmt: skip
def test_figures_of_money(kind, value, digits):
    assert str(exact(kind, Decimal(value))) == digits


def test_what_is_no_number_stays():
    assert exact(MONEY, None) is None
    assert str(exact(MONEY, Decimal("NaN"))) == "NaN"

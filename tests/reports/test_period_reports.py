"""Period reports of the sample book: the same from workbooks, and blind for what happens after the period."""

from __future__ import annotations

import csv
from shutil import copytree

import pytest
from openpyxl import Workbook

from tests.desk import Desk
from tests.sample_cells import DATA

AS_OF = "2026-11-22"
REGISTERS = {"产品", "客户", "供应商", "名称对照", "目标"}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def book(tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    return Desk(folder, (folder / "salesaid.toml").read_text(encoding="utf-8"), AS_OF)


def figures(desk, words):
    """Every table's rows and totals, by its title."""
    return [(table["title"], table["rows"], table["totals"]) for table in desk.json(words)["data"]["tables"]]


def test_a_book_of_workbooks_has_the_same_report(book):
    before = figures(book, "report month 2026-10")
    for path in book.folder.glob("*.csv"):
        workbook = Workbook()
        for row in rows_of(path):
            workbook.active.append([text or None for text in row])
        workbook.save(path.with_suffix(".xlsx"))
        path.unlink()
    assert figures(book, "report month 2026-10") == before


@pytest.mark.parametrize(
    ("words", "last"), [("report month 2026-10", "2026-10-31"), ("report week 2026-W40", "2026-10-04")]
)
def test_rows_after_the_period_change_nothing(book, words, last):
    before = figures(book, words)
    for path in book.folder.glob("*.csv"):
        head, *rows = rows_of(path)
        if path.stem not in REGISTERS and "日期" in head:
            day = head.index("日期")
            kept = [row for row in rows if row[day].replace("/", "-")[:10] <= last]
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([head, *kept])
    assert figures(book, words) == before


def test_days_and_weeks_come_to_the_month(book):
    def net(words):
        return book.json(f"report salespeople {words}")["data"]["totals"]

    days = [net(f"--since 2026-10-{day:02} --until 2026-10-{day:02}") for day in range(1, 32)]
    month = net("2026-10")
    for name in ("net", "ordered", "received", "qty"):
        assert sum(day[name] or 0 for day in days) == pytest.approx(month[name]), name


def test_quarters_come_to_the_year(book):
    quarters = [book.json(f"report products 2026Q{quarter}")["data"]["totals"] for quarter in (1, 2, 3, 4)]
    year = book.json("report products 2026")["data"]["totals"]
    for name in ("net", "qty", "returned", "margin"):
        assert sum(quarter[name] or 0 for quarter in quarters) == pytest.approx(year[name]), name


def test_a_workbook_of_the_sample_book_has_every_sheet(book):
    from python_calamine import CalamineWorkbook

    path = book.folder / "月报.xlsx"
    assert book.run(["report", "month", "2026-11", "--out", str(path)]).code == 0
    assert CalamineWorkbook.from_path(path).sheet_names == [
        "汇总", "按业务员", "按客户", "按产品", "按类别", "应收账龄", "借出未还", "返修未结", "库存预警", "采购未到",
        "异常清单", "明细", "借出明细", "收款明细", "返修明细",
    ]  # fmt: skip


def test_repairs_are_registered_day_by_day(book):
    rows = [row for row in rows_of(DATA / "返修.csv")[1:] if "2026-10-01" <= row[1] <= "2026-10-31"]
    answer = book.json("report return-register 2026-10")["data"]
    own = [row for row in answer["rows"] if row["kind"] != "day"]
    assert [(row["date"], row["return_no"]) for row in own] == sorted((row[1], row[0]) for row in rows)
    assert answer["totals"]["fee"] == sum(float(row[12] or 0) for row in rows)
    days = [row for row in answer["rows"] if row["kind"] == "day"]
    assert len(days) == len({row[1] for row in rows})
    assert sum(row["amount"] for row in days) == answer["totals"]["amount"]


def test_a_day_has_its_books_on_a_screen_and_in_a_workbook(book):
    from python_calamine import CalamineWorkbook

    assert "返修进出" in book.run("report day 2026-11-19").out
    path = book.folder / "日报.xlsx"
    assert book.run(["report", "day", "2026-11-19", "--out", str(path)]).code == 0
    names = CalamineWorkbook.from_path(path).sheet_names
    assert names[:6] == ["汇总", "订单", "销售", "收款", "借还", "返修进出"]

"""A gift wholesaler's real sales, untouched, are a book once eight headings are named."""

from __future__ import annotations

import csv
import io
import zipfile
from bisect import bisect_left
from collections import Counter
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests import retail
from tests.desk import Desk
from tests.retail import SETTINGS, in_csv, lines, sales

ONE_DAY = "order list --since 2010-12-01 --until 2010-12-01 --customer"
ADD = "order add 17850 85123A×6@2.55"
AS_WRITTEN = ["85123A", "6", "2026-11-23 00:00:00", "2.55", "17850.0", ""]
FEW = 2_000

pytestmark = retail.needed


def in_xlsx(desk: Desk, count: int) -> Path:
    """The same rows as a person's workbook has them: numbers as numbers, dates as dates, codes as text."""
    import openpyxl

    desk.write("salesaid.toml", SETTINGS.format(file="sales.xlsx"))
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Sales")
    sheet.append(next(csv.reader(lines())))
    for sale in sales(count):
        day, customer = datetime.fromisoformat(sale["InvoiceDate"]), sale["CustomerID"]
        head = (sale["InvoiceNo"], sale["StockCode"], sale["Description"], int(sale["Quantity"]), day)
        sheet.append([*head, float(sale["UnitPrice"]), float(customer) if customer else None, sale["Country"]])
    workbook.save(desk.folder / "sales.xlsx")
    return desk.folder / "sales.xlsx"


def sums(count: int | None, customer: str | None = None, day: str = "") -> tuple[int, Decimal]:
    """Pieces and money, straight from the file; each row's amount to the cent."""
    wanted = [s for s in sales(count) if customer in {None, s["CustomerID"]} and s["InvoiceDate"].startswith(day)]
    pieces = sum(int(sale["Quantity"]) for sale in wanted)
    amounts = (int(sale["Quantity"]) * Decimal(sale["UnitPrice"]) for sale in wanted)
    return pieces, sum((each.quantize(Decimal("0.01"), ROUND_HALF_UP) for each in amounts), Decimal(0))


def totals(answer) -> tuple[int, Decimal]:
    return answer["totals"]["ordered"], Decimal(str(answer["totals"]["amount"]))


def listed(desk: Desk, words: str):
    answer = desk.json(words)
    assert answer["status"] == "ok", answer["errors"]
    return answer["data"]


def others(path: Path, changed: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != changed}


def holds_the_day(desk: Desk, count: int | None) -> None:
    """One customer's day, however the code is typed."""
    short, long = listed(desk, f"{ONE_DAY} 17850"), listed(desk, f"{ONE_DAY} 17850.0")
    assert totals(short) == totals(long) == sums(count, "17850.0", "2010-12-01")
    assert {row["customer"] for row in short["rows"]} == {"17850"}


def adds_and_takes_back_a_row(desk: Desk, path: Path) -> bytes:
    """The bytes of the file with one more order, which undo takes away to the bit."""
    before = path.read_bytes()
    added = desk.run(ADD)
    assert added.code == 0, added.err
    after = path.read_bytes()
    assert desk.run("undo").code == 0
    assert path.read_bytes() == before
    return after


def test_the_first_rows_of_the_csv_give_the_sums_of_the_file(desk):
    in_csv(desk, FEW)
    holds_the_day(desk, FEW)
    assert totals(listed(desk, "order list")) == sums(FEW)


def test_cancelled_sales_are_lines_below_zero_with_nothing_open(desk):
    in_csv(desk, FEW)
    rows = [row for row in listed(desk, "order list")["rows"] if row["order_no"].startswith("C")]
    numbers = {sale["InvoiceNo"] for sale in sales(FEW) if sale["InvoiceNo"].startswith("C")}
    assert {row["order_no"] for row in rows} == numbers != set()
    assert all(row["ordered"] < 0 and row["open"] == 0 for row in rows)


def test_rows_without_a_customer_or_a_description_are_used(desk):
    in_csv(desk, FEW)
    rows = listed(desk, "order list")["rows"]
    nobody = [row for row in rows if row["customer"] is None]
    assert sum(row["ordered"] for row in nobody) == sums(FEW, "")[0] != 0
    bare = {s["StockCode"] for s in sales(FEW) if not s["Description"]}
    assert bare <= {row["model"] for row in rows}


def test_an_order_becomes_one_more_row_of_the_csv_in_its_own_layout(desk):
    path = in_csv(desk, FEW)
    before, after = path.read_bytes(), adds_and_takes_back_a_row(desk, path)
    assert after.startswith(before)
    [row] = csv.reader(io.StringIO(after[len(before) :].decode()))
    assert [row[1], *row[3:]] == AS_WRITTEN


def test_an_order_changes_no_part_of_the_workbook_but_its_sheet(desk):
    path = in_xlsx(desk, FEW)
    holds_the_day(desk, FEW)
    before = others(path, "xl/worksheets/sheet1.xml")
    after = desk.folder / "after.xlsx"
    after.write_bytes(adds_and_takes_back_a_row(desk, path))
    assert others(after, "xl/worksheets/sheet1.xml") == before


@pytest.mark.slow
def test_the_whole_file_gives_its_known_figures(desk):
    path = in_csv(desk, None)
    day = listed(desk, f"{ONE_DAY} 17850")
    assert (len(day["rows"]), *totals(day)) == (84, 474, Decimal("1499.34"))
    everything = listed(desk, "order list")
    assert totals(everything) == sums(None) == (5_176_450, Decimal("9747747.93"))
    before, after = path.read_bytes(), adds_and_takes_back_a_row(desk, path)
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1


@pytest.mark.slow
def test_a_workbook_of_a_hundred_thousand_of_its_rows_gives_their_sums(desk):
    path = in_xlsx(desk, 100_000)
    holds_the_day(desk, 100_000)
    assert totals(listed(desk, "order list")) == sums(100_000)
    before = others(path, "xl/worksheets/sheet1.xml")
    after = desk.folder / "after.xlsx"
    after.write_bytes(adds_and_takes_back_a_row(desk, path))
    assert others(after, "xl/worksheets/sheet1.xml") == before


AGES = ("not_due", "d1_30", "d31_60", "d61_90", "d91_180", "d181_365", "d365_over", "unallocated")
LAST_DAYS = (0, 30, 60, 90, 180, 365)


def cents(amount) -> int:
    return int((Decimal(str(amount)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def owed_by_hand(count: int | None, today: date, days: int) -> dict[str, list[int]]:
    """Each customer's sums by age and what is left of credits, in cents: credits use up what was due first."""
    debts: dict[str, Counter[date]] = {}
    credit: Counter[str] = Counter()
    for sale in sales(count):
        customer, owed = (
            sale["CustomerID"].removesuffix(".0"),
            cents(int(sale["Quantity"]) * Decimal(sale["UnitPrice"])),
        )
        own = debts.setdefault(customer, Counter())
        if owed > 0:
            own[datetime.fromisoformat(sale["InvoiceDate"]).date()] += owed
        else:
            credit[customer] -= owed
    ages = {}
    for customer, own in debts.items():
        ages[customer] = [0] * len(AGES)
        for day in sorted(own):
            used = min(own[day], credit[customer])
            credit[customer] -= used
            ages[customer][bisect_left(LAST_DAYS, (today - day).days - days)] += own[day] - used
        ages[customer][-1] = -credit[customer]
    return ages


@pytest.mark.parametrize("count", [FEW, pytest.param(None, marks=pytest.mark.slow)])
def test_the_ages_of_what_is_owed_are_those_that_integer_cents_give(desk, count):
    in_csv(desk, count)
    with (desk.folder / "salesaid.toml").open("a", encoding="utf-8") as settings:
        settings.write('[terms]\ndefault = "30天"\n')
    today = "2011-12-09" if count is None else "2011-02-01"
    answer = listed(desk, f"receivable list --today {today}")
    ages = owed_by_hand(count, date.fromisoformat(today), 30)
    found = {row["customer"] or "": [cents(row[name]) for name in AGES] for row in answer["rows"]}
    assert found == {customer: own for customer, own in ages.items() if any(own)}
    assert all(sum(found[row["customer"] or ""]) == cents(row["balance"]) for row in answer["rows"])
    assert cents(answer["totals"]["balance"]) == sum(map(sum, ages.values())) == cents(sums(count)[1])

"""`salesaid report month` of long ledgers, beside a bare pandas script that reads the same file and groups the same.

The script does what the report's figures rest on and no more: no names folded, no dates or figures doubted, nothing
exact, nothing shown. Its group-bys are those of the report: every measure by customer, product and one group more, for
the period, the one before, the same a year before and the year so far; the months; what each document comes to, for
the ages; and how often and how lately each name was written.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.books import empty, write
from benchmarks.timing import Figure, Run, once, peak, process
from tests import retail

TO_BASE, WITH_WORKBOOK, MEMORY = 1.0, 3.0, 1.5
_FIRST, _DAYS, _CUSTOMERS, _PRODUCTS = date(2025, 1, 1), 690, 3_000, 2_000
_HEADINGS = "单号 日期 客户 产品 型号 数量 单位 单价 业务员"

BASE = """
import sys
import pandas as pd

path, month, before, year_before, first, no, day, customer, product, other, qty, price = sys.argv[1:]
if path.endswith(".csv"):
    rows = pd.read_csv(path, dtype=str)
else:
    rows = pd.read_excel(path, dtype=str, engine="calamine")
rows["qty"] = pd.to_numeric(rows[qty])
rows["amount"] = (rows["qty"] * pd.to_numeric(rows[price])).round(2)
rows["returned"] = rows["amount"].where(rows["qty"] < 0, 0)
rows["month"] = rows[day].str[:7]
rows["when"] = pd.to_datetime(rows[day])
parts = [rows[rows["month"] == each] for each in (month, before, year_before)]
parts.append(rows[(rows["month"] >= first) & (rows["month"] <= month)])
for key in (customer, product, other):
    for part in parts:
        part.groupby(key, dropna=False)[["qty", "amount", "returned"]].sum()
for part in parts[:3]:
    part[[no, customer, product]].nunique()
rows.groupby("month")[["amount", "returned"]].sum()
rows[rows["month"] <= month].groupby([customer, no, "when"], dropna=False)["amount"].sum()
rows.groupby([product, other], dropna=False)["when"].agg(["size", "max"])
rows.groupby(customer, dropna=False)["when"].agg(["size", "max"])
print(parts[0]["amount"].sum())
"""


class Case(NamedTuple):
    """A book, the months to be compared, and the columns that the bare script groups by."""

    name: str
    book: Path
    file: str
    months: tuple[str, str, str, str]
    columns: tuple[str, ...]

    def base(self) -> list[str]:
        """The words of the bare script."""
        return ["-c", BASE, str(self.book / self.file), *self.months, *self.columns]

    def ours(self, *more: str) -> list[str]:
        """The words of the report."""
        return ["-m", "salesaid", "--book", str(self.book), "report", "month", self.months[0], *more]


def measure(folder: Path, rows: int, xlsx_rows: int, times: int) -> list[Figure]:
    """Online Retail where it is at hand, a generated ledger, and a workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = [_generated(folder / "csv", rows, "csv"), _generated(folder / "xlsx", xlsx_rows, "xlsx")]
    if retail.SOURCE.exists():
        cases.insert(0, _retail(folder / "retail"))
    return [figure for case in cases for figure in _of(case, folder / "report.xlsx", max(3, times // 5))]


def _of(case: Case, out: Path, times: int) -> list[Figure]:
    words = {"base": case.base(), "json": case.ours("--format", "json"), "out": case.ours("--out", str(out))}
    runs: dict[str, Run] = {name: process(*each) for name, each in words.items()}
    pairs = [{name: once(run) for name, run in runs.items()} for _ in range(times)]
    seconds = {name: median(each[name] for each in pairs) for name in runs}
    quick, long = (median(each[name] / each["base"] for each in pairs) for name in ("json", "out"))
    held = {name: peak(*each) for name, each in words.items()}
    return [
        Figure(f"bare pandas, {case.name} ({held['base']:.0f} MB)", seconds["base"]),
        Figure("  report month, figures ÷ bare pandas", seconds["json"], quick, TO_BASE),
        Figure("  with its workbook ÷ bare pandas", seconds["out"], long, WITH_WORKBOOK),
        Figure(f"  memory, figures ({held['json']:.0f} MB) ÷ bare pandas", 0.0, held["json"] / held["base"], MEMORY),
        Figure(f"  memory, workbook ({held['out']:.0f} MB) ÷ bare pandas", 0.0, held["out"] / held["base"], MEMORY),
    ]


def _retail(folder: Path) -> Case:
    folder.mkdir()
    (folder / "salesaid.toml").write_text(retail.SETTINGS.format(file="sales.csv"), "utf-8")
    with gzip.open(retail.SOURCE) as packed, (folder / "sales.csv").open("wb") as file:
        shutil.copyfileobj(packed, file)
    columns = ("InvoiceNo", "InvoiceDate", "CustomerID", "StockCode", "Description", "Quantity", "UnitPrice")
    return Case("Online Retail", folder, "sales.csv", ("2011-11", "2011-10", "2010-11", "2011-01"), columns)


def _generated(folder: Path, rows: int, kind: str) -> Case:
    """A ledger whose rows are sales, with a number each three rows, and registers of its customers and products."""
    book, file = empty(folder), f"订单.{kind}"
    with (book / "salesaid.toml").open("a", encoding="utf-8") as settings:
        settings.write('[ledgers.orders]\nships = "at_once"\n')
    goods = ((f"产品{n:04}", f"P-{n:04}", f"类{n % 12}", "个", 5 + n % 90) for n in range(_PRODUCTS))
    write(book / "产品.csv", "产品 型号 类别 单位 成本", goods)
    people = ((f"客户{n:04}", "30天", f"业务{n % 9}") for n in range(_CUSTOMERS))
    write(book / "客户.csv", "客户 付款条件 业务员", people)
    if kind == "csv":
        write(book / file, _HEADINGS, _sales(rows))
    else:
        _workbook(book / file, rows)
    columns = ("单号", "日期", "客户", "型号", "业务员", "数量", "单价")
    return Case(f"{rows:,} rows of {kind}", book, file, ("2026-11", "2026-10", "2025-11", "2026-01"), columns)


def _sales(count: int) -> Iterator[Sequence[object]]:
    for n in range(count):
        customer, product, day = n * 31 % _CUSTOMERS, n * 1009 % _PRODUCTS, _FIRST + timedelta(n * _DAYS // count)
        qty = -1 if n % 50 == 49 else n * 37 % 20 + 1
        price = f"{10 + product % 90}.{n % 100:02}"
        yield (
            f"SO{n // 3:07}", day.isoformat(), f"客户{customer:04}", f"产品{product:04}", f"P-{product:04}", qty, "个",
            price, f"业务{customer % 9}",
        )  # fmt: skip


def _workbook(path: Path, rows: int) -> None:
    """The same rows in a workbook, days as texts as the bare script reads them."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("订单")
    sheet.append(_HEADINGS.split())
    for row in _sales(rows):
        sheet.append([*row[:5], row[5], row[6], float(str(row[7])), row[8]])
    book.save(path)

"""`salesaid order add` to a workbook of 100,000 rows × 9, beside openpyxl: load, append, save."""

from __future__ import annotations

import shutil
import statistics
from datetime import date, timedelta
from pathlib import Path

from benchmarks.timing import Figure, once, process, program

WARM, AFTER_A_SAVE = 30.0, 15.0
ADD = ("order", "add", "客户017电子", "产品00042×10@120", "--new")
HEADINGS = ["日期", "订单号", "客户", "产品", "数量", "单价", "金额", "业务员", "备注"]
_BY_OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book.active.append(["2026-11-23", "X-1", "客户017电子", "产品00042", 10, 120, 1200, "小郑", ""])
book.save(sys.argv[1])
"""
_NEWEST = date(2026, 11, 22)


def measure(folder: Path, rows: int, times: int) -> list[Figure]:
    """Warm adds; adds after somebody saved the file; and openpyxl on a copy of it, in turns with them."""
    book = _book(folder, rows)
    path, copy = book / "订单.xlsx", folder / "copy.xlsx"
    add, other = program(book, *ADD), process("-c", _BY_OPENPYXL, str(copy))
    first = once(add)
    turns = []
    for _ in range(max(1, times // 4)):
        turn = {"openpyxl": once(lambda: (shutil.copy(path, copy), other()))}
        shutil.copy(copy, path)  # what a person's save leaves: every row, and one more, in a file that is another
        turns.append(turn | {name: once(add) for name in ("saved", "warm", "again")})
    median = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    warm = min(median["warm"], median["again"])
    return [
        Figure(f"openpyxl load, append, save, {rows:,} rows", median["openpyxl"]),
        Figure("order add to it, warm: times quicker", warm, median["openpyxl"] / warm, WARM, least=True),
        Figure(
            "order add after a save: times quicker", median["saved"], median["openpyxl"] / median["saved"],
            AFTER_A_SAVE, least=True,
        ),
        Figure("first order add ever", first),
    ]  # fmt: skip


def _book(folder: Path, rows: int) -> Path:
    import openpyxl

    book = folder / "xlsx"
    (book / ".salesaid").mkdir(parents=True)
    (book / "salesaid.toml").write_text('[book]\nname = "基准"\nlanguage = "zh"\n', "utf-8")
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("订单")
    sheet.append(HEADINGS)
    for n in range(rows):
        day, qty, price = _NEWEST - timedelta((rows - 1 - n) * 300 // rows), n * 37 % 49 + 1, 10 + n % 90
        sheet.append([
            day, f"SO{day:%Y%m%d}-{n % 999 + 1:03}", f"客户{n * 31 % 300:03}电子",
            f"产品{n * 7 % 2000:05}", qty, price, qty * price, "小郑", f"第 {n} 行",
        ])  # fmt: skip
    workbook.save(book / "订单.xlsx")
    return book

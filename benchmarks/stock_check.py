"""`salesaid stock check`: beside an empty Python process, DuckDB summing the same file, and hledger its journal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks import books
from benchmarks.timing import PASS, Figure, Run, environment, in_turns, peak, process, program

SMALL = 10_000
TO_PASS, TO_DUCKDB, WARM_TO_DUCKDB, MEGABYTES = 15.0, 4.0, 0.5, 40.0
_SUM = """
import duckdb, sys
moved = "SELECT 产品, sum(CASE WHEN 类型 = '出库' THEN -数量 ELSE 数量 END) FROM read_csv(?) GROUP BY 1"
duckdb.execute(moved, [sys.argv[1]]).fetchall()
"""


def measure(folder: Path, rows: int, times: int) -> list[Figure]:
    """Three ledgers without an index; then a large one without, and with one."""
    small, large = books.trader(folder / "small", SMALL), books.warehouse(folder / "large", rows)
    return [*_small(small, folder, times), *_large(large, rows, max(3, times // 3))]


def _small(book: Path, folder: Path, times: int) -> list[Figure]:
    runs = {"pass": process(*PASS), "check": check(book)}
    if shutil.which("hledger"):
        journal = books.journal(book, folder / "small.journal")
        balance = ["hledger", "-f", str(journal), "bal", "stock", "-N"]
        runs["hledger"] = lambda: subprocess.run(balance, capture_output=True, check=True)
    in_turns(runs, 1)
    found = in_turns(runs, times)
    figures = [Figure(f"stock check, {SMALL:,} rows ÷ pass", found["check"], found["check"] / found["pass"], TO_PASS)]
    if "hledger" in found:
        figures.append(
            Figure("hledger bal of the same rows ÷ pass", found["hledger"], found["hledger"] / found["pass"])
        )
    return figures


def _large(book: Path, rows: int, times: int) -> list[Figure]:
    duckdb = process("-c", _SUM, str(book / "库存变动.csv"))
    runs = {"check": check(book), "duckdb": duckdb}
    in_turns(runs, 1)
    cold = in_turns(runs, times)
    megabytes = peak("-m", "salesaid", "--book", str(book), "stock", "check")
    program(book, "stock", "in", "BVM1-1001×1")()  # its post makes the index
    warm = in_turns(runs, times)
    return [
        Figure(f"DuckDB, sum of {rows:,} rows", cold["duckdb"]),
        Figure(f"stock check, {rows:,} rows ÷ DuckDB", cold["check"], cold["check"] / cold["duckdb"], TO_DUCKDB),
        Figure("  the same with its index ÷ DuckDB", warm["check"], warm["check"] / warm["duckdb"], WARM_TO_DUCKDB),
        Figure(f"  its megabytes without index ({megabytes:.0f})", 0.0, megabytes, MEGABYTES),
    ]


def check(book: Path) -> Run:
    """One check; it ends with 1 where it finds something."""
    words = [sys.executable, "-m", "salesaid", "--book", str(book), "stock", "check"]
    return lambda: subprocess.run(words, env=environment(), capture_output=True, check=False)

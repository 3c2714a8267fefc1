"""Every benchmark in one table: `python -m benchmarks [NAME …] [--rows N] [--xlsx-rows N] [--times N]`.

Ratios are of one run, in turns. The exit code is 1 where a wanted one is not reached.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import check, help, order_add, quick_lists, report, stock_check, today, xlsx_add  # noqa: A004
from benchmarks.timing import Figure, compiled


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("names", nargs="*", help="the names of files here; all without")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--xlsx-rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=15)
    asked = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory() as temp:
        every = {
            "check": lambda: check.measure(Path(temp) / "check", asked.times),
            "help": lambda: help.measure(asked.times),
            "order_add": lambda: order_add.measure(Path(temp) / "order", asked.rows, asked.times),
            "quick_lists": lambda: quick_lists.measure(Path(temp) / "quick", asked.times),
            "report": lambda: report.measure(Path(temp) / "report", asked.rows, asked.xlsx_rows, asked.times),
            "stock_check": lambda: stock_check.measure(Path(temp) / "stock", asked.rows, asked.times),
            "today": lambda: today.measure(Path(temp) / "today", asked.times),
            "xlsx_add": lambda: xlsx_add.measure(Path(temp), asked.xlsx_rows, asked.times),
        }
        figures = [figure for name in asked.names or every for figure in _said(every[name]())]
    print(f"load {' '.join(f'{each:.1f}' for each in os.getloadavg())} on {os.cpu_count()} processors")
    return 0 if all(figure.holds for figure in figures) else 1


def _said(figures: list[Figure]) -> list[Figure]:
    for figure in figures:
        times = "" if figure.times is None else f"{figure.times:8.2f} ×"
        sign = "≥" if figure.least else "≤"
        wanted = "" if figure.wanted is None else f"{sign} {figure.wanted:g}{'' if figure.holds else '  missed'}"
        print(f"{figure.what:<52} {figure.seconds * 1000:10.1f} ms {times:>10}  {wanted}", flush=True)
    return figures


if __name__ == "__main__":
    raise SystemExit(main())

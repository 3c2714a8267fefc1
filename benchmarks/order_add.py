"""`salesaid order add` to a CSV book: beside an empty Python process, and in a large book beside a small one."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.timing import PASS, Figure, in_turns, once, process, program

SMALL, PRODUCTS, CUSTOMERS = 1_000, 2_000, 300
ADD = ("order", "add", "客户017电子", "产品00042×10@120", "产品00043×2")
TO_PASS, TO_SMALL = 11.0, 1.15
_NEWEST = date(2026, 11, 22)


def measure(folder: Path, rows: int, times: int) -> list[Figure]:
    """Warm adds in turns; then, once each, those that have to read the large book again."""
    small, large = book(folder / "small", SMALL), book(folder / "large", rows)
    first = once(program(large, *ADD))
    runs = {"pass": process(*PASS), "small": program(small, *ADD), "large": program(large, *ADD)}
    in_turns(runs, 2)
    found = in_turns(runs, times)
    return [
        Figure(f"order add, {SMALL:,} rows ÷ pass", found["small"], found["small"] / found["pass"], TO_PASS),
        Figure(f"order add, {rows:,} rows ÷ pass", found["large"], found["large"] / found["pass"], TO_PASS),
        Figure(f"order add, {rows:,} ÷ {SMALL:,} rows", found["large"], found["large"] / found["small"], TO_SMALL),
        Figure(f"first add to {rows:,} rows", first),
        Figure(f"order add to {rows:,} rows, index deleted", _without_index(large)),
        Figure(f"order add to {rows:,} rows, somebody changed one", _changed(large)),
    ]


def _without_index(large: Path) -> float:
    shutil.rmtree(large / ".salesaid" / "index")
    return once(program(large, *ADD))


def _changed(large: Path) -> float:
    path = large / "订单.csv"
    data = path.read_bytes()
    middle = data.index("小郑".encode(), len(data) // 2)
    path.write_bytes(data[:middle] + "小王".encode() + data[middle + 6 :])
    return once(program(large, *ADD))


def book(folder: Path, rows: int) -> Path:
    """Orders, and registers of products and customers."""
    (folder / ".salesaid").mkdir(parents=True)
    (folder / "salesaid.toml").write_text('[book]\nname = "基准"\nlanguage = "zh"\n', "utf-8")
    products = ((f"产品{n:05}", f"M-{n:05}", f"{10 + n % 90}.5") for n in range(PRODUCTS))
    _write(folder / "产品.csv", "产品 型号 单价", products)
    _write(folder / "客户.csv", "客户 联系人", ((f"客户{n:03}电子", f"张{n}") for n in range(CUSTOMERS)))
    _write(folder / "订单.csv", "日期 订单号 客户 产品 型号 数量 单价 金额 业务员 备注", _orders(rows))
    return folder


def _orders(rows: int) -> Iterator[Sequence[object]]:
    for n in range(rows):
        day, what, qty = _NEWEST - timedelta((rows - 1 - n) * 300 // rows), n * 7 % PRODUCTS, n * 37 % 49 + 1
        price = 10 + what % 90
        number = f"SO{day:%Y%m%d}-{n % 9_999 + 1:04}"
        yield (
            day, number, f"客户{n * 31 % CUSTOMERS:03}电子", f"产品{what:05}", f"M-{what:05}", qty, f"{price}.5",
            f"{qty * (price + 0.5):.2f}", "小郑", "",
        )  # fmt: skip


def _write(path: Path, headings: str, rows: Iterator[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(headings.split())
        lines.writerows(rows)

"""Books to measure with: made by a fixed rule, so that every run reads the same bytes."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

PRODUCTS, CUSTOMERS = 2_000, 300
_FIRST = date(2026, 1, 1)
_SETTINGS = '[book]\nname = "基准"\nlanguage = "zh"\nas_of = 2026-11-22\n[stock]\nwarehouse = "主仓"\n'


def empty(folder: Path) -> Path:
    """A book without ledgers."""
    (folder / ".salesaid").mkdir(parents=True)
    (folder / "salesaid.toml").write_text(_SETTINGS, "utf-8")
    return folder


def trader(folder: Path, rows: int) -> Path:
    """Orders, shipments and stock moves, so many rows together, over two thousand products."""
    book = empty(folder)
    _products(book)
    orders, sent = rows * 4 // 10, rows * 4 // 10
    _write(book / "订单.csv", "单号 日期 类型 客户 产品 数量 单位 单价 金额 交期", _orders(orders))
    _write(book / "出货.csv", "单号 日期 类型 订单号 客户 产品 数量 单位 单价 金额", _shipments(sent))
    _write(book / "库存变动.csv", "单号 日期 类型 产品 数量 单位 仓库 经手人 备注", _moves(rows - orders - sent))
    return book


def warehouse(folder: Path, rows: int) -> Path:
    """Stock moves alone, so many rows."""
    book = empty(folder)
    _products(book)
    _write(book / "库存变动.csv", "单号 日期 类型 产品 数量 单位 仓库 经手人 备注", _moves(rows))
    return book


def journal(book: Path, path: Path) -> Path:
    """The shipments and stock moves of a book as plain-text accounting has them: a transaction a row."""
    with path.open("w", encoding="utf-8") as file:
        for name in ("出货.csv", "库存变动.csv"):
            for row in csv.DictReader((book / name).open(encoding="utf-8-sig", newline="")):
                out = row["类型"] in {"发货", "出库"}
                qty, where = f"{'-' if out else ''}{row['数量']}", row.get("仓库") or "主仓"
                file.write(f"{row['日期']} {row['单号']}\n  stock:{where}:{row['产品']}  {qty}\n  elsewhere\n\n")
    return path


def _write(path: Path, headings: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(headings.split())
        lines.writerows(rows)


def _name(number: int) -> str:
    number %= PRODUCTS
    return f"BVM{number % 9}-{1000 + number}"


def _products(book: Path) -> None:
    rows = ((_name(n), f"ZB{n:05}", "块", 120 + n % 50, 80 if n % 40 == 0 else "", 50, 10) for n in range(PRODUCTS))
    _write(book / "产品.csv", "产品 型号 单位 单价 最低库存 补货量 装箱数", rows)


def _orders(count: int) -> Iterator[Sequence[object]]:
    for n in range(count):
        day, qty = _FIRST + timedelta(n * 320 // count), n * 37 % 20 + 1
        due = day + timedelta(14)
        yield f"SO{n + 1:07}", day, "下单", _customer(n), _name(n * 7), qty, "块", 120, qty * 120, due


def _shipments(count: int) -> Iterator[Sequence[object]]:
    """Each order sent three days later, every tenth in part."""
    for n in range(count):
        day, qty = _FIRST + timedelta(3 + n * 320 // count), n * 37 % 20 + 1
        qty = qty if n % 10 else (qty + 1) // 2
        yield f"SH{n + 1:07}", day, "发货", f"SO{n + 1:07}", _customer(n), _name(n * 7), qty, "块", 120, qty * 120


def _moves(count: int) -> Iterator[Sequence[object]]:
    """First what each product began with, then what came and went."""
    chance = random.Random(11)
    for n in range(count):
        day = _FIRST + timedelta(n * 320 // count)
        action, qty = ("入库", chance.randint(20, 90)) if n % 3 else ("出库", chance.randint(1, 30))
        if n < PRODUCTS:
            action, qty = "期初", 60
        place = ("主仓", "主仓", "二仓", "三仓")[n % 4] if n >= PRODUCTS else "主仓"
        yield f"ST{n + 1:07}", day, action, _name(n * 13), qty, "块", place, "小于", ""


def _customer(number: int) -> str:
    return f"客户{number * 31 % CUSTOMERS:03}电子"

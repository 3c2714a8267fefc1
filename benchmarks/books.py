"""Books to measure with: made by a fixed rule, so that every run reads the same bytes."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PRODUCTS, CUSTOMERS, SUPPLIERS = 2_000, 300, 40
ORDERS = "单号 日期 类型 客户 产品 数量 单位 单价 金额 交期"
SHIPMENTS = "单号 日期 类型 订单号 客户 产品 数量 单位 单价 金额"
LOANS = "单号 日期 类型 客户 产品 数量 单位 单价 应还日期"
PAYMENTS = "单号 日期 客户 付款人 金额 收款方式 订单号"
PURCHASES = "单号 日期 类型 供应商 产品 数量 单位 单价 到货日期"
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
    write(book / "订单.csv", ORDERS, _orders(orders))
    write(book / "出货.csv", SHIPMENTS, _shipments(sent))
    write(book / "库存变动.csv", "单号 日期 类型 产品 数量 单位 仓库 经手人 备注", _moves(rows - orders - sent))
    return book


def lender(folder: Path, rows: int) -> Path:
    """Loans alone, so many rows; most of what was lent is back."""
    book = empty(folder)
    _products(book)
    _customers(book)
    write(book / "借用.csv", LOANS, _loans(rows))
    return book


def creditor(folder: Path, rows: int) -> Path:
    """Orders, shipments and payments, so many rows together; most of it is paid, some to its order."""
    book = empty(folder)
    _products(book)
    _customers(book)
    orders, sent = rows * 4 // 10, rows * 4 // 10
    write(book / "订单.csv", ORDERS, _orders(orders))
    write(book / "出货.csv", SHIPMENTS, _shipments(sent))
    write(book / "收款.csv", PAYMENTS, _payments(rows - orders - sent))
    return book


def everything(folder: Path, rows: int) -> Path:
    """All journals of goods and money outside the house, so many rows together."""
    book = creditor(folder, rows // 2)
    each = rows // 6
    write(book / "供应商.csv", "供应商", ((f"供应商{n:02}",) for n in range(SUPPLIERS)))
    write(book / "借用.csv", LOANS, _loans(each))
    write(book / "返修.csv", "单号 日期 类型 客户 产品 数量 单位 加工厂", _repairs(each))
    write(book / "采购.csv", PURCHASES, _purchases(each))
    return book


def in_order(folder: Path, rows: int) -> Path:
    """Goods and money in and out, so many rows, and nothing that wants mending: all is shipped, paid and back."""
    book = empty(folder)
    write(
        book / "产品.csv",
        "产品 型号 单位 单价 最低库存",
        ((_name(n), f"ZB{n:05}", "块", 120, 50) for n in range(PRODUCTS)),
    )
    write(book / "客户.csv", "客户 付款条件 在途天数", ((_customer(n), "30天", 3) for n in range(CUSTOMERS)))
    write(book / "供应商.csv", "供应商", ((f"供应商{n:02}",) for n in range(SUPPLIERS)))
    first = (("ST", _FIRST, "期初", _name(n), 10_000, "块", "主仓") for n in range(PRODUCTS))
    write(book / "库存变动.csv", "单号 日期 类型 产品 数量 单位 仓库", _numbered(first))
    orders, each = rows // 4, (rows - PRODUCTS - 3 * (rows // 4)) // 2
    write(book / "订单.csv", ORDERS, _numbered(_in_order(orders, "SO", 0)))
    write(book / "出货.csv", SHIPMENTS, _numbered(_in_order(orders, "SH", 3)))
    write(book / "收款.csv", PAYMENTS, _numbered(_in_order(orders, "PY", 6)))
    write(book / "借用.csv", LOANS, _there_and_back(each, "LN", ("借出", "归还")))
    write(book / "采购.csv", PURCHASES, _there_and_back(each, "PO", ("采购", "到货")))
    return book


def warehouse(folder: Path, rows: int) -> Path:
    """Stock moves alone, so many rows."""
    book = empty(folder)
    _products(book)
    write(book / "库存变动.csv", "单号 日期 类型 产品 数量 单位 仓库 经手人 备注", _moves(rows))
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


def write(path: Path, headings: str, rows: Iterable[Sequence[object]]) -> None:
    """A CSV ledger with these headings, written with blanks between them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(headings.split())
        lines.writerows(rows)


def _name(number: int) -> str:
    number %= PRODUCTS
    return f"BVM{number % 9}-{1000 + number}"


def _products(book: Path) -> None:
    rows = ((_name(n), f"ZB{n:05}", "块", 120 + n % 50, 80 if n % 40 == 0 else "", 50, 10) for n in range(PRODUCTS))
    write(book / "产品.csv", "产品 型号 单位 单价 最低库存 补货量 装箱数", rows)


def _customers(book: Path) -> None:
    terms = ("30天", "月结30", "现结", "")
    write(book / "客户.csv", "客户 付款条件 在途天数", ((_customer(n), terms[n % 4], 3) for n in range(CUSTOMERS)))


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


def _numbered(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Rows that begin with a prefix and a day, each with a number of our form instead of the prefix."""
    serials: dict[date, int] = {}
    for prefix, day, *cells in rows:
        serials[day] = serials.get(day, 0) + 1
        yield f"{prefix}{day:%Y%m%d}-{serials[day]:03}", day, *cells


def _in_order(count: int, prefix: str, later: int) -> Iterator[Sequence[object]]:
    """Orders; so many days later their shipments, then their payments, each in the row of its order."""
    serials: dict[date, int] = {}
    for n in range(count):
        day, qty = _FIRST + timedelta(n * 314 // count), n * 37 % 20 + 1
        serials[day] = serials.get(day, 0) + 1
        order, then = f"SO{day:%Y%m%d}-{serials[day]:03}", day + timedelta(later)
        line = _customer(n), _name(n * 7), qty, "块", 120, qty * 120
        if prefix == "SO":
            yield prefix, then, "下单", *line, day + timedelta(14)
        elif prefix == "SH":
            yield prefix, then, "发货", order, *line
        else:
            yield prefix, then, _customer(n), _customer(n), qty * 120, "转账", order


def _there_and_back(count: int, prefix: str, actions: tuple[str, str]) -> Iterator[Sequence[object]]:
    """Loans and what came back, or purchases and what came in: two rows a number."""
    began = ((prefix, _FIRST + timedelta(n * 310 // (count // 2)), n) for n in range(count // 2))
    for number, day, n in _numbered(began):
        who = f"供应商{n % SUPPLIERS:02}" if prefix == "PO" else _customer(n)
        for step, action in enumerate(actions):
            line = _name(n * 7), n % 7 + 2, "块", 80, day + timedelta(15)
            yield number, day + timedelta(3 * step), action, who, *line


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


def _loans(count: int) -> Iterator[Sequence[object]]:
    """Each loan, then what came back of it: most of it all, every fifth in part, every tenth extended instead."""
    for n in range(count):
        loan, is_back = n - n % 2, n % 2 == 1
        lent, day = loan % 7 + 2, _day(n, count)
        action, qty = ("归还", lent - (loan % 10 == 4)) if is_back else ("借出", lent)
        if is_back and loan % 20 == 0:
            action, qty = "延期", 0
        due = _day(loan, count) + timedelta(60 if action == "延期" else 30)
        yield f"LN{loan + 1:07}", day, action, _customer(loan), _name(loan * 7), qty, "块", 120, due


def _repairs(count: int) -> Iterator[Sequence[object]]:
    """Received, sent, back and delivered; every twentieth has not come back from its factory."""
    for n in range(count):
        repair, step = divmod(n, 4)
        action = ("收到", "送修", "修回", "寄回")[step]
        if repair % 20 == 0 and step > 1:
            continue
        factory = f"维修厂{repair % 7}" if step == 1 else ""
        number, customer = f"RT{repair + 1:07}", _customer(repair)
        yield number, _day(n, count), action, customer, _name(repair * 3), repair % 3 + 1, "块", factory


def _purchases(count: int) -> Iterator[Sequence[object]]:
    """Ordered, promised anew and come in; every tenth in part."""
    for n in range(count):
        purchase, step = divmod(n, 3)
        action, qty = ("采购", "交期", "到货")[step], (50, 0, 50 if purchase % 10 else 30)[step]
        due = _day(purchase * 3, count) + timedelta(15 + 5 * step) if step < 2 else ""
        number, supplier = f"PO{purchase + 1:07}", f"供应商{purchase % SUPPLIERS:02}"
        yield number, _day(n, count), action, supplier, _name(purchase * 7), qty, "块", 80, due


def _payments(count: int) -> Iterator[Sequence[object]]:
    """Two shipments at a time, forty days after the first, every other payment to the first one's order."""
    for n in range(count):
        first, second = (at * 37 % 20 + 1 for at in (2 * n, 2 * n + 1))
        order = f"SO{2 * n + 1:07}" if n % 2 else ""
        customer, day = _customer(2 * n), _day(n, count) + timedelta(40)
        yield f"PY{n + 1:07}", day, customer, customer, (first + second) * 120, "转账", order


def _day(n: int, count: int) -> date:
    return _FIRST + timedelta(n * 280 // count)


def _customer(number: int) -> str:
    return f"客户{number * 31 % CUSTOMERS:03}电子"

"""What the cells of the sample book say, worked out with nothing of the program: shelves, lines, debts."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
AS_OF = date(2026, 11, 22)


def cells(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def in_workbooks(folder):
    """The ledgers of a copy of the book become workbooks, every cell a text."""
    for file in folder.glob("*.csv"):
        book = Workbook()
        rows = cells(file.name)
        book.active.append(list(rows[0]))
        for row in rows:
            book.active.append([text or None for text in row.values()])
        book.save(file.with_suffix(".xlsx"))
        file.unlink()


ORDERS, SHIPMENTS, MOVES, COUNTS = (cells(f"{name}.csv") for name in ("订单", "出货", "库存变动", "盘点"))
LOANS, RETURNS, PURCHASES, PAYMENTS, CASH = (
    cells(f"{name}.csv") for name in ("借用", "返修", "采购", "收款", "日记账")
)
# What each word of the loans, returns and purchases does to our shelf.
ON_THE_SHELF = {
    "借出": -1,
    "归还": 1,
    "换入": 1,
    "换新": -1,
    "退货": 1,
    "到货": 1,
    "退供": -1,
}
PRODUCTS = {row["产品"]: row for row in cells("产品.csv")}
CUSTOMERS = {row["客户"]: row for row in cells("客户.csv")}


def day(row):
    return date.fromisoformat(row["日期"])


def numbered(rows, no, action=None):
    return [row for row in rows if row["单号"] == no and action in {None, row.get("类型")}]


def product(name):
    """The product that a name means."""
    return {"bvm7—710": "BVM7-710", "BVM7 710": "BVM7-710", "电源线1.5米": "电源线"}.get(name, name)


def in_its_unit(row):
    known = PRODUCTS.get(product(row["产品"]))
    return known is None or known["单位"] == row["单位"]


def contents(row):
    """The products of a shipment and how much of each is in one of its units."""
    parts = [part.rsplit("*", 1) for part in row["组成"].split("; ")] if row["组成"] else [(row["产品"], 1)]
    return [(product(name), Decimal(qty)) for name, qty in parts]


def steps():
    """(product, warehouse, day, quantity) of every row that moves goods."""
    for row in SHIPMENTS:
        if row["类型"] in {"发货", "退回"} and in_its_unit(row) and PRODUCTS.get(row["产品"], {}).get("管库存") != "否":
            qty = Decimal(row["数量"]) * (-1 if row["类型"] == "发货" else 1)
            yield from ((name, "主仓", day(row), qty * each) for name, each in contents(row))
    for row in MOVES:
        if row["数量"] != "约30":
            qty = Decimal(row["数量"])
            into = row["类型"] in {"期初", "入库"}
            yield product(row["产品"]), row["仓库"], day(row), qty if into else -qty
            if row["类型"] == "调拨":
                yield product(row["产品"]), row["调入仓库"], day(row), qty
    for row in [*LOANS, *RETURNS, *PURCHASES]:
        if sign := ON_THE_SHELF.get(row["类型"]):
            yield product(row["产品"]), row["仓库"] or "主仓", day(row), Decimal(row["数量"]) * sign


STEPS = defaultdict(list)
for what, *step in steps():
    STEPS[what].append(step)


def shelf(name, upto=AS_OF):
    """What lies in each warehouse at the end of a day: the last count, and what moved since."""
    found = {}
    for place in ("主仓", "办事处", "不良品"):
        counts = [row for row in COUNTS if row["产品"] == name and row["仓库"] == place and day(row) <= upto]
        start, since = (Decimal(counts[-1]["实盘数量"]), day(counts[-1])) if counts else (Decimal(0), date.min)
        found[place] = start + sum(qty for where, on, qty in STEPS[name] if where == place and since < on <= upto)
    return found


def open_lines():
    """What is still to be shipped, or was shipped too much, by order number and product."""
    left = defaultdict(Decimal)
    for row in [*ORDERS, *SHIPMENTS, *(row for row in LOANS if row["类型"] == "转销售")]:
        if row["产品"] and in_its_unit(row):
            no = row.get("订单号", row["单号"])
            sign = -1 if row["类型"] in {"发货", "转销售"} else 1
            left[no, product(row["产品"])] += Decimal(row["数量"]) * sign
    return {line: qty for line, qty in left.items() if qty and line[0]}


def purchase_lines(upto=AS_OF):
    """What is still to come from suppliers, by purchase number and product; below zero is more than was ordered."""
    signs = {"采购": 1, "到货": -1, "退供": 1, "关闭": 1}
    left = defaultdict(Decimal)
    for row in PURCHASES:
        if day(row) <= upto:
            left[row["单号"], row["产品"]] += Decimal(row["数量"]) * signs.get(row["类型"], 0)
    return {line: qty for line, qty in left.items() if qty}


def under_way(name):
    return sum(qty for (_, what), qty in purchase_lines().items() if what == name and qty > 0)


def lent_lines():
    """What is still out, by loan number and product; below zero is more back than out."""
    signs = {"借出": 1, "换入": 0, "延期": 0}
    left = defaultdict(Decimal)
    for row in LOANS:
        left[row["单号"], product(row["产品"])] += Decimal(row["数量"]) * signs.get(row["类型"], -1)
    return {line: qty for line, qty in left.items() if qty}


def in_repair():
    """How many of each return lie where: received, at the factory, back."""
    goes = {
        "收到": {"收到": 1},
        "送修": {"收到": -1, "工厂": 1},
        "修回": {"工厂": -1, "修回": 1},
    }
    found = defaultdict(lambda: defaultdict(Decimal))
    for row in RETURNS:
        here, stages = found[row["单号"]], goes.get(row["类型"])
        left = "修回" if here["修回"] else "收到"
        for stage, sign in (stages or {left: -1}).items():
            here[stage] += Decimal(row["数量"]) * sign
    return {
        no: {stage: qty for stage, qty in stages.items() if qty} for no, stages in found.items() if any(stages.values())
    }


def owed():
    """What each customer owes at the end, by the name written in the register or, where there is none, in the rows."""
    known = {name.replace("（", "(").replace("）", ")"): name for name in CUSTOMERS}
    owed = defaultdict(Decimal)
    for row in SHIPMENTS:
        if row["类型"] in {"发货", "退回", "期初"} and row["金额"]:
            owed[row["客户"]] += Decimal(row["金额"]) * (-1 if row["类型"] == "退回" else 1)
    for row in LOANS:
        if row["类型"] == "转销售":
            owed[row["客户"]] += Decimal(row["数量"]) * Decimal(row["单价"])
    for row in [*PAYMENTS, *(row for row in RETURNS if row["类型"] == "退货")]:
        owed[row["客户"]] -= Decimal(row["金额"])
    found = defaultdict(Decimal)
    for name, amount in owed.items():
        found[known.get(name, name)] += amount
    return found


def available(name):
    promised = sum(qty for (_, what), qty in open_lines().items() if what == name and qty > 0)
    places = shelf(name)
    return places["主仓"] + places["办事处"] - promised

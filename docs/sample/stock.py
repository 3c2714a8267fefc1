"""The stock moves of the sample book: openings and arrivals that let the shelves end where the story wants them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salesaid.core.items import parse_components
from salesaid.core.numbers import highest_serial, next_serial, number

from .registers import PRODUCTS, SUPPLIERS, Row
from .rows import UNANSWERED, day_of, product_of, workday
from .story import COUNTS, MOVES

# What is left for sale once all promises are kept; elsewhere it is well above the minimum.
_LEFT = {
    "电源线": "60",  # below its minimum
    "风扇 8025": "50",  # exactly at it
    "固态盘 128G": "25",  # below it only because of what is promised
    "BVM8-810": "-8",  # nothing there, and ordered
    "BVM7-730": "6",  # no minimum set
    "BVM6-610": "3",  # discontinued
    "转接线 DC5.5": "180",  # was below zero for three days
}
_NEVER_STOCKED = "无线网卡 WX300"
_NOT_BOUGHT = {"BVM8-810", "BVM6-610", "转接线 DC5.5"}
_NOT_FOR_SALE = "不良品"
_OPENING = "ST20260701-001"
_ZERO = Decimal(0)


class _Step(NamedTuple):
    """What changes on a shelf of the main warehouse on a day."""

    product: str
    day: date
    qty: Decimal


def moves_and_counts(orders: list[Row], shipments: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of the stock moves and of the stock counts."""
    shipped = [step for row in shipments for step in _shipped(row)]
    told = [step for row in MOVES for step in _moved(row)]
    arrivals = _arrivals(shipped)
    bought = [step for row in arrivals for step in _moved(row)]
    differences = [_Step(product, day_of(no), qty) for no, product, qty, _ in COUNTS]
    openings = _openings([*shipped, *told, *bought, *differences], _promised(orders, shipments))
    stocked = [*shipped, *told, *bought, *(step for row in openings for step in _moved(row))]
    return [*openings, *arrivals, *MOVES], _counts([*stocked, *differences])


def _shelf_products() -> list[Row]:
    return [row for row in PRODUCTS if row["location"] and row["product"] != _NEVER_STOCKED]


def _shipped(row: Row) -> list[_Step]:
    """What a shipment takes off the shelf, or a return puts back; a name that is a question has a shelf of its own."""
    name = str(row.get("product", ""))
    if not name or row["action"] not in {"ship", "return"} or row["unit"] != product_of(name)["unit"]:
        return []
    qty = Decimal(str(row["qty"])) * (1 if row["action"] == "return" else -1)
    day = date.fromisoformat(str(row["date"]))
    if row["components"]:
        return [_Step(item.product, day, qty * (item.qty or 1)) for item in parse_components(str(row["components"]))]
    return [_Step(_shelf(name), day, qty)] if product_of(name)["location"] else []


def _shelf(name: str) -> str:
    return name if name in UNANSWERED else str(product_of(name)["product"])


def _moved(row: Row) -> list[_Step]:
    """What a move changes for sale; between two warehouses that sell, nothing."""
    qty = row["qty"]
    if isinstance(qty, str) or row["warehouse"] == _NOT_FOR_SALE:
        return []
    sign = {"opening": 1, "in": 1, "out": -1, "scrap": -1, "transfer": -(row["to_warehouse"] == _NOT_FOR_SALE)}
    step = _Step(_shelf(str(row["product"])), day_of(str(row["move_no"])), Decimal(str(qty)) * sign[str(row["action"])])
    return [step] if step.qty else []


def _promised(orders: list[Row], shipments: list[Row]) -> dict[str, Decimal]:
    """What customers still wait for, by product."""
    open_: dict[tuple[object, str], Decimal] = defaultdict(Decimal)
    for row in [*orders, *shipments]:
        name = str(row.get("product", ""))
        if name and row["order_no"] and row["unit"] == product_of(name)["unit"]:
            sign = -1 if row["action"] == "ship" else 1
            open_[row["order_no"], _shelf(name)] += Decimal(str(row["qty"])) * sign
    promised: dict[str, Decimal] = defaultdict(Decimal)
    for (_, name), qty in open_.items():
        promised[name] += max(qty, _ZERO)
    return promised


def _arrivals(shipped: list[_Step]) -> list[Row]:
    """What suppliers brought: before each month what will leave in it, in whole packs."""
    rows = []
    for month in (8, 9, 10, 11):
        for at, supplier in enumerate(SUPPLIERS):
            day = workday(date(2026, month - 1, 22) + timedelta(days=at))
            taken = {str(row["move_no"]) for row in [*rows, *MOVES]}
            no = number("ST", day, next_serial(highest_serial(taken, "ST", day)))
            for product in _shelf_products():
                qty = _needed(product, month, shipped) if product["supplier"] == supplier["supplier"] else _ZERO
                if qty > 0:
                    rows.append(_row(no, day, "in", product, qty, f"采购到货 {supplier['supplier']}"))
    return rows


def _needed(product: Row, month: int, shipped: list[_Step]) -> Decimal:
    name = str(product["product"])
    left = -sum((step.qty for step in shipped if step.product == name and step.day.month == month), _ZERO)
    if name in _NOT_BOUGHT or name in _LEFT:
        return _ZERO if name in _NOT_BOUGHT else left
    pack = Decimal(str(product["pack"] or 25))
    return -(-left // pack) * pack


def _openings(steps: list[_Step], promised: dict[str, Decimal]) -> list[Row]:
    rows = []
    for at, product in enumerate(_shelf_products()):
        name = str(product["product"])
        changed = sum((step.qty for step in steps if step.product == name), _ZERO)
        qty = _left(product, at) + promised[name] - changed
        rows.append(_row(_OPENING, day_of(_OPENING), "opening", product, qty, "上线盘点"))
    return rows


def _left(product: Row, at: int) -> Decimal:
    usual = Decimal(str(product["min_stock"] or 0)) * 2 + at % 5 * (Decimal("12.5") if product["unit"] == "kg" else 3)
    return Decimal(_LEFT.get(str(product["product"]), usual))


def _row(no: str, day: date, action: str, product: Row, qty: Decimal, reason: str) -> Row:
    kept = {name: product[name] for name in ("product", "model", "unit")}
    more = {"warehouse": "主仓", "to_warehouse": "", "reason": reason, "handler": "小郑"}
    return {"move_no": no, "date": day, "action": action, **kept, "qty": qty, **more}


def _counts(steps: list[_Step]) -> list[Row]:
    """Counts at closing: what the books said that evening, and the difference."""
    rows = []
    for no, name, _, reason in COUNTS:
        day, product = day_of(no), product_of(name)
        counted = sum((step.qty for step in steps if step.product == name and step.day <= day), _ZERO)
        kept = {column: product[column] for column in ("product", "model", "unit")}
        more = {"warehouse": "主仓", "counted": counted, "reason": reason, "handler": "小于"}
        rows.append({"count_no": no, "date": day, **kept, **more})
    return rows

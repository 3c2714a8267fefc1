"""The stock moves of the sample book: openings and arrivals that let the shelves end where the story wants them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salesaid.core.items import parse_components
from salesaid.core.places import TO_WAREHOUSE, WAREHOUSE, Way, is_ours
from salesaid.ledgers import load

from .purchases import Arrival
from .registers import PRODUCTS, SUPPLIERS, Row
from .rows import UNANSWERED, day_of, free_number, product_of, workday
from .story import COUNTS, MOVES

# What is left for sale once all promises are kept; elsewhere it is well above the minimum.
_LEFT = {
    "电源线": "60",  # below its minimum
    "风扇 8025": "50",  # exactly at it
    "固态盘 128G": "25",  # below it only because of what is promised
    "BVM8-810": "-8",  # nothing there, and ordered
    "BVM7-720": "-7",  # promised more than is there, and more is under way
    "BVM7-730": "6",  # no minimum set
    "BVM6-610": "3",  # discontinued
    "转接线 DC5.5": "180",  # was below zero for three days
}
_PURCHASES_SINCE = date(2026, 8, 1)
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


class Shelves(NamedTuple):
    """What stands behind the shelves: the moves, the counts, and what suppliers brought since purchases are kept."""

    moves: list[Row]
    counts: list[Row]
    arrivals: list[Arrival]


def shelves(orders: list[Row], ledgers: Mapping[str, list[Row]]) -> Shelves:
    """The stock that orders and the rows of these ledgers need, so that it ends as the story wants it."""
    shipped = _steps("shipments", ledgers["shipments"])
    others = [step for name, rows in ledgers.items() if name != "shipments" for step in _steps(name, rows)]
    arrivals = _arrivals(shipped)
    told = [*_before_purchases(arrivals), *MOVES]
    since = [arrival for arrival in arrivals if arrival.day >= _PURCHASES_SINCE]
    bought = [_Step(arrival.product, arrival.day, arrival.qty) for arrival in since]
    differences = [_Step(product, day_of(no), qty) for no, product, qty, _ in COUNTS]
    steps = [*shipped, *others, *bought, *_steps("stock_moves", told), *differences]
    openings = _openings(steps, _promised(orders, [*ledgers["shipments"], *ledgers["loans"]]))
    return Shelves([*openings, *told], _counts([*_steps("stock_moves", openings), *steps]), since)


def _shelf_products() -> list[Row]:
    return [row for row in PRODUCTS if row["location"] and row["product"] != _NEVER_STOCKED]


def _steps(ledger: str, rows: Iterable[Row]) -> list[_Step]:
    """What rows change on the shelves that sell; a name that is a question has a shelf of its own."""
    ways = {action.id: action.ways for action in load(ledger).actions}
    return [step for row in rows for step in _of_row(row, ways[str(row["action"])])]


def _of_row(row: Row, ways: Iterable[Way]) -> Iterator[_Step]:
    sign = sum(_sells(way.to_place, row) - _sells(way.from_place, row) for way in ways)
    name = str(row.get("product", ""))
    if not sign or isinstance(row["qty"], str) or row["unit"] != product_of(name)["unit"]:
        return
    qty, day = Decimal(str(row["qty"])) * sign, date.fromisoformat(str(row["date"]))
    if components := str(row.get("components", "")):
        yield from (_Step(item.product, day, qty * (item.qty or 1)) for item in parse_components(components))
    elif product_of(name)["location"]:
        yield _Step(_shelf(name), day, qty)


def _sells(place: str, row: Row) -> bool:
    """Whether goods at one end of a row's way are for sale: any warehouse of ours but one."""
    warehouse = {WAREHOUSE: row.get("warehouse"), TO_WAREHOUSE: row.get("to_warehouse")}.get(place, place)
    return is_ours(str(warehouse or "")) and warehouse != _NOT_FOR_SALE


def _shelf(name: str) -> str:
    return name if name in UNANSWERED else str(product_of(name)["product"])


def _promised(orders: list[Row], sent: list[Row]) -> dict[str, Decimal]:
    """What customers still wait for, by product."""
    open_: dict[tuple[object, str], Decimal] = defaultdict(Decimal)
    for row in [*orders, *sent]:
        name = str(row.get("product", ""))
        if name and row.get("order_no") and row["unit"] == product_of(name)["unit"]:
            sign = -1 if row["action"] in {"ship", "sell"} else 1
            open_[row["order_no"], _shelf(name)] += Decimal(str(row["qty"])) * sign
    promised: dict[str, Decimal] = defaultdict(Decimal)
    for (_, name), qty in open_.items():
        promised[name] += max(qty, _ZERO)
    return promised


def _arrivals(shipped: list[_Step]) -> list[Arrival]:
    """What suppliers brought: before each month what will leave in it, in whole packs."""
    found = []
    for month in (8, 9, 10, 11):
        for at, supplier in enumerate(SUPPLIERS):
            day, name = workday(date(2026, month - 1, 22) + timedelta(days=at)), str(supplier["supplier"])
            goods = [product for product in _shelf_products() if product["supplier"] == name]
            lots = [Arrival(day, name, str(product["product"]), _needed(product, month, shipped)) for product in goods]
            found += [lot for lot in lots if lot.qty > 0]
    return found


def _before_purchases(arrivals: list[Arrival]) -> list[Row]:
    """The arrivals of the time when nobody kept purchases: goods that came in."""
    taken = {str(row["move_no"]) for row in MOVES}
    numbers: dict[tuple[date, str], str] = {}
    rows = []
    for day, supplier, name, qty in arrivals:
        if day < _PURCHASES_SINCE:
            if (day, supplier) not in numbers:
                numbers[day, supplier] = free_number(taken, "ST", day)
            rows.append(_row(numbers[day, supplier], day, "in", product_of(name), qty, f"采购到货 {supplier}"))
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

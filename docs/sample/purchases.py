"""What the sample book ordered from suppliers: purchases with a story, and those that simply came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .registers import SUPPLIERS, Row
from .rows import by_number, day_of, free_number, goods_of, is_workday, product_of, workday

_LEAD_DAYS = {str(row["supplier"]): int(str(row["lead_days"])) for row in SUPPLIERS}
_USUALLY_LATE = {"恒通线缆": 2, "华创整机厂": 1}


class Arrival(NamedTuple):
    """Goods of one product that a supplier brought on a day."""

    day: date
    supplier: str
    product: str
    qty: Decimal


def _order(number: str, product: str, qty: object, due: object, *, order_no: str = "", note: str = "") -> Row:
    goods = goods_of(product, qty)
    goods.pop("spec")
    known = product_of(product)
    return {
        "purchase_no": number,
        "date": day_of(number),
        "action": "order",
        "supplier": known["supplier"],
        **goods,
        "price": known["cost"],
        "due": due,
        "order_no": order_no,
        "note": note,
    }


_ORDERED = [
    _order("PO20260921-001", "BVM8-810", 6, "2026-10-16"),
    _order("PO20261012-001", "机箱 M01", 20, "2026-10-27"),
    _order("PO20261014-001", "电源 12V10A", 40, "2026-10-26"),
    _order("PO20261020-001", "H62 0.8*100", 300, "2026-10-30"),
    _order("PO20261028-001", "散热片 40×40", 1000, "2026-11-10"),
    _order("PO20261030-001", "机箱 M02", 10, "2026-11-13"),
    _order("PO20261103-001", "BVM7-720", 40, "2026-11-24", order_no="SO20261103-001", note="深圳骏业等着要"),
    _order("PO20261109-001", "排线 40P", 500, "2026-11-17"),
    _order("PO20261116-001", "整机 BV-T2", 3, "2026-12-07"),
    _order("PO20261117-001", "T2 0.3*60", 300, "2026-11-27"),
    _order("PO20261117-001", "C5191 0.15×20", 100, "2026-11-30"),
]

_LINES = by_number(_ORDERED, "purchase_no")


def _then(line: Row, action: str, on: object, qty: object, product: str = "", **cells: object) -> Row:
    """What became of a line; another product than the line's where one is named."""
    kept = {name: line[name] for name in ("purchase_no", "supplier", "product", "model", "unit")}
    if product:
        other = goods_of(product, 0)
        kept |= {name: other[name] for name in ("product", "model", "unit")}
    return {**kept, "date": on, "action": action, "qty": Decimal(str(qty)), **cells}


def _told(number: str, action: str, on: str, qty: object, product: str = "", **cells: object) -> Row:
    return _then(_LINES[number][0], action, on, qty, product, **cells)


PURCHASES = [
    *_ORDERED,
    _told("PO20260921-001", "promise", "2026-10-15", 0, due="2026-10-30", note="缺芯片，厂家改期"),
    _told("PO20260921-001", "promise", "2026-10-29", 0, due="2026-11-10", note="再次改期"),
    _told("PO20260921-001", "promise", "2026-11-09", 0, due="2026-11-20", note="第三次改期，说是最后一次"),
    _told("PO20261012-001", "close", "2026-10-20", -20, note="库存够用，和供应商说好取消"),
    _told("PO20261014-001", "receive", "2026-10-28", 40),
    _told("PO20261014-001", "reject", "2026-10-30", 3, note="三个外壳开裂，退回换货"),
    _told("PO20261014-001", "promise", "2026-10-30", 0, due="2026-11-18", note="补三个"),
    _told("PO20261020-001", "receive", "2026-10-30", "304.5", note="按过磅数收"),
    _told("PO20261028-001", "receive", "2026-11-12", 400, note="其余说下周到"),
    _told("PO20261030-001", "receive", "2026-11-16", 10, "机箱 M01", note="发错型号：采购的是机箱 M02，先收下"),
]


def bought(arrivals: Iterable[Arrival]) -> list[Row]:
    """The purchases behind arrivals: one a supplier and day, ordered in time, come when that supplier comes."""
    taken = {str(row["purchase_no"]) for row in PURCHASES}
    rows: list[Row] = []
    lots: dict[tuple[date, str], list[Arrival]] = {}
    for arrival in arrivals:
        lots.setdefault((arrival.day, arrival.supplier), []).append(arrival)
    for (day, supplier), lot in lots.items():
        no = free_number(taken, "PO", workday(day - timedelta(days=_LEAD_DAYS[supplier])))
        lines = [_order(no, arrival.product, arrival.qty, _due(supplier, day)) for arrival in lot]
        rows += lines
        rows += [_then(line, "receive", day, line["qty"]) for line in lines]
    return rows


def _due(supplier: str, came: date) -> date:
    """The working day for which a supplier had promised what came on a day."""
    due = came - timedelta(days=_USUALLY_LATE.get(supplier, 0))
    while not is_workday(due):
        due -= timedelta(days=1)
    return due

"""The everyday trade of the sample book: orders that were placed, shipped and signed as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from .registers import CUSTOMERS, Row
from .rows import REVIEWER, about_order, by_number, customer_of, free_number, is_workday, order, ship, sign, workday

FIRST_DAY, LAST_DAY = date(2026, 7, 2), date(2026, 11, 20)

_COPPER_BUYERS = ("东莞骏业五金", "正标（北京）", "鹏得五金", "广隆", "灵龙", "海川散热器", "立信互感器")
_OTHERS = tuple(
    str(row["customer"]) for row in CUSTOMERS if row["status"] == "合作" and row["customer"] not in _COPPER_BUYERS
)

# Least, most and step of what one order asks for.
_COPPER = {
    "H65 0.3*50": ("60", "300", "12.5"),
    "H65 0.5*80": ("50", "250", "10"),
    "H62 0.8*100": ("80", "240", "20"),
    "C5191 0.2×30": ("30", "120", "7.5"),
    "C5191 0.15×20": ("25", "90", "5"),
    "T2 0.3*60": ("40", "160", "10"),
}
_ELECTRONICS = {
    "BVM7-710": ("5", "30", "5"),
    "BVM7-720": ("2", "20", "2"),
    "BVM7-730": ("1", "6", "1"),
    "内存 8G": ("5", "30", "5"),
    "固态盘 128G": ("5", "25", "5"),
    "电源线": ("20", "150", "10"),
    "数据线": ("20", "120", "20"),
    "排线 40P": ("20", "200", "20"),
    "电源 12V5A": ("10", "60", "10"),
    "电源 12V10A": ("4", "24", "4"),
    "机箱 M01": ("2", "16", "2"),
    "机箱 M02": ("2", "10", "1"),
    "风扇 8025": ("10", "60", "10"),
    "散热片 40×40": ("50", "400", "50"),
    "整机 BV-T1": ("1", "3", "1"),
    "整机 BV-T2": ("1", "2", "1"),
}


class Trade:
    """Orders and shipments drawn day by day; numbers that the story took are not given again."""

    def __init__(self, seed: int, taken: set[str]) -> None:
        self.orders: list[Row] = []
        self.shipments: list[Row] = []
        self._taken = taken
        self._random = Random(seed)  # noqa: S311 - the same draw each time
        for day in _days():
            if is_workday(day) and self._chance(0.85):
                self._one_order(day)

    def _draw(self, count: int) -> int:
        # Only random() itself draws the same in every version of Python.
        return int(self._random.random() * count)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_order(self, day: date) -> None:
        goods, buyers = (_COPPER, _COPPER_BUYERS) if self._chance(0.4) else (_ELECTRONICS, _OTHERS)
        customer = buyers[self._draw(len(buyers))]
        no, due = free_number(self._taken, "SO", day), workday(day + timedelta(days=8 + self._draw(8)))
        reviewed_by = "" if self._chance(0.25) else REVIEWER
        names = dict.fromkeys(list(goods)[self._draw(len(goods))] for _ in range(1 + self._draw(3)))
        lines = [
            order(no, customer, name, self._qty(*goods[name]), f"{due}", reviewed_by=reviewed_by) for name in names
        ]
        if goods is _ELECTRONICS and self._chance(0.2):
            lines.append(order(no, customer, "运费", 1, f"{due}", reviewed_by=reviewed_by))
        if customer == "乡村基":
            lines = [line | {"customer_po": f"XCJ-{day:%y%m%d}"} for line in lines]
        self.orders += lines
        if not reviewed_by:
            self.orders.append(about_order(lines[0], "review", workday(day), {"reviewed_by": REVIEWER}))
        self._ship(lines, workday(day, 1 + self._draw(5)))

    def _qty(self, least: str, most: str, step: str) -> Decimal:
        steps = int((Decimal(most) - Decimal(least)) / Decimal(step)) + 1
        return Decimal(least) + Decimal(step) * self._draw(steps)

    def _ship(self, lines: list[Row], day: date) -> None:
        if day <= LAST_DAY:
            no = free_number(self._taken, "SH", day)
            self.shipments += [ship(no, line) for line in lines]


def _days() -> Iterator[date]:
    return (FIRST_DAY + timedelta(days=at) for at in range((LAST_DAY - FIRST_DAY).days + 1))


def one_parcel(shipments: list[Row]) -> list[Row]:
    """The shipments with each parcel's freight, and its weight where goods are not sold by it, written once."""
    parcels = by_number(shipments, "ship_no").values()
    return [row if at == 0 else _rest_of_parcel(row) for parcel in parcels for at, row in enumerate(parcel)]


def _rest_of_parcel(row: Row) -> Row:
    dropped = {"freight"} if row.get("unit") == "kg" else {"freight", "weight"}
    return {name: value for name, value in row.items() if name not in dropped}


def signatures(shipments: list[Row], never: set[str]) -> list[Row]:
    """A signature for each parcel that has arrived: some after the customer's days on the road, some a day late."""
    signed = []
    for no, rows in by_number(shipments, "ship_no").items():
        row = rows[0]
        late = Random(no + "late").random() < 0.3  # noqa: S311, PLR2004 - the same draw each time
        road = int(str(customer_of(str(row["customer"]))["transit_days"]))
        day = date.fromisoformat(str(row["date"])) + timedelta(days=road + late)
        if row["action"] == "ship" and no not in never and day <= LAST_DAY:
            signed.append(sign(row, day))
    return signed

"""What was agreed with two of the carriers, and their bills by month: October's have what clerks find in such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from .registers import Row
from .rows import by_number

_AGREED = date(2026, 1, 1)
_ZERO = Decimal(0)

RATES: list[Row] = [
    {"carrier": "顺丰", "from_kg": 0, "price": 12, "valid_from": _AGREED},
    {"carrier": "顺丰", "from_kg": 1, "price": 12, "per_kg": 2, "valid_from": _AGREED},
    {"carrier": "德邦", "from_kg": 0, "price": 15, "valid_from": _AGREED},
    {"carrier": "德邦", "from_kg": 10, "price": 15, "per_kg": Decimal("1.2"), "valid_from": _AGREED},
]
_MONTHS = (7, 8, 9, 10)
_HEAVIER, _DEARER, _AGAIN, _FORGOTTEN = range(4)  # which of October's parcels of 顺丰, and of September's the third


def bills(shipments: Iterable[Row]) -> list[Row]:
    """The lines of the bills that were kept."""
    parcels = [*_parcels(shipments)]
    found: list[Row] = []
    for month in _MONTHS:
        for serial, carrier in enumerate(("顺丰", "德邦"), 1):
            number = f"FB{date(2026, month + 1, 1) - timedelta(days=1):%Y%m%d}-{serial:03}"
            own = [each for each in parcels if each["carrier"] == carrier and _day(each).month == month]
            found += [_line(number, each) for each in own]
    return _with_troubles(found)


def _parcels(shipments: Iterable[Row]) -> Iterator[Row]:
    sent = [row for row in shipments if row.get("action") == "ship" and row.get("tracking_no")]
    for rows in by_number(sent, "ship_no").values():
        kilos = sum((Decimal(str(row["weight"])) for row in rows if row.get("weight")), _ZERO)
        yield rows[0] | {"weight": kilos.to_integral_value(ROUND_CEILING)}


def _day(row: Row) -> date:
    day = row["date"]
    return day if isinstance(day, date) else date.fromisoformat(str(day))


def _line(number: str, parcel: Row) -> Row:
    kept = {name: parcel[name] for name in ("date", "carrier", "tracking_no", "weight")}
    return {"bill_no": number, **kept, "amount": _charge(str(parcel["carrier"]), Decimal(str(parcel["weight"])))}


def _charge(carrier: str, kilos: Decimal) -> Decimal:
    if carrier == "顺丰":
        return 12 + 2 * max(kilos - 1, _ZERO)
    return 15 + Decimal("1.2") * max(kilos - 10, _ZERO)


def _with_troubles(lines: list[Row]) -> list[Row]:
    """October's bill of 顺丰: a parcel too heavy, one too dear, one of September again, one not ours, one left out."""
    september = [row for row in lines if row["bill_no"] == "FB20260930-001"]
    october = [row for row in lines if row["bill_no"] == "FB20261031-001"]
    heavier, dearer, forgotten = (october[at] for at in (_HEAVIER, _DEARER, _FORGOTTEN))
    kilos = Decimal(str(heavier["weight"])) + 5
    changed = {
        id(heavier): heavier | {"weight": kilos, "amount": _charge("顺丰", kilos)},
        id(dearer): dearer | {"amount": Decimal(str(dearer["amount"])) + 8, "surcharge": 5},
    }
    again = september[_AGAIN] | {"bill_no": "FB20261031-001", "date": dearer["date"]}
    theirs = dearer | {"tracking_no": "SF700100200300", "weight": 1, "amount": 12, "date": heavier["date"]}
    return [*(changed.get(id(row), row) for row in lines if row is not forgotten), again, theirs]

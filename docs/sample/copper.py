"""The copper price of every working day since October; once it was mistyped, and entered again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .registers import Row

_FIRST = date(2026, 10, 9)
_COPPER = (
    67120, 67280, 67150, 67360, 67540, 67490, 67610, 67830, 67760, 67910, 68040, 67950, 68120, 68270, 68190, 68080,
    68240, 68450, 68520, 68400, 68610, 68730, 68690, 68880, 69020, 68940, 69150, 69310, 69240, 69380, 69460,
)  # fmt: skip
_MISTYPED = date(2026, 11, 11)
_WEEKDAYS = range(5)


def _rows() -> Iterator[Row]:
    day, left = _FIRST, list(_COPPER)
    while left:
        if day.weekday() in _WEEKDAYS:
            price = left.pop(0)
            wrong = [price // 10] if day == _MISTYPED else []
            for serial, written in enumerate([*wrong, price], 1):
                yield {
                    "price_no": f"MP{day:%Y%m%d}-{serial:03}", "date": day, "item": "1#电解铜", "price": written,
                    "unit": "元/吨", "source": "长江有色", "note": "上一行少打一位" if serial > 1 else "",
                }  # fmt: skip
        day += timedelta(days=1)


COPPER: list[Row] = [*_rows()]

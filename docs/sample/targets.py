"""What the manager wants each salesperson to sell: the second half of the year, and boards from September on."""

from __future__ import annotations

from sample.registers import Row

_MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12")
_EACH = {
    "赵丽": (90_000, 100_000, 90_000, 80_000, 90_000, 100_000),
    "王磊": (15_000, 15_000, 16_000, 16_000, 18_000, 18_000),
    "徐峰": (8_000, 8_000, 9_000, 9_000, 10_000, 10_000),
    "陈静": (5_000, 5_000, 6_000, 8_000, 8_000, 8_000),
}
_BOARDS = dict.fromkeys(_MONTHS[2:], 15_000)

TARGETS: list[Row] = [
    *(
        {"month": month, "salesperson": who, "amount": amounts[at], "note": "冲年底" if month == "2026-12" else ""}
        for at, month in enumerate(_MONTHS)
        for who, amounts in _EACH.items()
    ),
    *({"month": month, "category": "主板", "amount": amount} for month, amount in _BOARDS.items()),
]

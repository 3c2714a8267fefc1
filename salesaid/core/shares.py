"""Shares and changes, exact: decimals to four places, so that 0.1234 is 12.34 %."""

from __future__ import annotations

from decimal import Decimal

_PLACES = 4


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole, half up to four places; None of nothing."""
    if not whole:
        return None
    half_up = (2 * abs(part) * 10**_PLACES + abs(whole)) // (2 * abs(whole))
    is_below = (part < 0) != (whole < 0) and half_up
    return Decimal((1 if is_below else 0, tuple(map(int, str(half_up))), -_PLACES))


def growth(now: int, before: int) -> Decimal | None:
    """The change on an earlier figure as a share of it; None where that was nothing or below nothing."""
    return share(now - before, before) if before > 0 else None

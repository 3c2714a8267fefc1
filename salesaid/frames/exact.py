"""Exact arithmetic over whole columns: quantities and prices in whole millionths, money in whole cents.

All is in 64 bits where a checked bound says that nothing runs over, else in whole numbers of any size.
"""

from __future__ import annotations

from typing import Any

MILLION = 10**6
_TO_CENTS = MILLION // 100
_MOST = 2**62


def cents(amounts: Any) -> Any:
    """Amounts in millionths as whole cents, half up as `money.cents` has it: away from zero."""
    return _divided(amounts, _TO_CENTS)


def cents_of(qtys: Any, prices: Any) -> Any:
    """Quantities times prices, both in millionths, as whole cents, half up."""
    if not (qtys % MILLION).any():
        return _divided(_times(qtys // MILLION, prices), _TO_CENTS)
    return _divided(_times(qtys, prices), _TO_CENTS * MILLION)


def whole(values: Any) -> Any:
    """The same whole numbers in 64 bits, where all of them fit."""
    import numpy as np

    fits = values.dtype != object or not len(values) or max(map(abs, values)) < _MOST
    return values.astype(np.int64) if fits else values


def _times(some: Any, others: Any) -> Any:
    if not len(some) or int(abs(some).max()) * int(abs(others).max()) < _MOST:
        return some * others
    return some.astype(object) * others.astype(object)


def _divided(values: Any, by: int) -> Any:
    """Half up, away from zero."""
    import numpy as np

    sizes = (abs(values) + by // 2) // by
    return whole(np.where(values < 0, -sizes, sizes))

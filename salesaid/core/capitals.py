"""Amounts in the capital numerals of bills, receipts and statements: 壹仟贰佰元零伍分."""

from __future__ import annotations

from decimal import Decimal

from salesaid.core.money import cents

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SIZES = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def in_capitals(value: Decimal) -> str:
    """An amount in the capital numerals of bills and statements, half up to the cent: 壹仟贰佰元零伍分.

    Written after 《支付结算办法》: 整 ends an amount without 分, 零 stands for skipped places within it.
    """
    count = cents(value)
    yuan, small = divmod(abs(count), 100)
    head = f"{_spelled(yuan)}元" if yuan or not small else ""
    return ("负" if count < 0 else "") + head + _small_change(small, after_yuan=yuan > 0)


def _small_change(small: int, *, after_yuan: bool) -> str:
    jiao, fen = divmod(small, 10)
    if not fen:
        return f"{_DIGITS[jiao]}角整" if jiao else "整"
    gap = "零" if after_yuan else ""
    return (f"{_DIGITS[jiao]}角" if jiao else gap) + f"{_DIGITS[fen]}分"


def _spelled(number: int) -> str:
    for size, name in _SIZES:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _spelled(high) + name + gap + (_spelled(low) if low else "")
    return _DIGITS[number]

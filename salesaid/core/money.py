"""Exact decimals: reading figures from text, amounts to the cent, exact sums.

A pattern stands guard before every Decimal: `1E+3000000` is nine characters and costs minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from functools import reduce

from salesaid.core.reading import Unreadable
from salesaid.core.text import Text
from salesaid.core.width import is_blank, narrow

ZERO = Decimal(0)
CENT = Decimal("0.01")

_EXACT = Context(prec=80, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])
_ROUNDING = Context(prec=80, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow, DivisionByZero])
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(7))
_LIMIT = Decimal(10) ** 12

_PLAIN = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,6})?")
_WRITTEN = (
    r"(?P<open>\( ?)?(?P<minus>- ?)?(?P<sign>¥ ?)?(?P<inner>- ?)?"
    r"(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}|(?=\.))(?:\.(?P<part>[0-9]{1,20}))?"
    r"(?: ?(?P<scale>[万亿]))?(?P<unit> ?[元圆])?(?P<close> ?\))?"
)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_DECIMALS = 6
_FLOAT_DIGITS = 12
_LONGEST = 64

NUMBER_ACCEPTED = Text(
    "数字，如 1234.5 或 1,234.5（整数最多 12 位，小数最多 6 位）",
    "a number such as 1234.5 or 1,234.5 (at most 12 digits and 6 decimals)",
)


def parse_decimal(text: str, *, money: bool = True) -> Decimal | None:
    """The figure that a text holds, exactly; None for a blank one. Raises Unreadable.

    Reads `￥1,234.50`, `1，234`, `1234元`, `1.2万`, `(50)`, `－50` and full-width digits; with `money` off
    a figure with ￥ or 元 is refused. More than six decimals are refused too, unless there are so many digits
    that they are the tail of a spreadsheet's division (0.333333333333333): those are rounded to six.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if is_blank(text):
        return None
    found = re.fullmatch(_WRITTEN, narrow(text).strip()) if len(text) <= _LONGEST else None
    if not found or not _is_sound(found, money=money):
        raise Unreadable(text, NUMBER_ACCEPTED)
    value = _value(found)
    if abs(value) >= _LIMIT:
        raise Unreadable(text, NUMBER_ACCEPTED)
    return value


def _is_sound(found: re.Match[str], *, money: bool) -> bool:
    """Whether brackets pair, one minus stands at most, and signs of money stand only where they may."""
    brackets = (found["open"] is None) == (found["close"] is None)
    negatives = sum(found[part] is not None for part in ("open", "minus", "inner"))
    return brackets and negatives <= 1 and (money or not (found["sign"] or found["unit"])) and _has_few_decimals(found)


def _has_few_decimals(found: re.Match[str]) -> bool:
    part = found["part"] or ""
    digits = (found["whole"] + part).replace(",", "").lstrip("0")
    return len(part) <= _DECIMALS or len(digits) >= _FLOAT_DIGITS


def _value(found: re.Match[str]) -> Decimal:
    whole, part = found["whole"].replace(",", ""), found["part"] or ""
    value = Decimal(f"{whole}.{part}" if part else whole)
    if len(part) > _DECIMALS:
        value = rounded(value, _DECIMALS)
    if found["scale"]:
        value = _EXACT.multiply(value, _SCALES[found["scale"]])
    negative = found["open"] or found["minus"] or found["inner"]
    return -value if negative else value


def rounded(value: Decimal, places: int) -> Decimal:
    """The value to so many places (0 to 6), half up; never minus zero."""
    result = value.quantize(_STEPS[places], context=_ROUNDING)
    return result or abs(result)


def amount(qty: Decimal, price: Decimal) -> Decimal:
    """Quantity times price to the cent, half up; the product itself is exact."""
    return rounded(_EXACT.multiply(qty, price), 2)


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum. Raises decimal.Inexact rather than lose a digit."""
    return reduce(_EXACT.add, values, ZERO)


def cents(value: Decimal) -> int:
    """An amount in whole cents, half up: 12.345 is 1235."""
    return int(_ROUNDING.scaleb(rounded(value, 2), 2))


def of_cents(count: int) -> Decimal:
    """The amount of so many cents: 1235 is 12.35."""
    return Decimal(count).scaleb(-2, context=_EXACT)

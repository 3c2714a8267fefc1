"""What was counted, as it is typed: PRODUCT=COUNTED[UNIT]."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from salesaid.core.kinds import QTY, Unreadable
from salesaid.core.text import Text
from salesaid.core.width import narrow


class Counted(NamedTuple):
    """A product as typed, how much of it was counted, and the unit where one is written."""

    product: str
    qty: Decimal
    unit: str = ""


ACCEPTED = Text("产品=实盘数量，如 BVM7-710=12（没有就写 =0）", "PRODUCT=COUNTED, such as BVM7-710=12 (none: =0)")

_UNIT = re.compile(r"(.*[0-9万亿.])\s*([^\d\s万亿.,@*;+-][^\d@*;]*)", re.DOTALL)


def parse_counted(text: str) -> Counted:
    """The parts of a count, read from the last `=`. Raises Unreadable for what is no quantity of 0 or more."""
    at = narrow(text).rfind("=")
    product, written = text[:at].strip(), text[at + 1 :].strip()
    if at < 0 or not product:
        raise Unreadable(text, ACCEPTED)
    found = _UNIT.fullmatch(written)
    try:
        qty = QTY.parse(found[1] if found else written)
    except Unreadable as trouble:
        raise Unreadable(text, ACCEPTED) from trouble
    if not isinstance(qty, Decimal) or qty < 0:
        raise Unreadable(text, ACCEPTED)
    return Counted(product, abs(qty), found[2].strip() if found else "")

"""Which order lines the shelf does not reach, and which purchases they wait for (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.incoming import Lot
from salesaid.balances.promised import OpenLine
from salesaid.core.rows import ZERO


class Short(NamedTuple):
    """An open order line, and how much of it lacks; `day` is the line's, in ISO form."""

    day: str
    order_no: str
    customer: str
    open: Decimal
    lacking: Decimal


class Wait(NamedTuple):
    """How much of an order line waits for a purchase; `is_for_it`: the purchase was made for this order."""

    short: Short
    purchase_no: str
    qty: Decimal
    is_for_it: bool


def short_lines(sellable: Decimal, lines: Iterable[OpenLine]) -> list[Short]:
    """The order lines of one product that goods on the shelf do not reach; `lines` oldest first, served so."""
    left, short = sellable, []
    for line in lines:
        left -= line.open
        if left < 0:
            short.append(Short(line.day, line.number, line.customer, line.open, min(-left, line.open)))
    return short


def waits(short: Iterable[Short], lots: Iterable[Lot]) -> list[Wait]:
    """Which lots the order lines of one product wait for, the next to come first.

    A lot that was bought for an order is kept for it; what that order does not need serves the oldest.
    """
    wanted = list(short)
    lacking = [each.lacking for each in wanted]
    coming = list(lots)
    found: dict[tuple[int, str], Decimal] = {}
    for is_own in (True, False):
        for index, lot in enumerate(coming):
            left = lot.qty
            for at, each in enumerate(wanted):
                taken = min(left, lacking[at])
                if taken > 0 and (not is_own or lot.order_no == each.order_no):
                    found[at, lot.purchase_no] = found.get((at, lot.purchase_no), ZERO) + taken
                    lacking[at] -= taken
                    left -= taken
            coming[index] = lot._replace(qty=left)
    bought_for = {(lot.order_no, lot.purchase_no) for lot in coming}
    return [
        Wait(wanted[at], no, qty, (wanted[at].order_no, no) in bought_for) for (at, no), qty in sorted(found.items())
    ]

"""Rows that took more off a shelf than the book had there, made good by later ones."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.shelf_days import ShelfDays
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, in_days, same

_BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结30

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,电源线,8
    ST20261121-001,2026-11-21,入库,电源线,5

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人
    SO20261110-001,2026-11-10,下单,骏业,电源线,10,6,2026-11-20,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,电源线,10,6
    """
RULE = Rule(
    "K03",
    "warning",
    Text("出的比账上有的多", "shipped beyond on hand"),
    why=Text(
        "账上一时为负，说明到货记晚了或日期记错了；那几天的库存数不可信。",
        "For a time the book stood below zero: an arrival was written late or under a wrong date.",
    ),
    mend=Text(
        "核对到货和出库的日期，改正记错的；确是先出后记，在备注里写 ok:K03。",
        "Look at the dates of what came and what left; where it was written late, say so with ok:K03 in the note.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "ST20261117-001,2026-11-17,入库,电源线,5",
        instead_of="ST20261121-001,2026-11-21,入库,电源线,5",
    ),
)


def shipped_beyond_on_hand(shelf_days: ShelfDays) -> Iterator[Wrong]:
    """A finding for each time that a shelf stood below zero and no longer does, at the row that took it there."""
    for below, move in shelf_days.causes(each for each in shelf_days.below if each.until is not None):
        if move is not None and below.until is not None:
            days, lowest = (below.until - below.since).days, QTY.format(below.lowest)
            took = QTY.format(-move.at(below.place))
            yield Wrong(
                move.ledger,
                Text(
                    f"{move.no} 从{below.place}出 {below.product} {took}，账上不够，最低到 {lowest}，{days} 天后才补上",
                    f"{move.no} took {took} of {below.product} from {below.place}, more than the book had: down "
                    f"to {lowest}, made good after {in_days(days)}",
                ),
                move.no, below.product, move.row, "qty", took, about=f"{below.place} {below.since}",
                suggestion=same(command("stock", "card", below.product)),
            )  # fmt: skip

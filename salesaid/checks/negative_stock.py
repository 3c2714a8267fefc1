"""Shelves on which, by the book, less than nothing lies."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.shelf_days import ShelfDays
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, same

_BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结30

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,电源线,8

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人
    SO20261110-001,2026-11-10,下单,骏业,电源线,10,6,2026-11-20,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,电源线,10,6
    """
RULE = Rule(
    "K02",
    "error",
    Text("库存为负", "negative stock"),
    why=Text(
        "架上不会有负数：有到货没记，或者出库记多了，这个产品的数都不能信。",
        "No shelf holds less than nothing: an arrival was not written, or too much was, and no figure of it holds.",
    ),
    mend=Text(
        "从变负的那一笔查起：补记到货，改正出库，或者盘点一次。",
        "Look from the row on that took it below zero: write what came, mend what left, or count it.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "ST20261117-001,2026-11-17,入库,电源线,5",
        after="ST20261101-001,2026-11-01,期初,电源线,8",
    ),
)


def negative_stock(shelf_days: ShelfDays) -> Iterator[Wrong]:
    """A finding for each shelf below zero now, at the row that took it there; none in a book that keeps no stock."""
    left = {(shelf.product, shelf.place): shelf.on_hand for shelf in shelf_days.all} if shelf_days.is_kept else {}
    for below, move in shelf_days.causes(each for each in shelf_days.below if each.until is None):
        now, no = QTY.format(left[below.product, below.place]), move.no if move else ""
        by = Text(f"，{no} 出的", f", by {no}") if no else Text("", "")
        yield Wrong(
            move.ledger if move else "stock_counts",
            Text(
                f"{below.product} 在{below.place}账面 {now}，从 {below.since} 起为负{by.zh}",
                f"{below.product} at {below.place}: {now} by the book, below zero since {below.since}{by.en}",
            ),
            no, below.product, move.row if move else None, "qty", about=below.place,
            suggestion=same(command("stock", "card", below.product)),
        )  # fmt: skip

"""Orders that look as if they had been entered twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.order_lines import OrderLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text
from salesaid.settings import Settings

RULE = Rule(
    "O04",
    "warning",
    Text("同一订单录了两次", "the same order twice"),
    why=Text(
        "录了两次就会备两次货、发两次货、要两次钱。",
        "Entered twice, it is bought twice, shipped twice and dunned twice.",
    ),
    mend=Text(
        "问业务员：重复的冲销；确实订了两次，在备注里写 ok:O04。",
        "Ask the salesperson: void the one that is double; where both are meant, write ok:O04 in the note.",
    ),
    wrong="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261116-001,2026-11-16,下单,骏业,固态盘 128G,20,165,2026-11-30,赵
        SO20261118-001,2026-11-18,下单,骏业,固态盘 128G,20,165,2026-11-30,赵
        """,
    mended="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261116-001,2026-11-16,下单,骏业,固态盘 128G,20,165,2026-11-30,赵
        SO20261118-001,2026-11-18,下单,骏业,固态盘 128G,20,165,2026-11-30,赵
        SO20261118-001,2026-11-18,下单,骏业,固态盘 128G,-20,165,,
        """,
)

_NEAR = 8  # orders of one customer, product and quantity before another that are looked at

_Goods = tuple[str, str, Decimal]  # customer, product, quantity


class _Order(NamedTuple):
    """An order: its number, its day, and how much of what it is of."""

    number: str
    day: date
    goods: tuple[_Goods, ...]


def same_order_twice(order_lines: OrderLines, orders: Rows, settings: Settings) -> Iterator[Wrong]:
    """A finding for each order all of whose goods stand in one of few days before, or the reverse.

    Rows without a number are documents of their own and told by nothing but their goods: they are no concern here.
    """
    days = timedelta(settings.limit("same_order_days"))
    known = {order.number: order for order in _orders(order_lines, f"{orders.file}:")}
    before: dict[_Goods, list[tuple[date, str]]] = {}
    for order in sorted(known.values(), key=lambda order: (order.day, order.number)):
        first, shared = order.day - days, Counter[str]()
        for goods in order.goods:
            near = before.get(goods)
            if near is None:
                before[goods] = [(order.day, order.number)]
            else:
                shared.update(number for day, number in near[-_NEAR:] if day >= first)
                near.append((order.day, order.number))
        twins = [other for other, count in shared.items() if count == min(len(known[other].goods), len(order.goods))]
        if twins:
            yield _wrong(order, max((known[twin] for twin in twins), key=lambda twin: (twin.day, twin.number)))


def _orders(order_lines: OrderLines, numberless: str) -> Iterator[_Order]:
    """The orders whose goods are known, less what was closed or taken back."""
    found: dict[str, list[_Goods]] = {}
    days: dict[str, date] = {}
    for line in order_lines.all:
        left = line.ordered - line.closed
        if left > 0 and line.customer and line.product and not line.order_no.startswith(numberless):
            found.setdefault(line.order_no, []).append((line.customer, line.product, left))
            days.setdefault(line.order_no, line.day)
    for number, goods in found.items():
        yield _Order(number, days[number], tuple(goods))


def _wrong(order: _Order, twin: _Order) -> Wrong:
    customer, product, qty = next(goods for goods in order.goods if goods in twin.goods)
    more = sum(goods in twin.goods for goods in order.goods) - 1
    rest = Text(f" 等 {more + 1} 行", f" and {more} more") if more else Text("", "")
    what = f"{product}×{QTY.format(qty)}"
    void = command("void", order.number, "--why")
    return Wrong(
        "orders",
        Text(
            f"{customer} 的 {what}{rest.zh}：{order.number}（{order.day}）和 {twin.number}（{twin.day}）一样",
            f"{what}{rest.en} for {customer}: {order.number} of {order.day} is like {twin.number} of {twin.day}",
        ),
        order.number, product, column="order_no", value=order.number, about=twin.number,
        suggestion=Text(
            f"确是重复就冲销：{void} 重复录入",
            f"if it is double: {void} double",
        ),
    )  # fmt: skip

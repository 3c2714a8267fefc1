"""Orders that look as if they had been entered twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.order_lines import OrderLine, OrderLines
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

_NEAR = 20  # orders of one customer before another that are looked at

_Goods = tuple[str, Decimal]  # product, quantity


class _Order(NamedTuple):
    """An order and its lines."""

    number: str
    day: date
    lines: list[OrderLine]

    def goods(self) -> dict[_Goods, OrderLine]:
        """How much of what it is of, less what was closed or taken back."""
        left = ((line, line.ordered - line.closed) for line in self.lines)
        return {(line.product, qty): line for line, qty in left if qty > 0 and line.product}


def same_order_twice(order_lines: OrderLines, orders: Rows, settings: Settings) -> Iterator[Wrong]:
    """A finding for each order all of whose goods stand in one of few days before, or the reverse.

    Rows without a number are documents of their own and told by nothing but their goods: they are no concern here.
    """
    days = timedelta(settings.limit("same_order_days"))
    for own in _by_customer(order_lines, f"{orders.file}:"):
        own.sort(key=lambda order: (order.day, order.number))
        goods = _Known(own)
        for at, order in enumerate(own):
            for twin in reversed(own[max(at - _NEAR, 0) : at]):
                if order.day - twin.day > days:
                    break
                one, other = (goods[each.number] for each in (order, twin))
                if one and other and (one.keys() <= other.keys() or other.keys() <= one.keys()):
                    yield _wrong(order, twin, [one[each] for each in one if each in other])
                    break


class _Known(dict[str, dict[_Goods, OrderLine]]):
    """The goods of a customer's orders by number, looked at when they are asked for."""

    def __init__(self, orders: Iterable[_Order]) -> None:
        super().__init__()
        self._orders = {order.number: order for order in orders}

    def __missing__(self, number: str) -> dict[_Goods, OrderLine]:
        goods = self[number] = self._orders[number].goods()
        return goods


def _by_customer(order_lines: OrderLines, numberless: str) -> Iterator[list[_Order]]:
    """The orders of each customer who is known and has several."""
    found: dict[str, _Order] = {}
    for line in order_lines.all:
        order = found.get(line.order_no)
        if order is None:
            order = found[line.order_no] = _Order(line.order_no, line.day, [])
        order.lines.append(line)
    customers: dict[str, list[_Order]] = {}
    for order in found.values():
        if not order.number.startswith(numberless):
            customers.setdefault(order.lines[0].customer, []).append(order)
    return (own for customer, own in customers.items() if customer and len(own) > 1)


def _wrong(order: _Order, twin: _Order, shared: list[OrderLine]) -> Wrong:
    line, more = shared[0], len(shared) - 1
    rest = Text(f" 等 {more + 1} 行", f" and {more} more") if more else Text("", "")
    what = f"{line.product}×{QTY.format(line.ordered - line.closed)}"
    void = command("void", order.number, "--why")
    return Wrong(
        "orders",
        Text(
            f"{line.customer} 的 {what}{rest.zh}：{order.number}（{order.day}）和 {twin.number}（{twin.day}）一样",
            f"{what}{rest.en} for {line.customer}: {order.number} of {order.day} is like {twin.number} of {twin.day}",
        ),
        order.number, line.product, column="order_no", value=order.number, about=twin.number,
        suggestion=Text(f"确是重复就冲销：{void} 重复录入", f"if it is double: {void} double"),
    )  # fmt: skip

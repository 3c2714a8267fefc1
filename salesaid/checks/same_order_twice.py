"""Orders that look as if they had been entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

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

_NEAR = 8  # rows of one customer and product before another that are looked at

_Goods = dict[tuple[str, Decimal], OrderLine]  # by product and quantity


def same_order_twice(
    order_lines: OrderLines, bought_again: list[list[OrderLine]], orders: Rows, settings: Settings
) -> Iterator[Wrong]:  # fmt: skip
    """A finding for each order all of whose goods stand in one of few days before, or the reverse.

    Rows without a number are documents of their own and told by nothing but their goods: they are no concern here.
    """
    numberless, days = f"{orders.file}:", timedelta(settings.limit("same_order_days"))
    pairs = {pair for lines in bought_again for pair in _alike(lines, days)}
    pairs = {pair for pair in pairs if not any(number.startswith(numberless) for number in pair)}
    goods = _goods(order_lines, {number for pair in pairs for number in pair})
    told: set[str] = set()
    for number, other in sorted(pairs, reverse=True):
        one, its = goods[number], goods[other]
        if number not in told and (one.keys() <= its.keys() or its.keys() <= one.keys()):
            told.add(number)
            yield _wrong([one[each] for each in one if each in its], next(iter(its.values())))


def _alike(lines: list[OrderLine], days: timedelta) -> Iterator[tuple[str, str]]:
    """The numbers of orders that have so much of one product within few days, the later first."""
    for at, line in enumerate(lines):
        for before in reversed(lines[max(at - _NEAR, 0) : at]):
            if line.day - before.day > days:
                break
            if _left(line) == _left(before) > 0 and line.order_no != before.order_no:
                yield line.order_no, before.order_no


def _goods(order_lines: OrderLines, numbers: set[str]) -> dict[str, _Goods]:
    """What some orders are of."""
    found: dict[str, _Goods] = {number: {} for number in numbers}
    for line in order_lines.all if numbers else ():
        if line.order_no in numbers and _left(line) > 0:
            found[line.order_no][line.product, _left(line)] = line
    return found


def _left(line: OrderLine) -> Decimal:
    """What was ordered, less what was closed or taken back."""
    return line.ordered - line.closed


def _wrong(shared: list[OrderLine], twin: OrderLine) -> Wrong:
    line, more = shared[0], len(shared) - 1
    rest = Text(f" 等 {more + 1} 行", f" and {more} more") if more else Text("", "")
    what, no, other = f"{line.product}×{QTY.format(_left(line))}", line.order_no, twin.order_no
    void = command("void", no, "--why")
    return Wrong(
        "orders",
        Text(
            f"{line.customer} 的 {what}{rest.zh}：{no}（{line.day}）和 {other}（{twin.day}）一样",
            f"{what}{rest.en} for {line.customer}: {no} of {line.day} is like {other} of {twin.day}",
        ),
        no, column="order_no", value=no, about=other,
        suggestion=Text(f"确是重复就冲销：{void} 重复录入", f"if it is double: {void} double"),
    )  # fmt: skip

"""Days and other figures that rules use, each with its default; salesaid.toml may set others under [limits]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesaid.core.text import Text


class Limit(NamedTuple):
    """A whole number that a rule uses, of days where its name does not say otherwise: its default and what it means."""

    default: int
    text: Text


LIMITS: Mapping[str, Limit] = {
    "use_days": Limit(90, Text("日均用量统计的天数", "days over which daily use is taken")),
    "repair_received_days": Limit(3, Text("返修货收到后几天内要处理", "days within which goods for repair go on")),
    "repair_factory_days": Limit(30, Text("返修货最多在工厂几天", "days that goods may be at a repair factory")),
    "repair_back_days": Limit(3, Text("修回后几天内要寄回", "days within which repaired goods are delivered")),
    "repair_idle_days": Limit(60, Text("返修货几天没有动静算停滞", "days without movement: a repair is stuck")),
    "receipts_age_days": Limit(
        7, Text("收款记录超过几天没有更新，就先不催款", "age of the newest receipt from which on nobody is reminded")
    ),
    "same_order_days": Limit(
        3, Text("几天内同一客户同一产品同样数量，算可能重复下单", "days within which an order looks entered twice")
    ),
    "price_change_percent": Limit(
        30, Text("单价比上次相差百分之几以上要核对", "percent by which a price may differ from the customer's last one")
    ),
    "unsigned_days": Limit(
        10, Text("该到货后几天没有签收要追问", "days after its arrival that a shipment is signed for")
    ),
    "loan_due_soon_days": Limit(3, Text("提前几天提醒借用到期", "days before it is due that a loan is told of")),
    "uncounted_days": Limit(180, Text("库存几天没有盘点要提醒", "days that a shelf may go uncounted")),
    "call_return_days": Limit(1, Text("客户来电几天内要回复", "days within which a call is returned")),
    "promise_moves": Limit(2, Text("采购交期最多可以改几次", "times that a purchase's promise may be moved")),
}

"""Shipments: what left for customers, arrived or came back, what they owed from before, and what they dispute."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DUE, MONEY, QTY
from salesaid.core.places import CUSTOMER, WAREHOUSE, Way
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_GOODS = (("date",), ("qty", "amount"))
_SPOKEN_OF = (("date",), ("ship_no", "order_no"))

_ACTIONS = (
    Action("ship", Text("发货", "ship"), needs=_GOODS, ways=(Way(WAREHOUSE, CUSTOMER),)),
    Action("sign", Text("签收", "sign"), needs=_SPOKEN_OF),
    Action("return", Text("退回", "return"), needs=_GOODS, ways=(Way(CUSTOMER, WAREHOUSE),)),
    Action("opening", Text("期初", "opening"), needs=(("date",), ("amount",))),
    Action("dispute", Text("争议", "dispute"), needs=_SPOKEN_OF),
    Action("settle", Text("结清", "settle"), needs=_SPOKEN_OF),
)

LEDGER = Ledger(
    id="shipments",
    title=Text("出货", "shipments"),
    kind="journal",
    number="ship_no",
    prefix="SH",
    needs=_GOODS,
    columns=(
        col.number("ship_no", "出库单号 送货单号 发货单号 出货单号 送货单编号", Text("出货单号", "shipment number")),
        col.prefer(col.DATE, "单据日期 发货日期 出库日期 出货日期 送货日期"),
        col.action(
            _ACTIONS,
            {
                "出货": "ship",
                "出库": "ship",
                "送货": "ship",
                "销售出库": "ship",
                "退货": "return",
                "销售退货": "return",
            },
        ),
        col.ORDER_NO,
        col.CUSTOMER,
        col.PRODUCT,
        col.MODEL,
        col.prefer(col.QTY, "发货数量 实发数量 出库数量 出货数量 送货数量"),
        col.UNIT,
        col.PRICE,
        col.AMOUNT,
        col.column(
            "due",
            DUE,
            "到期日 应收日期 应收到期日 付款到期日",
            "期初欠款的到期日；空白按付款条件",
            "when an opening is to be paid; blank is by the terms",
        ),
        col.SERIAL,
        col.COMPONENTS,
        col.prefer(col.WAREHOUSE, "出库仓库 发货仓库"),
        col.CARRIER,
        col.TRACKING_NO,
        col.column("weight", QTY, "重量 计费重量 实际重量 毛重", "重量，公斤", "weight in kg"),
        col.column("freight", MONEY, "运费 物流费 快递费 运输费", "运费", "freight charge"),
        col.HANDLER,
        col.NOTE,
    ),
    actions=_ACTIONS,
)

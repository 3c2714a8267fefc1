"""Purchases: what we ordered from suppliers, what they promised, and what came in."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.places import SUPPLIER, WAREHOUSE, Way
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_GOODS = (("date",), ("qty",))

_ACTIONS = (
    Action("order", Text("采购", "order"), needs=_GOODS),
    Action("promise", Text("交期", "promise"), needs=(("date",), ("purchase_no",))),
    Action("receive", Text("到货", "receive"), needs=_GOODS, ways=(Way(SUPPLIER, WAREHOUSE),)),
    Action("reject", Text("退供", "reject"), needs=_GOODS, ways=(Way(WAREHOUSE, SUPPLIER),)),
    Action("close", Text("关闭", "close"), needs=_GOODS),
)

LEDGER = Ledger(
    id="purchases",
    title=Text("采购", "purchases"),
    kind="journal",
    number="purchase_no",
    prefix="PO",
    needs=_GOODS,
    columns=(
        col.number("purchase_no", "采购单号 采购订单号 采购编号 采购合同号", Text("采购单号", "purchase number")),
        col.prefer(col.DATE, "单据日期 采购日期 订货日期"),
        col.action(
            _ACTIONS,
            {
                "订货": "order",
                "下单": "order",
                "改期": "promise",
                "承诺": "promise",
                "收货": "receive",
                "入库": "receive",
                "采购入库": "receive",
                "退货": "reject",
                "采购退货": "reject",
            },
        ),
        col.SUPPLIER,
        col.PRODUCT,
        col.MODEL,
        col.prefer(col.QTY, "采购数量 到货数量"),
        col.UNIT,
        col.prefer(col.PRICE, "采购单价 采购价 进价"),
        col.prefer(
            col.DUE, "到货日期 预计到货日期 约定到货日期 交货日期", Text("约定到货的日期", "date it is promised for")
        ),
        col.prefer(col.WAREHOUSE, "入库仓库 收货仓库"),
        col.ORDER_NO,
        col.COMPONENTS,
        col.NOTE,
    ),
    actions=_ACTIONS,
)

"""Orders: what customers ordered, changed, had reviewed or let go; in a book of sales each row is the sale itself."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import NUMBER_NO, TEXT
from salesaid.core.places import CUSTOMER, WAREHOUSE, Way
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_ACTIONS = (
    Action(
        "order",
        Text("下单", "order"),
        needs=(("date",), ("qty", "amount")),
        at_once=(Way(WAREHOUSE, CUSTOMER),),
    ),
    Action("change", Text("变更", "change"), needs=(("date",), ("order_no",))),
    Action("review", Text("评审", "review"), needs=(("date",), ("order_no",))),
    Action("close", Text("关闭", "close"), needs=(("date",), ("qty", "amount"))),
)

LEDGER = Ledger(
    id="orders",
    title=Text("订单", "orders"),
    kind="journal",
    number="order_no",
    prefix="SO",
    needs=(("date",), ("qty", "amount")),
    columns=(
        col.number("order_no", "订单号 订单编号 合同号 销售单号 销售订单号 合同编号", Text("订单号", "order number")),
        col.prefer(col.DATE, "单据日期 销售日期 下单日期 订单日期 订货日期 签订日期"),
        col.action(_ACTIONS, {"订单": "order", "销售": "order", "修改": "change", "审核": "review"}),
        col.CUSTOMER,
        col.PRODUCT,
        col.MODEL,
        col.SPEC,
        col.prefer(col.QTY, "订货数量 订单数量 销售数量"),
        col.UNIT,
        col.PRICE,
        col.AMOUNT,
        col.prefer(
            col.DUE,
            "交货日期 交货期 要货日期 要求交期 预计交期 计划交货日期 约定交期",
            Text("交期", "date by which the goods are due"),
        ),
        col.SALESPERSON,
        col.column("reviewed_by", TEXT, "评审人 审核人 审批人 复核人 审核", "评审人", "who reviewed the order"),
        col.column(
            "customer_po",
            TEXT,
            "客户订单号 客户单号 客户合同号 客户PO PO号 客户采购单号",
            "客户自己的采购单号",
            "the customer's own order number",
        ),
        col.column("quote_no", NUMBER_NO, "报价单号 报价编号 报价号", "对应的报价单号", "number of the quote"),
        col.WAREHOUSE,
        col.NOTE,
    ),
    actions=_ACTIONS,
)

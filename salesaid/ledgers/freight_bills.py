"""Freight bills: the lines of carriers' bills that were audited and kept."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import MONEY, QTY, TEXT
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="freight_bills",
    title=Text("运费账单", "freight_bills"),
    kind="journal",
    number="bill_no",
    prefix="FB",
    needs=(("date",), ("amount",)),
    sums_in=("tracking_no", "carrier"),
    columns=(
        col.number("bill_no", "账单号 账单编号 对账单号", Text("账单号", "number of the bill")),
        col.prefer(
            col.DATE,
            "单据日期 寄件日期 寄件时间 收寄日期 收件日期 发货日期 揽收日期 日期时间 业务日期",
            Text("寄件日期", "the day it was sent"),
        ),
        col.CARRIER,
        col.TRACKING_NO,
        col.column(
            "weight", QTY, "计费重量 结算重量 重量 实际重量 毛重 重量(kg)", "计费重量，公斤", "weight charged, in kg"
        ),
        col.column(
            "amount",
            MONEY,
            "金额 应付金额 应付 合计金额 总金额 费用合计 总费用 结算金额 费用 运费 快递费 物流费",
            "应付金额，附加费在内",
            "what is to be paid, surcharge included",
        ),
        col.column(
            "surcharge",
            MONEY,
            "附加费 其他费用 增值服务费 燃油附加费 保价费 超区费 增值费用",
            "其中的附加费",
            "the surcharge in it",
        ),
        col.column(
            "from_place",
            TEXT,
            "始发地 寄件地区 寄件地 发站 起运地 寄件城市 原寄地",
            "从哪里寄",
            "where it was sent from",
        ),
        col.column(
            "to_place",
            TEXT,
            "目的地 到达地 对方地区 收方地区 目的地区 收件地区 到件地区 收件地 到站 目的站 收件城市 收件地址 收货地址 "
            "省份",
            "寄到哪里",
            "where it was sent to",
        ),
        col.NOTE,
    ),
)

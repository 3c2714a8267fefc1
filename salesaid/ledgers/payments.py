"""Payments: money that came in from customers, named to an order or not."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import TEXT
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="payments",
    title=Text("收款", "payments"),
    kind="journal",
    number="payment_no",
    prefix="PY",
    needs=(("date",), ("amount",)),
    columns=(
        col.number("payment_no", "收款单号 回款单号 流水号 收款编号", Text("收款单号", "payment number")),
        col.prefer(col.DATE, "单据日期 收款日期 回款日期 到账日期 入账日期"),
        col.CUSTOMER,
        col.column(
            "payer",
            TEXT,
            "付款人 付款方 付款单位 汇款人 对方户名 付款户名",
            "银行回单上的付款人",
            "payer as the bank's slip names it",
        ),
        col.prefer(col.AMOUNT, "收款金额 回款金额 到账金额 本次收款 实收", Text("收款金额", "amount received")),
        col.column(
            "method", TEXT, "收款方式 回款方式 支付方式 付款方式", "收款方式：转账、现金、承兑…", "how it was paid"
        ),
        col.ORDER_NO,
        col.column("account", TEXT, "收款账户 账户 结算账户 收款账号", "收到哪个账户", "account that it came in on"),
        col.NOTE,
    ),
)

"""The cash journal: income and expense of every account, and balances as they were counted."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import MONEY, TEXT
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="cash",
    title=Text("日记账", "cash"),
    kind="journal",
    number="voucher_no",
    prefix="CJ",
    needs=(("date",), ("income", "expense", "counted")),
    sums_in=("summary",),
    columns=(
        col.number("voucher_no", "凭证号 凭证编号 凭证字号", Text("凭证号", "voucher number")),
        col.prefer(col.DATE, "凭证日期 记账日期"),
        col.column(
            "account", TEXT, "账户 结算账户 账户名称 资金账户 银行账户", "账户：现金、银行…", "account: cash, bank …"
        ),
        col.column("summary", TEXT, "摘要 事项 内容 用途", "摘要", "what it was"),
        col.column(
            "category", TEXT, "类别 收支项目 收支类别 费用类别 科目", "收支类别", "category of income or expense"
        ),
        col.column("income", MONEY, "收入 借方 收入金额 借方金额", "收入金额", "money that came in"),
        col.column("expense", MONEY, "支出 贷方 支出金额 贷方金额 付出", "支出金额", "money that went out"),
        col.column(
            "counted",
            MONEY,
            "实盘金额 盘点金额 实存金额 清点金额",
            "点到的余额，核对用",
            "balance as counted, to hold the books against",
        ),
        col.HANDLER,
        col.NOTE,
    ),
    derived=(
        col.column(
            "balance", MONEY, "结余 余额 账户余额 结存 结存金额", "逐笔结余，只核对", "running balance, only compared"
        ),
    ),
)

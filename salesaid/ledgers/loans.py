"""Loans: goods that customers have from us without having bought them, and what became of each."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import TEXT
from salesaid.core.places import CUSTOMER, LOAN, SCRAP, WAREHOUSE, Way
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_GOODS = (("date",), ("qty",))

# Clerks head with 经手人 who lent the goods; where 业务员 stands beside it, that one is read.
_LENT_BY = col.SALESPERSON._replace(
    headings=(*col.SALESPERSON.headings, "经手人", "经办人", "跟单"),
    help=Text("负责的业务员；没有这一列就读经手人", "salesperson in charge; else who handled it"),
)


def _moving(id_: str, zh: str, *ways: Way, at_once: tuple[Way, ...] | None = None) -> Action:
    """An action that moves goods, the same ways in every book unless `at_once` says others."""
    return Action(id_, Text(zh, id_), needs=_GOODS, ways=ways, at_once=ways if at_once is None else at_once)


_ACTIONS = (
    _moving("lend", "借出", Way(WAREHOUSE, LOAN)),
    _moving("return", "归还", Way(LOAN, WAREHOUSE)),
    # Where each order row is the sale, that row takes the goods off the shelf: the loan's row lays them there.
    _moving("sell", "转销售", Way(LOAN, CUSTOMER), at_once=(Way(LOAN, WAREHOUSE),)),
    _moving("gift", "转赠", Way(LOAN, CUSTOMER)),
    _moving("consume", "转耗用", Way(LOAN, SCRAP)),
    _moving("lose", "丢失", Way(LOAN, SCRAP)),
    _moving("swap", "换货", Way(LOAN, CUSTOMER)),
    _moving("swap_in", "换入", Way(CUSTOMER, WAREHOUSE)),
    Action("extend", Text("延期", "extend"), needs=(("date",), ("loan_no",))),
)

LEDGER = Ledger(
    id="loans",
    title=Text("借用", "loans"),
    kind="journal",
    number="loan_no",
    prefix="LN",
    needs=_GOODS,
    columns=(
        col.number("loan_no", "借用单号 借出单号 借条号 借货单号 铺货单号", Text("借用单号", "loan number")),
        col.prefer(col.DATE, "单据日期 借出日期 借用日期 借货日期"),
        col.action(
            _ACTIONS,
            {
                "借用": "lend",
                "借货": "lend",
                "铺货": "lend",
                "还货": "return",
                "已还": "return",
                "转销": "sell",
                "转售": "sell",
                "赠送": "gift",
                "耗用": "consume",
                "遗失": "lose",
                "异种归还": "swap_in",
                "续借": "extend",
            },
        ),
        col.prefer(col.CUSTOMER, "借用单位 借用客户 借用人"),
        col.PRODUCT,
        col.MODEL,
        col.prefer(col.QTY, "借出数量 借用数量"),
        col.UNIT,
        col.prefer(col.PRICE, "参考单价 借出单价", Text("单价，用来算在外价值", "price, for the value outside")),
        col.prefer(
            col.DUE, "预计归还日期 应还日期 还货日期 归还日期", Text("应还日期", "date by which it should be back")
        ),
        col.SERIAL,
        col.column(
            "purpose",
            TEXT,
            "用途 借用用途 借出用途 借货用途 借用原因 借出原因",
            "用途：试用、展示、铺货…",
            "purpose: trial, consignment …",
        ),
        col.WAREHOUSE,
        _LENT_BY,
        col.ORDER_NO,
        col.NOTE,
    ),
    actions=_ACTIONS,
)

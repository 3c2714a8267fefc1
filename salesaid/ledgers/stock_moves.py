"""Stock moves: goods that come, go, change their warehouse or are scrapped without an order behind it."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import TEXT
from salesaid.core.places import OPENING, OUTSIDE, SCRAP, TO_WAREHOUSE, WAREHOUSE, Way
from salesaid.core.schema import Action, Ledger
from salesaid.core.text import Text

_GOODS = (("date",), ("qty",))

# A blank action is `in` for a positive quantity, hence first, and `out` for a negative one.
_ACTIONS = (
    Action("in", Text("入库", "in"), needs=_GOODS, ways=(Way(OUTSIDE, WAREHOUSE),)),
    Action("out", Text("出库", "out"), needs=_GOODS, ways=(Way(WAREHOUSE, OUTSIDE),)),
    Action("opening", Text("期初", "opening"), needs=_GOODS, ways=(Way(OPENING, WAREHOUSE),)),
    Action("transfer", Text("调拨", "transfer"), needs=_GOODS, ways=(Way(WAREHOUSE, TO_WAREHOUSE),)),
    Action("scrap", Text("报废", "scrap"), needs=_GOODS, ways=(Way(WAREHOUSE, SCRAP),)),
)

LEDGER = Ledger(
    id="stock_moves",
    title=Text("库存变动", "stock_moves"),
    kind="journal",
    number="move_no",
    prefix="ST",
    needs=_GOODS,
    columns=(
        col.number("move_no", "入库单号 出库单号 出入库单号 调拨单号", Text("变动单号", "move number")),
        col.prefer(col.DATE, "单据日期 入库日期 出入库日期 调拨日期"),
        col.action(_ACTIONS, {"其他入库": "in", "其他出库": "out", "移库": "transfer", "期初库存": "opening"})._replace(
            help=Text(
                "这一行做什么；空白时正数为入库，负数为出库", "what the row does; blank is in, or out below zero"
            ),
        ),
        col.PRODUCT,
        col.MODEL,
        col.prefer(col.QTY, "变动数量 出入库数量 调拨数量 入库数量"),
        col.UNIT,
        col.prefer(col.WAREHOUSE, "仓库名称 调出仓库 转出仓库 入库仓库 出库仓库"),
        col.column(
            "to_warehouse",
            TEXT,
            "调入仓库 转入仓库 目标仓库 调往仓库",
            "调拨到哪个仓库",
            "warehouse that the goods are moved to",
        ),
        col.prefer(col.REASON, "出入库原因 变动原因 用途"),
        col.HANDLER,
        col.NOTE,
    ),
    actions=_ACTIONS,
)

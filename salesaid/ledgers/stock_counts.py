"""Stock counts: what stood on the shelf on a day; kept even where it agrees with the books."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import QTY
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="stock_counts",
    title=Text("盘点", "stock_counts"),
    kind="journal",
    number="count_no",
    prefix="CT",
    needs=(("date",), ("product", "model"), ("counted",)),
    columns=(
        col.number("count_no", "盘点单号 盘点编号", Text("盘点单号", "count number")),
        col.prefer(col.DATE, "盘点日期", Text("盘点日期，默认今天", "date of the count, today if left out")),
        col.PRODUCT,
        col.MODEL,
        col.UNIT,
        col.prefer(col.WAREHOUSE, "盘点仓库"),
        col.column(
            "counted", QTY, "实盘数量 实际数量 盘点数量 实盘数 实存数量 实盘", "实际点到的数量", "quantity counted"
        ),
        col.column(
            "moved",
            QTY,
            "盘点前变动 盘前变动 盘点时已记",
            "盘点时当天已记账的净变动；空白为当天全部",
            "net moves of that day already written when it was counted; blank is the whole day",
        ),
        col.prefer(col.REASON, "差异原因 盈亏原因"),
        col.prefer(col.HANDLER, "盘点人 盘点人员"),
        col.NOTE,
    ),
    derived=(
        col.column(
            "book_qty",
            QTY,
            "账面数量 账存数量 账面数 账面库存 账面结存 系统数量 系统库存",
            "账面上应有的数量，自己算",
            "quantity that the books say, worked out",
        ),
    ),
)

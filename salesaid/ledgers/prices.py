"""Prices: what a product costs from a day on, for everyone or for one customer."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DUE
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="prices",
    title=Text("价格", "prices"),
    kind="journal",
    needs=(("date",), ("product",), ("price",)),
    columns=(
        col.prefer(col.DATE, "生效日期 执行日期 开始日期 调价日期", Text("从哪天起", "the day it holds from")),
        # No model column here: a model names its product as well as its name does.
        col.prefer(col.PRODUCT, " ".join(col.PRODUCT.headings + col.MODEL.headings)),
        col.prefer(
            col.CUSTOMER, "适用客户", Text("只对哪个客户；空白为所有客户", "one customer only; blank is everyone")
        ),
        col.prefer(col.PRICE, "新单价 执行价 协议价"),
        col.FLOOR_PRICE,
        col.column("until", DUE, "有效期至 截止日期 失效日期 结束日期 有效期", "到哪天为止", "the last day it holds"),
        col.NOTE,
    ),
)

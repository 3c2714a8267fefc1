"""Freight rates: what was agreed with each carrier, by place and by weight."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import DATE, PRICE, QTY, TEXT
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="freight_rates",
    title=Text("运价", "freight_rates"),
    kind="register",
    key=("carrier", "to_place", "from_kg", "valid_from"),
    needs=(("carrier",), ("price", "per_kg")),
    columns=(
        col.CARRIER,
        col.column(
            "to_place",
            TEXT,
            "目的地 到达地 到站 收货地 地区 区域 目的站 省份 城市",
            "到哪里：省、市或地区；空白为各地",
            "where to: a province, a city, a region; blank is everywhere",
        ),
        col.column(
            "from_kg",
            QTY,
            "起重 起始重量 起算重量 重量起 重量段 公斤起",
            "从多少公斤起用这一档；空白为 0",
            "from how many kg on this rate holds; blank is 0",
        ),
        col.column(
            "price",
            PRICE,
            "价格 首重价 首重 起步价 基价 单价 最低收费",
            "这一档的价钱，到起重为止；空白则全部重量按公斤算",
            "what it costs up to where the rate starts; blank: all of the weight is paid by the kg",
        ),
        col.column(
            "per_kg",
            PRICE,
            "每公斤 续重价 续重 公斤价 续重单价 元/公斤",
            "超过起重的每公斤",
            "for each kg above that",
        ),
        col.column(
            "valid_from",
            DATE,
            "生效日期 执行日期 开始日期 起用日期",
            "从哪天起；空白为一直",
            "from which day on it holds",
        ),
        col.NOTE,
    ),
)

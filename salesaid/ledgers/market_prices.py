"""Market prices: what a material costs on the market, day by day: copper, tin, memory."""

from __future__ import annotations

from salesaid.core import columns as col
from salesaid.core.kinds import PRICE, TEXT
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

LEDGER = Ledger(
    id="market_prices",
    title=Text("行情", "market_prices"),
    kind="journal",
    number="price_no",
    prefix="MP",
    needs=(("date",), ("item",), ("price",)),
    sums_in=("item",),
    columns=(
        col.number("price_no", "行情号 行情编号", Text("行情号", "number of the price")),
        col.prefer(col.DATE, "报价日期 行情日期 价格日期 交易日", Text("哪一天的价格", "the day of the price")),
        col.column(
            "item",
            TEXT,
            "品名 品种 名称 产品 产品名称 材料 材料名称 金属 金属名称 商品 商品名称 货品 项目 行情名称",
            "什么的价格，如 1#电解铜",
            "what it is the price of: copper, tin",
        ),
        col.column(
            "price",
            PRICE,
            "价格 均价 平均价 当日均价 今日均价 日均价 单价 中间价 现货价 结算价 收盘价 市场价 今日价格 今日铜价 铜价",
            "当天的价格；有均价的记均价",
            "the price of the day; of a range its mean",
        ),
        col.column(
            "unit", TEXT, "单位 计价单位 价格单位 报价单位 计量单位", "计价单位，如 元/吨", "unit of the price: yuan/t"
        ),
        col.column(
            "source",
            TEXT,
            "来源 数据来源 价格来源 报价来源 行情来源 市场 报价市场 交易市场 交易所 出处",
            "哪里的报价，如 长江有色、上海现货",
            "whose quotation it is: an exchange, a site",
        ),
        col.NOTE,
    ),
)

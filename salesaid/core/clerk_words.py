"""More headings than ledgers have of their own: those of clerks' sheets and of other programs' exports."""

from __future__ import annotations

from collections.abc import Mapping

from salesaid.core.columns import DATE
from salesaid.core.heading_words import folded
from salesaid.core.schema import Column, Ledger

_MORE: Mapping[str, str] = {
    "date": "年月日 销售时间 成交日期 下单时间 出货时间 订单时间 开票日期 InvoiceDate OrderDate DocDate",
    "customer": "购货方 客户公司 买方 收货方 购方 CustomerID CustomerName Client Buyer",
    "supplier": "卖方 销货单位 供应单位 Vendor",
    "product": "物品 物品名称 货物 品种 产品品名 材料名称 Description ProductName ItemName",
    "model": "产品型号规格 型号/规格 规格/型号 品号 StockCode SKU ProductCode ItemCode PartNo",
    "qty": "订购数量 销量 个数 台数 数目 借用数 借出数 Qty",
    "price": "价钱 成交价 出货价 UnitPrice",
    "amount": "总价 合计金额 销售额 货款金额 应收金额 LineTotal",
    "salesperson": "跟进人 业务负责人 SalesRep",
    "note": "备注栏 注 其他说明 Comment Comments Remark Memo",
    "order_no": "InvoiceNo OrderNo",
    "phone": "Tel Mobile",
    "method": "结算方式",
}

_PRODUCTS = "Name ProductName ItemName Description"  # of a list of products; elsewhere a name may be a customer's
_NUMBER = "单据号 单据编码 票据号 票号 流水号 单号码 DocNo No"
DATES = frozenset(map(folded, (*DATE.headings, *_MORE["date"].split(), "Date")))


def widened(ledger: Ledger) -> Ledger:
    """The ledger with more headings behind its own: for recognising a clerk's sheet, not for reading a ledger."""
    if ledger.id == "products":
        first, *rest = ledger.columns
        named = first._replace(headings=(*first.headings, *_PRODUCTS.split()))
        return ledger._replace(columns=(_widened(named, None), *(_widened(column, None) for column in rest)))
    return ledger._replace(columns=tuple(_widened(column, ledger.number) for column in ledger.columns))


def _widened(column: Column, number: str | None) -> Column:
    more = tuple(_MORE.get(column.id, "").split())
    if column.id == number:
        more = (*more, *_NUMBER.split())
    return column._replace(headings=(*column.headings, *more)) if more else column

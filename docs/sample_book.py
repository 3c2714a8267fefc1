"""Writes the sample book in data/: `python docs/sample_book.py`. The same bytes each time, whatever the day.

A trader in boards and copper strip, five months, and every trouble that its clerks know. TROUBLES says where each is.
"""

from __future__ import annotations

from collections.abc import Iterable
from csv import writer
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from sample.cash import journal
from sample.copper import COPPER
from sample.freight import RATES, bills
from sample.loans import LOANS
from sample.papers import papers
from sample.payments import payments
from sample.purchases import PURCHASES, bought
from sample.registers import ALIASES, CUSTOMERS, PRICES, PRODUCTS, SUPPLIERS, Row
from sample.returns import RETURNS
from sample.stock import shelves
from sample.story import NEVER_SIGNED, ORDERS, SHIPMENTS
from sample.targets import TARGETS
from sample.trade import Trade, one_parcel, signatures
from sample.visits import TODOS, VISITS

from salesaid.core.kinds import Choice
from salesaid.core.schema import Column, Ledger
from salesaid.ledgers import load

DATA = Path(__file__).parents[1] / "data"
SEED = 20261121

SETTINGS = """\
[book]
name = "楚天电子 · 北京办事处"
language = "zh"
timezone = "Asia/Shanghai"
as_of = 2026-11-22
store = "csv"

[stock]
warehouse = "主仓"
not_for_sale = ["不良品"]
"""


class Spot(NamedTuple):
    """Where a trouble stands: file, document number or the register's key, and the cell by which to know the row."""

    file: str
    number: str
    cell: str = ""


TROUBLES: dict[str, tuple[Spot, ...]] = {
    # names
    "product written in three ways": (
        Spot("产品.csv", "BVM7-710"),
        Spot("订单.csv", "SO20260706-001", "bvm7—710"),
        Spot("出货.csv", "SH20260709-001", "BVM7 710"),
    ),
    "loan and repair under other spellings": (
        Spot("借用.csv", "LN20261012-001", "bvm7—710"),
        Spot("返修.csv", "RT20261119-001", "BVM7 710"),
    ),
    "product that may be another": (
        Spot("订单.csv", "SO20260721-001", "bvm7—710—8505"),
        Spot("出货.csv", "SH20260724-001", "bvm7—710—8505"),
        Spot("库存变动.csv", "ST20260720-001", "bvm7—710—8505"),
    ),
    "name decided to be the same": (
        Spot("名称对照.csv", "电源线1.5米"),
        Spot("出货.csv", "SH20260807-001", "电源线1.5米"),
    ),
    "name decided to be different": (Spot("名称对照.csv", "BVM7-720"),),
    "name put off": (Spot("名称对照.csv", "鹏得"), Spot("订单.csv", "SO20261110-001", "鹏得")),
    "customer in other brackets": (Spot("客户.csv", "正标（北京）"), Spot("订单.csv", "SO20260811-001", "正标(北京)")),
    "customer not in the register": (Spot("订单.csv", "SO20260922-001", "安卡电子"),),
    "two customers of one short name": (Spot("客户.csv", "深圳骏业电子"), Spot("客户.csv", "东莞骏业五金")),
    "customer without terms": (Spot("客户.csv", "中科恒业"),),
    # orders
    "past due and not shipped": (Spot("订单.csv", "SO20261029-001"), Spot("订单.csv", "SO20261015-001")),
    "partly shipped": (Spot("订单.csv", "SO20261103-001"), Spot("出货.csv", "SH20261106-001")),
    "shipped more than ordered": (Spot("订单.csv", "SO20260908-001"), Spot("出货.csv", "SH20260910-001", "55")),
    "wrong model shipped": (
        Spot("订单.csv", "SO20261020-001", "BVM7-720"),
        Spot("出货.csv", "SH20261022-001", "BVM7-710"),
    ),
    "closed with a reason": (Spot("订单.csv", "SO20260917-001", "关闭"),),
    "due date changed": (Spot("订单.csv", "SO20260910-001", "变更"),),
    "quantity changed": (Spot("订单.csv", "SO20260910-001", "客户加量 10 块"),),
    "shipped without review": (Spot("订单.csv", "SO20260827-001"), Spot("出货.csv", "SH20260828-001")),
    "entered twice": (Spot("订单.csv", "SO20261013-001"), Spot("订单.csv", "SO20261015-001")),
    "no price": (Spot("订单.csv", "SO20260818-001"), Spot("出货.csv", "SH20260820-001")),
    "price below the floor": (Spot("订单.csv", "SO20260929-001", "98"),),
    "amount is not quantity times price": (Spot("订单.csv", "SO20260804-001", "1986.00"),),
    "red-letter row": (Spot("订单.csv", "SO20260825-001", "-100"),),
    "another unit": (Spot("订单.csv", "SO20260730-001", "包"), Spot("出货.csv", "SH20260731-001", "包")),
    # shipments
    "never signed": (Spot("出货.csv", "SH20260903-001"),),
    "taken back and sent again": (Spot("出货.csv", "SH20260923-001", "退回"), Spot("出货.csv", "SH20260928-001")),
    "disputed": (Spot("出货.csv", "SH20261014-001", "争议"),),
    "shipped without an order": (Spot("出货.csv", "SH20261009-001"),),
    "owed from before": (Spot("出货.csv", "SH20260701-001", "期初"),),
    "bundle with what it held then": (Spot("出货.csv", "SH20260814-002"), Spot("出货.csv", "SH20261028-001")),
    # stock
    "below the minimum": (Spot("产品.csv", "电源线"),),
    "exactly at the minimum": (Spot("产品.csv", "风扇 8025"),),
    "low by what is promised": (Spot("产品.csv", "固态盘 128G"),),
    "out of stock and ordered": (Spot("产品.csv", "BVM8-810"), Spot("订单.csv", "SO20261026-001")),
    "no minimum set": (Spot("产品.csv", "BVM7-730"),),
    "never stocked": (Spot("产品.csv", "无线网卡 WX300"),),
    "discontinued": (Spot("产品.csv", "BVM6-610", "停售"),),
    "below zero for three days": (Spot("出货.csv", "SH20260918-001"), Spot("库存变动.csv", "ST20260921-001")),
    "unreadable quantity": (Spot("库存变动.csv", "ST20260826-001", "约30"),),
    "moved to the goods not for sale": (Spot("库存变动.csv", "ST20260924-001", "不良品"),),
    "scrapped": (Spot("库存变动.csv", "ST20261016-001", "报废"),),
    "count with a difference": (
        Spot("盘点.csv", "CT20260930-001", "电源 12V5A"),
        Spot("盘点.csv", "CT20261030-001", "裁切损耗"),
    ),
    "count that agrees": (Spot("盘点.csv", "CT20260930-001", "数据线"),),
    # loans
    "loan overdue though put off": (
        Spot("借用.csv", "LN20260915-001", "T2-2608-0031"),
        Spot("借用.csv", "LN20260915-001", "延期"),
    ),
    "loan partly returned": (Spot("借用.csv", "LN20261012-001", "归还"),),
    "loan turned into a sale": (
        Spot("借用.csv", "LN20260921-001", "转销售"),
        Spot("订单.csv", "SO20261020-003", "整机 BV-T1"),
    ),
    "loan swapped for another model": (
        Spot("借用.csv", "LN20261009-001", "换货"),
        Spot("借用.csv", "LN20261009-001", "换入"),
    ),
    "loan given away": (Spot("借用.csv", "LN20260902-001", "转赠"),),
    "loan used up": (Spot("借用.csv", "LN20260818-001", "转耗用"),),
    "loan lost": (Spot("借用.csv", "LN20260828-001", "丢失"),),
    "consignment": (Spot("借用.csv", "LN20261013-001", "铺货"),),
    "loan without a due date": (Spot("借用.csv", "LN20261104-001", "内存 8G"),),
    "more returned than lent": (Spot("借用.csv", "LN20261014-001", "5"),),
    # repairs
    "stuck at a factory": (Spot("返修.csv", "RT20260817-001", "联芯维修中心"),),
    "back and not delivered": (Spot("返修.csv", "RT20261014-001", "修回"),),
    "repair partly back": (Spot("返修.csv", "RT20261102-001", "修回"),),
    "received and never moved": (Spot("返修.csv", "RT20261028-001", "收到"),),
    "refunded": (Spot("返修.csv", "RT20261021-001", "退货"),),
    "replaced": (Spot("返修.csv", "RT20260921-001", "换新"),),
    "scrapped by the factory's word": (Spot("返修.csv", "RT20260914-001", "报废"),),
    "in warranty": (
        Spot("返修.csv", "RT20261109-001", "T1-2608-0117"),
        Spot("出货.csv", "SH20260828-001", "T1-2608-0117"),
    ),
    "out of warranty and paid for": (Spot("返修.csv", "RT20260820-001", "保外"), Spot("订单.csv", "SO20260907-001")),
    "delivered and never received": (Spot("返修.csv", "RT20261116-001", "寄回"),),
    # purchases
    "promised three times and late": (Spot("采购.csv", "PO20260921-001", "交期"),),
    "purchase partly received and late": (Spot("采购.csv", "PO20261028-001", "400"),),
    "rejected to the supplier": (Spot("采购.csv", "PO20261014-001", "退供"),),
    "wrong model received": (
        Spot("采购.csv", "PO20261030-001", "机箱 M02"),
        Spot("采购.csv", "PO20261030-001", "机箱 M01"),
    ),
    "purchase for a customer's order": (
        Spot("采购.csv", "PO20261103-001", "SO20261103-001"),
        Spot("订单.csv", "SO20261103-001"),
    ),
    "received more than ordered": (Spot("采购.csv", "PO20261020-001", "304.5"),),
    "purchase closed with a reason": (Spot("采购.csv", "PO20261012-001", "关闭"),),
    # payments
    "paid, and nobody knows by whom": (
        Spot("收款.csv", "PY20261009-001", "2685.00"),
        Spot("出货.csv", "SH20260818-001"),
    ),
    "payer that is nearly a customer": (
        Spot("收款.csv", "PY20261104-001", "天津安卡自动化设备"),
        Spot("出货.csv", "SH20261029-001"),
    ),
    "receipt without a customer": (Spot("收款.csv", "PY20261112-001", "刘洋"),),
    "paid before it is shipped": (
        Spot("收款.csv", "PY20261029-001", "SO20261029-001"),
        Spot("收款.csv", "PY20261119-001", "SO20261119-001"),
    ),
    "paid for no order yet": (Spot("收款.csv", "PY20261118-001", "5000.00"),),
    "partly paid": (Spot("收款.csv", "PY20261021-001", "1000.00"), Spot("订单.csv", "SO20261013-001")),
    "shipped before it was paid": (Spot("收款.csv", "PY20261027-001", "800.00"), Spot("出货.csv", "SH20261028-001")),
    "payment for an unknown order": (Spot("收款.csv", "PY20261105-001", "SO20261101-009"),),
    "over the credit limit": (Spot("客户.csv", "海川散热器", "40000"),),
    "overdue": (Spot("客户.csv", "乡村基", "月结30"),),
    # cash
    "money moved between accounts": (Spot("日记账.csv", "CJ20260818-003", "提现备用"),),
    "more cash than booked": (Spot("日记账.csv", "CJ20260831-008", "盘点"),),
    "less cash than booked": (Spot("日记账.csv", "CJ20261030-005", "盘点"),),
    "income and expense in one row": (Spot("日记账.csv", "CJ20260916-002", "80.00"),),
    # freight
    "billed for somebody else's parcel": (Spot("运费账单.csv", "FB20261031-001", "SF700100200300"),),
    "billed twice": (
        Spot("运费账单.csv", "FB20260930-001", "SF753066396812"),
        Spot("运费账单.csv", "FB20261031-001", "SF753066396812"),
    ),
    "billed too heavy": (Spot("运费账单.csv", "FB20261031-001", "SF385321673950"),),
    "billed dearer than agreed, with a surcharge": (Spot("运费账单.csv", "FB20261031-001", "SF168963395466"),),
    "never billed": (Spot("出货.csv", "SH20261028-004"),),
    # documents and market prices
    "shipped without a delivery note": (Spot("订单.csv", "SO20261113-001"),),
    "contract whose file is gone": (Spot("单据.csv", "DC20261110-002", "SO20261110-002"),),
    "contract that was written over": (Spot("单据.csv", "DC20261111-001", "SO20261111-001"),),
    "paper of an order that is not there": (Spot("单据.csv", "DC20261116-001", "SO20261109-011"),),
    "market price entered again": (Spot("行情.csv", "MP20261111-001"), Spot("行情.csv", "MP20261111-002")),
    # visits and to-dos
    "promised to be in touch, and nobody was": (Spot("拜访.csv", "VS20260916-001", "2026-11-18"),),
    "call that nobody returned": (Spot("拜访.csv", "VS20261119-001", "门店主板坏了要应急"),),
    "call returned": (Spot("拜访.csv", "VS20261116-001"), Spot("拜访.csv", "VS20261117-001", "回复 VS20261116-001")),
    "followed up too late": (Spot("拜访.csv", "VS20260723-001", "2026-08-06"), Spot("拜访.csv", "VS20260807-001")),
    "visits only estimated": (Spot("拜访.csv", "VS20260831-001", "估计"), Spot("拜访.csv", "VS20260930-001", "估计")),
    "visit written twice, and void": (Spot("拜访.csv", "VS20261110-002", "作废：同一次拜访记了两遍"),),
    "caller of no known customer": (Spot("拜访.csv", "VS20261120-001", "刘先生"),),
    "to-do overdue": (Spot("待办.csv", "TD20261116-001", "2026-11-19"),),
    "to-do put off": (Spot("待办.csv", "TD20261102-001", "延期"),),
    "to-do dropped": (Spot("待办.csv", "TD20261116-002", "取消"),),
    "to-do without a day": (Spot("待办.csv", "TD20261118-002"),),
}


def book() -> dict[str, bytes]:
    """Every file of the sample book: its name and its bytes."""
    trade = Trade(SEED, {str(row.get("order_no")) for row in ORDERS} | {str(row["ship_no"]) for row in SHIPMENTS})
    orders = [*ORDERS, *trade.orders]
    parcels = one_parcel([*SHIPMENTS, *trade.shipments])
    shelf = shelves(orders, {"shipments": parcels, "loans": LOANS, "returns": RETURNS, "purchases": PURCHASES})
    purchases = [*PURCHASES, *bought(shelf.arrivals)]
    sold = [row | {"amount": _worth(row)} for row in LOANS if row["action"] == "sell"]
    received = payments(orders, [*parcels, *sold])
    filed = papers(orders, parcels)
    ledgers = {
        "products": PRODUCTS,
        "customers": CUSTOMERS,
        "suppliers": SUPPLIERS,
        "aliases": ALIASES,
        "orders": orders,
        "shipments": [*parcels, *signatures(parcels, NEVER_SIGNED)],
        "payments": received,
        "loans": LOANS,
        "returns": RETURNS,
        "purchases": purchases,
        "stock_moves": shelf.moves,
        "stock_counts": shelf.counts,
        "prices": PRICES,
        "cash": journal(received, purchases, parcels),
        "targets": TARGETS,
        "freight_rates": RATES,
        "freight_bills": bills(parcels),
        "documents": filed.rows,
        "market_prices": COPPER,
        "visits": VISITS,
        "todos": TODOS,
    }
    files = {f"{load(name).title.zh}.csv": _file(load(name), rows) for name, rows in ledgers.items()}
    return {"salesaid.toml": SETTINGS.encode(), **files, **filed.files}


def _worth(row: Row) -> Decimal:
    return Decimal(str(row["qty"])) * Decimal(str(row["price"]))


def _file(ledger: Ledger, rows: Iterable[Row]) -> bytes:
    """A CSV file as a Chinese book's first post makes it: UTF-8 with BOM, lines that end in CRLF."""
    out = StringIO()
    lines = writer(out, lineterminator="\r\n")
    lines.writerow(column.headings[0] for column in ledger.columns)
    texts = [[_text(column, row.get(column.id, "")) for column in ledger.columns] for row in rows]
    if ledger.number:
        ids = [column.id for column in ledger.columns]
        texts.sort(key=lambda cells: (cells[ids.index("date")], cells[ids.index(ledger.number or "")]))
    lines.writerows(texts)
    return out.getvalue().encode("utf-8-sig")


def _text(column: Column, value: object) -> str:
    if isinstance(value, str) and not (isinstance(column.kind, Choice) and value in column.kind.words):
        return value
    return column.kind.format_in(value, "zh")


def main() -> None:
    """Write the whole book."""
    for name, content in book().items():
        (DATA / name).parent.mkdir(parents=True, exist_ok=True)
        (DATA / name).write_bytes(content)


if __name__ == "__main__":
    main()

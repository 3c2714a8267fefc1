"""One product: what is known of it, its prices, where it lies, who waits for it, who bought it last."""

from __future__ import annotations

from datetime import date

from salesaid.balances.availability import Availability
from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.spellings import spelling_table
from salesaid.balances.stock import Stock
from salesaid.balances.typed import echo
from salesaid.core.blanks import CUSTOMER
from salesaid.core.items import write_components
from salesaid.core.kinds import DATE, DAYS, FLAG, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.ledgers import load

LAST = 10  # sales

_APART = frozenset({"price", "floor_price"})  # they have a table of their own
_DATA = (
    *(Field(column.id, column.heading, column.kind) for column in load("products").columns if column.id not in _APART),
    Field("registered", Text("在册", "Registered"), FLAG),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("promised", Text("已订未发", "Promised"), QTY),
    Field("available", Text("可用", "Available"), QTY),
)
_SOURCE = Choice(
    {
        "list": Text("价格表", "list"),
        "register": Text("产品表", "register"),
        "agreed": Text("协议价", "agreed"),
    }
)
_PRICES = (
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("floor_price", Text("最低价", "Lowest"), PRICE),
    Field("since", Text("从哪天起", "Since"), DATE),
    Field("source", Text("来源", "From"), _SOURCE),
)
_PLACES = (Field("warehouse", Text("仓库", "Warehouse"), TEXT), Field("on_hand", Text("在库", "On hand"), QTY))
_OPEN = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("open", Text("未发", "Open"), QTY),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)
_SALES = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("金额", "Amount"), MONEY),
)


def product_card(
    catalogue: Catalogue, availability: Availability, stock: Stock, last_prices: LastPrices, order_lines: OrderLines,
    today: date, *, typed: str,
) -> Card:  # fmt: skip
    """Everything of the one product that was meant. Raises UnknownName, AmbiguousName."""
    match = catalogue.match(typed)
    product = catalogue.product(match.name)
    lines = order_lines.of_product(product.id)
    tables = (
        _data(product, availability),
        _prices(product.id, last_prices, today),
        _places(product.id, stock),
        _open(lines, today),
        _sales(lines),
        spelling_table(product.id, catalogue),
    )
    filled = tuple(table for table in tables if table.rows)
    return Card(
        Text(f"产品 {product.id}", f"Product {product.id}"), filled, tuple(echo(typed, match)) + _notes(product)
    )


def _data(product: Product, availability: Availability) -> Table:
    cells = product._asdict() | {
        "product": product.id,
        "components": write_components(product.components) if product.components else None,
    }
    own = [cells[field.name] for field in _DATA if field.name in cells]
    row = (*(None if value == "" else value for value in own), product.row is not None, *availability.of(product.id))
    return Table(Text("资料", "Data"), _DATA, [row])


def _prices(id_: str, prices: LastPrices, today: date) -> Table:
    listed = prices.on(id_, today)
    floor = prices.floor(id_, today)
    rows: list[tuple[object, ...]] = []
    if listed is not None or floor is not None:
        at = (listed.price, floor, listed.since, listed.source) if listed else (None, floor, None, None)
        rows.append((None, *at))
    rows += [(name, offer.price, None, offer.since, "agreed") for name, offer in prices.agreed(id_, today)]
    return Table(Text(f"{today} 的价格", f"Prices on {today}"), _PRICES, rows)


def _places(id_: str, stock: Stock) -> Table:
    places = {place: qty for place, qty in stock.places(id_).items() if qty}
    totals = {"on_hand": sum(places.values())} if len(places) > 1 else {}
    return Table(Text("在库", "On hand"), _PLACES, sorted(places.items()), totals)


def _open(lines: list[OrderLine], today: date) -> Table:
    rows = [
        (line.order_no, line.day, line.customer or None, line.ordered, line.open, line.due, line.days_late(today))
        for line in sorted(lines, key=lambda line: (line.due or date.max, line.day))
        if line.open > 0
    ]
    return Table(
        Text("未发订单", "Open orders"), _OPEN, rows, {"open": sum(line.open for line in lines if line.open > 0)}
    )


def _sales(lines: list[OrderLine]) -> Table:
    sold = [line for line in reversed(lines) if line.ordered > 0]
    newest = sorted(sold, key=lambda line: line.day, reverse=True)[:LAST]
    rows = [(line.order_no, line.day, line.customer or None, line.ordered, line.price, line.amount) for line in newest]
    return Table(Text("最近销售", "Last sales"), _SALES, rows)


def _notes(product: Product) -> tuple[Note, ...]:
    if product.row is not None:
        return ()
    text = Text("不在产品表里，只在别的台账里出现过", "not in the register of products, known from rows only")
    return (Note("unregistered", "warning", text),)

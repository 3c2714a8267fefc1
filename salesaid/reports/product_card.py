"""One product: what is known of it, its prices, where it lies and goes, who waits for it, who bought it last."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesaid.balances.availability import Availability
from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.every_place import EveryPlace, Quantities
from salesaid.balances.incoming import Incoming, Lot
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.lent import Lent
from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.move_rows import FIELDS as MOVE_FIELDS
from salesaid.balances.move_rows import PLACE, move_rows
from salesaid.balances.moves import Move, Moves
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.spellings import spelling_table
from salesaid.balances.stock import Stock
from salesaid.balances.typed import echo
from salesaid.core.blanks import CUSTOMER
from salesaid.core.items import write_components
from salesaid.core.kinds import DATE, DAYS, FLAG, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.places import FACTORY, REPAIR
from salesaid.core.rows import ZERO
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.ledgers import load

LAST = 10  # sales, and moves

_APART = frozenset({"price", "floor_price"})  # they have a table of their own
_DATA = (
    *(Field(column.id, column.heading, column.kind) for column in load("products").columns if column.id not in _APART),
    Field("registered", Text("在册", "Registered"), FLAG),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("promised", Text("已订未发", "Promised"), QTY),
    Field("available", Text("可用", "Available"), QTY),
    Field("lent", Text("借出", "Lent"), QTY),
    Field("incoming", Text("在途", "Incoming"), QTY),
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
_LENT = (
    Field("loan_no", Text("借用单号", "Loan"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("out", Text("在外", "Out"), QTY),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)
_INCOMING = (
    Field("purchase_no", Text("采购单号", "Purchase"), NUMBER_NO),
    Field("supplier", Text("供应商", "Supplier"), TEXT),
    Field("qty", Text("未到", "To come"), QTY),
    Field("due", Text("到货日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)
_REPAIR = (Field("place", Text("在哪里", "Where"), PLACE), Field("qty", Text("数量", "Quantity"), QTY))
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
    catalogue: Catalogue, availability: Availability, stock: Stock, every_place: EveryPlace, moves: Moves, lent: Lent,
    loan_lines: LoanLines, incoming: Incoming, last_prices: LastPrices, order_lines: OrderLines, today: date, *,
    typed: str,
) -> Card:  # fmt: skip
    """Everything of the one product that was meant. Raises UnknownName, AmbiguousName."""
    match = catalogue.match(typed)
    product = catalogue.product(match.name)
    id_ = product.id
    lines = order_lines.of_product(id_)
    elsewhere = (lent.of(id_), incoming.of(id_)) if catalogue.is_goods(id_) else (None, None)
    tables = (
        _data(product, (*availability.of(id_), *elsewhere)),
        _prices(id_, last_prices, today),
        _places(id_, stock),
        _lent(id_, loan_lines, catalogue, today),
        _incoming(incoming.lots(id_), today),
        _repair(every_place.of(id_)),
        _open(lines, today),
        _sales(lines),
        _moves(moves.of(id_)),
        spelling_table(id_, catalogue),
    )
    filled = tuple(table for table in tables if table.rows)
    return Card(Text(f"产品 {id_}", f"Product {id_}"), filled, tuple(echo(typed, match)) + _notes(product))


def _data(product: Product, level: tuple[Decimal | None, ...]) -> Table:
    cells = product._asdict() | {
        "product": product.id,
        "components": write_components(product.components) if product.components else None,
    }
    own = [cells[field.name] for field in _DATA if field.name in cells]
    row = (*(None if value == "" else value for value in own), product.row is not None, *level)
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


def _is_out(line: LoanLine) -> bool:
    """Whether something of a line is out, in the product's unit."""
    return bool(line.out) and not line.is_apart


def _lent(id_: str, loan_lines: LoanLines, catalogue: Catalogue, today: date) -> Table:
    """The loans of which something is out, the first to come back first; of a bundle, what it holds of the product."""
    whole = [(id_, Decimal(1)), *catalogue.bundles_with(id_)] if catalogue.is_goods(id_) else []
    out = [(line, line.out * qty) for each, qty in whole for line in loan_lines.of_product(each) if _is_out(line)]
    out.sort(key=lambda pair: (pair[0].due or date.max, pair[0].day))
    rows = [(a.loan_no, a.day, a.customer or None, qty, a.due, a.days_late(today)) for a, qty in out]
    return Table(Text("借出未还", "On loan"), _LENT, rows, {"out": sum(qty for _, qty in out)})


def _incoming(lots: list[Lot], today: date) -> Table:
    rows = [(lot.purchase_no, lot.supplier or None, lot.qty, lot.due, _late(lot.due, today)) for lot in lots]
    return Table(Text("采购在途", "Under way"), _INCOMING, rows, {"qty": sum(lot.qty for lot in lots)})


def _late(due: date | None, today: date) -> int | None:
    return (today - due).days if due is not None and due < today else None


def _repair(places: Quantities) -> Table:
    """What is not ours: customers' goods that are with us or at a factory."""
    rows = [(place, places[place]) for place in (REPAIR, FACTORY) if place in places]
    return Table(Text("客户返修中", "Customers' under repair"), _REPAIR, rows)


def _moves(moved: list[Move]) -> Table:
    rows = list(move_rows(moved, ZERO))[-LAST:]
    return Table(Text("最近进出", "Last moves"), MOVE_FIELDS, rows[::-1])


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

"""Goods on loan become something else: sold, given, used up, lost, or swapped for other goods (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.last_prices import LastPrices, Offer
from salesaid.balances.loan_items import (
    NoPriceHere,
    Taken,
    as_entry,
    left_out,
    require_lent_by,
    settled_row,
    taken_apart,
    taken_of,
)
from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.named_loan import SwappedForItself, the_loan
from salesaid.balances.new_rows import identity, later_date, lines_text
from salesaid.balances.parties import Parties
from salesaid.balances.typed import Item, understood
from salesaid.balances.usual_price import SOURCES, usual_prices
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import MONEY, PRICE
from salesaid.core.rows import ZERO
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

To = Literal["sell", "gift", "consume", "lose", "swap"]

_DONE = {
    "sell": Text("转销售", "sold"),
    "gift": Text("转赠", "given away"),
    "consume": Text("转耗用", "used up"),
    "lose": Text("记丢失", "lost"),
    "swap": Text("换货", "swapped"),
}


class OnlyForSale(Refused):
    """A price is given, and the goods are not sold."""

    def __init__(self) -> None:
        super().__init__(
            Text("只有转销售才有单价", "only goods that are sold have a price"),
            Text("去掉 --price，或写 --to sell", "leave --price out, or write --to sell"),
        )


class PriceOfSeveral(Refused):
    """One price is given for goods of several kinds."""

    def __init__(self, products: Sequence[str]) -> None:
        listed = "、".join(products), ", ".join(products)
        super().__init__(
            Text(f"--price 是一种货品的单价，这里有 {listed[0]}", f"--price is of one product, there are {listed[1]}"),
            Text(
                f"逐个写单价：--item {products[0]}×数量@单价 …，或不写 --price，按借出时的单价",
                f"price each by itself: --item {products[0]}×QTY@PRICE ..., or leave --price out: as they were lent",
            ),
        )


class OnlyForSwap(Refused):
    """It is said what came in instead, and nothing is swapped."""

    def __init__(self) -> None:
        super().__init__(
            Text("--got 说的是换回来的货，只用于换货", "--got says what came in for a swap"),
            Text("写 --to swap，或去掉 --got", "write --to swap, or leave --got out"),
        )


class NothingGot(Refused):
    """Goods are swapped, and it is not said for what."""

    def __init__(self) -> None:
        super().__init__(
            Text("换货没有写换回了什么", "it is not said what came in for the goods"),
            Text("加 --got 产品×数量", "add --got PRODUCT×QTY"),
        )


class _Conversion(NamedTuple):
    """What all rows of one conversion have in common."""

    to: To
    day: date
    note: str
    lines: LoanLines
    catalogue: Catalogue
    customers: Parties
    at_once: bool

    def row(self, taken: Taken, **cells: Value) -> Entry:
        """The row that takes goods off a loan line. Its order's number has to be written: by it they count as shipped.

        A book of sales needs none: each order row there is shipped as it is.
        """
        row = settled_row(taken, self.to, self.day, self.catalogue, self.customers, note=self.note, **cells)
        needed = () if self.at_once else ("order_no",)
        typed = [*(["note"] if self.note else []), *(["serial"] if taken.serials else [])]
        return as_entry(row, self.lines, taken.line, *typed, *needed)


def convert(
    loan_lines: LoanLines, catalogue: Catalogue, customer_names: Parties, last_prices: LastPrices, settings: Settings,
    today: date, *, typed: str, to: To, items: Sequence[str] = (), serials: Sequence[str] = (),
    price: Decimal | None = None, got: Sequence[str] = (), day: date, note: str = "", new: bool = False,
    low_price_meant: bool = False,
) -> Decision:  # fmt: skip
    """What is out of a loan, or these items of it, become something else; sold goods with their order."""
    _require_fitting(to, price, got)
    number = the_loan(typed, loan_lines, settings, today)
    lines = loan_lines.ahead.of(number)
    what = understood(items, catalogue)
    wanted, apart = taken_apart(what.items, catalogue)
    taken = taken_of(wanted, lines, number, serials)
    require_lent_by(taken, day)
    _require_one_priced(taken, price)
    conversion = _Conversion(to, day, note, loan_lines, catalogue, customer_names, settings.at_once)
    notes = [*what.notes, *apart]
    if to == "sell":
        sold = list(_sold(taken, price, last_prices, day))
        if not low_price_meant:
            _require_floor(sold, last_prices, day)
        rows = _sale(sold, conversion)
        notes += [note_ for each in sold for note_ in _price_notes(each)]
    else:
        _require_no_price(what.items)
        rows = [conversion.row(each) for each in taken]
        if to == "swap":
            came_in, more = _swapped_in(taken, got, conversion, new=new)
            rows, notes = [*rows, *came_in], [*notes, *more]
    notes += later_date(day, today)
    said = _said(number, to, taken, rows)
    shown = left_out(taken, Text("了结后", "What is left"))
    return Decision(said, tuple(rows), no=number, notes=tuple(notes), shown=shown)


def _require_fitting(to: To, price: Decimal | None, got: Sequence[str]) -> None:
    if price is not None and to != "sell":
        raise OnlyForSale
    if got and to != "swap":
        raise OnlyForSwap
    if to == "swap" and not got:
        raise NothingGot


def _require_one_priced(taken: Sequence[Taken], price: Decimal | None) -> None:
    products = list(dict.fromkeys(each.line.product for each in taken if each.price is None))
    if price is not None and len(products) > 1:
        raise PriceOfSeveral(products)


def _require_no_price(items: Sequence[Item]) -> None:
    for item in items:
        if item.price is not None:
            raise NoPriceHere(item.product.id)


class _Sold(NamedTuple):
    """Goods of a line that are sold at one price."""

    taken: Taken
    offer: Offer | None


def _sold(taken: Sequence[Taken], price: Decimal | None, prices: LastPrices, day: date) -> Iterator[_Sold]:
    """At the price typed for the item, or for all, else that of the loan, else as an order would take it."""
    used: dict[tuple[str, str], Decimal] = {}
    for each in taken:
        line, typed = each.line, price if each.price is None else each.price
        if typed is not None:
            yield _Sold(each, Offer(typed, "given"))
            continue
        key = (line.loan_no, line.product)
        for qty, own in _at_their_prices(line, used.get(key, ZERO), each.qty):
            offers = [Offer(own, "loan")] if own is not None else usual_prices(line.product, line.customer, day, prices)
            yield _Sold(each._replace(qty=qty), offers[0] if offers else None)
        used[key] = used.get(key, ZERO) + each.qty


def _at_their_prices(line: LoanLine, used: Decimal, qty: Decimal) -> Iterator[tuple[Decimal, Decimal | None]]:
    """The next goods of a line that are out, as (quantity, price), those of one price together."""
    found: dict[Decimal | None, Decimal] = {}
    for lot in line.lots:
        before, used = min(max(used, ZERO), lot.qty), used - lot.qty
        take = min(qty, lot.qty - before)
        if take > 0:
            found[lot.price] = found.get(lot.price, ZERO) + take
            qty -= take
    if qty > 0:  # of no lot: rows that make no sense
        found[line.price] = found.get(line.price, ZERO) + qty
    yield from ((each, price) for price, each in found.items())


def _require_floor(sold: Sequence[_Sold], prices: LastPrices, day: date) -> None:
    for each in sold:
        offer, line = each.offer, each.taken.line
        # A typed 0 is free of charge and meant as such.
        if offer is not None and (offer.price or offer.source != "given"):
            prices.require_floor(line.product, offer.price, day, line.customer)


def _sale(sold: Sequence[_Sold], conversion: _Conversion) -> list[Entry]:
    """For each price a row of the loan and one of its order."""
    order = NewNumber("orders", conversion.day)
    rows = []
    for each in sold:
        price = each.offer.price if each.offer is not None else None
        rows.append(conversion.row(each.taken, order_no=order, price=price))
        rows.append(_order_row(each, price, order, conversion))
    return rows


def _order_row(sold: _Sold, price: Decimal | None, order: NewNumber, conversion: _Conversion) -> Entry:
    taken = sold.taken
    product = conversion.catalogue.product(taken.line.product)
    item = Item(product, taken.qty, taken.line.unit or product.unit, price)
    row: dict[str, Value] = {
        "order_no": order, "date": conversion.day, "action": "order",
        "customer": conversion.customers.party(taken.line.customer).written if taken.line.customer else "",
        **identity(item), "spec": product.spec, "qty": taken.qty, "unit": item.unit, "price": price,
        "amount": None if price is None else money.amount(taken.qty, price),
        "salesperson": taken.line.salesperson, "warehouse": taken.line.warehouse, "note": conversion.note,
    }  # fmt: skip
    typed = sold.offer is not None and sold.offer.source == "given"
    given = {"product", "qty", *(("price",) if typed else ()), *(("note",) if conversion.note else ())}
    return Entry("orders", row, frozenset(given))


def _price_notes(sold: _Sold) -> list[Note]:
    product, offer = sold.taken.line.product, sold.offer
    if offer is None:
        text = Text(f"{product} 没有单价，金额留空", f"{product} has no price: amount left blank")
        return [Note("no_price", "warning", text)]
    if offer.source == "given":
        return []
    price, source = PRICE.format(offer.price), SOURCES[offer.source]
    return [
        Note(
            "price_from", "info", Text(f"{product} 单价 {price}：取自{source.zh}", f"{product} at {price}: {source.en}")
        )
    ]


def _swapped_in(
    taken: Sequence[Taken], got: Sequence[str], conversion: _Conversion, *, new: bool
) -> tuple[list[Entry], list[Note]]:
    """The rows of what came in; one kind without a quantity is as many as were swapped."""
    what = understood(got, conversion.catalogue, new=new)
    _require_no_price(what.items)
    for item in what.items:
        if item.product.id in {each.line.product for each in taken}:
            raise SwappedForItself(item.product.id)
    whole = sum((each.qty for each in taken), ZERO)
    alone = len(what.items) == 1
    named = [item._replace(qty=whole) if item.qty is None and alone else item for item in what.items]
    came_in, apart = taken_apart((item._replace(qty=item.quantity) for item in named), conversion.catalogue)
    first = taken[0]
    rows = what.entries
    for item in came_in:
        cells: dict[str, Value] = {**identity(item), "qty": item.quantity, "unit": item.unit, "serial": ""}
        row = settled_row(first, "swap_in", conversion.day, conversion.catalogue, conversion.customers, **cells)
        typed = {"product", "qty", *(("note",) if conversion.note else ())}
        rows.append(Entry("loans", row | {"note": conversion.note}, frozenset(typed)))
    return rows, [*what.notes, *apart]


def _said(number: str, to: To, taken: Sequence[Taken], rows: Sequence[Entry]) -> Text:
    done, customer = _DONE[to], taken[0].line.customer
    lines = sum(1 for row in rows if row.ledger == "loans" and row.row["action"] == to)
    said = Text(
        f"借用单 {number} 已{done.zh} · {CUSTOMER.show(customer, 'zh')} · {lines} 行",
        f"loan {number}: {done.en} · {CUSTOMER.show(customer, 'en')} · {lines_text(lines)}",
    )
    amounts = [amount for row in rows if isinstance(amount := row.row.get("amount"), Decimal)]
    if to == "sell" and amounts:
        total = MONEY.show(money.total(amounts), "zh")
        said += Text(f" · {total} 元", f" · {total}")
    if to == "sell":
        said += Text(" · 订单 {orders}", " · order {orders}")
    return said

"""Orders: taken, with their shipment where goods leave at once (DOMAIN.md 3, 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.effects import discontinued_notes, effect_table, effects, short_notes
from salesaid.balances.incoming import Incoming
from salesaid.balances.last_prices import LastPrices, Offer
from salesaid.balances.lent_out import LentOut, on_loan_note
from salesaid.balances.named_order import AtOnceBook, unreviewed
from salesaid.balances.new_rows import due_passed, identity, lines_text
from salesaid.balances.owed import Owed, credit_notes
from salesaid.balances.parties import Parties, Party
from salesaid.balances.promised import Promised
from salesaid.balances.shelves import beyond_notes, warehouse_notes
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, Known, known_party, understood
from salesaid.balances.usual_price import SOURCES, usual_prices
from salesaid.balances.warehouses import warehouse_named
from salesaid.core import money
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.inject import Supply
from salesaid.core.kinds import MONEY, PRICE
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

if TYPE_CHECKING:
    from salesaid.balances.paying import Paying
    from salesaid.balances.sending import Sending


class NothingOrdered(Refused):
    """An order has no items."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写货品", "there are no items"), Text("写成 产品×数量[@单价]", "write PRODUCT×QTY[@PRICE]")
        )


class OnlyWithShip(Refused):
    """Something is said of a shipment, and the order is not shipped."""

    def __init__(self, option: str) -> None:
        super().__init__(
            Text(
                f"{option} 说的是发货，这张订单没有要发货",
                f"{option} is about a shipment, and this order is not shipped",
            ),
            Text("同时发货请加 --ship", "to ship it in the same post, add --ship"),
        )


def add(
    catalogue: Catalogue, customer_names: Parties, last_prices: LastPrices, stock: Stock, promised: Promised,
    incoming: Incoming, lent_out: LentOut, owed: Owed, supply: Supply, settings: Settings, today: date, *,
    customer: str, items: Sequence[str], day: date, due: date | None = None, salesperson: str = "",
    reviewed_by: str = "", customer_po: str = "", warehouse: str = "", note: str = "", new: bool = False,
    low_price_meant: bool = False, ship: Sending | None = None,
) -> Decision:  # fmt: skip
    """A new order, and with `ship` its shipment in the same post. Raises AtOnceBook, NothingOrdered."""
    if ship is not None and settings.at_once:
        raise AtOnceBook(Text("发货", "shipping"))
    if not items:
        raise NothingOrdered
    warehouse = warehouse_named(warehouse, stock, settings, new=new)
    who = known_party(customer, customer_names, new=new)
    what = understood(items, catalogue, new=new)
    number = NewNumber("orders", day)
    offers = [_offer(item, who, last_prices, day) for item in what.items]
    _require_floor(what.items, offers, last_prices, day, who.party.id, meant=low_price_meant)
    typed: dict[str, Value] = {
        "due": due, "salesperson": salesperson, "reviewed_by": reviewed_by, "customer_po": customer_po,
        "warehouse": warehouse, "note": note,
    }  # fmt: skip
    entries = [*who.entries, *what.entries, *_order_rows(number, day, who.party, what.items, offers, typed)]
    notes = [*who.notes, *what.notes, *warehouse_notes([warehouse], stock), *_price_notes(what.items, offers)]
    notes += on_loan_note(who.party.id, lent_out, today)
    notes += credit_notes(owed, who.party, _amount(entries), _unshipped(supply))
    effect = effects(what.items, stock, promised, incoming, catalogue)
    if ship is not None:
        entries += _shipped_at_once(entries, number, what.items, ship._replace(warehouse=warehouse), day)
        notes += [*unreviewed(by=[reviewed_by]), *_paying(supply).in_advance_of_new(who.party.id, _amount(entries))]
        there = {each.product: each.qty for each in effect if each.after >= 0}  # of the others it is said below
        notes += beyond_notes(there, warehouse or settings.warehouse_of("shipments"), stock)
    notes += [*short_notes(effect, today), *discontinued_notes(what.items), *due_passed(due, day)]
    said = _taken(who.party.id, entries, is_shipped=ship is not None)
    return Decision(said, tuple(entries), no=number, notes=tuple(notes), shown=effect_table(effect))


def _unshipped(supply: Supply) -> Callable[[str], Decimal | None]:
    """What a customer has ordered that is not shipped yet; None where that would take a long reading of the orders."""
    return lambda customer: None if supply("is_long") else _paying(supply).unshipped(customer)


def _paying(supply: Supply) -> Paying:
    """Who has paid what: worked out for the few orders that need it, so that all others are quick."""
    paying: Paying = supply("paying")
    return paying


def offers(
    catalogue: Catalogue, customer_names: Parties, last_prices: LastPrices, *, customer: str, items: Sequence[str],
    day: date, new: bool = False,
) -> list[tuple[str, list[Offer]]]:  # fmt: skip
    """For each item without a price, the prices that may be offered; the items' product names beside them."""
    who = known_party(customer, customer_names, new=new)
    return [
        (
            item.product.id,
            [] if item.price is not None else usual_prices(item.product.id, who.party.id, day, last_prices),
        )
        for item in understood(items, catalogue, new=new).items
    ]


def _offer(item: Item, who: Known, prices: LastPrices, day: date) -> Offer | None:
    if item.price is not None:
        return Offer(item.price, "given")
    found = usual_prices(item.product.id, who.party.id, day, prices)
    return found[0] if found else None


def _require_floor(
    items: Sequence[Item],
    offers_: Sequence[Offer | None],
    prices: LastPrices,
    day: date,
    customer: str,
    *,
    meant: bool,
) -> None:
    for item, offer in zip(items, offers_, strict=True):
        # A typed 0 is free of charge and meant as such.
        if offer is not None and not meant and (offer.price or offer.source != "given"):
            prices.require_floor(item.product.id, offer.price, day, customer)


def _order_rows(
    number: NewNumber, day: date, customer: Party, items: Sequence[Item], offers_: Sequence[Offer | None],
    typed: Mapping[str, Value],
) -> list[Entry]:  # fmt: skip
    """A row for each item; without a salesperson typed the order is the one's who looks after the customer."""
    given = {"customer", "product", "qty", *(name for name, value in typed.items() if value)}
    head: dict[str, Value] = {
        "order_no": number, "date": day, "action": "order", "customer": customer.written, **typed,
        "salesperson": typed["salesperson"] or str(customer.card.get("salesperson") or "").strip(),
    }  # fmt: skip
    return [_order_row(head, item, offer, given) for item, offer in zip(items, offers_, strict=True)]


def _order_row(head: dict[str, Value], item: Item, offer: Offer | None, given: set[str]) -> Entry:
    price = offer.price if offer is not None else None
    row = head | {
        **identity(item), "spec": item.product.spec, "qty": item.quantity, "unit": item.unit, "price": price,
        "amount": None if price is None else money.amount(item.quantity, price),
    }  # fmt: skip
    typed = {name for name, value in (("price", item.price is not None), ("unit", item.own_unit)) if value}
    return Entry("orders", row, frozenset(given | typed))


def _price_notes(items: Sequence[Item], offers_: Sequence[Offer | None]) -> list[Note]:
    notes = []
    for item, offer in zip(items, offers_, strict=True):
        if offer is None:
            text = Text(f"{item.product.id} 没有单价，金额留空", f"{item.product.id} has no price: amount left blank")
            notes.append(Note("no_price", "warning", text))
        elif offer.source != "given":
            source = SOURCES[offer.source]
            since = f"（{offer.since}）" if offer.since else "", f" ({offer.since})" if offer.since else ""
            price = PRICE.format(offer.price)
            text = Text(
                f"{item.product.id} 单价 {price}：取自{source.zh}{since[0]}",
                f"{item.product.id} at {price}: {source.en}{since[1]}",
            )
            notes.append(Note("price_from", "info", text))
    return notes


def _taken(customer: str, entries: Sequence[Entry], *, is_shipped: bool) -> Text:
    rows = [entry.row for entry in entries if entry.ledger == "orders"]
    total = MONEY.show(_amount(entries), "zh")
    is_priced = any(row.get("amount") is not None for row in rows)
    sum_ = Text(f"{total} 元", total) if is_priced else Text("无单价", "no price")
    shipped = Text("，已发货 {shipments}", ", shipped as {shipments}") if is_shipped else Text("", "")
    return Text(
        f"已记订单 {{no}}{shipped.zh} · {customer} · {len(rows)} 行 · {sum_.zh}",
        f"order {{no}} taken{shipped.en} · {customer} · {lines_text(len(rows))} · {sum_.en}",
    )


def _amount(entries: Iterable[Entry]) -> Decimal:
    """What the rows of an order come to."""
    cells = (entry.row.get("amount") for entry in entries if entry.ledger == "orders")
    return money.total(amount for amount in cells if isinstance(amount, Decimal))


def _shipped_at_once(
    entries: Iterable[Entry], number: NewNumber, items: Sequence[Item], sending: Sending, day: date
) -> list[Entry]:
    from salesaid.balances.sending import shipment_head, shipment_row

    rows = [entry.row for entry in entries if entry.ledger == "orders"]
    head = shipment_head(NewNumber("shipments", day), day, number, str(rows[0]["customer"]), sending, "")
    return [
        shipment_row(head, item, item.quantity, row["price"], row["amount"], sending, index)
        for index, (item, row) in enumerate(zip(items, rows, strict=True))
    ]

"""Products: entered, changed, priced (DOMAIN.md 1, 4, 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.last_prices import LastPrices, Offer
from salesaid.balances.parties import Parties
from salesaid.balances.register import (
    AlreadyThere,
    Changed,
    KeyStays,
    NothingGiven,
    NotInRegister,
    changed,
    listed,
    require_name,
    rows_before,
    similar_note,
    values_of,
)
from salesaid.balances.similar import similar
from salesaid.balances.stock import Stock
from salesaid.balances.typed import echo, known_party, understood
from salesaid.core.entries import Decision, Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.items import write_components
from salesaid.core.keys import code_key, model_key, segmented_key
from salesaid.core.kinds import PRICE, QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined

PRODUCT = Text("产品", "product")
NEVER = Text("未定", "not set")
_NAMED = 3  # prices that a sentence has room for


class SameModel(Refused):
    """A model is to name two products."""

    def __init__(self, model: str, other: str) -> None:
        super().__init__(
            Text(f"型号 {model} 已是“{other}”的", f"the model {model} is that of “{other}”"),
            Text("一个型号只能属于一个产品", "a model may belong to one product only"),
        )


class BadBundle(Refused):
    """A bundle would hold itself, or another bundle."""

    def __init__(self, part: str, why: Text) -> None:
        super().__init__(
            Text(f"“{part}”不能作组件：{why.zh}", f"“{part}” cannot be part of a bundle: {why.en}"),
            Text("套装只由单件组成：写出各个单件", "a bundle holds single goods only: name each of them"),
        )


def add(
    products: Rows, catalogue: Catalogue, supplier_names: Parties, *, name: str, cells: Mapping[str, str],
    note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """A new product in the register."""
    require_name(name)
    values = values_of(products.ledger, {**cells, **({"note": note} if note else {})})
    model = str(values.get("model") or "")
    _require_new(name, model, catalogue)
    entries, notes = _understood(values, name, catalogue, supplier_names, new=new)
    identity = {"product": name} if products.has("product") or not products.columns else {"model": name}
    row = {**identity, **{id_: value for id_, value in values.items() if value is not None}}
    text = listed(values, products.ledger)
    said = Text(f"已登记产品 {name}", f"product {name} entered")
    if text.zh:
        said += Text(f" · {text.zh}", f" · {text.en}")
    notes += _price_order(values, None) + _rows_before(name, model, catalogue)
    notes += similar_note(name, similar(name, catalogue.names), PRODUCT)
    return Decision(said, (*entries, Entry("products", row, frozenset(row))), notes=tuple(notes))


def _require_new(name: str, model: str, catalogue: Catalogue) -> None:
    """Refuse a name or model that a product of the register has. Where names repeat in it, models tell them apart."""
    there = catalogue.registered.get(name) or catalogue.registered.get(catalogue.identify(name, ""))
    if there is None:
        key = segmented_key(name)
        alike = [p for p in catalogue.registered.values() if segmented_key(p.name) == key]
        told_apart = len(alike) > 1 and model and code_key(model) not in {code_key(p.model) for p in alike}
        there = alike[0] if alike and not told_apart else None
    if there is not None:
        raise AlreadyThere(name, there.id, "product")
    _require_own_model(model, catalogue)


def _require_own_model(model: str, catalogue: Catalogue, but: str = "") -> None:
    for product in catalogue.registered.values() if model else ():
        if product.id != but and code_key(model) in {code_key(product.model), code_key(product.name)}:
            raise SameModel(model, product.id)


def _understood(
    values: dict[str, Value], name: str, catalogue: Catalogue, suppliers: Parties, *, new: bool
) -> tuple[list[Entry], list[Note]]:
    """Supplier and components as the registers name them, put into the values; what is to be said of it."""
    entries: list[Entry] = []
    notes: list[Note] = []
    supplier = values.get("supplier")
    if isinstance(supplier, str) and (suppliers.has_register or suppliers.all()):
        known = known_party(supplier, suppliers, new=new)
        values["supplier"], entries, notes = known.party.written, known.entries, list(known.notes)
    if isinstance(values.get("components"), str):
        values["components"], more = _components(str(values["components"]), name, catalogue)
        notes += more
    return entries, notes


def _components(text: str, bundle: str, catalogue: Catalogue) -> tuple[str, list[Note]]:
    """A bundle's parts, each known, none a bundle. Raises BadItem, UnknownName, AmbiguousName, BadBundle."""
    what = understood([part for part in re.split("[;；]", text) if part.strip()], catalogue)
    parts: dict[str, Decimal] = {}
    for item in what.items:
        product = item.product
        if item.price is not None:
            raise BadBundle(product.id, Text("组件不写单价", "a part has no price of its own"))
        if segmented_key(bundle) == segmented_key(product.id):
            raise BadBundle(product.id, Text("它就是这个套装自己", "it is the bundle itself"))
        if product.components:
            raise BadBundle(product.id, Text("它本身是套装", "it is a bundle itself"))
        written = written_in_cell(product)
        parts[written] = parts.get(written, ZERO) + item.quantity
    return write_components(parts.items()), what.notes


def written_in_cell(product: Product) -> str:
    """A product as a cell without a model beside it names it: by its model where its name is not its own."""
    return product.model if product.model and product.id != product.name else product.name


def _price_order(values: Mapping[str, Value], before: Product | None) -> list[Note]:
    price = values.get("price", before.price if before else None)
    floor = values.get("floor_price", before.floor_price if before else None)
    if not {"price", "floor_price"} & set(values) or not isinstance(price, Decimal) or not isinstance(floor, Decimal):
        return []
    return _below(price, floor)


def _below(price: Decimal, floor: Decimal | None) -> list[Note]:
    if floor is None or price >= floor:
        return []
    at, low = PRICE.format(price), PRICE.format(floor)
    text = Text(f"单价 {at} 低于最低价 {low}", f"the price {at} is below the lowest price {low}")
    return [Note("price_below_floor", "warning", text)]


def _rows_before(name: str, model: str, catalogue: Catalogue) -> list[Note]:
    forms = catalogue.census.forms(segmented_key(name)) + (catalogue.census.coded(model_key(model)) if model else [])
    return rows_before(sum(form.rows for form in set(forms)))


def set_(
    products: Rows, catalogue: Catalogue, supplier_names: Parties, stock: Stock, last_prices: LastPrices,
    today: date, *, name: str, cells: Mapping[str, str], note: str | None = None, renamed: str | None = None,
    new: bool = False,
) -> Decision:  # fmt: skip
    """Some cells of a product of the register."""
    match = catalogue.match(name)
    product = catalogue.product(match.name)
    if product.row is None:
        raise NotInRegister(product.id, products.ledger, "product")
    by_model = product.id != product.name
    if renamed is not None or (by_model and "model" in cells):
        raise KeyStays(product.id, renamed or cells.get("model", ""))
    values = values_of(products.ledger, {**cells, **({} if note is None else {"note": note})})
    if not values:
        raise NothingGiven
    _require_own_model(str(values.get("model") or ""), catalogue, but=product.id)
    entries, notes = _understood(values, product.id, catalogue, supplier_names, new=new)
    notes = [*echo(name, match), *notes, *_bundled(values, product, catalogue, stock), *_price_order(values, product)]
    key = {"product": product.name} | ({"model": product.model} if by_model else {})
    change = changed(products, key, values)
    notes += [*change.notes, *_other_unit(change, product), *_set_elsewhere(values, product, last_prices, today)]
    edits = (change.edit,) if change.edit else ()
    return Decision(change.said(PRODUCT, product.id), tuple(entries), edits, notes=tuple(notes))


def _bundled(values: Mapping[str, Value], product: Product, catalogue: Catalogue, stock: Stock) -> list[Note]:
    """What a product that becomes a bundle has to be: no part of another one, and best without stock."""
    if not values.get("components") or product.components:
        return []
    holders = catalogue.bundles_with(product.id)
    if holders:
        raise BadBundle(product.id, Text(f"它是“{holders[0][0]}”的组件", f"it is part of “{holders[0][0]}”"))
    hand = stock.on_hand(product.id)
    if not hand:
        return []
    text = Text(
        f"{product.id} 账面在库 {QTY.format(hand)}，成为套装后都算在组件上",
        f"{QTY.format(hand)} of {product.id} are on hand: from now on they count as its parts",
    )
    return [Note("bundle_on_hand", "warning", text)]


def _set_elsewhere(values: Mapping[str, Value], product: Product, prices: LastPrices, day: date) -> list[Note]:
    """A warning where the ledger of prices, which is asked before the register, has prices of the product."""
    if not {"price", "floor_price"} & set(values):
        return []
    general, agreed = prices.on(product.id, day), prices.agreed(product.id, day)
    offers = [("", general)] if general is not None and general.source == "list" else []
    named = [_offered(who, offer) for who, offer in [*offers, *agreed]]
    if not named:
        return []
    listed, more = joined(named[:_NAMED]), len(named) - _NAMED
    rest = Text(f" 等 {len(named)} 个", f" and {more} more") if more > 0 else Text("", "")
    change = command("product", "price", product.id)
    text = Text(
        f"价格表里另有 {product.id} 的定价，先于产品资料：{listed.zh}{rest.zh}；要改它：{change} 新价",
        f"the price list has {product.id} too, and comes first: {listed.en}{rest.en}; to change it: {change} PRICE",
    )
    return [Note("price_elsewhere", "warning", text)]


def _offered(customer: str, offer: Offer) -> Text:
    whom, at = Text(f"{customer} ", f"{customer} at ") if customer else Text("", ""), PRICE.format(offer.price)
    return whom + Text(f"{at}（{offer.since} 起）", f"{at} (since {offer.since})")


def _other_unit(change: Changed, product: Product) -> list[Note]:
    if change.edit is None or "unit" not in change.edit.cells or not product.unit:
        return []
    text = Text(
        f"写着旧单位“{product.unit}”的行不再计入数量",
        f"rows in the old unit “{product.unit}” no longer count as quantity",
    )
    return [Note("unit_changed", "warning", text)]


def price(
    catalogue: Catalogue, customer_names: Parties, last_prices: LastPrices, prices: Rows, *, name: str, price: str,
    day: date, customer: str | None = None, floor: str | None = None, until: date | None = None, note: str = "",
) -> Decision:  # fmt: skip
    """A price from a day on, for everyone or for one customer."""
    match = catalogue.match(name)
    product = catalogue.product(match.name)
    values = values_of(prices.ledger, {"price": price, **({} if floor is None else {"floor_price": floor})})
    new = values["price"]
    if not isinstance(new, Decimal):
        raise NothingGiven
    who = known_party(customer, customer_names) if customer else None
    before = last_prices.on(product.id, day, who.party.id if who else "")
    lowest = values.get("floor_price", last_prices.floor(product.id, day))
    row: dict[str, Value] = {
        "date": day, "product": written_in_cell(product), "customer": who.party.written if who else "", **values,
        "until": until, "note": note,
    }  # fmt: skip
    given = {id_ for id_, value in row.items() if value not in {None, ""}} - {"date", "product", "price"}
    notes = [
        *echo(name, match),
        *(who.notes if who else ()),
        *_below(new, lowest if isinstance(lowest, Decimal) else None),
    ]
    said = _priced(product.id, who.party.id if who else "", new, before, day)
    return Decision(said, (Entry("prices", row, frozenset(given)),), notes=tuple(notes))


def _priced(product: str, customer: str, new: Decimal, before: Offer | None, day: date) -> Text:
    old = Text(*[PRICE.format(before.price)] * 2) if before else NEVER
    whom = Text(f"（{customer}）", f" for {customer}") if customer else Text("", "")
    at = PRICE.format(new)
    return Text(
        f"{product}{whom.zh} 单价 {old.zh} → {at}，从 {day} 起",
        f"{product}{whom.en}: price {old.en} → {at} from {day}",
    )

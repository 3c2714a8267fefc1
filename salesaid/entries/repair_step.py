"""What becomes of goods that came in for repair: sent, back, delivered, replaced, refunded, scrapped (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.contents import contents_of, contents_text
from salesaid.balances.factories import factory_written
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.named_return import Chosen, NotAtFactory, chosen, the_return
from salesaid.balances.new_rows import identity, later_date, lines_text
from salesaid.balances.parties import Parties
from salesaid.balances.repair_history import Lot
from salesaid.balances.repair_lines import RepairLine, RepairLines
from salesaid.balances.repair_stages import OPEN, PASSAGES, STAGE, Stage, Step
from salesaid.balances.shelves import Shelf, shelf_notes, warehouse_notes
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core import money
from salesaid.core.entries import Decision, Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import MONEY, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

_SAID: dict[Step, Text] = {
    "send": Text("已送修", "sent to the factory"),
    "back": Text("已修回", "back from the factory"),
    "deliver": Text("已寄回", "delivered"),
    "replace": Text("已换新", "replaced"),
    "refund": Text("已退货", "refunded"),
    "scrap": Text("已报废", "scrapped"),
}


class NoPriceOfStep(Refused):
    """An item of a step has a price."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"这里只写产品和数量，不写单价：{product}", f"product and quantity only, no price: {product}"),
            Text("退款金额用 --amount，维修费用 --fee", "money given back is --amount, a fee is --fee"),
        )


class Asked(NamedTuple):
    """What was typed of a step."""

    step: Step
    typed: str
    day: date
    items: Sequence[str] = ()
    serials: Sequence[str] = ()
    factory: str = ""
    fee: Decimal | None = None
    amount: Decimal | None = None
    tracking_no: str = ""
    warehouse: str = ""
    handler: str = ""
    note: str = ""
    new: bool = False


def move_on(
    repair_lines: RepairLines, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties,
    settings: Settings, today: date, *, asked: Asked,
) -> Decision:  # fmt: skip
    """Goods are sent to a factory, come back, go back to the customer or are scrapped: none of ours is moved."""
    notes: list[Note] = []
    if asked.factory:
        factory, notes = factory_written(asked.factory, repair_lines, supplier_names)
        asked = asked._replace(factory=factory)
    number, taken, said = _taken(repair_lines, catalogue, settings, today, asked)
    said += [*notes, *later_date(asked.day, today)]
    names = _Names(catalogue, customer_names)
    return _decision(repair_lines.ahead.of(number), taken, names, asked, said)


def settle(
    repair_lines: RepairLines, catalogue: Catalogue, customer_names: Parties, stock: Stock, last_prices: LastPrices,
    settings: Settings, today: date, *, asked: Asked,
) -> Decision:  # fmt: skip
    """One of ours goes to the customer for the old one, or the goods come into our stock and money is given back."""
    asked = asked._replace(warehouse=warehouse_named(asked.warehouse, stock, settings, new=asked.new))
    number, taken, notes = _taken(repair_lines, catalogue, settings, today, asked)
    notes += warehouse_notes((asked.warehouse,), stock)
    notes += _shelf_notes(taken, asked, catalogue, stock, settings, today) or later_date(asked.day, today)
    if asked.step == "refund" and settings.not_for_sale and not asked.warehouse:
        notes.append(_for_sale(settings))
    notes += _more_than_paid(taken, asked, last_prices)
    return _decision(repair_lines.ahead.of(number), taken, _Names(catalogue, customer_names), asked, notes)


class _Names(NamedTuple):
    """How rows write products and customers."""

    catalogue: Catalogue
    customers: Parties

    def customer(self, id_: str) -> str:
        """A customer as the book's rows write it; blank for none."""
        return self.customers.party(id_).written if id_ else ""


def _taken(
    repair_lines: RepairLines, catalogue: Catalogue, settings: Settings, today: date, asked: Asked
) -> tuple[str, list[Chosen], list[Note]]:
    """The return that is meant, what the step takes of it, and how what was typed was understood."""
    number = the_return(asked.typed, repair_lines, settings, today)
    what = understood(asked.items, catalogue)
    for item in what.items:
        if item.price is not None:
            raise NoPriceOfStep(item.product.id)
    lines = repair_lines.ahead.of(number)
    if asked.step == "back" and asked.factory:
        lines = _of_factory(lines, asked.factory)
    return number, chosen(lines, _once(what.items), asked.serials, asked.step, asked.day), list(what.notes)


def _of_factory(lines: Sequence[RepairLine], factory: str) -> list[RepairLine]:
    """The lines as if nothing were at any other factory. Raises NotAtFactory."""
    own = [line._replace(lots=tuple(lot for lot in line.lots if _may_be_from(lot, factory))) for line in lines]
    if not any(line.there("at_factory") for line in own):
        raise NotAtFactory(factory, lines)
    return own


def _may_be_from(lot: Lot, factory: str) -> bool:
    return lot.stage != "at_factory" or lot.factory in {"", factory}


def _once(items: Iterable[Item]) -> list[Item]:
    """The items with one product named once; where it was once named without a quantity, all of it is meant."""
    found: dict[str, Item] = {}
    for item in items:
        before = found.get(item.product.id)
        if before is None or item.qty is None:
            found[item.product.id] = item
        elif before.qty is not None:
            found[item.product.id] = item._replace(qty=before.qty + item.qty)
    return list(found.values())


def _decision(
    lines: Sequence[RepairLine], taken: Sequence[Chosen], names: _Names, asked: Asked, notes: Sequence[Note]
) -> Decision:
    first = taken[0].line
    amounts = _shares(asked.amount, [each.qty for each in taken])
    parts = [part for each in taken for part in (_by_factory(each, asked) if asked.step == "back" else [each])]
    rows = [
        _row(each, names, asked, amount, None if at else asked.fee)  # once a step, so that fees sum up right
        for at, (each, amount) in enumerate(zip_longest(parts, amounts))
    ]
    said, of, in_ = _SAID[asked.step], first.customer, f" · {asked.factory}" if asked.factory else ""
    money_ = f" · {MONEY.show(asked.amount, 'zh')}" if asked.amount is not None else ""
    text = Text(
        f"{said.zh} {first.return_no} · {of} · {len(rows)} 行{in_}{money_}",
        f"{first.return_no} {said.en} · {of} · {lines_text(len(rows))}{in_}{money_}",
    )
    return Decision(text, tuple(rows), no=first.return_no, notes=tuple(notes), shown=_where(lines, taken, asked.step))


def _by_factory(each: Chosen, asked: Asked) -> list[Chosen]:
    """What comes back, apart by the factories that had it."""
    rest, found = each.qty, dict[str, Decimal]()
    for lot in each.line.lots:
        if lot.stage == "at_factory" and lot.qty > 0 and rest > 0:
            factory, part = asked.factory or lot.factory, min(rest, lot.qty)
            found[factory] = found.get(factory, ZERO) + part
            rest -= part
    return [each._replace(qty=qty, factory=factory) for factory, qty in found.items()]


def _row(each: Chosen, names: _Names, asked: Asked, amount: Decimal | None, fee: Decimal | None) -> Entry:
    line = each.line
    item = Item(names.catalogue.product(line.product), each.qty, line.unit, None)
    serial = "、".join(each.serials) or line.serial
    row: dict[str, Value] = {
        "return_no": line.return_no, "date": asked.day, "action": asked.step, "customer": names.customer(line.customer),
        **identity(item), "qty": each.qty, "unit": line.unit, "serial": serial,
        "components": _held(each, item, asked.step), "factory": each.factory or asked.factory, "fee": fee,
        "amount": amount, "tracking_no": asked.tracking_no, "warehouse": asked.warehouse, "order_no": line.order_no,
        "handler": asked.handler, "note": asked.note,
    }  # fmt: skip
    typed = {name for name in ("factory", "fee", "amount", "tracking_no", "warehouse", "handler", "note") if row[name]}
    if not asked.factory:
        typed.discard("factory")
    return Entry("returns", row, frozenset({"return_no", "qty", *typed, *(["serial"] if each.serials else [])}))


def _held(each: Chosen, item: Item, step: Step) -> str:
    """What a bundle holds that moves: one of ours what it holds now, the customer's own what it came in with."""
    own = "" if step == "replace" else each.line.components
    return own or contents_text(item.product, item.unit)


def _shares(amount: Decimal | None, qtys: Sequence[Decimal]) -> list[Decimal | None]:
    """An amount shared out by quantity; the last takes the remainder."""
    if amount is None:
        return [None] * len(qtys)
    total, shares, before = sum(qtys, ZERO), [], ZERO
    given = ZERO
    for qty in qtys:
        before += qty
        share = money.rounded(amount * before / total, 2) - given
        given += share
        shares.append(share)
    return [*shares]


def _shelf_notes(
    taken: Iterable[Chosen], asked: Asked, catalogue: Catalogue, stock: Stock, settings: Settings, today: date
) -> list[Note]:
    """What is to be said of the shelves that goods are taken from or brought to."""
    place = asked.warehouse or settings.warehouse_of("returns")
    changes: dict[str, Decimal] = {}
    for each in taken:
        held = each.line.components if asked.step == "refund" else ""
        for id_, qty in contents_of(each.line.product, held, catalogue):
            if catalogue.is_goods(id_):
                changes[id_] = changes.get(id_, ZERO) + qty * each.qty * (1 if asked.step == "refund" else -1)
    shelves = [Shelf.of(id_, place, qty, stock, asked.day, today) for id_, qty in changes.items()]
    return shelf_notes(shelves, asked.day, today)


def _more_than_paid(taken: Iterable[Chosen], asked: Asked, prices: LastPrices) -> list[Note]:
    """A warning where more is given back than the goods cost this customer last, or on the price list."""
    if asked.amount is None:
        return []
    cost = ZERO
    for line, qty, *_ in taken:
        offer = prices.last(line.product, line.customer, asked.day) or prices.on(line.product, asked.day, line.customer)
        if offer is None:
            return []
        cost += money.amount(qty, offer.price)
    if asked.amount <= cost:
        return []
    back, paid = MONEY.show(asked.amount, "zh"), MONEY.show(cost, "zh")
    text = Text(
        f"退款 {back}，比上次成交价的合计 {paid} 多，请核对",
        f"{back} given back, more than the {paid} that the goods last cost: please check",
    )
    return [Note("more_than_paid", "warning", text)]


def _for_sale(settings: Settings) -> Note:
    place, other = settings.warehouse_of("returns"), settings.not_for_sale[0]
    text = Text(
        f"退回的货进了{place}，算作可用；坏的请加 --warehouse {other}",
        f"the goods are at {place} and for sale; broken ones belong to --warehouse {other}",
    )
    return Note("for_sale", "info", text)


def _where(lines: Sequence[RepairLine], taken: Sequence[Chosen], step: Step) -> Table:
    """Where the goods of the return are after the step."""
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("serial", Text("序列号", "Serial"), TEXT),
        Field("now", Text("本次", "Now"), QTY),
        *(Field(stage, STAGE.words[stage], QTY) for stage in OPEN),
    )
    rows = []
    for line in lines:
        qty = sum((each.qty for each in taken if each.line[:8] == line[:8]), ZERO)
        after = _after(line, qty, step)
        rows.append((line.product or None, line.serial or None, qty, *(after[stage] for stage in OPEN)))
    return Table(Text("还没有了结的", "What is still open"), fields, rows)


def _after(line: RepairLine, qty: Decimal, step: Step) -> dict[Stage, Decimal]:
    """How much of a line is in each open stage once a step has taken so much of it."""
    after = {stage: line.there(stage) for stage in OPEN}
    rest = qty
    for stage in PASSAGES[step].sources:
        part = min(rest, after[stage])
        after[stage] -= part
        rest -= part
    if PASSAGES[step].target in after:
        after[PASSAGES[step].target] += qty
    return after

"""Loans: goods lent to customers, and given more time (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.loan_items import taken_apart, taken_of
from salesaid.balances.loan_lines import LoanLines
from salesaid.balances.named_loan import SerialsNotAsMany, the_loan
from salesaid.balances.named_order import NoQuantityHere
from salesaid.balances.new_rows import before_document, due_passed, identity, later_date, lines_text
from salesaid.balances.parties import Parties, Party
from salesaid.balances.shelves import beyond_notes, warehouse_notes
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, known_party, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.serial_numbers import serial_key
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings


class NothingLent(Refused):
    """A loan has no items."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写借出的货品", "there are no items to lend"), Text("写成 产品×数量", "write PRODUCT×QTY")
        )


class SerialOfSeveral(Refused):
    """One serial number is given for several kinds of goods."""

    def __init__(self, products: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"--serial 只能写一种货品的序列号，这里有 {'、'.join(products)}",
                f"--serial is of one product, there are {', '.join(products)}",
            ),
            Text("每种货品各记一张借用单", "lend each product under a number of its own"),
        )


def add(
    catalogue: Catalogue, customer_names: Parties, last_prices: LastPrices, stock: Stock, loan_lines: LoanLines,
    settings: Settings, today: date, *, customer: str, items: Sequence[str], day: date, due: date | None = None,
    purpose: str = "", serials: Sequence[str] = (), salesperson: str = "", warehouse: str = "", note: str = "",
    new: bool = False,
) -> Decision:  # fmt: skip
    """A new loan; a bundle is lent as its components. Raises NothingLent."""
    if not items:
        raise NothingLent
    warehouse = warehouse_named(warehouse, stock, settings, new=new)
    who = known_party(customer, customer_names, new=new)
    what = understood(items, catalogue, new=new)
    items_ = _as_many(what.items, serials)
    lent, apart = taken_apart((item._replace(qty=item.quantity) for item in items_), catalogue)
    fewer = _serials_fit(lent, serials)
    number = NewNumber("loans", day)
    typed: dict[str, Value] = {
        "due": due, "purpose": purpose, "serial": "、".join(serials), "salesperson": salesperson,
        "warehouse": warehouse, "note": note,
    }  # fmt: skip
    rows = _rows(number, day, who.party, lent, last_prices, typed)
    effect = _effects(lent, stock)
    zh, en = f"应还 {due}" if due else "未定归还日期", f"due back {due}" if due else "no due date"
    said = Text(
        f"已借出 {{no}} · {who.party.id} · {len(rows)} 行 · {zh}",
        f"loan {{no}} to {who.party.id} · {lines_text(len(rows))} · {en}",
    )
    notes = [*who.notes, *what.notes, *apart, *_due_notes(due, day), *later_date(day, today)]
    notes += [*fewer, *_out_already(serials, loan_lines), *warehouse_notes([warehouse], stock)]
    lent_now = {id_: qty for id_, (qty, _) in effect.items()}
    notes += beyond_notes(lent_now, warehouse or settings.warehouse_of("loans"), stock)
    shown = _shown(effect)
    return Decision(said, (*who.entries, *what.entries, *rows), no=number, notes=tuple(notes), shown=shown)


def _as_many(items: Sequence[Item], serials: Sequence[str]) -> Sequence[Item]:
    """The items; one alone without a quantity is as many as there are serial numbers."""
    if len(items) == 1 and items[0].qty is None and serials:
        return [items[0]._replace(qty=Decimal(len(serials)))]
    return items


def _serials_fit(lent: Sequence[Item], serials: Sequence[str]) -> list[Note]:
    """A warning where not every piece has a serial number. Raises SerialOfSeveral, SerialsNotAsMany."""
    products = list(dict.fromkeys(item.product.id for item in lent))
    if serials and len(products) > 1:
        raise SerialOfSeveral(products)
    pieces = sum((item.quantity for item in lent), ZERO)
    count = len(serials)
    if count > pieces:
        raise SerialsNotAsMany(products[0], count, pieces)
    if not serials or count == pieces:
        return []
    many = QTY.format(pieces)
    text = Text(
        f"{products[0]} 借出 {many} 件，只写了 {count} 个序列号",
        f"{many} pieces of {products[0]} are lent, {count} serial numbers are said",
    )
    return [Note("serials_fewer", "warning", text)]


def _out_already(serials: Sequence[str], loan_lines: LoanLines) -> list[Note]:
    """A warning for each piece that is out on another loan."""
    wanted = {serial_key(serial): serial for serial in serials}
    notes = []
    for line in loan_lines.ahead.open if wanted else ():
        for serial in line.serials_out:
            if serial_key(serial) in wanted:
                text = Text(
                    f"{serial} 已经借出在外：{line.loan_no}，{line.customer}",
                    f"{serial} is out already: {line.loan_no}, {line.customer}",
                )
                notes.append(Note("out_already", "warning", text))
    return notes


def _price(item: Item, prices: LastPrices, customer: str, day: date) -> Decimal | None:
    """What the goods are worth outside: the price that was typed, else the list price, else the customer's last."""
    if item.price is not None:
        return item.price
    offer = prices.on(item.product.id, day, customer) or prices.last(item.product.id, customer, day)
    return offer.price if offer is not None else None


def _rows(
    number: NewNumber, day: date, customer: Party, lent: Sequence[Item], prices: LastPrices, typed: Mapping[str, Value]
) -> list[Entry]:  # fmt: skip
    """A row for each item; without a salesperson typed the loan is the one's who looks after the customer."""
    head: dict[str, Value] = {
        "loan_no": number, "date": day, "action": "lend", "customer": customer.written, **typed,
        "salesperson": typed["salesperson"] or str(customer.card.get("salesperson") or "").strip(),
    }  # fmt: skip
    given = {"customer", "product", "qty", *(name for name, value in typed.items() if value)}
    return [_row(head, item, _price(item, prices, customer.id, day), given) for item in lent]


def _row(head: dict[str, Value], item: Item, price: Decimal | None, given: set[str]) -> Entry:
    row = head | {**identity(item), "qty": item.quantity, "unit": item.unit, "price": price}
    typed = {name for name, value in (("price", item.price is not None), ("unit", item.own_unit)) if value}
    return Entry("loans", row, frozenset(given | typed))


def _due_notes(due: date | None, day: date) -> list[Note]:
    if due is None:
        text = Text(
            "没有写应还日期，不会提醒逾期；补写用 loan extend",
            "no due date: it will never be overdue; loan extend sets one",
        )
        return [Note("no_due", "info", text)]
    if due < day:
        text = Text(
            f"应还日期 {due} 早于借出日期 {day}，请核对", f"due {due}, before it was lent ({day}): please check"
        )
        return [Note("due_before", "warning", text)]
    return []


_Effects = dict[str, tuple[Decimal, Decimal]]
"""By product: lent now, and on hand before."""


def _effects(items: Sequence[Item], stock: Stock) -> _Effects:
    lent: dict[str, Decimal] = {}
    for item in items:
        lent[item.product.id] = lent.get(item.product.id, ZERO) + item.quantity
    return {id_: (qty, stock.on_hand(id_)) for id_, qty in lent.items()}


def _shown(effect: _Effects) -> Table:
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("qty", Text("本次借出", "Lent now"), QTY),
        Field("on_hand", Text("在库", "On hand"), QTY),
        Field("on_hand_after", Text("借出后在库", "Then"), QTY),
    )
    rows = [(id_, qty, hand, hand - qty) for id_, (qty, hand) in effect.items()]
    return Table(Text("对库存的影响", "What it does to the stock"), fields, rows)


def extend(
    loan_lines: LoanLines, catalogue: Catalogue, settings: Settings, today: date, *, typed: str,
    items: Sequence[str] = (), due: date, day: date, why: str,
) -> Decision:  # fmt: skip
    """Another due date for what is out of a loan, or of these products of it. Raises NoQuantityHere."""
    number = the_loan(typed, loan_lines, settings, today)
    lines = loan_lines.ahead.of(number)
    what = understood(items, catalogue)
    for item in what.items:
        if item.qty is not None:
            raise NoQuantityHere(item.product.id, _WHOLE)
    meant = [taken.line for taken in taken_of(what.items, lines, number)]
    head: dict[str, Value] = {
        "loan_no": number, "date": day, "action": "extend", "customer": lines[0].customer, "qty": ZERO, "due": due,
        "note": why,
    }  # fmt: skip
    given = frozenset({"loan_no", "due"})
    rows = [Entry("loans", head | identity(item), given) for item in what.items] or [Entry("loans", head, given)]
    before = max((line.due for line in meant if line.due is not None), default=None)
    was = Text(f"（原 {before}）", f" (was {before})") if before else Text("", "")
    said = Text(f"借用单 {number} 延期到 {due}", f"loan {number} is due {due} now") + was
    notes = [*what.notes, *before_document(number, lines[0].day, day), *due_passed(due, day)]
    if before is not None and due < before:
        text = Text(f"新的日期 {due} 比原来的 {before} 早", f"{due} is earlier than {before}, as it was")
        notes.append(Note("earlier_due", "warning", text))
    return Decision(said, tuple(rows), no=number, notes=tuple(notes))


_WHOLE = Text(
    "延期的是这个产品在外的全部；只有一部分延期，请先把其余的归还",
    "all that is out of the product is given more time; for a part of it, take the rest back first",
)

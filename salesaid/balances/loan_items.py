"""Items of a loan: bundles taken apart, and the rows that settle what is out (DOMAIN.md 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.named_loan import (
    MoreThanOut,
    NothingOut,
    NotOnLoan,
    SerialNotOut,
    SerialsNotAsMany,
    oldest_first,
    require_out,
)
from salesaid.balances.parties import Parties
from salesaid.balances.typed import Item
from salesaid.core.entries import Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.serial_numbers import serial_key
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text


class NotLendable(Refused):
    """What is to be lent lies on no shelf: a service."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"{product} 不管库存，不能借出", f"{product} lies on no shelf and cannot be lent"),
            Text(
                f"它若是货品，先用 salesaid product set {product} --stocked yes",
                f"if it is goods, first: salesaid product set {product} --stocked yes",
            ),
        )


class NoPriceHere(Refused):
    """A price was given where goods are not sold."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"这里不写单价：{product}", f"no price is wanted here: {product}"),
            Text(
                "借出的货卖掉了，请用 salesaid loan convert 单号 --to sell",
                "where goods on loan are sold, use salesaid loan convert NO --to sell",
            ),
        )


def taken_apart(items: Iterable[Item], catalogue: Catalogue) -> tuple[list[Item], list[Note]]:
    """The items with each bundle as its components, which lie on the shelf. Raises NotLendable."""
    found: list[Item] = []
    notes: list[Note] = []
    for item in items:
        product = item.product
        if not product.stocked:
            raise NotLendable(product.id)
        if not product.components:
            found.append(item)
            continue
        parts = [(catalogue.product(id_), qty) for id_, qty in catalogue.contents(product.id)]
        goods = [(part, qty) for part, qty in parts if part.stocked]
        found += [Item(part, None if item.qty is None else item.qty * qty, part.unit, None) for part, qty in goods]
        notes.append(_apart(item, goods))
    return found, notes


def _apart(bundle: Item, goods: Sequence[tuple[Product, Decimal]]) -> Note:
    parts = [f"{part.id}×{QTY.format(qty)}" for part, qty in goods]
    text = Text(
        f"{bundle.product.id} 按组件记：{'、'.join(parts)}",
        f"{bundle.product.id} is written as its components: {', '.join(parts)}",
    )
    if bundle.price is not None:
        text += Text("；套装的单价没有记", "; the price of the bundle is not")
    return Note("components", "info" if bundle.price is None else "warning", text)


class Taken(NamedTuple):
    """So much of what is out of a line."""

    line: LoanLine
    qty: Decimal
    price: Decimal | None = None  # as typed
    serials: tuple[str, ...] = ()  # as typed


def taken_of(
    items: Sequence[Item], lines: Sequence[LoanLine], number: str, serials: Sequence[str] = ()
) -> list[Taken]:  # fmt: skip
    """What of one loan these items are; all that is out where there are none.

    Raises NothingOut, NotOnLoan, MoreThanOut, SerialNotOut, SerialsNotAsMany.
    """
    open_ = [line for line in lines if line.out > 0]
    if not open_:
        raise NothingOut(number)
    lent = {line.product for line in lines}
    for item in items:
        if item.product.id in lent - {line.product for line in open_}:
            raise NothingOut(number, item.product.id)
    whose = Text(f"借用单 {number} ", f"under loan {number}")
    if serials:
        return _with_serials(serials, items, open_, whose)
    return _taken(items, open_, whose) if items else [Taken(line, line.out) for line in open_]


def taken_oldest_first(
    items: Sequence[Item], loan_lines: LoanLines, customer: str, serials: Sequence[str] = ()
) -> list[Taken]:  # fmt: skip
    """What of a customer's loans these items are, the oldest first.

    Raises NotOnLoan, MoreThanOut, SerialNotOut, SerialsNotAsMany.
    """
    lines = oldest_first(loan_lines.of_customer(customer))
    whose = Text(f"{customer} 名下 ", f"with {customer}")
    return _with_serials(serials, items, lines, whose) if serials else _taken(items, lines, whose)


def _with_serials(
    serials: Sequence[str], items: Sequence[Item], lines: Sequence[LoanLine], whose: Text
) -> list[Taken]:  # fmt: skip
    """The pieces with these serial numbers, line by line; items that are named have to be as many."""
    named = {item.product.id: item for item in items}
    own = [line for line in lines if not named or line.product in named]
    found: dict[int, list[str]] = {}
    for serial in serials:
        there = [at for at, line in enumerate(own) if serial_key(serial) in map(serial_key, line.serials_out)]
        if not there:
            raise SerialNotOut(serial, whose, [each for line in own for each in line.serials_out])
        found.setdefault(there[0], []).append(serial)
    for id_, item in named.items():
        count = sum(len(each) for at, each in found.items() if own[at].product == id_)
        if not count or (item.qty is not None and item.qty != count):
            raise SerialsNotAsMany(id_, count, item.quantity)
    prices = {id_: item.price for id_, item in named.items()}
    taken = [(own[at], tuple(each)) for at, each in found.items()]
    for line, each in taken:
        if len(each) > line.out:
            raise MoreThanOut(line.product, Decimal(len(each)), [line])
    return [Taken(line, Decimal(len(each)), prices.get(line.product), each) for line, each in taken]


def _taken(items: Sequence[Item], lines: Sequence[LoanLine], whose: Text) -> list[Taken]:
    left = [line.out for line in lines]
    found: list[Taken] = []
    for item in items:
        own = [at for at, line in enumerate(lines) if line.product == item.product.id]
        if not own:
            raise NotOnLoan(item.product.id, whose, (line.product for line in lines))
        there = sum((left[at] for at in own), ZERO)
        rest = there if item.qty is None else item.qty
        if rest > there or not rest:
            asked = sum((other.qty or ZERO for other in items if other.product.id == item.product.id), ZERO)
            raise MoreThanOut(item.product.id, asked, [lines[at] for at in own])
        for at in own:
            qty = min(rest, left[at])
            if qty:
                found.append(Taken(lines[at], qty, item.price))
            left[at], rest = left[at] - qty, rest - qty
    return found


def require_lent_by(taken: Iterable[Taken], day: date) -> None:
    """Raises NotYetOut for goods that were lent after a day."""
    sums: dict[tuple[str, str], Taken] = {}
    for each in taken:
        key = (each.line.loan_no, each.line.product)
        before = sums.get(key)
        sums[key] = each if before is None else before._replace(qty=before.qty + each.qty)
    for each in sums.values():
        require_out(each.line, each.qty, day)


def settled_row(
    taken: Taken, action: str, day: date, catalogue: Catalogue, customers: Parties, **cells: Value
) -> dict[str, Value]:
    """The cells of a row by which goods on loan come back or become something else."""
    line, product = taken.line, catalogue.product(taken.line.product)
    return {
        "loan_no": line.loan_no, "date": day, "action": action,
        "customer": customers.party(line.customer).written if line.customer else "", "product": product.name,
        "model": product.model, "qty": taken.qty, "unit": line.unit or product.unit, "serial": _serial(taken),
        "warehouse": line.warehouse, "salesperson": line.salesperson, **cells,
    }  # fmt: skip


def _serial(taken: Taken) -> str:
    """The serial numbers that were typed; else those that are out, where all of it is settled."""
    if taken.serials:
        return "、".join(taken.serials)
    return "、".join(taken.line.serials_out) if taken.qty == taken.line.out else ""


def as_entry(row: Mapping[str, Value], loan_lines: LoanLines, line: LoanLine, *typed: str) -> Entry:
    """A row to be posted. A file without numbers can say it of a customer's oldest line only: any other is refused."""
    own = [each for each in loan_lines.of_customer(line.customer) if each.product == line.product]
    is_oldest = line == next(iter(oldest_first(own)), None)
    return Entry("loans", row, frozenset({*typed, *(() if is_oldest else ("loan_no",))}))


def left_out(taken: Iterable[Taken], title: Text) -> Table:
    """What was out, is settled now, and is still out, line by line."""
    sums: dict[tuple[str, str], Taken] = {}
    for each in taken:
        key = (each.line.loan_no, each.line.product)
        before = sums.get(key)
        sums[key] = each if before is None else before._replace(qty=before.qty + each.qty)
    fields = (
        Field("loan_no", Text("借用单号", "Loan"), TEXT),
        Field("product", Text("产品", "Product"), TEXT),
        Field("lent", Text("借出", "Lent"), QTY),
        Field("settling_now", Text("本次", "Now"), QTY),
        Field("out", Text("尚在外", "Still out"), QTY),
    )
    rows = [
        (each.line.loan_no, each.line.product, each.line.lent, each.qty, each.line.out - each.qty)
        for each in sums.values()
    ]
    return Table(title, fields, rows)

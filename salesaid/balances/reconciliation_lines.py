"""Rows of a journal as two books can be held against each other: ours, and an export of an ERP or of finance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.core import money
from salesaid.core.errors import Refused
from salesaid.core.rows import ZERO, Rows
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

# What adds to a ledger's sums, and what takes off: other actions (a review, a signature) are of no account.
_SIGNS = {
    "orders": {"order": 1},
    "shipments": {"ship": 1, "return": -1, "opening": 1},
    "loans": {"lend": 1},
    "returns": {"receive": 1},
    "purchases": {"order": 1},
    "stock_moves": {"opening": 1, "in": 1, "out": -1, "transfer": 1, "scrap": -1},
    "payments": {},
    "cash": {},
    "freight_bills": {},
}


class NotReconciled(Refused):
    """The ledger has no sums that two books could differ in."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(
            Text(f"{ledger.title.zh}不能对账", f"{ledger.title.en} cannot be reconciled"),
            Text(f"可以对账的有：{', '.join(_SIGNS)}", f"these can: {', '.join(_SIGNS)}"),
        )


class Line(NamedTuple):
    """One row; `party` and `product` as written, their ids as names fold. `amount` is 0 where nobody says it.

    `sheet` is said where a book has several.
    """

    row: int
    number: str
    day: date | None
    party: str
    party_id: str
    product: str
    model: str
    product_id: str
    qty: Decimal
    price: Decimal | None
    amount: Decimal
    sheet: str = ""
    in_full: bool = False  # the party is written by the full name that our register has for it

    @property
    def names(self) -> frozenset[str]:
        """How the goods are written: by name, by model."""
        return frozenset({self.product, self.model} - {""})

    @property
    def goods(self) -> str:
        """The goods as they are shown."""
        return " ".join(dict.fromkeys(text for text in (self.product, self.model) if text))


def require_reconcilable(ledger: Ledger) -> None:
    """Raises NotReconciled."""
    if ledger.id not in _SIGNS:
        raise NotReconciled(ledger)


def party_of(ledger: Ledger) -> str | None:
    """Whom its rows are about: customers, suppliers or nobody."""
    ids = {column.id for column in ledger.columns}
    return next((kind for kind in ("customer", "supplier") if kind in ids), None)


def lines_of(rows: Rows, catalogue: Catalogue, parties: Parties | None) -> list[Line]:
    """The rows of a journal that count, returns below zero. `parties`: its customers or suppliers, if it has such."""
    return [*_lines(rows, catalogue, parties)]


def _lines(rows: Rows, catalogue: Catalogue, parties: Parties | None) -> Iterator[Line]:
    ids = {column.id for column in rows.ledger.columns}
    party = parties.kind if parties is not None else ""
    own = rows.ledger.number or ""
    names = [
        name for name in (own, "date", "action", party, "product", "model", "qty", "price", *_AMOUNTS) if name in ids
    ]
    signs = _SIGNS[rows.ledger.id]
    for values in rows.pick("row", *names):
        cells = dict(zip(("row", *names), values, strict=True))
        sign = signs.get(cells["action"]) if signs else 1
        if sign is not None:
            yield _line(cells, (own, party), sign, catalogue, parties)


_AMOUNTS = ("amount", "income", "expense")


def _line(
    cells: dict[str, Any], names: tuple[str, str], sign: int, catalogue: Catalogue, parties: Parties | None
) -> Line:
    number, party = (str(cells.get(name) or "").strip() for name in names)
    product, model = (str(cells.get(name) or "").strip() for name in ("product", "model"))
    qty, price = cells.get("qty") or ZERO, cells.get("price")
    amount = cells.get("amount")
    if amount is None and price is not None:
        amount = money.amount(qty, price)
    amount = (amount or ZERO) + (cells.get("income") or ZERO) - (cells.get("expense") or ZERO)
    if sign < 0:
        qty, amount = -abs(qty), -abs(amount)
    known, in_full = _identity(party, parties) if parties is not None else ("", False)
    return Line(
        cells["row"], number, cells.get("date"), party, known,
        product, model, catalogue.identify(product, model) if product or model else "", qty, price, amount,
        in_full=in_full,
    )  # fmt: skip


def _identity(party: str, parties: Parties) -> tuple[str, bool]:
    """Who a name is, and whether it is a full one: other programs write those where our rows have short ones."""
    known = parties.identify(party)
    whose = None if known in parties.registered else parties.known_in_full(party)
    return whose or known, whose is not None

"""Money as scripts see it: the same digits whatever store it was read from, and those that the tables show."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salesaid.core.kinds import MONEY, PRICE, Kind
from salesaid.core.tables import Table

_CENT = Decimal("0.01")


def exact(kind: Kind, value: object) -> object:
    """A value of a kind: of money with two decimals, or as many more as a price has; any other as it is."""
    return _in_cents(kind, value) if kind in {MONEY, PRICE} else value


def exact_rows(table: Table) -> Iterator[tuple[object, ...]]:
    """The rows of a table."""
    kinds = [(at, field.kind) for at, field in enumerate(table.fields) if field.kind in {MONEY, PRICE}]
    for written in table.rows:
        row = written
        for at, kind in kinds:
            value = row[at]
            # A million cells have to be looked at, and nearly all of them are in cents as they are.
            if value is not None and not (type(value) is Decimal and value.same_quantum(_CENT)):
                row = (*row[:at], _in_cents(kind, value), *row[at + 1 :])
        yield row


def exact_totals(table: Table) -> dict[str, object]:
    """The totals of a table."""
    kinds = {field.name: field.kind for field in table.fields}
    return {name: exact(kinds[name], value) if name in kinds else value for name, value in table.totals.items()}


def _in_cents(kind: Kind, value: object) -> object:
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    whole, _, part = kind.format(value).partition(".")
    return Decimal(f"{whole}.{part.ljust(2, '0')}")

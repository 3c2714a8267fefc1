"""Lines in another unit than their product's: shown for what they are, and in no sum of quantities (DOMAIN.md 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from salesaid.core.kinds import QTY
from salesaid.core.rows import ZERO
from salesaid.core.tables import NAMED, Note
from salesaid.core.text import Text

Apart = tuple[tuple[str, Decimal], ...]
"""What rows say in other units than the product's: (unit, quantity)."""


class OfUnits(Protocol):
    """A line that may be in another unit than its product's."""

    @property
    def product(self) -> str:
        """Its canonical name."""
        ...

    @property
    def unit(self) -> str:
        """The unit that its figures are in."""
        ...

    @property
    def apart(self) -> Apart:
        """What its rows say in other units than the product's."""
        ...


def is_apart(line: OfUnits) -> bool:
    """Whether the figures of a line are in a unit that is not the product's."""
    return any(unit == line.unit for unit, _ in line.apart)


def unit_that_counts(product_unit: str, units: Sequence[str]) -> str:
    """The unit in which rows of one line are added up: the product's if any row may be in it, else their first."""
    return (
        units[0] if product_unit and units and all(unit not in {"", product_unit} for unit in units) else product_unit
    )


def apart_of(rows: Iterable[tuple[str, Decimal, bool]]) -> Apart:
    """What rows in other units come to: (unit, quantity, whether it makes the line)."""
    sums: dict[str, list[Decimal]] = {}
    for unit, qty, makes in rows:
        sums.setdefault(unit, [ZERO, ZERO])[not makes] += qty
    return tuple((unit, made or settled) for unit, (made, settled) in sums.items())


def apart_note(lines: Iterable[tuple[str, OfUnits]]) -> list[Note]:
    """A warning that names what lines, each with its number, have in other units."""
    found = [f"{no} {line.product} {QTY.format(qty)} {unit}" for no, line in lines for unit, qty in line.apart]
    return units_note(found)


def units_note(named: Sequence[str]) -> list[Note]:
    """A warning that names goods that are written in other units than their product's."""
    if not named:
        return []
    rest = len(named) - NAMED
    more = (f" 等 {len(named)} 行", f" and {rest} more") if rest > 0 else ("", "")
    text = Text(
        f"单位不是产品的单位，数量不进合计和库存：{'、'.join(named[:NAMED])}{more[0]}",
        f"in another unit than the product's, in no sum of quantities and not in stock: "
        f"{', '.join(named[:NAMED])}{more[1]}",
    )
    return [Note("other_unit", "warning", text)]

"""Stock is double-entry: goods move from one place to another and over all places sum to zero.

DOMAIN: the warehouse of a row stands for itself under its own name; the places below are everything that is
not one of our warehouses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesaid.core.text import Text
from salesaid.core.width import narrow

WAREHOUSE = "@warehouse"  # the row's own warehouse cell, or the book's default
TO_WAREHOUSE = "@to_warehouse"  # the row's second warehouse cell

CUSTOMER = "(customer)"
LOAN = "(loan)"
REPAIR = "(repair)"
FACTORY = "(factory)"
SUPPLIER = "(supplier)"
OPENING = "(opening)"
OUTSIDE = "(outside)"
SCRAP = "(scrap)"
COUNT_DIFFERENCE = "(count difference)"

WORDS = {
    CUSTOMER: Text("客户", "customer"),
    LOAN: Text("借出", "lent"),
    REPAIR: Text("维修", "repair"),
    FACTORY: Text("工厂", "factory"),
    SUPPLIER: Text("供应商", "supplier"),
    OPENING: Text("期初", "opening"),
    OUTSIDE: Text("外部", "outside"),
    SCRAP: Text("报废", "scrap"),
    COUNT_DIFFERENCE: Text("盘点差异", "count difference"),
}


class Way(NamedTuple):
    """From where to where one action moves the quantity of its row."""

    from_place: str
    to_place: str


def is_ours(place: str) -> bool:
    """Whether a place is one of our warehouses; they may begin with a bracket as well."""
    return place not in WORDS


def place_key(name: str) -> str:
    """What warehouses are compared by: width, case and blanks make no other place."""
    return "".join(narrow(name).split()).casefold()


def is_among(name: str, names: Sequence[str]) -> bool:
    """Whether a warehouse is one of these, however it is written."""
    return bool(names) and place_key(name) in map(place_key, names)

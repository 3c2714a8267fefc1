"""The names that an import brings and nobody knows yet: new products, customers and suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.census import party_code
from salesaid.balances.parties import Parties
from salesaid.core.keys import NameKind, code_key, model_key, segmented_key

_SUGGESTED = 20  # new names for which known ones are looked up that they may be


Units = dict[tuple[str, str], set[str]]
"""The units that rows write beside each (product, model)."""


class NewName(NamedTuple):
    """A name that is new to the book: how most rows write it, its code, in how many rows, what is known like it."""

    kind: NameKind
    name: str
    model: str
    rows: int
    near: tuple[str, ...] = ()
    unit: str = ""  # of a product, where all rows that write one agree
    whose: str = ""  # the customer or supplier in the register whose full name it is


class Differing(NamedTuple):
    """A file's row of a thing that has its row already, and what it says otherwise, by column.

    `is_registered`: in the register; else a row above it in the files is the one that is entered.
    """

    ledger: str
    name: str
    cells: Mapping[str, str]
    is_registered: bool


def new_products(written: Mapping[tuple[str, str], int], units: Units, catalogue: Catalogue) -> list[NewName]:
    """The products that rows write, each (product, model) in so many rows, and the book does not know.

    Rows with one code are one product, whatever they call it; rows without a code are by the key of their name.
    """
    found: dict[tuple[bool, str], dict[tuple[str, str], int]] = {}
    for (name, model), rows in written.items():
        pair = name.strip(), model.strip()
        if any(pair) and not _is_known_product(*pair, catalogue):
            key = (True, code_key(pair[1])) if pair[1] else (False, segmented_key(pair[0]))
            own = found.setdefault(key, {})
            own[pair] = own.get(pair, 0) + rows
    new = [_named(forms, units) for forms in found.values()]
    near = catalogue.names if len(new) <= _SUGGESTED and has_products(catalogue) else None
    return [each._replace(near=tuple(near.suggestions(each.name, 2)) if near else ()) for each in new]


def _named(forms: Mapping[tuple[str, str], int], units: Units) -> NewName:
    """A product by the name in most of its rows, the last of several on a tie."""
    best = max(reversed([*forms]), key=lambda pair: (bool(pair[0]), forms[pair]))
    own = set().union(*(units.get(pair, ()) for pair in forms)) - {""}
    unit = own.pop() if len(own) == 1 else ""
    return NewName("product", best[0] or best[1], best[1], sum(forms.values()), unit=unit)


def knows_product(text: str, catalogue: Catalogue) -> bool:
    """Whether a text is a product's name or its model."""
    return _is_known_product(text, "", catalogue) or _is_known_product("", text, catalogue)


def _is_known_product(name: str, model: str, catalogue: Catalogue) -> bool:
    if catalogue.identify(name, model) in catalogue.registered:
        return True
    if model:
        return bool(catalogue.census.coded(model_key(model)))
    return bool(catalogue.census.forms(segmented_key(name)))


def has_products(catalogue: Catalogue) -> bool:
    """Whether the book knows any product."""
    return bool(catalogue.registered) or any(True for _ in catalogue.census.all_forms())


def new_parties(written: Mapping[str, int], parties: Parties) -> list[NewName]:
    """The customers or suppliers that rows write and the book does not know."""
    found: dict[str, dict[str, int]] = {}
    for text, rows in written.items():
        name = text.strip()
        if name and not _is_known_party(name, parties):
            own = found.setdefault(party_code(name), {})
            own[name] = own.get(name, 0) + rows
    names = [(max(own, key=lambda name: own[name]), sum(own.values())) for own in found.values()]
    new = [NewName(parties.kind, name, "", rows, whose=parties.known_in_full(name) or "") for name, rows in names]
    near = parties.names if len(new) <= _SUGGESTED and has_parties(parties) else None
    return [each._replace(near=tuple(near.suggestions(each.name, 2)) if near else ()) for each in new]


def knows_party(text: str, parties: Parties) -> bool:
    """Whether a text is a customer's, or a supplier's, name."""
    return _is_known_party(text, parties)


def _is_known_party(name: str, parties: Parties) -> bool:
    known = parties.identify(name)
    return known in parties.registered or bool(parties.census.parties(parties.kind, party_code(known)))


def has_parties(parties: Parties) -> bool:
    """Whether the book knows any customer, or any supplier."""
    return bool(parties.registered) or any(True for _ in parties.census.parties(parties.kind))

"""Names as they stand in the rows of the book: how often each, how lately, and with which codes.

The base of "known" (DOMAIN.md 1): a name is known that stands in its register or in any used row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from salesaid.core.items import components_of
from salesaid.core.keys import code_key, model_key, party_key, segmented_key
from salesaid.core.rows import Rows
from salesaid.core.state import Section, State, Stored, key_of, parts_of

FORMS, CODES, PARTIES = "census.forms", "census.codes", "census.parties"
_PARTY_COLUMNS = {"customer": "customer", "supplier": "supplier"}


class Form(NamedTuple):
    """A product as some rows write it, in how many rows, and the newest day (ISO) of these."""

    name: str
    model: str
    rows: int
    newest: str


def fold(rows: Rows, state: State) -> None:
    """Count the names of one ledger."""
    _fold_products(rows, state)
    _fold_components(rows, state)
    _fold_parties(rows, state)


def census(state: State) -> Census:
    """The written names of the book."""
    return Census(state)


def _fold_products(rows: Rows, state: State) -> None:
    if not (rows.has("product") or rows.has("model")):
        return
    codes_too = any(column.id == "model" for column in rows.ledger.columns)
    counts, newest = _counted(rows, ("product", "model") if codes_too else ("product",))
    forms, codes = state[FORMS], state[CODES]
    for written, count in counts.items():
        name, code = written[0].strip(), written[1].strip() if codes_too else ""
        if not name and not code:
            continue
        _add(forms, key_of(segmented_key(name), name, code), count, newest[written])
        if code:
            codes.set(key_of(model_key(code), name, code), 1)


def _fold_components(rows: Rows, state: State) -> None:
    """Make names known that stand in no product cell, but in what a row says a bundle held."""
    if rows.has("components") and rows.ledger.kind == "journal":
        for text in {text for (text,) in rows.pick("components")}:
            for name, _ in components_of(text):
                key = key_of(segmented_key(name), name, "")
                if state[FORMS].get(key) is None:
                    state[FORMS].set(key, [0, ""])


def _fold_parties(rows: Rows, state: State) -> None:
    for kind, column in _PARTY_COLUMNS.items():
        if not rows.has(column) or rows.ledger.kind == "register":
            continue
        counts, newest = _counted(rows, (column,))
        for (written,), count in counts.items():
            name = written.strip()
            if name:
                _add(state[PARTIES], key_of(kind, party_code(name), name), count, newest[written,])


def party_code(name: str) -> str:
    """A customer's or supplier's key; `17850.0`, which spreadsheets make of the code 17850, is `17850`."""
    return party_key(code_key(name))


def _counted(rows: Rows, columns: tuple[str, ...]) -> tuple[Counter[tuple[str, ...]], dict[tuple[str, ...], str]]:
    """How many rows each writing has, and the newest day (ISO) of these."""
    by_columns = rows.by_columns
    if by_columns is not None:
        found = by_columns.counted(columns)
        days = {written: "" if day is None else day.isoformat() for written, (_, day) in found.items()}
        return Counter({written: count for written, (count, _) in found.items()}), days
    if not rows.has("date"):
        counts = Counter(written for (written,) in rows.pick(columns))
        return counts, dict.fromkeys(counts, "")
    counts = Counter()
    newest: dict[tuple[str, ...], date] = {}
    for written, day in rows.pick(columns, "date"):
        counts[written] += 1
        if day > newest.get(written, date.min):
            newest[written] = day
    return counts, {written: day.isoformat() for written, day in newest.items()}


def _add(section: Section, key: str, count: int, newest: str) -> None:
    before = section.get(key) or [0, ""]
    section.set(key, [before[0] + count, max(before[1], newest)])


def is_known(name: str, model: str, stored: Stored) -> bool:
    """Whether a stored index has seen a product written so."""
    return stored.get(FORMS, key_of(segmented_key(name), name, model)) is not None


class Census:
    """The written names of the book, looked up by key or code."""

    def __init__(self, state: State) -> None:
        self._state = state

    def forms(self, name_key: str) -> list[Form]:
        """How rows write the products of one key."""
        return [_form(key, value) for key, value in self._state[FORMS].under(name_key)]

    def coded(self, code: str) -> list[Form]:
        """How rows write the product of one code, given as its model_key."""
        forms = []
        for key, _ in self._state[CODES].under(code):
            _, name, model = parts_of(key)
            value = self._state[FORMS].get(key_of(segmented_key(name), name, model)) or [0, ""]
            forms.append(Form(name, model, value[0], value[1]))
        return forms

    def all_forms(self) -> Iterator[Form]:
        """Every product as written."""
        for key, value in self._state[FORMS].under():
            yield _form(key, value)

    def parties(self, kind: str, code: str | None = None) -> list[Form]:
        """Customers or suppliers as written, all or those of one key."""
        parts = (kind,) if code is None else (kind, code)
        return [Form(parts_of(key)[2], "", value[0], value[1]) for key, value in self._state[PARTIES].under(*parts)]


def most_written(forms: list[Form]) -> str:
    """The name in most rows, on a tie the newest, then the first in order; "" where none has a name."""
    rows: dict[str, tuple[int, str]] = {}
    for form in forms:
        if form.name:
            count, newest = rows.get(form.name, (0, ""))
            rows[form.name] = (count + form.rows, max(newest, form.newest))
    return max(sorted(rows), key=rows.__getitem__, default="")


def _form(key: str, value: list[object]) -> Form:
    _, name, model = parts_of(key)
    return Form(name, model, int(str(value[0])), str(value[1]))

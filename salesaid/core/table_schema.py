"""What a ledger's columns are, said as a Table Schema (specs.frictionlessdata.io): types, keys, titles.

Only what holds for every cell is said: a column whose cells are not all of its kind is a string.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from salesaid.core.kinds import Choice, Kind, Unreadable
from salesaid.core.schema import Column, Ledger

_FIGURES = frozenset({"qty", "money", "price", "rate"})
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
_TIMES = tuple(f"{day} {time}" for day in _DATES[:3] for time in ("%H:%M:%S", "%H:%M"))

REGISTERS = {"customer": "customers", "supplier": "suppliers", "product": "products"}
"""In which register a column's names stand, by the column's id."""


class Register(NamedTuple):
    """What a register has to be referred to: the name of its key's field, and the names that stand there."""

    field: str
    names: Collection[str]


class Layout(NamedTuple):
    """A ledger's file: its headings, which of them is which column, and the distinct texts of each such column."""

    ledger: Ledger
    headings: Sequence[str]
    columns: Mapping[str, int]
    texts: Mapping[int, Collection[str]]

    @property
    def is_plain(self) -> bool:
        """Whether each heading names its column: none is blank and none stands there twice."""
        return all(map(str.strip, self.headings)) and len(set(self.headings)) == len(self.headings)

    @property
    def names(self) -> list[str]:
        """A name for each column: its heading, made different where it is blank or doubled."""
        found: list[str] = []
        for place, heading in enumerate(self.headings, 1):
            name, count = heading.strip() and heading, 1
            while not name or name in found:
                count += 1
                name = f"{heading}#{count}" if heading.strip() else f"column{place}" + "_" * (count - 2)
            found.append(name)
        return found


def table_schema(layout: Layout, registers: Mapping[str, Register], *, is_key_sole: bool = False) -> dict[str, Any]:
    """The Table Schema of a ledger's file, as JSON holds it.

    `registers` are those of the same package, by ledger id; `is_key_sole`: no two rows of this one have the same key.
    """
    names = layout.names
    ids = {index: layout.ledger.column(id_) for id_, index in layout.columns.items()}
    fields = [_field(layout, index, name, ids.get(index)) for index, name in enumerate(names)]
    schema: dict[str, Any] = {"fields": fields}
    key = [layout.columns[id_] for id_ in layout.ledger.key if id_ in layout.columns]
    if is_key_sole and key and len(key) == len(layout.ledger.key):
        schema["primaryKey"] = [names[index] for index in key]
    references = [*_references(layout, registers)]
    if references:
        schema["foreignKeys"] = references
    return schema


def _references(layout: Layout, registers: Mapping[str, Register]) -> list[dict[str, Any]]:
    found = []
    for id_, ledger in REGISTERS.items():
        register, index = registers.get(ledger), layout.columns.get(id_)
        if register is None or index is None or ledger == layout.ledger.id:
            continue
        written = set(layout.texts[index]) - {""}
        if written and written.issubset(register.names):
            reference = {"resource": ledger, "fields": [register.field]}
            found.append({"fields": [layout.names[index]], "reference": reference})
    return found


def _field(layout: Layout, index: int, name: str, column: Column | None) -> dict[str, Any]:
    if column is None:
        return {"name": name, "type": "string"}
    texts = layout.texts[index]
    field = {"name": name, **_typed(column.kind, texts)}
    field["title"] = f"{column.heading.zh} / {column.heading.en}"
    if column.help:
        field["description"] = f"{column.help.zh} / {column.help.en}"
    field["column"] = column.id
    if texts and (column.id,) in _needs(layout.ledger) and not set(texts) & {"", *field.get("missingValues", ())}:
        field["constraints"] = {"required": True, **field.get("constraints", {})}
    return field


def _needs(ledger: Ledger) -> set[tuple[str, ...]]:
    """The columns that every row needs, whatever it does."""
    actions = [set(action.needs) for action in ledger.actions]
    return set.intersection(*actions) if actions else set(ledger.needs)


def _typed(kind: Kind, texts: Collection[str]) -> dict[str, Any]:
    """The type of a column whose cells have these texts, and what it needs to be read so."""
    if kind.name in {"text", "number_no"}:
        return {"type": "string"}
    blank = {text for text in texts if _value(kind, text) is None}
    said = [text for text in texts if text not in blank]
    found = _type_of(kind, said)
    if found is None or any(_value(kind, text) is _NONE for text in texts):
        return {"type": "string"}
    missing = sorted(blank - {""})
    if not all(map(str.isprintable, missing)):  # a workbook has other signs for what cannot be printed
        return {"type": "string"}
    return found | ({"missingValues": ["", *missing]} if missing else {})


_NONE = object()


def _value(kind: Kind, text: str) -> object:
    """The value of a text; _NONE where it has none."""
    try:
        return kind.parse(text)
    except Unreadable:
        return _NONE


def _type_of(kind: Kind, texts: Sequence[str]) -> dict[str, Any] | None:
    """The type that all these texts are of; None where there is no such type."""
    if kind.name in _FIGURES:
        return _number(texts)
    if kind.name == "days":
        return {"type": "integer"} if all(map(_WHOLE.fullmatch, texts)) else None
    if kind.name == "date":
        return _date(texts)
    if kind.name == "flag":
        words = {True: ["yes", "是"], False: ["no", "否"]}
        for text in texts:
            value = _value(kind, text)
            if isinstance(value, bool) and text not in words[value]:
                words[value].append(text)
        return {"type": "boolean", "trueValues": words[True], "falseValues": words[False]}
    if isinstance(kind, Choice):
        words_known = [word for text in kind.words.values() for word in text]
        return {"type": "string", "constraints": {"enum": list(dict.fromkeys([*words_known, *sorted(texts)]))}}
    return None


def _number(texts: Sequence[str]) -> dict[str, Any] | None:
    if all(map(_PLAIN.fullmatch, texts)):
        return {"type": "number"}
    return {"type": "number", "groupChar": ","} if all(map(_GROUPED.fullmatch, texts)) else None


def _date(texts: Sequence[str]) -> dict[str, Any] | None:
    if all(_ISO.fullmatch(text) and _is_of(text, _DATES[0]) for text in texts):
        return {"type": "date"}
    for type_, forms in (("date", _DATES[1:]), ("datetime", _TIMES)):
        for form in forms:
            if all(_is_of(text, form) for text in texts):
                return {"type": type_, "format": form}
    return None


def _is_of(text: str, form: str) -> bool:
    with suppress(ValueError):
        datetime.strptime(text, form)  # noqa: DTZ007 - only whether it can be read so
        return True
    return False

"""JSON for scripts: canonical names and words in every language, exact numbers, one envelope for answer and trouble."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from salesaid.core.errors import SalesaidError
from salesaid.core.sheet_rows import RowOfSheet, plain_row
from salesaid.core.tables import Card, Note, Table
from salesaid.core.text import Lang
from salesaid.render import Answer, Occasion, card_of
from salesaid.render.figures import exact_rows, exact_totals
from salesaid.render.visible import HIDDEN

Data = Mapping[str, object]

# Legal in JSON as they are, but a terminal would act on them and a lone surrogate cannot be encoded.
_HIDDEN = re.compile(f"[{HIDDEN}]")
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def answer_data(answer: Answer, lang: Lang) -> dict[str, object]:
    """A table or a card as data."""
    return table_data(answer, lang) if isinstance(answer, Table) else card_data(card_of(answer), lang)


def table_data(table: Table, lang: Lang) -> dict[str, object]:
    """A table as data: `name` in a report, `title`, `columns`, `rows`, `totals`, `notes`."""
    names = [field.name for field in table.fields]
    name = {"name": table.name} if table.name else {}
    return name | {
        "title": table.title.in_(lang),
        "columns": [
            {"name": field.name, "header": field.header.in_(lang), "kind": field.kind.name} for field in table.fields
        ],
        "rows": [dict(zip(names, row, strict=True)) for row in exact_rows(table)],
        "totals": exact_totals(table),
        "notes": notes_data(table.notes, lang),
    }


def card_data(card: Card, lang: Lang) -> dict[str, object]:
    """Several tables as data; a card's own notes stand with its first table."""
    tables = [table_data(table, lang) for table in card.tables]
    if tables and card.notes:
        tables[0]["notes"] = notes_data((*card.notes, *card.tables[0].notes), lang)
    return {"title": card.title.in_(lang), "tables": tables}


def notes_data(notes: Iterable[Note], lang: Lang) -> list[dict[str, object]]:
    """Notes as data: `code`, `level`, `text`, and `rows` where rows of a file are spoken of."""
    return [_note_data(note, lang) for note in notes]


def _note_data(note: Note, lang: Lang) -> dict[str, object]:
    data: dict[str, object] = {"code": note.code, "level": note.level, "text": note.text.in_(lang)}
    rows = [{"file": each.file, **_place(each.row), "reason": each.reason.in_(lang)} for each in note.rows]
    return data | ({"rows": rows} if rows else {})


def _place(row: int) -> dict[str, object]:
    """The row of a file, and of which of several sheets it is."""
    sheet = {"sheet": row.sheet} if isinstance(row, RowOfSheet) else {}
    return {**sheet, "row": plain_row(row)}


def error_data(error: SalesaidError, lang: Lang) -> dict[str, object]:
    """An error as data: `code`, `message`, `hint`, `where`."""
    return {
        "code": error.code,
        "message": error.message.in_(lang),
        "hint": error.hint.in_(lang) if error.hint else None,
        "where": error.where._asdict() if error.where else None,
    }


def envelope(command: str, data: object, errors: Sequence[Data] = ()) -> dict[str, object]:
    """What every command answers with `--format json`; the status is `error` where there are errors, else `ok`."""
    return {"status": "error" if errors else "ok", "command": command, "data": data, "errors": list(errors)}


def to_text(value: object) -> str:
    """A value as a JSON document that ends with a new line."""
    return "".join(pieces(value))


def to_file(answer: Answer, occasion: Occasion) -> bytes:
    """An answer in its envelope as the bytes of a .json file."""
    return to_text(envelope(occasion.command, answer_data(answer, occasion.lang))).encode()


def pieces(value: object) -> Iterator[str]:
    """A JSON document piece by piece, so that a long one need not be held twice; each list item on its own line."""
    yield from _pieces(value)
    yield "\n"


def _pieces(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and any(isinstance(inner, (list, Mapping)) for inner in value.values()):
        for index, (key, inner) in enumerate(value.items()):
            yield f"{', ' if index else '{'}{_string(key)}: "
            yield from _pieces(inner)
        yield "}"
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield ",\n" if index else "[\n"
            yield from _pieces(inner)
        yield "\n]"
    else:
        yield _compact(value)


def _compact(value: object) -> str:
    if isinstance(value, str):
        return _string(value)
    if value is None or type(value) is Decimal:  # most cells: abstract classes cost more than they do
        return "null" if value is None or not value.is_finite() else format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ", ".join([f"{_string(key)}: {_compact(inner)}" for key, inner in value.items()]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([_compact(inner) for inner in value]) + "]"
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return _number(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    raise TypeError(f"no JSON for {type(value).__name__}")


def _number(value: int | Decimal) -> str:
    """The very digits of a number; null for one that is none (NaN, Infinity)."""
    return format(value, "f") if isinstance(value, Decimal) and value.is_finite() else _whole(value)


def _whole(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else "null"


@lru_cache(1 << 14)
def _string(text: str) -> str:
    quoted = _quoted(text)
    return quoted if _HIDDEN.search(quoted) is None else _HIDDEN.sub(_escaped, quoted)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]

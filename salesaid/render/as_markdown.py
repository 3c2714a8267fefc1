"""Markdown for people: GitHub tables in which no text of a ledger becomes markup, a link or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from salesaid.core.tables import Card, Note, Table
from salesaid.core.text import Lang, Text
from salesaid.render import Answer, Occasion, card_of
from salesaid.render.cells import NOTHING, header, shown, totals_line
from salesaid.render.visible import visible

WARNING = Text("注意：", "Warning: ")

# Besides punctuation: what GitHub turns into a link by itself.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&@$]|:(?=//)|(?<=[wW]{3})\.")
_BLOCK = re.compile(r"^\s*(?=[#+=-])|(?<=^\d)(?=[.)])")  # begins a heading or a list


def to_text(answer: Answer, lang: Lang) -> str:
    """A table or a card as Markdown."""
    lines = _table(answer, lang, "##") if isinstance(answer, Table) else _card(card_of(answer), lang)
    return "".join(f"{line}\n" for line in lines)


def to_file(answer: Answer, occasion: Occasion) -> bytes:
    """An answer as the bytes of a .md file."""
    return to_text(answer, occasion.lang).encode()


def escaped(text: str) -> str:
    """A line of text so that Markdown shows it and nothing else; hidden characters and line ends made visible."""
    return _BLOCK.sub(r"\g<0>\\", _literal(visible(text)))


def _card(card: Card, lang: Lang) -> Iterator[str]:
    yield f"# {escaped(card.title.in_(lang))}"
    for table in card.tables:
        yield ""
        yield from _table(table, lang, "##")
    yield from _notes(card.notes, lang)


def _table(table: Table, lang: Lang, level: str) -> Iterator[str]:
    yield f"{level} {escaped(table.title.in_(lang))}"
    yield ""
    if table.rows:
        yield from _grid(table, lang)
    else:
        yield NOTHING.in_(lang)
    yield from _notes(table.notes, lang)


def _grid(table: Table, lang: Lang) -> Iterator[str]:
    yield _line([_literal(header(field, lang)) for field in table.fields])
    yield _line(["---:" if field.kind.align == "right" else "---" for field in table.fields])
    for row in table.rows:
        yield _line([_literal(shown(field, value, lang)) for field, value in zip(table.fields, row, strict=True)])
    totals = totals_line(table, lang)
    if totals:
        yield _line([f"**{_literal(total)}**" if total else "" for total in totals])


def _literal(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _notes(notes: Iterable[Note], lang: Lang) -> Iterator[str]:
    for index, note in enumerate(notes):
        if index == 0:
            yield ""
        yield f"- {WARNING.in_(lang) if note.level == 'warning' else ''}{escaped(note.text.in_(lang))}"

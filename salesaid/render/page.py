"""The page of the morning on a screen: a line a thing, the command that closes it at its end, ready to be pasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesaid.core.tables import Card
from salesaid.core.text import Lang, Text
from salesaid.render.lines import Style

MOST = 5  # lines of one part on a terminal
_INDENT, _GAP = "  ", "  "
_LEAST = 20  # cells that a text is folded into at least


class Line(NamedTuple):
    """One line of the page, not yet made visible."""

    text: str
    style: Style = "plain"


class _Row(NamedTuple):
    when: str
    text: str
    command: str


def lines(card: Card, lang: Lang, width: int | None) -> Iterator[Line]:
    """The page in lines of at most that many cells where they can be: a command is never broken.

    `width` None: no terminal, and nothing is left out.
    """
    yield Line(card.title.in_(lang), "bold")
    parts = [[_Row(*("" if cell is None else str(cell) for cell in row)) for row in t.rows] for t in card.tables]
    when = max((_wide(row.when) for rows in parts for row in rows), default=0)
    most = None if width is None else MOST
    for table, rows in zip(card.tables, parts, strict=True):
        yield Line("")
        yield Line(table.title.in_(lang), "bold")
        yield from _part(rows[:most], width, when)
        yield from _left_out(len(rows[most:]) if most else 0, lang)
    is_cut = most is not None and any(len(rows) > most for rows in parts)
    if card.notes or is_cut:
        yield Line("")
    for note in card.notes:
        warns = note.level == "warning"
        yield Line(("! " if warns else "") + note.text.in_(lang), "warning" if warns else "dim")
    if is_cut and card.rest is not None:
        yield Line(card.rest.in_(lang), "dim")


def _left_out(count: int, lang: Lang) -> Iterator[Line]:
    if count:
        yield Line(_INDENT + Text(f"… 还有 {count} 件", f"… {count} more").in_(lang), "dim")


def _part(rows: Sequence[_Row], width: int | None, when: int) -> Iterator[Line]:
    before = len(_INDENT) + (when + len(_GAP) if when else 0)
    text = max(_wide(row.text) for row in rows)
    is_beside = width is None or all(before + text + len(_GAP) + _wide(row.command) <= width for row in rows)
    for row in rows:
        head = _INDENT + (_padded(row.when, when) + _GAP if when else "")
        if is_beside:
            yield Line(head + _padded(row.text, text) + _GAP + row.command)
            continue
        yield from _folded(row, head, before, width or 0)


def _folded(row: _Row, head: str, before: int, width: int) -> Iterator[Line]:
    """A row that has no room for its command beside it: on the same line where it ends it, else on one of its own."""
    from salesaid.render.folding import fold

    first, *more = fold(row.text, max(width - before, _LEAST)) or [""]
    whole = head + first
    if not more and _wide(whole) + len(_GAP) + _wide(row.command) <= width:
        yield Line(whole + _GAP + row.command)
        return
    yield Line(whole)
    for text in more:
        yield Line(" " * before + text)
    room = width - _wide(row.command)
    yield Line(" " * max(min(before, room), 0) + row.command, "dim")


def _wide(text: str) -> int:
    from salesaid.render.cell_width import cell_len

    return cell_len(text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))

"""One page that holds all it needs: tables, charts as SVG, its style; no script, nothing from elsewhere.

For those without Excel: to be looked at in any browser, sent on, and printed. Its own Content-Security-Policy lets
nothing be loaded or run; every text of a ledger is escaped, and what it hides is made visible.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from salesaid.core.tables import Card, Field, Line, Note, Report, Table
from salesaid.core.text import Lang, Text
from salesaid.render import Answer, Occasion
from salesaid.render.cells import NOTHING, header, shown, totals_line
from salesaid.render.drawing import drawing_of
from salesaid.render.filled import filled
from salesaid.render.html_style import bar_class, print_class, style
from salesaid.render.sheet_marks import is_lateness, is_share
from salesaid.render.sheet_rows import drawn
from salesaid.render.sheet_summary import VALUE
from salesaid.render.svg_chart import svg
from salesaid.render.visible import visible

LANGUAGES = {"zh": "zh-CN", "en": "en"}
SHORT = 26  # letters of a text that is not broken
BESIDE = 20  # rows of a table beside which its chart stands


def to_file(answer: Answer, occasion: Occasion) -> bytes:
    """An answer as the bytes of an .html file."""
    lang = occasion.lang
    title = escape(visible(answer.title.in_(lang)))
    css = style(upright=isinstance(answer, Table) and answer.paper is not None)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{LANGUAGES[lang]}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{css}</style></head>",
        "<body>",
        *_body(answer, occasion),
        "</body></html>",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _body(answer: Answer, occasion: Occasion) -> Iterator[str]:
    lang = occasion.lang
    if isinstance(answer, Table) and answer.paper:
        yield from _on_paper(answer, lang)
        return
    yield f"<h1>{_text(answer.title, lang)}</h1>"
    yield f'<p class="day">{occasion.day.isoformat()}</p>'
    if isinstance(answer, Report):
        yield from _report(answer, lang)
        return
    for table in (answer,) if isinstance(answer, Table) else answer.tables:
        yield from _table(table, lang, "" if table.title == answer.title else "h3")
    if isinstance(answer, Card):
        yield from _notes(answer.notes, lang, "notes box")


def _report(report: Report, lang: Lang) -> Iterator[str]:
    for sheet in report.sheets:
        yield '<div class="sheet">'
        yield f"<h2>{_text(sheet.title, lang)}</h2>"
        if isinstance(sheet, Card):
            for table in sheet.tables:
                yield from _table(filled(table), lang, "h3")
            yield from _notes(sheet.notes, lang, "notes box")
        else:
            yield from _table(filled(sheet), lang, "")
        yield "</div>"
    yield from _notes((*report.notes, *_left_out(report)), lang, "notes box")


def _left_out(report: Report) -> Iterator[Note]:
    """A sentence for each long table that a page has no room for."""
    for table in report.details:
        rows = len(table.rows)
        yield Note(
            "details_left_out",
            "info",
            Text(
                f"「{table.title.zh}」{rows} 行不在网页里，--out 表.xlsx 可看全部",
                f"the {rows} rows of “{table.title.en}” are not on this page; --out FILE.xlsx has them all",
            ),
        )


def _table(table: Table, lang: Lang, heading: str) -> Iterator[str]:
    yield "<section>"
    if heading:
        yield f"<{heading}>{_text(table.title, lang)}</{heading}>"
    if not table.rows:
        yield f'<p class="none">{_text(NOTHING, lang)}</p>'
    elif heading and any(field.name == VALUE for field in table.fields):
        yield from _tiles(table, lang)
    else:
        yield from _drawn(table, lang)
    yield from _notes(table.notes, lang, "notes")
    yield "</section>"


def _drawn(table: Table, lang: Lang) -> Iterator[str]:
    """The table, its chart beside it where it is short; a longer one goes on over pages below its chart."""
    drawing = drawing_of(table, lang)
    picture = svg(drawing, lang) if drawing else ""
    if picture and len(table.rows) <= BESIDE:
        yield '<div class="pair">'
        yield from _grid(table, lang)
        yield f"{picture}</div>"
    else:
        yield picture
        yield from _grid(table, lang)


def _tiles(table: Table, lang: Lang) -> Iterator[str]:
    """Key figures: the name, the figure large, and what it is compared with."""
    at = next(at for at, field in enumerate(table.fields) if field.name == VALUE)
    yield '<dl class="tiles">'
    for row in table.rows:
        cells = [escape(shown(field, value, lang)) for field, value in zip(table.fields, row, strict=True)]
        others = [number for number, cell in enumerate(cells) if number not in {0, at} and cell]
        yield f"<div><dt>{cells[0]}</dt>"
        yield f'<dd class="large{_below(row[at])}">{cells[at] or "—"}</dd>'
        for number in others:
            name = escape(header(table.fields[number], lang))
            yield f'<dd>{name} <span class="{_below(row[number]).strip()}">{cells[number]}</span></dd>'
        yield "</div>"
    yield "</dl>"


def _grid(table: Table, lang: Lang) -> Iterator[str]:
    fields = table.fields
    columns = [[escape(shown(field, row[at], lang)) for row in table.rows] for at, field in enumerate(fields)]
    classes = [_kind(field, column) for field, column in zip(fields, columns, strict=True)]
    bars = {at: max(_figures(table, at)) for at, field in enumerate(fields) if is_share(field, table, at)}
    heads = [header(field, lang) for field in fields]
    size = print_class(_widths(heads, columns), upright=table.paper is not None)
    yield f'<div class="scroll"><table{_class(size)}>'
    line = (f"<th{_class(name)}>{escape(head)}</th>" for head, name in zip(heads, classes, strict=True))
    yield f"<thead><tr>{''.join(line)}</tr></thead>"
    yield "<tbody>"
    for number, row in enumerate(table.rows):
        cells = (
            f"<td{_class(classes[at] + _marks(table, at, row[at], bars.get(at)))}>{columns[at][number]}</td>"
            for at in range(len(fields))
        )
        yield f"<tr{_class('sum') if number in table.strong else ''}>{''.join(cells)}</tr>"
    yield "</tbody>"
    totals = totals_line(table, lang)
    if totals:
        line = (f"<td{_class(name)}>{escape(cell)}</td>" for name, cell in zip(classes, totals, strict=True))
        yield f"<tfoot><tr>{''.join(line)}</tr></tfoot>"
    yield "</table></div>"


def _widths(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[int]:
    """How many letters wide each column is where no text is broken that is short."""
    return [
        max(drawn(head), min(max(map(len, cells), default=0), SHORT))
        for head, cells in zip(heads, columns, strict=True)
    ]


def _kind(field: Field, cells: Sequence[str]) -> str:
    """The class of a column: of figures, or of texts so short that they are not broken."""
    if field.kind.align == "right":
        return "n"
    return "s" if max(map(len, cells), default=0) <= SHORT and max(map(drawn, cells), default=0) <= SHORT else ""


def _figures(table: Table, at: int) -> Iterator[Decimal]:
    return (value for row in table.rows if isinstance(value := row[at], Decimal))


def _marks(table: Table, at: int, value: object, most: Decimal | None) -> str:
    """What a figure's cell shows besides, but for documents: red below zero, the bar of a share, amber if late."""
    if table.paper or not isinstance(value, Decimal):
        return ""
    late = " late" if is_lateness(table.fields[at]) and value > 0 else ""
    return _below(value) + (f" {bar_class(float(value / most))}" if most else "") + late


def _below(value: object) -> str:
    return " below" if isinstance(value, Decimal) and value < 0 else ""


def _class(name: str) -> str:
    return f' class="{name.strip()}"' if name.strip() else ""


def _notes(notes: Sequence[Note], lang: Lang, name: str) -> Iterator[str]:
    if notes:
        yield f'<ul class="{name}">'
        for note in notes:
            yield f"<li{_class('warning' if note.level == 'warning' else '')}>{_text(note.text, lang)}</li>"
        yield "</ul>"


def _on_paper(table: Table, lang: Lang) -> Iterator[str]:
    """A document that goes to others: without notes and without a day of its own."""
    assert table.paper is not None
    yield f'<div class="paper"><h1>{_text(table.title, lang)}</h1>'
    yield from _lines(table.paper.above, lang)
    yield from _grid(table, lang) if table.rows else [f'<p class="none">{_text(NOTHING, lang)}</p>']
    yield from _lines(table.paper.below, lang)
    yield "</div>"


def _lines(lines: Iterable[Line], lang: Lang) -> Iterator[str]:
    yield '<div class="lines">'
    for one, other in lines:
        left, right = _text(one, lang), _text(other, lang)
        yield f"<div><span>{left}</span><span>{right}</span></div>" if right else f"<div>{left or '&nbsp;'}</div>"
    yield "</div>"


def _text(text: Text, lang: Lang) -> str:
    return escape(visible(text.in_(lang)))

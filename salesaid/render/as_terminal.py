"""Tables for people: on a terminal laid out by rich and made to fit, elsewhere whole, plain and uncoloured."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesaid.core.tables import Card, Note, Table
from salesaid.core.text import Lang, Text, joined, same
from salesaid.render import Answer, card_of
from salesaid.render.cells import NOTHING
from salesaid.render.columns import GAP, Column, blocks, columns_of, is_blank, measured, width_of, within
from salesaid.render.lines import Style, broken, encodable, line
from salesaid.render.stand_ins import StandIns
from salesaid.render.visible import visible

if TYPE_CHECKING:
    from rich.text import Text as Rich

    from salesaid.render.drawing import Drawing
    from salesaid.render.terminal_chart import Signs

ROW_LIMIT = 200  # rows of one table on a terminal


class Screen(NamedTuple):
    """Where a table goes. `width` None: not a terminal, so nothing is cut, folded or left out."""

    lang: Lang
    width: int | None = None
    color: bool = False
    ambiguous_width: int = 1
    encoding: str = "utf-8"


def render(
    answer: Answer,
    *,
    lang: Lang,
    width: int | None = None,
    color: bool = False,
    ambiguous_width: int = 1,
    encoding: str = "utf-8",
) -> str:
    """A table or a card as lines of text, ready to be written to a stream of that encoding.

    `ambiguous_width` is how wide the terminal draws — … · and the like: 1 or 2.
    """
    screen = Screen(lang, width, color, ambiguous_width, encoding)
    lines = _table(answer, screen) if isinstance(answer, Table) else _card(card_of(answer), screen)
    return encodable("".join(f"{text}\n" for text in lines), encoding)


def _card(card: Card, screen: Screen) -> Iterator[str]:
    if card.rest is not None:
        from salesaid.render.page import lines

        drawn = lines(card, screen.lang, screen.width)
        yield from (line(text, color=screen.color, style=style) for text, style in drawn)
        return
    yield line(card.title.in_(screen.lang), color=screen.color, style="bold")
    for table in card.tables:
        yield ""
        yield from _table(table, screen, above=card.title)
    if card.notes:
        yield ""
    yield from _notes(card.notes, screen)


def _table(table: Table, screen: Screen, above: Text | None = None) -> Iterator[str]:
    if table.title != above:
        yield line(table.title.in_(screen.lang), color=screen.color, style="bold")
    if table.rows:
        yield from _body(table, screen)
    else:
        yield line(NOTHING.in_(screen.lang), color=screen.color, style="dim")
    yield from _notes(table.notes, screen)


def _notes(notes: Iterable[Note], screen: Screen) -> Iterator[str]:
    for note in notes:
        warns = note.level == "warning"
        style: Style = "warning" if warns else "dim"
        text = ("! " if warns else "") + note.text.in_(screen.lang)
        yield from (line(part, color=screen.color, style=style) for part in broken(text, screen.width))


def _body(table: Table, screen: Screen) -> Iterator[str]:
    limit = None if screen.width is None else min(table.newest or ROW_LIMIT, ROW_LIMIT)
    stand_ins = StandIns(screen.ambiguous_width)
    columns = columns_of(table, screen.lang, limit, lambda text: stand_ins.put(encodable(text, screen.encoding)))
    drawing = _drawing(table, screen)
    bars = _bars(drawing, columns, screen)
    drawn = _drawn(columns + bars, screen, stand_ins)
    yield from (stand_ins.take_back(text) for text in drawn.lines)
    yield from _left_out(len(table.rows) - drawn.rows, screen)
    if drawn.blank:
        names = joined([same(stand_ins.take_back(column.header)) for column in drawn.blank])
        sentence = Text("空列未显示：", "columns without any entry: ") + names
        yield line(sentence.in_(screen.lang), color=screen.color, style="dim")
    if drawing and not bars:
        yield from (stand_ins.take_back(text) for text in _below(drawing, screen, stand_ins))


def _drawing(table: Table, screen: Screen) -> Drawing | None:
    """What a table's chart shows, on a terminal."""
    if table.chart is None or screen.width is None:
        return None
    from salesaid.render.drawing import drawing_of

    return drawing_of(table, screen.lang)


def _bars(drawing: Drawing | None, columns: Sequence[Column], screen: Screen) -> list[Column]:
    """The bars of a table's chart as a column more, where the terminal has room for it."""
    if drawing is None:
        return []
    from salesaid.render.terminal_chart import bars_beside

    room = (screen.width or 0) - width_of(columns)
    bars = bars_beside(drawing, len(columns[0].cells), room, _signs(screen))
    return [bars] if bars else []


def _below(drawing: Drawing, screen: Screen, stand_ins: StandIns) -> Iterator[str]:
    """The lines of a chart below its table."""
    from salesaid.render.terminal_chart import bars_below, courses

    def fit(text: str) -> str:
        return stand_ins.put(encodable(visible(text), screen.encoding))

    signs, width, mark = _signs(screen), screen.width or 0, fit(_plain_dots("…", screen))
    lines = [
        *bars_below(drawing, width, signs, fit, lambda text, most: within(text, most, mark)),
        *courses(drawing, width, signs, screen.lang, fit),
    ]
    yield from ("", *lines) if lines else ()


def _signs(screen: Screen) -> Signs:
    from salesaid.render.terminal_chart import BLOCKS, PLAIN

    blocks = "".join(BLOCKS)
    return BLOCKS if screen.ambiguous_width == 1 and encodable(blocks, screen.encoding) == blocks else PLAIN


def _left_out(count: int, screen: Screen) -> Iterator[str]:
    if count > 0:
        sentence = Text(f"… 还有 {count} 行，--out 表.xlsx 可看全部", f"… {count} more, --out FILE.xlsx has them all")
        yield line(_plain_dots(sentence.in_(screen.lang), screen), color=screen.color, style="dim")


class _Drawn(NamedTuple):
    """The lines of a table, how many of its rows they show, and the blank columns left out to make it fit."""

    lines: list[str]
    rows: int
    blank: Sequence[Column] = ()


def _drawn(columns: list[Column], screen: Screen, stand_ins: StandIns) -> _Drawn:
    rule, rows = _rule(screen), len(columns[0].cells)
    if screen.width is None:
        return _Drawn(_plain(columns, rule), rows)
    if width_of(columns) <= screen.width:
        return _Drawn(_with_rich(columns, screen, rule), rows)
    blank = [column for column in columns[1:] if is_blank(column)]
    filled = [column for column in columns if column not in blank]
    if rows == 1 and not columns[0].total:
        return _Drawn(_with_rich(_standing(filled, screen.width, stand_ins), screen, rule, heads=False), rows, blank)
    mark = stand_ins.put(_plain_dots("…", screen))
    if filled[-1].folds:
        lines, rows = _folding(filled, screen, stand_ins, mark)
        return _Drawn(lines, rows, blank)
    drawn = [_block(block, screen, rule) for block in blocks(filled, screen.width, mark)]
    return _Drawn(_apart(drawn), rows, blank)


def _apart(drawn: Sequence[list[str]]) -> list[str]:
    """The lines of blocks with an empty line between two of them."""
    return [text for block in drawn for text in ("", *block)][1:]


def _block(block: Sequence[Column], screen: Screen, rule: str) -> list[str]:
    first, *others = block
    bare = first if any(column.total for column in others) else first._replace(total="")
    return _with_rich([bare, *others], screen, rule)


def _folding(columns: Sequence[Column], screen: Screen, stand_ins: StandIns, mark: str) -> tuple[list[str], int]:
    """The lines of a table whose last column folds, and how many rows they show."""
    from salesaid.render.folding import below, beside, folded

    rule, width = _rule(screen), screen.width or 0
    *others, last = columns
    made = blocks(others, width, mark) if others else [[]]
    texts = folded(last, made[-1], width, stand_ins.take_back)
    rows = texts.rows()
    texts = texts._replace(cells=texts.cells[:rows])
    *before, block = [[column.first(rows) for column in block] for block in made]
    drawn = [_block(each, screen, rule) for each in before]
    if texts.beside:
        return _apart([*drawn, _block(beside(block, texts), screen, rule)]), rows
    heading = line(texts.header, color=screen.color, style="bold")
    return _apart([*drawn, below(_block(block, screen, rule), texts, heading)]), rows


def _standing(columns: list[Column], width: int, stand_ins: StandIns) -> list[Column]:
    """One row as two columns: its headings and its cells, long texts folded."""
    from salesaid.render.folding import Folded, beside, fold

    heads = measured("", [column.header for column in columns])
    room = width - heads.width - GAP
    cells = [
        fold(column.cells[0], room, stand_ins.take_back) if column.folds else [column.cells[0]] for column in columns
    ]
    return beside([heads], Folded("", cells, "", beside=True))


def _rule(screen: Screen) -> str:
    """The line under the headings: plain where a terminal would draw it twice as wide or cannot draw it."""
    safe = screen.ambiguous_width == 1 and encodable("─", screen.encoding) == "─"
    return "─" if safe else "-"


def _plain_dots(text: str, screen: Screen) -> str:
    return text if encodable("…", screen.encoding) == "…" else text.replace("…", "...")


def _plain(columns: Sequence[Column], rule: str) -> list[str]:
    """The lines of a whole table.

    rich needs 10 s for 20,000 rows that are joined here in 0.5, and 40 ms to be imported.
    """
    padded = [_padded(column) for column in columns]
    across = rule * width_of(columns)
    head, *rows = ["  ".join(cells).rstrip() for cells in zip(*padded, strict=True)]
    totals = [across, rows[-1]] if any(column.total for column in columns) else []
    return [head, across, *rows[:-1], *totals]


def _padded(column: Column) -> list[str]:
    from salesaid.render.cell_width import cell_len

    texts = (column.header, *column.cells, column.total)
    blanks = {text: " " * (column.width - cell_len(text)) for text in set(texts)}
    if column.align == "right":
        return [blanks[text] + text for text in texts]
    return [text + blanks[text] for text in texts]


def _with_rich(columns: Sequence[Column], screen: Screen, rule: str, *, heads: bool = True) -> list[str]:
    """The lines of a table that fits, as one tall row: rich's time is a row's, not a cell's."""
    from rich.box import Box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text as Rich

    ruled = f" {rule * 2} \n"
    box = Box("    \n    \n" + ruled + "    \n    \n" + ruled + "    \n    \n")
    has_totals = any(column.total for column in columns)
    table = RichTable(box=box, show_edge=False, show_header=heads, show_footer=has_totals, padding=(0, 1, 0, 0))
    table.pad_edge = False
    for column in columns:
        head, total = Rich(column.header, "bold"), Rich(column.total, "bold")
        table.add_column(head, total, justify=column.align, no_wrap=True, overflow="crop", width=column.width)
    table.add_row(*(_tall(column) for column in columns))
    file = io.StringIO()
    console = Console(
        file=file,
        width=max(width_of(columns), screen.width or 0),
        color_system="standard" if screen.color else None,
        force_terminal=screen.color,
        no_color=not screen.color,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    return [text.rstrip() for text in file.getvalue().splitlines()]


def _tall(column: Column) -> Rich:
    """The column's cells below each other in one text, negative numbers in red."""
    from rich.text import Text as Rich

    tall = Rich("\n".join(column.cells), "cyan" if column.is_drawn else "")
    below, start = set(column.below), 0
    for index, cell in enumerate(column.cells):
        if index in below:
            tall.stylize("red", start, start + len(cell))
        start += len(cell) + 1
    return tall

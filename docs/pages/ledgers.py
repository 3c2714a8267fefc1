"""The page on ledgers: what the declarations in salesaid/ledgers say, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grid import grid

from salesaid.core.kinds import Choice
from salesaid.core.places import TO_WAREHOUSE, WAREHOUSE, Way
from salesaid.core.schema import Action, Column, Ledger, Needs
from salesaid.ledgers import load, names

_ABOUT = """# Ledgers

A *register* holds a row a thing and may be edited; a *journal* holds a row an event and only grows.

A ledger lies in the book's folder as a CSV file or a workbook, under its English or its Chinese name. Its columns may
stand in any order, with English and Chinese headings mixed; of several headings for one column the first below is read.
Case, width, blanks, underscores and a colon at the end do not matter, nor does a plain unit in brackets: `金额(元)`.
In a new English file a column is headed by its id in title case (`min_stock` is `Min Stock`), in a new Chinese file by
the first Chinese heading. Headings that are not listed here stand in `salesaid.toml`:

```toml
[ledgers.orders.columns]
"InvoiceNo" = "order_no"
"店仓#2" = "customer"       # the second of two columns with one heading
```

`单位` heads units or companies; the values below it decide. Every other column is kept and never read.

A workbook with a sheet a month is one ledger with

```toml
[ledgers.orders]
file = "销售2026.xlsx"
sheet = "*月"               # all sheets whose names fit; ? stands for one character
```

which `salesaid adopt 销售2026.xlsx --sheet '*月'` writes. The sheets are read in the workbook's order, hidden ones too,
each by headings of its own: their columns may stand in another order, be called otherwise or be missing here and there.
A row is named `销售2026.xlsx:3月:12`. A new row goes to the sheet of its month (`3月`, `03月`, `三月`, `3月份`,
`2026年3月`, `2026-03`, `202603`, `Mar 2026`), else to the last one, and the receipt says to which. Sheets are never
made: for a new month copy one and keep its headings. Where sheets are of different years, their names say them.
"""


def page() -> str:
    """The whole page, the ledgers by alphabet."""
    return "\n".join([_ABOUT, *("\n".join(_section(load(name))) for name in names())]) + "\n"


def _section(ledger: Ledger) -> Iterator[str]:
    """The lines on one ledger."""
    yield f"## {ledger.id} {ledger.title.zh}\n"
    yield from _facts(ledger)
    yield ""
    yield from grid(("column", "kind", "headings", "what it holds"), map(_column, ledger.columns))
    if ledger.derived:
        yield "\nRead to be compared with what is worked out, never written:\n"
        yield from grid(("column", "kind", "headings", "what it holds"), map(_column, ledger.derived))
    if ledger.actions:
        yield ""
        yield from grid(("action", "word in files", "needed cells", "moves goods"), map(_action, ledger.actions))
    yield ""


def _facts(ledger: Ledger) -> Iterator[str]:
    """What the tables do not show."""
    files = (f"{name}.{ending}" for name in (ledger.title.en, ledger.title.zh) for ending in ("csv", "xlsx"))
    yield f"- Files: {_names(files, ', ')}."
    if ledger.key:
        yield f"- A register; a row is known by {_names(ledger.key, ' + ')}."
    if ledger.number:
        yield f"- A journal; its numbers stand in `{ledger.number}` and begin with `{ledger.prefix}`."
    elif ledger.kind == "journal":
        yield "- A journal without numbers."
    yield f"- Needed columns: {_needs(ledger.needs)}."


def _column(column: Column) -> tuple[str, ...]:
    help_ = column.help.en if column.help else ""
    return (f"`{column.id}`", _kind(column), "、".join(column.headings), help_)


def _kind(column: Column) -> str:
    """The kind's name, or the words of a choice in both languages."""
    if column.id != "action" and isinstance(column.kind, Choice):
        return ", ".join(f"{id_} {word.zh}" for id_, word in column.kind.words.items())
    return column.kind.name


def _action(action: Action) -> tuple[str, ...]:
    moves = [_way(way) for way in action.ways]
    moves += [f"{_way(way)} (where each order row is the sale)" for way in action.at_once if way not in action.ways]
    return (f"`{action.id}`", f"{action.word.zh}, {action.word.en}", _needs(action.needs), "; ".join(moves))


def _way(way: Way) -> str:
    return f"{_place(way.from_place)} → {_place(way.to_place)}"


def _place(place: str) -> str:
    """A place in words: marks of the declarations taken off."""
    return {WAREHOUSE: "warehouse", TO_WAREHOUSE: "the other warehouse"}.get(place, place.strip("()"))


def _needs(needs: Needs) -> str:
    return " and ".join(_names(group, " or ") for group in needs)


def _names(ids: Iterable[str], between: str) -> str:
    return between.join(f"`{id_}`" for id_ in ids)

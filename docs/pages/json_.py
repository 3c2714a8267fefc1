"""The page on JSON: the envelope, and the columns of every list, asked of the sample book, as Markdown."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grid import grid
from tour import known, leaves, run, sample_book

from salesaid import groups, pages

_ABOUT = """# JSON

Every command that reads or posts takes `--format json` (`-f json`) and then answers with one object on standard output,
whether it went well or not:

```json
{"status": "ok", "command": "order list", "data": {}, "errors": []}
```

- `status` is `ok`, or `error` where the run could not go on; then `data` is null. A check that found something is `ok`,
  and exits with 1.
- `command` is the command that was understood: `order add`.
- `errors` are objects of `code`, `message`, `hint` (or null) and `where` (or null), which has `file`, `sheet`, `row`,
  `column`. The codes stand in [errors.md](errors.md).

Column names and the words of a choice are canonical English and never change with the language; headers, titles and
sentences do. Dates are ISO 8601 texts, blank or unreadable is null. Numbers are JSON numbers with all their digits: a
reader that needs exact amounts parses them as decimals.

## A table

`{"title", "columns": [{"name", "header", "kind"}], "rows": [{…}], "totals": {…}, "notes": […]}`. A row has a member a
column. Totals are over all rows, also where `--limit` shows fewer. A note is `{"code", "level", "text"}`, its level
`info` or `warning`; one about rows of a file has all of them as `rows`: `[{"file", "row", "reason"}]`.
Several tables that answer one question are `{"title", "tables": […]}`; those of a period's report have a `name` each.

## A post

`{"no", "receipt", "entries": [{"ledger", "row": {…}}], "notes": […]}`. `no` is the number of the document that the
command names, `receipt` is what `salesaid undo` takes. With `--dry-run` there is `"dry_run": true` and nothing was
written. A second run with the same `--request-id` answers the first one's receipt.

"""
_SHOWN = (
    ("A post that is only shown:", "order add 深圳骏业 BVM7-710×10@120 --dry-run"),
    ("Trouble:", "order show 9999-1"),
)


def page() -> str:
    """The whole page."""
    with sample_book() as book:
        return "\n".join([_ABOUT.rstrip("\n") + "\n", *_examples(book), *_lists(book)])


def _examples(book: Path) -> Iterator[str]:
    for about, line in _SHOWN:
        if known(shlex.split(line)):
            yield f"{about}\n\n```json"
            yield _said(line, book).rstrip()
            yield "```\n"


def _lists(book: Path) -> Iterator[str]:
    """The columns of all that the examples of reading commands answer."""
    yield "## Columns\n"
    for path, info in leaves():
        if not any(param.name == "reading_format" for param in groups.built(info).params):
            continue
        for table in _tables(pages.examples(groups.text_of(info), info.epilog), book):
            yield f"### {path}: {table['title']}\n"
            yield from grid(("column", "kind", "header"), map(_column, table["columns"]))
            yield ""


def _tables(examples: list[str], book: Path) -> list[dict[str, Any]]:
    """The tables of the first example that the sample book answers."""
    for example in examples:
        data = _answer(example.removeprefix("salesaid "), book)["data"]
        if data is not None:
            return data.get("tables", [data])
    return []


def _column(column: dict[str, str]) -> tuple[str, str, str]:
    return f"`{column['name']}`", column["kind"], column["header"]


def _answer(line: str, book: Path) -> Any:
    return json.loads(_said(line.partition(" --out")[0].partition(" -o ")[0], book))


def _said(line: str, book: Path) -> str:
    return run([*shlex.split(line), "--format", "json"], book, "en")[1]

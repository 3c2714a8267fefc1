"""What an export wrote: a row a ledger, and what a person should know of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.exports import Exported
from salesaid.core.kinds import QTY, TEXT, Choice
from salesaid.core.tables import NAMED, Field, Note, NotedRow, Table
from salesaid.core.text import Text, joined, same


def exported(done: Sequence[Exported]) -> Table:
    """The ledgers written, with their files, sheets and numbers of rows."""
    fields = (
        Field("ledger", Text("台账", "Ledger"), Choice({each.ledger: each.title for each in done}), key=True),
        Field("file", Text("文件", "File"), TEXT),
        Field("sheet", Text("工作表", "Sheet"), TEXT),
        Field("rows", Text("行数", "Rows"), QTY),
        Field("columns", Text("列数", "Columns"), QTY),
    )
    rows = [(each.ledger, each.path, each.sheet, each.rows, each.columns) for each in done]
    notes = tuple(note for each in done for note in _notes(each))
    return Table(Text("导出", "Exported"), fields, rows, totals={"rows": sum(each.rows for each in done)}, notes=notes)


def _notes(each: Exported) -> Iterator[Note]:
    if each.as_text:
        names = joined([same(heading) for heading in each.as_text])
        zh, en = f"{each.title.zh}：", f"{each.title.en}: "
        yield Note(
            "kept_as_text",
            "info",
            Text(zh, en) + names + Text(" 按文本写，原样保留（如 1.50）", " as text, to stay as written (1.50)"),
        )
    if each.aside:
        rows = tuple(NotedRow(each.file, row, reason) for row, reason in each.aside)
        said = [Text(f"第 {row} 行{why.zh}", f"row {row} {why.en}") for row, why in each.aside[:NAMED]]
        count = len(each.aside)
        start = Text(
            f"{each.file} 有 {count} 行读不出，未导出：",
            f"{each.file}: {count} row{'' if count == 1 else 's'} not exported: ",
        )
        yield Note("not_exported", "warning", start + joined(said, "；", "; "), rows)

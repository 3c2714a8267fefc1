"""Documents: a row a paper, newest first, with whether its file is really there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesaid.balances.papers import Paper, Papers
from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import DATE, NUMBER_NO, TEXT
from salesaid.core.paper_files import PRESENCE, PaperFiles
from salesaid.core.paper_kinds import paper_key
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.width import folded

FIELDS = (
    Field("document_no", Text("归档号", "Document"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("kind", Text("种类", "Kind"), TEXT),
    Field("file", Text("文件状态", "File is"), PRESENCE),
    Field("path", Text("文件", "Path"), TEXT, folds=True),
    Field("note", Text("备注", "Note"), TEXT, folds=True),
)


def document_list(
    papers: Papers, paper_files: PaperFiles, *, customer: str | None = None, order_no: str | None = None,
    kind: str | None = None, since: date | None = None, until: date | None = None, limit: int | None = None,
    newest: int | None = None,
) -> Table:  # fmt: skip
    """The documents that fit, void ones left out; whether a file was changed since is what the check tells."""
    found = [
        paper
        for paper in papers.all
        if (customer is None or paper.customer == customer)
        and (order_no is None or paper.order_no == order_no)
        and (kind is None or _is_of(paper, kind))
        and (since is None or paper.day >= since)
        and (until is None or paper.day <= until)
    ]
    found.reverse()
    found.sort(key=lambda paper: paper.day, reverse=True)
    rows = [_row(paper, paper_files) for paper in found[:limit]]
    notes = (*more(len(found), limit), *_gone(rows))
    return Table(Text("单据", "Documents"), FIELDS, rows, notes=notes, newest=newest)


def _is_of(paper: Paper, kind: str) -> bool:
    return paper_key(paper.kind) == paper_key(kind) or folded(kind) in folded(paper.kind)


def _row(paper: Paper, files: PaperFiles) -> tuple[object, ...]:
    return (
        paper.document_no, paper.day, paper.order_no or None, paper.customer or None, paper.kind or None,
        paper.presence(files), paper.path or None, paper.note or None,
    )  # fmt: skip


def _gone(rows: Sequence[tuple[object, ...]]) -> list[Note]:
    at = next(place for place, field in enumerate(FIELDS) if field.name == "file")
    count = sum(row[at] == "gone" for row in rows)
    if not count:
        return []
    text = Text(
        f"{count} 份单据的文件找不到：salesaid check D",
        f"{count} {'file' if count == 1 else 'files'} cannot be found: salesaid check D",
    )
    return [Note("files_gone", "warning", text)]

"""Findings as a table: all that is known of each for scripts and workbooks, what a person needs on a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salesaid.core.findings import GRAVEST, Finding, gravest_first
from salesaid.core.kinds import QTY, TEXT, Choice
from salesaid.core.sheet_rows import plain_row
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Lang, Text, joined, same

SEVERITY = Choice({"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")})
_TITLE = Text("查账", "Check")
_FIELDS = (
    Field("code", Text("代码", "Code"), TEXT),
    Field("name", Text("规则", "Rule"), TEXT),  # a Choice of the rules that found something
    Field("severity", Text("程度", "Severity"), SEVERITY),
    Field("file", Text("文件", "File"), TEXT),
    Field("sheet", Text("工作表", "Sheet"), TEXT),
    Field("row", Text("行", "Row"), QTY),
    Field("column", Text("列", "Column"), TEXT),  # likewise, of headings
    Field("value", Text("内容", "Value"), TEXT),
    Field("message", Text("问题", "Message"), TEXT),
    Field("suggestion", Text("怎么办", "What to do"), TEXT),
    Field("fingerprint", Text("指纹", "Fingerprint"), TEXT),
)
_ON_SCREEN = (
    Field("code", Text("代码", "Code"), TEXT),
    Field("severity", Text("程度", "Severity"), SEVERITY),
    Field("place", Text("位置", "Place"), TEXT),
    Field("message", Text("问题和办法", "What is wrong, what to do"), TEXT, folds=True),
)


def finding_list(findings: Sequence[Finding], lang: Lang, notes: Sequence[Note], *, with_marks: bool = True) -> Table:
    """A row a finding, with everything that is known of it; `with_marks`: by which a later check knows it again."""
    rows = [
        (
            each.code, each.name, each.severity, each.file or None, each.sheet, _row(each), each.column,
            each.value or None, each.message.in_(lang), each.suggestion.in_(lang) if each.suggestion else None,
            each.fingerprint,
        )
        for each in findings
    ]  # fmt: skip
    said = {"name": _titles(findings), "column": _headings(findings)}
    fields = tuple(field._replace(kind=said.get(field.name, field.kind)) for field in _FIELDS)
    shown = None if with_marks else -1
    return Table(_TITLE, fields[:shown], [row[:shown] for row in rows], notes=tuple(notes))


def _row(finding: Finding) -> int | None:
    return None if finding.row is None else plain_row(finding.row)


def _titles(findings: Sequence[Finding]) -> Choice:
    return Choice({each.name: each.title or same(each.name) for each in findings})


def _headings(findings: Sequence[Finding]) -> Choice:
    """What people call the columns; one that is called otherwise in another ledger has both its names."""
    found: dict[str, dict[Text, None]] = {}
    for each in findings:
        if each.column is not None:
            found.setdefault(each.column, {})[each.heading or same(each.column)] = None
    return Choice({id_: joined([*texts], "/", "/") for id_, texts in found.items()})


def finding_page(findings: Sequence[Finding], lang: Lang, notes: Sequence[Note]) -> Table:
    """The gravest first, as a screen shows them: where, what, and what to do."""
    rows = [(each.code, each.severity, each.place, _sentence(each).in_(lang)) for each in gravest_first(findings)]
    counts = Counter(each.severity for each in findings)
    words = [
        Text(f"{SEVERITY.show(s, 'zh')} {counts[s]}", f"{counts[s]} {s}{'s' * (counts[s] > 1)}")
        for s in GRAVEST
        if counts[s]
    ]
    zh, en = "，".join(word.zh for word in words), ", ".join(word.en for word in words)
    summary = Note("counts", "info", Text(f"共 {len(findings)} 处：{zh}", f"{len(findings)} findings: {en}"))
    return Table(_TITLE, _ON_SCREEN, rows, notes=(summary, *notes))


def _sentence(finding: Finding) -> Text:
    if finding.suggestion is None:
        return finding.message
    return finding.message + Text("；", "; ") + finding.suggestion

"""Findings as a table: all that is known of each for scripts and workbooks, what a person needs on a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salesaid.core.findings import GRAVEST, Finding
from salesaid.core.kinds import QTY, TEXT, Choice
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Lang, Text

SEVERITY = Choice({"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")})
_TITLE = Text("查账", "Check")
_FIELDS = (
    Field("code", Text("代码", "Code"), TEXT),
    Field("name", Text("规则", "Rule"), TEXT),
    Field("severity", Text("程度", "Severity"), SEVERITY),
    Field("file", Text("文件", "File"), TEXT),
    Field("sheet", Text("工作表", "Sheet"), TEXT),
    Field("row", Text("行", "Row"), QTY),
    Field("column", Text("列", "Column"), TEXT),
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


def finding_list(findings: Sequence[Finding], lang: Lang, notes: Sequence[Note]) -> Table:
    """A row a finding, with everything that is known of it."""
    rows = [
        (
            each.code, each.name, each.severity, each.file or None, each.sheet, each.row, each.column,
            each.value or None, each.message.in_(lang), each.suggestion.in_(lang) if each.suggestion else None,
            each.fingerprint,
        )
        for each in findings
    ]  # fmt: skip
    return Table(_TITLE, _FIELDS, rows, notes=tuple(notes))


def finding_page(findings: Sequence[Finding], lang: Lang, notes: Sequence[Note]) -> Table:
    """The gravest first, as a screen shows them: where, what, and what to do."""
    ordered = sorted(findings, key=lambda each: (GRAVEST.index(each.severity), each.code))
    rows = [(each.code, each.severity, each.place, _sentence(each).in_(lang)) for each in ordered]
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

"""Texts of CSV files that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A11",
    "warning",
    Text("会被当成公式的文字", "text that would be run as a formula"),
    why=Text(
        "用 Excel 打开这个 CSV 时它会被执行：显示的是别的内容，也可能带病毒。",
        "A spreadsheet that opens the CSV file runs it: something else is shown, and it may do harm.",
    ),
    mend=Text(
        "去掉开头的 = 或 @，或在前面加一个字。",
        "Take the = or @ at its beginning away, or put a word before it.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,备注
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵,=A1+B1
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,备注
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵,A1 加 B1
        """,
)


def formula_text(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each cell; workbooks keep text as text."""
    for facts in file_facts:
        for cell in facts.formulas:
            yield Wrong(
                facts.ledger,
                Text(
                    f"“{cell.text}”在 Excel 里会当公式执行",
                    f"a spreadsheet would run {cell.text!r} as a formula",
                ),
                row=cell.row, column=cell.column, value=cell.text,
            )  # fmt: skip

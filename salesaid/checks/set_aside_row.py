"""Rows that no figure uses, because a cell they need is empty or unreadable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.amiss import TOTAL_ROW
from salesaid.core.file_facts import FileFacts
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A08",
    "error",
    Text("不能采用的行", "a row that cannot be used"),
    why=Text("这一行不进任何合计，账就比实际少。", "No total counts the row, so the books show less than there was."),
    mend=Text(
        "按说明补上缺的格子，或改正看不懂的。", "Fill the cell that is missing, or write it so that it can be read."
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,,骏业,电源线,5,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,骏业,电源线,5,6,赵
        """,
)


def set_aside_row(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each row that is set aside; total rows are meant to be."""
    for facts in file_facts:
        for row, reason in facts.aside:
            if reason != TOTAL_ROW:
                yield Wrong(
                    facts.ledger,
                    Text(f"第 {row} 行未采用：{reason.zh}", f"row {row} is set aside: {reason.en}"),
                    row=row, about=reason.en,
                )  # fmt: skip

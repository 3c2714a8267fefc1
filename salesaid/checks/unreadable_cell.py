"""Cells of used rows that cannot be read and count as blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid import ledgers
from salesaid.core.file_facts import FileFacts
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A07",
    "error",
    Text("看不懂的格子", "a cell that cannot be read"),
    why=Text(
        "这一格按空白算，少了的价格、日期或数目没有人知道。",
        "The cell counts as blank, and nobody knows of the price, the date or the figure that is lacking.",
    ),
    mend=Text(
        "照提示的写法改正这一格。",
        "Write the cell in one of the accepted forms.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,交期,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,下月初,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,交期,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,2026-12-01,赵
        """,
)


def unreadable_cell(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each cell; impossible dates are among them."""
    for facts in file_facts:
        declared = ledgers.load(facts.ledger)
        for cell in facts.unreadable:
            heading = declared.column(cell.column).heading
            yield Wrong(
                facts.ledger,
                Text(
                    f"{heading.zh}“{cell.text}”看不懂，按空白算",
                    f"{heading.en} {cell.text!r} cannot be read and counts as blank",
                ),
                row=cell.row, column=cell.column, value=cell.text,
                suggestion=Text(f"可以写：{cell.accepted.zh}", f"accepted: {cell.accepted.en}"),
            )  # fmt: skip

"""Rows that are equal to an earlier one in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A10",
    "warning",
    Text("完全相同的行", "rows that are exactly alike"),
    why=Text(
        "多半是重复粘贴或录了两遍，数量和金额就算了两次。",
        "Mostly pasted or entered twice: quantities and amounts are counted twice.",
    ),
    mend=Text(
        "多记的那一行删去；确是两笔的，在备注里写明。",
        "Delete the row that is too much; where both are real, say so in their notes.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
)


def exact_duplicate_row(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each row but the first of those that are alike; rows that are set aside count for none."""
    for facts in file_facts:
        for row, first in facts.copies:
            yield Wrong(
                facts.ledger,
                Text(f"与第 {first} 行完全相同", f"exactly the same as row {first}"),
                row=row,
            )  # fmt: skip

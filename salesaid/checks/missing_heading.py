"""Columns that a ledger lacks, without which its rows say less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts, odd_headings
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A06",
    "warning",
    Text("缺少表头", "a heading that is missing"),
    why=Text(
        "每一行都说不出是谁的、是什么，或是哪一单，合计只能归到“无”。",
        "No row says whose it is, of what, or under which number: sums can only be put under none.",
    ),
    mend=Text(
        "补上这一列；若表头是别的叫法，在 salesaid.toml 里说明。",
        "Add the column; where it has another heading, say so in salesaid.toml.",
    ),
    wrong="""
        订单.csv
        单号,日期,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,电源线,10,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
)


def missing_heading(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each of them."""
    return odd_headings(file_facts, "missing")

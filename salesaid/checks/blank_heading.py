"""Columns that hold something and have no heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts, odd_headings
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A04",
    "note",
    Text("没有表头的列", "a column without a heading"),
    why=Text(
        "这一列里的东西没有人读。",
        "Nobody reads what stands in the column.",
    ),
    mend=Text(
        "补上表头，或删去这一列。",
        "Give the column a heading, or take it out.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵,加急
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,备注
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵,加急
        """,
)


def blank_heading(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each of them."""
    return odd_headings(file_facts, "blank")

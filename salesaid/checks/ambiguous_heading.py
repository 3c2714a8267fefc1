"""Headings that differ in their brackets only and fit one column equally well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts, odd_headings
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A05",
    "warning",
    Text("分不清的表头", "headings that cannot be told apart"),
    why=Text(
        "读的是前一列，也许要的是后一列。",
        "The first of the columns is read, and the other may be meant.",
    ),
    mend=Text(
        "在 salesaid.toml 里指定要读的那一列，或改掉另一个表头。",
        "Name the one to be read in salesaid.toml, or rename the other.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量(个),数量(箱),单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,100,5,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量(个),单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,100,6,赵
        """,
)


def ambiguous_heading(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each of them."""
    return odd_headings(file_facts, "ambiguous")

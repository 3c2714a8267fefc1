"""Headings of a column that another heading is read for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts, odd_headings
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A02",
    "note",
    Text("两个表头可作同一列", "two headings for one column"),
    why=Text(
        "只读其中一列；两个数量往往是两回事，读错一个，数就错了。",
        "Only one of them is read; two quantities are often two facts, and the wrong one makes wrong figures.",
    ),
    mend=Text(
        "给不该读的那一列换个表头，或在 salesaid.toml 里指定要读的。",
        "Rename the one that is not meant, or name the other in salesaid.toml.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,实发数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,8,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
)


def spare_heading(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each of them."""
    return odd_headings(file_facts, "spare")

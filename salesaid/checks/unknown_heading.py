"""Headings that no column of the ledger has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts, odd_headings
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A01",
    "note",
    Text("不认识的表头", "an unknown heading"),
    why=Text(
        "这一列不读；要是它本该是数量或金额，合计就少了。",
        "The column is not read; if it was meant to be a quantity or an amount, totals lack it.",
    ),
    mend=Text(
        "换成认识的表头，或在 salesaid.toml 里说明它是哪一列。",
        "Give it a heading that is known, or say in salesaid.toml which column it is.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,包装要求
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵,木箱
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人,备注
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵,木箱
        """,
)


def unknown_heading(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each of them."""
    return odd_headings(file_facts, "unknown")

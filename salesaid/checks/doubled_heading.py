"""Columns under a heading that the settings have chosen another column of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts, odd_headings
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A03",
    "note",
    Text("表头重复", "a doubled heading"),
    why=Text(
        "两列同名，看表的人分不清哪一列算数。",
        "Two columns of one name: who reads the table cannot tell which one counts.",
    ),
    mend=Text(
        "给不读的那一列换个表头。",
        "Rename the column that is not read.",
    ),
    wrong="""
        salesaid.toml
        [ledgers.orders.columns]
        "客户#2" = "customer"

        订单.csv
        单号,日期,客户,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,华北,骏业,电源线,10,6,赵
        """,
    mended="""
        salesaid.toml
        [ledgers.orders.columns]
        "客户" = "customer"

        订单.csv
        单号,日期,备注,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,华北,骏业,电源线,10,6,赵
        """,
)


def doubled_heading(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each of them."""
    return odd_headings(file_facts, "doubled")

"""Rows that are dated after today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.file_facts import FileFacts
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A09",
    "warning",
    Text("日期在今天之后", "dated after today"),
    why=Text(
        "日期没到的行不进库存和应收，多半是年份或月份写错了。",
        "Rows of days to come count nowhere yet; mostly a year or a month is wrong.",
    ),
    mend=Text(
        "改正日期；真是以后的事，到那天再记。",
        "Put the date right; what really is to come is written on its day.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-12-20,骏业,电源线,10,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
)


def later_date(file_facts: Sequence[FileFacts]) -> Iterator[Wrong]:
    """A finding for each row; prices are set for days to come, and left alone."""
    for facts in file_facts:
        for row, day in facts.later:
            yield Wrong(
                facts.ledger,
                Text(f"日期 {day} 在今天之后，没有计入", f"dated {day}, after today: left out"),
                row=row, column="date", value=day.isoformat(),
            )  # fmt: skip

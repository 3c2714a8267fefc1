"""Decisions about names that contradict others, and so count for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.decisions import alias_rows
from salesaid.core.aliases import Aliases
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "N08",
    "error",
    Text("名称对照互相矛盾", "decisions about names that contradict each other"),
    why=Text(
        "两个名称互相归到对方，或已定为不同又归到一起：后写的那条不起作用，合计不是你以为的那样。",
        "Two names stand for each other, or were declared different: the later row counts for nothing.",
    ),
    mend=Text(
        "看 name list，删去或改正不对的那一行。", "See name list; take the wrong row out of the file or correct it."
    ),
    wrong="""
        名称对照.csv
        种类,写法,对应名称,判定,判定日期
        产品,电源线1.5米,电源线,同一,2026-08-10
        产品,电源线,电源线1.5米,同一,2026-09-10

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,万安达,电源线1.5米,5,6,赵
        """,
    mended="""
        名称对照.csv
        种类,写法,对应名称,判定,判定日期
        产品,电源线1.5米,电源线,同一,2026-08-10

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,万安达,电源线1.5米,5,6,赵
        """,
)


def alias_loop(aliases: Rows) -> Iterator[Wrong]:
    """A finding for each decision that those before it do not allow."""
    decided = list(zip((row for (row,) in aliases.pick("row")), alias_rows(aliases), strict=True))
    for kind in dict.fromkeys(decision.kind for _, decision in decided):
        refused = dict(Aliases(kind, [decision for _, decision in decided]).refused)
        for row, decision in decided:
            if decision in refused:
                yield Wrong(
                    "aliases", refused[decision], row=row, column="stands_for", value=decision.stands_for,
                    suggestion=same("salesaid name list"), about=decision.name,
                )  # fmt: skip

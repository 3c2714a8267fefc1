"""Rows that were posted and that a later save of the file lost or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid import ledgers
from salesaid.balances.lost_rows import LostRow, sentence
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "A14",
    "error",
    Text("记过的账不见了或被改了", "a posted row that is gone or changed"),
    why=Text(
        "有人把先前打开的表存了回去，后来记的行就没有了。",
        "Somebody saved a sheet opened earlier: what was posted since is gone.",
    ),
    mend=Text(
        "salesaid heal 把不见的补回；有意的用 salesaid heal --accept 认可。",
        "salesaid heal puts back what is gone; salesaid heal --accept lets be what was meant.",
    ),
    wrong="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261120-001,2026-11-20,下单,骏业,电源线,10,6,2026-12-20,赵

        $ salesaid order add 骏业 电源线×5@6 --due 2026-12-20 --reviewed-by 赵

        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261120-001,2026-11-20,下单,骏业,电源线,10,6,2026-12-20,赵
        """,
    mended="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261120-001,2026-11-20,下单,骏业,电源线,10,6,2026-12-20,赵

        $ salesaid order add 骏业 电源线×5@6 --due 2026-12-20 --reviewed-by 赵

        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261120-001,2026-11-20,下单,骏业,电源线,10,6,2026-12-20,赵

        $ salesaid heal
        """,
)


def posted_row_lost(lost_rows: Sequence[LostRow], lost_in_registers: Sequence[LostRow]) -> Iterator[Wrong]:
    """A finding for each row that is gone, and for each that says other than was posted."""
    for each in (*lost_rows, *lost_in_registers):
        cells = each.posted.cells
        number = cells.get(ledgers.load(each.posted.ledger).number or "", "")
        yield Wrong(
            each.posted.ledger, sentence(each), number if each.is_gone else "", cells.get("product", ""), row=each.row,
            about=f"{each.posted.receipt} {each.posted.place}",
        )  # fmt: skip

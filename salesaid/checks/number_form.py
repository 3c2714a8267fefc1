"""Numbers that begin with our prefix and have another form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.balances.own_numbers import OwnNumbers
from salesaid.core.numbers import number, split
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "X03",
    "note",
    Text("编号写法不对", "a number in a wrong form"),
    why=Text(
        "写法不对的编号对不上别的表，也会和我们给的号撞上。",
        "A number in another form is not found from other ledgers, and may clash with one that is given later.",
    ),
    mend=Text(
        "照提示的写法改，引用它的行也一起改。",
        "Write it in the form that the finding gives, also where other rows name it.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-1,2026-11-21,佐客,数据线,5,4,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,佐客,数据线,5,4,赵
        """,
)


def number_form(own_numbers: Sequence[OwnNumbers]) -> Iterator[Wrong]:
    """A finding for each number; a journal that is numbered otherwise throughout is left alone."""
    for own in own_numbers:
        for written in own.others if own.are_ours else ():
            parts = split(written)
            if parts is not None:
                right = number(own.prefix, parts.day, parts.serial)
                form = Text(right, right)
            else:
                form = Text(f"{own.prefix}年月日-序号，如 {own.prefix}20261120-001", f"{own.prefix}20261120-001")
            yield Wrong(
                own.ledger,
                Text(f"编号 {written} 的写法不对，应是 {form.zh}", f"the number {written} should read like {form.en}"),
                written, value=written, column=None,
            )  # fmt: skip

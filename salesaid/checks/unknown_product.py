"""Products that rows name and the register does not have."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.pasted import about_names
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "N05",
    "warning",
    Text("产品不在册", "a product that is not in the register"),
    why=Text(
        "没有登记的产品没有最低库存、成本和最低价，预警和毛利都算不到它。",
        "What is not registered has no minimum, cost or floor price: no warning and no margin is about it.",
    ),
    mend=Text(
        "是新产品就登记；是写错的就归到对的名称。",
        "Register it if it is new; fold it into the right name if it is not.",
    ),
    wrong="""
        产品.csv
        产品,单位
        电源线,条

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,骏业,机箱风扇,5,6,赵
        """,
    mended="""
        产品.csv
        产品,单位
        电源线,条
        机箱风扇,个

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,骏业,机箱风扇,5,6,赵
        """,
)


def unknown_product(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each ledger that names a product which no register and no open question is about."""
    for name in name_questions.about("product").unknown:
        for spot in written_rows.counted("product", name):
            yield Wrong(
                spot.ledger,
                Text(f"“{name}”不在产品表里，有 {spot.rows} 行", f"“{name}” is in no register; rows: {spot.rows}"),
                product=name, row=spot.row, column="product" if spot.name else "model", value=spot.name or spot.model,
                suggestion=_what_to_do(name),
            )  # fmt: skip


def _what_to_do(name: str) -> Text:
    add, suggest = about_names("product add", [name]), about_names("name suggest", [name])
    return Text(f"新产品：{add}；写错了的：{suggest}", f"a new one: {add} · a mistake: {suggest}")

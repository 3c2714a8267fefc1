"""Products that may be one, which nobody has decided."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "N02",
    "warning",
    Text("可能是同一产品，还没定", "products that may be one, undecided"),
    why=Text(
        "如果是同一个，库存、订单和毛利都分在两个名称下，哪个都不对。",
        "If they are one, its stock, orders and margin stand under two names and neither is right.",
    ),
    mend=Text(
        "看依据：name check；再定同一、不同或待定。", "See the evidence: name check; then say same, different or later."
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,BVM7-710,10,6,赵
        SO20261121-001,2026-11-21,万安达,bvm7-710-8505,5,6,赵
        """,
    mended="""
        名称对照.csv
        种类,写法,对应名称,判定
        产品,bvm7-710-8505,BVM7-710,不同

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,BVM7-710,10,6,赵
        SO20261121-001,2026-11-21,万安达,bvm7-710-8505,5,6,赵
        """,
)


def segment_question(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each ledger that has a name which may be another product's."""
    for question in name_questions.about("product").pairs:
        if question.question != "codes":
            for spot in written_rows.counted("product", question.name):
                yield Wrong(
                    spot.ledger,
                    Text(
                        f"“{question.name}”（{spot.rows} 行）可能就是“{question.other}”，还没定",
                        f"“{question.name}” (rows: {spot.rows}) may be “{question.other}”: undecided",
                    ),
                    product=question.name, row=spot.row, column="product", value=spot.name,
                    suggestion=same(name_questions.answer(question)), about=question.other,
                )  # fmt: skip

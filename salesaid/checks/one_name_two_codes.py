"""Names under which rows have two codes, so that they count as two products."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "N03",
    "warning",
    Text("一个名称两个型号", "one name with two codes"),
    why=Text(
        "型号不同就按两个产品算；如果其实是一个，它的库存和销量就被拆开了。",
        "Two codes count as two products; if it is one, its stock and sales are split.",
    ),
    mend=Text(
        "是两个产品就改名称或定为不同；是一个就定为同一。",
        "Two products: name them apart or say different. One: say same.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,型号,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,铁皮标牌,82580,10,6,赵
        SO20261121-001,2026-11-21,万安达,铁皮标牌,21171,5,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,型号,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,铁皮标牌,82580,10,6,赵
        SO20261121-001,2026-11-21,万安达,木制相框,21171,5,6,赵
        """,
)


def one_name_two_codes(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each product whose name is another's as well, and only the codes differ."""
    for question in name_questions.about("product").pairs:
        if question.question == "codes":
            for spot in written_rows.counted("product", question.name):
                yield Wrong(
                    spot.ledger,
                    Text(
                        f"“{question.name}”与“{question.other}”名称相同或只差写法，型号不同",
                        f"“{question.name}” and “{question.other}” have one name, or nearly, and two codes",
                    ),
                    product=question.name, row=spot.row, column="model", value=spot.model,
                    suggestion=same(name_questions.answer(question, "different")), about=question.other,
                )  # fmt: skip
                break

"""Customers that rows name and the register does not have."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions, Question
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.pasted import about_names
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "N06",
    "warning",
    Text("客户不在册", "a customer that is not in the register"),
    why=Text(
        "没有登记就没有付款条件和信用额度，应收也可能分在两个名称下。",
        "Nobody has said its terms or credit limit, and what it owes may stand under two names.",
    ),
    mend=Text(
        "是新客户就登记；是另一种叫法就归到登记的名称。",
        "Register it if it is new; fold it into the registered name if it is another word for it.",
    ),
    wrong="""
        客户.csv
        客户,付款条件
        骏业,月结30

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,万安达,电源线,5,6,赵
        """,
    mended="""
        客户.csv
        客户,付款条件
        骏业,月结30
        万安达,现结

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261121-001,2026-11-21,万安达,电源线,5,6,赵
        """,
)


def unknown_customer(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each ledger that names a customer which the register does not have."""
    for name, other in name_questions.about("customer").unregistered.items():
        for spot in written_rows.counted("customer", name):
            question = Question("customer", "unknown", name, other)
            hint = name_questions.answer(question) if other else about_names("customer add", [name])
            may_be = Text(f"，可能是“{other}”", f"; it may be “{other}”") if other else Text("", "")
            text = Text(
                f"“{name}”不在客户表里，有 {spot.rows} 行", f"“{name}” is not among the customers; rows: {spot.rows}"
            )
            yield Wrong(
                spot.ledger, text + may_be, row=spot.row, column="customer", value=spot.name,
                suggestion=same(hint),
            )  # fmt: skip

"""Suppliers that rows name and the register does not have."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions, Question
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.pasted import about_names
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "N07",
    "warning",
    Text("供应商不在册", "a supplier that is not in the register"),
    why=Text(
        "没有登记就没有采购周期和电话，同一家也可能分在两个名称下。",
        "Nobody has said its lead time or telephone number, and its purchases may stand under two names.",
    ),
    mend=Text(
        "是新供应商就登记；是另一种叫法就归到登记的名称。",
        "Register it if it is new; fold it into the registered name if it is another word for it.",
    ),
    wrong="""
        供应商.csv
        供应商,采购周期
        恒通,7

        采购.csv
        单号,日期,供应商,产品,数量,单价,交期
        PO20261120-001,2026-11-20,恒通,电源线,10,3,2026-12-01
        PO20261121-001,2026-11-21,联芯科技,数据线,10,3,2026-12-01
        """,
    mended="""
        供应商.csv
        供应商,采购周期
        恒通,7
        联芯科技,15

        采购.csv
        单号,日期,供应商,产品,数量,单价,交期
        PO20261120-001,2026-11-20,恒通,电源线,10,3,2026-12-01
        PO20261121-001,2026-11-21,联芯科技,数据线,10,3,2026-12-01
        """,
)


def unknown_supplier(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each ledger that names a supplier which the register does not have."""
    for name, other in name_questions.about("supplier").unregistered.items():
        for spot in written_rows.counted("supplier", name):
            question = Question("supplier", "unknown", name, other)
            hint = name_questions.answer(question) if other else about_names("supplier add", [name])
            may_be = Text(f"，可能是“{other}”", f"; it may be “{other}”") if other else Text("", "")
            text = Text(
                f"“{name}”不在供应商表里，有 {spot.rows} 行", f"“{name}” is not among the suppliers; rows: {spot.rows}"
            )
            yield Wrong(
                spot.ledger, text + may_be, row=spot.row, column="supplier", value=spot.name,
                suggestion=same(hint),
            )  # fmt: skip

"""Customers that rows write in several ways."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "N10",
    "warning",
    Text("客户写法不一", "a customer in several spellings"),
    why=Text(
        "如果是同一家，欠款和回款分在两个名称下：一边催款，一边说多收了。",
        "If they are one, debts stand under one name and receipts under another: one is dunned, one has overpaid.",
    ),
    mend=Text(
        "定同一、不同或待定；只差括号、空格的已算作一家，以后照登记的写法写。",
        "Say same, different or later; where only brackets or blanks differ they count as one: write it as registered.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,深圳骏业电子,电源线,10,6,赵
        SO20261121-001,2026-11-21,骏业,电源线,5,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,深圳骏业电子,电源线,10,6,赵
        SO20261121-001,2026-11-21,深圳骏业电子,电源线,5,6,赵
        """,
)


def customer_variants(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each ledger with another spelling: a note where it is folded, a warning where it is a question."""
    about = name_questions.about("customer")
    for folded in about.folded:
        for spot in written_rows.written("customer", folded.written):
            text = Text(
                f"“{spot.name}”就是“{folded.name}”，有 {spot.rows} 行这样写",
                f"“{spot.name}” is “{folded.name}”: rows written so: {spot.rows}",
            )
            hint = Text(f"写作 {folded.name}", f"write {folded.name}")
            yield Wrong(
                spot.ledger, text, row=spot.row, column="customer", value=spot.name, suggestion=hint, severity="note",
            )  # fmt: skip
    for question in about.pairs:
        if question.name not in about.unregistered:
            for spot in written_rows.counted("customer", question.name):
                text = Text(
                    f"“{question.name}”（{spot.rows} 行）可能就是“{question.other}”，还没定",
                    f"“{question.name}” (rows: {spot.rows}) may be “{question.other}”: undecided",
                )
                hint = same(name_questions.answer(question))
                yield Wrong(
                    spot.ledger, text, row=spot.row, column="customer", value=spot.name, suggestion=hint,
                    about=question.other,
                )  # fmt: skip

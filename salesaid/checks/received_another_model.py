"""Goods that came in on a purchase they are not on: cases with two legs, open until both are closed."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.case_steps import names_asked, next_step
from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.wrong_models import WrongModels, case_notes
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "P04",
    "error",
    Text("到了别的型号", "received another model"),
    why=Text(
        "要的没到，不要的在架上；付款时常常照付不误。",
        "What is wanted has not come, what is not lies on the shelf, and is mostly paid for all the same.",
    ),
    mend=Text(
        "两头都办完：退掉送错的，收到对的。只是写法不同的同一产品，用 name same 归为一个。",
        "Close both legs: send the wrong goods back and receive the right ones. Where it is one product in two "
        "spellings, say so with name same.",
    ),
    wrong="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20261026-001,2026-10-26,采购,联芯科技,机箱 M01,20,60,2026-11-12
        PO20261026-001,2026-11-12,到货,联芯科技,机箱 M02,20,60,
        """,
    mended="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20261026-001,2026-10-26,采购,联芯科技,机箱 M01,20,60,2026-11-12
        PO20261026-001,2026-11-12,到货,联芯科技,机箱 M02,20,60,
        PO20261026-001,2026-11-13,退供,联芯科技,机箱 M02,20,60,
        PO20261026-001,2026-11-16,到货,联芯科技,机箱 M01,20,60,
        """,
)


def received_another_model(wrong_models: WrongModels, name_questions: NameQuestions) -> Iterator[Wrong]:
    """A finding for each case of a purchase with an open leg."""
    cases = [case for case in wrong_models.open if case.ledger == "purchases"]
    asked = names_asked(name_questions) if cases else ()
    for case in cases:
        told = case_notes([case])[0].text
        yield Wrong(
            "purchases",
            Text(f"采购 {case.number}（{case.party}）", f"purchase {case.number} ({case.party}): ") + told,
            case.number, case.product, column="product", value=case.product, suggestion=next_step(case, asked),
        )  # fmt: skip

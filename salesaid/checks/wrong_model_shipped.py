"""Shipments of what is not on their order: cases with two legs, open until both are closed."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.case_steps import names_asked, next_step
from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.wrong_models import WrongModels, case_notes
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text

_BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结30

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人
    SO20261110-001,2026-11-10,下单,骏业,BVM7-720,5,165,2026-11-20,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,BVM7-710,5,120
    """
RULE = Rule(
    "O02",
    "error",
    Text("发错型号", "wrong model shipped"),
    why=Text(
        "客户手里是他没有订的货，他要的还没有到；只办一半，就会少一样、多一样。",
        "The customer has what he did not order and lacks what he did. Half mended, one shelf is short, another over.",
    ),
    mend=Text(
        "两头都办完：收回发错的，补发对的。只是写法不同的同一产品，用 name same 归为一个。",
        "Close both legs: take the wrong goods back and ship the right ones. Where it is one product in two spellings, "
        "say so with name same.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "SH20261119-001,2026-11-19,退回,SO20261110-001,骏业,BVM7-710,5,120\n"
        "SH20261119-002,2026-11-19,发货,SO20261110-001,骏业,BVM7-720,5,165",
        after="SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,BVM7-710,5,120",
    ),
)


def wrong_model_shipped(wrong_models: WrongModels, name_questions: NameQuestions) -> Iterator[Wrong]:
    """A finding for each case of an order with an open leg."""
    cases = [case for case in wrong_models.open if case.ledger == "orders"]
    asked = names_asked(name_questions) if cases else ()
    for case in cases:
        told = case_notes([case])[0].text
        yield Wrong(
            "orders",
            Text(f"订单 {case.number}（{case.party}）", f"order {case.number} ({case.party}): ") + told,
            case.number, case.right[0] if len(case.right) == 1 else "", column="product", value=case.product,
            suggestion=next_step(case, asked),
        )  # fmt: skip

"""What is to be done about a wrong model: close the leg that is open first, or say that it is no other model at all."""

from __future__ import annotations

from collections.abc import Collection

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.wrong_models import Case
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.text import Text, same

_VERBS = {"orders": ("order", "return", "ship"), "purchases": ("purchase", "reject", "receive")}


def names_asked(name_questions: NameQuestions) -> Collection[frozenset[str]]:
    """The pairs of product names of which nobody has said whether they are one."""
    pairs = name_questions.about("product").pairs
    return {frozenset((each.name, each.other)) for each in pairs if each.question != "codes"}


def next_step(case: Case, asked: Collection[frozenset[str]]) -> Text:
    """The command that closes a leg of a case; before it the one that joins its names, where they may be one."""
    one = next((right for right in case.right if frozenset((case.product, right)) in asked), None)
    if one is None:
        return _closing(case)
    join = command("name", "same", case.product, one)
    return Text(f"若是同一产品：{join}；否则：", f"if it is one product: {join}; else: ") + _closing(case)


def _closing(case: Case) -> Text:
    group, back, forth = _VERBS[case.ledger]
    if case.to_take_back:
        line = command(group, back, case.number, "-i", f"{case.product}×{QTY.format(case.to_take_back)}", "--why")
        return Text(f"{line} 型号不符", f"{line} wrong-model")
    items = (word for right in case.right[:1] for word in ("-i", f"{right}×{QTY.format(case.lacking)}"))
    return same(command(group, forth, case.number, *items))

"""Names that stand for another by a decision although the register has a row of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.decisions import alias_rows
from salesaid.balances.parties import Parties
from salesaid.balances.written_names import WORDS, kinds_of, register_name
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "N09",
    "warning",
    Text("归到别处的名称自己也在册", "a name that stands for another has a row of its own"),
    why=Text(
        "名称对照说它就是另一个，登记表却还有它自己的一行：哪一行的价格、最低库存算数说不清。",
        "A decision says that it is another thing, the register that it is one of its own: which row's price holds?",
    ),
    mend=Text("删去登记表里的那一行，或改名称对照。", "Take its row out of the register, or change the decision."),
    wrong="""
        产品.csv
        产品,单位
        电源线,条
        三芯线缆,条

        名称对照.csv
        种类,写法,对应名称,判定
        产品,三芯线缆,电源线,同一

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
    mended="""
        产品.csv
        产品,单位
        电源线,条

        名称对照.csv
        种类,写法,对应名称,判定
        产品,三芯线缆,电源线,同一

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        """,
)


def alias_is_a_product(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties
) -> Iterator[Wrong]:
    """A finding for each decision `same` about a name that its register has."""
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    for (row,), decision in zip(aliases.pick("row"), alias_rows(aliases), strict=True):
        known = kinds[decision.kind]
        there = register_name(decision.name, known) if decision.verdict == "same" else None
        if there is not None and there != register_name(decision.stands_for, known):
            what = WORDS[decision.kind]
            yield Wrong(
                "aliases",
                Text(
                    f"“{decision.name}”归到“{decision.stands_for}”，但{what.zh}表里有它自己的一行",
                    f"“{decision.name}” stands for “{decision.stands_for}”, but is itself a registered {what.en}",
                ),
                row=row, column="name", value=decision.name,
                suggestion=Text(f"删去{what.zh}表里的“{there}”", f"take “{there}” out of the {what.en}s"),
            )  # fmt: skip

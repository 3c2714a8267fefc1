"""Codes under which rows have names that are not alike: the code says which product it is."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "N04",
    "note",
    Text("一个型号两个名称", "one code with two names"),
    why=Text(
        "按型号算作一个产品；如果型号写错了，这一行就记到了别的产品上。",
        "The code decides which product a row counts for; where the code is wrong, so is the product.",
    ),
    mend=Text("核对这一行的型号，写错了就改。", "Compare the row's code with the goods; correct it if it is wrong."),
    wrong="""
        订单.csv
        单号,日期,客户,产品,型号,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,铁皮标牌,82580,10,6,赵
        SO20261121-001,2026-11-21,骏业,铁皮标牌,82580,8,6,赵
        SO20261122-001,2026-11-22,万安达,木制相框,82580,5,6,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,型号,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,铁皮标牌,82580,10,6,赵
        SO20261121-001,2026-11-21,骏业,铁皮标牌,82580,8,6,赵
        SO20261122-001,2026-11-22,万安达,木制相框,21171,5,6,赵
        """,
)


def one_code_two_names(
    name_questions: NameQuestions, catalogue: Catalogue, written_rows: WrittenRows
) -> Iterator[Wrong]:
    """A finding for each name that stands beside a code of another; graver where a register has both."""
    for folded in name_questions.about("product").folded:
        if folded.question == "codes":
            own = catalogue.identify(folded.written, "")
            both = own != folded.name and own in catalogue.registered and folded.name in catalogue.registered
            for spot in written_rows.written("product", folded.written, folded.model):
                yield Wrong(
                    spot.ledger,
                    Text(
                        f"型号 {spot.model} 是“{folded.name}”，{spot.rows} 行写作“{spot.name}”",
                        f"{spot.model} is the code of “{folded.name}”; rows that say “{spot.name}”: {spot.rows}",
                    ),
                    product=folded.name, row=spot.row, column="product", value=spot.name, about=spot.model,
                    suggestion=Text("核对型号和名称", "compare code and name"), severity="warning" if both else None,
                )  # fmt: skip

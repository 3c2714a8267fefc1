"""Products that rows write in several ways; they count as one without asking."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.name_questions import NameQuestions
from salesaid.balances.written_rows import WrittenRows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "N01",
    "note",
    Text("同一产品写法不一", "one product in several spellings"),
    why=Text(
        "只差连字符、空格、大小写或全半角，合计时已算作一个；但在 Excel 里筛选、查找会漏掉。",
        "Only dashes, blanks, case or width differ and totals count them as one; a filter in Excel misses some.",
    ),
    mend=Text("以后照登记的写法写；旧行不必改。", "Write it as the register does from now on; old rows may stay."),
    wrong="""
        产品.csv
        产品,单位
        BVM7-710,块

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,BVM7-710,10,6,赵
        SO20261121-001,2026-11-21,万安达,bvm7—710,5,6,赵
        """,
    mended="""
        产品.csv
        产品,单位
        BVM7-710,块

        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,BVM7-710,10,6,赵
        SO20261121-001,2026-11-21,万安达,BVM7-710,5,6,赵
        """,
)


def written_variant(name_questions: NameQuestions, written_rows: WrittenRows) -> Iterator[Wrong]:
    """A finding for each ledger in which a product is written in a way that only looks other."""
    for folded in name_questions.about("product").folded:
        if folded.question == "variant":
            for spot in written_rows.written("product", folded.written, folded.model):
                yield Wrong(
                    spot.ledger,
                    Text(
                        f"“{spot.name}”就是“{folded.name}”，有 {spot.rows} 行这样写",
                        f"“{spot.name}” is “{folded.name}”: rows written so: {spot.rows}",
                    ),
                    product=folded.name, row=spot.row, column="product", value=spot.name,
                    suggestion=Text(f"写作 {folded.name}", f"write {folded.name}"),
                )  # fmt: skip

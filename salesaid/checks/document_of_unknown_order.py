"""Documents that are filed under the number of an order that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.order_lines import OrderLines
from salesaid.balances.papers import Papers
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text
from salesaid.core.width import folded

_BOOK = """
    订单.csv
    单号,日期,客户,产品,数量,单价,交期,评审人
    SO20261118-001,2026-11-18,骏业,电源线,10,6,2026-11-30,赵

    单据.csv
    单号,日期,订单号,客户,种类
    DC20261118-001,2026-11-18,SO20261118-010,骏业,合同
    """
RULE = Rule(
    "D04",
    "warning",
    Text("单据的订单不存在", "document of an unknown order"),
    why=Text(
        "订单号写错了，按订单就找不到这份单据，还会被当作缺单据。",
        "With a wrong number nobody finds the paper by its order, and the order counts as lacking it.",
    ),
    mend=Text(
        "改正单据台账里的订单号；没有订单的单据，订单号留空。",
        "Correct the order's number in the ledger; leave it blank where the paper belongs to no order.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "DC20261118-001,2026-11-18,SO20261118-001,骏业,合同\nDC20261119-001,2026-11-19,,骏业,年度框架协议",
        instead_of="DC20261118-001,2026-11-18,SO20261118-010,骏业,合同",
    ),
)


def document_of_unknown_order(papers: Papers, order_lines: OrderLines) -> Iterator[Wrong]:
    """A finding for each document that names an order which no row is of."""
    named = [paper for paper in papers.all if paper.order_no]
    known = set(order_lines.ahead.numbers) if named else set()
    spelt = {folded(number): number for number in known}
    for paper in named if known else ():  # a book without orders names those of another
        if paper.order_no not in known:
            meant = spelt.get(folded(paper.order_no))
            yield Wrong(
                "documents",
                Text(
                    f"{paper.document_no}（{paper.kind}）的订单 {paper.order_no} 不存在",
                    f"there is no order {paper.order_no}, of which {paper.document_no} ({paper.kind}) is",
                ),
                paper.document_no, row=paper.row, column="order_no", value=paper.order_no,
                suggestion=None if meant is None else Text(f"写作 {meant}", f"write {meant}"),
            )  # fmt: skip

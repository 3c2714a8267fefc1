"""Orders whose goods left though nobody had reviewed them."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, same
from salesaid.settings import Settings

_BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结30

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人
    SO20261109-001,2026-11-09,下单,骏业,主板,2,120,2026-11-30,赵
    SO20261110-001,2026-11-10,下单,骏业,电源线,10,6,2026-11-20,

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,电源线,10,6
    """
RULE = Rule(
    "O09",
    "warning",
    Text("没有评审就发了货", "shipped without review"),
    why=Text(
        "评审就是发货前核对型号、价格和账期；先发后审等于没审。",
        "A review looks at models, prices and terms before goods leave: afterwards it is too late.",
    ),
    mend=Text("请评审人补看并记下。", "Have it looked at, and record by whom."),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "SO20261110-001,2026-11-19,评审,骏业,,0,,,赵",
        after="SO20261110-001,2026-11-10,下单,骏业,电源线,10,6,2026-11-20,",
    ),
)


def unreviewed_but_shipped(order_lines: OrderLines, settings: Settings) -> Iterator[Wrong]:
    """A finding for each order, in a book that reviews any; one of sales ships what it writes."""
    lines = order_lines.all
    if settings.at_once or not any(line.reviewed_by for line in lines):
        return
    found: dict[str, OrderLine] = {}
    for line in lines:
        if line.shipped > 0 and not line.reviewed_by:
            found.setdefault(line.order_no, line)
    for no, line in found.items():
        yield Wrong(
            "orders",
            Text(
                f"订单 {no}（{line.customer}，{line.day}）没有评审人，货已经发了",
                f"order {no} ({line.customer}, {line.day}) was shipped, and nobody had reviewed it",
            ),
            no, column="reviewed_by",
            suggestion=same(command("order", "review", no, "--by", "…")),
        )  # fmt: skip

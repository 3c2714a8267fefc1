"""Orders that were shipped and lack a contract, a delivery note or whatever else the book keeps."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.missing_papers import MissingPapers
from salesaid.core.blanks import CUSTOMER
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, same

_BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结90

    订单.csv
    单号,日期,客户,产品,数量,单价,交期,评审人
    SO20261117-001,2026-11-17,骏业,主板,2,120,2026-11-30,赵
    SO20261118-001,2026-11-18,骏业,电源线,10,6,2026-11-30,赵

    出货.csv
    单号,日期,订单号,客户,产品,数量,单价
    SH20261119-001,2026-11-19,SO20261117-001,骏业,主板,2,120

    单据.csv
    单号,日期,订单号,客户,种类
    DC20261117-001,2026-11-17,SO20261117-001,骏业,合同
    """
RULE = Rule(
    "D01",
    "warning",
    Text("发了货缺单据", "document missing"),
    why=Text(
        "没有合同和送货单，对账、开票、打官司都拿不出凭据。",
        "Without its contract and delivery note nothing proves what was agreed and what arrived.",
    ),
    mend=Text(
        "找到单据归档：salesaid document add；要哪些单据在 salesaid.toml 的 [documents] needed 里写。",
        "Find the paper and file it with salesaid document add; [documents] needed in salesaid.toml says which.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "DC20261119-001,2026-11-19,SO20261117-001,骏业,送货单",
        after="DC20261117-001,2026-11-17,SO20261117-001,骏业,合同",
    ),
)


def missing_document(missing_papers: list[MissingPapers]) -> Iterator[Wrong]:
    """A finding for each kind of paper that a shipped order needs and does not have."""
    for each in missing_papers:
        who = Text(CUSTOMER.show(each.customer, "zh"), CUSTOMER.show(each.customer, "en"))
        for kind in each.kinds:
            yield Wrong(
                "orders",
                Text(
                    f"{each.order_no}（{who.zh}）{each.shipped_on} 发了货，没有{kind}",
                    f"{each.order_no} ({who.en}) was shipped on {each.shipped_on} and has no {kind}",
                ),
                each.order_no, column="order_no", value=each.order_no, about=kind,
                suggestion=same(command("document", "add", each.order_no, "…", "--kind", kind)),
            )  # fmt: skip

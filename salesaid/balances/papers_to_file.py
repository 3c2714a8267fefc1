"""Orders that were shipped and lack papers, as something to be done."""

from __future__ import annotations

from datetime import date

from salesaid.balances.missing_papers import MissingPapers
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.short_forms import short_forms
from salesaid.core.blanks import CUSTOMER
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings


def papers_to_file(
    missing_papers: list[MissingPapers], order_lines: OrderLines, orders: Rows, settings: Settings, today: date
) -> list[Duty]:
    """A duty for each order; its command files the first of the papers once its file is named."""
    if not missing_papers:
        return []
    short = short_forms(order_lines.numbers, orders, settings, today)
    return most_urgent_first([_duty(each, short.of(each.order_no), today) for each in missing_papers])


def _duty(each: MissingPapers, no: str, today: date) -> Duty:
    text = Text(
        f"{CUSTOMER.show(each.customer, 'zh')} {each.order_no} 缺{'、'.join(each.kinds)}",
        f"{CUSTOMER.show(each.customer, 'en')} {each.order_no} lacks: {', '.join(each.kinds)}",
    )
    first = each.kinds[0]
    closing = same(command("document", "add", no, "…", "--kind", first))
    return Duty(
        "document", text, closing, (today - each.shipped_on).days, None, each.order_no, each.customer,
        owners=(each.salesperson,) if each.salesperson else (), waits=True,
    )  # fmt: skip

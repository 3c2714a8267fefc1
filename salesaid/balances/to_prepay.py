"""Open orders for which money was to come in before the goods leave, and has not."""

from __future__ import annotations

from datetime import date

from salesaid.balances.order_lines import OrderLines
from salesaid.balances.prepayments import Prepayments, Waiting
from salesaid.balances.receivables import Receivables
from salesaid.balances.short_forms import short_forms
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import behind_options, command
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings


def to_prepay(
    prepayments: Prepayments, receivables: Receivables, order_lines: OrderLines, orders: Rows, settings: Settings,
    today: date,
) -> list[Duty]:  # fmt: skip
    """A duty for each order, the one that is to leave first on top."""
    if not prepayments.all:
        return []
    short = short_forms((line.order_no for line in order_lines.all), orders, settings, today)
    terms = receivables.due_dates.terms
    return most_urgent_first(
        [_duty(each, getattr(terms(each.customer), "text", ""), short.of(each.order_no), today)
         for each in prepayments.all.values()]
    )  # fmt: skip


def _duty(waiting: Waiting, terms: str, no: str, today: date) -> Duty:
    missing = MONEY.show(waiting.missing, "zh")
    text = Text(f"{waiting.customer} 应预付 {missing}（{terms}）", f"{waiting.customer}: {missing} ahead ({terms})")
    closing = same(
        command("payment", "add", "--order", no, *behind_options(waiting.customer, MONEY.format(waiting.missing)))
    )
    days = None if waiting.due is None else (today - waiting.due).days
    return Duty(
        "prepay", text, closing, days, waiting.due, waiting.order_no, waiting.customer, amount=waiting.missing,
        owners=waiting.owners,
    )  # fmt: skip

"""Wrong models, sent or received, of which one leg is still open."""

from __future__ import annotations

from datetime import date

from salesaid.balances.case_steps import next_step
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.owners import Owners
from salesaid.balances.purchase_lines import PurchaseLines
from salesaid.balances.short_forms import short_forms
from salesaid.balances.wrong_models import Case, WrongModels, case_notes
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.rows import Rows
from salesaid.core.text import Text
from salesaid.settings import Settings


def cases_to_close(
    wrong_models: WrongModels, order_lines: OrderLines, purchase_lines: PurchaseLines, owners: Owners, orders: Rows,
    purchases: Rows, settings: Settings, today: date,
) -> list[Duty]:  # fmt: skip
    """A duty for each case: its first open leg is to be closed."""
    if not wrong_models.open:
        return []
    orders_ = short_forms((line.order_no for line in order_lines.all), orders, settings, today)
    bought = short_forms(purchase_lines.numbers, purchases, settings, today)
    return most_urgent_first(
        [_duty(case, (orders_ if case.ledger == "orders" else bought).of(case.number), owners, today)
         for case in wrong_models.open]
    )  # fmt: skip


def _duty(case: Case, no: str, owners: Owners, today: date) -> Duty:
    is_sent = case.ledger == "orders"
    told = case_notes([case])[0].text
    text = Text(
        f"{case.party}：{told.zh.removeprefix('型号不符：')}", f"{case.party}: {told.en.removeprefix('wrong model: ')}"
    )
    return Duty(
        "wrong_model", text, next_step(case._replace(number=no), ()), (today - case.day).days, None, case.number,
        case.party if is_sent else "", "" if is_sent else case.party, case.product, case.to_take_back or case.lacking,
        owners=owners.of_order(case.number, case.party) if is_sent else (), waits=True,
    )  # fmt: skip

"""Purchases that have not come though their last promise has passed, and the orders that they keep waiting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesaid.balances.blocked import Blocked
from salesaid.balances.owners import Owners
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.short_forms import short_forms
from salesaid.balances.shortage import Short
from salesaid.balances.wrong_models import WrongModels, lacking
from salesaid.core.blanks import PRODUCT, SUPPLIER
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO, Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings

_PUT_OFF = "+7"  # to a new promise
_NAMED = 2  # orders that a line names


def purchases_awaited(
    purchase_lines: PurchaseLines, wrong_models: WrongModels, blocked: Blocked, owners: Owners, purchases: Rows,
    settings: Settings, today: date,
) -> list[Duty]:  # fmt: skip
    """A duty for each line; what another model came for is told with that case. Its owners are the orders'."""
    told = lacking(wrong_models.open, "purchases")
    late = [
        line
        for line in purchase_lines.all
        if line.days_late(today) is not None and line.open > told.get((line.purchase_no, line.product), ZERO)
    ]
    if not late:
        return []
    short = short_forms(purchase_lines.numbers, purchases, settings, today)
    return most_urgent_first(
        [_duty(line, short.of(line.purchase_no), blocked.by(line), owners, today) for line in late]
    )


def _duty(line: PurchaseLine, no: str, waiting: Sequence[Short], owners: Owners, today: date) -> Duty:
    item = f"{PRODUCT.show(line.product, 'zh')}×{QTY.format(line.open)}"
    text = Text(f"{SUPPLIER.show(line.supplier, 'zh')} 的 {item}", f"{item} from {SUPPLIER.show(line.supplier, 'en')}")
    orders = list(dict.fromkeys(each.order_no for each in waiting))
    people = [name for each in waiting for name in owners.of_order(each.order_no, each.customer)]
    return Duty(
        "purchase", text + _keeps(orders), same(command("purchase", "promise", no, "--due", _PUT_OFF)),
        line.days_late(today), line.due, line.purchase_no, "", line.supplier, line.product, line.open,
        owners=tuple(dict.fromkeys(people)),
    )  # fmt: skip


def _keeps(orders: Sequence[str]) -> Text:
    """Which orders wait for it."""
    if not orders:
        return same("")
    named, more = ", ".join(orders[:_NAMED]), len(orders) - _NAMED
    rest = Text(f" 等 {len(orders)} 单", f" and {more} more") if more > 0 else same("")
    return Text(f"，{named.replace(', ', '、')}{rest.zh} 在等", f", awaited by {named}{rest.en}")

"""Order lines that are to be shipped today, or should have been, with what lies on the shelf for them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from salesaid.balances.incoming import Incoming
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.owners import Owners
from salesaid.balances.prepayments import Prepayments
from salesaid.balances.reach import Reach
from salesaid.balances.short_forms import short_forms
from salesaid.balances.wrong_models import WrongModels, lacking
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO, Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings

_PUT_OFF = 7  # days to a new date where nothing is under way


def to_ship(
    order_lines: OrderLines, wrong_models: WrongModels, prepayments: Prepayments, reach: Reach, incoming: Incoming,
    stock_keeping: bool, owners: Owners, orders: Rows, settings: Settings, today: date,
) -> list[Duty]:  # fmt: skip
    """A duty for each line; what a wrong model went for is told with that case.

    A book that does not keep its stock is not asked what is there.
    """
    told = lacking(wrong_models.open, "orders")
    due = [line for line in order_lines.open if line.due is not None and line.due <= today]
    wanted = [line for line in due if line.open > told.get((line.order_no, line.product), ZERO)]
    if not wanted:
        return []
    short = short_forms((line.order_no for line in order_lines.all), orders, settings, today)
    numbers = {line.order_no for line in wanted}
    beside = Counter(line.order_no for line in order_lines.open if line.order_no in numbers)
    found = []
    for line in wanted:
        there = reach.of(line.product) if stock_keeping else None
        closing = _closing(line, short.of(line.order_no), there, incoming, today, alone=beside[line.order_no] == 1)
        found.append(_duty(line, there, prepayments.missing(line.order_no), closing, owners, today))
    return most_urgent_first(found)


def _duty(
    line: OrderLine, there: Decimal | None, missing: Decimal, closing: Text, owners: Owners, today: date
) -> Duty:  # fmt: skip
    assert line.due is not None
    what = f"{PRODUCT.show(line.product, 'zh')}×{QTY.format(line.open)}"
    text = Text(f"{CUSTOMER.show(line.customer, 'zh')} {what}", f"{CUSTOMER.show(line.customer, 'en')} {what}")
    if there is not None:
        hand = QTY.format(there)
        text += Text(f"，在库 {hand}", f", {hand} on hand")
    if missing:
        text += Text("，款未到", ", not paid in advance")
    return Duty(
        "ship", text, closing, (today - line.due).days, line.due, line.order_no, line.customer, "", line.product,
        line.open, there, None, owners.of_order(line.order_no, line.customer),
    )  # fmt: skip


def _closing(line: OrderLine, no: str, there: Decimal | None, incoming: Incoming, today: date, *, alone: bool) -> Text:
    """Ship it, or as much as there is; where there is nothing, agree on the day when some comes."""
    if not alone and not line.product:  # nothing to call it by beside the others
        return same(command("order", "show", no))
    if there is not None and there <= 0:
        coming = [lot.due for lot in incoming.lots(line.product) if lot.due is not None and lot.due > today]
        day = coming[0] if coming else today + timedelta(_PUT_OFF)
        own = [] if alone else ["-i", line.product]
        line_ = command("order", "change", no, *own, "--due", day.isoformat(), "--why")
        return Text(f"{line_} 缺货", f"{line_} out-of-stock")
    qty = line.open if there is None else min(line.open, there)
    whole = alone and qty == line.open
    return same(command("order", "ship", no, *([] if whole else ["-i", f"{line.product}×{QTY.format(qty)}"])))

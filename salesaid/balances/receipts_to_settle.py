"""Money that came in and settles nothing: of payers whom nobody knows, or for orders that the book does not have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.maybe_paid import maybe_paid, place_of
from salesaid.balances.overdue_debts import OverdueDebts
from salesaid.balances.owners import Owners
from salesaid.balances.parties import Parties
from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Receivables
from salesaid.balances.short_forms import short_forms
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import behind_options, command
from salesaid.core.rows import Rows
from salesaid.core.short_numbers import ShortNumbers
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings


def receipts_to_settle(
    receivables: Receivables, astray: list[Receipt], overdue_debts: OverdueDebts, customer_names: Parties,
    owners: Owners, payments: Rows, settings: Settings, today: date,
) -> list[Duty]:  # fmt: skip
    """A duty for each receipt; one that an overdue debt is told with is not told again."""
    unknown = _untold(receivables, overdue_debts)
    if not unknown and not astray:
        return []
    short = short_forms((row.payment_no for row in receivables.all_receipts), payments, settings, today)
    likely: dict[str, list[str]] = {}
    for guess in maybe_paid(receivables.open_debts(), receivables, customer_names).guesses if unknown else ():
        likely.setdefault(guess.receipt.payment_no, []).append(guess.customer)
    found = [_of_nobody(row, list(dict.fromkeys(likely.get(row.payment_no, ()))), owners, today) for row in unknown]
    lost = [row for row in astray if row not in unknown]
    return most_urgent_first([*found, *_for_nothing(lost, short, owners, today)])


def _untold(receivables: Receivables, overdue: OverdueDebts) -> list[Receipt]:
    """The receipts of unknown payers that no debt of `to_verify` names."""
    places = {place_of(debt)[0] for debt in overdue.perhaps_paid}
    told = {guess.receipt.payment_no for guess in overdue.guesses if guess.customer in places}
    return [row for row in receivables.unknown_receipts if row.payment_no not in told]


def _of_nobody(row: Receipt, names: list[str], owners: Owners, today: date) -> Duty:
    sum_, payer = MONEY.show(row.amount, "zh"), Text(row.payer or "付款人不详", row.payer or "payer unknown")
    text = Text(f"{row.payment_no} {sum_} {payer.zh}，不知是谁的", f"{row.payment_no} {sum_} {payer.en}: whose is it?")
    if names:
        text += Text("，可能是 ", " perhaps ") + joined([same(name) for name in names], "、", " or ")
    closing = command("payment", "list")
    if row.payer and len(names) == 1:
        closing = command("name", "same", "--kind", "customer", "--new", *behind_options(row.payer, names[0]))
    elif row.payer:
        closing = command("name", "suggest", "--kind", "customer", *behind_options(row.payer))
    return _duty(row, text, same(closing), owners, today)


def _for_nothing(rows: list[Receipt], short: ShortNumbers, owners: Owners, today: date) -> Iterator[Duty]:
    for row in rows:
        sum_, who = MONEY.show(row.amount, "zh"), f" {row.customer}" if row.customer else ""
        text = Text(
            f"{row.payment_no} {sum_}{who}，订单 {row.order_no} 不存在",
            f"{row.payment_no} {sum_}{who}: there is no order {row.order_no}",
        )
        line = command("void", short.of(row.payment_no, with_prefix=True), "--why")
        yield _duty(row, text, Text(f"{line} 订单号写错", f"{line} wrong-order"), owners, today)


def _duty(row: Receipt, text: Text, closing: Text, owners: Owners, today: date) -> Duty:
    customer = row.customer or ""
    return Duty(
        "receipt", text, closing, (today - row.day).days, None, row.payment_no, customer, amount=row.amount,
        owners=owners.of_customer(customer), waits=True,
    )  # fmt: skip

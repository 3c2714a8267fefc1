"""What customers owe, by age: a row a customer, whoever owes most first. Ties to the balance, or is no table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from salesaid.balances.ageing import Ageing, By, ageing, summed
from salesaid.balances.folded_customers import FoldedCustomers
from salesaid.balances.odd_refunds import refund_notes
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Receivables
from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import MONEY
from salesaid.core.money import of_cents
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text

_SHOWN = 5  # names that a note lists

FIELDS = (
    Field("customer", Text("客户", "Customer"), CUSTOMER, key=True),
    Field("not_due", Text("未到期", "Not due"), MONEY),
    Field("d1_30", Text("1–30天", "1–30 days"), MONEY),
    Field("d31_60", Text("31–60天", "31–60 days"), MONEY),
    Field("d61_90", Text("61–90天", "61–90 days"), MONEY),
    Field("d91_180", Text("91–180天", "91–180 days"), MONEY),
    Field("d181_365", Text("181–365天", "181–365 days"), MONEY),
    Field("d365_over", Text("365天以上", "Over 365 days"), MONEY),
    Field("unallocated", Text("未冲收款", "Unallocated"), MONEY),
    Field("balance", Text("余额", "Balance"), MONEY),
)
_TITLES = {
    "due": Text("应收账龄（按到期日）", "Receivables by due date"),
    "ship": Text("应收账龄（按发货日）", "Receivables by ship date"),
}
_BY_SHIP = FIELDS[1]._replace(header=Text("当天", "Today"))


def receivable_list(
    receivables: Receivables, returns: Rows, customer_names: Parties, folded_customers: FoldedCustomers, today: date, *,
    customer: str | None = None, by: By = "due", limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The customers who owe something or have paid ahead, or the one that is named. Raises AgeingDoesNotTieError."""
    ages = ageing(receivables, today, by)
    if customer is None:
        found = [each for each in ages if any(each.buckets) or each.unallocated]
    else:
        found = [each for each in ages if each.customer == customer] or [Ageing(customer, summed(()).buckets, 0)]
    found.sort(key=lambda each: (-each.balance, each.customer))
    fields = FIELDS if by == "due" else (FIELDS[0], _BY_SHIP, *FIELDS[2:])
    totals = dict(zip((field.name for field in FIELDS[1:]), _figures(summed(found)), strict=True))
    names = {each.customer for each in found}
    odd = refund_notes(returns, customer_names.identify, names)
    notes = (*more(len(found), limit), *_notes(receivables, found, customer), *odd, *folded_customers.note(names))
    rows = [(each.customer or None, *_figures(each)) for each in found[:limit]]
    return Table(_TITLES[by], fields, rows, totals, notes, newest)


def _figures(ages: Ageing) -> list[object]:
    return [of_cents(cents) for cents in (*ages.buckets, ages.unallocated, ages.balance)]


def _notes(receivables: Receivables, ages: Sequence[Ageing], customer: str | None) -> list[Note]:
    notes = []
    unknown = sum(row.cents for row in receivables.unknown_receipts)
    if unknown and not customer:
        sum_ = MONEY.show(of_cents(unknown), "zh")
        text = Text(
            f"不知道是哪个客户的收款共 {sum_}，记在（无客户）一行，没有冲账",
            f"receipts of unknown payers, {sum_} in all, stand under (no customer) and settle nothing",
        )
        notes.append(Note("unknown_payers", "warning", text))
    owing = [each.customer for each in ages if any(each.buckets) and each.customer]
    odd = {name: terms for name in owing if (terms := receivables.due_dates.unreadable(name))}
    if odd:
        listed = _listed((f"{name}“{terms}”" for name, terms in odd.items()), "、")
        text = Text(
            f"付款条件看不懂、当作没有的客户 {len(odd)} 个：{listed}",
            f"customers whose terms cannot be read and count as none: {len(odd)} ({listed})",
        )
        notes.append(Note("unreadable_terms", "warning", text))
    bare = [name for name in owing if name not in odd and receivables.due_dates.terms(name) is None]
    if bare:
        text = Text(
            f"没有付款条件、按发货日到期的客户 {len(bare)} 个：{_listed(bare, '、')}",
            f"customers without terms, due on the ship date: {len(bare)} ({_listed(bare, ', ')})",
        )
        notes.append(Note("no_terms", "info", text))
    return notes + _disputed(receivables, {each.customer for each in ages})


def _disputed(receivables: Receivables, customers: set[str]) -> list[Note]:
    if not receivables.disputes.open:
        return []
    sums: dict[str, int] = {}
    for name, account in receivables.accounts.items():
        for owing, open_ in zip(account.allocation.owing, account.allocation.open, strict=True):
            if name in customers and open_ and receivables.disputes.is_disputed(owing.no, owing.order_no):
                no = owing.no if owing.no in receivables.disputes.open else owing.order_no
                sums[no] = sums.get(no, 0) + open_
    if not sums:
        return []
    listed = [f"{no} {MONEY.show(of_cents(cents), 'zh')}" for no, cents in sums.items()]
    text = Text(f"有争议的：{_listed(listed, '、')}", f"disputed: {_listed(listed, ', ')}")
    return [Note("disputed", "info", text)]


def _listed(names: Iterable[str], comma: str) -> str:
    every = list(names)
    return comma.join(every[:_SHOWN]) + (" …" if len(every) > _SHOWN else "")

"""Payments: money comes in, and what it settles is shown (DOMAIN.md 3, 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.allocation import Allocation, Paid
from salesaid.balances.named_order import the_order
from salesaid.balances.new_rows import later_date
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.receipts import Money
from salesaid.balances.receivables import Receivables
from salesaid.balances.typed import known_party
from salesaid.core import money
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO
from salesaid.core.pasted import command
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings

_NEW = "\uffff"  # the number of a receipt that has none yet: it comes after those of its day


class NoPayer(Refused):
    """A receipt names neither a customer, nor an order, nor who paid."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写谁付的款", "it is not said who paid"),
            Text(
                "用 -c 写客户；还不知道是哪个客户的，用 --payer 写银行回单上的付款人",
                "name the customer with -c; if it is not known yet whose money it is, "
                "the payer of the bank's slip with --payer",
            ),
        )


class NotAboveZero(Refused):
    """A receipt of nothing, or of less."""

    def __init__(self, amount: Decimal) -> None:
        super().__init__(
            Text(f"收款金额要大于零，不能是 {_shown(amount)}", f"a receipt is above zero, not {_shown(amount)}"),
            Text("收错的款用 salesaid void 冲销", "to take back a receipt use salesaid void"),
        )


class FractionOfCent(Refused):
    """An amount of money has more than two decimals."""

    def __init__(self, amount: Decimal) -> None:
        super().__init__(
            Text(f"金额 {amount:f} 的小数超过两位", f"the amount {amount:f} has more than two decimals"),
            Text("钱最小到分，请核对后写到两位小数", "money goes down to the cent: check it and write two decimals"),
        )


class FutureReceipt(Refused):
    """A receipt is dated in a month that has not begun."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            Text(
                f"收款日期 {day} 在以后的月份（今天是 {today}）",
                f"the receipt is dated {day}, in a month to come (today is {today})",
            ),
            Text(
                "请核对日期；还没到账的款，到账时再记", "check the date; what has not come in is entered when it does"
            ),
        )


class PaidTwice(Refused):
    """A receipt of the same customer, amount and day is there already."""

    def __init__(self, who: str, no: str, amount: Decimal, day: date) -> None:
        super().__init__(
            Text(
                f"{who} 在 {day} 已经有一笔同样金额 {_shown(amount)} 的收款：{no}",
                f"there is a receipt of {who} over the same {_shown(amount)} on {day}: {no}",
            ),
            Text("确是另一笔款，请加 --yes", "if it is another one, add --yes"),
        )


class OtherCustomersOrder(Refused):
    """A receipt names an order of another customer."""

    def __init__(self, order_no: str, owner: str, customer: str) -> None:
        super().__init__(
            Text(
                f"订单 {order_no} 是 {owner} 的，不是 {customer} 的",
                f"order {order_no} is {owner}'s, not {customer}'s",
            ),
            Text(
                f"{customer} 代付的，写 -c {owner} --payer {customer}",
                f"if {customer} paid for them, write -c {owner} --payer {customer}",
            ),
        )


def _shown(amount: Decimal) -> str:
    return MONEY.show(amount, "zh")


class _From(NamedTuple):
    """Whose money it is (None: not known), as a post writes it, with what is to be said of it."""

    customer: str | None
    written: str
    order_no: str
    notes: list[Note]
    entries: list[Entry]


def add(
    receivables: Receivables, order_lines: OrderLines, customer_names: Parties, settings: Settings, today: date, *,
    amount: Decimal, day: date, customer: str = "", payer: str = "", order: str = "", method: str = "",
    account: str = "", note: str = "", new: bool = False, twice_meant: bool = False,
) -> Decision:  # fmt: skip
    """Money that came in. Raises FutureReceipt."""
    _require_amount(amount)
    if (day.year, day.month) > (today.year, today.month):
        raise FutureReceipt(day, today)
    whose = _whose(receivables, order_lines, customer_names, settings, today, customer, payer, order, new=new)
    if not twice_meant:
        standing = receivables.standing if day <= today else receivables.standing_on(day)
        _require_first(standing, whose.customer, payer, amount, day)
    row: dict[str, Value] = {
        "payment_no": NewNumber("payments", day), "date": day, "customer": whose.written, "payer": payer,
        "amount": amount, "method": method, "order_no": whose.order_no, "account": account, "note": note,
    }  # fmt: skip
    typed = {
        "customer": customer, "payer": payer, "order_no": order, "method": method, "account": account, "note": note,
    }  # fmt: skip
    given = frozenset({"amount", *(name for name, value in typed.items() if value)})
    shown, settled = _settles(receivables, whose, Paid(day, _NEW, whose.order_no, money.cents(amount)))
    return Decision(
        _taken(whose.customer, payer, amount),
        (*whose.entries, Entry("payments", row, given)),
        no=NewNumber("payments", day),
        notes=(*whose.notes, *settled, *later_date(day, today)),
        shown=shown,
    )


def _require_amount(amount: Decimal) -> None:
    if amount <= 0:
        raise NotAboveZero(amount)
    if amount != money.rounded(amount, 2):
        raise FractionOfCent(amount)


def _whose(
    receivables: Receivables, order_lines: OrderLines, customers: Parties, settings: Settings, today: date,
    customer: str, payer: str, order: str, *, new: bool,
) -> _From:  # fmt: skip
    """The customer: as typed, else the order's, else the payer where it is certain who that is."""
    order_no = the_order(order, order_lines, settings, today) if order else ""
    owner = order_lines.of(order_no)[0].customer if order_no else ""
    if customer.strip():
        who = known_party(customer, customers, new=new)
        if owner and owner != who.party.id:
            raise OtherCustomersOrder(order_no, owner, who.party.id)
        return _From(who.party.id, who.party.written, order_no, who.notes, who.entries)
    found = owner or receivables.whose.of_payer(payer)
    if found:
        text = same(f"{payer.strip() or order_no} → {found}")
        return _From(found, customers.party(found).written, order_no, [Note("understood", "info", text)], [])
    if not payer.strip() and not order_no:
        raise NoPayer
    return _From(None, "", order_no, _unknown(payer, customers), [])


def _unknown(payer: str, customers: Parties) -> list[Note]:
    near = customers.names.suggestions(payer)
    text = Text(
        f"不知道“{payer}”是哪个客户：这笔款暂不冲账",
        f"it is not known which customer “{payer}” is: the receipt settles nothing yet",
    )
    if near:
        listed = joined([same(name) for name in near])
        text += Text(f"。可能是：{listed.zh}", f". It may be: {listed.en}")
    decide = f"{command('name', 'same', payer, near[0] if near else '…')} --new"
    text += Text(f"；查明后：{decide}", f"; once it is known: {decide}")
    return [Note("unknown_payer", "warning", text)]


def _require_first(standing: Iterable[Money], customer: str | None, payer: str, amount: Decimal, day: date) -> None:
    cents = money.cents(amount)
    for each in standing:
        same_one = each.customer == customer and (customer is not None or _payers(each) == {payer.strip()})
        if same_one and each.cents == cents and any(row.day == day for row in each.rows):
            raise PaidTwice(customer or payer.strip(), each.no, amount, day)


def _payers(each: Money) -> set[str]:
    return {row.payer for row in each.rows}


_SETTLES = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("no", Text("单据", "Document"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("due", Text("到期日", "Due"), DATE),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("settled", Text("本次冲账", "Settled now"), MONEY),
    Field("open", Text("尚欠", "Still open"), MONEY),
)


def _settles(receivables: Receivables, whose: _From, paid: Paid) -> tuple[Table | None, list[Note]]:
    """What the receipt settles of the customer's debts, and what is owed or paid ahead then."""
    if whose.customer is None:
        return None, []
    then = receivables.with_receipt(whose.customer, paid)
    at = then.paid.index(paid)
    rows = [
        _settled(then, place, cents)
        for place, cents in sorted((place, cents) for source, place, cents in then.settled if source == at)
    ]
    table = Table(Text("本次冲账", "What it settles"), _SETTLES, rows, _totals(rows)) if rows else None
    return table, [*_ahead(then, at, paid), _balance(whose.customer, then)]


def _settled(then: Allocation, place: int, cents: int) -> tuple[object, ...]:
    owing = then.owing[place]
    figures = (money.of_cents(count) for count in (owing.cents, cents, then.open[place]))
    return owing.order_no or None, owing.no, owing.day, owing.due, *figures


def _totals(rows: Sequence[tuple[object, ...]]) -> dict[str, object]:
    return {"settled": money.total(row[5] for row in rows)} if len(rows) > 1 else {}  # type: ignore[misc]


def _ahead(then: Allocation, at: int, paid: Paid) -> list[Note]:
    left = then.left[at]
    if not left:
        return []
    sum_ = _shown(money.of_cents(left))
    for_order = Text(f"，记在订单 {paid.order_no} 上", f" for order {paid.order_no}") if paid.order_no else same("")
    text = Text(f"多收 {sum_}，作预收款", f"{sum_} more than is owed: paid ahead") + for_order
    return [Note("prepaid", "warning", text)]


def _balance(customer: str, then: Allocation) -> Note:
    balance = sum(then.open) - then.unallocated
    sum_ = _shown(money.of_cents(abs(balance)))
    if balance > 0:
        text = Text(f"{customer} 还欠 {sum_}", f"{customer} still owes {sum_}")
    elif balance < 0:
        text = Text(f"{customer} 预付了 {sum_}", f"{customer} has paid {sum_} ahead")
    else:
        text = Text(f"{customer} 已结清", f"{customer} owes nothing now")
    return Note("balance", "info", text)


def _taken(customer: str | None, payer: str, amount: Decimal) -> Text:
    who = customer or payer.strip()
    return Text(f"已记收款 {{no}} · {who} · {_shown(amount)} 元", f"receipt {{no}} · {who} · {_shown(amount)}")

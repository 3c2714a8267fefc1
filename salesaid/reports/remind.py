"""Whom to remind of what is overdue, with texts ready to send; and whom not to: disputed, or perhaps paid already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple

from salesaid.balances.maybe_paid import Guess, maybe_paid, place_of
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Debt, Receivables
from salesaid.balances.wrong_models import WrongModels, case_notes
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, TEXT, Choice
from salesaid.core.pasted import command
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Lang, Text, joined, same
from salesaid.settings import Settings

State = Literal["overdue", "not_due", "disputed", "maybe_paid"]

STATE = Choice(
    {
        "overdue": Text("已逾期", "overdue"),
        "not_due": Text("未到期", "not due"),
        "disputed": Text("有争议", "disputed"),
        "maybe_paid": Text("疑似已回款", "maybe paid"),
    }
)
FIELDS = (
    Field("customer", Text("客户", "Customer"), CUSTOMER, key=True),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("due", Text("应收日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("amount", Text("未收金额", "Amount"), MONEY),
    Field("state", Text("状态", "State"), STATE),
    Field("text", Text("催款文字", "Text"), TEXT, folds=True),
)
_STATES: tuple[State, ...] = ("overdue", "maybe_paid", "disputed", "not_due")


class _Due(NamedTuple):
    """What is open of one document, due on one day; for a letter `no` is blank where the document has none."""

    customer: str
    no: str
    day: date
    due: date
    state: State
    amount: Decimal
    is_opening: bool


def stale_receipts(receivables: Receivables, settings: Settings, today: date) -> Text | None:
    """What is to be said first where the receipts are too old to remind anybody by; None where they are new."""
    days = settings.limit("receipts_age_days")
    newest = max((receipt.day for receipt in receivables.all_receipts), default=None)
    if newest is None:
        return Text(
            "还没有收款记录，说不准谁已经付了款", "there are no receipts yet: who has paid already is not known"
        )
    age = (today - newest).days
    if age <= days:
        return None
    return Text(
        f"收款最近只记到 {newest}（{age} 天前，超过 {days} 天），此后到的款还不知道",
        f"the newest receipt is of {newest}, {age} days ago (more than {days}): what came in since is not known",
    )


def remind(
    receivables: Receivables, wrong_models: WrongModels, customer_names: Parties, settings: Settings, today: date,
    lang: Lang, *, customer: str | None = None, once: bool = False,
) -> Table:  # fmt: skip
    """What is open by customer, order and due date, what is overdue first; one text a customer.

    Every overdue row has its customer's text; with `once` only the first of them, for people. Who got a wrong model
    is not dunned for that order until it is put right: it counts as disputed.
    """
    wrong = [case for case in wrong_models.open if case.ledger == "orders" and customer in {None, case.party}]
    numbers = {case.number for case in wrong}
    debts = [
        debt._replace(disputed=debt.disputed or debt.order_no in numbers) for debt in receivables.open_debts(customer)
    ]
    found = maybe_paid(debts, receivables, customer_names)
    dues = _dues(debts, found.debts, today)
    dues_ = [due if receivables.has_number(due.no) else due._replace(no="") for due in dues]
    texts = _texts(dues_, customer_names, settings, today, lang)
    rows = []
    for due in dues:
        text = texts.get(due.customer) if due.state == "overdue" else None
        rows.append(_row(due, text, today))
        if once and text is not None:
            del texts[due.customer]
    totals = {"amount": money.total(due.amount for due in dues)}
    by_receipt = [list(own) for _, own in groupby(found.guesses, key=lambda guess: (guess.receipt, guess.payer))]
    notes = [*_stale(stale_receipts(receivables, settings, today)), *map(_guessed, by_receipt)]
    notes += case_notes(case for case in wrong if any(debt.order_no == case.number for debt in debts))
    return Table(Text("催款", "Reminders"), FIELDS, rows, totals, tuple(notes))


def apart(table: Table) -> tuple[Table, list[str]]:
    """The table without its texts, and the texts, one a customer: a terminal shows them below it, to be copied."""
    texts = [str(row[-1]) for row in table.rows if row[-1] is not None]
    return table._replace(fields=table.fields[:-1], rows=[row[:-1] for row in table.rows]), texts


def _dues(debts: Sequence[Debt], paid: frozenset[int], today: date) -> list[_Due]:
    """The debts by customer, document, due date and state; customers by what is longest overdue."""
    sums: dict[tuple[str, str, date, State], list[Debt]] = {}
    for at, debt in enumerate(debts):
        key = (*place_of(debt), debt.due, _state(debt, at in paid, today))
        sums.setdefault(key, []).append(debt)
    dues = [
        _Due(
            customer, no, min(debt.day for debt in own), due, state, money.total(debt.open for debt in own),
            all(debt.kind == "opening" for debt in own),
        )
        for (customer, no, due, state), own in sums.items()
    ]  # fmt: skip
    first = {
        customer: min((each.state != "overdue", each.due) for each in own)
        for customer, own in groupby(sorted(dues), key=lambda each: each.customer)
    }
    return sorted(
        dues, key=lambda each: (first[each.customer], each.customer, _STATES.index(each.state), each.due, each.no)
    )


def _state(debt: Debt, is_maybe_paid: bool, today: date) -> State:
    if debt.disputed:
        return "disputed"
    if is_maybe_paid:
        return "maybe_paid"
    return "overdue" if debt.due < today else "not_due"


def _row(due: _Due, text: str | None, today: date) -> tuple[object, ...]:
    late = (today - due.due).days
    return (
        due.customer or None, due.no, due.day, due.due, Decimal(late) if late > 0 else None, due.amount, due.state,
        text,
    )  # fmt: skip


def _texts(
    dues: Sequence[_Due], customers: Parties, settings: Settings, today: date, lang: Lang
) -> dict[str, str]:  # fmt: skip
    """The text for every customer with something overdue."""
    overdue: dict[str, list[_Due]] = {}
    for due in dues:
        if due.state == "overdue" and due.customer:
            overdue.setdefault(due.customer, []).append(due)
    return {
        customer: "\n".join(line.in_(lang) for line in _letter(own, customers.party(customer).card, settings, today))
        for customer, own in overdue.items()
    }


def _letter(own: Sequence[_Due], card: Mapping[str, object], settings: Settings, today: date) -> Iterator[Text]:
    """The lines of a text: polite, with what is overdue since when, and the way out for who has paid."""
    name = _cell(card, "full_name") or own[0].customer
    contact = _cell(card, "contact")
    yield Text(f"{contact or name}，您好！", f"Dear {contact or name},")
    total = MONEY.show(money.total(due.amount for due in own), "en")
    count = len(own)
    who = Text(f"贵公司（{name}）" if contact else "贵公司", f" from {name}" if contact else "")
    yield Text(
        f"截至 {today}，{who.zh}有 {count} 笔货款已过付款日，合计 ¥{total}：",
        f"as of {today} these payments{who.en} are past due, ¥{total} in all:",
    )
    for number, due in enumerate(own, 1):
        amount, late = MONEY.show(due.amount, "en"), (today - due.due).days
        what = Text(f"{due.day} 发货", f"goods of {due.day}")
        what = Text(f"{due.day} 前结欠", f"owed since before {due.day}") if due.is_opening else what
        if due.no:
            what = Text(f"{due.no}（{what.zh}）", f"{due.no} ({what.en})")
        yield Text(
            f"{number}. {what.zh}，应付日 {due.due}，¥{amount}，已过 {late} 天",
            f"{number}. {what.en}, due {due.due}, ¥{amount}, {late} days ago",
        )
    yield Text(
        "烦请核对并安排付款；如近日已付，请告知付款日期和付款户名，我们马上查收。谢谢！",
        "Please check and arrange payment. If it is on its way, let us know the day and the payer's name. Thank you!",
    )
    if settings.name:
        yield Text(settings.name, settings.name)


def _cell(card: Mapping[str, object], name: str) -> str:
    return str(card.get(name) or "").strip()


def _stale(said: Text | None) -> Iterator[Note]:
    if said is not None:
        yield Note("stale_receipts", "warning", said)


def _guessed(guesses: Sequence[Guess]) -> Note:
    """Why some are not reminded: the receipt that could be theirs, and what settles the question."""
    receipt, payer = guesses[0].receipt, guesses[0].payer
    amount = MONEY.show(receipt.amount, "en")
    who = joined([same(guess.customer) for guess in guesses], "、", " or ")
    by_payer = any(guess.by_payer for guess in guesses)
    why = Text("付款人像是它", "the payer may be it") if by_payer else Text("金额对得上", "the amount fits")
    paid_by = same(payer) if payer else Text("付款人不详", "payer unknown")
    do = _settled_by(payer, guesses)
    head = f"{receipt.payment_no} {receipt.day} ¥{amount}"
    text = Text(
        f"{head}（{paid_by.zh}）可能是 {who.zh} 付的：{why.zh}；{do.zh}",
        f"{head} ({paid_by.en}) may be from {who.en}: {why.en}; {do.en}",
    )
    return Note("maybe_paid", "warning", text)


def _settled_by(payer: str, guesses: Sequence[Guess]) -> Text:
    if not payer or len(guesses) > 1:
        return Text("请先查清是谁付的", "find out who paid it first")
    line = command("name", "same", payer, guesses[0].customer, "--kind", "customer", "--new")
    return Text(f"若是，请记：{line}", f"if so: {line}")

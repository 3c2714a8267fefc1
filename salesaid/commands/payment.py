"""收款：客户付来的钱，冲了哪些账。 | Payments: what customers paid, and what it settles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from salesaid.core import kinds
from salesaid.core.errors import Refused
from salesaid.core.kinds import Unreadable
from salesaid.core.text import Text
from salesaid.options import Amount, Customer, Limit, New, Order, Since, Until, argument, both, option, reading, writing
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from decimal import Decimal

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NEWEST = 50  # lines that a terminal shows of a long list
CUSTOMER, AMOUNT = Text("客户", "the customer"), Text("收款金额", "the amount")

Words = Annotated[
    list[str] | None,
    argument(both("客户 金额", "CUSTOMER AMOUNT"), "先写客户，再写金额。", "The customer, then the amount."),
]
Payer = Annotated[str | None, option("--payer", "银行回单上的付款人。", "The payer as the bank's slip names it.")]
Method = Annotated[
    str | None, option("--method", "收款方式：转账、现金、承兑。", "How it was paid: transfer, cash, bill.")
]
Account = Annotated[str | None, option("--account", "收到哪个账户。", "The account that it came in on.")]


class TooManyWords(Refused):
    """More was written than a customer and an amount."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(
            Text(f"多写了：{' '.join(words)}", f"too many words: {' '.join(words)}"),
            Text("写成 salesaid payment add 客户 金额", "write salesaid payment add CUSTOMER AMOUNT"),
        )


@app.command()
@writing
def add(
    session: Session, words: Words = None, customer: Customer = None, amount: Amount = None, order: Order = None,
    payer: Payer = None, method: Method = None, account: Account = None, new: New = False,
) -> None:  # fmt: skip
    """记一笔收款；显示冲了哪些账、还欠多少。 | Money came in; shows what it settles and what is still owed.

    salesaid payment add 骏业 5000
    salesaid payment add -c 骏业 --amount 5000 --order 1122-3 --method 转账
    salesaid payment add --payer 何志强 --amount 1200
    """
    from salesaid.entries import payment as entries

    who, paid = _whom_and_how_much(words or [], customer, amount, named=bool(payer or order))
    if not (who or payer or order):
        who = session.ask(CUSTOMER, "customer", Text("写成 -c 名称 或 --payer 付款人", "write -c NAME or --payer NAME"))
    if who and session.on_terminal and not new:
        from salesaid.prompts import customer_meant

        who = customer_meant(session, who)
    given: dict[str, Any] = {
        "amount": _money(session.given(paid, AMOUNT)), "day": session.day, "customer": who, "payer": payer or "",
        "order": order or "", "method": method or "", "account": account or "", "note": session.writing.note or "",
        "new": new,
    }  # fmt: skip
    given["twice_meant"] = _is_meant(session, given)
    session.post(entries.add, **given)


@app.command("list")
@reading
def list_(
    session: Session, customer: Customer = None, since: Since = None, until: Until = None, limit: Limit = None
) -> None:
    """收款一览，最新在前；每笔冲了什么，还剩多少没冲。 | Payments, newest first: what each settles, what is left.

    salesaid payment list --customer 骏业 --since 2026-11-01
    """
    from salesaid.reports.payment_list import payment_list

    session.show(
        session.call(
            payment_list,
            customer=session.name_of("customer", customer), since=session.since(since), until=session.until(until),
            limit=limit, newest=NEWEST,
        )
    )  # fmt: skip


def _whom_and_how_much(
    words: list[str], customer: str | None, amount: str | None, *, named: bool
) -> tuple[str, str | None]:
    """The customer and the amount, from the short form, the long one, or both; `named`: it is said otherwise who."""
    left = list(words)
    takes_customer = not customer and (amount is not None or len(left) > 1 or not named)
    who = customer or (left.pop(0) if left and takes_customer else "")
    paid = amount or (left.pop(0) if left else None)
    if left:
        raise TooManyWords(left)
    return who, paid


def _money(text: str) -> Decimal:
    try:
        paid: Any = kinds.MONEY.parse(text)
    except Unreadable as trouble:
        raise UnreadableValue(AMOUNT, trouble) from trouble
    if paid is None:
        raise UnreadableValue(AMOUNT, Unreadable(text, Text("金额，如 5000 或 1,234.50", "an amount such as 5000")))
    return paid  # type: ignore[no-any-return]


def _is_meant(session: Session, given: dict[str, Any]) -> bool:
    """Whether a second receipt of one amount and day is meant: said with --yes, or asked on a terminal."""
    from salesaid.entries import payment as entries

    if session.writing.yes:
        return True
    if not session.on_terminal or session.is_json:
        return False
    try:
        session.call(entries.add, **given)
    except entries.PaidTwice as twice:
        session.confirm(twice.message)
        return True
    except Refused:
        return False  # the post itself says it
    return False

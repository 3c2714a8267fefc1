"""Money that came in and settles nothing: nobody knows whose it is, or for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from salesaid.balances.allocation import Allocation
from salesaid.balances.maybe_paid import maybe_paid
from salesaid.balances.parties import Parties
from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Account, Receivables
from salesaid.core import money
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import about_names, command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "M03",
    "warning",
    Text("没有冲账的收款", "an unallocated receipt"),
    why=Text(
        "客户已经付了，账上却还欠着：会去催已付的款。",
        "The customer has paid and still stands in debt: he would be reminded of what he paid.",
    ),
    mend=Text(
        "查清是谁付的、付的哪一单，记上名称对照；订单号写错的，冲销后重记。",
        "Find out who paid and say whom the payer stands for; a wrong order is voided and written anew.",
    ),
    wrong="""
        收款.csv
        单号,日期,客户,付款人,金额,订单号
        PY20261120-001,2026-11-20,,李四,300,

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,500,2026-12-31
        """,
    mended="""
        收款.csv
        单号,日期,客户,付款人,金额,订单号
        PY20261120-001,2026-11-20,骏业,李四,300,

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,500,2026-12-31
        """,
)


def unallocated_receipt(
    receivables: Receivables, astray: list[Receipt], customer_names: Parties
) -> Iterator[Wrong]:  # fmt: skip
    """A finding for each receipt of an unknown payer, for an order that nobody took, or with something left.

    What was paid ahead for an order that is still to be shipped is in order.
    """
    if receivables.all_receipts:
        yield from _of_nobody(receivables, customer_names)
        yield from _for_nothing(astray)
        for account in receivables.accounts.values():
            yield from _left(account)


def _of_nobody(receivables: Receivables, customers: Parties) -> Iterator[Wrong]:
    """Receipts of payers whom nobody knows, with who it may have been."""
    if not receivables.unknown_receipts:
        return
    likely: dict[str, list[str]] = {}
    for guess in maybe_paid(receivables.open_debts(), receivables, customers).guesses:
        likely.setdefault(guess.receipt.payment_no, []).append(guess.customer)
    for receipt in receivables.unknown_receipts:
        names = list(dict.fromkeys(likely.get(receipt.payment_no, ())))
        payer = Text(receipt.payer or "付款人不详", receipt.payer or "payer unknown")
        maybe = Text(f"，可能是 {'、'.join(names)}", f", perhaps {' or '.join(names)}") if names else same("")
        said = Text(
            f"{receipt.payment_no} 收到 {_sum(receipt)}（{payer.zh}），不知道是哪个客户的",
            f"{receipt.payment_no}: {_sum(receipt)} came in ({payer.en}), and nobody knows from which customer",
        )
        yield _wrong(receipt, said + maybe, "customer", _same_as(receipt, names))


def _same_as(receipt: Receipt, names: list[str]) -> Text:
    """What makes the payer known."""
    if not receipt.payer:
        return Text("查清是谁付的，冲销后重记", "find out who paid; void it and write it anew")
    who = names[0] if len(names) == 1 else "…"
    return same(about_names("name same", (receipt.payer, who), "--kind", "customer", "--new"))


def _for_nothing(astray: list[Receipt]) -> Iterator[Wrong]:
    """Receipts that name an order, or a document, that the book does not have."""
    for row in astray:
        said = Text(
            f"{row.payment_no} 收到 {_sum(row)}，写的是订单 {row.order_no}，账本里没有这一单",
            f"{row.payment_no}: {_sum(row)} came in for order {row.order_no}, which the book does not have",
        )
        anew = [command("void", row.payment_no, "--why", why) for why in ("订单号写错", "wrong order number")]
        yield _wrong(row, said, "order_no", Text(*anew), row.order_no)


def _left(account: Account) -> Iterator[Wrong]:
    """Receipts of a known customer of which something settles nothing."""
    for at, left in _free(account.allocation).items():
        receipt = account.money[at].rows[0]
        said = Text(
            f"{account.customer} 的 {receipt.payment_no} 还有 {MONEY.format(money.of_cents(left))} 没有冲账",
            f"{MONEY.format(money.of_cents(left))} of {receipt.payment_no} from {account.customer} settles nothing",
        )
        yield _wrong(receipt, said, "amount")._replace(severity="note")


def _free(allocation: Allocation) -> Mapping[int, int]:
    """What is left of receipts, in cents by their place, without what waits for goods of the orders they name."""
    kept = dict(allocation.kept)
    free = {}
    for at, (paid, left) in enumerate(zip(allocation.paid, allocation.left, strict=True)):
        if not left:
            continue
        waiting = min(left, kept.get(paid.order_no, 0))
        if waiting:
            kept[paid.order_no] -= waiting
        if left > waiting:
            free[at] = left - waiting
    return free


def _wrong(receipt: Receipt, said: Text, column: str, do: Text | None = None, value: str = "") -> Wrong:
    return Wrong("payments", said, receipt.payment_no, column=column, value=value, suggestion=do)


def _sum(receipt: Receipt) -> str:
    return MONEY.format(receipt.amount)

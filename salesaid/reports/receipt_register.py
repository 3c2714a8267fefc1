"""收款登记：每天的收款逐笔登记，带本日小计。 | Receipts row by row, day by day, with the total of each day."""

from __future__ import annotations

from collections.abc import Iterable

from salesaid.balances.day_book import DAY_TOTAL, Line, day_book
from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Receivables
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, TEXT, Choice
from salesaid.core.money import of_cents
from salesaid.core.periods import Period
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

KIND = Choice({"receipt": Text("收款", "receipt"), "paid_back": Text("退款", "paid back"), "day": DAY_TOTAL})
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("kind", Text("类型", "Kind"), KIND),
    Field("payment_no", Text("收款单号", "Payment"), NUMBER_NO, key=True),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("payer", Text("付款人", "Payer"), TEXT),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("method", Text("收款方式", "Method"), TEXT),
    Field("account", Text("收款账户", "Account"), TEXT),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("note", Text("备注", "Note"), TEXT, folds=True),
)


def receipt_register(
    receivables: Receivables, *, period: Period, customer: str | None = None, newest: int | None = None
) -> Table:
    """Every row of the payments in the period; what was paid back, or taken back by red letters, is below zero."""
    found = [
        row
        for row in receivables.all_receipts
        if period.holds(row.day) and customer in {None, row.customer}
    ]  # fmt: skip
    found.sort(key=lambda row: row.day)
    book = day_book(map(_line, found), FIELDS, ("amount",))
    title = Text("收款登记 · ", "Receipt register · ") + period.title
    return Table(title, FIELDS, book.rows, book.totals, _unknown(found), newest, book.strong)


def _line(row: Receipt) -> Line:
    amount = of_cents(row.cents)
    cells = (
        row.day, "paid_back" if row.cents < 0 else "receipt", row.payment_no, row.customer or None, row.payer or None,
        amount, row.method or None, row.account or None, row.order_no or None, row.note or None,
    )  # fmt: skip
    return Line(row.day, cells, {"amount": amount})


def _unknown(found: Iterable[Receipt]) -> tuple[Note, ...]:
    rows = [row for row in found if row.customer is None]
    if not rows:
        return ()
    amount = MONEY.show(of_cents(sum(row.cents for row in rows)), "en")
    text = Text(
        f"{len(rows)} 笔共 {amount} 还不知道是哪个客户付的",
        f"{len(rows)}, {amount} in all, from payers nobody knows yet",
    )
    return (Note("unknown_payer", "warning", text),)

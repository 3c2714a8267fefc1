"""How we stand with one customer: what is owed, what of ours is on loan there, what of theirs is in repair."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesaid.balances.loan_lines import LoanLines
from salesaid.balances.parties import Party
from salesaid.balances.receivables import Debt, Receivables
from salesaid.balances.repair_lines import RepairLines
from salesaid.balances.repair_stages import OPEN, STAGE
from salesaid.core import money
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, QTY, TEXT
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

_OWED = (
    Field("no", Text("单据", "Document"), NUMBER_NO, key=True),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("due", Text("应收日期", "Due"), DATE),
    Field("amount", Text("未收", "Owed"), MONEY),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)
_LENT = (
    Field("loan_no", Text("借用单号", "Loan"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("out", Text("在外", "Out"), QTY),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("value", Text("在外价值", "Value"), MONEY),
)
_IN_REPAIR = (
    Field("return_no", Text("返修单号", "Return"), NUMBER_NO, key=True),
    Field("date", Text("收到日期", "Received"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("stage", Text("阶段", "Stage"), STAGE),
    Field("since", Text("起", "Since"), DATE),
    Field("factory", Text("工厂", "Factory"), TEXT),
)


def owed_table(customer: str, receivables: Receivables, today: date) -> Table:
    """The documents of which something is still to be paid, what is due first first."""
    sums: dict[tuple[str, str, date, date], list[Debt]] = {}
    for debt in receivables.open_debts(customer):
        sums.setdefault((debt.no, debt.order_no, debt.day, debt.due), []).append(debt)
    rows = [
        (no or None, order_no or None, day, due, money.total(each.open for each in debts), _late(due, today))
        for (no, order_no, day, due), debts in sums.items()
    ]
    totals = {"amount": money.total(debt.open for debts in sums.values() for debt in debts)} if len(rows) > 1 else {}
    return Table(Text("未收款", "Owed"), _OWED, rows, totals)


def credit_note(party: Party, receivables: Receivables, coming: Decimal) -> tuple[Note, ...]:
    """The balance, and what is ordered and will be owed, beside the credit limit; money ahead is said, too."""
    balance = receivables.balance(party.id)
    limit = party.card.get("credit_limit")
    if not balance and not (coming and isinstance(limit, Decimal)):
        return ()
    text = Text(f"欠款余额 {MONEY.show(balance, 'zh')}", f"owes {MONEY.show(balance, 'en')}")
    if balance < 0:
        text = Text(f"多收 {MONEY.show(-balance, 'zh')}", f"has paid {MONEY.show(-balance, 'en')} ahead")
    if not isinstance(limit, Decimal):
        return (Note("balance", "info", text),)
    if coming:
        more = MONEY.show(coming, "en")
        text += Text(f"，已订未发 {more}", f", {more} ordered and not shipped")
    text += Text(f"，信用额度 {MONEY.show(limit, 'zh')}", f", credit limit {MONEY.show(limit, 'en')}")
    if balance + coming <= limit:
        return (Note("balance", "info", text),)
    return (Note("balance", "warning", text + Text("，已超", ", exceeded")),)


def lent_table(customer: str, loan_lines: LoanLines, today: date) -> Table:
    """The goods that the customer has on loan, what is due first first."""
    lines = [line for line in loan_lines.of_customer(customer) if line.out > 0]
    lines.sort(key=lambda line: (line.due or date.max, line.day))
    rows = [
        (line.loan_no, line.day, line.product or None, line.out, line.due, line.days_late(today), line.value)
        for line in lines
    ]
    totals = {"value": money.total(line.value or Decimal(0) for line in lines)} if len(lines) > 1 else {}
    return Table(Text("借出未还", "On loan"), _LENT, rows, totals)


def repair_table(customer: str, repair_lines: RepairLines) -> Table:
    """The customer's goods that we still have, and where each of them is."""
    rows = [
        (line.return_no, line.day, line.product or None, at.qty, at.stage, at.since, at.factory or None)
        for line in repair_lines.of_customer(customer)
        for at in line.standings()
        if at.stage in OPEN and at.qty > 0
    ]
    return Table(Text("返修未结", "In repair"), _IN_REPAIR, rows)


def _late(due: date, today: date) -> int | None:
    return (today - due).days if due < today else None

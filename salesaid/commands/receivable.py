"""应收账款：账龄、对账单、催款、期初欠款、争议。 | Receivables: ages, statements, reminders, disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from salesaid.core import kinds
from salesaid.core.kinds import Unreadable
from salesaid.core.text import Text, same
from salesaid.options import (
    Amount,
    Customer,
    CustomerName,
    Due,
    Limit,
    MaybeCustomer,
    New,
    Since,
    Until,
    Why,
    both,
    number,
    reading,
    writing,
)
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from decimal import Decimal

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NEWEST = 200  # lines that a terminal shows of a long list
CUSTOMER, AMOUNT, DUE = Text("客户", "the customer"), Text("金额", "the amount"), Text("到期日", "the due date")
AS_OF = Text("--as-of 的日期", "the date of --as-of")
NO, REASON = Text("单号", "the number"), Text("原因", "the reason")

By = Annotated[
    Literal["due", "ship"],
    typer.Option("--by", help=both("按到期日 due 或发货日 ship 算账龄。", "Age by due date or by ship date.")),
]
Document = Annotated[str | None, number("ship_no")]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help=both("收款记录旧了也要催。", "Remind although the receipts are old."))
]


@app.command("list")
@reading
def list_(session: Session, customer: Customer = None, by: By = "due", limit: Limit = None) -> None:
    """应收账龄，每个客户一行；各段加未冲收款等于余额。 | Ages of receivables, a row a customer; they sum up.

    salesaid receivable list
    salesaid receivable list --customer 骏业 --by ship --as-of 2026-10-31
    """
    from salesaid.reports.receivable_list import receivable_list

    who = session.name_of("customer", customer)
    session.show(session.call(receivable_list, customer=who, by=by, limit=limit, newest=NEWEST))


@app.command()
@reading
def statement(
    session: Session, name: CustomerName = None, customer: Customer = None, since: Since = None, until: Until = None
) -> None:
    """对账单：期初、每笔发货和收款、期末；--out 写成可盖章的表。 | A statement; --out makes one to be stamped.

    salesaid receivable statement 骏业 --since 2026-11-01 --until 2026-11-30
    salesaid receivable statement 骏业 --since 2026-11-01 --out 对账单.xlsx
    """
    from salesaid.reports.statement import statement as report

    _see_until(session, until)
    typed = session.given(customer or name, CUSTOMER, "customer")
    given = {"customer": session.name_of("customer", typed), "since": session.since(since)}
    session.book.tells_later = False  # the statement tells of its own customer's
    session.show(session.call(report, on_paper=session.reading.is_workbook, **given))


@app.command()
@reading
def remind(session: Session, name: MaybeCustomer = None, customer: Customer = None, yes: Yes = False) -> None:
    """催款：逾期的写好催款文字；有争议的、疑似已回款的不催。 | What is overdue, with texts ready to send.

    salesaid receivable remind
    salesaid receivable remind --customer 骏业 --yes
    """
    from salesaid.reports import remind as report

    stale = session.call(report.stale_receipts)
    if stale is not None and not yes:
        session.confirm(stale + Text("；仍要催款吗？", "; remind all the same?"))
    who = session.name_of("customer", customer or name)
    is_shown = session.reading.format == "table" and not session.reading.out
    table = session.call(report.remind, customer=who, once=session.reading.is_for_people)
    table, texts = report.apart(table) if is_shown else (table, [])
    session.show(table)
    for text in texts:
        for line in ("", *text.split("\n")):
            session.say(same(line))


@app.command("open")
@writing
def open_(
    session: Session, name: CustomerName = None, customer: Customer = None, amount: Amount = None, due: Due = None,
    new: New = False,
) -> None:  # fmt: skip
    """期初欠款：开账以前客户欠的。 | What a customer owed before the book began.

    salesaid receivable open -c 骏业 --amount 12000 --due 2026-12-31
    """
    from salesaid.entries import receivable as entries

    day = session.day
    session.post(
        entries.open_,
        customer=session.given(customer or name, CUSTOMER, "customer"),
        amount=_money(session.given(amount, AMOUNT)), day=day,
        due=session.date_of(due, DUE, base=day, ahead=True, year=day.year) if due else None,  # may have passed long ago
        note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command()
@writing
def dispute(session: Session, no: Document = None, why: Why = None) -> None:
    """客户对一张货单或订单有争议，先不催。 | A customer disputes a shipment or an order: it is not dunned.

    salesaid receivable dispute SH20261122-001 --why 数量不符
    """
    from salesaid.entries import receivable as entries

    typed = session.given(no, NO, "ship_no")
    session.post(
        entries.dispute,
        typed=typed, day=session.day, why=session.given(why, REASON), note=session.writing.note or "",
    )  # fmt: skip


@app.command()
@writing
def settle(session: Session, no: Document = None) -> None:
    """争议了结，照常收款。 | A dispute is over: it is to be paid.

    salesaid receivable settle SH20261122-001
    """
    from salesaid.entries import receivable as entries

    typed = session.given(no, NO, "ship_no")
    session.post(entries.settle, typed=typed, day=session.day, note=session.writing.note or "")


def _see_until(session: Session, until: str | None) -> None:
    """Let the last day of --until rule the run: balances are those of that day, as with --as-of."""
    last = session.until(until)
    if last is not None:
        as_of = session.reading.as_of
        day = session.date_of(as_of, AS_OF) if as_of else session.today
        session.reading = session.reading._replace(as_of=min(day, last).isoformat())


def _money(text: str) -> Decimal:
    try:
        sum_: Any = kinds.MONEY.parse(text)
    except Unreadable as trouble:
        raise UnreadableValue(AMOUNT, trouble) from trouble
    if sum_ is None:
        raise UnreadableValue(AMOUNT, Unreadable(text, Text("金额，如 5000 或 1,234.50", "an amount such as 5000")))
    return sum_  # type: ignore[no-any-return]

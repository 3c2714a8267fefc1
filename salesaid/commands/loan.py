"""借出：借出、归还、转销售或换货、延期、一览。 | Loans: lend, take back, convert, extend, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from salesaid.core import kinds
from salesaid.core.kinds import Unreadable
from salesaid.core.serial_numbers import distinct
from salesaid.core.text import Text
from salesaid.options import (
    All,
    Customer,
    CustomerAndItems,
    Due,
    Items,
    Late,
    Limit,
    LoanNo,
    MaybeLoanNo,
    New,
    Price,
    Product,
    Salesperson,
    Serials,
    Since,
    Until,
    Warehouse,
    Why,
    both,
    reading,
    values,
    writing,
)
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from decimal import Decimal

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NO, REASON, DUE = Text("借用单号", "the loan's number"), Text("原因", "the reason"), Text("应还日期", "the due date")
TO = Text("转成什么（sell gift consume lose swap）", "what it becomes (sell gift consume lose swap)")
PRICE, NOT_NEGATIVE = Text("单价", "the price"), Text("不小于零的单价，如 120", "a price not below zero, such as 120")

Purpose = Annotated[
    str | None,
    typer.Option("--purpose", help=both("用途：试用、展示、铺货等。", "Purpose: trial, show, consignment …")),
]
To = Annotated[
    Literal["sell", "gift", "consume", "lose", "swap"] | None,
    typer.Option(
        "--to",
        help=both(
            "转成：sell 转销售，gift 转赠，consume 转耗用，lose 丢失，swap 换货。",
            "What it becomes: sold, given, used up, lost, or swapped.",
        ),
    ),
]
Got = Annotated[
    list[str] | None,
    typer.Option(
        "--got",
        metavar=both("货品×数量", "ITEM"),
        help=both(
            "换货换回来的货品；不写数量就与换出的一样多。", "What came in for a swap; as many, without a quantity."
        ),
        autocompletion=values("product"),
    ),
]


@app.command()
@writing
def add(
    session: Session, words: CustomerAndItems = None, customer: Customer = None, items: Items = None, due: Due = None,
    purpose: Purpose = None, serial: Serials = None, warehouse: Warehouse = None, by: Salesperson = None,
    new: New = False,
) -> None:  # fmt: skip
    """借出；写上应还日期，到期会提醒。 | Lend goods; with a due date they will be asked for in time.

    salesaid loan add 骏业 BVM7-710×2 --due +30 --purpose 试用
    salesaid loan add -c 骏业 -i 'BVM7-710×2' -i '电源线×2' --due 2026-12-31
    """
    from salesaid import prompts
    from salesaid.entries import loan as entries

    who, what = prompts.whom_and_what(session, words, customer, items, new=new)
    day = session.day
    session.post(
        entries.add,
        customer=who, items=what, day=day, purpose=purpose or "", serials=distinct(serial or []), salesperson=by or "",
        due=session.date_of(due, DUE, base=day, ahead=True) if due else None, warehouse=warehouse or "",
        note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command("return")
@writing
def return_(
    session: Session, no: MaybeLoanNo = None, customer: Customer = None, items: Items = None, serial: Serials = None,
    warehouse: Warehouse = None, new: New = False,
) -> None:  # fmt: skip
    """归还：按借用单号，或按客户和货品（先还最早借的）。 | Goods come back, by number, or by customer and goods.

    salesaid loan return 1122-1 --item BVM7-710×1
    salesaid loan return --customer 骏业 --item BVM7-710×1
    """
    from salesaid.entries import loan_back

    typed = (no or "").strip() if customer else session.given(no, NO, "loan_no")
    session.post(
        loan_back.give_back,
        typed=typed, customer=customer or "", items=items or [], serials=distinct(serial or []), day=session.day,
        warehouse=warehouse or "", note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command()
@writing
def convert(
    session: Session, no: LoanNo = None, to: To = None, items: Items = None, serial: Serials = None,
    price: Price = None, got: Got = None, new: New = False,
) -> None:  # fmt: skip
    """借出的货转销售（同时记订单）、转赠、耗用、丢失、换货。 | Goods on loan are sold, given, used, lost or swapped.

    salesaid loan convert 1122-1 --to sell --item BVM7-710×1 --price 120
    salesaid loan convert 1122-1 --to swap --item BVM7-710×1 --got BVM7-720×1
    """
    from salesaid import prompts
    from salesaid.entries import loan_convert

    given: dict[str, Any] = {
        "typed": session.given(no, NO, "loan_no"), "to": _becomes(session.given(to, TO)), "items": items or [],
        "serials": distinct(serial or []), "price": _price(price), "got": got or [], "day": session.day,
        "note": session.writing.note or "", "new": new,
    }  # fmt: skip
    given["low_price_meant"] = prompts.is_low_price_meant(session, loan_convert.convert, given)
    session.post(loan_convert.convert, **given)


@app.command()
@writing
def extend(session: Session, no: LoanNo = None, items: Items = None, due: Due = None, why: Why = None) -> None:
    """延期：写明新的应还日期和原因。 | More time for goods on loan.

    salesaid loan extend 1122-1 --due +30 --why 客户还在测试
    """
    from salesaid.entries import loan as entries

    day, number = session.day, session.given(no, NO, "loan_no")
    until = session.date_of(session.given(due, DUE), DUE, base=day, ahead=True)
    session.post(
        entries.extend, typed=number, items=items or [], due=until, day=day, why=session.given(why, REASON)
    )  # fmt: skip


@app.command("list")
@reading
def list_(
    session: Session, customer: Customer = None, product: Product = None, overdue: Late = False,
    all_lines: All = False, since: Since = None, until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """借出未还，每行一项，最新在前；--all 也看已了结的。 | What is on loan, newest first; --all for settled lines too.

    salesaid loan list --overdue
    salesaid loan list --customer 骏业 --all --format json
    """
    from salesaid.reports.loan_list import loan_list

    session.show(
        session.call(
            loan_list,
            customer=session.name_of("customer", customer), product=session.name_of("product", product),
            only_overdue=overdue, all_lines=all_lines, since=session.since(since), until=session.until(until),
            limit=limit,
        )
    )  # fmt: skip


@app.command()
@reading
def show(session: Session, no: LoanNo = None) -> None:
    """一张借用单：明细和经过。 | One loan: its lines and what happened.

    salesaid loan show 1122-1
    """
    from salesaid.reports.loan_card import loan_card

    session.show(session.call(loan_card, typed=session.given(no, NO, "loan_no")))


def _becomes(text: str) -> str:
    """What goods on loan become, as typed in either language. Raises UnreadableValue."""
    from salesaid.balances.loan_drafts import CONVERSIONS
    from salesaid.ledgers.loans import LEDGER

    words = kinds.Choice({action.id: action.word for action in LEDGER.actions if action.id in CONVERSIONS})
    try:
        return str(words.parse(text))
    except Unreadable as trouble:
        raise UnreadableValue(TO, trouble) from trouble


def _price(text: str | None) -> Decimal | None:
    """The price as typed. Raises UnreadableValue."""
    try:
        price: Any = kinds.PRICE.parse(text or "")
    except Unreadable as trouble:
        raise UnreadableValue(PRICE, trouble) from trouble
    if price is not None and price < 0:
        raise UnreadableValue(PRICE, Unreadable(str(text), NOT_NEGATIVE))
    return price  # type: ignore[no-any-return]

"""订单：下单、发货、签收、退回、变更、关闭、评审。 | Orders: take, ship, sign, return, change, close, review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from salesaid.core import kinds
from salesaid.core.kinds import Unreadable
from salesaid.core.text import Text
from salesaid.options import (
    Carrier,
    Customer,
    CustomerAndItems,
    Due,
    Force,
    Freight,
    Handler,
    Items,
    Late,
    Limit,
    New,
    Number,
    Open,
    OrderNo,
    Product,
    Salesperson,
    Since,
    Tracking,
    Until,
    Warehouse,
    Why,
    both,
    reading,
    writing,
)  # fmt: skip
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from salesaid.balances.sending import Sending

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NEWEST = 50  # lines that a terminal shows of a long list
ITEM, REASON = Text("货品（产品×数量）", "an item (PRODUCT×QTY)"), Text("原因", "the reason")
NO = Text("单号", "the number")
FREIGHT = Text("运费", "the freight")
NOT_NEGATIVE = Text("不小于零的金额，如 12.5", "an amount that is not below zero, such as 12.5")
DUE = Text("交期", "the due date")

ReviewedBy = Annotated[str | None, typer.Option("--reviewed-by", help=both("评审人。", "Who reviewed it."))]
Po = Annotated[str | None, typer.Option("--po", help=both("客户自己的订单号。", "The customer's own order number."))]
Ship = Annotated[bool, typer.Option("--ship", help=both("同时发货。", "Ship it in the same post."))]
By = Annotated[str | None, typer.Option("--by", help=both("谁评审的。", "Who reviewed it."))]
Unpaid = Annotated[bool, typer.Option("--unpaid", help=both("只看款没有收齐的。", "Only what is not paid in full."))]


@app.command()
@writing
def add(
    session: Session, words: CustomerAndItems = None, customer: Customer = None, items: Items = None, due: Due = None,
    by: Salesperson = None, reviewed_by: ReviewedBy = None, po: Po = None, warehouse: Warehouse = None,
    new: New = False, ship: Ship = False, carrier: Carrier = None, tracking: Tracking = None, freight: Freight = None,
    handler: Handler = None,
) -> None:  # fmt: skip
    """下单；显示可用数量，不够会提醒。 | Take an order; shows what is available and warns when goods run short.

    salesaid order add 骏业 BVM7-710×10@120 电源线×2
    salesaid order add -c 骏业 -i 'BVM7-710×10' --due 周五 --ship --carrier 顺丰
    """
    from salesaid import prompts
    from salesaid.entries import order as entries

    who, what = prompts.whom_and_what(session, words, customer, items, new=new)
    of_shipment = {"--carrier": carrier, "--tracking": tracking, "--freight": freight, "--handler": handler}
    if not ship and any(of_shipment.values()):
        raise entries.OnlyWithShip(next(option for option, value in of_shipment.items() if value))
    day = session.day
    given: dict[str, Any] = {
        "customer": who, "items": what, "day": day, "new": new, "warehouse": warehouse or "",
        "due": session.date_of(due, DUE, base=day, ahead=True) if due else None, "salesperson": by or "",
        "reviewed_by": reviewed_by or "", "customer_po": po or "", "note": session.writing.note or "",
        "ship": _sending(warehouse, carrier, tracking, freight, handler) if ship else None,
    }  # fmt: skip
    if prompts.can_ask(session):
        given["items"] = prompts.items_meant(session, who, what, day, new=new)
    given["low_price_meant"] = prompts.is_low_price_meant(session, entries.add, given)
    session.post(entries.add, **given)


@app.command("list")
@reading
def list_(
    session: Session, customer: Customer = None, product: Product = None, by: Salesperson = None,
    po: Po = None, only_open: Open = False, late: Late = False, unpaid: Unpaid = False, since: Since = None,
    until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """订单明细，每行一项，最新在前。 | Orders, a row a line, newest first.

    salesaid order list --customer 骏业 --open
    salesaid order list --since 2026-11-01 --format json
    """
    from salesaid.reports.order_list import order_list

    session.show(
        session.call(
            order_list,
            customer=session.name_of("customer", customer), product=session.name_of("product", product),
            salesperson=by, customer_po=po, only_open=only_open, only_late=late,
            only_unpaid=unpaid, since=session.since(since), until=session.until(until), limit=limit, newest=NEWEST,
        )
    )  # fmt: skip


@app.command()
@reading
def show(session: Session, no: OrderNo = None) -> None:
    """一张订单：明细、出货、签收。 | One order: its lines, shipments and signatures.

    salesaid order show 1122-3
    """
    from salesaid.reports.order_card import order_card

    session.show(session.call(order_card, typed=session.given(no, NO, "order_no")))


@app.command()
@writing
def ship(
    session: Session, no: OrderNo = None, items: Items = None, carrier: Carrier = None, tracking: Tracking = None,
    freight: Freight = None, warehouse: Warehouse = None, handler: Handler = None, force: Force = False,
    new: New = False,
) -> None:  # fmt: skip
    """发货：不写货品就发全部未发的；逐行与订单核对。 | Ship what is open, or these items, held against the order.

    salesaid order ship 1122-3 --carrier 顺丰 --tracking SF1234567890
    salesaid order ship 3 -i BVM7-710×5
    """
    from salesaid import prompts
    from salesaid.entries import shipment

    given: dict[str, Any] = {
        "typed": session.given(no, NO, "order_no"), "items": items or [], "day": session.day,
        "note": session.writing.note or "", "force": force, "new": new,
        "sending": _sending(warehouse, carrier, tracking, freight, handler),
    }  # fmt: skip
    given["low_price_meant"] = prompts.is_low_price_meant(session, shipment.ship, given)
    session.post(shipment.ship, **given)


@app.command()
@writing
def sign(session: Session, no: Number = None) -> None:
    """客户签收：货单号，或只有一票在途的订单号。 | Signed for: a shipment, or an order with one under way.

    salesaid order sign SH20261122-001
    """
    from salesaid.entries import shipment

    session.post(
        shipment.sign, typed=session.given(no, NO, "ship_no"), day=session.day, note=session.writing.note or ""
    )


@app.command("return")
@writing
def return_(
    session: Session, no: OrderNo = None, items: Items = None, why: Why = None, warehouse: Warehouse = None,
    new: New = False,
) -> None:  # fmt: skip
    """客户退回已发的货。 | Goods that were shipped come back.

    salesaid order return 1122-3 --item BVM7-710×1 --why 型号发错
    """
    from salesaid import prompts
    from salesaid.entries import goods_back

    session.post(
        goods_back.take_back,
        typed=session.given(no, NO, "order_no"), items=items or [prompts.item_asked(session)], day=session.day,
        why=session.given(why, REASON), warehouse=warehouse or "", note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command()
@writing
def change(
    session: Session, no: OrderNo = None, items: Items = None, due: Due = None, by: Salesperson = None, po: Po = None,
    why: Why = None,
) -> None:  # fmt: skip
    """改交期、业务员或客户单号。 | Another due date, salesperson or customer's number.

    salesaid order change 1122-3 --due +7 --why 客户要求
    """
    from salesaid.entries import order_change as entries

    day = session.day
    session.post(
        entries.change,
        typed=session.given(no, NO, "order_no"), items=items or [], day=day, why=session.given(why, REASON),
        due=session.date_of(due, DUE, base=day, ahead=True) if due else None, salesperson=by or "",
        customer_po=po or "",
    )  # fmt: skip


@app.command()
@writing
def close(session: Session, no: OrderNo = None, items: Items = None, why: Why = None) -> None:
    """剩下的不发了。 | What is open will not be shipped any more.

    salesaid order close 1122-3 --why 客户取消
    """
    from salesaid.entries import order_change as entries

    session.post(
        entries.close,
        typed=session.given(no, NO, "order_no"), items=items or [], day=session.day, why=session.given(why, REASON),
    )  # fmt: skip


@app.command()
@writing
def review(session: Session, no: OrderNo = None, by: By = None) -> None:
    """评审通过。 | An order has been reviewed.

    salesaid order review 1122-3 --by 赵经理
    """
    from salesaid.entries import order_change as entries

    session.post(
        entries.review,
        typed=session.given(no, NO, "order_no"), day=session.day, by=by or session.user,
        note=session.writing.note or "",
    )  # fmt: skip


def _sending(
    warehouse: str | None, carrier: str | None, tracking: str | None, freight: str | None, handler: str | None
) -> Sending:
    from salesaid.balances.sending import Sending

    try:
        paid: Any = kinds.MONEY.parse(freight or "")
    except Unreadable as trouble:
        raise UnreadableValue(FREIGHT, trouble) from trouble
    if paid is not None and paid < 0:
        raise UnreadableValue(FREIGHT, Unreadable(str(freight), NOT_NEGATIVE))
    return Sending(warehouse or "", carrier or "", tracking or "", paid, handler or "")

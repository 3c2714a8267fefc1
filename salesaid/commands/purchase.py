"""采购：下单、交期、到货、退供、关闭。 | Purchases: order, promise, receive, reject, close."""

from __future__ import annotations

from datetime import date
from typing import Any

import typer

from salesaid.core.text import Text
from salesaid.options import (
    All,
    Due,
    Force,
    Items,
    Late,
    Limit,
    New,
    Order,
    Product,
    PurchaseNo,
    Since,
    Supplier,
    SupplierAndItems,
    Until,
    Warehouse,
    Why,
    reading,
    writing,
)
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NEWEST = 50  # lines that a terminal shows of a long list
SUPPLIER, ITEM, REASON = (
    Text("供应商", "the supplier"),
    Text("货品（产品×数量）", "an item (PRODUCT×QTY)"),
    Text("原因", "the reason"),
)
NO, DUE = Text("采购单号", "the purchase number"), Text("交期", "the due date")
WRITE_DUE = Text("写成 --due 日期，如 --due +7", "write --due DATE, such as --due +7")


@app.command()
@writing
def add(
    session: Session, words: SupplierAndItems = None, supplier: Supplier = None, items: Items = None, due: Due = None,
    order: Order = None, warehouse: Warehouse = None, new: New = False,
) -> None:  # fmt: skip
    """向供应商采购；没写进价就用产品的成本。 | Order from a supplier; without a price at what the product costs.

    salesaid purchase add 恒通线缆 电源线×100@9.5 --due +7
    salesaid purchase add -s 恒通线缆 -i 电源线×100 --due 2026-12-05 --order 1122-3
    """
    from salesaid import prompts
    from salesaid.entries import purchase as entries

    words = list(words or [])
    who = supplier or (words.pop(0) if words else "")
    who = who.strip() or session.ask(SUPPLIER, "supplier", Text("写成 -s 名称", "write -s NAME"))
    what = [*words, *(items or [])] or [prompts.item_asked(session, new=new)]
    given: dict[str, Any] = {
        "supplier": who, "items": what, "day": session.day, "due": _due(session, due), "warehouse": warehouse or "",
        "note": session.writing.note or "", "new": new,
    }  # fmt: skip
    if order and order.strip():
        session.post(entries.add_for, order=order, **given)
    else:
        session.post(entries.add, **given)


@app.command()
@writing
def promise(session: Session, no: PurchaseNo = None, items: Items = None, due: Due = None) -> None:
    """供应商改了交期；以前的交期都留着。 | The supplier promises another day; earlier promises are kept.

    salesaid purchase promise 1122-1 --due 2026-12-10
    salesaid purchase promise 1122-1 --item 电源线 --due +7 --note 铜价上涨
    """
    from salesaid.entries import purchase as entries

    session.post(
        entries.promise,
        typed=session.given(no, NO, "purchase_no"), items=items or [], day=session.day,
        due=_due(session, due), note=session.writing.note or "",
    )  # fmt: skip


@app.command()
@writing
def receive(
    session: Session, no: PurchaseNo = None, items: Items = None, warehouse: Warehouse = None, force: Force = False,
    new: New = False,
) -> None:  # fmt: skip
    """到货：不写货品就收全部未到的；逐行与采购核对。 | Take in what is open, or these items, held against the purchase.

    salesaid purchase receive 1122-1
    salesaid purchase receive 1122-1 --item 电源线×60 --warehouse 主仓
    """
    from salesaid.entries import arrival

    session.post(
        arrival.receive,
        typed=session.given(no, NO, "purchase_no"), items=items or [], day=session.day, warehouse=warehouse or "",
        note=session.writing.note or "", force=force, new=new,
    )  # fmt: skip


@app.command()
@writing
def reject(
    session: Session, no: PurchaseNo = None, items: Items = None, why: Why = None, warehouse: Warehouse = None
) -> None:
    """把收到的货退给供应商，退了的又算未到。 | Send goods back to the supplier; what was ordered is open again.

    salesaid purchase reject 1122-1 --item 电源线×5 --why 插头松
    """
    from salesaid import prompts
    from salesaid.entries import arrival

    session.post(
        arrival.reject,
        typed=session.given(no, NO, "purchase_no"), items=items or [prompts.item_asked(session)], day=session.day,
        why=session.given(why, REASON), warehouse=warehouse or "", note=session.writing.note or "",
    )  # fmt: skip


@app.command()
@writing
def close(session: Session, no: PurchaseNo = None, items: Items = None, why: Why = None) -> None:
    """没到的不要了。 | What is open will not come any more.

    salesaid purchase close 1122-1 --why 供应商停产
    """
    from salesaid.entries import purchase as entries

    session.post(
        entries.close,
        typed=session.given(no, NO, "purchase_no"), items=items or [], day=session.day, why=session.given(why, REASON),
    )  # fmt: skip


@app.command("list")
@reading
def list_(
    session: Session, supplier: Supplier = None, product: Product = None, late: Late = False, all_: All = False,
    since: Since = None, until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """未到的采购，每行一项，最新在前；--all 看全部。 | What is open, a row a line, newest first; --all for everything.

    salesaid purchase list --late
    salesaid purchase list --supplier 恒通线缆 --all --format json
    """
    from salesaid.reports.purchase_list import purchase_list

    session.show(
        session.call(
            purchase_list,
            supplier=session.name_of("supplier", supplier), product=session.name_of("product", product),
            everything=all_, only_late=late, since=session.since(since), until=session.until(until), limit=limit,
            newest=NEWEST,
        )
    )  # fmt: skip


@app.command()
@reading
def show(session: Session, no: PurchaseNo = None) -> None:
    """一张采购：明细、每次交期和到货、在等它的订单。 | One purchase: lines, promises, arrivals, waiting orders.

    salesaid purchase show 1122-1
    """
    from salesaid.reports.purchase_card import purchase_card

    session.show(session.call(purchase_card, typed=session.given(no, NO, "purchase_no")))


def _due(session: Session, due: str | None) -> date:
    """The day that the supplier promises, counted from the date of the row."""
    given = (due or "").strip() or session.ask(DUE, hint=WRITE_DUE)
    return session.date_of(given, DUE, base=session.day, ahead=True)

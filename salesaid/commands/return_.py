"""返修、退货：收到、送修、修回、寄回、换新、退货、报废。 | Goods sent in: repair, deliver, replace, refund, scrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from salesaid.core import kinds
from salesaid.core.kinds import Unreadable
from salesaid.core.serial_numbers import distinct
from salesaid.core.text import Text
from salesaid.options import (
    All,
    Amount,
    Customer,
    CustomerAndItems,
    Factory,
    Handler,
    Items,
    Late,
    Limit,
    New,
    Order,
    Product,
    ReturnNo,
    Serials,
    Since,
    Tracking,
    Until,
    Warehouse,
    both,
    reading,
    writing,
)
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from decimal import Decimal

    from salesaid.entries.repair_step import Asked

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NO, FACTORY = Text("单号", "the number"), Text("送修的工厂", "the factory")
WRITE_FACTORY = Text("写成 --factory 名称", "write --factory NAME")
FEE, AMOUNT = Text("维修费", "the fee"), Text("退款金额", "the amount given back")
WARRANTY, STAGE = Text("保内还是保外", "the warranty"), Text("阶段", "the stage")
CENTS = Text("不小于零、最多两位小数的金额，如 120.50", "an amount of at most two decimals, such as 120.50")

_TEXT = both("文字", "TEXT")
Fault = Annotated[str | None, typer.Option("--fault", metavar=_TEXT, help=both("故障现象。", "What is wrong with it."))]
InWarranty = Annotated[
    str | None,
    typer.Option(
        "--warranty",
        metavar=both("保内|保外", "in|out"),
        help=both("保内还是保外；不写按发货日期算。", "In or out of warranty; by default told by the ship date."),
    ),
]
Fee = Annotated[
    str | None, typer.Option("--fee", metavar=both("金额", "AMOUNT"), help=both("维修费。", "Fee of the repair."))
]
InStage = Annotated[
    str | None,
    typer.Option(
        "--stage",
        metavar=both("阶段", "STAGE"),
        help=both("只看这个阶段：收到、工厂、修回、寄回…", "Only this stage: received, at_factory, back …"),
    ),
]
Idle = Annotated[
    int | None,
    typer.Option(
        "--idle", min=0, metavar="N", help=both("只看 N 天没有动静的。", "Only what did not move for N days.")
    ),
]
ByFactory = Annotated[
    bool, typer.Option("--by-factory", help=both("各工厂每个阶段的天数。", "Days in each stage, by factory."))
]


@app.command()
@writing
def add(
    session: Session, words: CustomerAndItems = None, customer: Customer = None, items: Items = None,
    serial: Serials = None, fault: Fault = None, warranty: InWarranty = None, order: Order = None,
    handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """收到客户寄来的货；保内保外按发货日期和保修月数算。 | Goods came in; the warranty is told by the ship date.

    salesaid return add 骏业 BVM7-710×1 --serial SN0001 --fault 无显示
    salesaid return add --serial SN0001 --fault 无显示
    """
    from salesaid.entries import repair
    from salesaid.ledgers.returns import LEDGER

    serials = distinct(serial or [])
    if serials or order:  # these may say it all
        what = [*(words or []), *(items or [])]
        who = customer or (what.pop(0) if words else "")
    else:
        from salesaid.prompts import whom_and_what

        who, what = whom_and_what(session, words, customer, items, new=new)
    asked = repair.Asked(
        who.strip(), what, session.day, serials, (fault or "").strip(),
        _read(warranty, LEDGER.column("warranty").kind, WARRANTY), (order or "").strip(), handler or "",
        session.writing.note or "", new,
    )  # fmt: skip
    session.post(repair.receive, asked=asked)


@app.command()
@writing
def send(
    session: Session, no: ReturnNo = None, items: Items = None, serial: Serials = None, factory: Factory = None,
    handler: Handler = None,
) -> None:  # fmt: skip
    """送工厂修；不写货品就送全部收到未送的。 | Off to the factory: all that was received, or these items.

    salesaid return send 1122-1 --factory 深圳宏达维修
    """
    asked = _asked(session, no, items, serial, step="send", handler=handler)
    _post(session, asked._replace(factory=(factory or "").strip() or session.ask(FACTORY, "supplier", WRITE_FACTORY)))


@app.command()
@writing
def back(
    session: Session, no: ReturnNo = None, items: Items = None, serial: Serials = None, factory: Factory = None,
    fee: Fee = None, handler: Handler = None,
) -> None:  # fmt: skip
    """从工厂修回。 | Back from the factory.

    salesaid return back 1122-1 --fee 80
    """
    asked = _asked(session, no, items, serial, step="back", handler=handler)
    _post(session, asked._replace(fee=_money(fee, FEE), factory=(factory or "").strip()))


@app.command()
@writing
def deliver(
    session: Session, no: ReturnNo = None, items: Items = None, serial: Serials = None, tracking: Tracking = None,
    handler: Handler = None,
) -> None:  # fmt: skip
    """寄回客户：不写货品就寄修回的，没有送修的也可以寄。 | Back to the customer: what is back, or was never sent.

    salesaid return deliver 1122-1 --tracking SF1234567890
    """
    asked = _asked(session, no, items, serial, step="deliver", handler=handler)
    _post(session, asked._replace(tracking_no=(tracking or "").strip()))


@app.command()
@writing
def scrap(
    session: Session, no: ReturnNo = None, items: Items = None, serial: Serials = None, handler: Handler = None
) -> None:
    """报废，不再寄回客户。 | Scrapped: it does not go back to the customer.

    salesaid return scrap 1122-1 --note 客户同意报废
    """
    _post(session, _asked(session, no, items, serial, step="scrap", handler=handler))


@app.command()
@writing
def replace(
    session: Session, no: ReturnNo = None, items: Items = None, serial: Serials = None, warehouse: Warehouse = None,
    tracking: Tracking = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """换新：从我们的库存里发一个，旧的报废。 | Replaced by one of ours; the old one is scrapped.

    salesaid return replace 1122-1 --tracking SF1234567890
    """
    asked = _asked(session, no, items, serial, step="replace", handler=handler)
    _post(session, asked._replace(warehouse=warehouse or "", tracking_no=(tracking or "").strip(), new=new))


@app.command()
@writing
def refund(
    session: Session, no: ReturnNo = None, items: Items = None, serial: Serials = None, amount: Amount = None,
    warehouse: Warehouse = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """退货退款：货进我们的库存，应收减少。 | Taken back into stock for money: less is owed.

    salesaid return refund 1122-1 --amount 120 --warehouse 不良品
    """
    asked = _asked(session, no, items, serial, step="refund", handler=handler)
    paid = _money(session.given(amount, AMOUNT), AMOUNT)
    _post(session, asked._replace(amount=paid, warehouse=warehouse or "", new=new))


@app.command("list")
@reading
def list_(
    session: Session, customer: Customer = None, product: Product = None, late: Late = False, stage: InStage = None,
    factory: Factory = None, idle: Idle = None, everything: All = False, by_factory: ByFactory = False,
    since: Since = None, until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """没有了结的返修货在哪、几天了，最新在前。 | What customers still wait for: where it is and for how long.

    salesaid return list --overdue
    salesaid return list --by-factory
    """
    given: dict[str, Any] = {
        "customer": session.name_of("customer", customer), "product": session.name_of("product", product),
        "factory": factory, "since": session.since(since), "until": session.until(until),
    }  # fmt: skip
    if by_factory:
        from salesaid.reports.repair_days import repair_days

        session.show(session.call(repair_days, **given))
        return
    from salesaid.balances import repair_stages
    from salesaid.reports.return_list import return_list

    given |= {"stage": _read(stage, repair_stages.STAGE, STAGE), "only_overdue": late, "everything": everything}
    session.show(session.call(return_list, idle=idle, limit=limit, **given))


@app.command()
@reading
def show(session: Session, no: ReturnNo = None) -> None:
    """一张返修单：现在在哪，每一步的日期和天数。 | One return: where it is, each step with its date and days.

    salesaid return show 1122-1
    """
    from salesaid.reports.return_card import return_card

    session.show(session.call(return_card, typed=session.given(no, NO, "return_no")))


@app.command()
@reading
def label(session: Session, no: ReturnNo = None) -> None:
    """贴在货上的标签，每件一张；--out 写成工作簿，每张一页。 | Labels for the goods; a workbook has a page for each.

    salesaid return label 1122-1
    salesaid return label 1122-1 --out 标签.xlsx
    """
    from salesaid.reports.return_label import label_lines, label_sheets, return_label

    labels = session.call(return_label, typed=session.given(no, NO, "return_no"))
    options = session.reading
    if options.out and options.out.lower().endswith(".xlsx"):
        session.show(label_sheets(labels, session.lang))
    elif options.out or options.format != "table":
        session.show(labels)
    else:
        for line in label_lines(labels, session.lang):
            session.say(Text(line, line))


def _asked(
    session: Session, no: str | None, items: list[str] | None, serial: list[str] | None, *, step: Any,
    handler: str | None,
) -> Asked:  # fmt: skip
    """What all steps have in common."""
    from salesaid.entries.repair_step import Asked

    number = session.given(no, NO, "return_no")
    note = session.writing.note or ""
    return Asked(
        step, number, session.day, items or [], distinct(serial or []), handler=(handler or "").strip(), note=note
    )


def _post(session: Session, asked: Asked) -> None:
    from salesaid.entries import repair_step

    ours = asked.step in {"replace", "refund"}  # these move goods of ours
    session.post(repair_step.settle if ours else repair_step.move_on, asked=asked)


def _money(text: str | None, what: Text) -> Decimal | None:
    """An amount as typed. Raises UnreadableValue below zero and for parts of a cent."""
    paid: Any = _read(text, kinds.MONEY, what)
    if paid is not None and (paid < 0 or paid != round(paid, 2)):
        raise UnreadableValue(what, Unreadable(str(text), CENTS))
    return paid  # type: ignore[no-any-return]


def _read(text: str | None, kind: kinds.Kind, what: Text) -> Any:
    """A value of a kind as typed; None for a blank. Raises UnreadableValue."""
    try:
        return kind.parse(text or "")
    except Unreadable as trouble:
        raise UnreadableValue(what, trouble) from trouble

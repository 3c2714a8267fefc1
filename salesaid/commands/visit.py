"""拜访和来电：登记、回复、一览、统计。 | Visits and calls: write them down, answer them, list and count them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer

from salesaid.core.kinds import QTY, Kind, Unreadable
from salesaid.core.text import Text
from salesaid.ledgers.visits import LEDGER
from salesaid.options import (
    Customer,
    Late,
    Limit,
    New,
    Open,
    Salesperson,
    Since,
    Until,
    argument,
    both,
    option,
    reading,
    writing,
)
from salesaid.refusals import UnreadableValue
from salesaid.session import Session
from salesaid.spans import PeriodText, period_of

app = typer.Typer(no_args_is_help=True)

CUSTOMER, NEXT = Text("客户", "the customer"), Text("下次跟进日期", "the day to be in touch again")
_WHO = Text(
    "写在命令后面；不知道单位的写 --contact 或 --phone",
    "write it behind the command; --contact or --phone of a stranger",
)
_TEXT = both("文字", "TEXT")

Words = Annotated[
    list[str] | None,
    argument(
        both("客户 [内容…]", "CUSTOMER [SUBJECT...]"),
        "先写客户，再写说了什么事。",
        "The customer, then what it was about.",
        "customer",
    ),
]
HowMet = Annotated[
    str | None,
    option(
        "--kind",
        "方式；不写为拜访，来的为电话。",
        "How; a visit by default, of what comes in a call.",
        both("拜访|电话|QQ|微信|传真|邮件", "visit|phone|qq|wechat|fax|email"),
    ),
]
Way = Annotated[
    str | None,
    option(
        "--direction",
        "去：我们找客户；来：客户找我们。",
        "Out: we went or called; in: they did.",
        both("去|来", "out|in"),
    ),
]
Contact = Annotated[str | None, option("--contact", "联系人。", "Whom we spoke to.", _TEXT)]
Phone = Annotated[str | None, option("--phone", "电话。", "Phone number.", _TEXT)]
Subject = Annotated[str | None, option("--subject", "说了什么事。", "About what.", _TEXT)]
Result = Annotated[str | None, option("--result", "结果；来电已答复的写在这里。", "What came of it.", _TEXT)]
Next = Annotated[str | None, option("--next", "下次跟进的日期。", "Day to be in touch again.", both("日期", "DATE"))]
Estimated = Annotated[bool, option("--estimated", "没有记录、事后估计的。", "Not recorded, only estimated.")]
Count = Annotated[str | None, option("--count", "次数，默认 1。", "How many times; 1.", both("次数", "COUNT"))]
Reply = Annotated[
    str | None,
    option(
        "--reply",
        "回复这一次来电，客户和方式照它的。",
        "Answers this call; customer and kind are the call's.",
        both("单号", "NO"),
        "visit_no",
    ),
]


@app.command()
@writing
def add(
    session: Session, words: Words = None, customer: Customer = None, kind: HowMet = None, direction: Way = None,
    contact: Contact = None, phone: Phone = None, subject: Subject = None, result: Result = None, next_: Next = None,
    by: Salesperson = None, estimated: Estimated = False, count: Count = None, reply: Reply = None, new: New = False,
) -> None:  # fmt: skip
    """登记一次拜访或来电；--reply 是回复来电。 | Write down a visit or a call; --reply answers a call.

    salesaid visit add 骏业 看样板 --result 下周下单 --next +7
    salesaid visit add 骏业 问BVM7-710交期 --direction in --contact 何先生
    salesaid visit add --reply 1122-1 --result 已告知周五发货
    """
    from salesaid.entries import visit as entries

    day = session.day
    named = [text for text in (customer,) if text and text.strip()]
    rest = list(words or [])
    if not named and not reply and rest:
        named = [rest.pop(0)]
    is_stranger = bool(reply or estimated or contact or phone)
    about = " ".join([*([subject] if subject else []), *rest])
    asked = entries.Asked(
        day, kind=_chosen("kind", kind), direction=_chosen("direction", direction), contact=_text(contact),
        phone=_text(phone), subject=about.strip(), result=_text(result), next_date=_day(session, next_, day),
        salesperson=_text(by), note=_text(session.writing.note), times=_number(count), is_estimated=estimated,
    )  # fmt: skip
    session.post(
        entries.add, customer=_whom(session, named, is_stranger=is_stranger, new=new), asked=asked,
        reply=_text(reply), new=new,
    )  # fmt: skip


@app.command("list")
@reading
def list_(
    session: Session, customer: Customer = None, by: Salesperson = None, open_: Open = False, late: Late = False,
    since: Since = None, until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """拜访和来电，最新在前；--open 只看待回复、待跟进的。 | Visits and calls, newest first; --open: what is to be done.

    salesaid visit list --open
    salesaid visit list --customer 骏业 --since 2026-11-01
    """
    from salesaid.reports.visit_list import visit_list

    session.show(
        session.call(
            visit_list,
            customer=session.name_of("customer", customer), salesperson=by, only_open=open_, only_late=late,
            since=session.since(since), until=session.until(until), limit=limit,
        )
    )  # fmt: skip


@app.command()
@reading
def report(
    session: Session, period: PeriodText = None, since: Since = None, until: Until = None, by: Salesperson = None
) -> None:
    """每人每月的拜访：次数、客户、方式、每个工作日几次、跟进。 | Visits by person and month, per working day, kept.

    salesaid visit report 2026
    salesaid visit report --since 2026-06-01 --until 2026-11-30 --out 拜访统计.xlsx
    """
    from salesaid.reports import visits

    span = period_of(session, (period, since, until), visits.PERIOD, only=False)
    session.show(session.call(visits.visits, period=span, salesperson=by))


def _whom(session: Session, named: list[str], *, is_stranger: bool, new: bool) -> str:
    """The customer as typed, else asked for where nothing else says who it was."""
    from salesaid import prompts

    if not prompts.can_ask(session) or (not named and is_stranger):
        return next(iter(named), "")
    typed = next(iter(named), "") or session.ask(CUSTOMER, "customer", _WHO)
    return typed if new else prompts.customer_meant(session, typed, is_asked=not named)


def _text(typed: str | None) -> str:
    return (typed or "").strip()


def _day(session: Session, typed: str | None, day: date) -> date | None:
    return session.date_of(typed, NEXT, base=day, ahead=True) if typed else None


def _chosen(column: str, typed: str | None) -> str | None:
    found: str | None = _read(LEDGER.column(column).kind, column, typed)
    return found


def _number(typed: str | None) -> Decimal | None:
    found: Decimal | None = _read(QTY, "count", typed)
    return found


def _read(kind: Kind, column: str, typed: str | None) -> Any:
    """What was typed for a column, in either language. Raises UnreadableValue."""
    try:
        return kind.parse(typed or "")
    except Unreadable as trouble:
        heading = LEDGER.column(column).heading
        raise UnreadableValue(Text(heading.zh, f"the {heading.en.lower()}"), trouble) from trouble

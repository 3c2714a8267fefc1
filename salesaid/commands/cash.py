"""日记账：收入、支出、转账、盘点、一览。 | The cash journal: income, expense, transfers, counts, the journal itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from salesaid.core.kinds import MONEY, Unreadable
from salesaid.core.text import Text
from salesaid.options import Amount, Handler, Limit, New, Since, Until, argument, both, option, reading, writing
from salesaid.refusals import UnreadableValue
from salesaid.session import Session

if TYPE_CHECKING:
    from salesaid.entries.cash import Asked, Side

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

AMOUNT, SUMMARY = Text("金额", "the amount"), Text("摘要", "what it was for")
COUNTED = Text("点到的余额", "the balance as counted")
FROM, TO = Text("转出账户", "the account it leaves"), Text("转入账户", "the account it goes to")
_NAME, _TEXT = both("名称", "NAME"), both("文字", "TEXT")

Words = Annotated[
    list[str] | None, argument(both("金额 摘要…", "AMOUNT SUMMARY..."), "金额，摘要。", "Amount, what it was.")
]
TransferWords = Annotated[
    list[str] | None,
    argument(both("金额 转出账户 转入账户", "AMOUNT FROM TO"), "金额，两个账户。", "Amount, two accounts."),
]
CountWords = Annotated[
    list[str] | None,
    argument(both("余额 [账户]", "COUNTED [ACCOUNT]"), "点到的余额，账户。", "What was counted, where."),
]
Summary = Annotated[str | None, option("--summary", "摘要。", "What it was.", _TEXT)]
Category = Annotated[
    str | None, option("--category", "收支类别。", "Category of income or expense.", _NAME, "category")
]
Account = Annotated[
    str | None,
    option(
        "--account",
        "账户；不写为现金，账上只有一个账户的就是它。",
        "Account; by default cash, or the only one there is.",
        _NAME,
        "account",
    ),
]
OneAccount = Annotated[
    str | None,
    option("--account", "只看这个账户；不写为全部。", "This account only; by default all.", _NAME, "account"),
]
From = Annotated[str | None, option("--from", "转出账户。", "Account it leaves.", _NAME, "account")]
To = Annotated[str | None, option("--to", "转入账户。", "Account it goes to.", _NAME, "account")]
Counted = Annotated[str | None, option("--counted", "点到的余额。", "Balance as counted.", both("金额", "AMOUNT"))]


@app.command("in")
@writing
def in_(
    session: Session, words: Words = None, amount: Amount = None, summary: Summary = None, category: Category = None,
    account: Account = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """收入。 | Money comes in.

    salesaid cash in 5000 骏业货款 --category 货款 --account 工行
    salesaid cash in --amount 5000 --summary 骏业货款
    """
    _record(session, "income", words, amount, summary, category, account, handler, new=new)


@app.command()
@writing
def out(
    session: Session, words: Words = None, amount: Amount = None, summary: Summary = None, category: Category = None,
    account: Account = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """支出。 | Money goes out.

    salesaid cash out 120 打车费 --category 交通费
    salesaid cash out --amount 120 --summary 打车费
    """
    _record(session, "expense", words, amount, summary, category, account, handler, new=new)


@app.command()
@writing
def transfer(
    session: Session, words: TransferWords = None, amount: Amount = None, from_: From = None, to: To = None,
    summary: Summary = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """转账：从一个账户到另一个，不算收支。 | From one account to another: neither income nor expense.

    salesaid cash transfer 2000 工行 现金
    salesaid cash transfer --amount 2000 --from 工行 --to 现金 --summary 提现
    """
    from salesaid.entries import cash

    rest = list(words or [])
    money = _money(session, amount or (rest.pop(0) if rest else None), AMOUNT)
    source = from_ or (rest.pop(0) if rest else None)
    target = to or (rest.pop(0) if rest else None)
    _require_no_more(rest)
    session.post(
        cash.transfer,
        amount=money, source=session.given(source, FROM, "account"), target=session.given(target, TO, "account"),
        asked=_asked(session, None, summary, None, handler, new=new),
    )  # fmt: skip


@app.command()
@writing
def count(
    session: Session, words: CountWords = None, counted: Counted = None, account: Account = None,
    summary: Summary = None, handler: Handler = None, new: New = False,
) -> None:  # fmt: skip
    """盘点：记下点到的余额，说出长款、短款；第一次是期初。 | What was counted, over or short; the first count opens.

    salesaid cash count 1880.5
    salesaid cash count --counted 1880.5 --account 现金
    """
    from salesaid.entries import cash

    rest = list(words or [])
    money = _money(session, counted or (rest.pop(0) if rest else None), COUNTED)
    name = account or (rest.pop(0) if rest else None)
    _require_no_more(rest)
    if money < 0:
        shown = MONEY.show(money, "en")
        session.confirm(Text(f"点到的余额是负数 {shown}：确是透支吗？", f"{shown} was counted: is it overdrawn?"))
    session.post(cash.count, counted=money, asked=_asked(session, name, summary, None, handler, new=new))


@app.command("list")
@reading
def list_(
    session: Session, account: OneAccount = None, since: Since = None, until: Until = None, limit: Limit = None
) -> None:
    """日记账：每一笔和余额，本日、本月合计，本年累计。 | The journal: every row, balances, totals of day, month, year.

    salesaid cash list --account 现金 --since 2026-11-01
    salesaid cash list --out 出纳日记账.xlsx
    """
    first, last = session.since(since), session.until(until)
    if session.reading.is_workbook:
        from salesaid.reports.cash_journal import cash_journal

        session.show(session.call(cash_journal, account=account, since=first, until=last))
        return
    from salesaid.reports.cash_list import cash_list

    for_people = session.reading.is_for_people
    session.show(session.call(cash_list, account=account, since=first, until=last, limit=limit, with_totals=for_people))


def _record(
    session: Session, side: Side, words: list[str] | None, amount: str | None, summary: str | None,
    category: str | None, account: str | None, handler: str | None, *, new: bool,
) -> None:  # fmt: skip
    from salesaid.entries import cash

    rest = list(words or [])
    money = _money(session, amount or (rest.pop(0) if rest else None), AMOUNT)
    what = " ".join([*([summary] if summary else []), *rest])
    text = session.given(what, SUMMARY) if what.strip() else session.ask(SUMMARY, hint=_SUMMARY_HINT)
    session.post(cash.record, side=side, amount=money, asked=_asked(session, account, text, category, handler, new=new))


_SUMMARY_HINT = Text("写在金额后面，或用 --summary", "write it behind the amount, or with --summary")


def _asked(
    session: Session, account: str | None, summary: str | None, category: str | None, handler: str | None, *, new: bool
) -> Asked:
    from salesaid.entries.cash import Asked

    texts = [(text or "").strip() for text in (account, summary, category, handler, session.writing.note)]
    return Asked(session.day, new, *texts)


def _money(session: Session, text: str | None, what: Text) -> Decimal:
    """An amount as it was typed, else asked for. Raises UnreadableValue."""
    written = session.given(text, what)
    try:
        value = MONEY.parse(written)
    except Unreadable as trouble:
        raise UnreadableValue(what, trouble) from trouble
    if not isinstance(value, Decimal):
        raise UnreadableValue(what, Unreadable(written, _MONEY_ACCEPTED))
    return value


_MONEY_ACCEPTED = Text("金额，如 1234.5", "an amount such as 1234.5")


def _require_no_more(words: list[str]) -> None:
    if words:
        raise UnreadableValue(Text("多出来的内容", "what is left over,"), Unreadable(" ".join(words), _ACCOUNTS))


_ACCOUNTS = Text("名称里有空格的账户要加引号", "an account whose name holds blanks stands in quotes")

"""Counts of an account that differ from the book and were not settled since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.balances.cash_book import CashBook, CashRow
from salesaid.balances.cash_mending import OVER, SHORT, mending
from salesaid.core.kinds import MONEY
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text
from salesaid.core.width import folded

_WORDS = ("长款", "短款", "盘盈", "盘亏", "cash over", "cash short")

RULE = Rule(
    "C03",
    "warning",
    Text("盘点有差额", "a counted difference"),
    why=Text(
        "账上的钱和点到的不一样，差额没有查清，也没有入账。",
        "What was counted is not what the book says, and nobody has found out why or booked it.",
    ),
    mend=Text(
        "查清原因；查不出的按长款或短款入账，再点一次。",
        "Find out why; what cannot be found is booked as over or short. Then count again.",
    ),
    wrong="""
        日记账.csv
        单号,日期,账户,摘要,收入,支出,实盘金额
        CJ20261101-001,2026-11-01,现金,期初盘点,,,500
        CJ20261120-001,2026-11-20,现金,打车费,,40,
        CJ20261121-001,2026-11-21,现金,盘点,,,440
        """,
    mended="""
        日记账.csv
        单号,日期,账户,摘要,收入,支出,实盘金额
        CJ20261101-001,2026-11-01,现金,期初盘点,,,500
        CJ20261120-001,2026-11-20,现金,打车费,,40,
        CJ20261121-001,2026-11-21,现金,盘点,,,440
        CJ20261122-001,2026-11-22,现金,短款入账,,20,
        """,
)


def counted_difference(cash_book: CashBook) -> Iterator[Wrong]:
    """A finding for the last count of each account, where it differs: a later one that agrees has settled others."""
    own: dict[str, list[CashRow]] = {}
    for row in cash_book.all:
        own.setdefault(row.account, []).append(row)
    for rows in own.values():
        last = max((at for at, row in enumerate(rows) if row.counted is not None), default=None)
        if last is not None and rows[last].kind in {"over", "short"} and not _is_booked(rows[last], rows[last + 1 :]):
            yield _wrong(rows[last], rows[:last])


def _is_booked(count: CashRow, later: Sequence[CashRow]) -> bool:
    """Whether a later row books just this difference, and says so."""
    return any(row.net == count.difference and _speaks_of_it(row, count) for row in later)


def _speaks_of_it(row: CashRow, count: CashRow) -> bool:
    text = folded(f"{row.summary} {row.category} {row.note}")
    return any(word in text for word in (*_WORDS, folded(count.voucher_no)))


def _wrong(row: CashRow, before: Sequence[CashRow]) -> Wrong:
    difference = row.difference or row.balance
    off, counted = MONEY.format(abs(difference)), MONEY.format(row.counted)
    words = OVER if difference > 0 else SHORT
    said = Text(
        f"{row.day} 盘点{row.account} {counted}，{words.zh} {off}，还没有入账",
        f"{row.account} counted on {row.day}: {counted}, {off} {words.en}, and nothing is booked",
    )
    mend = mending(row.account, difference, before)
    if mend.is_opening:
        said += Text("；账户还没有期初余额", "; the account has no opening balance yet")
    return Wrong("cash", said, row.voucher_no, row=row.row, column="counted", value=counted, suggestion=mend.line)

"""The lines of a cash journal as it is kept: rows with their balance, then what a day, a month and a year come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from salesaid.balances.cash_book import CashBook, CashRow
from salesaid.core import money
from salesaid.core.errors import Refused
from salesaid.core.kinds import MONEY
from salesaid.core.rows import ZERO
from salesaid.core.tables import NotedRow
from salesaid.core.text import Text, joined, same

Span = Literal["day", "month", "year"]
SPANS: tuple[Span, ...] = ("day", "month", "year")

_CENTS = 2


class NoSuchAccount(Refused):
    """No row of the cash journal names the account that was asked for."""

    def __init__(self, typed: str, known: Sequence[str]) -> None:
        from salesaid.core.suggest import suggestions

        near = joined([same(name) for name in suggestions(typed, known) or known])
        hint = Text(f"日记账里有：{near.zh}", f"the journal has: {near.en}") if known else None
        super().__init__(Text(f"没有名为“{typed}”的账户", f"there is no account named “{typed}”"), hint)


class Sums(NamedTuple):
    """What rows come to. Transfers are neither income nor expense, and stand apart."""

    income: Decimal = ZERO
    expense: Decimal = ZERO
    moved_in: Decimal = ZERO
    moved_out: Decimal = ZERO

    def plus(self, row: CashRow) -> Sums:
        """The sums with one row more."""
        both = row.income or ZERO, row.expense or ZERO
        own = (ZERO, ZERO, *both) if row.kind == "transfer" else (*both, ZERO, ZERO)
        return Sums(*(money.total(pair) for pair in zip(self, own, strict=True)))


class Total(NamedTuple):
    """What a day, a month or a year come to up to a day; `balance` is what the accounts held then."""

    span: Span
    day: date
    sums: Sums
    balance: Decimal


class Journal(NamedTuple):
    """The rows of some days, in order, of one account or (None) of all; `before` is what there was before them."""

    account: str | None
    since: date | None
    before: Decimal
    lines: list[CashRow | Total]

    @property
    def rows(self) -> list[CashRow]:
        """The rows alone."""
        return [line for line in self.lines if isinstance(line, CashRow)]

    @property
    def sums(self) -> Sums:
        """What the rows come to."""
        sums = Sums()
        for row in self.rows:
            sums = sums.plus(row)
        return sums

    @property
    def after(self) -> Decimal:
        """What there was at the end."""
        return self.lines[-1].balance if self.lines else self.before


def account_named(book: CashBook, typed: str | None) -> str | None:
    """The account that a typed name means; None where nothing was typed. Raises NoSuchAccount."""
    if typed is None:
        return None
    found = book.meant(typed.strip() or book.till)
    if len(found) != 1:
        raise NoSuchAccount(typed, found or book.accounts)
    return found[0]


def journal(book: CashBook, account: str | None, since: date | None, until: date | None) -> Journal:
    """The journal of some days. Totals of a month or year count all of it up to then, also what was before `since`."""
    rows = [row for row in book.all if account in {None, row.account} and (until is None or row.day <= until)]
    before, lines = ZERO, []
    for line in _lines(rows):
        if since is None or line.day >= since:
            lines.append(line)
        elif isinstance(line, Total):
            before = line.balance
    return Journal(account, since, before, lines)


def _lines(rows: Sequence[CashRow]) -> Iterator[CashRow | Total]:
    sums = dict.fromkeys(SPANS, Sums())
    balances: dict[str, Decimal] = {}
    for row, following in pairwise([*rows, None]):
        assert row is not None
        yield row
        balances[row.account] = row.balance
        held = money.total(balances.values())
        for span in SPANS:
            sums[span] = sums[span].plus(row)
        ended = [span for span in SPANS if following is None or _part(following.day, span) != _part(row.day, span)]
        if "month" in ended:  # what the year has come to stands below every month
            ended = [*SPANS]
        for span in ended:
            yield Total(span, row.day, sums[span], held)
            if following is None or _part(following.day, span) != _part(row.day, span):
                sums[span] = Sums()


def _part(day: date, span: Span) -> tuple[int, ...]:
    return (day.year, day.month, day.day)[: {"day": 3, "month": 2, "year": 1}[span]]


SPAN_WORDS = {
    "day": Text("本日合计", "Total of the day"),
    "month": Text("本月合计", "Total of the month"),
    "year": Text("本年累计", "Total of the year so far"),
}
MOVED_WORDS = {
    "day": Text("本日转账（不计收支）", "Transfers of the day, apart"),
    "month": Text("本月转账（不计收支）", "Transfers of the month, apart"),
    "year": Text("本年转账（不计收支）", "Transfers of the year so far, apart"),
}
BROUGHT_FORWARD = Text("上期结余", "Brought forward")


def verdict_of(row: CashRow) -> Text | None:
    """What a count came to, in words; None for a row that is none."""
    if row.kind == "opening":
        return Text("期初", "opening")
    if row.counted is None or row.difference is None:
        return None
    counted, off = MONEY.show(row.counted, "en"), MONEY.show(abs(row.difference), "en")
    if not row.difference:
        return Text(f"实点 {counted}，账实相符", f"counted {counted}, agrees")
    zh, en = ("长款", "over") if row.difference > 0 else ("短款", "short")
    return Text(f"实点 {counted}，{zh} {off}", f"counted {counted}, {off} {en}")


def odd_rows(rows: Sequence[CashRow], file: str) -> tuple[NotedRow, ...]:
    """Rows that count as they are written, but look like mistakes."""
    return tuple(NotedRow(file, row.row, reason) for row in rows if (reason := _oddity(row)) is not None)


def _oddity(row: CashRow) -> Text | None:
    if row.income and row.expense:
        return Text("收入和支出都填了", "both income and expense are filled")
    figures = (row.income, row.expense, row.counted)
    if any(figure is not None and figure != money.rounded(figure, _CENTS) for figure in figures):
        return Text("金额小数超过两位", "an amount has more than two decimals")
    return None

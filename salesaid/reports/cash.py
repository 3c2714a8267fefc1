"""现金银行：各账户期初、收支、期末和长短款，各类别收支。 | Cash by account and by category, and what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.cash_book import CashBook, CashRow
from salesaid.balances.cash_lines import odd_rows
from salesaid.core import money
from salesaid.core.blanks import Named
from salesaid.core.kinds import DATE, MONEY, TEXT
from salesaid.core.periods import Period
from salesaid.core.rows import ZERO
from salesaid.core.tables import NAMED, Card, Chart, Field, Note, Table
from salesaid.core.text import Text

_BY_ACCOUNT = (
    Field("account", Text("账户", "Account"), TEXT, key=True),
    Field("opening", Text("期初", "Opening"), MONEY),
    Field("opened", Text("建账", "Opened with"), MONEY),
    Field("income", Text("收入", "Income"), MONEY),
    Field("expense", Text("支出", "Expense"), MONEY),
    Field("moved_in", Text("转入", "Transferred in"), MONEY),
    Field("moved_out", Text("转出", "Transferred out"), MONEY),
    Field("closing", Text("期末", "Closing"), MONEY),
    Field("counted_on", Text("最后盘点", "Last counted"), DATE),
    Field("counted", Text("实点", "Counted"), MONEY),
    Field("difference", Text("长短款", "Over or short"), MONEY),
)
_BY_CATEGORY = (
    Field("category", Text("类别", "Category"), Named(Text("(无类别)", "(no category)")), key=True),
    Field("income", Text("收入", "Income"), MONEY),
    Field("expense", Text("支出", "Expense"), MONEY),
    Field("net", Text("净额", "Net"), MONEY),
)
_SUMMED = tuple(field.name for field in _BY_ACCOUNT[1:8])


class _Account(NamedTuple):
    """One account over a period; `newest` is the last count in it that is not the opening."""

    opening: Decimal
    opened: Decimal
    income: Decimal
    expense: Decimal
    moved_in: Decimal
    moved_out: Decimal
    newest: CashRow | None

    @property
    def closing(self) -> Decimal:
        """What it held at the end: all of it together."""
        signed = (self.opening, self.opened, self.income, -self.expense, self.moved_in, -self.moved_out)
        return money.total(signed)


def cash(cash_book: CashBook, *, period: Period) -> Card:
    """Two tables, by account and by category: opening + opened + income − expense + transfers = closing.

    Transfers between accounts are neither income nor expense. A count opens an account or is held against the book;
    it changes nothing then, and `difference` is what the newest of the period found over (short: below zero).
    """
    rows = [row for row in cash_book.all if row.day <= period.last]
    own = [row for row in rows if row.day >= period.first]
    tables = (_by_account(rows, own, cash_book, period), _by_category(own))
    return Card(Text("现金银行 · ", "Cash · ") + period.title, tables, tuple(_notes(own, cash_book)))


def _by_account(rows: Sequence[CashRow], own: Sequence[CashRow], book: CashBook, period: Period) -> Table:
    known = {row.account for row in rows}
    accounts = {name: _account(name, rows, own, period.first) for name in book.accounts if name in known}
    cells = [(name, *_figures(each), *_counted(each.newest)) for name, each in accounts.items()]
    sums = zip(*map(_figures, accounts.values()), strict=True) if accounts else ([] for _ in _SUMMED)
    totals = {name: money.total(values) for name, values in zip(_SUMMED, sums, strict=True)}
    return Table(Text("现金银行（按账户）", "Cash by account"), _BY_ACCOUNT, cells, totals)


def _account(name: str, rows: Sequence[CashRow], own: Sequence[CashRow], first: date) -> _Account:
    before = [row for row in rows if row.account == name and row.day < first]
    here = [row for row in own if row.account == name]
    entries, moved = [row for row in here if row.kind != "transfer"], [row for row in here if row.kind == "transfer"]
    counts = [row for row in here if row.counted is not None and row.kind != "opening"]
    return _Account(
        before[-1].balance if before else ZERO,
        money.total(row.difference for row in here if row.kind == "opening" and row.difference is not None),
        *_in_and_out(entries), *_in_and_out(moved), counts[-1] if counts else None,
    )  # fmt: skip


def _in_and_out(rows: Sequence[CashRow]) -> tuple[Decimal, Decimal]:
    income, expense = (row.income or ZERO for row in rows), (row.expense or ZERO for row in rows)
    return money.total(income), money.total(expense)


def _figures(each: _Account) -> tuple[Decimal, ...]:
    return (
        each.opening, each.opened, each.income, each.expense, each.moved_in, each.moved_out, each.closing,
    )  # fmt: skip


def _counted(count: CashRow | None) -> tuple[date | None, Decimal | None, Decimal | None]:
    return (None, None, None) if count is None else (count.day, count.counted, count.difference)


def _by_category(own: Iterable[CashRow]) -> Table:
    groups: dict[str, list[CashRow]] = {}
    for row in own:
        if row.kind != "transfer" and (row.income or row.expense):
            groups.setdefault(row.category, []).append(row)
    sums = {name: _in_and_out(rows) for name, rows in groups.items()}
    rows = [(name or None, into, out_of, money.total((into, -out_of))) for name, (into, out_of) in sums.items()]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0] or ""))
    totals = {
        "income": money.total(row[1] for row in rows),
        "expense": money.total(row[2] for row in rows),
        "net": money.total(row[3] for row in rows),
    }
    chart = Chart("bars", "category", ("expense", "income"))
    return Table(Text("收支（按类别）", "Income and expense by category"), _BY_CATEGORY, rows, totals, chart=chart)


def _notes(own: Sequence[CashRow], book: CashBook) -> Iterable[Note]:
    for kind, zh, en in (("over", "长款", "over"), ("short", "短款", "short")):
        for row in [row for row in own if row.kind == kind][-NAMED:]:
            amount = MONEY.show(abs(row.difference or ZERO), "en")
            yield Note(
                kind,
                "warning",
                Text(f"{row.day} {row.account} {zh} {amount}", f"{row.day} {row.account}: {amount} {en}"),
            )
    odd = odd_rows(own, book.file)
    if odd:
        zh, en = "、".join(str(row.row) for row in odd[:NAMED]), ", ".join(str(row.row) for row in odd[:NAMED])
        text = Text(f"按原样计入，请核对第 {zh} 行", f"counted as written, please check rows {en}")
        yield Note("odd_rows", "warning", text, odd)

"""The cash journal on paper: a sheet an account in the three columns of the trade, 借方 贷方 余额."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.cash_book import CashBook, CashRow
from salesaid.balances.cash_lines import (
    BROUGHT_FORWARD,
    MOVED_WORDS,
    SPAN_WORDS,
    Journal,
    Total,
    account_named,
    journal,
    odd_rows,
    verdict_of,
)
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, TEXT
from salesaid.core.tables import NAMED, NO_LINE, Card, Field, Line, Paper, Table
from salesaid.core.text import Lang, Text
from salesaid.settings import Settings

FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("voucher_no", Text("凭证号", "Voucher"), NUMBER_NO),
    Field("summary", Text("摘要", "Summary"), TEXT, folds=True),
    Field("category", Text("类别", "Category"), TEXT),
    Field("income", Text("借方（收入）", "Debit (in)"), MONEY),
    Field("expense", Text("贷方（支出）", "Credit (out)"), MONEY),
    Field("balance", Text("余额", "Balance"), MONEY),
)
_Cells = tuple[object, ...]


def cash_journal(
    cash_book: CashBook, settings: Settings, today: date, lang: Lang, *, account: str | None = None,
    since: date | None = None, until: date | None = None,
) -> Card:  # fmt: skip
    """A sheet for every account, or for the one that is named. Raises NoSuchAccount."""
    own = account_named(cash_book, account)
    names = [own] if own else cash_book.accounts or [cash_book.till]
    pages = (journal(cash_book, name, since, until) for name in names)
    tables = tuple(_page(page, cash_book, settings, until or today, lang) for page in pages)
    return Card(Text("日记账", "Cash journal"), tables)


def _page(found: Journal, book: CashBook, settings: Settings, last: date, lang: Lang) -> Table:
    rows = list(_rows(found, lang))
    totals = (*SPAN_WORDS.values(), *MOVED_WORDS.values(), BROUGHT_FORWARD)
    strong = frozenset(at for at, row in enumerate(rows) if row[1] is None and row[2] in {t.in_(lang) for t in totals})
    name = found.account or ""
    title = Text(f"{name}日记账", f"Cash journal: {name}")
    first = found.since or (found.rows[0].day if found.rows else last)
    ours = settings.name
    above: tuple[Line, ...] = (
        (
            Text(f"单位：{ours}" if ours else f"账户：{name}", ours or f"Account: {name}"),
            Text(f"{first} 至 {last}　　金额单位：元", f"{first} to {last}, in yuan"),
        ),
    )
    return Table(title, FIELDS, rows, strong=strong, paper=Paper(above, tuple(_below(found, book))))


def _rows(found: Journal, lang: Lang) -> Iterator[_Cells]:
    if found.since is not None:
        yield found.since, None, BROUGHT_FORWARD.in_(lang), None, None, None, found.before
    for line in found.lines:
        if isinstance(line, CashRow):
            yield line.day, line.voucher_no, _summary(line, lang), line.category or None, *_figures(line)
        else:
            yield from _total(line, lang)


def _summary(row: CashRow, lang: Lang) -> str:
    """What a row was for; of a count what was found."""
    words = verdict_of(row)
    if words is None:
        return row.summary
    if row.kind == "opening":
        words = Text("期初余额", "opening balance")
        return f"{words.in_(lang)} · {row.summary}" if row.summary not in {"", *words} else words.in_(lang)
    found = Text(f"（{words.zh}）", f" ({words.en})").in_(lang)
    return (row.summary or Text("盘点", "count").in_(lang)) + found


def _figures(row: CashRow) -> _Cells:
    return row.income, row.expense, row.balance


def _total(total: Total, lang: Lang) -> Iterator[_Cells]:
    sums = total.sums
    if sums.moved_in or sums.moved_out:
        yield total.day, None, MOVED_WORDS[total.span].in_(lang), None, sums.moved_in, sums.moved_out, None
    yield total.day, None, SPAN_WORDS[total.span].in_(lang), None, sums.income, sums.expense, total.balance


def _below(found: Journal, book: CashBook) -> Iterator[Line]:
    """Room for those who sign it; before that, which rows look like mistakes."""
    for each in odd_rows(found.rows, book.file)[:NAMED]:
        yield Text(f"第 {each.row} 行{each.reason.zh}", f"row {each.row}: {each.reason.en}"), Text("", "")
    yield NO_LINE
    yield Text("出纳：", "Cashier: "), Text("复核：", "Checked by: ")

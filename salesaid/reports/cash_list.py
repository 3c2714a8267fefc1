"""The cash journal: every row with what its account held after it, and what days, months and years come to."""

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
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, TEXT, Choice
from salesaid.core.tables import NAMED, Field, Note, Table
from salesaid.core.text import Lang, Text

KIND = Choice(
    {
        "entry": Text("收支", "entry"),
        "transfer": Text("转账", "transfer"),
        "opening": Text("期初", "opening"),
        "agrees": Text("盘点相符", "agrees"),
        "over": Text("长款", "over"),
        "short": Text("短款", "short"),
        "brought_forward": Text("结转", "brought forward"),
        "day": Text("日计", "day"),
        "month": Text("月计", "month"),
        "year": Text("年计", "year"),
    }
)
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("voucher_no", Text("凭证号", "Voucher"), NUMBER_NO, key=True),
    Field("account", Text("账户", "Account"), TEXT),
    Field("kind", Text("类型", "Kind"), KIND),
    Field("summary", Text("摘要", "Summary"), TEXT),
    Field("category", Text("类别", "Category"), TEXT),
    Field("income", Text("收入", "Income"), MONEY),
    Field("expense", Text("支出", "Expense"), MONEY),
    Field("balance", Text("余额", "Balance"), MONEY),
    Field("counted", Text("实点", "Counted"), MONEY),
    Field("difference", Text("长短款", "Over or short"), MONEY),
)
_Cells = tuple[object, ...]


def cash_list(
    cash_book: CashBook, lang: Lang, *, account: str | None = None, since: date | None = None,
    until: date | None = None, limit: int | None = None, with_totals: bool = True,
) -> Table:  # fmt: skip
    """The journal, oldest first; with `since` what there was before stands in a line of its own.

    `with_totals` puts a line below every day, month and year, for people; scripts sum over --since and --until.
    """
    own = account_named(cash_book, account)
    found = journal(cash_book, own, since, until)
    rows = list(_rows(found, limit, lang, with_totals=with_totals))
    sums = found.sums
    totals = {"income": sums.income, "expense": sums.expense, "balance": found.after}
    title = Text(f"日记账 · {own}", f"Cash journal · {own}") if own else Text("日记账", "Cash journal")
    strong = frozenset(at for at, row in enumerate(rows) if row[3] in {"day", "month", "year"})
    return Table(title, FIELDS, rows, totals, tuple(_notes(found, cash_book, limit)), strong=strong)


def _rows(found: Journal, limit: int | None, lang: Lang, *, with_totals: bool) -> Iterator[_Cells]:
    skipped = 0 if limit is None else max(0, len(found.rows) - limit)
    if found.since is not None and not skipped:
        forward = BROUGHT_FORWARD.in_(lang)
        yield found.since, None, found.account, "brought_forward", forward, None, None, None, found.before, None, None
    for line in found.lines:
        if isinstance(line, CashRow):
            skipped -= 1
            if skipped < 0:
                yield _row(line)
        elif skipped <= 0 and with_totals:
            yield from _total(line, found.account, lang)


def _row(row: CashRow) -> _Cells:
    return (
        row.day, row.voucher_no, row.account, row.kind, row.summary or None, row.category or None, row.income,
        row.expense, row.balance, row.counted, row.difference if row.kind != "opening" else None,
    )  # fmt: skip


def _total(total: Total, account: str | None, lang: Lang) -> Iterator[_Cells]:
    sums, head = total.sums, (total.day, None, account, total.span)
    if account and (sums.moved_in or sums.moved_out):
        moved = MOVED_WORDS[total.span].in_(lang)
        yield *head, moved, None, sums.moved_in, sums.moved_out, None, None, None
    yield *head, SPAN_WORDS[total.span].in_(lang), None, sums.income, sums.expense, total.balance, None, None


def _notes(found: Journal, book: CashBook, limit: int | None) -> Iterator[Note]:
    left = len(found.rows) - limit if limit is not None else 0
    if left > 0:
        yield Note("earlier", "info", Text(f"前面还有 {left} 行", f"{left} earlier rows are not shown"))
    if found.account is None and len(book.accounts) > 1:
        text = Text(
            "每行的余额是它那个账户的，合计的余额是全部账户之和；只看一个账户请加 --account",
            "a row's balance is its account's, that of a total is of all accounts; --account shows one",
        )
        yield Note("balance_of_accounts", "info", text)
    sums = found.sums
    if sums.moved_in or sums.moved_out:
        into, out_of = MONEY.show(sums.moved_in, "en"), MONEY.show(sums.moved_out, "en")
        text = Text(
            f"内部转账转入 {into}、转出 {out_of}，不计入收支合计",
            f"transfers, {into} in and {out_of} out, are neither income nor expense",
        )
        yield Note("transfers", "info", text)
    for kind in ("over", "short"):
        wrong = [row for row in found.rows if row.kind == kind]
        for row in wrong[-NAMED:]:
            words = verdict_of(row) or Text("", "")
            head = f"{row.day} {row.account} "
            yield Note(kind, "warning", Text(head + words.zh, head + words.en))
    yield from _odd_note(found, book)


def _odd_note(found: Journal, book: CashBook) -> Iterator[Note]:
    odd = odd_rows(found.rows, book.file)
    if odd:
        listed = [
            Text(f"第 {each.row} 行{each.reason.zh}", f"row {each.row}: {each.reason.en}") for each in odd[:NAMED]
        ]
        zh, en = "；".join(each.zh for each in listed), "; ".join(each.en for each in listed)
        text = Text(f"按原样计入，请核对：{zh}", f"counted as written, please check: {en}")
        yield Note("odd_rows", "warning", text, odd)

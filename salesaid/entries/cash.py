"""Money in the till and at the bank: income, expense, transfers, and balances as they were counted (DOMAIN.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.balances.cash_book import TRANSFER, CashBook, CashRow
from salesaid.balances.cash_mending import OVER, SHORT, mending
from salesaid.balances.new_rows import later_date
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import MONEY, TEXT
from salesaid.core.money import rounded
from salesaid.core.places import place_key
from salesaid.core.rows import ZERO, Rows
from salesaid.core.suggest import suggestions
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Lang, Text, joined, same
from salesaid.settings import Settings

Side = Literal["income", "expense"]

_SIDES = {"income": Text("收入", "in"), "expense": Text("支出", "out")}
_OTHER_VERB = {"income": "out", "expense": "in"}
_CENTS = 2
_FIELDS = (
    Field("account", Text("账户", "Account"), TEXT),
    Field("before", Text("原余额", "Before"), MONEY),
    Field("change", Text("变动", "Change"), MONEY),
    Field("balance", Text("现余额", "Balance"), MONEY),
)
_COUNT_FIELDS = (
    Field("account", Text("账户", "Account"), TEXT),
    Field("booked", Text("账面", "Booked"), MONEY),
    Field("counted", Text("实点", "Counted"), MONEY),
    Field("difference", Text("差额", "Difference"), MONEY),
)


class NotAbove(Refused):
    """An amount of money that comes or goes is above zero."""

    def __init__(self, amount: Decimal, hint: Text) -> None:
        text = MONEY.show(amount, "en")
        super().__init__(Text(f"金额要大于零，不能是 {text}", f"the amount has to be above zero, not {text}"), hint)


class NoSuchCents(Refused):
    """An amount of money has more than two decimals."""

    def __init__(self, amount: Decimal) -> None:
        cents = MONEY.format(rounded(amount, _CENTS))
        super().__init__(
            Text(f"金额 {amount:f} 的小数超过两位", f"the amount {amount:f} has more than two decimals"),
            Text(f"写到分为止，如 {cents}", f"write it to the cent, such as {cents}"),
        )


class SameAccount(Refused):
    """Money is to be moved to where it is."""

    def __init__(self, account: str) -> None:
        super().__init__(
            Text(f"转出和转入都是“{account}”", f"from and to are both “{account}”"),
            Text("用 --from 和 --to 写两个不同的账户", "name two accounts with --from and --to"),
        )


class WhichAccount(Refused):
    """No account was named, the book has several, and none of them is the till."""

    def __init__(self, accounts: Sequence[str]) -> None:
        names = joined([same(name) for name in accounts])
        super().__init__(
            Text("没有写账户，而账上有好几个", "no account is named, and the book has several"),
            Text(f"用 --account 写一个：{names.zh}", f"name one with --account: {names.en}"),
        )


class AmbiguousAccount(Refused):
    """Several accounts hold what was typed."""

    def __init__(self, typed: str, accounts: Sequence[str]) -> None:
        names = joined([same(name) for name in accounts])
        super().__init__(
            Text(f"“{typed}”不能确定是哪个账户", f"it is not certain which account “{typed}” means"),
            Text(
                f"请写出全名：{names.zh}；确是新账户，请加 --new",
                f"write the whole name: {names.en}; if it is a new account, add --new",
            ),
        )


class Asked(NamedTuple):
    """What was typed of a row of the cash journal."""

    day: date
    new: bool = False
    account: str = ""
    summary: str = ""
    category: str = ""
    handler: str = ""
    note: str = ""

    def entry(self, account: str, cells: dict[str, Value], given: frozenset[str] = frozenset()) -> Entry:
        """One row with these cells, and what all rows of it have in common."""
        own: dict[str, Value] = {name: getattr(self, name) for name in ("summary", "category", "handler", "note")}
        own = {name: value for name, value in own.items() if value}
        typed = {*own, *cells, *(["account"] if self.account else [])} - {"voucher_no"}
        row: dict[str, Value] = {"date": self.day, "account": account, **own, **cells}
        return Entry("cash", row, frozenset(typed | given))


def record(cash_book: CashBook, today: date, *, side: Side, amount: Decimal, asked: Asked) -> Decision:
    """Money came in or went out. Raises NotAbove, NoSuchCents, WhichAccount."""
    verb = _OTHER_VERB[side]
    _require_money(
        amount,
        Text(
            f"方向相反请用 salesaid cash {verb}，记错了请用 salesaid void",
            f"the other way is salesaid cash {verb}; to take back a mistake use salesaid void",
        ),
    )
    account, notes = _account(asked.account, cash_book, new=asked.new)
    number = NewNumber("cash", asked.day)
    entry = asked.entry(account, {"voucher_no": number, side: amount})
    word = _SIDES[side]
    said = Text(
        f"已记{word.zh} {{no}} · {account} {MONEY.show(amount, 'zh')} · {asked.summary}",
        f"{word.en} {{no}} · {account} {MONEY.show(amount, 'en')} · {asked.summary}",
    )
    shown, after = _changes({account: amount if side == "income" else -amount}, cash_book, asked.day)
    return Decision(said, (entry,), no=number, notes=(*notes, *after, *later_date(asked.day, today)), shown=shown)


def transfer(
    cash_book: CashBook, cash: Rows, settings: Settings, lang: Lang, today: date, *, amount: Decimal, source: str,
    target: str, asked: Asked,
) -> Decision:  # fmt: skip
    """Money goes from one account to another: two rows under one number. Raises SameAccount, NotAbove, NoSuchCents."""
    _require_money(amount, Text("方向相反请对调 --from 和 --to", "for the other way exchange --from and --to"))
    (out_of, notes), (into, more) = (_account(each, cash_book, new=asked.new) for each in (source, target))
    if place_key(out_of) == place_key(into):
        raise SameAccount(into)
    number = NewNumber("cash", asked.day)
    language = settings.language or lang
    asked = asked._replace(summary=asked.summary or _summary(out_of, into).in_(language))
    # The file has to say in some way that the two rows belong together: by their number, or by their category.
    is_linked = cash.has("voucher_no") or not cash.columns
    given = frozenset({"account"} if is_linked else {"account", "category"})
    rows = []
    for account, side in ((out_of, "expense"), (into, "income")):
        cells: dict[str, Value] = {"voucher_no": number, side: amount}
        entry = asked.entry(account, cells, given)
        rows.append(entry._replace(row={"category": TRANSFER.in_(language), **entry.row}))
    said = Text(
        f"已转账 {{no}} · {out_of} → {into} {MONEY.show(amount, 'zh')}",
        f"transferred {{no}} · {out_of} → {into} {MONEY.show(amount, 'en')}",
    )
    shown, after = _changes({out_of: -amount, into: amount}, cash_book, asked.day)
    return Decision(
        said, tuple(rows), no=number, notes=(*notes, *more, *after, *later_date(asked.day, today)), shown=shown
    )


def count(
    cash_book: CashBook, settings: Settings, lang: Lang, today: date, *, counted: Decimal, asked: Asked
) -> Decision:
    """What an account held when it was counted: an assertion; the first one opens the account. Raises NoSuchCents."""
    _require_cents(counted)
    account, notes = _account(asked.account, cash_book, new=asked.new)
    before = [row for row in cash_book.all if row.account == account and row.day <= asked.day]
    is_opening = not before
    booked = before[-1].balance if before else ZERO
    number = NewNumber("cash", asked.day)
    word = Text("期初余额", "opening balance") if is_opening else Text("盘点", "count")
    summary = {} if asked.summary else {"summary": word.in_(settings.language or lang)}
    entry = asked.entry(account, {"voucher_no": number, "counted": counted})
    entry = entry._replace(row={**summary, **entry.row})
    difference = ZERO if is_opening else counted - booked
    verdict = _verdict(difference)
    said = Text(
        f"已记{word.zh} {{no}} · {account} {MONEY.show(counted, 'zh')}",
        f"{word.en} {{no}} · {account} {MONEY.show(counted, 'en')}",
    )
    if not is_opening:
        said += Text(f" · {verdict.zh}", f" · {verdict.en}")
        dated = None if asked.day == today else asked.day
        notes += _difference_notes(difference, verdict, account, before, dated)
    rows = [(account, None if is_opening else booked, counted, None if is_opening else difference)]
    shown = Table(Text("账面与实点", "Book and count"), _COUNT_FIELDS, rows)
    return Decision(said, (entry,), no=number, notes=(*notes, *later_date(asked.day, today)), shown=shown)


def _require_money(amount: Decimal, hint: Text) -> None:
    if amount <= 0:
        raise NotAbove(amount, hint)
    _require_cents(amount)


def _require_cents(amount: Decimal) -> None:
    if amount != rounded(amount, _CENTS):
        raise NoSuchCents(amount)


def _account(typed: str, book: CashBook, *, new: bool) -> tuple[str, list[Note]]:
    """The account that is meant, and what is to be said of one that no row has named yet."""
    if typed.strip():
        name = typed.strip()
        found = [each for each in [book.known(name)] if each] if new else book.meant(name)
        if len(found) > 1:
            raise AmbiguousAccount(name, found)
        if not found:
            return name, _new_account(name, book)
        return found[0], [] if found[0] == name else [Note("understood", "info", same(f"{name} → {found[0]}"))]
    till = book.known(book.till)
    if till is None and len(book.accounts) > 1:
        raise WhichAccount(book.accounts)
    return till or next(iter(book.accounts), book.till), []


def _new_account(name: str, book: CashBook) -> list[Note]:
    if not book.accounts:
        return []
    near = suggestions(name, book.accounts)
    names = joined([same(each) for each in near or book.accounts])
    text = Text(f"新账户“{name}”；已有：{names.zh}", f"“{name}” is a new account; there are: {names.en}")
    return [Note("new_account", "warning" if near else "info", text)]


def _summary(out_of: str, into: str) -> Text:
    return Text(f"{out_of}转{into}", f"{out_of} to {into}")


def _changes(changes: dict[str, Decimal], book: CashBook, day: date) -> tuple[Table, list[Note]]:
    """What the accounts hold before and after, and a warning for one that falls below zero."""
    rows, notes = [], []
    for account, change in changes.items():
        before = book.balance(account, day)
        after = before + change
        rows.append((account, before, change, after))
        if change < 0 and after < 0:
            text = Text(
                f"{account} 的账面余额成了负数：{MONEY.show(after, 'zh')}",
                f"{account} falls below zero by the book: {MONEY.show(after, 'en')}",
            )
            notes.append(Note("below_zero", "warning", text))
    return Table(Text("账户余额", "Balances"), _FIELDS, rows), notes


def _verdict(difference: Decimal) -> Text:
    if not difference:
        return Text("账实相符", "agrees with the book")
    word, figure = (OVER if difference > 0 else SHORT), MONEY.show(abs(difference), "en")
    return Text(f"{word.zh} {figure}", f"{figure} {word.en}")


def _difference_notes(
    difference: Decimal, verdict: Text, account: str, before: Sequence[CashRow], dated: date | None
) -> list[Note]:
    """How a difference is put right, with the line to paste."""
    if not difference:
        return []
    mend = mending(account, difference, before, dated)
    if mend.is_opening:
        text = Text(
            f"{verdict.zh}：{account} 还没有期初余额；这笔钱若是记账以前就有的，补期初：{mend.line.zh}",
            f"{verdict.en}: {account} has no opening balance yet; if it was there before the first row: {mend.line.en}",
        )
    else:
        text = Text(
            f"{verdict.zh}：先查漏记；查不出原因的，记账：{mend.line.zh}",
            f"{verdict.en}: look for what was not entered; if nothing is found, enter it: {mend.line.en}",
        )
    return [Note("over" if difference > 0 else "short", "warning", text)]

"""The cash journal read: what every account held after every row, and how that agrees with what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.red_letters import is_void
from salesaid.core import money
from salesaid.core.places import place_key
from salesaid.core.rows import ZERO, Rows
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.settings import Settings

TILL = Text("现金", "cash")  # where money is whose row names no account
TRANSFER = Text("内部转账", "transfer")  # the category of a transfer's two rows
_TRANSFERS = frozenset((*TRANSFER, "转账", "互转", "账户互转", "内部划转", "internal transfer"))

_SURE = 2  # characters of a part that needs no asking

Kind = Literal["entry", "transfer", "opening", "agrees", "over", "short"]


class CashRow(NamedTuple):
    """One row. `balance` is its account's after it; `difference` is counted less booked, None where not counted.

    The kinds: income or expense; one leg of a transfer; and of a count, whether it opened the account, agrees with
    the book, or found more (长款) or less (短款) than that.
    """

    row: int
    voucher_no: str
    day: date
    account: str
    summary: str
    category: str
    income: Decimal | None
    expense: Decimal | None
    counted: Decimal | None
    note: str
    kind: Kind = "entry"
    difference: Decimal | None = None
    balance: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What the row adds to its account, as written."""
        return money.total((self.income or ZERO, -(self.expense or ZERO)))


def till_of(settings: Settings) -> str:
    """The account of rows that name none: the one fixed for all of them, else 现金 or cash, as the book speaks."""
    fixed = settings.ledger("cash").fixed.get("account", "").strip()
    return fixed or TILL.in_(settings.language or "zh")


def cash_book(cash: Rows, settings: Settings) -> CashBook:
    """The cash journal."""
    return CashBook(cash, settings)


class CashBook:
    """The rows of the cash journal by date, those of one day as they stand in the file."""

    def __init__(self, cash: Rows, settings: Settings) -> None:
        self.file = cash.file
        self.till = till_of(settings)
        self._cash = cash

    @cached_property
    def all(self) -> list[CashRow]:
        """Every row that was not voided, with its account's balance after it."""
        rows = sorted(_with_transfers(self._written, self._cash.has("category")), key=lambda row: row.day)
        openings = _openings(rows)
        balances: dict[str, Decimal] = {}
        return [_settled(row, balances, row.row in openings) for row in rows]

    @cached_property
    def accounts(self) -> list[str]:
        """The accounts, in the order in which the file first names them."""
        return list(dict.fromkeys(row.account for row in self._written))

    def known(self, typed: str) -> str | None:
        """The account that a typed name means, whatever its width, case and blanks; None for one of no row."""
        key = place_key(typed)
        return next((name for name in self.accounts if place_key(name) == key), None)

    def meant(self, typed: str) -> list[str]:
        """The known account, else those that hold what was typed: letters, two or more, and not the till's name."""
        known, key = self.known(typed), place_key(typed)
        if known is not None:
            return [known]
        if key == place_key(self.till) or len(key) < _SURE or any(map(str.isdigit, key)):
            return []
        return [name for name in self.accounts if key in place_key(name)]

    def balance(self, account: str, day: date | None = None) -> Decimal:
        """What an account holds, or held at the end of a day."""
        own = [row for row in self.all if row.account == account and (day is None or row.day <= day)]
        return own[-1].balance if own else ZERO

    def total(self, day: date | None = None) -> Decimal:
        """What all accounts hold together, or held at the end of a day."""
        return money.total(self.balance(account, day) for account in self.accounts)

    @cached_property
    def _written(self) -> list[CashRow]:
        """The rows in file order without what was voided: by a row of their number and account."""
        found: list[CashRow] = []
        void: set[tuple[str, str]] = set()
        names: dict[str, str] = {}
        for row, no, day, account, (summary, category), figures, note in self._cash.pick(
            "row", "voucher_no", "date", "account", ("summary", "category"), ("income", "expense", "counted"), "note"
        ):
            number = (no or "").strip() or f"{self.file}:{row}"
            written = account.strip() or self.till
            name = names.setdefault(place_key(written), written)
            if is_void(note):
                void.add((number, name))
            else:
                income, expense, counted = figures
                texts = summary.strip(), category.strip()
                found.append(CashRow(row, number, day, name, *texts, income, expense, counted, note.strip()))
        return [row for row in found if (row.voucher_no, row.account) not in void]


def _with_transfers(rows: Sequence[CashRow], has_category: bool) -> list[CashRow]:
    """The rows with the legs of transfers marked: by their category, or, in a file that has none, as linked rows."""
    linked = set() if has_category else _linked(rows)
    return [
        row._replace(kind="transfer") if is_transfer(row.category) or row.voucher_no in linked else row for row in rows
    ]


def is_transfer(category: str) -> bool:
    """Whether a row's category says that money went from one account to another."""
    return folded(category) in _TRANSFERS


def _linked(rows: Iterable[CashRow]) -> set[str]:
    """The numbers under which as much came into some accounts as went out of others."""
    documents: dict[str, list[CashRow]] = {}
    for row in rows:
        documents.setdefault(row.voucher_no, []).append(row)
    return {number for number, own in documents.items() if _is_moved(own)}


def _is_moved(rows: Sequence[CashRow]) -> bool:
    into = {row.account for row in rows if row.income}
    out_of = {row.account for row in rows if row.expense}
    return bool(into and out_of) and not into & out_of and not money.total(row.net for row in rows)


def _openings(rows: Iterable[CashRow]) -> set[int]:
    """The rows that opened an account: its first count, where nothing stood before it when it was written."""
    first: dict[str, int] = {}
    counted: set[str] = set()
    openings = set()
    for row in rows:
        if row.counted is not None and row.account not in counted:
            counted.add(row.account)
            if row.row <= first.get(row.account, row.row):
                openings.add(row.row)
        first[row.account] = min(row.row, first.get(row.account, row.row))
    return openings


def _settled(row: CashRow, balances: dict[str, Decimal], opens: bool) -> CashRow:
    """The row with what its account holds after it; a count holds the book against what lies there."""
    booked = money.total((balances.get(row.account, ZERO), row.net))
    if row.counted is None:
        balances[row.account] = booked
        return row._replace(balance=booked)
    difference = money.total((row.counted, -booked))
    balances[row.account] = row.counted if opens else booked
    return row._replace(kind=_verdict(difference, opens), difference=difference, balance=balances[row.account])


def _verdict(difference: Decimal, opens: bool) -> Kind:
    if opens:
        return "opening"
    if not difference:
        return "agrees"
    return "over" if difference > 0 else "short"

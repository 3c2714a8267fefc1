"""The cash journal of the sample book: a bank account and the cash box, what came in, went out and was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from salesaid.core.money import rounded
from salesaid.core.terms import Terms, parse_terms

from .payments import BANK, CASH
from .registers import SUPPLIERS, Row
from .rows import by_number, free_number, is_workday, workday
from .trade import FIRST_DAY, LAST_DAY

_MONTHS = (7, 8, 9, 10, 11)
_START = date(2026, 7, 1)
_OPENING = {BANK: Decimal("286450.75"), CASH: Decimal("3260.50")}
_TERMS = {str(row["supplier"]): parse_terms(str(row["terms"])) for row in SUPPLIERS}
_PAID_EARLY = {"in_advance": 100}
_TRANSFER = "转账"

_PETTY = (
    ("打车费", "交通费", 18, 65),
    ("复印纸、墨盒", "办公费", 45, 160),
    ("客户来访午餐", "招待费", 120, 360),
    ("搬运工装卸费", "装卸费", 60, 150),
    ("桶装水", "办公费", 36, 60),
    ("快递到付", "运费", 12, 40),
)
_CASH_ENOUGH = Decimal(1500)
_CASH_TOO_MUCH = Decimal(6000)

# What was found at the month's end beside the books, and what was said about it.
_COUNTED = {
    (7, CASH): (Decimal(0), ""),
    (8, CASH): (Decimal(5), "长款 5 元"),
    (9, CASH): (Decimal(0), ""),
    (10, CASH): (Decimal(-20), "短款 20 元，可能是打车费没记，待查"),
    (10, BANK): (Decimal(0), "与银行对账单相符"),
}


class _Line(NamedTuple):
    """One row to be: its day, the account, what it was, and the money that came in (or went out, below zero)."""

    day: date
    account: str
    summary: str
    category: str
    amount: Decimal
    note: str = ""


class _Journal:
    """Rows with their numbers, and what each account holds by them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.held: dict[str, Decimal] = defaultdict(Decimal)
        self._taken: set[str] = set()

    def add(self, line: _Line, number: str = "") -> str:
        """One row under a number of its own, or under the one of the row that it belongs to."""
        cells = {"income": line.amount} if line.amount > 0 else {"expense": -line.amount}
        self.held[line.account] += line.amount
        return self._write(line.day, line.account, number, cells | _said(line))

    def both(self, line: _Line, back: Decimal) -> None:
        """A row with money in both columns, as a hurried hand writes it."""
        cells = {"income": line.amount, "expense": back}
        self.held[line.account] += line.amount - back
        self._write(line.day, line.account, "", cells | _said(line))

    def count(self, day: date, account: str, difference: Decimal, note: str) -> None:
        """The balance as it was counted; the books stay as they are until someone explains the difference."""
        said = {"summary": "盘点" if account == CASH else "银行对账", "note": note}
        self._write(day, account, "", {"counted": self.held[account] + difference, **said})

    def move(self, day: date, source: str, target: str, amount: Decimal, summary: str) -> None:
        """Money from one account to the other: two rows under one number."""
        number = self.add(_Line(day, source, summary, _TRANSFER, -amount))
        self.add(_Line(day, target, summary, _TRANSFER, amount), number)

    def _write(self, day: date, account: str, number: str, cells: Row) -> str:
        number = number or free_number(self._taken, "CJ", day)
        self.rows.append({"voucher_no": number, "date": day, "account": account, "handler": "小郑", **cells})
        return number


def _said(line: _Line) -> Row:
    return {"summary": line.summary, "category": line.category, "note": line.note}


def journal(payments: Iterable[Row], purchases: Iterable[Row], shipments: Iterable[Row]) -> list[Row]:
    """The whole journal, day by day."""
    book = _Journal()
    for account, amount in _OPENING.items():
        book.held[account] = amount
        book.count(_START, account, Decimal(0), "上线时的余额")
    lines: dict[date, list[_Line]] = defaultdict(list)
    for line in [*_received(payments), *_paid_for(purchases), *_freight(shipments), *_monthly(), *_petty()]:
        lines[line.day].append(line)
    for day in (FIRST_DAY + timedelta(days=at) for at in range((LAST_DAY - FIRST_DAY).days + 1)):
        for line in lines[day]:
            book.add(line)
        _told(book, day)
        if is_workday(day):
            _balance(book, day)
        for account in (CASH, BANK):
            if day == _last_workday(day.month) and (day.month, account) in _COUNTED:
                book.count(day, account, *_COUNTED[day.month, account])
    return book.rows


def _received(payments: Iterable[Row]) -> Iterator[_Line]:
    for row in payments:
        who = str(row["customer"] or row["payer"])
        amount = Decimal(str(row["amount"]))
        yield _Line(_day(row), str(row["account"]), f"收货款 {who}", "货款", amount)


def _paid_for(purchases: Iterable[Row]) -> Iterator[_Line]:
    """What suppliers were paid as their terms say: in advance, in part, or for what came."""
    for no, rows in by_number(purchases, "purchase_no").items():
        ordered = [row for row in rows if row["action"] == "order"]
        price = {row["product"]: Decimal(str(row["price"])) for row in ordered}
        supplier = str(ordered[0]["supplier"])
        terms = _TERMS[supplier] or Terms("cash")
        early = rounded(_worth(ordered, price) * _PAID_EARLY.get(terms.form, terms.percent or 0) / 100, 2)
        if early:
            yield _Line(workday(_day(ordered[0])), BANK, f"预付 {supplier} {no}", "采购款", -early)
        came = [row for row in rows if row["action"] == "receive" and row["product"] in price]
        if came and (rest := rounded(_worth(came, price) - early, 2)) > 0:
            due = workday(_day(came[0]) + timedelta(days=terms.days))
            yield _Line(due, BANK, f"付 {supplier} {no}", "采购款", -rest)


def _worth(rows: Iterable[Row], price: Mapping[object, Decimal]) -> Decimal:
    return sum((Decimal(str(row["qty"])) * price[row["product"]] for row in rows), Decimal(0))


def _day(row: Row) -> date:
    return date.fromisoformat(str(row["date"]))


def _freight(shipments: Iterable[Row]) -> Iterator[_Line]:
    """Each carrier's bill of a month, paid in the middle of the next."""
    bills: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for row in shipments:
        if row.get("freight"):
            bills[_day(row).month, str(row["carrier"])] += Decimal(str(row["freight"]))
    for (month, carrier), amount in bills.items():
        if month + 1 in _MONTHS:
            yield _Line(workday(date(2026, month + 1, 15)), BANK, f"付 {carrier} {month} 月运费", "运费", -amount)


def _monthly() -> Iterator[_Line]:
    for month in _MONTHS:
        yield _Line(workday(date(2026, month, 3)), BANK, f"{month} 月房租", "房租", Decimal(-8500))
        yield _Line(workday(date(2026, month, 10)), BANK, f"发 {month - 1} 月工资", "工资", Decimal(-38600))


def _petty() -> Iterator[_Line]:
    """Small things from the cash box, two or three a week."""
    for at in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=at)
        draw = Random(f"petty {day}")  # noqa: S311 - the same draw each time
        if is_workday(day) and draw.random() < 0.45:  # noqa: PLR2004
            what, category, least, most = _PETTY[int(draw.random() * len(_PETTY))]
            yield _Line(day, CASH, what, category, -Decimal(least + int(draw.random() * (most - least))))


def _told(book: _Journal, day: date) -> None:
    if day == date(2026, 9, 1):
        book.add(_Line(day, CASH, "长款入账", "长短款", Decimal(5), "八月底盘点多出的 5 元，没有人认领"))
    if day == date(2026, 9, 16):
        line = _Line(day, CASH, "退展会押金，扣展位清洁费", "其他", Decimal(500), "收支写在了一行")
        book.both(line, Decimal(80))
    if day == date(2026, 10, 23):
        book.add(_Line(day, BANK, "银行手续费", "财务费用", Decimal("-35.60")))


def _balance(book: _Journal, day: date) -> None:
    """The cash box is filled when it runs low, and what is too much goes to the bank."""
    if book.held[CASH] < _CASH_ENOUGH:
        book.move(day, BANK, CASH, Decimal(3000), "提现备用")
    elif book.held[CASH] > _CASH_TOO_MUCH:
        book.move(day, CASH, BANK, book.held[CASH] // 1000 * 1000 - 3000, "现金存入银行")


def _last_workday(month: int) -> date:
    day = date(2026, month + 1, 1) - timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day

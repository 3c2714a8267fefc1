"""Running balances of the cash journal's own column that do not follow from the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.cash_book import CashBook
from salesaid.core import money
from salesaid.core.kinds import MONEY
from salesaid.core.places import place_key
from salesaid.core.rows import ZERO, Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

_CENTS = 2

RULE = Rule(
    "C01",
    "error",
    Text("结余接不上", "a break in the running balance"),
    why=Text(
        "某一行漏记、改过或算错了，从这里往后的结余都不对。",
        "A row was left out, changed or added up wrongly: every balance from there on is wrong.",
    ),
    mend=Text(
        "查这一行前后：补记漏掉的，或改正结余。",
        "Look at the rows around it: write what was left out, or put the balance right.",
    ),
    wrong="""
        日记账.csv
        单号,日期,账户,摘要,收入,支出,结余
        CJ20261120-001,2026-11-20,现金,备用金,500,,500
        CJ20261120-002,2026-11-20,现金,打车费,,40,450
        CJ20261121-001,2026-11-21,现金,快递费,,20,430
        """,
    mended="""
        日记账.csv
        单号,日期,账户,摘要,收入,支出,结余
        CJ20261120-001,2026-11-20,现金,备用金,500,,500
        CJ20261120-002,2026-11-20,现金,打车费,,40,460
        CJ20261121-001,2026-11-21,现金,快递费,,20,440
        """,
)


class _Row(NamedTuple):
    """A row with what it adds to its account, and the balance that it states, if any."""

    row: int
    number: str
    account: str
    net: Decimal
    stated: Decimal | None


class _Break(NamedTuple):
    row: _Row
    worked_out: Decimal


def balance_break(cash: Rows, cash_book: CashBook) -> Iterator[Wrong]:
    """A finding for each row whose balance is not the one before it with its own sums.

    Files run on by account or over all accounts, and forwards or backwards in time: what breaks least is meant.
    """
    if not cash.has("balance"):
        return
    rows = list(_rows(cash, cash_book.till))
    opens = {row.row for row in cash_book.all if row.kind == "opening"}
    ways = [
        list(_breaks(order, opens, by_account=by_account))
        for by_account in (True, False)
        for order in (rows, rows[::-1])
    ]
    for row, worked_out in min(ways, key=len):
        stated, right = MONEY.format(row.stated), MONEY.format(worked_out)
        yield Wrong(
            "cash",
            Text(
                f"{row.number} 的结余写的是 {stated}，按上一笔算应是 {right}",
                f"{row.number} says that the balance is {stated}; from the row before it is {right}",
            ),
            row.number, row=row.row, column="balance", value=stated,
        )  # fmt: skip


def _rows(cash: Rows, till: str) -> Iterator[_Row]:
    for row, no, account, income, expense, stated in cash.pick(
        "row", "voucher_no", "account", "income", "expense", "balance"
    ):
        net = money.total((income or ZERO, -(expense or ZERO)))
        yield _Row(row, no or f"{cash.file}:{row}", place_key(account.strip() or till), net, stated)


def _breaks(rows: Iterable[_Row], opens: Collection[int], *, by_account: bool) -> Iterator[_Break]:
    """The rows where the balance does not go on. After one, both what it says and what it should say are believed."""
    held: dict[str, list[Decimal]] = {}
    for row in rows:
        account = row.account if by_account else ""
        fitting = [money.rounded(money.total((before, row.net)), _CENTS) for before in held.get(account, ())]
        if row.stated is None:
            held[account] = fitting
            continue
        stated = money.rounded(row.stated, _CENTS)
        held[account] = [stated]
        if fitting and stated not in fitting and row.row not in opens:
            held[account].append(fitting[0])
            yield _Break(row, fitting[0])

"""How a counted difference is put right: by the balance that the account began with, or by a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.cash_book import CashRow
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import command
from salesaid.core.text import Text, same

OVER, SHORT = Text("长款", "over"), Text("短款", "short")


class Mending(NamedTuple):
    """The line to paste; `is_opening` where it gives the account the balance that it began with."""

    is_opening: bool
    line: Text


def mending(account: str, difference: Decimal, before: Sequence[CashRow], day: date | None = None) -> Mending:
    """What settles a count's difference, the account's rows up to the count being `before`; `day` dates the row.

    Money that was there before the first row is no income: an account without an opening balance is given one, dated
    the day before its first row.
    """
    figure = MONEY.format(abs(difference))
    if difference > 0 and before and not any(row.kind == "opening" for row in before):
        first = min(row.day for row in before) - timedelta(1)
        line = command("cash", "count", "--counted", figure, "--account", account, "--date", first.isoformat())
        return Mending(True, same(line))
    verb, word = ("in", OVER) if difference > 0 else ("out", SHORT)
    dated = () if day is None else ("--date", day.isoformat())
    return Mending(False, Text(*(command("cash", verb, figure, each, "--account", account, *dated) for each in word)))

"""Numbers that stand for two documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from salesaid.balances.own_numbers import OwnNumbers
from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_red, is_void
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

_DAYS = 2  # apart from which on rows of one number are two documents
_OF_ONE_DAY = {  # orders grow on later days
    "shipments", "payments", "stock_moves", "stock_counts", "cash", "loans", "visits",
}  # fmt: skip

RULE = Rule(
    "X02",
    "error",
    Text("编号重复", "a number given twice"),
    why=Text(
        "两单合成了一单：发货、收款和应收都算到第一个客户头上。",
        "Two documents become one: what is shipped, paid and owed is put down to the first of them.",
    ),
    mend=Text(
        "给其中一单改用新号，引用它的行也一起改。",
        "Give one of them a new number, also where other rows name it.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261120-001,2026-11-20,佐客,数据线,5,4,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261120-002,2026-11-20,佐客,数据线,5,4,赵
        """,
)


def number_twice(
    journals: Mapping[str, Rows], own_numbers: Sequence[OwnNumbers], customer_names: Parties, supplier_names: Parties
) -> Iterator[Wrong]:
    """A finding for each number under two customers or suppliers, or on days that lie apart."""
    for own in own_numbers:
        rows = journals[own.ledger]
        party = next((name for name in ("customer", "supplier") if name in _columns(rows)), None)
        likely = _likely(rows, party) if own.repeat else ()
        if likely:
            names = supplier_names if party == "supplier" else customer_names
            yield from _of(rows, own, {no for no in likely if own.has(no)}, party, names)


def _likely(rows: Rows, party: str | None) -> set[str]:
    """The numbers that stand in rows of one action with different days or parties."""
    first: dict[tuple[str, str], tuple[str, date, str]] = {}
    found: set[str] = set()
    action = "action" if rows.ledger.actions else str(rows.ledger.number)
    for columns in rows.pick_columns(str(rows.ledger.number), action, ("date", party or "date")):
        for no, does, what in set(zip(*columns, strict=False)):
            if no and first.setdefault((no, does), what) != what:
                found.add(no)
    return found


def _of(rows: Rows, own: OwnNumbers, likely: Collection[str], party: str | None, names: Parties) -> Iterator[Wrong]:
    first: dict[str, tuple[int, str, date]] = {}
    said: set[str] = set()
    is_of_one_day = own.ledger in _OF_ONE_DAY
    for row, no, day, who in _beginnings(rows, party, likely):
        name = names.identify(who)
        before, whose, began = first.setdefault(no, (row, name, day))
        if no in said:
            continue
        if whose and name and whose != name:
            said.add(no)
            yield _wrong(own.ledger, no, row, Text(f"{whose}（第 {before} 行）", f"{whose} (row {before})"), name)
        elif is_of_one_day and abs((day - began).days) >= _DAYS:
            said.add(no)
            yield _wrong(own.ledger, no, row, Text(f"{began}（第 {before} 行）", f"{began} (row {before})"), str(day))


def _beginnings(rows: Rows, party: str | None, likely: Collection[str]) -> Iterator[tuple[int, str, date, str]]:
    """The rows that begin documents: row, number, date, party. Later steps and red letters do not."""
    ledger = rows.ledger
    figure = next((name for name in ("qty", "counted", "amount", "income") if name in _columns(rows)), "row")
    begins = ledger.actions[0].id if ledger.actions and ledger.id != "stock_moves" else None
    for row, no, day, who, note, value, action in rows.pick(
        "row", str(ledger.number), "date", party or "note", "note", figure, "action" if ledger.actions else "row"
    ):
        takes_back = (value is not None and value < 0) or is_red(note) or is_void(note)
        if no in likely and begins in {None, action} and not takes_back:
            yield row, no, day, who if party else ""


def _columns(rows: Rows) -> set[str]:
    return {column.id for column in rows.ledger.columns}


def _wrong(ledger: str, no: str, row: int, before: Text, now: str) -> Wrong:
    said = Text(f"{no} 已是 {before.zh}，这一行却是 {now}", f"{no} is of {before.en} already, and of {now} here")
    return Wrong(ledger, said, no, row=row, value=no)

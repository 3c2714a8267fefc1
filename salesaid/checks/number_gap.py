"""Numbers of a day that skip one which no undo took back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.balances.own_numbers import OwnNumbers
from salesaid.core.numbers import number
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

_MOST = 10_000

RULE = Rule(
    "X01",
    "warning",
    Text("编号断号", "a gap in the numbers"),
    why=Text(
        "编号是连着给的：缺了一号，多半有一单被删掉了。",
        "Numbers are given one after the other: where one is missing, a document was mostly deleted.",
    ),
    mend=Text(
        "找出缺的那一单补上；作废的用红字冲销，不要删行。",
        "Find the document and put it back; what is void is taken back by red letters, not by deleting rows.",
    ),
    wrong="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261120-003,2026-11-20,佐客,数据线,5,4,赵
        """,
    mended="""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261120-001,2026-11-20,骏业,电源线,10,6,赵
        SO20261120-002,2026-11-20,佐客,数据线,5,4,赵
        """,
)


class _Missing(NamedTuple):
    first: str
    last: str
    how_many: int


def number_gap(own_numbers: Sequence[OwnNumbers], taken_back: Collection[str]) -> Iterator[Wrong]:
    """A finding for each gap, at the number after it. Journals that share a prefix share its serials."""
    days: dict[tuple[str, date], dict[int, str]] = {}
    for own in own_numbers:
        for day, serials in own.serials.items() if own.are_ours else ():
            days.setdefault((own.prefix, day), {}).update(dict.fromkeys(serials, own.ledger))
    for (prefix, day), ledgers in days.items():
        last = 0
        for serial in sorted(ledgers) if max(ledgers) > len(ledgers) else ():
            missing = _missing(prefix, day, range(last + 1, serial), taken_back)
            if missing:
                yield _wrong(ledgers[serial], number(prefix, day, serial), missing)
            last = serial


def _missing(prefix: str, day: date, skipped: range, taken_back: Collection[str]) -> _Missing | None:
    """The numbers between two that nobody took back. Of a great many, as a slip of the hand makes them, all."""
    if len(skipped) > _MOST:
        return _Missing(number(prefix, day, skipped[0]), number(prefix, day, skipped[-1]), len(skipped))
    numbers = (number(prefix, day, serial) for serial in skipped)
    missing = [each for each in numbers if each not in taken_back]
    return _Missing(missing[0], missing[-1], len(missing)) if missing else None


def _wrong(ledger: str, written: str, missing: _Missing) -> Wrong:
    first, last, count = missing
    listed = first if count == 1 else f"{first} … {last}"
    return Wrong(
        ledger,
        Text(f"{written} 之前缺 {listed}，共 {count} 个", f"{count} missing before {written}: {listed}"),
        written, about=first,
    )  # fmt: skip

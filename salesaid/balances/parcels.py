"""What was given to carriers: a parcel a tracking number, of shipments and of goods for repair."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_red
from salesaid.balances.row_numbers import number_of
from salesaid.core.keys import code_key, party_key
from salesaid.core.rows import ZERO, Rows

_LONG = 9  # digits that tell a parcel from others without the letters before them
_SHORTEST = 2  # characters of a carrier's name that another may hold


class Parcel(NamedTuple):
    """One parcel. `weight` and `freight` are ours, None where nobody wrote them; `day` is the day it left."""

    ledger: str
    number: str
    day: date | None
    carrier: str
    tracking_no: str
    customer: str
    address: str
    weight: Decimal | None
    freight: Decimal | None
    is_void: bool = False
    row: int = 0


class Parcels:
    """The parcels of a book, read when first asked for."""

    def __init__(self, read: Callable[[], Iterable[Parcel]]) -> None:
        self._read = read

    @cached_property
    def all(self) -> tuple[Parcel, ...]:
        """Every parcel, in file order."""
        return tuple(self._read())

    @cached_property
    def by_tracking(self) -> dict[str, Parcel]:
        """Those that have a number of their carrier's; of two with one number the first."""
        return {tracking_key(each.tracking_no): each for each in reversed(self.all) if each.tracking_no}

    def of(self, tracking_no: str) -> Parcel | None:
        """The parcel of a carrier's number; bills may leave its letters out: 447287666480 is SF447287666480."""
        key = tracking_key(tracking_no)
        if not key:
            return None
        return self.by_tracking.get(key) or (self._by_digits.get(key) if key.isdecimal() else None)

    @cached_property
    def _by_digits(self) -> dict[str, Parcel]:
        digits = {key: re.sub(r"\D", "", key) for key in self.by_tracking}
        counts = Counter(digits.values())
        long = {key: own for key, own in digits.items() if len(own) >= _LONG and counts[own] == 1}
        return {own: self.by_tracking[key] for key, own in long.items()}

    def sent(self, carrier: str, first: date, last: date) -> Iterator[Parcel]:
        """What this carrier took along from a day to a day, for customers."""
        for name, found in self._by_carrier.items():
            if same_carrier(name, carrier):
                at = bisect_left(found, first, key=_day)
                yield from takewhile(lambda parcel: _day(parcel) <= last, found[at:])

    @cached_property
    def _by_carrier(self) -> dict[str, list[Parcel]]:
        """The shipments of each carrier by their days."""
        found: dict[str, list[Parcel]] = {}
        for each in self.all:
            if each.ledger == "shipments" and not each.is_void and each.day is not None:
                found.setdefault(each.carrier, []).append(each)
        return {carrier: sorted(own, key=_day) for carrier, own in found.items()}


def _day(parcel: Parcel) -> date:
    return parcel.day or date.min


@lru_cache(maxsize=1 << 16)
def tracking_key(tracking_no: str) -> str:
    """A tracking number as numbers are compared: without case, blanks and the `.0` that spreadsheets make."""
    return code_key("".join(tracking_no.split()))


def same_carrier(one: str, other: str) -> bool:
    """Whether two names are one carrier's: 顺丰 and 顺丰速运."""
    short, long = sorted((party_key(one), party_key(other)), key=len)
    return short == long or (len(short) >= _SHORTEST and short in long)


def parcels(shipments: Rows, returns: Rows, customer_names: Parties) -> Parcels:
    """All parcels of the book."""
    return Parcels(lambda: (*_gathered(shipments, customer_names), *_gathered(returns, customer_names)))


_COLUMNS = ("row", "date", "action", "customer", "tracking_no", "qty", "note")
_SENT = {"shipments": ("ship",), "returns": ("receive", "send", "back", "deliver", "replace")}


def _gathered(rows: Rows, customer_names: Parties) -> Iterator[Parcel]:
    own = rows.ledger.number or "row"
    more = ("carrier", "weight", "freight") if rows.ledger.id == "shipments" else ()
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for cells in rows.pick(own, *_COLUMNS, *more):
        line = dict(zip((own, *_COLUMNS, *more), cells, strict=True))
        tracking = str(line["tracking_no"] or "").strip()
        if line["action"] in _SENT[rows.ledger.id] and (tracking or more):
            number = number_of(rows, line["row"], line[own])
            groups.setdefault((tracking_key(tracking), "" if tracking else number), []).append(line)
    for lines in groups.values():
        yield _parcel(rows, number_of(rows, lines[0]["row"], lines[0][own]), lines, customer_names)


def _parcel(rows: Rows, number: str, lines: list[dict[str, Any]], customer_names: Parties) -> Parcel:
    first = lines[0]
    customer = customer_names.identify(str(first["customer"] or ""))
    known = customer_names.registered.get(customer)
    address = str(known.card.get("address") or "") if known is not None else ""
    reds = [is_red(str(line["note"] or "")) for line in lines]
    signs = [-1 if red else 1 for red in reds]  # a red letter's weight is written as it was
    weights = [line["weight"] * sign for line, sign in zip(lines, signs, strict=True) if _has(line, "weight")]
    freights = [line["freight"] for line in lines if _has(line, "freight")]
    carrier = next((text for line in lines if (text := str(line.get("carrier") or "").strip())), "")
    is_void = any(reds) and not sum((line["qty"] for line in lines), ZERO)
    return Parcel(
        rows.ledger.id, number, first["date"], carrier, str(first["tracking_no"] or "").strip(),
        customer, address, _sum(weights), _sum(freights), is_void, first["row"],
    )  # fmt: skip


def _has(line: dict[str, Any], name: str) -> bool:
    return line.get(name) is not None


def _sum(figures: Iterable[Decimal]) -> Decimal | None:
    found = list(figures)
    return sum(found, ZERO) if found else None

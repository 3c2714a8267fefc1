"""Two books held against each other line by line: which lines are one, how they differ, and what that comes to.

Ours + Σ of the differences = theirs, in quantity and in amount.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.balances.pairing import Compared, Pool, number_key
from salesaid.balances.reconciliation_lines import Line
from salesaid.core.keys import code_key
from salesaid.core.money import CENT, rounded
from salesaid.core.rows import ZERO

Why = Literal["missing", "extra", "qty", "price", "amount", "product", "customer", "period", "date"]


class Difference(NamedTuple):
    """One thing in which the books differ, and by how much theirs is more; `lines`: of how many rows it is true."""

    why: Why
    ours: Line | None
    theirs: Line | None
    qty: Decimal = ZERO
    amount: Decimal = ZERO
    lines: int = 1


class Sums(NamedTuple):
    """What lines come to."""

    lines: int
    qty: Decimal
    amount: Decimal


class Reconciliation(NamedTuple):
    """Both books within a period, and all differences in the order of their rows."""

    ours: Sums
    theirs: Sums
    differences: tuple[Difference, ...]
    matched: int


def reconciled(
    ours: Sequence[Line], theirs: Sequence[Line], first: date | None, last: date | None, compared: Compared
) -> Reconciliation:
    """The differences of two books from a day to a day; rows outside it are looked at to find rows that moved."""

    def is_within(line: Line) -> bool:
        return line.day is not None and (first is None or first <= line.day) and (last is None or line.day <= last)

    whole = ({_spot(line): line for line in ours}, {_spot(line): line for line in theirs})
    ours, theirs = _only(ours, compared), _only(theirs, compared)
    pool = Pool(ours, theirs, compared)
    pairs = pool.matched()
    found = [each for pair in pairs for each in _differences(*pair, is_within(pair[0]), is_within(pair[1]))]
    extra = _standing([line for line in pool.ours if is_within(line)])
    missing = _standing([line for line in pool.theirs if is_within(line)])
    found += [Difference("extra", line, None, -line.qty, -line.amount) for line in extra]
    found += [Difference("missing", None, line, line.qty, line.amount) for line in missing]
    found = sorted(_each_spelling_once(found), key=_place)
    both = [pair for pair in pairs if is_within(pair[0]) and is_within(pair[1])]
    shown = tuple(_in_full(each, *whole) for each in found)
    return Reconciliation(_sums(ours, is_within), _sums(theirs, is_within), shown, len(both))


def _only(lines: Sequence[Line], compared: Compared) -> list[Line]:
    """The lines with what only one of the books says left out."""
    changes: dict[str, object] = {}
    changes |= {} if compared.party else {"party": "", "party_id": ""}
    changes |= {} if compared.product else {"product": "", "model": "", "product_id": ""}
    changes |= {} if compared.qty else {"qty": ZERO}
    changes |= {} if compared.price else {"price": None}
    changes |= {} if compared.amount else {"amount": ZERO}
    return [line._replace(**changes) for line in lines] if changes else list(lines)  # type: ignore[arg-type]


def _in_full(each: Difference, ours: Mapping[Hashable, Line], theirs: Mapping[Hashable, Line]) -> Difference:
    return each._replace(
        ours=each.ours and ours[_spot(each.ours)], theirs=each.theirs and theirs[_spot(each.theirs)]
    )  # fmt: skip


def _spot(line: Line) -> Hashable:
    """Where a line stands in its book: each sheet counts its rows from the top."""
    return line.sheet, line.row


def same_numbering(ours: Sequence[Line], theirs: Sequence[Line]) -> bool:
    """Whether both books number their documents in the same way."""
    one, other = ({code_key(line.number) for line in lines if line.number} for lines in (ours, theirs))
    return bool(one and other) and len(one & other) * 2 >= min(len(one), len(other))


def _sums(lines: Sequence[Line], is_within: Callable[[Line], bool]) -> Sums:
    found = [line for line in lines if is_within(line)]
    qty, amount = sum((line.qty for line in found), ZERO), sum((line.amount for line in found), ZERO)
    return Sums(len(found), qty, amount)


def _place(each: Difference) -> tuple[date, int, int]:
    line = each.theirs or each.ours
    assert line is not None
    return line.day or date.min, each.ours.row if each.ours else 0, line.row


def _differences(one: Line, other: Line, is_in: bool, is_other_in: bool) -> Iterator[Difference]:
    """How two lines that are one differ."""
    if not is_in and not is_other_in:
        return
    if is_in != is_other_in:
        sums = (other.qty, other.amount) if is_other_in else (-one.qty, -one.amount)
        yield Difference("period", one, other, *sums)
        return
    yield from _by_figures(one, other)
    if one.day != other.day:
        is_same_month = one.day and other.day and (one.day.year, one.day.month) == (other.day.year, other.day.month)
        yield Difference("date" if is_same_month else "period", one, other)
    if one.product_id != other.product_id or not _written_alike(one, other):
        yield Difference("product", one, other)
    if one.party != other.party and not (one.party_id == other.party_id and (one.in_full or other.in_full)):
        yield Difference("customer", one, other)


def _written_alike(one: Line, other: Line) -> bool:
    """Whether the goods are written the same: by name and by model, or by what one of the books has of the two."""
    if one.names <= other.names or other.names <= one.names:
        return True
    pairs = ((one.product, other.product), (one.model, other.model))
    both = [pair for pair in pairs if all(pair)]
    return bool(both) and all(mine == theirs for mine, theirs in both)


def _by_figures(one: Line, other: Line) -> Iterator[Difference]:
    """Quantity at our price, price at their quantity, and what is left of the amount."""
    qty, rest = other.qty - one.qty, other.amount - one.amount
    found: list[Difference] = []
    if qty:
        worth = rest if one.price is None or not rest else rounded(qty * one.price, 2)
        found.append(Difference("qty", one, other, qty, worth))
    if one.price is not None and other.price is not None and one.price != other.price:
        worth = rounded(other.qty * (other.price - one.price), 2)
        found.append(Difference("price", one, other, ZERO, worth))
    rest -= sum((each.amount for each in found), ZERO)
    if found and abs(rest) <= CENT:
        found[-1] = found[-1]._replace(amount=found[-1].amount + rest)
    elif rest:
        found.append(Difference("amount", one, other, ZERO, rest))
    yield from found


def _standing(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that a red letter of the same number takes back."""
    waiting: dict[Hashable, list[Line]] = {}
    for line in lines:
        mark = (number_key(line), line.product_id, line.party_id)
        opposite = (*mark, -line.qty, -line.amount)
        if line.number and waiting.get(opposite):
            waiting[opposite].pop()
        else:
            waiting.setdefault((*mark, line.qty, line.amount), []).append(line)
    kept = {id(line) for several in waiting.values() for line in several}
    return [line for line in lines if id(line) in kept]


def _each_spelling_once(found: Sequence[Difference]) -> list[Difference]:
    """The differences, every pair of spellings named once with the number of lines that have it."""
    kept: list[Difference] = []
    met: dict[Hashable, int] = {}
    for each in found:
        one, other = each.ours, each.theirs
        if each.why not in {"product", "customer"} or one is None or other is None:
            kept.append(each)
            continue
        mark = (each.why, one.goods, other.goods) if each.why == "product" else (each.why, one.party, other.party)
        if mark in met:
            kept[met[mark]] = kept[met[mark]]._replace(lines=kept[met[mark]].lines + 1)
        else:
            met[mark] = len(kept)
            kept.append(each)
    return kept

"""A carrier's bill held against what was sent and what was agreed: what is wrong in each line, and what that costs.

Of a line that can be judged, amount = agreed + Σ over of its objections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal, NamedTuple

from salesaid.balances.agreed_freight import AgreedFreight
from salesaid.balances.bill_lines import BillLine, entered_alone, same_bills
from salesaid.balances.parcels import Parcel, Parcels, tracking_key
from salesaid.core.rows import ZERO

ObjectionKind = Literal[
    "no_shipment", "twice", "billed_before", "weight", "price", "surcharge", "no_rate", "never_billed"
]


class Objection(NamedTuple):
    """What is wrong. `over` is what is charged too much for it, None where that cannot be said."""

    kind: ObjectionKind
    line: BillLine | None
    parcel: Parcel | None
    over: Decimal | None = None
    before: str = ""  # the bill or the row that charged it first


class Judged(NamedTuple):
    """One line with what it should have come to; `agreed` is None where there is nothing to hold it against."""

    line: BillLine
    parcel: Parcel | None
    agreed: Decimal | None
    objections: tuple[Objection, ...] = ()


class Audit(NamedTuple):
    """A whole bill."""

    lines: tuple[Judged, ...]
    never_billed: tuple[Objection, ...]
    same_as: tuple[str, ...] = ()  # the kept bills that this one is
    entered: tuple[BillLine, ...] = ()  # lines of it that were entered one by one before

    @property
    def objections(self) -> list[Objection]:
        """All that is wrong, in the bill's order, then what was never billed."""
        return [*(each for judged in self.lines for each in judged.objections), *self.never_billed]


def audited(
    lines: Sequence[BillLine], parcels: Parcels, agreed: AgreedFreight, earlier: Sequence[BillLine] = ()
) -> Audit:
    """The bill of these lines; `earlier` are the lines that were kept of bills before."""
    same = same_bills(lines, earlier)
    entered = [each for each in entered_alone(lines, earlier) if each is not None and each.bill_no not in same]
    its_own = {*entered}
    before = [each for each in earlier if each.bill_no not in same and each not in its_own]
    charged: dict[str, BillLine] = {}
    _charge(charged, before, parcels)
    judged = tuple(_judged_all(lines, parcels, agreed, charged))
    never = tuple(_never_billed(lines, parcels, _billed((*lines, *before), parcels)))
    return Audit(judged, never, tuple(same), tuple(entered))


def audited_again(kept: Sequence[BillLine], parcels: Parcels, agreed: AgreedFreight) -> Audit:
    """All bills that were kept, as one."""
    bills: dict[str, list[BillLine]] = {}
    for each in kept:
        bills.setdefault(each.bill_no, []).append(each)
    billed = _billed(_standing(kept, parcels), parcels)
    judged: list[Judged] = []
    never: dict[int, Objection] = {}
    charged: dict[str, BillLine] = {}
    for lines in bills.values():
        judged += _judged_all(lines, parcels, agreed, charged)
        missing = _never_billed(_standing(lines, parcels), parcels, billed)
        never |= {each.parcel.row: each for each in missing if each.parcel}
        _charge(charged, lines, parcels)
    return Audit(tuple(judged), tuple(never.values()))


def _charge(charged: dict[str, BillLine], lines: Iterable[BillLine], parcels: Parcels) -> None:
    """Add the lines that first charged each number, of those that still do."""
    for each in lines:
        key = _key(each, parcels)
        if each.amount >= 0:
            charged.setdefault(key, each)
        elif key in charged and charged[key].amount == -each.amount:
            del charged[key]


def _key(line: BillLine, parcels: Parcels) -> str:
    """What a line's number is compared by: our own writing of it where the parcel is ours."""
    parcel = parcels.of(line.tracking_no)
    return tracking_key(line.tracking_no if parcel is None else parcel.tracking_no)


def _billed(lines: Iterable[BillLine], parcels: Parcels) -> set[str]:
    """The numbers of the parcels that these lines are for, as we write them."""
    found = (parcels.of(each.tracking_no) for each in lines)
    return {tracking_key(each.tracking_no) for each in found if each is not None}


def _standing(lines: Sequence[BillLine], parcels: Parcels) -> list[BillLine]:
    """The lines that no line of the same number and the opposite amount has taken back."""
    taken_back = Counter((_key(each, parcels), -each.amount) for each in lines if each.amount < 0)
    found = []
    for each in lines:
        mark = _key(each, parcels), each.amount
        if each.amount >= 0 and taken_back[mark] <= 0:
            found.append(each)
        taken_back[mark] -= each.amount >= 0
    return found


def _judged_all(
    lines: Sequence[BillLine], parcels: Parcels, agreed: AgreedFreight, before: Mapping[str, BillLine]
) -> Iterator[Judged]:
    taken_back = Counter((_key(each, parcels), -each.amount) for each in lines if each.amount < 0)
    met: dict[str, BillLine] = {}
    for line in lines:
        key, parcel = _key(line, parcels), parcels.of(line.tracking_no)
        if line.amount < 0:
            yield Judged(line, parcel, line.amount)
        elif key and taken_back[key, line.amount] > 0:
            taken_back[key, line.amount] -= 1
            yield Judged(line, parcel, line.amount)
            continue
        elif key and key in met:
            yield _refused(line, parcel, "twice", str(met[key].row))
        elif key and key in before:
            yield _refused(line, parcel, "billed_before", before[key].bill_no)
        elif parcel is None:
            yield _refused(line, None, "no_shipment")
        else:
            yield _weighed(line, parcel, agreed)
        if key and line.amount >= 0:
            met.setdefault(key, line)


def _refused(line: BillLine, parcel: Parcel | None, kind: ObjectionKind, before: str = "") -> Judged:
    return Judged(line, parcel, ZERO, (Objection(kind, line, parcel, line.amount, before),))


def _weighed(line: BillLine, parcel: Parcel, agreed: AgreedFreight) -> Judged:
    """A line of a parcel that was sent: its weight, its price and its surcharge."""
    places = (line.to_place, parcel.address)
    day = line.day or parcel.day
    most = None if parcel.weight is None else parcel.weight.to_integral_value(ROUND_CEILING)  # begun kg count
    weight = line.weight if line.weight is not None else most
    billed = agreed.charge(line.carrier or parcel.carrier, places, weight, day)
    if billed is None and parcel.freight is not None:
        billed, most = parcel.freight, None
    extra = [Objection("surcharge", line, parcel, line.surcharge)] if line.surcharge else []
    if billed is None:
        return Judged(line, parcel, None, (Objection("no_rate", line, parcel), *extra))
    found: list[Objection] = []
    fair = billed
    if most is not None and weight is not None and weight > most:
        fair = agreed.charge(line.carrier or parcel.carrier, places, most, day) or ZERO
        found.append(Objection("weight", line, parcel, billed - fair))
    if line.amount - line.surcharge != billed:
        found.append(Objection("price", line, parcel, line.amount - line.surcharge - billed))
    return Judged(line, parcel, fair, (*found, *extra))


def _never_billed(lines: Iterable[BillLine], parcels: Parcels, billed: set[str]) -> Iterator[Objection]:
    """What each carrier of the bill took along in its days without a line for it."""
    days: dict[str, list[date]] = {}
    for line in lines:
        if line.day is not None and line.carrier:
            days.setdefault(line.carrier, []).append(line.day)
    met: set[int] = set()
    for carrier, own in days.items():
        for parcel in parcels.sent(carrier, min(own), max(own)):
            if tracking_key(parcel.tracking_no) not in billed and parcel.row not in met:
                met.add(parcel.row)
                yield Objection("never_billed", None, parcel)


def carrier_of(lines: Sequence[BillLine], parcels: Parcels) -> str:
    """Whose bill it is: the carrier of most parcels on it; "" where none of them is ours."""
    met = [parcel.carrier for each in lines if (parcel := parcels.of(each.tracking_no)) is not None and parcel.carrier]
    return Counter(met).most_common(1)[0][0] if met else ""

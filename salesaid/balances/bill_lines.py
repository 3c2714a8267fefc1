"""Lines of carriers' bills: read, and known again where they stand in the book already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.parcels import same_carrier, tracking_key
from salesaid.balances.red_letters import is_red
from salesaid.balances.row_numbers import number_of
from salesaid.core.rows import ZERO, Rows

_BARE = frozenset({"运费", "快递费", "物流费", "运输费"})  # headings of an amount that holds no surcharge
_MOST = 2  # half of a bill's lines in an earlier one: it is that bill again


class BillLine(NamedTuple):
    """One line of a bill. `amount` is all that is to be paid for it, `surcharge` a part of that."""

    row: int
    day: date | None
    carrier: str
    tracking_no: str
    weight: Decimal | None
    amount: Decimal
    surcharge: Decimal
    from_place: str = ""
    to_place: str = ""
    bill_no: str = ""
    note: str = ""

    @property
    def mark(self) -> tuple[object, ...]:
        """What a line that was kept is known again by."""
        return self.day, tracking_key(self.tracking_no), self.weight, self.amount, self.surcharge


def is_without_surcharge(heading: str) -> bool:
    """Whether an amount of this heading holds no surcharge, where that has a column of its own."""
    return heading.strip() in _BARE


def billed_lines(rows: Rows, carrier: str = "", heading: str = "", *, kept: bool = False) -> list[BillLine]:
    """The lines of a bill. `heading` is the amount's own: 运费 beside 附加费 is without the surcharge.

    `kept`: they stand in the book, where each row has a number, be it its file and row.
    """
    is_bare = is_without_surcharge(heading) and rows.has("surcharge")
    columns = ("row", "date", "carrier", "tracking_no", "weight", "amount", "surcharge", "from_place", "to_place")
    found = []
    for row, day, who, no, weight, amount, extra, from_, to, bill_no, note in rows.pick(*columns, "bill_no", "note"):
        charged, sign = (extra or ZERO), (-1 if is_red(note) else 1)  # a red letter's surcharge stays as it was
        total = (amount or ZERO) + (charged if is_bare else ZERO)
        found.append(
            BillLine(
                row, day, who.strip() or carrier, no.strip(), weight, total, charged * sign, from_.strip(), to.strip(),
                number_of(rows, row, bill_no) if kept else bill_no or "", note.strip(),
            )
        )  # fmt: skip
    return found


def without_voided(lines: Iterable[BillLine]) -> list[BillLine]:
    """The lines that were kept but those that red letters took back, and these."""
    every = list(lines)
    voided = Counter((tracking_key(each.tracking_no), -each.amount) for each in every if is_red(each.note))
    found = []
    for each in every:
        mark = tracking_key(each.tracking_no), each.amount
        if voided[mark] > 0:
            voided[mark] -= 1
        elif not is_red(each.note):
            found.append(each)
    return found


def same_bills(lines: Sequence[BillLine], earlier: Sequence[BillLine]) -> list[str]:
    """The numbers of the kept bills that these lines are, perhaps grown since; none where they are new."""
    numbers = {each.bill_no for each in lines if each.bill_no}
    if own := list(dict.fromkeys(each.bill_no for each in earlier if each.bill_no in numbers)):
        return own
    wanted = Counter(each.mark for each in lines)
    kept: dict[str, Counter[tuple[object, ...]]] = {}
    for each in earlier:
        kept.setdefault(each.bill_no, Counter())[each.mark] += 1
    shared = {number: (marks & wanted).total() for number, marks in kept.items()}
    best = max(shared, key=lambda number: shared[number], default="")
    return [best] if best and shared[best] * _MOST >= len(lines) > 0 else []


def new_lines(lines: Sequence[BillLine], earlier: Sequence[BillLine]) -> list[BillLine]:
    """The lines that are not kept yet: of a line that stands there m times, all beyond the m-th.

    They stand there as lines of the same bill, or were entered one by one.
    """
    same = set(same_bills(lines, earlier))
    kept = Counter(each.mark for each in earlier if each.bill_no in same)
    others = [each for each in earlier if each.bill_no not in same]
    found = []
    for each in lines:
        if kept[each.mark] > 0:
            kept[each.mark] -= 1
        else:
            found.append(each)
    return [each for each, before in zip(found, entered_alone(found, others), strict=True) if before is None]


def entered_alone(lines: Sequence[BillLine], earlier: Sequence[BillLine]) -> list[BillLine | None]:
    """For each line that names no bill the one that it is of those under a number of their own; None for others.

    So stand the rows of a bill that was imported: nothing says that they are of one bill, nor always whose.
    """
    times = Counter(each.bill_no for each in earlier)
    alone: dict[tuple[str, date | None], list[BillLine]] = {}
    for each in earlier:
        if times[each.bill_no] == 1 and each.tracking_no:
            alone.setdefault((tracking_key(each.tracking_no), each.day), []).append(each)
    found: list[BillLine | None] = []
    for line in lines:
        there = alone.get((tracking_key(line.tracking_no), line.day), []) if not line.bill_no else []
        is_it = next((each for each in there if _is_same(line, each)), None)
        if is_it is not None:
            there.remove(is_it)
        found.append(is_it)
    return found


def _is_same(line: BillLine, kept: BillLine) -> bool:
    """Whether two lines of one number and day are one; by hand 运费 is entered without the surcharge beside it."""
    bare = (line.amount - line.surcharge, line.surcharge)
    is_amount = kept.amount == line.amount or (kept.amount, kept.surcharge) == bare
    return is_amount and (not kept.carrier or not line.carrier or same_carrier(kept.carrier, line.carrier))

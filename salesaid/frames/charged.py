"""What documents come to: the rows of a ledger summed by customer, order, document and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salesaid.core.by_columns import RowsByColumns, Sum
from salesaid.frames.goods import Taken, debts, taken


def charged(rows: RowsByColumns, actions: Sequence[str]) -> Iterator[Sum]:
    """What the rows with these actions come to, in the order of the first row of each; rows of 0 are left out."""
    import numpy as np
    from pandas import DataFrame

    own, acts, said = taken(rows, actions)
    cents, free = debts(own, own.figures("qty")[0])
    counts = np.flatnonzero((cents != 0) | free)
    own, acts, cents, free = Taken(rows, own.places[counts]), acts[counts], cents[counts], free[counts]
    number = rows.ledger.number or ""
    (customers, named), (nos, numbered) = own.coded("customer"), own.coded(number)
    orders, ordered = (nos, numbered) if number == "order_no" else own.coded("order_no")
    numbers = own.values("row")
    columns: dict[str, Any] = {
        "action": acts, "customer": customers, "order": orders, "no": np.where(nos < 0, -1 - numbers, nos),
        "day": own.values("date").astype("int64"), "free": free,
    }  # fmt: skip
    if "due" in rows.columns and number != "order_no":
        columns["due"] = own.values("due").astype("int64")
    groups = DataFrame(columns, copy=False).groupby(list(columns), sort=False).ngroup().to_numpy()
    firsts = np.unique(groups, return_index=True)[1]
    sums = _sums(groups, cents, len(firsts))
    days = own.values("date")[firsts].astype("datetime64[D]").tolist()
    dues = own.values("due")[firsts].astype("datetime64[D]").tolist() if "due" in columns else [None] * len(days)
    columns_of_texts = ((acts, said), (customers, named), (orders, ordered), (nos, numbered))
    texts = (_texts(codes[firsts], words) for codes, words in columns_of_texts)
    money = [None if is_free else total for is_free, total in zip(free[firsts].tolist(), sums, strict=True)]
    return map(Sum, *texts, numbers[firsts].tolist(), days, dues, money)


def _texts(codes: Any, words: list[str]) -> list[str | None]:
    return [words[code] if code >= 0 else None for code in codes.tolist()]


def _sums(groups: Any, cents: Any, count: int) -> list[int]:
    """The exact sum of each group."""
    import numpy as np

    if cents.dtype != object and (not len(cents) or int(abs(cents).max()) * len(cents) < 2**62):
        found = np.zeros(count, np.int64)
        np.add.at(found, groups, cents)
        return found.tolist()
    sums = [0] * count
    for group, value in zip(groups.tolist(), cents.tolist(), strict=True):
        sums[group] += value
    return sums

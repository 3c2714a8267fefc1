"""Debts summed by customer and age: those that no receipt and no credit names settle in the order of their ages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from salesaid.core.by_columns import Aged, RowsByColumns
from salesaid.frames.charged import Documents, texts_of


def aged(
    rows: RowsByColumns, signs: Mapping[str, int], identify: Callable[[str], str],
    due_of: Callable[[str], Mapping[date, date]], age: Callable[[date], int], named: Collection[str],
) -> Aged | None:  # fmt: skip
    """The documents of a ledger, as `RowsByColumns.aged` says it."""
    import numpy as np
    from pandas import DataFrame

    found = Documents(rows, [*signs])
    if (found.free.any() and rows.ledger.id != "orders") or any(name.startswith(f"{rows.file}:") for name in named):
        return None
    cents = found.cents * np.array([signs.get(action, 0) for action in found.actions], np.int64)[found.acts]
    apart = (cents < 0) | _named(found, cents, named) | ~np.isnat(found.dues)
    places = np.flatnonzero(~apart)
    codes, texts = found.coded("customer")
    ids = [identify(text) for text in texts.to_pylist()]
    known = {id_: place for place, id_ in enumerate(dict.fromkeys(ids))}
    customers = np.array([known[id_] for id_ in ids], np.int32)[codes[places]]
    dues = _dues(customers, [due_of(id_) for id_ in known], found.days[places])
    ages = _ages(dues, age)
    table = DataFrame({"customer": customers, "age": ages, "due": dues, "cents": cents[places]}, copy=False)
    groups = table.groupby(["customer", "age"], sort=False).agg({"due": "min", "cents": "sum"})
    names = list(known)
    sums = [
        (names[customer], due, int(owed))
        for (customer, _), due, owed in zip(
            groups.index, groups["due"].to_numpy("datetime64[D]").tolist(), groups["cents"].tolist(), strict=True
        )
    ]  # fmt: skip
    return Aged(sums, list(found.sums(np.flatnonzero(apart))), sum(cents.tolist()))


def _named(found: Documents, cents: Any, named: Collection[str]) -> Any:
    """Which documents have a number or an order that is among those named, or that a credit has."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    back, columns = np.flatnonzero(cents < 0), [found.coded(name) for name in ("order_no", "no")]
    names = {*named, *(text for codes, texts in columns for text in texts_of(texts, codes[back]) if text)}
    hits = np.zeros(len(cents), bool)
    for codes, texts in columns:
        known = pc.is_in(texts, pa.array(names, pa.string())).to_numpy(zero_copy_only=False)
        hits |= np.append(known, False)[codes]
    return hits


def _dues(customers: Any, due_of: list[Mapping[date, date]], days: Any) -> Any:
    """When each is due: worked out once for each day and terms, which many customers share."""
    import numpy as np
    import pandas as pd

    shared = {id(dues): dues for dues in due_of}
    terms = np.array([list(shared).index(id(dues)) for dues in due_of], np.int64)[customers]
    codes, keys = pd.factorize(terms + len(shared) * days.astype(np.int64))
    under = list(shared.values())
    on = (keys // len(shared)).astype("datetime64[D]").tolist() if len(keys) else []
    dues = [under[key % len(shared)][day] for key, day in zip(keys.tolist(), on, strict=True)]
    return np.array(dues, "datetime64[s]")[codes]


def _ages(dues: Any, age: Callable[[date], int]) -> Any:
    import numpy as np
    import pandas as pd

    codes, days = pd.factorize(dues)
    return np.array([age(day) for day in days.astype("datetime64[D]").tolist()], np.int64)[codes]

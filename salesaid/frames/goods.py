"""Rows of several ledgers as columns of one frame: names folded, figures exact, each distinct text looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.parties import Parties
from salesaid.core.by_columns import RowsByColumns
from salesaid.core.sheet_rows import rows_in
from salesaid.frames import exact

_READ = (
    "action", "date", "order_no", "customer", "product", "model", "unit", "qty", "price", "amount", "salesperson",
    "note",
)  # fmt: skip


class Texts:
    """One text column over several ledgers: its codes, and the texts that they stand for."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._codes: list[Any] = []

    def add(self, codes: Any, texts: Iterable[str]) -> Any:
        """Add the rows of a ledger, given as codes of these texts, which may repeat; their codes here."""
        import numpy as np

        places = [self._places.setdefault(text, len(self._places)) for text in texts]
        self._codes.append(np.array(places, np.int32)[codes] if len(codes) else np.zeros(0, np.int32))
        return self._codes[-1]

    @property
    def texts(self) -> list[str]:
        """The texts by their codes."""
        return list(self._places)

    @property
    def column(self) -> Any:
        """The rows of all ledgers as categories."""
        import numpy as np
        import pandas as pd

        codes = np.concatenate(self._codes) if self._codes else np.zeros(0, np.int32)
        return pd.Categorical.from_codes(codes, pd.Index(self.texts, dtype="str"), validate=False)


class Taken(NamedTuple):
    """The rows of one ledger that are wanted: their places among its used rows."""

    rows: RowsByColumns
    places: Any

    def coded(self, name: str) -> tuple[Any, list[str]]:
        """Codes and texts of a column; -1: none."""
        codes, texts = self.rows.coded(name)
        return codes[self.places], texts.to_pylist()

    def figures(self, name: str) -> tuple[Any, Any]:
        """Whole millionths, 0 where there are none, and where that is."""
        found = self.rows.array(name)[self.places]
        return found.to_numpy("int64", na_value=0), found.isna()

    def values(self, name: str) -> Any:
        """Days, or numbers of rows."""
        return self.rows.array(name)[self.places]


def taken(rows: RowsByColumns, actions: Sequence[str]) -> tuple[Taken, Any, list[str]]:
    """The rows with these actions, with the codes and words of their actions."""
    import numpy as np

    own = {column.id for column in rows.ledger.columns}
    rows.read(*(name for name in _READ if name in own), *filter(None, [rows.ledger.number]))
    codes, words = rows.coded("action")
    texts = words.to_pylist()
    wanted = np.isin(codes, [place for place, text in enumerate(texts) if text in actions])
    places = np.flatnonzero(wanted)
    return Taken(rows, places), codes[places], texts


def numbers(own: Taken, name: str, *, placed: bool) -> Any:
    """Numbers of documents as pandas' strings; "" where there is none, or if `placed` the place of the row."""
    import numpy as np
    import pandas as pd

    codes, texts = own.rows.coded(name)
    codes = codes[own.places]
    none = np.flatnonzero(codes < 0)
    if not len(none):
        return pd.array(texts.take(codes), dtype="str")
    found = np.array([*texts.to_pylist(), ""], object)[codes]
    if placed:
        rows = rows_in(own.rows.sheet, own.values("row")[none].tolist())
        found[none] = [f"{own.rows.file}:{row}" for row in rows]
    return pd.array(found, dtype="str")


def pairs(one: Any, other: Any) -> tuple[Any, list[tuple[int, int]]]:
    """Codes of the pairs of codes that rows have, and these pairs."""
    import numpy as np
    import pandas as pd

    most = int(other.max(initial=-1)) + 2
    codes, found = pd.factorize((one.astype(np.int64) + 1) * most + other + 1)
    return codes, [(value // most - 1, value % most - 1) for value in found.tolist()]


class Names:
    """The text columns that rows of goods have in common."""

    def __init__(self, catalogue: Catalogue, customers: Parties) -> None:
        self.customer, self.product, self.name, self.model = Texts(), Texts(), Texts(), Texts()
        self.unit, self.category = Texts(), Texts()
        self._catalogue = catalogue
        self._customers = customers

    @property
    def words(self) -> dict[str, Texts]:
        """The columns by their names."""
        names = ("customer", "product", "name", "model", "unit", "category")
        return {name: getattr(self, name) for name in names}

    def add(self, own: Taken) -> tuple[Any, Any, Any]:
        """Add the rows of a ledger: the codes of their customers and products, and which are in another unit."""
        codes, texts = own.coded("customer")
        customers = self.customer.add(codes, map(self._customers.identify, texts))
        (names, named), (models, coded) = own.coded("product"), own.coded("model")
        self.name.add(names, map(str.strip, named))
        self.model.add(models, map(str.strip, coded))
        forms, found = pairs(names, models)
        products = self.product.add(forms, (self._catalogue.identify(named[n], coded[m]) for n, m in found))
        self.category.add(products, map(self._category, self.product.texts))
        units, written = own.coded("unit")
        self.unit.add(units, map(str.strip, written))
        return customers, products, self._apart(products, units, written)

    def _category(self, product: str) -> str:
        known = self._catalogue.registered.get(product)
        return known.category if known else ""

    def _apart(self, products: Any, units: Any, written: list[str]) -> Any:
        import numpy as np

        if not any(map(str.strip, written)):
            return np.zeros(len(products), bool)
        texts = self.product.texts
        codes, found = pairs(products, units)
        known = [self._catalogue.registered.get(text) for text in texts]  # no other product has a unit
        apart = [(own := known[p]) is not None and not counts_in(own, written[u].strip()) for p, u in found]
        return np.array(apart, bool)[codes]

    def costs(self, products: Any, qtys: Any, apart: Any) -> tuple[Any, Any]:
        """What the goods cost in cents by the register, and where it says so."""
        import numpy as np

        known = [self._catalogue.registered.get(text) for text in self.product.texts]
        costs = [own.cost if own else None for own in known]
        is_known = np.array([cost is not None for cost in costs], bool)[products] & ~apart
        each = np.array([0 if cost is None else int(cost.scaleb(6)) for cost in costs], np.int64)[products]
        return exact.cents_of(qtys, np.where(is_known, each, 0)), is_known


def prices_of(own: Taken) -> tuple[Any, Any]:
    """The prices of rows, and which have none; none where the ledger has no prices."""
    import numpy as np

    if _has(own, "price"):
        return own.figures("price")
    return np.zeros(len(own.places), np.int64), np.ones(len(own.places), bool)


def debts(own: Taken, qtys: Any) -> tuple[Any, Any]:
    """What rows come to in cents: their amounts, else quantity times price; and which of them say neither."""
    import numpy as np

    prices, free = prices_of(own)
    found = exact.cents_of(qtys, prices)
    if not _has(own, "amount"):
        return found, free
    amounts, without = own.figures("amount")
    return np.where(without, found, exact.cents(amounts)), without & free


def _has(own: Taken, name: str) -> bool:
    return any(column.id == name for column in own.rows.ledger.columns)

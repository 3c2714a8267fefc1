"""Whose sale a row is: its own word, else its order's, else the customer's register's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.order_drafts import Words
from salesaid.balances.parties import Parties
from salesaid.core.by_columns import RowsByColumns
from salesaid.core.sheet_rows import row_in
from salesaid.frames.goods import Taken, Texts


class People:
    """The salespeople of rows. Where an order was given to another later, that is the word of its own rows."""

    def __init__(self, orders: RowsByColumns, catalogue: Catalogue, customers: Parties) -> None:
        self._orders = orders
        self._catalogue = catalogue
        self._customers = customers
        self._registered: dict[str, str] = {}

    def of(self, own: str, order_no: str, product: str, customer: str) -> str:
        """The salesperson of a row; "" where nobody says."""
        if own:
            return own
        words = self._words.get(order_no)
        return (words.of(product)[1] if words else "") or self.of_customer(customer)

    def of_rows(
        self, own: Taken, orders: Any, products: tuple[Texts, Any], customers: tuple[Texts, Any]
    ) -> tuple[Any, list[str]]:
        """The salespeople of a ledger's rows as codes of texts; products and customers as codes of theirs."""
        import numpy as np

        codes, texts = self._own(own, orders)
        free = np.flatnonzero(codes < 0)
        if not self.say:
            codes[free] = len(texts) + customers[1][free]
            return codes, [*texts, *map(self.of_customer, customers[0].texts)]
        named, bought = customers[0].texts, products[0].texts
        places = {text: place for place, text in enumerate(texts)}
        rows = zip(orders[free], products[1][free].tolist(), customers[1][free].tolist(), strict=True)
        codes[free] = [
            places.setdefault(self.of("", no, bought[product], named[customer]), len(places))
            for no, product, customer in rows
        ]
        return codes, list(places)

    def _own(self, own: Taken, orders: Any) -> tuple[Any, list[str]]:
        """What rows say themselves, -1 where they say nothing or their order was given to another."""
        import numpy as np

        if not any(column.id == "salesperson" for column in own.rows.ledger.columns):
            return np.full(len(orders), -1, np.int32), []
        codes, texts = own.coded("salesperson")
        people = list(dict.fromkeys(text.strip() for text in texts))
        places = [people.index(text.strip()) if text.strip() else -1 for text in texts]
        found = np.array(places, np.int32)[codes]
        if own.rows.ledger.id == "orders" and self.changed:
            found[orders.isin([*self.changed])] = -1
        return found, people

    def of_customer(self, customer: str) -> str:
        """The salesperson in the customers' register."""
        if customer not in self._registered:
            known = self._customers.registered.get(customer)
            self._registered[customer] = str(known.card.get("salesperson") or "").strip() if known else ""
        return self._registered[customer]

    @cached_property
    def changed(self) -> set[str]:
        """The orders that were given to another."""
        said = self._said
        return {no for _, no in _numbered(self._orders, said[said["action"] != "order"])} if len(said) else set()

    @cached_property
    def say(self) -> bool:
        """Whether any order says whose it is."""
        return len(self._said) > 0

    @cached_property
    def _words(self) -> dict[str, Words]:
        found: dict[str, Words] = {}
        said = self._said
        for (action, name, model, person), number in _numbered(self._orders, said) if len(said) else ():
            words = found.setdefault(number, Words())
            say = words.ordered if action == "order" else words.changed
            say(self._catalogue.identify(name, model), "salesperson", person.strip())
        return found

    @cached_property
    def _said(self) -> Any:
        """The rows of the orders that name a salesperson."""
        names = ("row", "action", "order_no", "product", "model", "salesperson")
        if not self._orders.has("salesperson"):
            return ()
        codes, texts = self._orders.coded("salesperson")
        says = [place for place, text in enumerate(texts.to_pylist()) if text.strip()]
        frame = self._orders.frame(*names)
        return frame[frame["salesperson"].cat.codes.isin(says)] if len(codes) else frame


def _numbered(rows: RowsByColumns, frame: Any) -> Iterable[tuple[tuple[str, str, str, str], str]]:
    """The words of rows, each with the number of its order."""
    columns = [frame[name].tolist() for name in ("row", "order_no", "action", "product", "model", "salesperson")]
    for row, no, *words in zip(*columns, strict=True):
        own = no if isinstance(no, str) else f"{rows.file}:{row_in(rows.sheet, row)}"
        yield (words[0], words[1], words[2], words[3]), own

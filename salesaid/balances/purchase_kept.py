"""What the rows of one purchase come to, as the index keeps it: by product as written, before names are folded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from salesaid.core.rows import ZERO
from salesaid.core.state import parts_of

# What a row does to what is used up of its line, and to what has come in: (used, received).
_EFFECTS = {"receive": (1, 1), "reject": (-1, -1), "close": (-1, 0)}

Event = tuple[str, str, Decimal, date | None, date, str, str]  # line, action, quantity, due, day, supplier, order


class Purchase:
    """What the rows of one purchase come to, by product as written: a line is a key of (name, model, unit)."""

    __slots__ = ("arrived", "heads", "ordered", "promises", "used")

    def __init__(self, kept: list[Any] | None = None) -> None:
        ordered, used, heads, promises, arrived = kept or ([], {}, {}, [], {})
        self.ordered = [(line, Decimal(qty), due) for line, qty, due in ordered]  # in file order, due in ISO form
        self.used = {line: (Decimal(used), Decimal(received)) for line, (used, received) in used.items()}
        self.heads: dict[str, list[str]] = heads  # line: day, supplier, customer's order
        self.promises: list[list[str]] = promises  # line, or "" for all of them; due; day, in the order of the days
        self.arrived: dict[str, str] = arrived  # line: the day of the last goods that came in

    def kept(self) -> list[Any]:
        """The purchase as JSON can hold it."""
        ordered = [[line, str(qty), due] for line, qty, due in self.ordered]
        used = {line: [str(used), str(received)] for line, (used, received) in self.used.items()}
        return [ordered, used, self.heads, self.promises, self.arrived]

    def add(self, event: Event) -> None:
        """One more row."""
        line, action, qty, due, day, supplier, order_no = event
        if action == "order":
            self.ordered.append((line, qty, due.isoformat() if due else ""))
            self.heads.setdefault(line, [day.isoformat(), supplier, order_no])
        elif action == "promise":
            if due:
                self.promises.append([line if any(parts_of(line)[:2]) else "", due.isoformat(), day.isoformat()])
                self.promises.sort(key=itemgetter(2))
        else:
            effect = _EFFECTS[action]
            used, received = self.used.get(line, (ZERO, ZERO))
            self.used[line] = (used + effect[0] * qty, received + effect[1] * qty)
            if action == "receive" and qty > 0:
                self.arrived[line] = max(self.arrived.get(line, ""), day.isoformat())

    def left(self) -> dict[str, Decimal]:
        """What is open of each written line, below zero where more came in than was ordered in that spelling."""
        found = {line: -used for line, (used, _) in self.used.items()}
        for line, qty, _ in self.ordered:
            found[line] = found.get(line, ZERO) + qty
        return found

    def days(self, product_of: Callable[[str], str] = str) -> int | None:
        """Days from the order to the last goods of its lines, once nothing is open; None where nothing ordered came.

        What came without being on the purchase is not waited for. `product_of` says which written lines are one.
        """
        left: dict[str, Decimal] = {}
        received: dict[str, Decimal] = {}
        took: list[int] = []
        for line, qty in self.left().items():
            left[product_of(line)] = left.get(product_of(line), ZERO) + qty
        for line, (_, qty) in self.used.items():
            received[product_of(line)] = received.get(product_of(line), ZERO) + qty
        first = {product_of(line): head[0] for line, head in reversed(self.heads.items())}
        for line, day in self.arrived.items():
            id_ = product_of(line)
            if id_ in first and received.get(id_, ZERO) > 0:
                took.append((date.fromisoformat(day) - date.fromisoformat(first[id_])).days)
        is_open = any(qty > 0 for qty in left.values())
        return None if is_open or not took else max(*took, 0)

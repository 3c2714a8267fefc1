"""Return lines: goods that customers sent in, where each of them is and since when (DOMAIN.md 3, "Repair").

A line is (number, product, serial). Where later rows name no serial, or another, the line is (number, product).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.parties import Parties
from salesaid.balances.repair_history import Lot, RepairRow, Stay, Taken, history
from salesaid.balances.repair_stages import OPEN, Stage
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows
from salesaid.core.serial_numbers import serial_key, serials_in
from salesaid.core.tables import NAMED, Note, NotedRow
from salesaid.core.text import Text


class Standing(NamedTuple):
    """Goods of a line in one stage, at one factory; `since` is when the first of them came there."""

    stage: Stage
    qty: Decimal
    since: date
    factory: str


class RepairLine(NamedTuple):
    """One line. `day` is when it was first received; `last_day` when anything last happened to it."""

    return_no: str
    day: date
    last_day: date
    customer: str
    product: str
    model: str
    unit: str
    serials: tuple[str, ...]
    fault: str
    warranty: str | None
    order_no: str
    received: Decimal
    fee: Decimal
    refunded: Decimal
    lots: tuple[Lot, ...]
    stays: tuple[Stay, ...]
    steps: tuple[Taken, ...]
    beyond: tuple[int, ...]

    @property
    def serial(self) -> str:
        """Its serial numbers in one text."""
        return "、".join(self.serials)

    @property
    def open(self) -> Decimal:
        """How much the customer still waits for; below zero where more left than came."""
        return sum((lot.qty for lot in self.lots if lot.stage in OPEN), ZERO)

    @property
    def is_open(self) -> bool:
        """Whether anything of it is received, at a factory or back; also what stands below zero there."""
        return any(lot.stage in OPEN for lot in self.lots)

    def there(self, stage: Stage) -> Decimal:
        """How much is in a stage; 0 where more left it than came."""
        return max(sum((lot.qty for lot in self.lots if lot.stage == stage), ZERO), ZERO)

    def standings(self) -> list[Standing]:
        """Where its goods are: what is in one stage and at one factory together."""
        found: dict[tuple[Stage, str], Standing] = {}
        for lot in self.lots:
            before = found.get((lot.stage, lot.factory), Standing(lot.stage, ZERO, lot.since, lot.factory))
            since = min(before.since, lot.since)
            found[lot.stage, lot.factory] = before._replace(qty=before.qty + lot.qty, since=since)
        return [standing for standing in found.values() if standing.qty]


def repair_lines(returns: Rows, catalogue: Catalogue, customer_names: Parties) -> RepairLines:
    """All return lines of the book."""
    return RepairLines(returns, catalogue, customer_names)


class _Group:
    """The rows of one number and product, and what they say beside goods."""

    __slots__ = ("customer", "fault", "model", "order_no", "rows", "unit", "warranty")

    def __init__(self) -> None:
        self.rows: list[RepairRow] = []
        self.customer = self.model = self.unit = self.order_no = ""
        self.fault: dict[str, str] = {}  # by serial, as the warranty is
        self.warranty: dict[str, str] = {}


class RepairLines:
    """The return lines in file order, read when first asked for."""

    def __init__(self, returns: Rows, catalogue: Catalogue, customers: Parties) -> None:
        self._returns = returns
        self._catalogue = catalogue
        self._customers = customers

    def of(self, number: str) -> list[RepairLine]:
        """The lines of one return."""
        return [line for line in self.all if line.return_no == number]

    def of_customer(self, customer: str) -> list[RepairLine]:
        """The lines of one customer, by canonical name."""
        return [line for line in self.all if line.customer == customer]

    @property
    def numbers(self) -> list[str]:
        """The numbers of all returns, in file order."""
        return list(dict.fromkeys(line.return_no for line in self.all))

    @property
    def factories(self) -> list[str]:
        """Every factory that a row names, the newest last."""
        written = ((taken.row.day, taken.row.factory) for line in self.all for taken in line.steps)
        return list(dict.fromkeys(factory for _, factory in sorted(written) if factory))

    @cached_property
    def all(self) -> list[RepairLine]:
        """Every line."""
        return [line for (no, id_), group in self._groups().items() for line in self._lines(no, id_, group)]

    def odd(self, lines: Iterable[RepairLine]) -> list[Note]:
        """A warning of rows that took goods which were not there, where no other row has made it good."""
        rows = sorted(row for line in lines if any(lot.qty < 0 for lot in line.lots) for row in line.beyond)
        if not rows:
            return []
        file = self._returns.file
        reason = Text("动的货比当时有的多", "more than was there")
        named = [str(row) for row in rows[:NAMED]]
        rest = "…" if len(rows) > NAMED else ""
        word = "row" if len(rows) == 1 else "rows"
        text = Text(
            f"{file} 第 {'、'.join(named)}{rest} 行动的货比当时有的多（没有收到、送修或修回），请核对",
            f"{file} {word} {', '.join(named)}{rest}: more than was there (never received, sent or back), please check",
        )
        return [Note("never_received", "warning", text, tuple(NotedRow(file, row, reason) for row in rows))]

    def _groups(self) -> Mapping[tuple[str, str], _Group]:
        groups: dict[tuple[str, str], _Group] = {}
        identify = self._catalogue.identify
        for no, row, day, action, who, (name, model, unit), qty, texts, order_no, warranty, (fee, amount) in (
            self._returns.pick(
                "return_no", "row", "date", "action", "customer", ("product", "model", "unit"), "qty",
                ("serial", "factory", "tracking_no", "warehouse", "handler", "note", "fault"), "order_no", "warranty",
                ("fee", "amount"),
            )
        ):  # fmt: skip
            id_ = identify(name, model)
            key = (no or f"{self._returns.file}:{row}", id_)
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group()
            is_ours = not unit or counts_in(self._catalogue.product(id_), unit.strip())
            counted = qty if is_ours else ZERO
            serial, factory, tracking, warehouse, handler, note, fault = (text.strip() for text in texts)
            group.rows.append(
                RepairRow(row, day, action, counted, serial, factory, fee, amount, tracking, warehouse, handler, note)
            )
            group.customer = group.customer or who.strip()
            group.model = group.model or model.strip()
            group.unit = group.unit or unit.strip()
            group.order_no = group.order_no or order_no or ""
            if fault:
                group.fault.setdefault(serial_key(serial), fault)
            if warranty:
                group.warranty[serial_key(serial)] = warranty
        return groups

    def _lines(self, number: str, id_: str, group: _Group) -> Iterator[RepairLine]:
        for rows in _apart(group.rows):
            past = history(rows)
            keys = [serial_key(row.serial) for row in rows]
            day = min((row.day for row in rows if row.action == "receive"), default=rows[0].day)
            yield RepairLine(
                number, day, max(row.day for row in rows), self._customers.identify(group.customer), id_,
                group.model or self._catalogue.product(id_).model, group.unit or self._catalogue.product(id_).unit,
                tuple(dict.fromkeys(part for row in rows for part in serials_in(row.serial))),
                _said(group.fault, keys) or "", _said(group.warranty, keys), group.order_no,
                sum((row.qty for row in rows if row.action == "receive"), ZERO),
                money.total(row.fee for row in rows if row.fee is not None),
                money.total(row.amount for row in rows if row.amount is not None), *past,
            )  # fmt: skip


def _apart(rows: list[RepairRow]) -> list[list[RepairRow]]:
    """The rows by serial, if every step says which of those that were received it means; else all together."""
    found: dict[str, list[RepairRow]] = {}
    for row in rows:
        found.setdefault(serial_key(row.serial), []).append(row)
    if len(found) > 1 and any(all(row.action != "receive" for row in own) for own in found.values()):
        return [rows]
    return list(found.values())


def _said(cells: Mapping[str, str], keys: Iterable[str]) -> str | None:
    """What a line's own rows say; of several serials the first that says it."""
    return next((cells[key] for key in keys if key in cells), None)

"""Return lines: goods that customers sent in, where each of them is and since when (DOMAIN.md 3, "Repair").

A line is (number, product, serial). Where later rows name no serial, or another, the line is (number, product).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from salesaid.balances.apart import Apart, apart_of, is_apart, unit_that_counts
from salesaid.balances.catalogue import Catalogue, Product, counts_in
from salesaid.balances.parties import Parties
from salesaid.balances.repair_history import Lot, RepairRow, Stay, Taken, history
from salesaid.balances.repair_stages import OPEN, Stage
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows
from salesaid.core.serial_numbers import distinct, serial_key
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
    components: str = ""  # what a bundle held, as rows say
    apart: Apart = ()  # what was received in other units than the product's

    @property
    def is_apart(self) -> bool:
        """Whether the figures are in a unit that is not the product's: they stand in no sum of quantities."""
        return is_apart(self)

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


# A row of the ledger as it is read: what a line does not need is not looked at.
_COLUMNS = (
    "return_no", "row", "date", "action", ("product", "model", "unit"), "qty", "customer", "serial", "factory",
    ("fee", "amount", "tracking_no", "warehouse", "handler", "note"), ("fault", "warranty", "order_no", "components"),
)  # fmt: skip
_Read = tuple[Any, ...]
_DAY, _ACTION, _NAMES, _QTY, _CUSTOMER, _SERIAL, _FACTORY = range(2, 9)

# What an action adds to what is here for repair, and to what is at a factory.
_HERE = {"receive": 1, "back": 1, "send": -1, "deliver": -1, "replace": -1, "refund": -1, "scrap": -1}
_AT_FACTORY = {"send": 1, "back": -1}


class RepairLines:
    """The return lines in file order, read when first asked for: all of them, or those that are asked for."""

    def __init__(self, returns: Rows, catalogue: Catalogue, customers: Parties) -> None:
        self._returns = returns
        self._catalogue = catalogue
        self._customers = customers
        self._known: dict[tuple[str, str], list[RepairLine]] = {}

    @cached_property
    def ahead(self) -> RepairLines:
        """The same lines with rows dated after today counted as well: what is written now leans on them."""
        if self.numbers and not self._returns.later:
            return self
        return RepairLines(self._returns.until(None), self._catalogue, self._customers)

    def of(self, number: str) -> list[RepairLine]:
        """The lines of one return."""
        return self._made([key for key in self._groups if key[0] == number])

    def of_customer(self, customer: str) -> list[RepairLine]:
        """The lines of one customer, by canonical name."""
        identify = self._customers.identify
        return self._made([key for key, rows in self._groups.items() if identify(_first(rows, _CUSTOMER)) == customer])

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of all returns, in file order."""
        return list(dict.fromkeys(number for number, _ in self._groups))

    def dated_later(self) -> dict[str, date]:
        """The numbers of returns that are not counted yet, with their days."""
        known = set(self.numbers)
        later = self._returns.until(None).pick("return_no", "date")
        return {no: day for no, day in later if no and no not in known}

    @property
    def factories(self) -> list[str]:
        """Every factory that a row names, the newest last."""
        written = {(row[_DAY], row[_FACTORY].strip()) for rows in self._groups.values() for row in rows}
        return list(dict.fromkeys(factory for _, factory in sorted(written) if factory))

    @cached_property
    def all(self) -> list[RepairLine]:
        """Every line."""
        return self._made(self._groups)

    @cached_property
    def open(self) -> list[RepairLine]:
        """The lines of which anything is received, at a factory or back."""
        # Of most, a sum tells that all of it is closed.
        lines = self._made([key for key, rows in self._groups.items() if self._may_be_open(key[1], rows)])
        return [line for line in lines if line.is_open]

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

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], list[_Read]]:
        """The rows of each number and product."""
        groups: dict[tuple[str, str], list[_Read]] = {}
        identify, file = self._catalogue.identify, self._returns.file
        for row in self._returns.pick(*_COLUMNS):
            name, model, _ = row[_NAMES]
            groups.setdefault((row[0] or f"{file}:{row[1]}", identify(name, model)), []).append(row)
        return groups

    def _unit(self, id_: str, rows: Iterable[_Read]) -> str:
        """The unit in which a product's rows of one number are added up."""
        units = [row[_NAMES][2].strip() for row in rows]
        return unit_that_counts(self._catalogue.product(id_).unit, units)

    def _may_be_open(self, id_: str, rows: Sequence[_Read]) -> bool:
        sums: dict[tuple[str, bool], Decimal] = {}
        unit = self._unit(id_, rows)
        for row in rows:
            qty = _counted(row, unit)
            for is_here, signs in ((True, _HERE), (False, _AT_FACTORY)):
                if row[_ACTION] in signs:
                    key = (row[_SERIAL], is_here)
                    sums[key] = sums.get(key, ZERO) + qty * signs[row[_ACTION]]
        return any(sums.values())

    def _made(self, keys: Iterable[tuple[str, str]]) -> list[RepairLine]:
        """The lines of some numbers and products, each worked out once."""
        return [line for key in keys for line in self._lines(*key)]

    def _lines(self, number: str, id_: str) -> list[RepairLine]:
        made = self._known.get((number, id_))
        if made is None:
            read = self._groups[number, id_]
            made = self._known[number, id_] = [self._line(number, id_, read, rows) for rows in self._apart(id_, read)]
        return made

    def _apart(self, id_: str, read: Sequence[_Read]) -> list[list[_Own]]:
        """The rows by serial, if every step says which of those that were received it means; else all together."""
        unit = self._unit(id_, read)
        rows = [_Own(_row(row, _counted(row, unit)), row) for row in read]
        found: dict[str, list[_Own]] = {}
        for own in rows:
            found.setdefault(serial_key(own.row.serial), []).append(own)
        if len(found) > 1 and any(all(own.row.action != "receive" for own in each) for each in found.values()):
            return [rows]
        return list(found.values())

    def _line(self, number: str, id_: str, read: Sequence[_Read], own: Sequence[_Own]) -> RepairLine:
        rows = [each.row for each in own]
        product = self._catalogue.product(id_)
        said, said_of = [each.read[-1] for each in own], [each.read for each in own]
        return RepairLine(
            number, min((row.day for row in rows if row.action == "receive"), default=rows[0].day),
            max(row.day for row in rows), self._customers.identify(_first(read, _CUSTOMER)), id_,
            next((row[_NAMES][1].strip() for row in read if row[_NAMES][1].strip()), product.model),
            self._unit(id_, read) or next((row[_NAMES][2].strip() for row in read if row[_NAMES][2].strip()), ""),
            tuple(distinct(row.serial for row in rows)), next((fault.strip() for fault, *_ in said if fault), ""),
            next((warranty for _, warranty, *_ in said if warranty), None),
            next((row[-1][2] for row in read if row[-1][2]), ""),
            sum((row.qty for row in rows if row.action == "receive"), ZERO),
            money.total(row.fee for row in rows if row.fee is not None),
            money.total(row.amount for row in rows if row.amount is not None), *history(rows),
            next((parts.strip() for *_, parts in said if parts.strip()), ""), _apart(product, said_of),
        )  # fmt: skip


def _counted(row: _Read, unit: str) -> Decimal:
    """The quantity of a row, where it is in this unit or in none."""
    qty: Decimal = row[_QTY]
    own = row[_NAMES][2].strip()
    return qty if not own or not unit or own == unit else ZERO


def _apart(product: Product, rows: Iterable[_Read]) -> Apart:
    """What was received in other units than the product's."""
    return apart_of(
        (row[_NAMES][2].strip(), row[_QTY], row[_ACTION] == "receive")
        for row in rows
        if not counts_in(product, row[_NAMES][2].strip())
    )


class _Own(NamedTuple):
    """A row of a line, with what was read of it."""

    row: RepairRow
    read: _Read


def _row(read: _Read, qty: Decimal) -> RepairRow:
    fee, amount, *texts = read[_FACTORY + 1]
    tracking, warehouse, handler, note = (text.strip() for text in texts)
    serial, factory = read[_SERIAL].strip(), read[_FACTORY].strip()
    _, number, day, action, *_ = read
    return RepairRow(number, day, action, qty, serial, factory, fee, amount, tracking, warehouse, handler, note)


def _first(rows: Iterable[_Read], at: int) -> str:
    """The first of these cells that says something."""
    return next((text for row in rows if (text := row[at].strip())), "")

"""Purchase lines: what was ordered, came in, went back and is open, by number and product (DOMAIN.md 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.apart import Apart, is_apart
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.closing import closing
from salesaid.balances.incoming import still_open
from salesaid.balances.parties import Parties
from salesaid.balances.purchase_drafts import Draft, Event, Written
from salesaid.core.rows import ZERO, Rows


class PurchaseLine(NamedTuple):
    """One line. `received` is net of `rejected`; `open` below zero came in beyond what was ordered.

    Of `promises`, the first and the newest are `first_due` and `due`. `price` is the one of its order rows, None where
    they differ. `arrived` is the newest day on which goods came in. What was never ordered is a line as well.
    """

    purchase_no: str
    day: date
    supplier: str
    product: str
    model: str
    unit: str
    ordered: Decimal
    received: Decimal
    rejected: Decimal
    closed: Decimal
    open: Decimal
    price: Decimal | None
    first_due: date | None
    due: date | None
    promises: tuple[date, ...]
    arrived: date | None
    order_no: str
    warehouse: str
    is_ordered: bool
    closed_above: bool = False  # by a quantity above zero, as it is not meant
    components: str = ""  # what a bundle held that came in last, as its row says
    apart: Apart = ()  # what was ordered in other units than the product's
    other_suppliers: tuple[str, ...] = ()  # whom rows of goods name that were not ordered from them

    @property
    def is_apart(self) -> bool:
        """Whether the figures are in a unit that is not the product's: they stand in no sum of quantities."""
        return is_apart(self)

    def days_late(self, today: date) -> int | None:
        """Days since an open line was last promised for; None where it is not late."""
        return (today - self.due).days if self.open > 0 and self.due is not None and self.due < today else None

    def days_behind(self, promise: date | None, today: date) -> int | None:
        """Days by which a line came, or is, later than a promise; None where that cannot be said yet."""
        came = today if self.open > 0 else self.arrived if self.received > 0 else None
        if promise is None or came is None or (self.open > 0 and promise >= today):
            return None
        return max((came - promise).days, 0)


def purchase_lines(purchases: Rows, catalogue: Catalogue, supplier_names: Parties) -> PurchaseLines:
    """All purchase lines of the book."""
    return PurchaseLines(purchases, catalogue, supplier_names)


_Read = tuple[dict[str, list[Event]], dict[tuple[str, str], Draft]]


class PurchaseLines:
    """The purchase lines in file order, worked out when first asked for: all of them, or those of one purchase."""

    def __init__(self, purchases: Rows, catalogue: Catalogue, suppliers: Parties) -> None:
        self._purchases = purchases
        self._catalogue = catalogue
        self._suppliers = suppliers
        self._known: dict[str, _Read] = {}  # what was read of single purchases

    @cached_property
    def ahead(self) -> PurchaseLines:
        """The same lines with rows dated after today counted as well: what is written now leans on them."""
        if self.numbers and not self._purchases.later:
            return self
        return PurchaseLines(self._purchases.until(None), self._catalogue, self._suppliers)

    @cached_property
    def all(self) -> list[PurchaseLine]:
        """Every line."""
        return self._lines(self._everything)

    def of(self, number: str) -> list[PurchaseLine]:
        """The lines of one purchase."""
        if "all" in self.__dict__:
            return [line for line in self.all if line.purchase_no == number]
        return self._lines(self._of(number))

    def events(self, number: str) -> list[Event]:
        """The rows of one purchase, in file order."""
        read = self._everything if "_everything" in self.__dict__ else self._of(number)
        return read[0].get(number, [])

    def of_supplier(self, supplier: str) -> list[PurchaseLine]:
        """The lines of one supplier."""
        return [line for line in self.all if line.supplier == supplier]

    def of_product(self, product: str) -> list[PurchaseLine]:
        """The lines of one product."""
        return [line for line in self.all if line.product == product]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of all purchases, in file order."""
        rows = self._purchases.pick("row", "purchase_no", "action")
        return list(dict.fromkeys(self._number(row, no) for row, no, action in rows if action != "promise"))

    def dated_later(self) -> dict[str, date]:
        """The numbers of purchases that are not counted yet, with their days."""
        later = self._purchases.until(None).pick("purchase_no", "date", "action")
        known = set(self.numbers)
        return {no: day for no, day, action in later if no and action == "order" and no not in known}

    @cached_property
    def _everything(self) -> _Read:
        return self._read()

    def _of(self, number: str) -> _Read:
        if number not in self._known:
            self._known[number] = self._read(number)
        return self._known[number]

    def _number(self, row: int, written: str | None) -> str:
        """A row's number; without one the row is a document of its own."""
        return written or f"{self._purchases.file}:{row}"

    def _read(self, wanted: str | None = None) -> _Read:
        """The rows by purchase, and the lines that they add up to: of all purchases, or of one."""
        found: dict[str, list[Event]] = {}
        of_lines: dict[tuple[str, str], list[Written]] = {}
        closed, file = closing(self._purchases), self._purchases.file
        identify, supplier_of = self._catalogue.identify, self._suppliers.identify
        for row, no, day, action, name, model, unit, qty, price, due, supplier, order_no, place, note, parts in (
            self._purchases.pick(
                "row", "purchase_no", "date", "action", "product", "model", "unit", "qty", "price", "due", "supplier",
                "order_no", "warehouse", "note", "components",
            )
        ):  # fmt: skip
            number = no or f"{file}:{row}"
            if wanted is not None and number != wanted:
                continue
            id_, own = identify(name, model), closed(qty, note.strip()) if action == "close" else qty
            event = Event(
                day, action, id_, own, due, place.strip(), note.strip(), row, parts.strip(), unit.strip(), own
            )
            found.setdefault(number, []).append(event)
            if action != "promise":
                written = Written(event, supplier_of(supplier), model.strip(), price, order_no or "", qty > 0 > own)
                of_lines.setdefault((number, id_), []).append(written)
        drafts = {key: Draft(rows, self._catalogue.product(key[1])) for key, rows in of_lines.items()}
        return {
            no: [_counted(event, drafts.get((no, event.product))) for event in e] for no, e in found.items()
        }, drafts

    def _lines(self, read: _Read) -> list[PurchaseLine]:
        events, drafts = read
        return [self._line(number, id_, draft, events[number]) for (number, id_), draft in drafts.items()]

    def _line(self, number: str, id_: str, draft: Draft, events: list[Event]) -> PurchaseLine:
        ordered = draft.ordered[0][0] if len(draft.ordered) == 1 else sum((qty for qty, _ in draft.ordered), ZERO)
        told = [event for event in events if event.action == "promise" and event.product in {"", id_}]
        said = [event.due for event in sorted(told, key=lambda event: event.day)] if told else []
        used = draft.received + draft.closed
        left = next(still_open(draft.ordered, used), None) if used != ordered else None
        own = left[1] if left is not None else next((due for _, due in reversed(draft.ordered) if due), None)
        promises = tuple([due for due in (own, *said) if due])
        first, last = (promises[0], promises[-1]) if promises and draft.ordered else (None, None)
        others = tuple([name for name in draft.movers if name and name != draft.supplier]) if draft.ordered else ()
        price = next(iter(draft.prices)) if len(draft.prices) == 1 else None
        return PurchaseLine(
            number, draft.day, draft.supplier, id_, draft.model or self._catalogue.product(id_).model, draft.unit,
            ordered, draft.received, draft.rejected, draft.closed, ordered - used, price, first, last, promises,
            draft.arrived, draft.order_no, draft.warehouse, bool(draft.ordered), draft.closed_above,
            draft.components, draft.apart, others,
        )  # fmt: skip


def _counted(event: Event, draft: Draft | None) -> Event:
    return event if draft is None or event.unit == draft.unit else draft.counted(event)

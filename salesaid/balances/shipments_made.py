"""Shipments: when each left, for which order, whether it was signed for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.typed import UnknownNumber
from salesaid.core.errors import Refused
from salesaid.core.numbers import matches
from salesaid.core.rows import ZERO, Rows
from salesaid.core.text import Text

SHIPMENT = Text("货单或订单", "shipment or order")


class Sent(NamedTuple):
    """One row of a shipment; a return has a quantity below zero."""

    product: str
    unit: str
    qty: Decimal
    price: Decimal | None
    amount: Decimal | None
    components: str = ""


class Shipment(NamedTuple):
    """One shipment, or one return of goods."""

    ship_no: str
    day: date
    action: str
    order_no: str
    customer: str
    carrier: str
    tracking_no: str
    signed: date | None
    rows: tuple[Sent, ...]


class NothingUnderWay(Refused):
    """All that was shipped has been signed for, or was taken back."""

    def __init__(self, typed: str, made: Iterable[Shipment]) -> None:
        signed = [each for each in made if each.signed is not None]
        zh = "、".join(f"{each.ship_no}（{each.signed}）" for each in signed)
        en = ", ".join(f"{each.ship_no} ({each.signed})" for each in signed)
        text = Text(f"{typed} 没有在途的货", f"nothing of {typed} is under way")
        super().__init__(Text(f"{typed} 都已签收：{zh}", f"all of {typed} is signed for: {en}") if signed else text)


class SeveralUnderWay(Refused):
    """More than one shipment is under way: it is not said which was signed for."""

    def __init__(self, typed: str, numbers: Iterable[str]) -> None:
        listed = list(numbers)
        super().__init__(
            Text(f"{typed} 有 {len(listed)} 票货在途", f"{len(listed)} shipments of {typed} are under way"),
            Text(f"请写出货单号：{'、'.join(listed)}", f"name the shipment: {', '.join(listed)}"),
        )


def shipments_made(shipments: Rows, catalogue: Catalogue, customer_names: Parties) -> ShipmentsMade:
    """All shipments of the book."""
    return ShipmentsMade(shipments, catalogue, customer_names)


class ShipmentsMade:
    """The shipments in file order, read when first asked for."""

    def __init__(self, shipments: Rows, catalogue: Catalogue, customers: Parties) -> None:
        self._shipments = shipments
        self._catalogue = catalogue
        self._customers = customers

    @property
    def ahead(self) -> ShipmentsMade:
        """The same with rows dated after today counted as well: what is written now leans on them."""
        return ShipmentsMade(self._shipments.until(None), self._catalogue, self._customers)

    @cached_property
    def are_none(self) -> bool:
        """Whether nothing was ever shipped."""
        return next(self._shipments.pick("row"), None) is None

    @cached_property
    def are_signed(self) -> bool:
        """Whether any was ever signed for: not every book writes that down."""
        return any(action == "sign" for (action,) in self._shipments.pick("action"))

    @cached_property
    def all(self) -> dict[str, Shipment]:
        """Every shipment by its number."""
        found: dict[str, Shipment] = {}
        more: dict[str, list[Sent]] = {}  # of shipments of several rows
        signed: list[tuple[str, str, date]] = []
        identify, customer_of = self._catalogue.identify, self._customers.identify
        for row, no, day, action, order, customer, name, model, unit, parts, qty, price, amount, carrier, tracking in (
            self._shipments.pick(
                "row", "ship_no", "date", "action", "order_no", "customer", "product", "model", "unit", "components",
                "qty", "price", "amount", "carrier", "tracking_no",
            )
        ):  # fmt: skip
            if action == "ship" or action == "return":  # noqa: PLR1714 - a set costs a hash a row
                number = no or f"{self._shipments.file}:{row}"
                moved = qty if action == "ship" else -qty
                sent = Sent(identify(name, model), unit.strip(), moved, price, amount, parts)
                if number in found:
                    more.setdefault(number, [*found[number].rows]).append(sent)
                    continue
                found[number] = Shipment(
                    number, day, action, order or "", customer_of(customer), carrier.strip(), tracking.strip(), None,
                    (sent,),
                )  # fmt: skip
            elif action == "sign":
                signed.append((no or "", order or "", day))
        found |= {no: found[no]._replace(rows=tuple(sent)) for no, sent in more.items()}
        _sign(found, signed)
        return found

    @cached_property
    def without_order(self) -> list[Shipment]:
        """The shipments, goods that came back aside, under no order's number."""
        if not any(action == "ship" and not order for action, order in self._shipments.pick("action", "order_no")):
            return []  # nearly every book, and nothing more has to be read of it
        return [made for made in self.all.values() if made.action == "ship" and not made.order_no]

    def of_order(self, order_no: str) -> list[Shipment]:
        """The shipments and returns of one order."""
        return [made for made in self.all.values() if made.order_no == order_no]

    def is_under_way(self, made: Shipment) -> bool:
        """Whether goods are on their way: sent, not taken back by red letters, not signed for."""
        return made.action == "ship" and made.signed is None and sum((row.qty for row in made.rows), ZERO) > 0

    def under_way(self, typed: str, own_prefix: str, order_prefix: str, today: date) -> Shipment:
        """The one shipment under way that was meant, by its own number or its order's.

        Raises UnknownNumber, NothingUnderWay, SeveralUnderWay.
        """
        own = set(matches(typed, self.all, today, own_prefix))
        orders = dict.fromkeys(made.order_no for made in self.all.values() if made.order_no)
        of_orders = set(matches(typed, orders, today, order_prefix))
        meant = [made for no, made in self.all.items() if no in own or made.order_no in of_orders]
        if not meant:
            raise UnknownNumber(typed, SHIPMENT)
        open_ = [made for made in meant if self.is_under_way(made)]
        if not open_:
            raise NothingUnderWay(typed, meant)
        if len(open_) > 1:
            raise SeveralUnderWay(typed, (made.ship_no for made in open_))
        return open_[0]


def _sign(made: dict[str, Shipment], signed: Iterable[tuple[str, str, date]]) -> None:
    """Say which shipments were signed for; a row that names only an order signs what had left for it by then."""
    of_orders: dict[str, list[date]] = {}
    for number, order_no, day in signed:
        if number in made:
            made[number] = made[number]._replace(signed=day)
        elif not number and order_no:
            of_orders.setdefault(order_no, []).append(day)
    for each in list(made.values()) if of_orders else ():
        days = [day for day in of_orders.get(each.order_no, ()) if day >= each.day]
        if days and each.signed is None:
            made[each.ship_no] = each._replace(signed=min(days))

"""The sales frame by an arithmetic of its own: row by row, with Decimals, on the charges that ages rest on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.debts import Charge, Charges
from salesaid.balances.order_drafts import Words
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.order_shares import OrderShares
from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_red
from salesaid.core import money
from salesaid.core.rows import Rows
from salesaid.settings import Settings

if TYPE_CHECKING:
    from pandas import DataFrame

TEXTS = (
    "ledger", "kind", "no", "order_no", "customer", "product", "model", "unit", "category", "salesperson",
)  # fmt: skip
COLUMNS = (
    "ledger", "row", "kind", "day", "no", "order_no", "customer", "product", "model", "unit", "category", "salesperson",
    "qty", "written_qty", "apart", "cents", "cost_cents", "has_cost", "price", "has_price",
)  # fmt: skip


def millionths(value: Decimal) -> int:
    """A quantity or price as a whole number of millionths: kinds keep at most six decimals."""
    return int(value.scaleb(6))


def sales_by_rows(
    orders: Rows, shipments: Rows, loans: Rows, returns: Rows, catalogue: Catalogue, customer_names: Parties,
    order_lines: OrderLines, settings: Settings,
) -> DataFrame:  # fmt: skip
    """One row a sale, in the order of the ledgers and their rows; the columns are `COLUMNS`.

    `kind` is sale, return, loan (sold from loan) or refund; what is given back has quantity and money below zero, but
    red letters keep the kind of what they take back. `qty`, `written_qty` and `price` are whole millionths, `cents` and
    `cost_cents` whole cents; `qty` is 0 where the row is in another unit than its product's (`apart`), `cost_cents`
    where the register knows no cost (`has_cost`), `price` where the row has none (`has_price`). `day` is datetime64[s].
    """
    from pandas import DataFrame

    del settings
    charges = Charges(orders, shipments, loans, returns)
    shares = OrderShares(orders, (shipments, loans), catalogue, order_lines)
    places = _places(orders, shipments, loans, returns)
    found = [each for each in zip(places, charges, strict=True) if each[1].kind != "opening"]
    priced = _priced(shares, [charge for _, charge in found])
    people = People(orders, catalogue, customer_names)
    frame = DataFrame.from_records(
        [_row(place, charge, priced, catalogue, customer_names, people) for place, charge in found], columns=COLUMNS
    )
    return typed(frame)


def typed(frame: DataFrame) -> DataFrame:
    """The frame with the types of its columns."""
    whole = ("row", "qty", "written_qty", "price")
    types = dict.fromkeys((name for name in TEXTS if name in frame), "category")
    types |= dict.fromkeys((name for name in whole if name in frame), "int64")
    types |= dict.fromkeys((name for name in ("apart", "has_cost", "has_price") if name in frame), "bool")
    return frame.astype(types | {"day": "datetime64[s]"})


def _places(orders: Rows, shipments: Rows, loans: Rows, returns: Rows) -> Iterator[tuple[str, int, str, str]]:
    """Ledger, row, own salesperson and note of each charge."""
    at_once = orders.at_once
    wanted = [(orders, {"order"})] if at_once else [(loans, {"sell"})]
    wanted += [(shipments, {"opening"} if at_once else {"ship", "return", "opening"}), (returns, {"refund"})]
    for rows, actions in wanted:
        has_people = any(column.id == "salesperson" for column in rows.ledger.columns)
        names = ("action", "row", "note", *(("salesperson",) if has_people else ()))
        for action, row, note, *person in rows.pick(*names):
            if action in actions:
                yield rows.ledger.id, row, (person[0].strip() if person else ""), note


def _priced(shares: OrderShares, charges: list[Charge]) -> dict[tuple[Any, ...], list[int]]:
    """The money of rows that say none, from their orders."""
    named = {charge.order_no for charge in charges if charge.cents is None}
    found: dict[tuple[Any, ...], list[int]] = {}
    if named:
        shares.expect_many()
        for charge in shares.priced(charge for charge in charges if charge.order_no in named):
            found.setdefault(charge._replace(cents=None), []).append(charge.cents or 0)
    return found


class People:
    """Whose sale a row is: its own word, else its order's, else the customer's register's.

    Where an order was given to another salesperson later, that is the word of its rows.
    """

    def __init__(self, orders: Rows, catalogue: Catalogue, customers: Parties) -> None:
        self._customers = customers
        self._words: dict[str, Words] = {}
        self._changed: set[str] = set()
        for row, action, no, name, model, person in orders.pick(
            "row", "action", "order_no", "product", "model", "salesperson"
        ):
            if person.strip():
                number = (no and no.strip()) or f"{orders.file}:{row}"
                words = self._words.setdefault(number, Words())
                say = words.ordered if action == "order" else words.changed
                if action != "order":
                    self._changed.add(number)
                say(catalogue.identify(name, model), "salesperson", person.strip())

    def of_order(self, own: str, order_no: str, product: str, customer: str) -> str:
        """The salesperson of an order row; "" where nobody says."""
        return self.of("" if order_no in self._changed else own, order_no, product, customer)

    def of(self, own: str, order_no: str, product: str, customer: str) -> str:
        """The salesperson of a row; "" where nobody says."""
        words = self._words.get(order_no)
        said = own or (words.of(product)[1] if words else "")
        return said or str(self._customers.party(customer).card.get("salesperson") or "").strip()


def _row(
    place: tuple[str, int, str, str], charge: Charge, priced: dict[tuple[Any, ...], list[int]], catalogue: Catalogue,
    customers: Parties, people: People,
) -> tuple[Any, ...]:  # fmt: skip
    ledger, row, person, note = place
    customer = customers.identify(charge.customer)
    product = catalogue.identify(charge.name, charge.model)
    known = catalogue.product(product) if product else None
    cents = charge.cents if charge.cents is not None else priced[charge].pop(0)
    apart = known is not None and not counts_in(known, charge.unit.strip())
    cost = None if known is None or apart else known.cost
    given_back = charge.qty < 0 or (not charge.qty and cents < 0)
    person_of = people.of_order if ledger == "orders" else people.of
    kind = "return" if charge.kind == "sale" and given_back and not is_red(note) else charge.kind
    return (
        ledger, row, kind, charge.day, charge.no, charge.order_no, customer, product, charge.model.strip(),
        charge.unit.strip(), known.category if known else "", person_of(person, charge.order_no, product, customer),
        0 if apart else millionths(charge.qty), millionths(charge.qty), apart, cents,
        0 if cost is None else money.cents(money.amount(charge.qty, cost)), cost is not None,
        0 if charge.price is None else millionths(charge.price), charge.price is not None,
    )  # fmt: skip

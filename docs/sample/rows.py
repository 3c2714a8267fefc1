"""How rows of the sample book are made: a document's number gives its day, the registers give what is left unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from salesaid.core import numbers
from salesaid.core.keys import party_key
from salesaid.core.money import rounded

from .registers import CUSTOMERS, PRICES, PRODUCTS, Row

REVIEWER = "李经理"
CLERKS = ("小于", "小郑")
AS_USUAL = "="

# Spellings in hand-written rows, and what they stand for; the last three are questions that nobody has answered.
SPELLINGS = {"bvm7—710": "BVM7-710", "BVM7 710": "BVM7-710", "电源线1.5米": "电源线"}
UNANSWERED = {"bvm7—710—8505": "BVM7-710", "安卡电子": "安卡", "鹏得": "鹏得五金"}

_PRODUCTS = {str(row["product"]): row for row in PRODUCTS}
_CUSTOMERS = {party_key(str(row["customer"])): row for row in CUSTOMERS}
_HOLIDAYS = {date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 9))}
_CARRIERS = (("顺丰", "SF"), ("德邦", "DPK"), ("中通", ""), ("安能", ""))


def day_of(number: str) -> date:
    """The day in a document number."""
    parts = numbers.split(number)
    if parts is None:
        raise ValueError(number)
    return parts.day


def is_workday(day: date) -> bool:
    """Whether the office is open."""
    return day.weekday() < 5 and day not in _HOLIDAYS  # noqa: PLR2004 - Saturday is day five


def workday(day: date, ahead: int = 0) -> date:
    """The first working day on or after a day, and so many working days later."""
    while ahead or not is_workday(day):
        ahead -= is_workday(day)
        day += timedelta(days=1)
    return day


def product_of(name: str) -> Row:
    """The product that a written name means."""
    return _PRODUCTS[SPELLINGS.get(name) or UNANSWERED.get(name, name)]


def customer_of(name: str) -> Row:
    """The customer that a written name means."""
    return _CUSTOMERS[party_key(UNANSWERED.get(name, name))]


def price_of(name: str, customer: str, day: date) -> Decimal:
    """The customer's own price on a day, else everyone's, else the list price."""
    product = product_of(name)
    for whose in (customer, ""):
        for row in reversed(PRICES):
            fits = row["product"] == product["product"] and row["customer"] == whose
            if fits and str(row["date"]) <= day.isoformat() <= str(row["until"] or "9999"):
                return Decimal(str(row["price"]))
    return Decimal(str(product["price"]))


def free_number(taken: set[str], prefix: str, day: date) -> str:
    """The day's first number that nothing has yet; from now on it is taken."""
    free = next(no for at in range(1, 1000) if (no := numbers.number(prefix, day, at)) not in taken)
    taken.add(free)
    return free


def goods_of(name: str, qty: object, unit: str = "") -> Row:
    """The cells of a product; only a name written as in the register brings its model and spec along."""
    product = product_of(name)
    known = name in _PRODUCTS
    model, spec = (product["model"], product["spec"]) if known else ("", "")
    return {"product": name, "model": model, "spec": spec, "qty": Decimal(str(qty)), "unit": unit or product["unit"]}


def _money(goods: Row, customer: str, day: date, price: str, amount: str) -> Row:
    if not price:
        return {}
    each = price_of(str(goods["product"]), customer, day) if price == AS_USUAL else Decimal(price)
    whole = rounded(each * Decimal(str(goods["qty"])), 2) if amount == AS_USUAL else Decimal(amount)
    return {"price": each, "amount": whole}


def order(
    number: str,
    customer: str,
    product: str,
    qty: object,
    due: str = "",
    *,
    on: str = "",
    price: str = AS_USUAL,
    amount: str = AS_USUAL,
    unit: str = "",
    reviewed_by: str = REVIEWER,
    note: str = "",
) -> Row:
    """A line of an order. `on` is its day where that is not the number's."""
    goods = goods_of(product, qty, unit)
    day = day_of(number)
    return {
        "order_no": number,
        "date": on or day,
        "action": "order",
        "customer": customer,
        **goods,
        **_money(goods, customer, day, price, amount),
        "due": due,
        "salesperson": customer_of(customer)["salesperson"],
        "reviewed_by": reviewed_by,
        "note": note,
    }


def about_order(line: Row, action: str, on: object, cells: Row) -> Row:
    """A row that changes, reviews or closes an order, made from one of its lines."""
    kept = {name: line[name] for name in ("order_no", "customer")}
    return {**kept, "date": on, "action": action, "qty": Decimal(0), **cells}


def ship(
    number: str,
    line: Row,
    product: str = "",
    qty: object = None,
    *,
    action: str = "ship",
    price: str = AS_USUAL,
    components: str = "",
    serial: str = "",
    note: str = "",
) -> Row:
    """A shipment of an order line: the line's product, quantity and price unless others are given."""
    name = product or str(line["product"])
    same = product_of(name) is product_of(str(line["product"]))
    goods = goods_of(name, line["qty"] if qty is None else qty, str(line["unit"]) if same else "")
    goods.pop("spec")
    if price == AS_USUAL and same:
        price = str(line.get("price", ""))
    day = day_of(number)
    return {
        "ship_no": number,
        "date": day,
        "action": action,
        "order_no": line["order_no"],
        "customer": line["customer"],
        **goods,
        **_money(goods, str(line["customer"]), day, price, AS_USUAL),
        "serial": serial,
        "components": components or product_of(name)["components"],
        **_on_the_way(number, goods),
        "handler": CLERKS[Random(number).random() < 0.5],  # noqa: S311, PLR2004 - the same draw each time
        "note": note,
    }


def _on_the_way(number: str, goods: Row) -> Row:
    """Carrier, tracking number and weight, drawn from the shipment's number: one parcel has one of each."""
    draw = Random(number)  # noqa: S311 - the same draw each time
    if product_of(str(goods["product"]))["stocked"] == "否":
        return {}
    carrier, prefix = _CARRIERS[int(draw.random() * len(_CARRIERS))]
    tracking = f"{prefix}{int(draw.random() * 9 * 10**11) + 10**11}"
    kilos = Decimal(str(goods["qty"])) if goods["unit"] == "kg" else rounded(Decimal(str(draw.random() * 9 + 1)), 1)
    freight = 10 + int(draw.random() * 8) + int(kilos / 2)
    return {"carrier": carrier, "tracking_no": tracking, "weight": kilos, "freight": Decimal(freight)}


def sign(shipment: Row, on: date) -> Row:
    """The row that says a shipment has arrived."""
    kept = {name: shipment[name] for name in ("ship_no", "order_no", "customer", "handler")}
    return {**kept, "date": on, "action": "sign", "qty": Decimal(0)}


def by_number(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows grouped by their document's number, in their order."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row[column]), []).append(row)
    return groups

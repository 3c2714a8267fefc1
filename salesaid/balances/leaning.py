"""What leans on a document, so that it is not voided unasked: shipments, signatures, returns, later steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.shipments_made import Shipment, ShipmentsMade
from salesaid.core.rows import ZERO, Rows
from salesaid.core.text import Text, same

Document = tuple[str, str]
"""A ledger's id and a document number in it."""

STEPPED = frozenset({"loans", "purchases", "returns"})  # the first action makes the document, others carry it on

_SIGNED = Text("确要冲销已签收的货，请加 --force", "to void goods that were signed for, add --force")
_STEPS = Text("确要连后面的步骤一起冲销，请加 --force", "to void it with its later steps, add --force")


class Leaning(NamedTuple):
    """What leans on a document; a signature or a step is no document, and `meant` says how it is voided too."""

    text: Text
    is_document: bool
    meant: Text = _SIGNED


def leaning(documents: Sequence[Document], made: ShipmentsMade, products: Collection[str]) -> list[Leaning]:
    """What leans on these: shipments of an order, the signature of a shipment, and what came back of its goods."""
    own = {number for ledger, number in documents if ledger == "shipments"}
    found: dict[str, Leaning] = {}
    for ledger, number in documents:
        if ledger == "orders":
            by = [each for each in made.of_order(number) if _stands(each, products)]
        elif ledger == "shipments" and number in made.all:
            by = _returns_of(made.all[number], made, products)
            signed = made.all[number].signed
            if signed:
                text = Text(f"{number} 的签收（{signed}）", f"the signature of {number} ({signed})")
                found[f"{number} {signed}"] = Leaning(text, is_document=False)
        else:
            continue
        found |= {each.ship_no: Leaning(same(each.ship_no), True) for each in by if each.ship_no not in own}
    return list(found.values())


def _returns_of(shipment: Shipment, made: ShipmentsMade, products: Collection[str]) -> list[Shipment]:
    """Standing returns of what a shipment sent, of these products or of all."""
    if shipment.action != "ship":
        return []
    sent = {row.product for row in shipment.rows if not products or row.product in products}
    found = made.of_order(shipment.order_no) if sent else []
    return [each for each in found if each.action == "return" and _stands(each, sent)]


def _stands(shipment: Shipment, products: Collection[str]) -> bool:
    """Whether red letters have left anything of a shipment or return, of these products or of any."""
    sums: dict[str, Decimal] = {}
    for row in shipment.rows:
        sums[row.product] = sums.get(row.product, ZERO) + row.qty
    return any(qty and (not products or product in products) for product, qty in sums.items())


def later_steps(
    journals: Mapping[str, Rows], document: Document, products: Collection[str], catalogue: Catalogue
) -> list[Leaning]:
    """The steps under a document's own number that red letters have not taken back, the newest day of each."""
    ledger, number = document
    rows = journals[ledger]
    if ledger not in STEPPED:
        return []
    first, sums, days = rows.ledger.actions[0].id, dict[_Step, Decimal](), dict[_Step, date]()
    for row, no, action, day, written, qty, order_no in rows.pick(
        "row", rows.ledger.number or "row", "action", "date", ("product", "model"), "qty", "order_no"
    ):
        own = (no.strip() if isinstance(no, str) else "") or f"{rows.file}:{row}"
        if own == number and action != first and (not products or catalogue.identify(*written) in products):
            step = (action, (order_no or "").strip() if action == "sell" else "")
            sums[step] = sums.get(step, ZERO) + qty
            days[step] = max(day, days.get(step, day))
    return [_step(rows.ledger.action(step[0]).word, step, days[step]) for step, qty in sums.items() if qty]


_Step = tuple[str, str]
"""An action, and the order by which goods on loan were sold."""


def _step(word: Text, step: _Step, day: date) -> Leaning:
    """A sale from loan is voided with its order; other steps are no documents."""
    if step[1]:
        return Leaning(same(step[1]), is_document=True)
    return Leaning(Text(f"{word.zh}（{day}）", f"{word.en} ({day})"), False, _STEPS)

"""Which papers of shipped orders are not there: the kinds that the settings ask for, held against the documents."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.owners import Owners
from salesaid.balances.papers import Papers
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.wanted_papers import Wanted
from salesaid.core.paper_kinds import lacking
from salesaid.settings import Settings


class MissingPapers(NamedTuple):
    """An order that was shipped and lacks papers; `shipped_on` is the day of its first shipment, else its own.

    `salesperson` is the order's, else the customer's, else blank.
    """

    order_no: str
    day: date
    customer: str
    salesperson: str
    shipped_on: date
    kinds: tuple[str, ...]


def missing_papers(
    order_lines: OrderLines, shipments_made: ShipmentsMade, papers: Papers, wanted_papers: Wanted, owners: Owners,
    settings: Settings,
) -> list[MissingPapers]:  # fmt: skip
    """The orders that lack any, in file order."""
    wanted = wanted_papers
    if not wanted.kinds:
        return []
    there: dict[str, list[str]] = {}
    for paper in papers.all:
        there.setdefault(paper.order_no, []).append(paper.kind)
    shipped = _shipped(order_lines, wanted.since)
    left = _left_on(shipments_made) if shipped and not settings.at_once else {}
    found = []
    for number, line in shipped.items():
        kinds = lacking(wanted.kinds, there.get(number, ()))
        if kinds:
            day, by = left.get(number, line.day), "".join(owners.of_order(number, line.customer))
            found.append(MissingPapers(number, line.day, line.customer, by, day, tuple(kinds)))
    return found


def _shipped(lines: OrderLines, since: date | None) -> dict[str, OrderLine]:
    """The first line of each order of which anything was shipped; what came back as a whole was not."""
    found: dict[str, OrderLine] = {}
    for line in lines.all:
        if line.shipped > 0 and (since is None or line.day >= since):
            found.setdefault(line.order_no, line)
    return found


def _left_on(made: ShipmentsMade) -> dict[str, date]:
    """The day of each order's first shipment."""
    found: dict[str, date] = {}
    for shipment in made.all.values():
        if shipment.action == "ship" and shipment.order_no:
            known = found.get(shipment.order_no)
            found[shipment.order_no] = shipment.day if known is None else min(known, shipment.day)
    return found

"""The order lines that wait for a purchase: what lies on the shelf does not reach them."""

from __future__ import annotations

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.incoming import Incoming
from salesaid.balances.promised import Promised
from salesaid.balances.purchase_lines import PurchaseLine
from salesaid.balances.reach import Reach
from salesaid.balances.shortage import Short, short_lines, waits


def blocked(reach: Reach, promised: Promised, incoming: Incoming, catalogue: Catalogue) -> Blocked:
    """Which orders wait for which purchase."""
    return Blocked(reach, promised, incoming, catalogue)


class Blocked:
    """Who waits, by what a purchase line brings."""

    def __init__(self, reach: Reach, promised: Promised, incoming: Incoming, catalogue: Catalogue) -> None:
        self._reach = reach
        self._promised = promised
        self._incoming = incoming
        self._catalogue = catalogue

    def by(self, line: PurchaseLine) -> list[Short]:
        """The order lines that wait for a purchase line, the oldest first."""
        return [short for part, _ in self._catalogue.contents(line.product) for short in self._of(part, line)]

    def _of(self, part: str, line: PurchaseLine) -> list[Short]:
        short = short_lines(self._reach.on_shelf(part), self._promised.open_lines(part))
        found = waits(short, self._incoming.lots(part)) if short else []
        return [wait.short for wait in found if wait.purchase_no == line.purchase_no]

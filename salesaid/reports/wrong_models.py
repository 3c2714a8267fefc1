"""发错型号：每月各发货人的差错率和未了结的。 | Wrong models shipped: the rate of errors by month and sender."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.wrong_models import Case, WrongModels
from salesaid.core.blanks import Named
from salesaid.core.kinds import QTY, RATE
from salesaid.core.months import MONTH
from salesaid.core.periods import Period, holding, month_name
from salesaid.core.rows import ZERO, Rows
from salesaid.core.shares import share
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

PERIOD = "year"
FIELDS = (
    Field("month", Text("月份", "Month"), MONTH, key=True),
    Field("sender", Text("发货人", "Sender"), Named(Text("(未填)", "(not filled in)")), key=True),
    Field("lines", Text("发货行数", "Lines shipped"), QTY),
    Field("wrong", Text("发错行数", "Wrong lines"), QTY),
    Field("rate", Text("差错率", "Error rate"), RATE),
    Field("open", Text("未了结", "Open cases"), QTY),
)
_SENDER = Text(
    "发货人：出货的经手人，没写的按仓库；一张出货单上的一种产品算一行，红字冲销掉的不算",
    "the sender is a shipment's handler, else its warehouse; a product on a shipment is a line, unless red letters "
    "took all of it back",
)


class _Line(NamedTuple):
    """One product on one shipment; day and sender are its first row's."""

    day: date
    sender: str
    order_no: str
    product: str


class _Sender:
    """What one sender shipped in one month."""

    def __init__(self) -> None:
        self.lines = self.wrong = self.open = 0


def wrong_models(shipments: Rows, catalogue: Catalogue, wrong_models: WrongModels, *, period: Period) -> Table:
    """A row a month and sender, in the order of the months, whoever errs most first.

    A line is wrong where its order did not have that product and a case came of it, closed since or not. An open case
    stands with whoever sent its first line.
    """
    cases = {(case.number, case.product): case for case in wrong_models.all if case.ledger == "orders"}
    told: set[tuple[str, str]] = set()
    found: dict[tuple[str, str], _Sender] = {}
    for line in sorted(_shipped(shipments, catalogue), key=lambda line: line.day):
        case = cases.get((line.order_no, line.product))
        is_first = case is not None and (case.number, case.product) not in told
        if case is not None:
            told.add((case.number, case.product))
        if period.holds(line.day):
            month = month_name(holding(line.day, "month", period.month_end))
            _count(found.setdefault((month, line.sender), _Sender()), case, is_first=is_first)
    rows = [(month, sender or None, *_figures([each])) for (month, sender), each in found.items()]
    rows.sort(key=lambda row: (row[0], -(row[4] or ZERO), row[1] or ""))
    totals = dict(zip(("lines", "wrong", "rate", "open"), _figures(found.values()), strict=True))
    title = Text("发错型号　", "Wrong models shipped, ") + period.title
    return Table(title, FIELDS, rows, totals, (Note("sender", "info", _SENDER),))


def _count(sender: _Sender, case: Case | None, *, is_first: bool) -> None:
    sender.lines += 1
    sender.wrong += case is not None
    sender.open += case is not None and is_first and case.is_open


def _shipped(shipments: Rows, catalogue: Catalogue) -> Iterator[_Line]:
    """The lines of all shipments of which something was sent that red letters did not take back."""
    sums: dict[tuple[str, str], Decimal] = {}
    lines: dict[tuple[str, str], _Line] = {}
    for row, no, action, day, order_no, name, model, qty, handler, warehouse in shipments.pick(
        "row", "ship_no", "action", "date", "order_no", "product", "model", "qty", "handler", "warehouse"
    ):
        if action == "ship":
            product = catalogue.identify(name, model)
            key = (no or f"{shipments.file}:{row}", product)
            sums[key] = sums.get(key, ZERO) + qty
            lines.setdefault(key, _Line(day, handler.strip() or warehouse.strip(), order_no or "", product))
    return (line for key, line in lines.items() if sums[key] > 0)


def _figures(senders: Iterable[_Sender]) -> tuple[Decimal, Decimal, Decimal | None, Decimal]:
    """Lines, wrong ones, their rate and open cases."""
    own = list(senders)
    lines, wrong = sum(each.lines for each in own), sum(each.wrong for each in own)
    return Decimal(lines), Decimal(wrong), share(wrong, lines), Decimal(sum(each.open for each in own))

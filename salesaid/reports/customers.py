"""客户销售：每个客户的订单、销售、退货、回款、毛利和增减。 | Customers: orders, sales, returns, receipts, change."""

from __future__ import annotations

from salesaid.balances.folded_customers import FoldedCustomers
from salesaid.balances.parties import Parties
from salesaid.core.periods import Period
from salesaid.core.tables import Chart, Table, more
from salesaid.core.text import Text
from salesaid.frames.figure_tables import CUSTOMER, Named, figure_table, layout
from salesaid.frames.measured import Measured, with_zeros

_TITLE = Text("客户销售", "Customers")
TOP = 10


def customers(
    measured: Measured, customer_names: Parties, folded_customers: FoldedCustomers, *, period: Period,
    limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a customer, also of those who bought nothing, but for lost ones who never did."""
    known = {party.id for party in customer_names.registered.values() if party.card.get("status") != "lost"}
    known |= measured.names("customer")
    groups = with_zeros(measured.figures(period, ("customer",)), ((name,) for name in known))
    notes = (*more(len(groups), limit), *folded_customers.note(known))
    return figure_table(
        _TITLE + Text("：", ": ") + period.title, (CUSTOMER,), groups, measured.total(period),
        layout(measured, period), lambda key: Named((key[0] or None,)), notes=notes,
        chart=Chart("bars", "customer", ("net",), top=TOP), limit=limit, newest=newest,
    )  # fmt: skip

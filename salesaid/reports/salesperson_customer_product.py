"""业务员、客户、产品明细汇总：谁把什么卖给了谁。 | Salesperson by customer by product: who sold what to whom."""

from __future__ import annotations

from functools import partial

from salesaid.balances.folded_customers import FoldedCustomers
from salesaid.balances.folded_names import FoldedNames
from salesaid.core.periods import Period
from salesaid.core.tables import Table, more
from salesaid.core.text import Text
from salesaid.frames.figure_tables import CUSTOMER, PRODUCT, SALESPERSON, Named, figure_table, layout
from salesaid.frames.measured import Measured, with_zeros

_TITLE = Text("业务员、客户、产品", "Salesperson, customer, product")
_KEYS = ("salesperson", "customer", "product")


def salesperson_customer_product(
    measured: Measured, folded_names: FoldedNames, folded_customers: FoldedCustomers, *, period: Period,
    limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row for each of the three together that something was ordered or sold of, in the year or a year before."""
    groups = with_zeros(measured.figures(period, _KEYS), ())
    groups.sort(key=lambda each: each[0])
    folded = (
        *folded_names.of_sales(measured.names("product"), partial(measured.written, period)),
        *folded_customers.note(measured.names("customer")),
    )
    total = measured.total(period)._replace(received=0)
    return figure_table(
        _TITLE + Text("：", ": ") + period.title, (SALESPERSON, CUSTOMER, PRODUCT), groups, total,
        layout(measured, period, of_money=False), lambda key: Named(tuple(name or None for name in key)),
        notes=(*more(len(groups), limit), *folded), limit=limit, newest=newest,
    )  # fmt: skip

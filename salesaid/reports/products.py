"""产品销售：每个产品的数量、销售、退货、毛利和增减。 | Products: quantity, sales, returns, margin and change."""

from __future__ import annotations

from functools import partial

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.folded_names import FoldedNames
from salesaid.core.kinds import TEXT
from salesaid.core.periods import Period
from salesaid.core.tables import Chart, Field, Table, more
from salesaid.core.text import Text
from salesaid.frames.figure_tables import CATEGORY, PRODUCT, Named, figure_table, layout
from salesaid.frames.measured import Measured, with_zeros

_TITLE = Text("产品销售", "Products")
_FIELDS = (
    PRODUCT,
    Field("model", Text("型号", "Model"), TEXT),
    Field("unit", Text("单位", "Unit"), TEXT),
    CATEGORY._replace(key=False),
)
TOP = 10


def products(
    measured: Measured, catalogue: Catalogue, folded_names: FoldedNames, *, period: Period,
    limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a product, also of those that nobody bought, but for discontinued ones that nobody ever did."""
    known = {id_ for id_, product in catalogue.registered.items() if product.status != "discontinued"}
    known |= measured.names("product")
    groups = with_zeros(measured.figures(period, ("product",)), ((name,) for name in known))
    total = measured.total(period)._replace(received=0)

    models = measured.models()

    def name(key: tuple[str, ...]) -> Named:
        product = catalogue.registered.get(key[0])
        cells = (product.model, product.unit, product.category) if product else (models.get(key[0]), None, None)
        return Named((key[0] or None, *(cell or None for cell in cells)))

    notes = (*more(len(groups), limit), *folded_names.of_sales(known, partial(measured.written, period)))
    return figure_table(
        _TITLE + Text("：", ": ") + period.title, _FIELDS, groups, total, layout(measured, period, of_money=False),
        name, notes=notes, chart=Chart("bars", "product", ("net",), top=TOP), limit=limit, newest=newest,
    )  # fmt: skip

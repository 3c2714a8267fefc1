"""价格变动：价格表、协议价和成交价，比上一次涨跌多少。 | Prices as they changed: listed, agreed, and paid."""

from __future__ import annotations

from salesaid.balances.prices_paid import PricePoint, PricesPaid
from salesaid.core import money
from salesaid.core.blanks import PRODUCT, Named
from salesaid.core.kinds import DATE, NUMBER_NO, PRICE, QTY, RATE, Choice
from salesaid.core.periods import Period
from salesaid.core.tables import Chart, Field, Note, Table, more
from salesaid.core.text import Text

PERIOD = "year"

SOURCE = Choice(
    {
        "list": Text("价格表", "list"),
        "agreed": Text("协议价", "agreed"),
        "order": Text("成交价", "order"),
    }
)
FIELDS = (
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("customer", Text("客户", "Customer"), Named(Text("(所有客户)", "(everyone)")), key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("source", Text("来源", "Source"), SOURCE),
    Field("price", Text("单价", "Price"), PRICE),
    Field("before", Text("上次单价", "Before"), PRICE),
    Field("change", Text("涨跌", "Change"), PRICE),
    Field("change_rate", Text("涨跌幅", "Change, %"), RATE),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("qty", Text("数量", "Quantity"), QTY),
)
_PLACES = 4  # of a rate


def price_history(
    prices_paid: PricesPaid, *, period: Period, product: str | None = None, customer: str | None = None,
    limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row for each price in the period that is not the one before it, and for the first of each series.

    A series is of one product, one customer and one source. Of one product, rows are by day and drawn as a line.
    """
    points = prices_paid.changes(period.first, period.last, product=product, customer=customer)
    if product is not None:
        points.sort(key=lambda point: (point.day, point.customer, point.source))
    chart = None if product is None else Chart("line", "date", ("price",))
    notes: tuple[Note, ...] = more(len(points), limit)
    title = Text("价格变动 · ", "Price history · ") + period.title
    return Table(title, FIELDS, [_row(point) for point in points[:limit]], {}, notes, newest, chart=chart)


def _row(point: PricePoint) -> tuple[object, ...]:
    before = point.before
    change = None if before is None else point.price - before
    rate = None if change is None or not before else money.rounded(change / before, _PLACES)
    return (
        point.product or None, point.customer or None, point.day, point.source, point.price, before, change, rate,
        point.no or None, point.qty,
    )  # fmt: skip

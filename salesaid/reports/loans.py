"""借出未还：每个客户还有哪些货没还，值多少，多少天。 | Goods on loan by customer: their worth, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salesaid.balances.apart import apart_note
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, PRICE, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

FIELDS = (
    Field("customer", Text("客户", "Customer"), CUSTOMER, key=True),
    Field("loan_no", Text("借用单号", "Loan"), NUMBER_NO, key=True),
    Field("date", Text("借出日期", "Lent on"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("lent", Text("借出", "Lent"), QTY),
    Field("out", Text("在外", "Out"), QTY),
    Field("list_price", Text("现价", "List price"), PRICE),
    Field("value", Text("按现价金额", "At list price"), MONEY),
    Field("days_out", Text("在外天数", "Days out"), DAYS),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("purpose", Text("用途", "Purpose"), TEXT),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
)


def loans(
    loan_lines: LoanLines, last_prices: LastPrices, today: date, *, customer: str | None = None,
    product: str | None = None,
) -> Table:  # fmt: skip
    """The lines of which something is out, by customer, the longest out first.

    `value` is what is out at the list price of today; `days_out` counts from the oldest row that is still out.
    """
    lines = [line for line in loan_lines.open if customer in {None, line.customer} and product in {None, line.product}]
    lines.sort(key=lambda line: (not line.customer, line.customer, _since(line), line.loan_no))
    rows = [_row(line, _list_price(line, last_prices, today), today) for line in lines]
    value = money.total(own for row in rows if isinstance(own := row[_VALUE], Decimal))
    counted = [line for line in lines if not line.is_apart]
    sums = {name: sum((getattr(line, name) for line in counted), ZERO) for name in ("lent", "out")}
    notes = (*_overdue(lines, today), *_unpriced(rows), *apart_note((line.loan_no, line) for line in lines))
    return Table(Text("借出未还", "On loan"), FIELDS, rows, sums | {"value": value}, notes)


_VALUE = next(at for at, field in enumerate(FIELDS) if field.name == "value")


def _since(line: LoanLine) -> date:
    return min((lot.day for lot in line.lots), default=line.day)


def _list_price(line: LoanLine, prices: LastPrices, today: date) -> Decimal | None:
    """The list price; none for goods in another unit than the price is for."""
    offer = None if line.is_apart else prices.on(line.product, today)
    return None if offer is None else offer.price


def _row(line: LoanLine, price: Decimal | None, today: date) -> tuple[object, ...]:
    late, value = line.days_late(today), None if price is None else money.amount(line.out, price)
    return (
        line.customer or None, line.loan_no, line.day, line.product or None, line.lent, line.out, price, value,
        Decimal((today - _since(line)).days), line.due, None if late is None else Decimal(late),
        line.purpose or None, line.salesperson or None,
    )  # fmt: skip


def _overdue(lines: Iterable[LoanLine], today: date) -> list[Note]:
    late = [days for line in lines if (days := line.days_late(today)) is not None]
    if not late:
        return []
    text = Text(f"{len(late)} 行逾期未还，最久 {max(late)} 天", f"{len(late)} overdue, the longest by {max(late)} days")
    return [Note("overdue", "warning", text)]


def _unpriced(rows: Iterable[tuple[object, ...]]) -> list[Note]:
    count = sum(row[_VALUE] is None for row in rows)
    text = Text(f"{count} 行没有现价，价值不在合计里", f"{count} without a list price: their value is not in the total")
    return [Note("no_price", "warning", text)] if count else []

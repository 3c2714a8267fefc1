"""Orders: a row a line, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.odd_orders import odd_notes
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.other_units import apart_notes, in_sums
from salesaid.balances.paying import PAYING, Paid, Paying, is_unpaid
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import understood_note, word_meant

SHIPPING = Choice(
    {
        "unshipped": Text("未发", "unshipped"),
        "partial": Text("部分发货", "partial"),
        "shipped": Text("已发完", "shipped"),
        "over": Text("超发", "over"),
        "closed": Text("已关闭", "closed"),
    }
)
REVIEW = Choice({"pending": Text("未审", "pending"), "reviewed": Text("已审", "reviewed")})
FIELDS = (
    Field("order_no", Text("订单号", "Order"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("model", Text("型号", "Model"), TEXT),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("closed", Text("关闭", "Closed"), QTY),
    Field("shipped", Text("已发", "Shipped"), QTY),
    Field("open", Text("未发", "Open"), QTY),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("received", Text("已收款", "Received"), MONEY),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("shipping", Text("发货", "Shipping"), SHIPPING),
    Field("paying", Text("回款", "Paying"), PAYING),
    Field("review", Text("评审", "Review"), REVIEW),
)
_SALESPERSON = Text("业务员", "salesperson")
_SUMMED = ("ordered", "closed", "shipped", "open", "amount")
_summed = attrgetter(*_SUMMED)


def order_list(
    order_lines: OrderLines, paying: Paying, orders: Rows, customers: Rows, folded_names: FoldedNames, today: date, *,
    customer: str | None = None, product: str | None = None, salesperson: str | None = None,
    customer_po: str | None = None, only_open: bool = False, only_late: bool = False, only_unpaid: bool = False,
    since: date | None = None, until: date | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The lines that fit, newest first; totals over all of them, also where `limit` shows fewer."""
    by = None if salesperson is None else word_meant(salesperson, _salespeople(orders, customers), _SALESPERSON)
    lines = [
        line
        for line in _lines(order_lines, customer, product)
        if (customer is None or line.customer == customer)
        and (product is None or line.product == product)
        and _says(line.salesperson, by)
        and _says(line.customer_po, customer_po)
        and (not only_open or line.open > 0)
        and (not only_late or line.days_late(today) is not None)
        and (not only_unpaid or is_unpaid(paying.of(line)))
        and (since is None or line.day >= since)
        and (until is None or line.day <= until)
    ]
    lines.reverse()
    lines.sort(key=lambda line: line.day, reverse=True)
    rows = [row_of(line, paying.of(line), today) for line in lines[:limit]]
    sums = totals(lines) | {"received": paying.total(lines)}
    said = (*understood_note(salesperson, by), *more(len(lines), limit), *apart_notes(lines), *odd_notes(lines))
    notes = (*said, *_folded(product, lines, orders, folded_names))
    return Table(Text("订单", "Orders"), FIELDS, rows, sums, notes, newest)


def _folded(product: str | None, lines: Iterable[OrderLine], orders: Rows, names: FoldedNames) -> tuple[Note, ...]:
    """What was ordered of one product under names that a decision folds into it."""
    forms = names.forms(product) if product else None
    if not product or not forms:
        return ()
    there = {
        row for row, name, model in orders.pick("row", "product", "model") if (name.strip(), model.strip()) in forms
    }
    moved = sum((part.qty for line in lines for part in line.parts if part.row in there), ZERO)
    return names.note({product: moved}, Text("订购", "ordered"))


def _salespeople(orders: Rows, customers: Rows) -> Iterator[str]:
    """Whoever rows name: people without an order yet are known from their customers."""
    for rows in (orders, customers):
        yield from (name for (name,) in rows.pick("salesperson"))


def _says(cell: str, wanted: str | None) -> bool:
    return wanted is None or folded(cell) == folded(wanted)


def _lines(order_lines: OrderLines, customer: str | None, product: str | None) -> list[OrderLine]:
    if customer is not None:
        return order_lines.of_customer(customer)
    return order_lines.all if product is None else order_lines.of_product(product)


def row_of(line: OrderLine, paid: Paid, today: date) -> tuple[object, ...]:
    """One line in the order of FIELDS."""
    late = line.days_late(today)
    return (
        line.order_no, line.day, line.customer or None, line.product or None, line.model or None, line.ordered,
        line.closed, line.shipped, line.open, line.price, line.amount, paid.received, line.due,
        None if late is None else Decimal(late), line.salesperson or None, line.shipping, paid.paying, line.review,
    )  # fmt: skip


def totals(lines: Sequence[OrderLine]) -> dict[str, Decimal]:
    """Sums over lines, of quantities over those in their product's unit."""
    counted = in_sums(lines)
    cells = list(zip(*map(_summed, counted), strict=True)) or [()] * len(_SUMMED)
    sums = {name: money.total(values) for name, values in zip(_SUMMED, cells, strict=True)}
    return sums if counted is lines else sums | {"amount": money.total(line.amount for line in lines)}

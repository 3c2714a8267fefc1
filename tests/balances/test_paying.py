"""Over random books: an order is paid exactly where the ages have nothing open of it."""

from __future__ import annotations

import tempfile
from contextlib import closing
from decimal import Decimal

from hypothesis import example, given

from tests.balances.test_receivables import BOOKS, book_of, quick, ships

SOLD_BELOW_NOTHING = {
    "订单": ["A2,2025-09-01,下单,骏业,主板,0,,", "A2,2025-09-01,下单,骏业,线,2,,-7.5"],
    "出货": [],
    "借用": ["L1,2025-09-01,转销售,A2,骏业,线,1"],
    "返修": [],
    "收款": [],
}


@quick
@given(BOOKS, ships)
@example(SOLD_BELOW_NOTHING, "later")
def test_an_order_with_nothing_to_ship_is_paid_where_the_ages_have_nothing_open_of_it(sheets, mode):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, mode)) as book:
        paying, found, lines = (book.supply(name) for name in ("paying", "receivables", "order_lines"))
        open_: dict[str, Decimal] = {}
        for debt in found.open_debts():
            open_[debt.order_no] = open_.get(debt.order_no, Decimal(0)) + debt.open
        orders: dict[str, list] = {}
        for line in lines.all:
            orders.setdefault(line.order_no, []).append(line)
        for number, own in orders.items():
            paid = paying.of_order(own)
            assert sum(each.received for each in paid) == paying.received(number)
            assert sum(part.amount for part in paying.parts(number)) == paying.received(number)
            if all(line.open <= 0 for line in own):
                assert all(each.paying in {"paid", "over"} for each in paid) == (not open_.get(number)), number

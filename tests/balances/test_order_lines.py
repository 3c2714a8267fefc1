"""Order lines asked for in part are the same lines as all of them."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from salesaid.balances.order_lines import OrderLine, Part, order_lines, shares
from salesaid.book import Book
from tests import retail
from tests.desk import Desk

HEADS = (
    "单号,日期,类型,客户,产品,数量,单价,业务员\n",
    "单号,日期,类型,订单号,客户,产品,数量\n",
)  # of loans as of shipments
DAYS = st.sampled_from(["2026-11-01", "2026-11-02", "2026-11-03"])
NUMBERS = st.sampled_from(["", "A1", "A2", "A3", "C1"])
CUSTOMERS = st.sampled_from(["骏业", "骏 业", "灵龙", ""])
PRODUCTS = st.sampled_from(["主板", "主—板", "线", ""])
orders = st.builds(
    "{},{},{},{},{},{},{},{}\n".format,
    NUMBERS, DAYS, st.sampled_from(["下单", "下单", "下单", "关闭", "变更"]), CUSTOMERS, PRODUCTS, st.integers(-5, 9),
    st.sampled_from(["", "2", "3.5"]), st.sampled_from(["", "徐峰"]),
)  # fmt: skip
shipments = st.builds(
    "S,{},{},{},{},{},{}\n".format, DAYS, st.sampled_from(["发货", "退回", "签收"]), NUMBERS, CUSTOMERS, PRODUCTS,
    st.integers(-2, 9),
)  # fmt: skip
loans = st.builds(
    "L,{},{},{},{},{},{}\n".format, DAYS, st.sampled_from(["转销售", "借出", "归还"]), NUMBERS, CUSTOMERS, PRODUCTS,
    st.integers(-2, 9),
)  # fmt: skip


def book_of(folder, rows, sent, ships, lent=()):
    desk = Desk(Path(folder), f'[ledgers.orders]\nships = "{ships}"\n')
    desk.write("订单.csv", HEADS[0] + "".join(rows))
    desk.write("出货.csv", HEADS[1] + "".join(sent))
    desk.write("借用.csv", HEADS[1] + "".join(lent))
    return Book(desk.folder, date(2026, 11, 23), "zh", "x")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(orders, max_size=9), st.lists(shipments, max_size=5), st.lists(loans, max_size=4),
    st.sampled_from(["later", "at_once"]),
)  # fmt: skip
@example(["A1,2026-11-01,下单,灵龙,线,1,,\n", "A1,2026-11-01,下单,骏业,主板,1,,\n"], [], [], "later")
@example(["A1,2026-11-01,下单,灵龙,主板,3,,\n"], ["S,2026-11-02,发货,A1,骏业,线,1\n"], [], "later")
@example(["A1,2026-11-01,下单,灵龙,主板,3,,\n"], [], ["L,2026-11-02,转销售,A1,骏业,线,1\n"], "later")
@example(["A1,2026-11-01,下单,灵龙,主板,3,,\n", "C1,2026-11-01,下单,灵龙,主板,-2,,\n"], [], [], "later")
def test_lines_of_a_customer_a_product_or_an_order_are_those_among_all(rows, sent, lent, ships):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, rows, sent, ships, lent)) as book:
        every = book.call(order_lines).all
        for name, ask in (("customer", "of_customer"), ("product", "of_product"), ("order_no", "of")):
            for value in {getattr(line, name) for line in every} | {"无"}:
                some = getattr(book.call(order_lines), ask)(value)
                assert some == [line for line in every if getattr(line, name) == value]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(orders, max_size=9), st.lists(shipments, max_size=5), st.randoms())
def test_the_order_of_rows_changes_no_sum(rows, sent, random):
    numbered = [row for row in rows if not row.startswith(",")]
    assert sums(random.sample(numbered, len(numbered)), sent) == sums(numbered, sent)


def sums(rows, sent):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, rows, sent, "later")) as book:
        lines = book.call(order_lines).all
        return {name: sum(getattr(line, name) for line in lines) for name in ("ordered", "shipped", "amount")}


parts = st.lists(
    st.builds(
        Part, st.decimals(0, 9, places=1), st.none() | st.decimals(0, 9, places=2), st.decimals(0, 99, places=2),
        st.none(), st.just(2),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def line_with(rows, shipped):
    ordered = sum((part.qty for part in rows), Decimal(0))
    zero = Decimal(0)
    return OrderLine(
        "A1", date(2026, 11, 1), "", "主板", "", "", ordered, zero, shipped, ordered - shipped, None, zero, None, "",
        "", "", "", tuple(rows),
    )  # fmt: skip


@given(parts, st.lists(st.decimals(0, 9, places=1), max_size=4))
def test_shares_of_any_part_shipments_add_up_to_the_rows_amounts(rows, cuts):
    ordered = sum((part.qty for part in rows), Decimal(0))
    marks = sorted({Decimal(0), ordered, *(cut for cut in cuts if cut < ordered)})
    taken = [share for a, b in pairwise(marks) for share in shares(line_with(rows, a), b - a)]
    assert sum((qty for qty, _, _ in taken), Decimal(0)) == ordered
    assert sum((amount or 0 for *_, amount in taken), Decimal(0)) == sum(p.amount for p in rows if p.qty)


@retail.needed
@pytest.mark.slow
def test_a_large_real_file_has_the_quantities_that_plain_arithmetic_finds(tmp_path):
    desk = Desk(tmp_path)
    retail.in_csv(desk)
    total = sum(Decimal(sale["Quantity"]) for sale in retail.sales())
    with closing(Book(desk.folder, date(2026, 11, 23), "en", "x")) as book:
        assert sum(line.ordered for line in book.call(order_lines).all) == total

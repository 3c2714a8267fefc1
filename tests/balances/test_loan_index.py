"""What the index keeps of loans is what a fresh reading finds: what is out, until when, and what is still promised."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.balances.lent_out import OnLoan
from salesaid.balances.loan_lines import loan_lines
from salesaid.balances.order_lines import order_lines
from salesaid.book import Book
from salesaid.core.kinds import QTY
from tests.balances import test_stock_index
from tests.balances.histories import FIRST, forms, ours, qtys
from tests.balances.test_stock_index import TODAY

quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(quick, max_examples=200)
CUSTOMERS = ("C1", "C2")
written = st.sampled_from(["C1", "c1", "C2"])
days = st.integers(0, 7).map(lambda n: (FIRST + timedelta(n)).isoformat())


def _row(no, day, form, qty, customer, **cells):
    return {
        "date": day, "product": form[0], "model": form[1], "qty": QTY.format(qty), "customer": customer, "unit": "",
        **cells, **no,
    }  # fmt: skip


loan = st.builds(
    lambda no, day, form, qty, customer, action, due, order, unit: _row(
        {"loan_no": no and f"LN{no}"}, day, form, qty, customer, action=action, due=due, unit=unit,
        order_no=f"SO{order}" if action == "sell" else "",
    ),
    st.sampled_from(["", "1", "2"]), days, forms, qtys, written,
    st.sampled_from(["lend", "lend", "lend", "return", "sell", "gift", "lose", "swap", "swap_in", "extend"]),
    st.sampled_from(["", "2026-12-01", "2026-12-31"]), st.integers(1, 2), st.sampled_from(["", "", "", "箱"]),
)  # fmt: skip
order = st.builds(
    lambda no, form, qty, customer: _row({"order_no": f"SO{no}"}, TODAY.isoformat(), form, abs(qty), customer),
    st.integers(1, 2), forms, qtys, written,
)  # fmt: skip
rows = st.one_of(
    st.tuples(st.just("loans"), loan), st.tuples(st.just("loans"), loan), st.tuples(st.just("orders"), order)
)


def speaks_of_something(row):
    """No command writes that a loan without a number is to last longer."""
    _, cells = row
    return cells.get("action") != "extend" or bool(cells["loan_no"])


posts = st.tuples(st.just("post"), rows.filter(speaks_of_something))
steps = st.one_of(
    posts,
    posts,
    st.tuples(st.just("by hand"), rows),
    st.tuples(st.just("lose index"), st.none()),
    st.tuples(st.just("next day"), st.none()),
)


class Desk(test_stock_index.Desk):
    """A book that things happen to, with due dates."""

    def post(self, ledger, cells):
        due = cells.get("due")
        super().post(ledger, cells | ({"due": date.fromisoformat(due)} if due else {}))


def answers(book):
    with closing(book):
        stock, promised, lent_out = (book.supply(name) for name in ("stock", "promised", "lent_out"))
        return {
            "stock": {id_: ours(places) for id_, places in stock.everything().items() if ours(places)},
            "promised": promised.everything(),
            "out": {customer: sorted(lent_out.of_customer(customer)) for customer in CUSTOMERS},
        }


def by_lines(book):
    """How much customers have on loan as the lines say it."""
    with closing(book):
        sums = {}
        for line in book.call(loan_lines).all:
            key = (line.customer, line.product)
            if line.out > 0 and not line.is_apart:
                sums[key] = sums.get(key, 0) + line.out
        return sums


def waiting(book):
    """What waits to be shipped as the order lines say it, bundles taken apart."""
    with closing(book):
        catalogue, sums = book.supply("catalogue"), {}
        for line in book.call(order_lines).all:
            parts = catalogue.contents(line.product) if catalogue.product(line.product).stocked else []
            for part, factor in parts:
                sums[part] = sums.get(part, 0) + max(line.open, 0) * factor
        return {id_: qty for id_, qty in sums.items() if qty}


def steps_answered(folder, happened):
    """The steps after which the index, a fresh reading and the lines all said the same."""
    desk, answered = Desk(folder, registered=True), []
    for step, what in happened:
        desk.do(step, what)
        for exact in (True, False):
            kept = answers(Book(folder, desk.day, "en", "me", exact=exact))
            assert kept == answers(Book(folder, desk.day, "en", "me").fresh())
        assert kept["promised"] == waiting(Book(folder, desk.day, "en", "me"))
        out = {(customer, each.product): each.qty for customer, lent in kept["out"].items() for each in lent}
        assert out == {
            key: qty for key, qty in by_lines(Book(folder, desk.day, "en", "me")).items() if key[0] in CUSTOMERS
        }
        answered.append((step, what))
    return answered


@quick
@given(st.lists(steps, min_size=3, max_size=9))
def test_the_index_of_loans_answers_what_a_fresh_reading_does(tmp_path, happened):
    assert steps_answered(tmp_path, happened) == happened


@pytest.mark.slow
@long
@given(st.lists(steps, min_size=3, max_size=14))
def test_the_index_of_loans_answers_so_after_hundreds_of_histories(tmp_path, happened):
    assert steps_answered(tmp_path, happened) == happened


def on_loan(desk, customer="骏业"):
    with closing(Book(desk.folder, date(2026, 11, 23), "zh", "x")) as book:
        return book.supply("lent_out").of_customer(customer)


def test_what_is_on_loan_is_found_under_every_name_of_a_customer(desk):
    """
    客户.csv
    客户
    骏业

    名称对照.csv
    种类,写法,对应名称,判定
    客户,老何,骏业,同一

    借用.csv
    单号,日期,类型,客户,产品,数量,应还日期
    L1,2026-11-01,借出,骏 业,主板,2,2026-12-01
    L2,2026-11-02,借出,老何,主板,1,2026-11-25
    L2,2026-11-03,延期,老何,,0,2026-12-25
    L3,2026-11-03,借出,灵龙,主板,9,
    """
    assert on_loan(desk) == [OnLoan("主板", 3, date(2026, 12, 1))]
    desk.run("loan return L1")
    assert on_loan(desk) == [OnLoan("主板", 1, date(2026, 12, 25))]


def test_the_index_forgets_what_is_settled(desk):
    for _ in range(3):
        desk.run("loan add 骏业 主板×2 --new")
        desk.run("loan return -c 骏业 -i 主板×2")
    with closing(Book(desk.folder, date(2026, 11, 23), "zh", "x")) as book:
        assert list(book.state["lent_out.out"].under()) == []

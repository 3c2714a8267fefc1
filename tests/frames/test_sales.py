"""The sales frame ties to what customers are charged, to the cent."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.balances.ageing import ageing
from salesaid.book import Book
from salesaid.core import money
from salesaid.core.by_columns import RowsByColumns
from tests import retail
from tests.desk import Desk
from tests.frames.sales_by_rows import COLUMNS, sales_by_rows

SAMPLE = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 22)


def by_customer(frame):
    return {str(name): int(cents) for name, cents in frame.groupby("customer", observed=True)["cents"].sum().items()}


def charged(book):
    """What the ages say was charged for goods, by customer: what is open and was settled, but openings and money."""
    sums: dict[str, int] = {}
    receivables = book.supply("receivables")
    for customer in receivables.accounts:
        for debt in receivables.debts(customer):
            if debt.kind not in {"opening", "paid_back"}:
                sums[customer] = sums.get(customer, 0) + int(debt.amount * 100)
    return sums


@pytest.mark.parametrize("day", [DAY, date(2026, 9, 3), date(2026, 7, 8), date(2026, 1, 1)])
def test_of_the_sample_book_ties_by_customer(day):
    with closing(Book(SAMPLE, day, "zh", "小郑")) as book:
        assert by_customer(book.supply("sales")) == charged(book)


LATER = """
    customers.csv
    customer,salesperson
    Ada,Ann
    Bob,Ben

    products.csv
    product,unit,category,cost
    Board,pcs,boards,2.5
    Cable,m,,

    orders.csv
    order_no,date,action,customer,product,qty,unit,price,amount,salesperson,note
    SO1,2026-01-01,order,Ada,Board,10,pcs,3.333,33.33,,
    SO1,2026-01-01,order,Ada,Cable,2,m,5,,Cid,
    SO1,2026-01-02,change,Ada,,,,,,Dan,
    SO2,2026-01-03,order,Bob,Board,4,pcs,3,,,

    shipments.csv
    ship_no,date,action,order_no,customer,product,qty,unit,price,amount,note
    SH1,2026-01-04,ship,SO1,Ada,Board,3,pcs,,,
    SH2,2026-01-05,ship,SO1,Ada,Board,7,pcs,,,
    SH3,2026-01-05,ship,,Bob,Board,1,box,9,,
    SH3,2026-01-06,ship,,Bob,Board,-1,box,9,,红字：冲销
    SH4,2026-01-07,return,SO2,Bob,Board,1,pcs,3,,
    ,2026-01-08,ship,SO2,bob,board,2.5,,3,,
    OP,2026-01-08,opening,,Bob,,,,,100,

    loans.csv
    loan_no,date,action,order_no,customer,product,qty,unit,price,salesperson
    LN1,2026-01-03,lend,,Bob,Cable,2,m,4,
    LN1,2026-01-09,sell,,Bob,Cable,2,m,4,Eve

    returns.csv
    return_no,date,action,customer,product,qty,unit,amount,order_no
    RT1,2026-01-09,receive,Ada,Board,1,pcs,,
    RT1,2026-01-10,refund,Ada,Board,1,pcs,3.33,SO1

    payments.csv
    payment_no,date,customer,payer,amount,order_no
    PY1,2026-01-11,,Ada,20,
    PY2,2026-01-11,,Nobody,5,SO2
    PY3,2026-01-12,Bob,,-2,
"""


@pytest.fixture
def later(tmp_path):
    desk = Desk(tmp_path)
    desk.lay_out(LATER)
    with closing(Book(tmp_path, DAY, "zh", "小郑")) as book:
        yield book


def test_of_a_book_that_ships_later(later):
    frame = later.supply("sales")
    assert frame.drop(columns="name").astype({"day": str}).to_dict("split")["data"] == [
        ["loans", 3, "loan", "2026-01-09", "LN1", "", "Bob", "Cable", "", "m", "", "Eve", 2000000, 2000000, False,
         800, 0, False, 4000000, True],
        ["shipments", 2, "sale", "2026-01-04", "SH1", "SO1", "Ada", "Board", "", "pcs", "boards", "Dan", 3000000,
         3000000, False, 1000, 750, True, 0, False],
        ["shipments", 3, "sale", "2026-01-05", "SH2", "SO1", "Ada", "Board", "", "pcs", "boards", "Dan", 7000000,
         7000000, False, 2333, 1750, True, 0, False],
        ["shipments", 4, "sale", "2026-01-05", "SH3", "", "Bob", "Board", "", "box", "boards", "Ben", 0, 1000000, True,
         900, 0, False, 9000000, True],
        ["shipments", 5, "sale", "2026-01-06", "SH3", "", "Bob", "Board", "", "box", "boards", "Ben", 0, -1000000, True,
         -900, 0, False, 9000000, True],
        ["shipments", 6, "return", "2026-01-07", "SH4", "SO2", "Bob", "Board", "", "pcs", "boards", "Ben", -1000000,
         -1000000, False, -300, -250, True, 3000000, True],
        ["shipments", 7, "sale", "2026-01-08", "shipments.csv:7", "SO2", "Bob", "Board", "", "", "boards", "Ben",
         2500000, 2500000, False, 750, 625, True, 3000000, True],
        ["returns", 3, "refund", "2026-01-10", "RT1", "SO1", "Ada", "Board", "", "pcs", "boards", "Dan", -1000000,
         -1000000, False, -333, -250, True, 0, False],
    ]  # fmt: skip
    assert by_customer(frame) == charged(later) == {"Ada": 3000, "Bob": 1250}


def test_orders_taken_are_the_rows_that_order(later):
    frame = later.supply("orders_taken")
    assert frame[["row", "no", "customer", "product", "salesperson", "qty", "cents"]].to_numpy().tolist() == [
        [2, "SO1", "Ada", "Board", "Dan", 10_000_000, 3333],
        [3, "SO1", "Ada", "Cable", "Dan", 2_000_000, 1000],
        [5, "SO2", "Bob", "Board", "Ben", 4_000_000, 1200],
    ]


def test_money_in_says_whose_it_is(later):
    frame = later.supply("money_in")
    assert frame[["row", "no", "customer", "salesperson", "is_known", "cents"]].to_numpy().tolist() == [
        [2, "PY1", "Ada", "Ann", True, 2000],
        [3, "PY2", "Bob", "Ben", True, 500],
        [4, "PY3", "Bob", "Ben", True, -200],
    ]


def test_of_the_sample_book_is_the_same_row_by_row():
    with closing(Book(SAMPLE, DAY, "zh", "小郑")) as book:
        found, expected = both_ways(book)
    assert found["row"]
    assert found == expected


def both_ways(book):
    """The values of every column as the frame has them, and as they come row by row."""
    frame, expected = book.supply("sales").astype({"no": object, "order_no": object}), book.call(sales_by_rows)
    return ({name: each[name].tolist() for name in COLUMNS} for each in (frame, expected))


SETTINGS = '[book]\nlanguage = "en"\n[ledgers.orders]\nships = "{}"\n'
REGISTERS = """
    customers.csv
    customer,salesperson,terms
    Ada,Ann,30天
    Bob,,月结30

    products.csv
    product,model,unit,category,cost
    Board,B-1,pcs,boards,2.345
    Cable,,m,,

    aliases.csv
    kind,name,stands_for,verdict
    product,Bord,Board,same
    customer,Robert,Bob,same
"""
figures = st.sampled_from(["1", "2.5", "-3", "0", "", "1234.567891", "999999999999", "-0.005", "0.015"])
texts = {
    "customer": ["Ada", "Bob", " bob", "Robert", "Eve", ""],
    "product": ["Board", "bord", "Cable", "Loose", ""],
    "model": ["", "B-1", "b-1", "X"],
    "unit": ["", "pcs", "m", "box"],
    "salesperson": ["", "", "Cid", " Dan "],
    "note": ["", "", "红字：冲销"],
    "order_no": ["", "SO1", "SO2", " SO1"],
    "ship_no": ["", "SH1"],
    "loan_no": ["", "LN1"],
    "return_no": ["", "RT1"],
}
actions = {
    "orders": ["order", "order", "change", "close"],
    "shipments": ["ship", "ship", "return", "opening", "sign"],
    "loans": ["lend", "sell"],
    "returns": ["receive", "refund"],
}
PAYMENTS = "payment_no,date,customer,payer,amount,order_no"
receipt = st.tuples(
    st.sampled_from(["PY1", "PY2", ""]), st.sampled_from(["2026-01-03", "2026-03-02"]),
    st.sampled_from(["Ada", "Bob", ""]), st.sampled_from(["Eve", "Nobody"]),
    st.sampled_from(["3", "12.34", "-3", "1000000"]), st.sampled_from(["", "SO1", "SH1", "SO9"]),
)  # fmt: skip
heads = {
    "orders": "order_no date action customer product model unit qty price amount salesperson note",
    "shipments": "ship_no date action order_no customer product model unit qty price amount due note",
    "loans": "loan_no date action order_no customer product model unit qty price salesperson note",
    "returns": "return_no date action order_no customer product model unit qty amount note",
}


def cell(id_, name):
    if name == "date":
        return st.sampled_from(["2026-01-01", "2026-01-02", "2026-10-20", "2026-11-20", "2026-12-01"])
    if name == "due":
        return st.sampled_from(["", "", "2026-11-21", "2026-08-01"])
    if name == "action":
        return st.sampled_from(actions[id_])
    return figures if name in {"qty", "price", "amount"} else st.sampled_from(texts[name])


def ledger(id_):
    return st.lists(st.tuples(*(cell(id_, name) for name in heads[id_].split())), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries({id_: ledger(id_) for id_ in heads}),
    st.lists(receipt, max_size=3),
    st.sampled_from(["later", "at_once"]),
)
def test_is_the_same_row_by_row_and_ties(tmp_path_factory, rows, receipts, ships):
    desk = Desk(tmp_path_factory.mktemp("book"), SETTINGS.format(ships))
    desk.lay_out(REGISTERS)
    for id_, own in rows.items():
        desk.write(f"{id_}.csv", "\n".join([heads[id_].replace(" ", ","), *map(",".join, own)]))
    desk.write("payments.csv", "\n".join([PAYMENTS, *map(",".join, receipts)]))
    with closing(Book(desk.folder, DAY, "en", "Zoe")) as book:
        found, expected = both_ways(book)
        assert found == expected
        ours, charges = by_customer(book.supply("sales")), charged(book)
        assert {name: cents for name, cents in ours.items() if cents} == {n: c for n, c in charges.items() if c}
        assert accounts(book) == accounts_by_rows(desk.folder)
        assert sum(book.supply("orders_taken")["cents"].tolist()) == ordered(book)


def ordered(book):
    """What was ordered, row by row."""
    return sum(
        money.cents(amount if amount is not None else money.amount(qty, price or Decimal(0)))
        for action, qty, price, amount in book.supply("orders").pick("action", "qty", "price", "amount")
        if action == "order"
    )


def accounts(book):
    """What every customer owes, by age and by document."""
    receivables = book.supply("receivables")
    ages = {each.customer: each for each in ageing(receivables, book.today) if any(each.buckets) or each.unallocated}
    return ages, documents(receivables)


def documents(receivables):
    return {
        name: (account.balance, sorted(account.allocation.owing), account.allocation.open)
        for name, account in receivables.accounts.items()
    }


def accounts_by_rows(folder, day=DAY):
    with closing(Book(folder, day, "zh", "小郑")) as book:
        assert not isinstance(book.supply("orders"), RowsByColumns)
        return accounts(book)


@pytest.mark.parametrize("day", [DAY, date(2026, 9, 3)])
def test_ages_of_the_sample_book_are_the_same_by_columns(day, tmp_path):
    with closing(Book(SAMPLE, day, "zh", "小郑")) as book, closing(Book(SAMPLE, day, "zh", "小郑")) as plain:
        assert len(book.supply("sales"))
        assert isinstance(book.supply("shipments"), RowsByColumns)
        assert accounts(book) == accounts(plain) != ({}, {})


@retail.needed
def test_of_online_retail_ties_by_customer_with_ages_by_rows(tmp_path):
    retail.in_csv(Desk(tmp_path), 60_000)
    with closing(Book(tmp_path, date(2011, 3, 1), "zh", "小郑")) as book:
        sums = by_customer(book.supply("sales"))
        assert accounts(book) == (plain := accounts_by_rows(tmp_path, book.today))
    assert {name: cents for name, cents in sums.items() if cents} == {
        name: balance for name, (balance, *_) in plain[1].items() if balance
    }
    every = [sale for sale in retail.sales(60_000) if sale["InvoiceDate"] < "2011-03-02"]
    assert sum(sums.values()) == sum(map(retail.cents, every))


@pytest.mark.slow
@retail.needed
def test_of_all_online_retail_is_what_its_rows_come_to(tmp_path):
    retail.in_csv(Desk(tmp_path))
    expected: dict[str, int] = {}
    products: dict[str, int] = {}
    for sale in retail.sales():
        name = sale["CustomerID"].removesuffix(".0")
        expected[name] = expected.get(name, 0) + retail.cents(sale)
        code = sale["StockCode"].upper()
        products[code] = products.get(code, 0) + retail.cents(sale)
    with closing(Book(tmp_path, date(2011, 12, 31), "zh", "小郑")) as book:
        frame = book.supply("sales")
        ages = ageing(book.supply("receivables"), book.today)
    assert by_customer(frame) == expected
    codes = frame["cents"].groupby(frame["model"].str.upper()).sum()
    assert {str(code): int(cents) for code, cents in codes.items()} == products
    assert {each.customer: each.balance for each in ages if each.balance} == {n: c for n, c in expected.items() if c}

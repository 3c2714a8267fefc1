"""Over random books the ages of debts tie to a sum of its own over cells; the order of rows changes nothing."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.balances.ageing import AgeingDoesNotTieError, ageing, bucket
from salesaid.balances.order_shares import OrderShares
from salesaid.book import Book
from salesaid.core.money import of_cents
from tests.desk import Desk

TODAY = date(2026, 11, 23)
FIRST = date(2025, 9, 1)
HEADS = {
    "订单": "单号,日期,类型,客户,产品,数量,单价,金额",
    "出货": "单号,日期,类型,订单号,客户,产品,数量,单价,金额,到期日",
    "借用": "单号,日期,类型,订单号,客户,产品,数量",
    "返修": "单号,日期,类型,订单号,客户,产品,数量,退款金额",
    "收款": "单号,日期,客户,付款人,金额,订单号",
}
CUSTOMERS = "客户,付款条件,在途天数\n骏业,月结30,4\n灵龙,货到付款,3\n佳瑞,预付30%,\n安卡,乱写,\n"

days = st.integers(0, 460).map(lambda n: (FIRST + timedelta(n)).isoformat())
who = st.sampled_from(["骏业", "骏 业", "灵龙", "佳瑞", "安卡", "散客", ""])
orders = st.sampled_from(["A1", "A2", "A3", ""])
goods = st.sampled_from(["主板", "线"])
qtys = st.integers(-3, 9)
prices = st.sampled_from(["", "2", "3.335"])
amounts = st.sampled_from(["", "", "10", "12.345", "-7.5"])


def row(*cells):
    return st.tuples(*cells).map(lambda texts: ",".join(map(str, texts)))


BOOKS = st.fixed_dictionaries(
    {
        "订单": st.lists(
            row(orders, days, st.sampled_from(["下单", "下单", "关闭", "变更"]), who, goods, qtys, prices, amounts),
            max_size=7,
        ),
        "出货": st.lists(
            row(
                st.sampled_from(["S1", "S2", "S3", ""]), days, st.sampled_from(["发货", "发货", "退回", "签收"]),
                orders, who, goods, qtys, prices, amounts, st.just(""),
            )
            | row(
                st.just("S9"), days, st.just("期初"), st.just(""), who, st.just(""), st.just("0"), st.just(""),
                st.sampled_from(["500", "-20.5"]), st.just("") | days,
            ),
            max_size=8,
        ),
        "借用": st.lists(
            row(st.just("L1"), days, st.sampled_from(["借出", "转销售"]), orders, who, goods, qtys), max_size=3
        ),
        "返修": st.lists(
            row(st.just("R1"), days, st.sampled_from(["收到", "退货"]), orders, who, goods, qtys, amounts), max_size=3
        ),
        "收款": st.lists(
            row(
                st.sampled_from(["P1", "P2", "P3", ""]), days, who, st.sampled_from(["", "佳瑞", "何志强"]),
                st.sampled_from(["5", "12.35", "100", "-5", "1000"]), orders | st.just("没有的"),
            ),
            max_size=6,
        ),
    }
)  # fmt: skip
ships = st.sampled_from(["later", "at_once"])
quick = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


class Seen(NamedTuple):
    """What a book answers."""

    ages: dict[str, tuple[list[int], int]]
    balances: dict[str, Decimal]
    unknown: int


def book_of(folder, sheets, ships, *, today=TODAY):
    desk = Desk(Path(folder), f'[ledgers.orders]\nships = "{ships}"\n')
    desk.write("客户.csv", CUSTOMERS)
    for name, rows in sheets.items():
        desk.write(f"{name}.csv", "\n".join([HEADS[name], *rows]))
    return Book(desk.folder, today, "zh", "x")


def seen(sheets, ships, by="due"):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, ships)) as book:
        found = book.supply("receivables")
        ages = {each.customer: (list(each.buckets), each.unallocated) for each in ageing(found, TODAY, by)}
        balances = {name: found.balance(name) for name in ages}
        return Seen(ages, balances, sum(receipt.cents for receipt in found.unknown_receipts))


def cents(text):
    return int((Decimal(text) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def cells_of(sheets, name):
    for line in sheets[name]:
        cells = dict(zip(HEADS[name].split(","), line.split(","), strict=True))
        if cells["日期"] <= TODAY.isoformat():
            yield cells


def own_sum(cells):
    if cells["金额"]:
        return cents(cells["金额"])
    return cents(Decimal(cells["数量"]) * Decimal(cells["单价"] or 0))


def charged_by_hand(sheets, ships):
    """All that was charged, by an arithmetic of its own; None where a row's money stands on its order."""
    total = 0
    for cells in cells_of(sheets, "订单") if ships == "at_once" else ():
        total += own_sum(cells) if cells["类型"] == "下单" else 0
    for cells in cells_of(sheets, "出货"):
        if cells["类型"] == "期初":
            total += cents(cells["金额"])
        elif ships == "later" and cells["类型"] in {"发货", "退回"}:
            if not cells["金额"] and not cells["单价"]:
                return None
            total += own_sum(cells) if cells["类型"] == "发货" else -own_sum(cells)
    if ships == "later" and any(cells["类型"] == "转销售" and cells["订单号"] for cells in cells_of(sheets, "借用")):
        return None
    refunds = (cells["退款金额"] for cells in cells_of(sheets, "返修") if cells["类型"] == "退货")
    return total - sum(cents(amount) for amount in refunds if amount)


@quick
@given(BOOKS, ships)
def test_the_ages_tie_to_all_that_was_charged_less_all_that_came_in(sheets, ships):
    found = seen(sheets, ships)
    for customer, (buckets, unallocated) in found.ages.items():
        assert min(buckets) >= 0
        own = sum(buckets) + unallocated + (0 if customer else found.unknown)
        assert of_cents(own) == found.balances[customer]
    charged = charged_by_hand(sheets, ships)
    if charged is not None:
        came_in = sum(cents(cells["金额"]) for cells in cells_of(sheets, "收款"))
        assert sum(sum(buckets) + left for buckets, left in found.ages.values()) == charged - came_in


@quick
@given(BOOKS, ships, st.randoms())
def test_the_order_of_rows_changes_no_age(sheets, ships, chance):
    mixed = {name: chance.sample(rows, len(rows)) for name, rows in sheets.items()}
    # What names nobody takes its number from its row; an order is its first row's, a line's shares go by its rows.
    for name in ("订单", "借用"):
        mixed[name] = sheets[name]
    numbered = {name: [line for line in rows if not line.startswith(",")] for name, rows in sheets.items()}
    assert (
        seen({**mixed, "出货": [line for line in mixed["出货"] if not line.startswith(",")]}, ships).ages
        == seen({**sheets, "出货": numbered["出货"]}, ships).ages
    )


@quick
@given(BOOKS, ships)
def test_single_debts_sum_to_the_account(sheets, ships):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, ships)) as book:
        found = book.supply("receivables")
        for customer, account in found.accounts.items():
            debts = found.debts(customer)
            assert sum(debt.amount for debt in debts) == of_cents(sum(each.cents for each in account.allocation.owing))
            assert sum(debt.open for debt in debts) == of_cents(sum(account.allocation.open))
            came_in = sum(receipt.amount for receipt in found.receipts(customer))
            assert sum(debt.amount for debt in debts) - came_in == found.balance(customer)
            assert [d for d in found.open_debts(customer) if d.open <= 0] == []
        assert sum(d.open for d in found.open_debts()) == of_cents(
            sum(sum(account.allocation.open) for account in found.accounts.values())
        )


@quick
@given(BOOKS, ships, st.integers(0, 400))
def test_rows_after_a_day_change_nothing_of_it(sheets, ships, days_before):
    day = TODAY - timedelta(days_before)
    until = {name: [line for line in rows if line.split(",")[1] <= day.isoformat()] for name, rows in sheets.items()}
    for name, rows in sheets.items():  # numbers of rows without one are those of their rows
        until[name] = [line if line in until[name] else "" for line in rows]
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        closing(book_of(one, sheets, ships, today=day)) as whole,
        closing(book_of(other, until, ships)) as part,
    ):
        assert ageing(whole.supply("receivables"), day) == ageing(part.supply("receivables"), day)


@quick
@given(BOOKS, ships)
def test_the_quick_sum_is_the_balance_wherever_it_says_so(sheets, ships):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, ships)) as book:
        owed, found = book.supply("owed"), book.supply("receivables")
        for customer in set(found.accounts) - {""}:
            sum_ = owed.of(customer)
            if sum_.is_certain:
                assert sum_.amount == found.balance(customer)


@pytest.mark.parametrize(
    ("days", "place"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (61, 3), (91, 4), (180, 4), (181, 5), (366, 6)]
)
def test_each_day_has_its_bucket(days, place):
    assert bucket(days) == place


def test_ages_that_do_not_tie_are_no_table(tmp_path):
    sheets = {name: [] for name in HEADS} | {"出货": ["S1,2026-11-01,发货,,骏业,主板,1,5,5,"]}
    with closing(book_of(tmp_path, sheets, "later")) as book:
        found = book.supply("receivables")
        found.__dict__["charged"] = 507
        with pytest.raises(AgeingDoesNotTieError) as trouble:
            ageing(found, TODAY)
    assert "5.07" in trouble.value.message.zh


@quick
@given(BOOKS)
def test_what_is_still_to_come_is_what_the_order_lines_say(sheets):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, "later")) as book:
        rows = {name: book.supply(name) for name in ("orders", "shipments", "loans", "catalogue", "order_lines")}
        lines = rows["order_lines"].all
        # A credit of its own number takes off other orders; a close without a note may open more than was ordered.
        if any(line.ordered < 0 or line.open > line.ordered for line in lines):
            return
        of = OrderShares(rows["orders"], (rows["shipments"], rows["loans"]), rows["catalogue"], rows["order_lines"])
        coming = of.coming({"A1", "A2", "A3"})
        for number in ("A1", "A2", "A3"):
            open_ = [line for line in lines if line.order_no == number and line.open > 0 and line.ordered > 0]
            said = sum(line.amount * line.open / line.ordered for line in open_)
            assert abs(coming(number) - said * 100) <= 2 * len(open_)

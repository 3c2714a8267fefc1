"""Loans conserve: lent is what returned, was converted and is out, for every line at every date."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.balances.loan_lines import loan_lines
from salesaid.book import Book
from tests.desk import Desk

FIRST = date(2026, 11, 1)
HEAD = "单号,日期,类型,客户,产品,数量,单价,应还日期"
PRODUCTS = {"B-1": "B-1", "b 1": "B-1", "线": "线", "": ""}
CUSTOMERS = {"骏业": "骏业", "骏 业": "骏业", "灵龙": "灵龙", "": ""}
CONVERTED = ("转销售", "转赠", "转耗用", "丢失", "换货")
ACTIONS = ("借出", "借出", "借出", "归还", "归还", *CONVERTED, "换入", "延期", "")
slow_book = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

rows = st.tuples(
    st.sampled_from(["", "", "L1", "L2", "L3"]),
    st.integers(0, 5).map(lambda n: (FIRST + timedelta(n)).isoformat()),
    st.sampled_from(ACTIONS), st.sampled_from(list(CUSTOMERS)), st.sampled_from(list(PRODUCTS)),
    st.integers(-3, 6).map(str), st.sampled_from(["", "2", "3.5"]), st.sampled_from(["", "2026-11-03", "2026-11-09"]),
)  # fmt: skip
days = st.integers(-1, 6).map(lambda n: FIRST + timedelta(n))


def lines_of(written, day, which="all"):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.write("借用.csv", "\n".join([HEAD, *(",".join(row) for row in written)]))
        with closing(Book(desk.folder, day, "zh", "x")) as book:
            return getattr(book.call(loan_lines), which)


def tally(written, day):
    """By (number, product): [lent, returned, converted], by plain arithmetic; rows without a number stand alone."""
    sums = defaultdict(lambda: [Decimal(0)] * 3)
    for at, (no, dated, action, _, product, qty, *_) in enumerate(written, 2):
        which = 0 if action in {"借出", ""} else 1 if action == "归还" else 2 if action in CONVERTED else None
        if date.fromisoformat(dated) <= day and which is not None:
            sums[no or f"借用.csv:{at}", PRODUCTS[product]][which] += Decimal(qty)
    return sums


def whose(line):
    return CUSTOMERS[line.customer], PRODUCTS[line.product]


@slow_book
@given(st.lists(rows, max_size=12), days)
def test_every_line_conserves_and_nothing_is_lost_or_invented(written, day):
    lines = lines_of(written, day)
    assert all(line.lent == line.returned + line.converted + line.out for line in lines)
    sums = tally(written, day)
    assert all(line.lent == sums[line.loan_no, PRODUCTS[line.product]][0] for line in lines)
    for at, name in enumerate(("lent", "returned", "converted")):
        for product in set(PRODUCTS.values()):
            there = sum(getattr(line, name) for line in lines if PRODUCTS[line.product] == product)
            assert there == sum(three[at] for (_, id_), three in sums.items() if id_ == product)


@slow_book
@given(st.lists(rows, max_size=12), days)
def test_the_lines_that_are_not_settled_are_those_of_all_that_do_not_come_to_nothing(written, day):
    lines = lines_of(written, day)
    assert lines_of(written, day, "unsettled") == [line for line in lines if line.out]
    assert lines_of(written, day, "open") == [line for line in lines if line.out > 0]


@slow_book
@given(st.lists(rows.filter(lambda row: row[0]), max_size=12), days)
def test_a_numbered_line_is_the_sum_of_its_rows(written, day):
    sums = tally(written, day)
    found = {
        (line.loan_no, PRODUCTS[line.product]): [line.lent, line.returned, line.converted]
        for line in lines_of(written, day)
    }
    assert found == {key: three for key, three in sums.items() if key in found}
    assert all(not any(three) for key, three in sums.items() if key not in found)


@slow_book
@given(st.lists(rows.filter(lambda row: int(row[5]) > 0), max_size=12))
def test_what_comes_back_under_no_number_settles_what_is_out_and_no_more(written):
    last = FIRST + timedelta(9)
    lines, sums = lines_of(written, last), tally(written, last)
    for line in lines:
        lent, returned, converted = sums[line.loan_no, PRODUCTS[line.product]]
        assert line.out >= min(lent - returned - converted, 0)
        assert sum((lot.qty for lot in line.lots), Decimal(0)) == max(line.out, 0)
    for loose in (line for line in lines if ":" in line.loan_no and line.out < 0):
        assert not [line for line in lines if line.out > 0 and whose(line) == whose(loose) and line.day <= loose.day]


until_today = st.integers(0, 5).map(lambda n: FIRST + timedelta(n))
who = st.sampled_from(["骏业", "灵龙"])
documents = st.sampled_from(["LN20261101-001", "LN20261102-001", "SO20261106-001"])
commands = st.one_of(
    st.builds("loan add {} 主板×{} --new -d {}".format, who, st.integers(1, 4), until_today),
    st.builds("loan add {} 主板×{} 线×2 --new -d {}".format, who, st.integers(1, 4), until_today),
    st.builds("loan return {} -i 主板×{} -d {}".format, st.integers(1, 2), st.integers(1, 3), until_today),
    st.builds("loan return -c {} -i 主板×{}".format, who, st.integers(1, 5)),
    st.builds("loan return {} -d {}".format, st.integers(1, 2), until_today),
    st.builds(
        "loan convert {} --to {} -i 主板×{}".format, st.integers(1, 2),
        st.sampled_from(["sell", "gift", "consume", "lose", "swap --got 线"]), st.integers(1, 3),
    ),
    st.builds("loan convert {} --to sell --price 7".format, st.integers(1, 2)),
    st.builds("loan extend {} --due +9 --why 慢".format, st.integers(1, 2)),
    st.builds("void {} --why 错 --force".format, documents),
    st.just("undo"),
)  # fmt: skip


def commands_held(typed):
    """The commands after which every line conserved and no goods had moved twice."""
    held = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), '[book]\nlanguage = "zh"\n', "2026-11-06")
        desk.write("库存变动.csv", "单号,日期,类型,产品,数量\nS1,2026-10-01,期初,主板,50\nS1,2026-10-01,期初,线,50")
        for words in typed:
            assert desk.run(words).code in {0, 2}, words
            lines = desk.rows("loan list --all")
            assert all(row["lent"] == row["returned"] + row["converted"] + row["out"] for row in lines)
            assert all(0 <= row["out"] <= row["lent"] for row in lines), words
            assert shelves(desk) == {
                row["product"]: (row["on_hand"], row["promised"]) for row in desk.rows("stock list")
            }
            for row in desk.rows("loan list --all --as-of 2026-11-03"):
                assert row["lent"] == row["returned"] + row["converted"] + row["out"]
            held.append(words)
    return held


def shelves(desk):
    """On hand as the loans file says it, cell by cell; nothing sold from loan waits to be shipped."""
    hand = {"主板": 50, "线": 50}
    text = desk.text("借用.csv") if (desk.folder / "借用.csv").exists() else ""
    for row in csv.DictReader(io.StringIO(text)):
        hand[row["产品"] or "主板"] += {"借出": -1, "归还": 1, "换入": 1}.get(row["类型"], 0) * int(row["数量"] or 0)
    return {product: (qty, 0) for product, qty in hand.items()}


@settings(slow_book, max_examples=8)
@given(st.lists(commands, min_size=3, max_size=8))
def test_no_command_takes_more_than_is_out_or_moves_goods_twice(typed):
    assert commands_held(typed) == typed


@pytest.mark.slow
@settings(slow_book, max_examples=200)
@given(st.lists(commands, min_size=3, max_size=14))
def test_no_command_takes_more_than_is_out_in_hundreds_of_histories(typed):
    assert commands_held(typed) == typed

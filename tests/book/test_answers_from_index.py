"""What a post keeps in the index answers like the ledgers read afresh, whatever was posted and by whom."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from tests.desk import Desk

BOOK = """
    产品.csv
    产品,型号,单位,单价,组成,管库存
    BVM7-710,ZB710,块,120,,是
    电源线,DYX15,条,15,,是
    套装,TZ1,套,150,BVM7-710*1; 电源线*2,是
    运费,,,60,,否

    客户.csv
    客户
    骏业
    灵龙

    名称对照.csv
    种类,写法,对应名称,判定
    产品,线,电源线,同一

    订单.csv
    单号,日期,类型,客户,产品,型号,数量,单位,单价,金额,交期,备注
    SO20261101-001,2026-11-01,下单,骏业,BVM7-710,ZB710,5,块,118,590,,
    SO20261101-001,2026-11-01,下单,新客,散件,,5,,,,,
"""
DAYS = ("2026-11-20", "2026-11-23", "2026-11-25")
WRITTEN = ("BVM7-710", "bvm7 710", "ＢＶＭ７—710", "zb710", "电源线", "线", "电 源 线", "套装", "运费", "散件", "")
CUSTOMERS = ("骏业", "骏 业", "灵龙", "新客", "")

items = st.builds(
    "{}×{}@{}".format, st.sampled_from(["BVM7—710", "线", "套装", "运费", "散件"]), st.integers(1, 9), st.integers(1, 9)
)
numbers = st.sampled_from(["SO20261101-001", "SO20261120-001", "SO20261123-001", "SO20261123-002", "SO20261125-001"])
commands = st.one_of(
    st.builds(
        "order add {} {} -d {} --new".format, st.sampled_from(["骏业", "灵龙", "新客"]), items, st.sampled_from(DAYS)
    ),
    st.builds("order add 骏业 {} --ship --new".format, items),
    st.builds(
        "order add {} {} -d {} --new".format, st.sampled_from(["骏业", "灵龙", "新客"]), items, st.sampled_from(DAYS)
    ),
    st.builds("order add 骏业 {} --ship --new".format, items),
    st.builds("order ship {}".format, numbers),
    st.builds("order ship {} -i 电源线×3 --force".format, numbers),
    st.builds("order close {} --why 取消".format, numbers),
    st.builds("order return {} -i BVM7-710×1 --why 坏".format, numbers),
    st.builds("void {} --why 错 --force".format, numbers),
    st.just("name same 散件 电源线"),
    st.just("name same 新客 灵龙"),
    st.just("undo"),
)
by_hand = st.builds(
    "{},{},下单,{},{},,{},,{},,,".format,
    st.sampled_from(["", "SO20261101-001", "CR1"]), st.sampled_from(DAYS), st.sampled_from(CUSTOMERS),
    st.sampled_from(WRITTEN), st.integers(-4, 6), st.sampled_from(["", "7", "8"]),
)  # fmt: skip
histories = st.lists(commands | by_hand, min_size=1, max_size=9)


def happen(desk, step):
    if "下单" not in step:
        desk.run(step)
        return
    with (desk.folder / "订单.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(step + "\n")


def answers(book):
    catalogue, customers, prices = (book.supply(name) for name in ("catalogue", "customer_names", "last_prices"))
    return {
        "promised": book.supply("promised").everything(),
        "products": [product.id for product in catalogue.all()],
        "forms": {product.id: catalogue.forms(product.id) for product in catalogue.all()},
        "customers": [party.id for party in customers.all()],
        "prices": {
            (p.id, c.id, day): prices.last(p.id, c.id, day)
            for p in catalogue.all()
            for c in customers.all()
            for day in (None, date(2026, 11, 20))
        },
        "serials": [book.supply("serials").highest("SO", date.fromisoformat(day)) for day in DAYS],
    }


def worked_out(book):
    """What is promised by the order lines, bundles taken apart."""
    found = Counter()
    catalogue = book.supply("catalogue")
    for line in book.supply("order_lines").all:
        if line.open > 0 and catalogue.product(line.product).stocked:
            for part, qty in catalogue.contents(line.product):
                found[part] += line.open * qty
    return {id_: qty for id_, qty in found.items() if qty}


def steps_answered(history):
    """The steps after which the index and the ledgers said the same, on the day itself and some days later."""
    answered = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.lay_out(BOOK)
        for step in history:
            happen(desk, step)
            for day in (date(2026, 11, 23), date(2026, 11, 26)):
                with closing(Book(desk.folder, day, "zh", "x", exact=True)) as kept, closing(kept.fresh()) as afresh:
                    found, wanted = answers(kept), answers(afresh)
                    assert found | {"serials": 0} == wanted | {"serials": 0}
                    assert all(a >= b for a, b in zip(found["serials"], wanted["serials"], strict=True))
                    assert wanted["promised"] == worked_out(afresh)
            answered.append(step)
    return answered


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories)
def test_the_index_answers_as_the_ledgers_do(history):
    assert steps_answered(history) == history


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories)
def test_the_index_answers_as_the_ledgers_do_over_many_histories(history):
    assert steps_answered(history) == history


def test_an_index_that_is_deleted_changes_no_answer(desk):
    desk.lay_out(BOOK)
    desk.run("order add 骏业 BVM7-710×2@117")
    before = desk.rows("order list"), desk.rows("stock list")
    for file in (desk.folder / ".salesaid" / "index").iterdir():
        file.unlink()
    assert (desk.rows("order list"), desk.rows("stock list")) == before
    assert desk.json("order add 骏业 BVM7-710×2")["data"]["entries"][0]["row"]["price"] == 117


def test_a_row_dated_later_counts_from_its_day_on(desk):
    desk.lay_out(BOOK)
    desk.run("order add 骏业 电源线×4 -d 2026-11-25")
    for day, qty in (("2026-11-24", None), ("2026-11-25", Decimal(4))):
        with closing(Book(desk.folder, date.fromisoformat(day), "zh", "x")) as book:
            assert book.supply("promised").everything().get("电源线") == qty

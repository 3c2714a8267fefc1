"""What `--limit` leaves out is said, and not where it leaves out nothing."""

from __future__ import annotations

import pytest

ORDERS = """
    订单号,日期,客户,产品,数量
    A1,2026-11-01,骏业,主板,5
    A2,2026-11-02,华夏,电源,6
    A3,2026-11-03,宏图,线缆,7
    """
PRODUCTS = """
    产品,最低库存,供应商
    主板,10,大明
    电源,10,二明
    线缆,10,三明
    """
LISTS = ["order list", "stock check", "stock list", "customer list", "product list", "supplier list"]


def notes(desk, words):
    return [note["text"] for note in desk.json(words)["data"]["notes"] if note["code"] == "more"]


@pytest.fixture
def shop(desk):
    desk.write("订单.csv", ORDERS)
    desk.write("产品.csv", PRODUCTS)
    desk.write("供应商.csv", "供应商\n大明\n二明\n三明")
    return desk


@pytest.mark.parametrize("words", LISTS)
def test_a_list_cut_short_says_how_many_rows_are_left(shop, words):
    assert notes(shop, f"{words} --limit 1") == ["还有 2 行"]
    assert notes(shop, f"{words} --limit 3") == notes(shop, words) == []


@pytest.mark.parametrize("words", ["log", "name list"])
def test_so_does_a_list_of_what_was_posted_or_decided(shop, words):
    for name in ("骏业公司", "华夏公司"):
        shop.run(f"name same {name} {name[:2]} --new --kind customer")
    assert notes(shop, f"{words} --limit 1") == ["还有 1 行"]
    assert notes(shop, f"{words} --limit 2") == []

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.items import (
    PRICE_ACCEPTED,
    QTY_ACCEPTED,
    UNIT_NEEDED,
    ItemText,
    parse_components,
    parse_item,
    write_components,
)
from salesaid.core.reading import Unreadable

STRIPS = {"H65 0.3*50", "H65 0.3×50", "T2 0.3*50*1000", "灯@夜"}
KNOWN = STRIPS.__contains__

quantities = st.decimals(min_value="0.001", max_value=999_999, places=3)
prices = st.decimals(min_value=0, max_value=999_999, places=2)
names = st.text(st.characters(exclude_characters=";；*＊×@＠", categories=["L", "N", "P", "Zs"]), min_size=1)


def item(product: str, qty: str | None = None, unit: str | None = None, price: str | None = None) -> ItemText:
    return ItemText(product, qty and Decimal(qty), unit, price and Decimal(price))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BVM7-710", item("BVM7-710")),
        ("BVM7-710*10", item("BVM7-710", "10")),
        ("BVM7-710×10@120", item("BVM7-710", "10", None, "120")),
        ("BVM7-710＊１０＠１２０", item("BVM7-710", "10", None, "120")),
        ("BVM7-710*10个@120.5", item("BVM7-710", "10", "个", "120.5")),
        ("BVM7-710 × 10 个 @ ￥1,200元", item("BVM7-710", "10", "个", "1200")),
        ("电源线×2.5m", item("电源线", "2.5", "m")),
        ("电源线×2 m²", item("电源线", "2", "m²")),
        ("螺丝*1.2万个@0.05", item("螺丝", "12000", "个", "0.05")),
        ("螺丝*1,000", item("螺丝", "1000")),
        ("BVM7-710@120", item("BVM7-710", None, None, "120")),
        ("BVM7-710*1@0", item("BVM7-710", "1", None, "0")),
        ("ＢＶＭ７—710 *3", item("ＢＶＭ７—710", "3")),
        ("2x4*3", item("2x4", "3")),
        ("A@B*2", item("A@B", "2")),
        ("电源*线", item("电源*线")),
        ("BVM7*10E5", item("BVM7*10E5")),
    ],
)
def test_an_item_is_read_from_the_right(typed, meant):
    assert parse_item(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("H65 0.3*50", item("H65 0.3*50")),
        ("H65 0.3*50@80", item("H65 0.3*50", None, None, "80")),
        ("H65 0.3*50*2", item("H65 0.3*50", "2")),
        ("H65 0.3×50×2张@80", item("H65 0.3×50", "2", "张", "80")),
        ("T2 0.3*50*1000", item("T2 0.3*50*1000")),
        ("T2 0.3*50", item("T2 0.3", "50")),
        ("灯@夜", item("灯@夜")),
        ("灯@夜*2@5", item("灯@夜", "2", None, "5")),
    ],
)
def test_a_known_name_holds_no_quantity(typed, meant):
    assert parse_item(typed, KNOWN) == meant


def test_a_new_product_with_two_stars_needs_the_unit_after_its_quantity():
    with pytest.raises(Unreadable) as refused:
        parse_item("C17200 0.2*30*5@9", new=True)
    assert refused.value.accepted == UNIT_NEEDED
    assert parse_item("C17200 0.2*30*5卷@9", new=True) == item("C17200 0.2*30", "5", "卷", "9")
    assert parse_item("C17200 0.2*30*5") == item("C17200 0.2*30", "5")


def test_a_new_product_with_one_star_and_a_known_one_with_two_are_plain():
    assert parse_item("XK-9*5", new=True) == item("XK-9", "5")
    assert parse_item("H65 0.3*50*5", KNOWN, new=True) == item("H65 0.3*50", "5")


@pytest.mark.parametrize("typed", ["A*0", "A*-5", "A*1,2,3", "A*9999999999999", "A*0.0000001个"])
def test_a_quantity_that_is_none_is_refused(typed):
    with pytest.raises(Unreadable) as refused:
        parse_item(typed)
    assert refused.value.accepted == QTY_ACCEPTED


@pytest.mark.parametrize("typed", ["A*2@", "A*2@x", "A*2@-1", "A*2@1,2", "A@/", "A*2@1E5"])
def test_a_price_that_is_none_is_refused(typed):
    with pytest.raises(Unreadable) as refused:
        parse_item(typed)
    assert refused.value.accepted == PRICE_ACCEPTED


@pytest.mark.parametrize("typed", ["", " ", "*2", "×2@5", "@5", "\u3000*2个"])
def test_an_item_without_a_product_is_refused(typed):
    with pytest.raises(Unreadable):
        parse_item(typed)


@given(names, quantities, st.sampled_from(["", "个", "kg", "张"]), prices, st.sampled_from(["*", "×", "＊"]))
def test_an_item_put_together_is_read_as_its_parts(name, qty, unit, price, star):
    if not name.strip():
        return
    read = parse_item(f"{name}{star}{qty:f}{unit}@{price:f}")
    assert read == (name.strip(), qty, unit or None, price)


@given(st.text())
def test_any_other_text_is_an_item_with_a_product_or_refused(text):
    try:
        read = parse_item(text)
    except Unreadable:
        return
    assert read.product
    assert read.product in text
    assert read.qty is None or read.qty > 0


def test_a_monstrous_item_is_no_quantity():
    text = "A*" + "9" * 1_000_000
    assert parse_item(text) == item(text)


def test_components_are_items_with_quantities():
    assert parse_components("BVM7-710*1; 电源线×2") == [item("BVM7-710", "1"), item("电源线", "2")]
    assert parse_components("H65 0.3*50*2；") == [item("H65 0.3*50", "2")]
    assert parse_components(" ") == []


@pytest.mark.parametrize("text", ["BVM7-710", "BVM7-710*1; 电源线", "BVM7-710*1@5"])
def test_components_without_a_quantity_or_with_a_price_are_refused(text):
    with pytest.raises(Unreadable):
        parse_components(text)


@given(st.lists(st.tuples(names.map(str.strip).filter(bool), quantities), max_size=5))
def test_components_written_are_read_back(parts):
    assert [read[:2] for read in parse_components(write_components(parts))] == parts


def test_components_that_could_not_be_read_back_are_not_written():
    with pytest.raises(Unreadable):
        write_components([("A;B", Decimal(1))])

"""Pairs of names that may be one: what is found, what never is, and that nothing depends on the order."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.candidates import pairs
from salesaid.core.edits import distance
from salesaid.core.keys import digits, segmented_key, segmented_keys
from salesaid.core.party_names import firm, party_pairs

DEVICES = Path(__file__).parents[2] / ".." / "shared" / "data" / "names" / "devices.csv"
FIRMS = [
    "深圳骏业电子",
    "深圳市骏业电子有限公司",
    "骏业",
    "深圳骏业",
    "东莞骏业五金",
    "正标（北京）标准件",
    "北京正标标准件有限公司",
]


def found(*names):
    return {(frozenset((each.one, each.other)), each.why) for each in pairs(list(map(segmented_key, names)))}


def asked(one, other):
    why = [each.why for each in pairs([segmented_key(one), segmented_key(other)])]
    return why[0] if why else None


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("bvm7-7710", "bvm7-7-710", "variant"),
        ("Galaxy Ace4", "Galaxy Ace 4", "variant"),
        ("TUMBLER, BAROQUE", "TUMBLER BAROQUE", "variant"),
        ("WRAP KEEP CALM BIRTHDAY", "KEEP CALM BIRTHDAY WRAP", "variant"),
        ("Hobbit, The", "The Hobbit", "variant"),
        ("六角螺栓 M8*30", "六角螺栓M8×30", "variant"),
        ("Hex Bolt M8x30", "Hex Bolt M8 × 30", "variant"),
        ("可口可乐 330ml", "可口可乐330毫升", "variant"),
        ("连衣裙 碎花 M", "碎花连衣裙 M", "variant"),
        ("羽绒服 儿童 110", "儿童羽绒服 110", "variant"),
        ("BVM7-710", "bvm7—710—8505", "segment"),
        ("主板 BVM7-710", "BVM7-710", "segment"),
        ("Optiimus Black", "Optimus Black", "typo"),
        ("PACK OF 12 DOILEY TISSUES", "PACK 12 DOILY TISSUES", "variant"),
        ("PACK 3 BOXES PANNETONE", "PACK 3 BOXES PANETTONE", "typo"),
        ("不锈钢管道泵", "不绣钢管道泵", "typo"),
    ],
)
def test_names_that_may_be_one_are_asked_about(one, other, why):
    assert asked(one, other) == why
    assert asked(other, one) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BVM7-710", "BVM7-720"),
        ("S7", "S7+"),
        ("铜带 1.5", "铜带 15"),
        ("40×40 散热片组件", "4040 散热片组件"),
        ("SCREW 3 X 5", "SCREW 5 X 3"),
        ("T-SHIRT COTTON S", "T-SHIRT COTTON M"),
        ("CUSHION COVER PINK", "CUSHION COVER"),
        ("RED RETROSPOT MUG", "REX RETROSPOT MUG"),
        ("CANDLE LARGE ROUND", "CANDLE ROUND"),
        ("PENCIL TUBE SMALL", "PENCILS TUBE TALL"),
        ("红色办公转椅", "黑色办公转椅"),
        ("机箱左侧面板", "机箱右侧面板"),
        ("CANDLE", "CANDLE 3 WICK"),
        ("3号线缆接头", "5号线缆接头"),
        ("KUNO", "LUNO"),
        ("红芯 黑线电缆", "黑芯 红线电缆"),
        ("垫板 3 5 加厚", "加厚垫板 5 3"),
        ("大豆油 5升", "大豆油 5克"),
    ],
)
def test_numbers_models_sizes_and_colours_keep_names_apart(one, other):
    assert asked(one, other) is None


def test_a_word_that_many_names_hold_is_a_kind_of_goods_and_no_question():
    assert found("主板", "主板 A1", "主板 B2", "主板 C3", "主板 D4") == set()
    assert len(found("BVM7-710", *(f"BVM7-710-{number}" for number in range(8500, 8506)))) == 6


def test_words_that_many_names_have_are_no_slips_of_each_other():
    names = [f"{word} {thing}" for word in ("BELL", "BALL") for thing in ("WOODEN", "PAPER", "GLASS", "METAL")]
    assert found(*names) == set()


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "- " * 5_000, "a-" * 5_000, "", "|", "…", "①②", "\ud800", "\u202e红", "😀😀"]
)
def test_odd_names_are_borne(name):
    assert asked(name, f"{name}1") in {None, "variant", "segment", "typo"}


NAMES = st.lists(st.text("ab1 -2.电线", max_size=8).map(segmented_key).filter(bool), max_size=12, unique=True)


@given(NAMES)
def test_the_order_of_the_names_decides_no_pair(keys):
    once = {(frozenset((each.one, each.other)), each.why) for each in pairs(keys)}
    assert once == {(frozenset((each.one, each.other)), each.why) for each in pairs(keys[::-1])}


@given(NAMES)
def test_a_typing_error_never_changes_a_number(keys):
    for each in pairs(keys):
        assert each.one != each.other
        if each.why == "typo":
            assert sorted(digits(each.one.replace("|", " "))) == sorted(digits(each.other.replace("|", " ")))


def _slow_distance(one, other):
    grid = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            grid[i, j] = min(grid[i - 1, j] + 1, grid[i, j - 1] + 1, grid[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                grid[i, j] = min(grid[i, j], grid[i - 2, j - 2] + 1)
    return grid[len(one), len(other)]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_the_distance_is_the_optimal_string_alignment_up_to_its_limit(one, other, most):
    assert distance(one, other, most) == min(_slow_distance(one, other), most + 1)


def test_a_firm_is_its_own_name_and_its_city():
    assert [tuple(firm(name)) for name in FIRMS] == [
        ("深圳", "骏业电子"), ("深圳", "骏业电子"), ("", "骏业"), ("深圳", "骏业"), ("东莞", "骏业五金"),
        ("北京", "正标标准件"), ("北京", "正标标准件"),
    ]  # fmt: skip
    assert firm("Acme Trading Co., Ltd.") == firm("ACME TRADING LIMITED") == ("", "acme trading")
    assert firm("Harrison & Sons Ltd") == firm("Harrison and Sons") == firm("Harrison&Sons, Inc.")


def test_short_names_legal_forms_and_cities_are_questions_and_other_cities_are_none():
    asked_of = {frozenset((each.one, each.other)): each.why for each in party_pairs(FIRMS)}
    assert asked_of[frozenset(FIRMS[:2])] == "variant"
    assert asked_of[frozenset(FIRMS[5:])] == "variant"
    assert asked_of[frozenset(("骏业", "东莞骏业五金"))] == "segment"
    assert frozenset(("深圳骏业", "东莞骏业五金")) not in asked_of
    assert frozenset(("深圳骏业电子", "东莞骏业五金")) not in asked_of


def test_signs_that_many_firms_have_are_no_slips_of_each_other():
    lines = ["电子", "五金", "商贸"]
    firms = [f"{own}{line}" for line in lines for own in ("恒丰", "恒鑫")] + ["骏业机电", "俊业机电"]
    assert [(each.one, each.other) for each in party_pairs(firms)] == [("骏业机电", "俊业机电")]
    firms = [f"{own} {line}" for line in ("Trading", "Metals", "Foods") for own in ("Rings", "Kings")]
    assert party_pairs([*firms, "Mayflower Foods", "Mayflwer Foods"])[0][:2] == ("Mayflower Foods", "Mayflwer Foods")
    assert len(party_pairs([*firms, "Mayflower Foods", "Mayflwer Foods"])) == 1


def test_codes_of_customers_are_never_alike():
    assert party_pairs(["17850", "17851", "1785", "17850.5"]) == []


@pytest.mark.skipif(not DEVICES.exists(), reason="../shared/data/names/devices.csv is not here")
def test_of_8253_devices_no_two_models_share_a_key_and_those_alike_without_separators_are_questions():
    with DEVICES.open(encoding="utf-8-sig", newline="") as file:
        names = {
            name for row in csv.reader(file) for name in (row[1], row[2], row[3], f"{row[0]} {row[3]}") if name.strip()
        }
    written = sorted(names)
    by_key = defaultdict(set)
    for name, key in zip(written, segmented_keys(written), strict=True):
        by_key[key].add("".join(sign for sign in name.casefold() if sign not in " -_/.|·\t\xa0‐–—−"))
    assert all(len(texts) == 1 for texts in by_key.values())
    questions = {frozenset((each.one, each.other)) for each in pairs(sorted(by_key))}
    joined = defaultdict(list)
    for key in by_key:
        joined[key.replace("|", "")].append(key)
    alike = [group for group in joined.values() if len(group) > 1]
    assert alike
    assert all(frozenset((group[0], other)) in questions for group in alike for other in group[1:])

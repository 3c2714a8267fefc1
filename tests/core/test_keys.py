from __future__ import annotations

import csv
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesaid.core.keys import (
    code_key,
    code_keys,
    digits,
    joined_key,
    key_of,
    party_key,
    plain,
    segmented_key,
    segmented_keys,
    share_no_code,
)

DEVICES = Path(__file__).parents[2] / ".." / "shared" / "data" / "names" / "devices.csv"
SEPARATORS = "- ‐‑–—―−－_/·・.\u3000\u00a0"


@pytest.mark.parametrize(
    "name", ["bvm7—710", "BVM7 710", "ｂｖｍ７－７１０", " BVM7_710 ", "bvm7 — 710", "BVM7·710", "bvm7――710"]
)
def test_the_spellings_of_one_board_have_one_key(name):
    assert segmented_key(name) == "bvm7|710"


@pytest.mark.parametrize("name", ["BVM7-720", "BVM7-710-8505", "BVM7710", "BVM7-7-10", "BVM7-710+"])
def test_another_model_has_another_key(name):
    assert segmented_key(name) != segmented_key("BVM7-710")


def test_a_plus_is_part_of_a_model():
    assert len({segmented_key(name) for name in ("S7", "S7+", "S7 Plus")}) == 3
    assert segmented_key("S7+") == segmented_key("s7＋")


def test_points_and_strokes_between_digits_make_models_of_their_own():
    names = ["1.5", "15", "1-5", "1/5", "1,5"]
    assert len({segmented_key(name) for name in names}) == len(names)
    assert segmented_key("１．５") == "1.5"


@pytest.mark.parametrize(
    ("one", "other"),
    [("铅芯 .5mm", "铅芯 5mm"), (".5mm lead", "5mm lead"), ("稳压器 -5V", "稳压器 5V"), ("－18℃ 冰柜", "18℃ 冰柜")],
)  # fmt: skip
def test_a_point_before_a_number_and_the_sign_of_a_measure_are_no_separators(one, other):
    assert segmented_key(one) != segmented_key(other)
    assert segmented_keys([one, other]) == [segmented_key(one), segmented_key(other)]


@pytest.mark.parametrize("name", ["BVM7 -710", "BVM7- 710", "-BVM7.-710", "bvm7 - 710"])
def test_other_dashes_before_a_number_are_separators(name):
    assert segmented_key(name) == "bvm7|710"


def test_points_and_strokes_elsewhere_are_separators():
    assert {segmented_key(name) for name in ("A/B", "a.b", "A - b", "a．b.", "A/ B")} == {"a|b"}


@pytest.mark.parametrize("sign", ["①", "½", "²", "㎡", "Ⅲ"])
def test_signs_that_compatibility_folding_would_change_stay(sign):
    assert sign.casefold() in segmented_key(f"板{sign}")
    assert segmented_key(f"板{sign}") != segmented_key(unicodedata.normalize("NFKC", f"板{sign}"))


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u00ad", "\ufeff", "\ufe0f", "\u202e", "\u2060", "\u200d", "\U000e0100", "\u034f"]
)
@pytest.mark.parametrize("key", [segmented_key, party_key])
def test_characters_that_nobody_sees_do_not_count(key, unseen):
    assert key(f"骏{unseen}业7") == key(f"{unseen}骏业7{unseen}") == key("骏业7")


def test_composed_and_decomposed_letters_agree():
    assert segmented_key(unicodedata.normalize("NFD", "CAFÉ-5")) == segmented_key("café 5")
    assert segmented_key("ｶﾞｰﾄﾞ") == segmented_key("ガード")


@pytest.mark.parametrize("name", ["—", "/", "·", "- -", "."])
def test_a_name_of_separators_alone_keeps_them(name):
    assert segmented_key(name) == name


def test_names_that_agree_only_without_separators_agree_in_the_joined_key_only():
    one, other = "bvm7-7710", "bvm7-7-710"
    assert joined_key(one) == joined_key(other) == "bvm77710"
    assert segmented_key(one) != segmented_key(other)


@pytest.mark.parametrize("name", ["深圳骏业(电子)", "深圳骏业（电子）", "深圳 骏业【电子】", " 深圳骏业 [电子]\u3000"])
def test_width_brackets_and_blanks_of_a_customer_fold(name):
    assert party_key(name) == "深圳骏业(电子)"


@pytest.mark.parametrize("name", ["东莞骏业", "骏业", "深圳骏业电子", "深圳骏业有限公司", "深圳-骏业", "深圳·骏业"])
def test_city_legal_form_short_name_and_separators_of_a_customer_do_not_fold(name):
    assert party_key(name) != party_key("深圳骏业")


def test_blanks_between_the_words_of_an_alphabet_stay():
    assert party_key("ABC  Trading ( SZ )") == party_key("abc trading(sz)")
    assert party_key("AB C") != party_key("ABC")


def test_only_products_fold_their_separators():
    assert key_of("product", "A-1") == key_of("product", "a 1")
    assert key_of("customer", "A-1") != key_of("customer", "a 1") != key_of("supplier", "a-1")


def test_digits_are_the_numbers_as_written():
    assert digits("BVM7—710 12V") == ("7", "710", "12")
    assert digits("１.５平方 1,000米") == ("1.5", "1,000")
    assert digits("三号板②") == ("②",)


@given(st.text("a7-1. /", max_size=8), st.text("a7-1. /", max_size=8))
@example("7 .1", "7-1")
@example("7./1", "7-1")
def test_names_with_one_key_have_the_same_digits(one, other):
    if segmented_key(one) == segmented_key(other):
        assert digits(one) == digits(other)


def test_a_code_that_a_spreadsheet_made_a_decimal_is_the_code():
    assert code_key("17850.0") == code_key("17850") == code_key(" １７８５０ ") == "17850"
    assert code_key("007") != code_key("7")
    assert code_key("1.5") == "1.5"


def test_two_share_no_code_only_if_both_have_codes():
    assert share_no_code(["82580"], ["21171"])
    assert not share_no_code(["82580"], [])
    assert not share_no_code(["82580", "9"], ["82580.0"])


@given(st.text(), st.sampled_from([segmented_key, party_key, plain]))
def test_the_key_of_a_key_is_itself(name, key):
    assert key(key(name)) == key(name)


@given(st.lists(st.text(alphabet="ab7骏é", min_size=1), min_size=1), st.data())
def test_any_separators_between_the_same_segments_give_one_key(segments, data):
    runs = st.text(alphabet=SEPARATORS.replace(".", "").replace("/", ""), min_size=1, max_size=3)
    written = segments[0] + "".join(data.draw(runs) + segment.upper() for segment in segments[1:])
    assert segmented_key(written) == segmented_key("-".join(segments))


@given(st.text())
def test_all_canonical_forms_of_a_name_have_one_key(name):
    for key in (segmented_key, party_key):
        assert key(unicodedata.normalize("NFD", name)) == key(unicodedata.normalize("NFC", name))


@pytest.mark.skipif(not DEVICES.exists(), reason="the device list is not here")
def test_devices_share_a_key_only_if_they_differ_in_case_and_separators_alone():
    rows = csv.reader(DEVICES.read_text(encoding="utf-8").splitlines())
    names = {name for row in rows for name in row if name.strip()}
    spelled: dict[str, str] = {}
    for name in names:
        bare = re.sub(r"[-\s_/·・.|‐-―−]", "", name).casefold()
        assert spelled.setdefault(segmented_key(name), bare) == bare, name
    assert len(spelled) > 10_000


def test_keys_for_22_000_names_take_a_blink():
    names = [f"{word} BVM7—{number}" for number in range(11_000) for word in ("主板", "Board")]
    started = time.process_time()
    keys = {segmented_key(name) for name in names}
    assert time.process_time() - started < 0.25  # 0.04 s on a slow laptop; a table built for each name takes minutes
    assert len(keys) == len(names)


NAMES = st.lists(
    st.text(st.sampled_from("a1７．./-_ \0\t\x1c|·板电源è̀ﾊﾞÅσς‐×\n0") | st.characters(), max_size=8), max_size=6
)


@given(NAMES)
@example(["1.", "2"])
@example(["a", "\u0300b"])
@example(["-", "", " "])
def test_names_folded_in_one_go_have_the_keys_that_each_has_alone(names):
    assert segmented_keys(names) == [segmented_key(name) for name in names]
    assert code_keys(names) == [code_key(name) for name in names]

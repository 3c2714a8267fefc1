from __future__ import annotations

import time
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.aliases import AliasRow
from salesaid.core.names import Ambiguous, AmbiguousName, Match, Names, Unknown, UnknownName

DAY = date(2026, 5, 6)
BOARDS = ("BVM7-710", "BVM7-710-8505", "BVM7-720", "电源线 2米", "Power Cord")
CUSTOMERS = ("深圳骏业电子", "东莞万安达", "正标", "Hannover GmbH", "Anka Trading")


def products(*known, rows=()):
    return Names("product", dict.fromkeys(known or BOARDS, ()), rows)


def customers(*known, rows=()):
    return Names("customer", dict.fromkeys(known or CUSTOMERS, ()), rows)


def decided(name, other, verdict="same", kind="product"):
    return AliasRow(kind, name, other, verdict, DAY)


def test_a_name_as_the_register_writes_it_is_exact():
    assert products().match(" BVM7-710 ") == Match("BVM7-710", "exact")


@pytest.mark.parametrize("typed", ["bvm7—710", "BVM7 710", "ｂｖｍ７＿７１０"])
def test_another_spelling_matches_by_key(typed):
    assert products().match(typed) == Match("BVM7-710", "key")


def test_a_decision_beats_spelling_and_is_said():
    names = products(rows=[decided("710主板", "BVM7-710"), decided("BVM7-720", "BVM7-710")])
    assert names.match("710主板") == Match("BVM7-710", "alias")
    assert names.match("BVM7-720") == Match("BVM7-710", "alias")


def test_a_decision_may_lead_to_another_spelling_of_the_registers_name():
    assert products(rows=[decided("主板", "bvm7—710")]).match("主板") == Match("BVM7-710", "alias")


def test_a_decision_for_a_name_that_no_register_has_answers_nothing():
    assert isinstance(products(rows=[decided("灯", "台灯")]).match("灯"), Unknown)


@pytest.mark.parametrize("typed", ["BVM7-730", "BVM7-71O", "灯泡", "", "—", "|"])
def test_similarity_is_never_an_answer(typed):
    assert isinstance(products().match(typed), Unknown)


def test_part_of_a_model_is_a_question():
    names = products("BVM7-710-8505", "电源线")
    assert names.match("BVM7-710") == Ambiguous("BVM7-710", ("BVM7-710-8505",))
    assert names.match("8505") == Ambiguous("8505", ("BVM7-710-8505",))


@pytest.mark.parametrize("typed", ["bvm7-7-10", "BVM7710", "b-vm7-710"])
def test_agreeing_only_without_separators_is_a_question(typed):
    assert products().match(typed) == Ambiguous(typed, ("BVM7-710", "BVM7-710-8505"))


def test_agreeing_only_without_separators_is_a_question_even_without_digits():
    assert products().match("powercord") == Ambiguous("powercord", ("Power Cord",))


def test_a_unique_part_without_digits_is_taken():
    assert customers().match("骏业") == Match("深圳骏业电子", "part")
    assert customers().match("anka") == Match("Anka Trading", "part")
    assert products().match("电源") == Match("电源线 2米", "part")


def test_one_character_is_a_question():
    assert customers().match("骏") == Ambiguous("骏", ("深圳骏业电子",))


def test_letters_within_a_word_are_a_question():
    assert customers().match("over") == Ambiguous("over", ("Hannover GmbH",))


def test_a_part_of_several_names_is_a_question():
    names = customers("深圳骏业", "东莞骏业", "骏业电子")
    assert names.match("骏业") == Ambiguous("骏业", ("骏业电子", "东莞骏业", "深圳骏业"))


def test_a_part_of_several_names_that_are_decided_to_be_one_is_taken():
    names = customers("深圳骏业", "骏业电子", rows=[decided("骏业电子", "深圳骏业", kind="customer")])
    assert names.match("骏业") == Match("深圳骏业", "part")


@pytest.mark.parametrize("typed", ["深圳骏业有限公司", "东莞骏业", "深圳-骏业"])
def test_legal_form_city_and_separators_of_a_customer_are_never_an_answer(typed):
    found = customers("深圳骏业").match(typed)
    assert not isinstance(found, Match)


def test_width_brackets_and_blanks_of_a_customer_match_by_key():
    assert customers("骏业(深圳)").match("骏业（深圳） ") == Match("骏业(深圳)", "key")


def test_two_names_of_one_key_with_two_codes_are_a_question():
    names = Names("product", {"Metal Sign": ["82580"], "METAL-SIGN": ["21171"]})
    assert names.match("metal sign") == Ambiguous("metal sign", ("Metal Sign", "METAL-SIGN"))
    assert names.fold("metal sign") == "metal sign"
    assert names.fold("METAL-SIGN") == "METAL-SIGN"


@pytest.mark.parametrize("codes", [([], ["21171"]), (["82580"], ["82580.0", "9"]), ([], [])])
def test_two_names_of_one_key_are_one_unless_their_codes_differ(codes):
    names = Names("product", {"Metal Sign": codes[0], "METAL-SIGN": codes[1]})
    assert names.match("metal sign") == Match("Metal Sign", "key")
    assert names.fold("METAL-SIGN") == names.fold("metal_sign") == "Metal Sign"


def test_a_code_or_full_name_finds_its_name():
    names = Names("product", {"主板": ["BVM7-710"], "电源": ["PSU-5", "X9"], "电源线": ["X9"]})
    assert names.match("PSU-5") == Match("电源", "exact")
    assert names.match("bvm7—710") == Match("主板", "key")
    assert names.match("X9") == Ambiguous("X9", ("电源", "电源线"))


def test_a_spelling_declared_different_does_not_match_by_key_or_part():
    names = products(
        "A-1", "正标板材", rows=[decided("A-1", "A 1", "different"), decided("正标板", "正标板材", "different")]
    )
    assert isinstance(names.match("A 1"), Unknown)
    assert names.match("a_1") == Ambiguous("a_1", ("A-1",))
    assert isinstance(names.match("正标板"), Unknown)
    assert "正标板材" not in names.suggestions("正标板")


def test_what_is_unknown_brings_suggestions():
    found = products().match("BVM7-701")
    assert isinstance(found, Unknown)
    assert found.suggestions[0] == "BVM7-710"
    assert "Power Cord" not in found.suggestions


def test_a_suggestion_is_the_name_behind_a_code_or_a_decision():
    names = Names("product", {"主板": ["BVM7-710"], "旧板 HX900": []}, [decided("旧板 HX900", "主板")])
    assert names.suggestions("BVM7-701") == ["主板"]
    assert names.suggestions("HX901") == ["主板"]


def test_resolving_raises_with_up_to_five_candidates_and_how_many_there_are():
    names = customers(*(f"骏业{city}" for city in "深莞广佛珠惠"))
    with pytest.raises(AmbiguousName) as caught:
        names.resolve("骏业")
    hint = caught.value.hint
    assert hint is not None
    assert hint.zh.count("骏业") == 5
    assert "6" in hint.zh
    assert "1 more" in hint.en
    assert "客户" in caught.value.message.zh


def test_resolving_an_unknown_name_says_how_to_make_a_new_one():
    with pytest.raises(UnknownName) as caught:
        products().resolve("BVM7-701")
    assert caught.value.code == "unknown-name"
    assert caught.value.exit_code == 2
    assert caught.value.hint is not None
    for phrase in caught.value.hint:
        assert "--new" in phrase
        assert "BVM7-710" in phrase


def test_an_empty_register_says_how_to_make_a_new_name():
    with pytest.raises(UnknownName) as caught:
        Names("supplier", {}).resolve("顺丰")
    assert caught.value.message.zh == "没有名为“顺丰”的供应商"
    assert "--new" in (caught.value.hint or ("", ""))[1]


def test_written_names_count_under_the_registers_name():
    names = products(rows=[decided("710主板", "bvm7—710—8505"), decided("bvm7—710—8505", "bvm7 710")])
    assert {names.fold(name) for name in ("710主板", "BVM7—710", "BVM7-710-8505")} == {"BVM7-710"}
    assert names.fold("BVM7-720") == "BVM7-720"
    assert names.fold("bvm7—730") == "bvm7—730"


def test_the_order_of_decisions_never_matters_to_what_names_count_under():
    rows = [decided("a", "b"), decided("B", "C-1"), decided("c 1", "d"), decided("a", "d", "different")]
    written = ["a", "b", "C_1", "d", "A"]
    answers = {tuple(map(products("B", "C-1", rows=order).fold, written)) for order in permutations(rows)}
    assert len(answers) == 1


WRITTEN = st.text(alphabet="aA1-—_ é骏+.", max_size=6)
ROWS = st.lists(st.builds(decided, WRITTEN, WRITTEN, st.sampled_from(["same", "same", "different"])), max_size=6)


@given(st.lists(WRITTEN, unique=True, max_size=5), ROWS, WRITTEN)
def test_folding_twice_is_folding_once(known, rows, written):
    names = products("x", *known, rows=rows)
    assert names.fold(names.fold(written)) == names.fold(written)


@given(st.lists(WRITTEN, unique=True, max_size=5), ROWS, WRITTEN)
def test_a_match_is_a_name_of_the_register_and_counts_under_the_same_name(known, rows, typed):
    names = products("x", *known, rows=rows)
    found = names.match(typed)
    if isinstance(found, Match):
        assert found.name in names.known
    if isinstance(found, Match) and found.how != "part":
        assert names.fold(found.name) == names.fold(typed.strip())


@given(st.lists(WRITTEN, unique=True, min_size=1, max_size=5), WRITTEN)
def test_an_answer_without_a_decision_has_the_digits_that_were_typed(known, typed):
    found = products(*known).match(typed)
    if isinstance(found, Match):
        assert typed.count("1") == (0 if found.how == "part" else found.name.count("1"))


@given(st.text(), st.lists(st.text(), unique=True, max_size=4))
def test_any_text_may_be_typed_and_any_text_may_stand_in_the_register(typed, known):
    names = products("x", *known)
    assert isinstance(names.match(typed), Match | Ambiguous | Unknown)
    assert set(names.suggestions(typed)) <= set(names.known)


def test_exact_names_of_a_large_register_cost_no_keys():
    known = {f"BVM7-{number}": () for number in range(22_000)}
    started = time.process_time()
    for _ in range(100):
        assert Names("product", known).match("BVM7-21999").how == "exact"
    assert time.process_time() - started < 0.1  # keys of all would be 3 s


def test_a_thousand_spellings_of_one_key_are_one_question():
    names = Names("product", {"A" + "-" * number + "1": [f"c{number}"] for number in range(1, 3_000)})
    found = names.match("a_1")
    assert isinstance(found, Ambiguous)
    assert len(found.candidates) == 2_999

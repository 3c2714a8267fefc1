from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.render.visible import original, visible, visible_in_sheet

HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
IGNORABLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u3164\uffa0\ufe00\ufe0f\U000e0100\u2065\ufff0"


def test_every_hidden_code_point_is_written_out_and_no_other_letter_is_touched() -> None:
    for code in range(0x110000):
        character = chr(code)
        hidden = unicodedata.category(character) in HIDDEN_CATEGORIES
        if hidden:
            assert visible(character) != character, hex(code)
        elif visible(character) != character:
            assert 0x2400 <= code <= 0x2421 or unicodedata.category(character) in {"Cn", "Mn", "Lo"}, hex(code)


def test_what_is_shown_holds_nothing_hidden() -> None:
    shown = visible("".join(map(chr, range(0x110000))))
    assert not {unicodedata.category(character) for character in set(shown)} & HIDDEN_CATEGORIES


@pytest.mark.parametrize("character", IGNORABLE)
def test_default_ignorable_characters_are_written_out(character: str) -> None:
    assert visible(character) == f"<U+{ord(character):04X}>"


def test_control_characters_have_pictures_and_the_rest_numbers() -> None:
    assert visible("a\x1b[2J\x00\x7f\x9b\u202e\n") == "a␛[2J␀␡<U+009B><U+202E>␊"


@pytest.mark.parametrize("text", ["BVM7—710", "骏业（北京）", "naïve ½ ① ￥ → │", "<b>", "<U+ab>", "　全角", "é"])
def test_ordinary_text_is_untouched(text: str) -> None:
    assert visible(text) is text


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("␛␡<U+E>\x1b\u202e0")))
def test_what_was_hidden_can_be_read_back(text: str) -> None:
    assert original(visible(text)) == text


@given(st.text(st.sampled_from("<U+0012B> ␛␀\x1b")), st.text(st.sampled_from("<U+0012B> ␛␀\x1b")))
def test_two_texts_never_look_the_same(one: str, other: str) -> None:
    assert (visible(one) == visible(other)) == (one == other)


def test_a_sign_that_names_no_character_reads_as_itself() -> None:
    assert original("<U+FFFFFF>") == "<U+FFFFFF>"


def test_a_sheet_keeps_tabs_line_ends_and_joiners_but_no_control_character() -> None:
    assert visible_in_sheet("a\tb\nc\u200dd\ufe0f") == "a\tb\nc\u200dd\ufe0f"
    assert visible_in_sheet("\x1b\r\x9b\ud800\uffff") == "␛␍<U+009B><U+D800><U+FFFF>"

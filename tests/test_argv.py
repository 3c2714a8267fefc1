from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid import argv

WORDS = st.sampled_from(["骏业", "BVM7-710×10", "-3", "-y", "--dry-run", "-n", "--note", "-yn", "-"])
GLOBAL = st.sampled_from([["--book", "账本"], ["--book=账本"], ["-b", "账本"], ["-b账本"]])
VALUED = {"-n", "--note"}


def taken(*words):
    return argv.all_words(words, VALUED)


def is_open(words):
    """Whether the last word still waits for its value."""
    return taken(*words, "瞧").words[-1:] != ("瞧",)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), GLOBAL)
def test_an_option_of_the_program_is_taken_out_wherever_it_stands(before, after, option):
    if is_open(before):
        before = [*before, "备注"]
    line = taken(*before, *option, *after)
    plain = taken(*before, *after)
    assert line.globals_.book == "账本"
    assert (line.options, line.words) == (plain.options, plain.words)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_no_word_is_lost_or_changes_its_place_among_its_kind(words, literal):
    line = taken(*words, "--", *literal)
    if not is_open(words):
        assert sorted([*line.options, *line.words]) == sorted([*words, *literal])
        assert line.words[len(line.words) - len(literal) :] == tuple(literal)


@given(st.sampled_from(["--lang", "-b", "--debug", "--", "-3", "--help", "-h"]))
def test_the_value_of_an_option_may_look_like_anything(value):
    assert taken("--note", value) == argv.Line(options=("--note", value))
    assert taken("-yn", value) == argv.Line(options=("-yn", value))


def test_behind_two_dashes_everything_is_a_word():
    line = taken("-y", "--", "--lang", "-n", "--")
    assert line.words == ("--lang", "-n", "--")
    assert line.globals_.lang is None


def test_a_number_like_minus_three_reaches_the_parser_as_a_word():
    assert taken("SO-1", "-3", "-y").arguments == ["-y", "--", "SO-1", "-3"]
    assert taken("-3a").options == ("-3a",)


def test_a_short_option_with_its_value_attached_does_not_take_the_next_word():
    assert taken("-nx", "骏业") == argv.Line(options=("-nx",), words=("骏业",))
    assert taken("--note=x", "骏业") == argv.Line(options=("--note=x",), words=("骏业",))


@pytest.mark.parametrize("option", ["--book", "-b", "--lang", "--today"])
def test_an_option_of_the_program_at_the_end_lacks_its_value(option):
    assert taken("骏业", option).lacking == option


def test_options_of_the_program_without_a_value_take_none():
    assert taken("--debug=1").options == ("--debug=1",)
    line = taken("--debug", "骏业", "--version", "--help")
    assert (line.globals_.debug, line.globals_.version, line.help) == (True, True, True)
    assert line.words == ("骏业",)


def test_the_first_word_ends_the_search_for_a_command():
    line = argv.first_word(["--lang", "en", "order", "add", "--lang", "zh"])
    assert (line.words, line.rest, line.globals_.lang) == (("order",), ("add", "--lang", "zh"), "en")


def test_a_command_may_stand_behind_two_dashes():
    assert argv.first_word(["--", "void", "-x"])[2:4] == (("void",), ("--", "-x"))


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, "zh"),
        ({"SALESAID_LANG": "en", "LANG": "zh_CN"}, "en"),
        ({"SALESAID_LANG": "klingon", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_without_a_book_the_environment_says_the_language(environ, lang):
    assert argv.spoken(None, environ) == lang


def test_the_option_for_the_language_wins():
    assert argv.spoken("en", {"SALESAID_LANG": "zh", "LANG": "zh_CN"}) == "en"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("--format json", True), ("x -f json", True), ("--format=json", True), ("-fjson", True), ("json -f", False)],
)
def test_it_is_seen_whether_trouble_has_to_be_json(words, wanted):
    assert argv.asks_for_json(words.split()) is wanted

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.state import Section, State, key_of, parts_of


class Kept:
    """A stored index in memory."""

    def __init__(self, items):
        self.items = {key: json.dumps(value) for key, value in items.items()}

    def get(self, section, key):
        return self.items.get(key)

    def under(self, section, prefix):
        return iter([(key, text) for key, text in sorted(self.items.items()) if key.startswith(prefix)])


words = st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=3)
keys = st.builds(key_of, words, words)


@given(st.lists(words, min_size=1))
def test_a_key_falls_into_the_parts_that_it_was_made_of(parts):
    assert parts_of(key_of(*parts)) == parts


def test_the_mark_between_parts_cannot_be_smuggled_in():
    assert len(parts_of(key_of("a\x1fb", "c"))) == 2


@given(st.dictionaries(keys, st.integers()), st.lists(st.tuples(keys, st.none() | st.integers())), words)
def test_changes_over_a_stored_index_read_like_one_dictionary(stored, changes, first):
    section, plain = Section("s", Kept(stored)), dict(stored)
    list(section.under(first))
    for key, value in changes:
        section.set(key, value)
        plain[key] = value
    wanted = {key: value for key, value in plain.items() if value is not None}
    assert dict(section.under()) == wanted
    assert dict(section.under(first)) == {key: v for key, v in wanted.items() if parts_of(key)[0] == first}
    assert all(section.get(key) == plain.get(key) for key in plain)


def test_a_fold_is_filled_once_when_it_is_first_looked_at():
    filled = []
    state = State(fill=lambda fold, _: filled.append(fold))
    assert filled == []
    state["stock.hand"].set("a", 1)
    assert state["stock.use"].get("a") is None
    assert filled == ["stock"]


def test_what_was_changed_can_be_stored():
    state = State()
    state["a.b"].set("键", ["1", None])
    state["a.b"].set("x", None)
    assert sorted(state.texts(), key=str) == [("a.b", "x", None), ("a.b", "键", '["1",null]')]

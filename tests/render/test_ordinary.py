from __future__ import annotations

import re
import sys

from salesaid.render.visible import HIDDEN, visible


def test_every_character_is_written_out_exactly_if_it_is_hidden_or_a_sign():
    hidden = re.compile(f"[{HIDDEN}\u2400-\u2421]")
    everything = map(chr, range(sys.maxunicode + 1))
    assert [ascii(c) for c in everything if (visible(c) != c) is not bool(hidden.match(c))] == []


def test_a_sign_that_stands_for_a_hidden_character_is_itself_written_out():
    assert visible("a<U+202E>b") != "a<U+202E>b"

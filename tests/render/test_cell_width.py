from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as by_rich

from salesaid.render.cell_width import cell_len


def test_every_character_is_as_wide_as_rich_draws_it():
    everything = map(chr, range(sys.maxunicode + 1))
    assert [ascii(sign) for sign in everything if cell_len(sign) != by_rich(sign)] == []


@given(st.text(st.sampled_from("aB 1~产品，（）…—\u0301\u200d\ufe0f👩ｱ\x1b") | st.characters(), max_size=12))
def test_a_text_is_as_wide_as_rich_draws_it(text):
    assert cell_len(text) == by_rich(text)

"""Rows of a frame that are made as they are taken: a sequence like any other."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.frames.rows import FrameRows


def rows_of(count):
    frame = pd.DataFrame({"a": range(count), "b": [f"n{at}" for at in range(count)]})
    return FrameRows(frame, [lambda rows: rows["a"].tolist(), lambda rows: rows["b"].tolist()])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 9000), st.slices(9000))
def test_they_are_what_a_list_of_them_is(count, part):
    rows, expected = rows_of(count), [(at, f"n{at}") for at in range(count)]
    assert len(rows) == count
    assert list(rows) == expected
    assert list(rows) == expected  # a second pass
    assert rows[part] == expected[part]


def test_single_rows_are_counted_from_both_ends():
    rows = rows_of(5000)
    assert (rows[0], rows[-1], rows[4999]) == ((0, "n0"), (4999, "n4999"), (4999, "n4999"))
    with pytest.raises(IndexError):
        rows[5000]

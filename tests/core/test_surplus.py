from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.surplus import surplus

KEYS = st.lists(st.integers(0, 6), max_size=12)


def test_a_row_that_stands_there_twice_is_added_twice_and_then_no_more():
    assert list(surplus([7, 7, 8], [3], [])) == [1, 1, 1]
    assert sum(surplus([7, 7, 8], [3], [7])) == 2
    assert sum(surplus([7, 7, 8], [3], [7, 8, 7])) == 0


@pytest.mark.parametrize("at_a_time", [3, 250_000])
@given(st.lists(KEYS, min_size=1, max_size=3), KEYS)
def test_files_together_are_as_files_one_after_the_other(at_a_time, files, earlier):
    keys = array("Q", [key for file in files for key in file])
    fresh = surplus(keys, [*accumulate(map(len, files))], array("Q", earlier), at_a_time)
    there, start = Counter(earlier), 0
    for file in files:
        added = Counter(key for at, key in enumerate(file, start) if fresh[at])
        assert added == Counter(file) - there
        there += added
        start += len(file)

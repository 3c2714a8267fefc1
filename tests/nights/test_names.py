"""Names of people in names of files: nothing leaves the folder, nothing is too long, no two are one file."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from salesaid.nights.names import file_names

HOSTILE = ["../x", "a/b", "a\\b", "CON", "con", ".", "..", "", " ", "王磊", "王磊 ", "王\u200b磊", "a:b", "a*b", "x\0y",
           "长" * 255, "长" * 256, "é", "e\u0301", "\ud800", "A\nB", "~$x", ".hidden", "NUL.md"]  # fmt: skip


def assert_safe(people):
    names = file_names(people)
    assert set(names) == set(people)
    for name in names.values():
        assert not set(name) & set('<>:"/\\|?*\0\n')
        assert name not in {".", ".."}
        assert len(f".salesaid-tmp-host-1234567-12345678abcdef01今日必办-{name}.html".encode()) <= 255
    compared = [unicodedata.normalize("NFC", name).casefold() for name in names.values()]
    assert len(set(compared)) == len(compared)
    return names


def test_hostile_names():
    names = assert_safe(HOSTILE)
    assert names["王磊"] != names["王磊 "]
    assert names["长" * 255] != names["长" * 256]


@given(st.lists(st.text(max_size=300), max_size=8, unique=True))
def test_any_names(people):
    assert len(assert_safe(people)) == len(people)


@given(st.lists(st.sampled_from(HOSTILE), unique=True))
def test_a_name_is_called_the_same_whoever_else_is_there_unless_it_is_taken_for_theirs(people):
    alone = {name: file_names([name])[name] for name in people}
    together = file_names(people)
    for name in people:
        assert together[name].startswith(alone[name][: len(alone[name]) // 2])


def test_an_ordinary_name_is_itself():
    assert file_names(["王磊", "Ann Lee", "赵丽(北京)"]) == {
        "王磊": "王磊",
        "Ann Lee": "Ann Lee",
        "赵丽(北京)": "赵丽(北京)",
    }

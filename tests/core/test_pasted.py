from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.pasted import command


def test_names_without_signs_of_a_shell_stand_as_they_are():
    assert command("name", "same", "bvm7—710", "深圳骏业电子") == "salesaid name same bvm7—710 深圳骏业电子"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], include_characters=" '\"$*;"))))
def test_a_shell_takes_a_pasted_line_apart_into_the_same_words(words):
    assert shlex.split(command(*words)) == ["salesaid", *words]

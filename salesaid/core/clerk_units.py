"""Quantities with their unit in the same cell: 275台, where the row or the heading says 台 as well."""

from __future__ import annotations

import re

from salesaid.core.heading_words import bracketed, folded

_WITH_UNIT = re.compile(r"\s*([-+－]?\d[\d,，.．]*)\s*([^\W\d_]{1,4})\s*")


def figure_of(text: str, unit: str, heading: str) -> str | None:
    """The figure of a cell whose unit is the row's, or the heading's where the row has none; None for any other."""
    found = _WITH_UNIT.fullmatch(text)
    said = unit or bracketed(heading)[1]
    return found[1] if found and said and folded(found[2]) == folded(said) else None

"""What a sheet's headings say of all its rows: below 来电日期 and 来电单位 stand calls that came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# By ledger and column: the value, and words of which a heading that is read has to hold one.
_SAID: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "visits": {"direction": ("in", ("来电", "来访", "来函", "来信"))}
}


def said_by_headings(ledger: str, columns: Iterable[str], headings: Iterable[str]) -> dict[str, str]:
    """Texts by column for every row of a sheet, from the headings that are read; a column of its own says it itself."""
    own, read = frozenset(columns), tuple(headings)
    return {
        id_: value
        for id_, (value, words) in _SAID.get(ledger, {}).items()
        if id_ not in own and any(word in heading for heading in read for word in words)
    }

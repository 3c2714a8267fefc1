"""Names that look like another one and may be the same thing; only a person can say."""

from __future__ import annotations

from salesaid.core.keys import MARK, digits, joined_key, key_of, plain, segmented_key
from salesaid.core.names import Ambiguous, Match, Names

_ALIKE = 0.65  # of the letters: 骏业电子科技 and 深圳骏业电子
_MOST = 3


def similar(name: str, names: Names) -> list[str]:
    """Up to three names that a new one may be: alike with the same digits, or the one within the other."""
    found = names.match(name)
    near = list(found.candidates) if isinstance(found, Ambiguous) else []
    near += [found.name] if isinstance(found, Match) and found.how == "part" else []
    near += [other for other in names.suggestions(name) if is_alike(name, other)]
    own = key_of(names.kind, name)
    return [other for other in dict.fromkeys(near) if key_of(names.kind, other) != own][:_MOST]


def is_alike(name: str, other: str) -> bool:
    """Whether two names look alike and have the same numbers, or one is within the other."""
    return _are_parts(name, other) or (digits(name) == digits(other) and _looks_alike(name, other))


def may_be_mistyped(name: str, other: str) -> bool:
    """Whether two names are alike, or would be if digits had not changed their places: 701 and 710."""
    turned = [sorted("".join(digits(each))) for each in (name, other)]
    return _are_parts(name, other) or (turned[0] == turned[1] and _looks_alike(name, other))


def _looks_alike(name: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, plain(name), plain(other)).ratio() >= _ALIKE


def _are_parts(name: str, other: str) -> bool:
    return _is_within(name, other) or _is_within(other, name) or joined_key(name) == joined_key(other)


def _is_within(short: str, long: str) -> bool:
    # BVM7-710 and BVM7-710-8505 may be one board.
    return f"{segmented_key(long)}{MARK}".startswith(f"{segmented_key(short)}{MARK}")

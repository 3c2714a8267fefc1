"""Products whose names have × where * or x was typed, or the reverse: 散热片 40×40, H65 0.3*50."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from salesaid.balances.census import Census, Form
from salesaid.core.keys import cross_key, star_key

KeyOf = Callable[[str], str]
"""star_key, or cross_key where an x counts as the sign as well."""


class OtherSigns:
    """Names and codes by their keys, one sign for another; only those that have such a sign are looked at."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._texts = [*texts]
        self._keyed: dict[KeyOf, dict[str, set[str]]] = {}

    def ids(self, typed: str, key_of: KeyOf) -> set[str]:
        """The products, by canonical name, whose name or code is the typed one but for its signs."""
        if key_of not in self._keyed:
            keyed = self._keyed[key_of] = {}
            for id_, text in self._texts:
                if "×" in text or "*" in text or "＊" in text or (key_of is cross_key and "x" in text.lower()):
                    keyed.setdefault(key_of(text), set()).add(id_)
        return self._keyed[key_of].get(key_of(typed), set())


def forms_with_other_signs(typed: str, key_of: KeyOf, census: Census) -> list[Form]:
    """How rows write a name that is the typed one but for its signs."""
    key, signs = key_of(typed), "×*" if key_of is star_key else "×*x"
    return [form for sign in signs for form in census.forms(key.replace("*", sign))]

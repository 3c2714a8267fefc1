"""Typed and written names find the register's: exactly, by a decision, by key, by a unique part; else a question.

Similarity only ever suggests. A name whose digits differ is another name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.core.aliases import Aliases, AliasRow
from salesaid.core.errors import Refused
from salesaid.core.keys import MARK, NameKind, key_of, share_no_code
from salesaid.core.text import Text, joined, same

How = Literal["exact", "alias", "key", "part"]
SHOWN = 5
SURE = 2  # characters of a part that needs no asking
_KINDS: Mapping[str, Text] = {
    "product": Text("产品", "product"),
    "customer": Text("客户", "customer"),
    "supplier": Text("供应商", "supplier"),
}


class Match(NamedTuple):
    """The register's name, and how what was typed led to it."""

    name: str
    how: How


class Ambiguous(NamedTuple):
    """Names that what was typed may mean: a person has to say which."""

    typed: str
    candidates: tuple[str, ...]


class Unknown(NamedTuple):
    """No name of the register fits; the suggestions are looked for when they are asked for."""

    typed: str
    names: Names

    @property
    def suggestions(self) -> list[str]:
        """Up to five names a person may have meant, best first."""
        return self.names.suggestions(self.typed)


class UnknownName(Refused):
    """Nothing in the register has the typed name."""

    offers_new = True

    def __init__(self, kind: NameKind, typed: str, suggestions: Sequence[str]) -> None:
        what = _KINDS[kind]
        self.typed, self.suggestions = typed, tuple(suggestions)
        self.kind = kind
        hint = Text(f"确是新{what.zh}，请加 --new", f"if it is a new {what.en}, add --new")
        if suggestions:
            names = _listed(suggestions)
            self.hint_without_new = Text(f"是不是：{names.zh}？", f"did you mean: {names.en}?")
            hint = Text(f"是不是：{names.zh}？{hint.zh}", f"did you mean: {names.en}? {hint.en.capitalize()}")
        super().__init__(Text(f"没有名为“{typed}”的{what.zh}", f"there is no {what.en} named “{typed}”"), hint)


class AmbiguousName(Refused):
    """Several names of the register, or one that needs a person's yes, may be meant."""

    offers_new = True

    def __init__(self, kind: NameKind, typed: str, candidates: Sequence[str]) -> None:
        what = _KINDS[kind]
        self.typed, self.candidates = typed, tuple(candidates)
        self.kind = kind
        names = _listed(candidates)
        self.hint_without_new = Text(f"请写出全名：{names.zh}", f"write the whole name: {names.en}")
        super().__init__(
            Text(f"“{typed}”不能确定是哪个{what.zh}", f"it is not certain which {what.en} “{typed}” means"),
            Text(
                f"请写出全名：{names.zh}；确是新{what.zh}，请加 --new",
                f"write the whole name: {names.en}; if it is a new {what.en}, add --new",
            ),
        )


class Names:
    """The names of one register, with the other forms each is known by (codes, models, full names).

    A start that only meets exact names computes no key. `match` is for what a person typed, `fold` for what
    stands in ledgers: rows are one product where `fold` says one name.
    """

    def __init__(self, kind: NameKind, known: Mapping[str, Sequence[str]], rows: Sequence[AliasRow] = ()) -> None:
        self.kind = kind
        self.known = known
        self._rows = rows
        self._folded: dict[str, str] = {}

    def match(self, typed: str) -> Match | Ambiguous | Unknown:
        """What the typed name means: an answer, a question, or nothing that is known."""
        typed = typed.strip()
        if typed in self.known:
            stays = self._stays(typed)
            return Match(stays, "exact" if stays == typed else "alias")
        stays = self.aliases.fold(typed)
        if stays in self.known:
            return Match(stays, "alias")
        return self._by_form(typed) or self._by_key(typed, stays) or self._by_part(typed) or Unknown(typed, self)

    def resolve(self, typed: str) -> Match:
        """The match; raises AmbiguousName or UnknownName where there is none."""
        found = self.match(typed)
        if isinstance(found, Ambiguous):
            raise AmbiguousName(self.kind, found.typed, found.candidates)
        if isinstance(found, Unknown):
            raise UnknownName(self.kind, found.typed, found.suggestions)
        return found

    def fold(self, written: str) -> str:
        """The one name that a written name counts under: decided, else the register's of that key, else itself."""
        if written not in self._folded:
            stays = self.aliases.fold(written)
            self._folded[written] = self._one(self._named.get(self.aliases.node(stays), ())) or stays
        return self._folded[written]

    def suggestions(self, typed: str, limit: int = SHOWN) -> list[str]:
        """Names a person may have meant, best first; never one that was declared different."""
        from salesaid.core.suggest import suggestions

        texts = suggestions(typed, [*self.known, *self._forms], 4 * limit)
        found = [self._stays(name) for text in texts for name in self._forms.get(text, [text])]
        return [name for name in dict.fromkeys(found) if not self.aliases.are_different(typed, name)][:limit]

    @cached_property
    def aliases(self) -> Aliases:
        """The decisions about names of this kind."""
        return Aliases(self.kind, self._rows)

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """The names known by each other form that is not itself a name."""
        names: dict[str, list[str]] = {}
        for name, forms in self.known.items():
            for form in forms:
                if form and form not in self.known:
                    names.setdefault(form, []).append(name)
        return names

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The names of each node."""
        named: dict[str, list[str]] = {}
        for name in self.known:
            named.setdefault(self.aliases.node(name), []).append(name)
        return named

    @cached_property
    def _formed(self) -> dict[str, list[str]]:
        """The names known by another form of each node."""
        formed: dict[str, list[str]] = {}
        for form, names in self._forms.items():
            formed.setdefault(self.aliases.node(form), []).extend(names)
        return formed

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """The key of every name and of every other form, with its name."""
        return [
            (key_of(self.kind, node[1:]) if node.startswith("\n") else node, name)
            for nodes in (self._named, self._formed)
            for node, names in nodes.items()
            for name in names
        ]

    def _stays(self, name: str) -> str:
        """The register's name that one of the register's names was decided to stand for."""
        stays = self.aliases.fold(name) if self._rows else name
        return stays if stays in self.known else name

    def _one(self, names: Sequence[str]) -> str | None:
        """The one name that several are: the first, unless they have codes and share none."""
        stay = list(dict.fromkeys(map(self._stays, names)))
        return stay[0] if stay and not share_no_code(*(self.known[name] for name in stay)) else None

    def _by_form(self, typed: str) -> Match | Ambiguous | None:
        """By a code, model or full name, as it is written in the register."""
        return self._only(typed, self._forms.get(typed, ()), "exact")

    def _by_key(self, typed: str, stays: str) -> Match | Ambiguous | None:
        """By the key of a name, else of another form; `stays` is what the typed name was decided to stand for."""
        node = self.aliases.node(stays)
        how: How = "key" if stays == typed else "alias"
        names = self._named.get(node, ())
        one = self._one(names)
        return Match(one, how) if one else self._only(typed, names or self._formed.get(node, ()), how)

    def _only(self, typed: str, names: Sequence[str], how: How) -> Match | Ambiguous | None:
        """The answer if all names stand for one; several are a question."""
        stay = tuple(dict.fromkeys(map(self._stays, names)))
        return Ambiguous(typed, stay) if len(stay) > 1 else Match(stay[0], how) if stay else None

    def _by_part(self, typed: str) -> Match | Ambiguous | None:
        """By what names hold, separators and blanks aside; only a unique part as it is written is an answer."""
        part = key_of(self.kind, typed)
        held = self._holding(_bare(part))
        stay = dict.fromkeys(self._stays(name) for _, name in held)
        names = tuple(name for name in stay if not self.aliases.are_different(typed, name))
        if len(names) == 1 and _may_be_taken(part, [key for key, _ in held]):
            return Match(names[0], "part")
        return Ambiguous(typed, names) if names else None

    def _holding(self, bare: str) -> list[tuple[str, str]]:
        """Keys that hold the part, with their names: equal ones, then those that begin with it, then by length."""
        held = ((_bare(key), key, name) for key, name in self._keys)
        fits = [
            (whole != bare, not whole.startswith(bare), len(whole), key, name)
            for whole, key, name in held
            if bare in whole
        ]
        return [(key, name) for *_, key, name in sorted(fits)] if bare else []


def _listed(names: Sequence[str]) -> Text:
    """The first five names in one line, and how many more there are."""
    more = len(names) - SHOWN
    rest = [Text(f"等共 {len(names)} 个", f"{more} more")] if more > 0 else []
    return joined([same(name) for name in names[:SHOWN]] + rest)


def _bare(key: str) -> str:
    """A key without segment marks and blanks."""
    return key.replace(MARK, "").replace(" ", "")


def _may_be_taken(part: str, keys: Sequence[str]) -> bool:
    """Whether a unique part needs no asking: two characters or more, no digit, and not all that a key holds."""
    bare = _bare(part)
    if len(bare) < SURE or any(unicodedata.category(sign).startswith("N") for sign in part):
        return False
    return all(_bare(key) != bare for key in keys) and any(_begins_a_word(part, key) for key in keys)


def _begins_a_word(part: str, key: str) -> bool:
    """Whether the part stands in the key, and not within a word of an alphabet (`ann` in `hannover`)."""
    at = key.find(part)
    while at >= 0:
        if at == 0 or not (_is_letter(key[at]) and _is_letter(key[at - 1])):
            return True
        at = key.find(part, at + 1)
    return False


def _is_letter(sign: str) -> bool:
    """Whether a sign belongs to an alphabet whose words are parted by blanks."""
    return sign < "\u2e80" and sign.isalpha()

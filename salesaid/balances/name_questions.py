"""Which names may be one thing and are not decided: found once over all distinct names of the book (DOMAIN.md 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.written_names import Known, code_in, kinds_of
from salesaid.core.aliases import HIDDEN_FOR, Aliases, AliasRow, Verdict
from salesaid.core.candidates import Pair, pairs
from salesaid.core.keys import NameKind, key_of, model_key, segmented_keys
from salesaid.core.party_names import party_pairs
from salesaid.core.pasted import about_names

Asked = Literal["variant", "segment", "typo", "unknown", "codes"]
ORDER: tuple[Asked, ...] = ("variant", "codes", "segment", "typo", "unknown")
_OFTEN = 2  # times: a slip in a firm's name is rarer than the name itself, else it is another firm
_MANY_CODES = 5  # of one name: more, and it names a kind of goods


class Question(NamedTuple):
    """Whether `name` is what `other` is; `other` is blank where nothing is known that it may be.

    Both are canonical names, as the book counts under them now.
    """

    kind: NameKind
    question: Asked
    name: str
    other: str


class Answer(NamedTuple):
    """What a person answered to a question; `row` is where that stands in their workbook, 0 where it was typed."""

    kind: NameKind
    name: str
    other: str
    verdict: Verdict
    stays: str = ""
    row: int = 0


class Folded(NamedTuple):
    """A way of writing that counts under another name without anybody having been asked."""

    kind: NameKind
    question: Literal["variant", "codes"]  # one key, or one code
    written: str
    model: str
    rows: int
    name: str


def name_questions(
    catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, today: date
) -> NameQuestions:
    """The questions of the book; those of a kind are looked for when they are asked for."""
    return NameQuestions(kinds_of(catalogue, customer_names, supplier_names), today)


class NameQuestions:
    """Questions about names that nobody has answered, and those that were put off."""

    def __init__(self, kinds: Mapping[NameKind, Known], today: date) -> None:
        self._kinds = kinds
        self._today = today
        self._of: dict[NameKind, _OfKind] = {}

    def about(self, kind: NameKind) -> _OfKind:
        """The questions about one kind of name."""
        if kind not in self._of:
            self._of[kind] = _OfKind(kind, self._kinds[kind], self._today)
        return self._of[kind]

    def known(self, kind: NameKind) -> Known:
        """All names of a kind."""
        return self._kinds[kind]

    def answer(self, question: Question, verdict: Verdict = "same") -> str:
        """The command line that answers a question; a name of things of two kinds has to come with its kind."""
        several = any(question.name in self.about(kind).rows for kind in self._kinds if kind != question.kind)
        options = ("--kind", question.kind) if several else ()
        return about_names(f"name {verdict}", (question.name, question.other), *options)


class _OfKind:
    """The questions about products, customers or suppliers."""

    def __init__(self, kind: NameKind, known: Known, today: date) -> None:
        self._kind = kind
        self._known = known
        self._today = today
        self._aliases = Aliases(kind, known.aliases)

    @cached_property
    def pairs(self) -> list[Question]:
        """Pairs of names that may be one, undecided and not put off."""
        return [question for question in self._asked if not self._is_hidden(question)]

    @cached_property
    def put_off(self) -> list[Question]:
        """Questions that somebody wants to be asked later."""
        return [question for question in self._asked if self._is_hidden(question)]

    @cached_property
    def unknown(self) -> list[str]:
        """Names that rows have and the register has not, and that no other question is about."""
        if not self._known.has_register:
            return []
        spoken_of = {question.name for question in self._asked}
        spoken_of |= {name for row in self._put_off_rows for name in (row.name, row.stands_for)}
        return [name for name in self.rows if name not in self._known.registered and name not in spoken_of]

    def are_different(self, one: str, other: str) -> bool:
        """Whether somebody said so of two names."""
        return self._aliases.are_different(one, other)

    @cached_property
    def unregistered(self) -> dict[str, str]:
        """Names that rows have and the register has not, each with what it may be; those put off are left out."""
        if not self._known.has_register:
            return {}
        asked = {each.name: each.other for each in reversed(self.pairs) if each.name not in self._known.registered}
        return asked | dict.fromkeys(self.unknown, "")

    @cached_property
    def rows(self) -> dict[str, int]:
        """In how many rows each canonical name stands, the most usual one first; the register's names before others."""
        counts: dict[str, int] = dict.fromkeys(self._known.registered, 0)
        for name, count in self._counted():
            if name:
                counts[name] = counts.get(name, 0) + count
        known = self._known.registered
        return dict(sorted(counts.items(), key=lambda each: (each[0] not in known, -each[1], each[0])))

    @cached_property
    def folded(self) -> list[Folded]:
        """The ways of writing that count under another name unasked."""
        return list(self._folded())

    def _counted(self) -> Iterator[tuple[str, int]]:
        if isinstance(self._known, Catalogue):
            yield from ((self._known.identify(f.name, f.model), f.rows) for f in self._known.census.all_forms())
        else:
            yield from ((self._known.identify(f.name), f.rows) for f in self._known.census.parties(self._known.kind))

    @cached_property
    def _asked(self) -> list[Question]:
        found = self._of_products(self._known) if isinstance(self._known, Catalogue) else self._of_parties()
        once: dict[frozenset[str], Question] = {}
        for each in found:
            if not self._aliases.are_different(each.name, each.other):
                once.setdefault(frozenset((each.name, each.other)), each)
        rows = self.rows
        return sorted(
            once.values(),
            key=lambda q: (ORDER.index(q.question), -rows.get(q.name, 0) - rows.get(q.other, 0), q.name, q.other),
        )

    def _of_parties(self) -> Iterator[Question]:
        known, rows = self._known.registered, self.rows
        for pair in party_pairs(list(rows)):
            is_slip = pair.why != "typo" or pair.one in known or rows[pair.one] > _OFTEN * rows[pair.other]
            if is_slip and (pair.why == "variant" or not (pair.one in known and pair.other in known)):
                yield Question(self._kind, pair.why, pair.other, pair.one)

    def _of_products(self, known: Catalogue) -> Iterator[Question]:
        by_key: dict[str, list[str]] = {}
        codes = _codes(known, self.rows)
        for name, key in _names_and_keys(known, list(self.rows)):
            by_key.setdefault(key, []).append(name)
        for names in by_key.values():
            if 1 < len(names) <= _MANY_CODES and not _is_kind_of_goods(known, names):
                yield from (Question("product", "codes", name, names[0]) for name in names[1:])
        for pair in pairs([*by_key]):
            yield from self._between(pair, by_key, codes)

    def _between(
        self, pair: Pair, by_key: Mapping[str, Sequence[str]], codes: Mapping[str, frozenset[str]]
    ) -> Iterator[Question]:
        for one in by_key[pair.one][:_MANY_CODES]:
            for other in by_key[pair.other][:_MANY_CODES]:
                vetoed = one in codes and other in codes and codes[one].isdisjoint(codes[other])
                both = one in self._known.registered and other in self._known.registered
                if one != other and (pair.why == "variant" or not (vetoed or (both and pair.why == "segment"))):
                    yield Question("product", "codes" if vetoed else pair.why, other, one)

    @cached_property
    def _put_off_rows(self) -> list[AliasRow]:
        days = ((row, row.decided_on) for row in self._known.aliases if row.verdict == "later")
        return [row for row, day in days if day and day <= self._today < day + HIDDEN_FOR]

    @cached_property
    def _hidden(self) -> frozenset[frozenset[str]]:
        node = self._aliases.node
        return frozenset(frozenset((node(row.name), node(row.stands_for))) for row in self._put_off_rows)

    def _is_hidden(self, question: Question) -> bool:
        return frozenset(map(self._aliases.node, (question.name, question.other))) in self._hidden

    def _folded(self) -> Iterator[Folded]:
        known = self._known
        forms = known.census.all_forms() if isinstance(known, Catalogue) else known.census.parties(known.kind)
        for form in forms:
            id_ = known.identify(form.name, form.model) if isinstance(known, Catalogue) else known.identify(form.name)
            stays = known.product(id_).name if isinstance(known, Catalogue) else id_
            if not form.name or form.name in {id_, stays} or self._aliases.fold(form.name) != form.name:
                continue
            one_key = key_of(self._kind, form.name) in {key_of(self._kind, id_), key_of(self._kind, stays)}
            if one_key or (form.model and form.name != form.model):
                yield Folded(self._kind, "variant" if one_key else "codes", form.name, form.model, form.rows, id_)


def _codes(known: Catalogue, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The codes of each product that has any; codes that differ tell products apart."""
    found: dict[str, set[str]] = {}
    for name in names:
        product = known.registered.get(name)
        if product is not None and product.model:
            found[name] = {model_key(product.model)}
    for form in known.census.all_forms():
        if form.model:
            name = known.identify(form.name, form.model)
            if name not in known.registered:
                found.setdefault(name, set()).add(model_key(form.model))
    return {name: frozenset(codes) for name, codes in found.items()}


def _names_and_keys(known: Catalogue, names: list[str]) -> Iterator[tuple[str, str]]:
    """Each canonical name with the key of what rows call it: of two codes of one name, that name."""
    called = [known.product(name).name if code_in(name) and name not in known.registered else name for name in names]
    return zip(names, segmented_keys(called), strict=True)


def _is_kind_of_goods(known: Catalogue, names: Iterable[str]) -> bool:
    """Whether a register gives one name to several models: then the models are the names."""
    return sum(name in known.registered and known.registered[name].name != name for name in names) > 1

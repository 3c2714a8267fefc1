"""Names as they are written, of any kind: whether they are known, whether a register holds them, what they count as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.census import Form, most_written, party_code
from salesaid.balances.parties import Parties
from salesaid.core.errors import Refused
from salesaid.core.keys import NameKind, code_key, key_of, model_key, segmented_key
from salesaid.core.names import UnknownName
from salesaid.core.pasted import about_names
from salesaid.core.text import Text, joined, same

Known = Catalogue | Parties
Kinds = Mapping[NameKind, Known]

WORDS: Mapping[NameKind, Text] = {
    "product": Text("产品", "product"),
    "customer": Text("客户", "customer"),
    "supplier": Text("供应商", "supplier"),
}


class UnknownEverywhere(Refused):
    """A name stands neither in a register nor in any row."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        again = about_names("name suggest", [name])
        hint = Text(f"查相近的名称：{again}", f"to see similar names: {again}")
        if near:
            names = joined([same(text) for text in near])
            hint = Text(f"是不是：{names.zh}？{hint.zh}", f"did you mean: {names.en}? {hint.en.capitalize()}")
        super().__init__(Text(f"台账里没有“{name}”", f"“{name}” stands in no ledger"), hint)


class OtherKinds(Refused):
    """Names that are known as different kinds of things."""

    def __init__(self, name: str, kind: NameKind, other: str, other_kind: NameKind) -> None:
        one, two = WORDS[kind], WORDS[other_kind]
        super().__init__(
            Text(
                f"“{name}”是{one.zh}，“{other}”是{two.zh}",
                f"“{name}” is a {one.en}, “{other}” a {two.en}",
            ),
            Text("只有同一种名称才能比较", "only names of one kind can be compared"),
        )


class WhichKind(Refused):
    """Names that are known as more than one kind of thing."""

    def __init__(self, names: Sequence[str], kinds: Sequence[NameKind]) -> None:
        what = joined([WORDS[kind] for kind in kinds], "、", " and ")
        ids = "、".join(kinds), ", ".join(kinds)
        super().__init__(
            Text(f"“{names[0]}”既是{what.zh}", f"“{names[0]}” is known as {what.en}"),
            Text(f"用 --kind 说明是哪种：{ids[0]}", f"say which with --kind: {ids[1]}"),
        )


def kinds_of(catalogue: Catalogue, customer_names: Parties, supplier_names: Parties) -> Kinds:
    """All names of the book by kind."""
    return {"product": catalogue, "customer": customer_names, "supplier": supplier_names}


def kind_of(names: Sequence[str], kinds: Kinds, given: NameKind | None, *, new: bool = False) -> NameKind:
    """The one kind of thing that all names are. With `new` they need not be known.

    Raises UnknownName, UnknownEverywhere, WhichKind, OtherKinds.
    """
    counts = {kind: sum(is_known(name, known) for name in names) for kind, known in kinds.items()}
    fitting = [kind for kind, count in counts.items() if count == max(counts.values())]
    kind = given or fitting[0]
    if given is None and len(fitting) > 1:
        if max(counts.values()):
            for name in names:
                if not is_known(name, kinds[kind]):
                    _require_one_kind(name, kind, names, kinds)
            raise WhichKind(names, fitting)
        raise UnknownEverywhere(names[0], _near(names[0], kinds))
    for name in names:
        if not new and not is_known(name, kinds[kind]):
            _require_one_kind(name, kind, names, kinds)
            raise UnknownName(kind, name, kinds[kind].names.suggestions(name))
    return kind


def _require_one_kind(name: str, kind: NameKind, names: Sequence[str], kinds: Kinds) -> None:
    other = next((id_ for id_, known in kinds.items() if id_ != kind and is_known(name, known)), None)
    mate = next((each for each in names if is_known(each, kinds[kind])), None)
    if other is not None and mate is not None:
        raise OtherKinds(mate, kind, name, other)


def _near(name: str, kinds: Kinds) -> list[str]:
    return [text for known in kinds.values() for text in known.names.suggestions(name, 2)]


def is_known(name: str, known: Known) -> bool:
    """Whether a written name, but for its spelling, stands in the register or in any row."""
    return register_name(name, known) is not None or bool(forms_of(name, known)) or identity(name, known) != name


def identity(name: str, known: Known) -> str:
    """The canonical name that a written one counts under."""
    return known.identify(name, "") if isinstance(known, Catalogue) else known.identify(name)


def register_name(name: str, known: Known) -> str | None:
    """The register's name that a written one is but for its spelling; decisions play no part."""
    if name in known.registered:
        return name
    if isinstance(known, Parties):
        return next((id_ for id_ in known.registered if party_code(id_) == party_code(name)), None)
    key, code = segmented_key(name), code_key(name)
    for id_, product in known.registered.items():
        if key in {segmented_key(id_), segmented_key(product.name)} or code == code_key(product.model):
            return id_
    return None


def forms_of(name: str, known: Known) -> list[Form]:
    """How rows write a name, as one spelling or another."""
    if isinstance(known, Parties):
        return known.census.parties(known.kind, party_code(name))
    found = known.census.forms(segmented_key(name)) or known.census.coded(model_key(name))
    code = code_in(name)
    return found or (known.census.coded(model_key(code)) if code else [])


def code_in(name: str) -> str:
    """The code in the name of a product that only its code tells from another of that name: LAMP (21171)."""
    return name.rpartition(" (")[2][:-1] if name.endswith(")") else ""


def named_in_rows(name: str, known: Known) -> str:
    """A name as rows write it, where a code was typed that no register lists; else the name itself."""
    if isinstance(known, Parties) or register_name(name, known) or known.census.forms(segmented_key(name)):
        return name
    coded = known.census.coded(model_key(name))
    best = most_written(coded)
    told_apart = {id_ for form in coded if code_in(id_ := known.identify(form.name, form.model))}
    return next((id_ for id_ in sorted(told_apart) if id_.startswith(f"{best} (")), best) or name


def rows_of(name: str, known: Known) -> int:
    """In how many rows a name stands, in any spelling."""
    return sum(form.rows for form in forms_of(name, known))


def are_one_key(kind: NameKind, names: Iterable[str]) -> bool:
    """Whether names are one but for their spelling."""
    return len({key_of(kind, name) for name in names}) == 1

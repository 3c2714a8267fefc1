"""Which products there are, and which of them a written or typed name means (DOMAIN.md 1, "A product's identity")."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from itertools import chain

from salesaid.balances.census import Census, Form, most_written
from salesaid.balances.decisions import alias_rows
from salesaid.balances.other_signs import KeyOf, OtherSigns, forms_with_other_signs
from salesaid.balances.product_register import COMPONENTS, Product, counts_in, registered
from salesaid.core.aliases import Aliases, AliasRow
from salesaid.core.keys import code_key, code_keys, cross_key, model_key, segmented_key, star_key
from salesaid.core.listed import Listed, sole
from salesaid.core.names import Match, Names
from salesaid.core.rows import Rows

__all__ = ["NO_NAME", "Catalogue", "Product", "catalogue", "counts_in", "registered"]

NO_NAME = ""
_MANY = 100  # unregistered products


def catalogue(products: Rows, aliases: Rows, census: Census) -> Catalogue:
    """All products of the book."""
    decisions = [row for row in alias_rows(aliases) if row.kind == "product"]
    return Catalogue(registered(products), decisions, census, has_register=bool(products.columns))


class Catalogue:
    """All products of the book. `match` reads what a person typed, `identify` what a row says."""

    def __init__(
        self, products: Listed[Product], aliases: Iterable[AliasRow], census: Census, *, has_register: bool
    ) -> None:
        self.registered = products
        self.has_register = has_register
        self.census = census
        self.aliases = tuple(aliases)
        self._identified: dict[tuple[str, str], str] = {}
        self._standing_for: set[str] = set()  # names told apart by their codes whose decisions are being followed
        self._found: dict[str, Product] = {}
        self._forms: dict[str, list[tuple[str, str]]] = {}
        self._forms_by_key: dict[str, list[Form]] = {}
        self._name_by_code: dict[str, str] = {}
        self._asked = 0

    @cached_property
    def names(self) -> Names:
        """Everything a person may type, with the written names of rows that no register lists."""
        known: dict[str, list[str]] = {p.id: [p.name, p.model] for p in self.registered.values()}
        for form in self.census.all_forms():
            forms = known.setdefault(self.identify(form.name, form.model), [])
            forms += [text for text in (form.name, form.model) if text]
        known.pop(NO_NAME, None)
        return Names("product", known, self.aliases)

    def match(self, typed: str) -> Match:
        """Which product a typed name means. Raises UnknownName and AmbiguousName."""
        return self._typed_exactly(typed) or self._typed_alike(typed, cross_key) or self.names.resolve(typed)

    def knows(self, typed: str) -> bool:
        """Whether a text, but for case and × or *, is a product's name, model or written form."""
        return (self._typed_exactly(typed) or self._typed_alike(typed, star_key)) is not None

    def _typed_alike(self, typed: str, key_of: KeyOf) -> Match | None:
        """By the one name that has × where * was typed, or the reverse; what was decided of the typed name is first."""
        if "*" not in key_of(typed) or segmented_key(typed) in self._decided_keys:
            return None
        written = forms_with_other_signs(typed, key_of, self.census)
        ids = {self.identify(form.name, form.model) for form in written} | self._signs.ids(typed, key_of)
        return Match(ids.pop(), "key") if len(ids) == 1 else None

    def _typed_exactly(self, typed: str) -> Match | None:
        text = typed.strip()
        if text in self.registered:
            return Match(text, "exact")
        by_model = self._by_model.get(code_key(text)) if text in self._models else None
        if by_model and self.registered[by_model].model == text:
            return Match(by_model, "exact")
        if self.has_register and self.aliases:
            return None
        forms = [form for form in self.census.forms(segmented_key(text)) if form.name == text]
        ids = {self.identify(*form[:2]) for form in forms or self.census.coded(model_key(text))}
        ids.update(self._shared_names.get(text, ()))
        return Match(ids.pop(), "exact") if len(ids) == 1 else None

    def product(self, id_: str) -> Product:
        """The product of a canonical name; one known only from rows has what rows say of it."""
        known = self._found.get(id_)
        if known is None and id_ in self.registered:
            known = self._found[id_] = self.registered[id_]
        if known is None:
            models = [(name != id_, model) for name, model in self._with_models(id_)]
            model = min(models, default=(True, ""))[1]
            name = self._most_written(model_key(model)) if model else id_
            known = self._found[id_] = Product(id_, name or id_, model)
        return known

    def all(self) -> list[Product]:
        """Every product: those of the register in its order, then the others by name."""
        others = {self.identify(form.name, form.model) for form in self.census.all_forms()}
        others -= {NO_NAME, *self.registered}
        return [self.product(id_) for id_ in (*self.registered, *sorted(others))]

    def decided(self, aliases: Iterable[AliasRow]) -> Catalogue:
        """The same products under other decisions about their names."""
        return Catalogue(self.registered, aliases, self.census, has_register=self.has_register)

    def is_goods(self, id_: str) -> bool:
        """Whether a product lies on a shelf: services and bundles do not."""
        product = self.product(id_)
        return product.stocked and not product.components

    def contents(self, id_: str) -> list[tuple[str, Decimal]]:
        """What a product is made of with quantities: a bundle's components, else itself."""
        known = self.registered.get(id_)
        if known is None or not known.components:
            return [(id_, Decimal(1))]
        return [(self.identify(name, ""), qty) for name, qty in known.components]

    def bundles_with(self, id_: str) -> list[tuple[str, Decimal]]:
        """The bundles that a product is part of, and how many of it each holds."""
        return self._bundles.get(id_, [])

    def identify(self, name: str, model: str) -> str:
        """The canonical name of a written (name, model); "" where both are blank."""
        written = (name, model)
        id_ = self._identified.get(written)
        if id_ is None:
            id_ = self._identified[written] = self._identity(name.strip(), model.strip())
        return id_

    def forms(self, id_: str) -> list[tuple[str, str]]:
        """Every (name, model) by which rows write a product."""
        if id_ not in self._forms:
            self._forms[id_] = self._written(id_)
        return self._forms[id_]

    def _with_models(self, id_: str) -> list[tuple[str, str]]:
        """The forms that have a model. Who asks for many products is answered from one look at all forms."""
        self._asked += 1
        if self._asked > _MANY:
            return self._every_with_model.get(id_, [])
        return [form for form in self.forms(id_) if form[1]]

    @cached_property
    def _every_with_model(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for form in self.census.all_forms():
            if form.model:
                found.setdefault(self.identify(form.name, form.model), []).append((form.name, form.model))
        return found

    def _written(self, id_: str) -> list[tuple[str, str]]:
        product = self.registered.get(id_)
        texts = {id_, *(row.name for row in self.aliases if self.identify(row.name, "") == id_)}
        texts |= {product.name, product.model} if product is not None else set()
        found = {(form.name, form.model) for form in self._near(texts - {""})} | {(id_, "")}
        return sorted(pair for pair in found if self.identify(*pair) == id_)

    def _near(self, texts: Iterable[str]) -> set[Form]:
        """The forms whose name or code is one of these texts, or one that such a form is written with.

        A row without a code has the one that other rows of its name have, and with it the name of yet others.
        """
        names = {segmented_key(text) for text in texts}
        codes = {model_key(text) for text in texts}
        codes |= {model_key(text.rpartition(" (")[2][:-1]) for text in texts if text.endswith(")") and " (" in text}
        seen = {*self._named(names), *self._coded(codes)}
        seen |= self._coded({model_key(form.model) for form in seen if form.model} - codes)
        others = self._named({segmented_key(form.name) for form in seen if form.name} - names)
        return seen | {form for form in others if not form.model}

    def _named(self, names: Iterable[str]) -> set[Form]:
        return {form for name in names for form in self.census.forms(name)}

    def _coded(self, codes: Iterable[str]) -> set[Form]:
        return {form for code in codes for form in self.census.coded(code)}

    def _identity(self, name: str, model: str) -> str:
        if model:
            by_model = self._by_model.get(code_key(model)) or self._by_spelling.get(model_key(model))
            if by_model:
                return by_model
        if name:
            stands_for = self._decisions.fold(name) if self.aliases else name
            by_name = self._by_name.get(self._nodes.get(stands_for) or self._decisions.node(stands_for))
            if by_name:
                return by_name
            if stands_for != name and (not model or self._decisions.node(name) != self._decisions.node(stands_for)):
                return self._unregistered(stands_for, "")
        return self._unregistered(name, model)

    def _unregistered(self, name: str, model: str) -> str:
        forms = self._forms_of(segmented_key(name)) if name else []
        if self._decisions.is_apart(name):
            forms = [form for form in forms if form.name == name]
        codes = {model_key(form.model) for form in forms if form.model}
        code = model_key(model) or (codes.pop() if len(codes) == 1 else "")
        if not code:
            return most_written([form for form in forms if not form.model]) or name
        best = self._most_written(code)
        if not best:
            return model or code
        return self._told_apart(best, code)

    def _forms_of(self, key: str) -> list[Form]:
        if key not in self._forms_by_key:
            self._forms_by_key[key] = self.census.forms(key)
        return self._forms_by_key[key]

    def _most_written(self, code: str) -> str:
        if code not in self._name_by_code:
            self._name_by_code[code] = most_written(self.census.coded(code))
        return self._name_by_code[code]

    def _told_apart(self, name: str, code: str) -> str:
        # Two codes under one name are two products, unless decided: the code stands in the canonical name.
        rivals = {model_key(form.model) for form in self._forms_of(segmented_key(name)) if form.model}
        id_ = name
        if name in self.registered or any(self._most_written(rival) == name for rival in rivals - {code}):
            id_ = f"{name} ({min(form.model for form in self.census.coded(code) if form.model)})"
        stands_for = self._decisions.fold(id_) if self.aliases and id_ != name else id_
        if stands_for == id_ or id_ in self._standing_for:  # decided to be the very name that it was told apart from
            return stands_for
        self._standing_for.add(id_)
        try:
            return self._identity(stands_for, "")
        finally:
            self._standing_for.discard(id_)

    @cached_property
    def _bundles(self) -> dict[str, list[tuple[str, Decimal]]]:
        bundles: dict[str, list[tuple[str, Decimal]]] = {}
        for id_, row in self.registered.rows.items():
            if row[COMPONENTS] and self.registered[id_].components:
                for part, qty in self.contents(id_):
                    bundles.setdefault(part, []).append((id_, qty))
        return bundles

    @cached_property
    def _signs(self) -> OtherSigns:
        return OtherSigns(chain(*(zip(self.registered, texts, strict=True) for texts in self._names_and_models)))

    @cached_property
    def _decided_keys(self) -> frozenset[str]:
        return frozenset(segmented_key(name) for row in self.aliases for name in (row.name, row.stands_for))

    @cached_property
    def _decisions(self) -> Aliases:
        return Aliases("product", self.aliases)

    @cached_property
    def _by_model(self) -> dict[str, str]:
        # DOMAIN.md 1: its model, if exactly one product has that model *or name*.
        return sole(self.registered, *map(code_keys, self._names_and_models))

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        # Asked only for a model that the register does not have letter for letter.
        return sole(self.registered, *(list(map(model_key, texts)) for texts in self._names_and_models))

    @cached_property
    def _models(self) -> frozenset[str]:
        return frozenset(self._names_and_models[1]) - {""}

    @cached_property
    def _nodes(self) -> dict[str, str]:
        """What the register's names are looked up by: most rows write one of them letter for letter."""
        names = self._names_and_models[0]
        return dict(zip(names, self._decisions.nodes(names), strict=True))

    @cached_property
    def _by_name(self) -> dict[str, str]:
        ids, (names, models) = [*self.registered], self._names_and_models
        others = (models,) if ids == names else (models, ids)
        return sole(ids, [self._nodes[name] for name in names], *map(self._decisions.nodes, others))

    @cached_property
    def _shared_names(self) -> dict[str, list[str]]:
        ids: dict[str, list[str]] = {}
        for id_, name in zip(self.registered, self._names_and_models[0], strict=True):
            if id_ != name:
                ids.setdefault(name, []).append(id_)
        return ids

    @cached_property
    def _names_and_models(self) -> tuple[list[str], list[str]]:
        rows = self.registered.rows.values()
        return [row[0].strip() for row in rows], [row[1].strip() for row in rows]

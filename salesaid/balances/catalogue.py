"""Which products there are, and which of them a written or typed name means (DOMAIN.md 1, "A product's identity")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from salesaid.balances.census import Census, Form, most_written
from salesaid.balances.decisions import alias_rows
from salesaid.balances.other_signs import KeyOf, OtherSigns, forms_with_other_signs
from salesaid.core.aliases import Aliases, AliasRow
from salesaid.core.items import components_of
from salesaid.core.keys import code_key, code_keys, cross_key, model_key, segmented_key, star_key
from salesaid.core.listed import Listed, sole
from salesaid.core.names import Match, Names
from salesaid.core.rows import Rows

NO_NAME = ""


class Product(NamedTuple):
    """One product. `id` is its canonical name, unlike every other's; `name` and `model` are what a post writes."""

    id: str
    name: str
    model: str = ""
    spec: str = ""
    unit: str = ""
    category: str = ""
    price: Decimal | None = None
    floor_price: Decimal | None = None
    cost: Decimal | None = None
    min_stock: Decimal | None = None
    reorder_qty: Decimal | None = None
    pack: Decimal | None = None
    supplier: str = ""
    lead_days: int | None = None
    location: str = ""
    components: tuple[tuple[str, Decimal], ...] = ()
    stocked: bool = True
    warranty_months: int | None = None
    status: str = "active"
    note: str = ""
    row: int | None = None  # in the register; None: known from rows only


_COLUMNS = tuple(name for name in Product._fields if name not in {"id", "name"})  # the model comes first
_COMPONENTS = 1 + _COLUMNS.index("components")


def registered(products: Rows) -> Listed[Product]:
    """The products of the register; where names repeat and models do not, the model is the canonical name."""
    rows = [*products.pick("product", *_COLUMNS)]
    names = [row[0].strip() for row in rows]
    repeated = {"", *_with_several_models(names, rows)}
    ids = (row[1].strip() or name if name in repeated else name for name, row in zip(names, rows, strict=True))
    return Listed(dict(zip(ids, rows, strict=True)), _registered)


def _with_several_models(names: list[str], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """The names that several products have; a row that is written twice is one product."""
    twice = {name for name, count in Counter(names).items() if count > 1}
    pairs = {(name, row[1].strip()) for name, row in zip(names, rows, strict=True) if name in twice}
    return (name for name, count in Counter(name for name, _ in pairs).items() if count > 1)


def _registered(id_: str, values: tuple[Any, ...]) -> Product:
    name, model, spec, unit, category, *figures = values
    price, floor_price, cost, min_stock, reorder_qty, pack, supplier, lead_days, location, *others = figures
    components, stocked, warranty_months, status, note, row = others
    return Product(
        id_, name.strip(), model.strip(), spec.strip(), unit.strip(), category.strip(), price, floor_price, cost,
        min_stock, reorder_qty, pack, supplier.strip(), lead_days, location.strip(), components_of(components),
        stocked is not False, warranty_months, status or "active", note.strip(), row,
    )  # fmt: skip


def catalogue(products: Rows, aliases: Rows, census: Census) -> Catalogue:
    """All products of the book."""
    decisions = [row for row in alias_rows(aliases) if row.kind == "product"]
    return Catalogue(registered(products), decisions, census, has_register=bool(products.columns))


def counts_in(product: Product, unit: str) -> bool:
    """Whether a row's unit is the product's: another one stays out of quantity sums (DOMAIN.md 1)."""
    return not unit or not product.unit or unit == product.unit


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
        self._found: dict[str, Product] = {}
        self._forms: dict[str, list[tuple[str, str]]] = {}

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
            models = [(name != id_, model) for name, model in self.forms(id_) if model]
            model = min(models, default=(True, ""))[1]
            name = most_written(self.census.coded(model_key(model))) if model else id_
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

    def _written(self, id_: str) -> list[tuple[str, str]]:
        product = self.registered.get(id_)
        texts = {id_, *(row.name for row in self.aliases if self._decisions.fold(row.name) == id_)}
        texts |= {product.name, product.model} if product is not None else set()
        found = {(form.name, form.model) for text in texts if text for form in self._near(text)} | {(id_, "")}
        return sorted(pair for pair in found if self.identify(*pair) == id_)

    def _near(self, text: str) -> Iterator[Form]:
        seen = self.census.forms(segmented_key(text)) + self.census.coded(model_key(text))
        yield from seen
        for code in {model_key(form.model) for form in seen if form.model}:
            yield from self.census.coded(code)
        if text.endswith(")") and " (" in text:  # the code that tells two products of one name apart
            yield from self.census.coded(model_key(text.rpartition(" (")[2][:-1]))

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
        forms = self.census.forms(segmented_key(name)) if name else []
        if self._decisions.is_apart(name):
            forms = [form for form in forms if form.name == name]
        codes = {model_key(form.model) for form in forms if form.model}
        code = model_key(model) or (codes.pop() if len(codes) == 1 else "")
        if not code:
            return most_written([form for form in forms if not form.model]) or name
        coded = self.census.coded(code)
        best = most_written(coded)
        if not best:
            return model or code
        return self._told_apart(best, code, min(form.model for form in coded if form.model))

    def _told_apart(self, name: str, code: str, model: str) -> str:
        # Two codes under one name are two products, unless decided: the code stands in the canonical name.
        rivals = {model_key(form.model) for form in self.census.forms(segmented_key(name)) if form.model}
        clash = any(most_written(self.census.coded(rival)) == name for rival in rivals - {code})
        id_ = f"{name} ({model})" if clash or name in self.registered else name
        stands_for = self._decisions.fold(id_) if self.aliases and id_ != name else id_
        return id_ if stands_for == id_ else self._identity(stands_for, "")

    @cached_property
    def _bundles(self) -> dict[str, list[tuple[str, Decimal]]]:
        bundles: dict[str, list[tuple[str, Decimal]]] = {}
        for id_, row in self.registered.rows.items():
            if row[_COMPONENTS] and self.registered[id_].components:
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

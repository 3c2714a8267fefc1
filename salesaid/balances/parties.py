"""Which customers or suppliers there are, and which of them a written or typed name means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from salesaid.balances.census import Census, most_written, party_code
from salesaid.balances.decisions import alias_rows
from salesaid.core.aliases import Aliases, AliasRow
from salesaid.core.listed import Listed
from salesaid.core.names import Match, Names
from salesaid.core.rows import Rows

PartyKind = Literal["customer", "supplier"]


class Party(NamedTuple):
    """One customer or supplier. `written` is the form a post writes; `card` the register's cells by column id."""

    id: str
    written: str
    card: Mapping[str, Any]
    row: int | None = None


def registered(rows: Rows) -> Listed[Party]:
    """The parties of a register."""
    columns = [column.id for column in rows.ledger.columns]
    key = columns.index(rows.ledger.key[0]) + 1

    def party(name: str, values: tuple[Any, ...]) -> Party:
        return Party(name, name, dict(zip(columns, values[1:], strict=True)), values[0])

    return Listed({values[key].strip(): values for values in rows.pick("row", *columns)}, party)


def parties(kind: PartyKind, register: Rows, aliases: Rows, census: Census) -> Parties:
    """All customers, or all suppliers, of the book."""
    decisions = [row for row in alias_rows(aliases) if row.kind == kind]
    return Parties(kind, registered(register), decisions, census, has_register=bool(register.columns))


class Parties:
    """All customers, or all suppliers, of the book."""

    def __init__(
        self,
        kind: PartyKind,
        parties: Listed[Party],
        aliases: Iterable[AliasRow],
        census: Census,
        *,
        has_register: bool,
    ) -> None:
        self.kind = kind
        self.registered = parties
        self.has_register = has_register
        self.census = census
        self.aliases = tuple(aliases)
        self._identified: dict[str, str] = {}

    @cached_property
    def names(self) -> Names:
        """Everything a person may type: the register's names and those that stand in rows."""
        known: dict[str, list[str]] = {}
        for party in self.registered.values():
            known[party.id] = [str(party.card.get("full_name") or "").strip()]
        for form in self.census.parties(self.kind):
            known.setdefault(self.identify(form.name), []).append(form.name)
        return Names(self.kind, known, self.aliases)

    def match(self, typed: str) -> Match:
        """Which party a typed name means. Raises UnknownName and AmbiguousName."""
        text = typed.strip()
        if text in self.registered:
            return Match(text, "exact")
        if not self.aliases and self.census.parties(self.kind, party_code(text)):
            return Match(self.identify(text), "exact")
        return self.names.resolve(text)

    def party(self, id_: str) -> Party:
        """The party of a canonical name; one known only from rows is written as most rows write it."""
        known = self.registered.get(id_)
        if known is not None:
            return known
        return Party(id_, most_written(self.census.parties(self.kind, party_code(id_))) or id_, {})

    def as_written(self, name: str) -> str:
        """A new name in the form of the others: `99999.0` where rows write all their codes so."""
        if not name.isdecimal() or self.registered:
            return name
        forms = [form.name for form in self.census.parties(self.kind)]
        return f"{name}.0" if forms and all(form.endswith(".0") for form in forms) else name

    def all(self) -> list[Party]:
        """Every party: those of the register in its order, then the others by name."""
        others = {self.identify(form.name) for form in self.census.parties(self.kind)} - set(self.registered)
        return [self.party(id_) for id_ in (*self.registered, *sorted(others))]

    def decided(self, aliases: Iterable[AliasRow]) -> Parties:
        """The same parties under other decisions about their names."""
        return Parties(self.kind, self.registered, aliases, self.census, has_register=self.has_register)

    def identify(self, name: str) -> str:
        """The canonical name of a written one; "" where it is blank."""
        id_ = self._identified.get(name)
        if id_ is None:
            id_ = self._identified[name] = self._identity(name.strip())
        return id_

    def _identity(self, name: str) -> str:
        if not name or name in self.registered:
            return name
        stands_for = self._decisions.fold(name)
        if self._decisions.is_apart(stands_for):
            return stands_for
        key = party_code(stands_for)
        return self._by_key.get(key) or self._unregistered(stands_for, key)

    def known_in_full(self, name: str) -> str | None:
        """Whose full name in the register a written one is; None where it is nobody's, or that of several."""
        ids = self._by_full_name.get(party_code(name), ())
        return ids[0] if len(ids) == 1 and name.strip() else None

    @cached_property
    def _by_full_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for party in self.registered.values():
            full_name = str(party.card.get("full_name") or "").strip()
            if full_name:
                found.setdefault(party_code(full_name), []).append(party.id)
        return found

    def _unregistered(self, name: str, key: str) -> str:
        if key.isdigit():
            return key
        return most_written(self.census.parties(self.kind, key)) or name

    @cached_property
    def _decisions(self) -> Aliases:
        return Aliases(self.kind, self.aliases)

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {party_code(id_): id_ for id_ in reversed([*self.registered])}

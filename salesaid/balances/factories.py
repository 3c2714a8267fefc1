"""Which factory a typed name means: one that rows of the returns or the suppliers name."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from salesaid.balances.parties import Parties
from salesaid.balances.repair_lines import RepairLines
from salesaid.balances.typed import echo
from salesaid.core.errors import Refused
from salesaid.core.names import AmbiguousName, UnknownName
from salesaid.core.places import place_key
from salesaid.core.tables import Note
from salesaid.core.text import Text


class UnknownFactory(Refused):
    """Nothing was ever sent to the factory that was asked for, or several have the text in their names."""

    def __init__(self, typed: str, known: Sequence[str]) -> None:
        zh, en = "、".join(known), ", ".join(known)
        super().__init__(
            Text(f"没有唯一一家叫“{typed}”的返修工厂", f"there is not exactly one repair factory named “{typed}”"),
            Text(f"送修过：{zh}", f"goods were sent to: {en}") if known else None,
        )


def factory_named(typed: str, lines: RepairLines) -> str:
    """The one factory that rows name so, in full or in part. Raises UnknownFactory."""
    key, known = place_key(typed), lines.factories
    same = [name for name in known if place_key(name) == key] or [name for name in known if key in place_key(name)]
    if len(same) != 1:
        raise UnknownFactory(typed.strip(), same or known)
    return same[0]


def factory_written(typed: str, lines: RepairLines, suppliers: Parties) -> tuple[str, list[Note]]:
    """A factory as earlier rows or the suppliers write it, else as it was typed; and what is to be said of it."""
    name, known = typed.strip(), lines.factories
    for other in known:
        if place_key(other) == place_key(name):
            return other, []
    with suppress(UnknownName, AmbiguousName):
        match = suppliers.match(name)
        return match.name, echo(name, match)
    there = Text(f"；送修过：{'、'.join(known)}", f"; sent to before: {', '.join(known)}") if known else Text("", "")
    text = Text(f"“{name}”是第一次送修的工厂", f"“{name}” is a new factory") + there
    return name, [Note("new_factory", "info", text)]

"""Options made from a ledger's columns: what is said of a thing in its register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature, signature
from typing import Annotated, Any

import typer

from salesaid.core.kinds import Choice
from salesaid.core.schema import Column
from salesaid.ledgers import load
from salesaid.options import Command, both, values

_TEXT = both("文字", "TEXT")
Cells = Mapping[str, str]
_AMOUNT = both("金额", "AMOUNT")
_METAVARS = {
    "qty": both("数量", "NUMBER"), "days": both("数", "NUMBER"), "price": _AMOUNT, "money": _AMOUNT,
    "flag": both("是|否", "yes|no"),
}  # fmt: skip
_COMPLETED = frozenset({"supplier", "salesperson"})


def columns(ledger: str, flags: Mapping[str, str]) -> Callable[[Command], Command]:
    """Give a command an option for each of these columns of a ledger; its `cells` are the texts typed, by column."""
    hints = {f"cell_{id_}": _column(load(ledger).column(id_), flag) for id_, flag in flags.items()}

    def give(command: Command) -> Command:
        def run(session: Any, **given: Any) -> int | None:
            typed = {id_: given.pop(f"cell_{id_}") for id_ in flags}
            return command(session, cells={id_: text for id_, text in typed.items() if text is not None}, **given)

        own = [p for p in signature(command).parameters.values() if p.name != "cells"]
        added = [Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=hint) for name, hint in hints.items()]
        run.__name__, run.__doc__, run.__module__ = command.__name__, command.__doc__, command.__module__
        run.__wrapped__ = command  # type: ignore[attr-defined]
        run.__signature__ = Signature([*own, *added])  # type: ignore[attr-defined]
        return run

    return give


def _column(column: Column, flag: str) -> Any:
    text = column.help or column.heading
    words = list(column.kind.words.values()) if isinstance(column.kind, Choice) else []
    metavar = both("|".join(w.zh for w in words), "|".join(w.en for w in words)) if words else None
    kind = column.id if column.id in _COMPLETED else ""
    english = f"{text.en[0].upper()}{text.en[1:]}."
    option = typer.Option(
        *flag.split(),
        help=both(f"{text.zh}。", english),
        metavar=metavar or _METAVARS.get(column.kind.name, _TEXT),
        autocompletion=values(kind) if kind else None,
    )
    return Annotated[str | None, option]

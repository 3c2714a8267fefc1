"""The page on errors: every class of trouble there is in the program, as Markdown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from pkgutil import walk_packages

from grid import grid

import salesaid
from salesaid.core.errors import FileTrouble, Refused, SalesaidError

_ABOUT = """# Errors

What ends a run. The code is what `--format json` gives as `errors[].code`; it never changes with the language. Every
error says in a sentence what is wrong, where it can where, and what to do. Wrong *data* is no error: rows that cannot
be used are set aside and said beside the answer.

Exit codes: 0 done, 1 a check found something, 2 refused, 3 trouble with a file, 70 a bug, 130 interrupted.
"""
_TITLES = {
    2: "Refused: exit 2\n\nNothing was written; the command has to be another.",
    3: "Trouble with a file: exit 3\n\nA file cannot be read or written safely. Nothing is half written.",
    70: "A bug: exit 70",
}


def page() -> str:
    """The whole page."""
    return "\n".join([_ABOUT, *_sections(classes())])


def classes() -> list[type[SalesaidError]]:
    """Every class of trouble that a run can end with, by exit code, then code."""
    for module in walk_packages(salesaid.__path__, "salesaid."):
        if not module.name.endswith(".__main__"):
            import_module(module.name)
    found = {error for error in _below(SalesaidError) if _is_ours(error)} - {Refused, FileTrouble}
    return sorted(found, key=lambda error: (error.exit_code, code(error), error.__module__))


def _is_ours(error: type[SalesaidError]) -> bool:
    """Whether a class is the program's own, not made up by a test or a second import of the same module."""
    return getattr(sys.modules.get(error.__module__), error.__name__, None) is error and (
        error.__module__.startswith("salesaid.")
    )


def code(error: type[SalesaidError]) -> str:
    """The code of a class."""
    found: str = error.code.fget(error.__new__(error))  # type: ignore[attr-defined]
    return found


def _below(error: type[SalesaidError]) -> Iterator[type[SalesaidError]]:
    for below in error.__subclasses__():
        yield below
        yield from _below(below)


def _sections(errors: list[type[SalesaidError]]) -> Iterator[str]:
    for exit_code in sorted({error.exit_code for error in errors}):
        rows = {(f"`{code(error)}`", _meaning(error)) for error in errors if error.exit_code == exit_code}
        yield f"## {_TITLES[exit_code]}\n"
        yield from grid(("code", "what is wrong"), sorted(rows))
        yield ""


def _meaning(error: type[SalesaidError]) -> str:
    return (getdoc(error) or "").replace("\n", " ")

"""A rule of the nightly check: what is bad, why that matters, what it looks like and how it is mended (DOMAIN.md 8).

A rule is one file in `checks/`: `RULE = Rule(…)` and a function of the file's name that reads what its parameters name
and yields what is wrong. Its code is a family letter and two digits, never reused.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import NamedTuple

from salesaid.core.findings import Severity
from salesaid.core.text import Text


class Rule(NamedTuple):
    """What a rule says of itself. `wrong` and `mended` are small books, a line with a file's name before its lines.

    `today` is the day on which the examples are looked at. The rule finds something in `wrong`, as no other rule does
    unless `also` names it, and nothing in `mended`.
    """

    code: str
    severity: Severity
    title: Text
    why: Text
    mend: Text
    wrong: str
    mended: str
    today: str = "2026-11-23"
    also: tuple[str, ...] = ()  # codes of rules that find the example's rows as well


def with_row(book: str, row: str, *, after: str = "", instead_of: str = "") -> str:
    """A small book with a row more, after one that is there or in its place. Raises ValueError where that is not."""
    lines = cleandoc(book).splitlines()
    at = lines.index(after or instead_of)
    lines[at : at + 1] = [after, row] if after else [row]
    return "\n".join(lines)


class Wrong(NamedTuple):
    """One thing that a rule found. A row is named by its own number, or by its document and the product on it.

    `column` is a canonical id, `value` the text that is wrong there. `about` tells findings of one rule apart where
    document, product, column and value do not.
    """

    ledger: str
    message: Text
    number: str = ""
    product: str = ""
    row: int | None = None
    column: str | None = None
    value: str = ""
    suggestion: Text | None = None
    about: str = ""
    severity: Severity | None = None  # where it is not the rule's own

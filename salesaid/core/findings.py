"""A finding is wrong data: coded, collected beside the result, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from salesaid.core.text import Text

Severity = Literal["error", "warning", "note"]
GRAVEST: tuple[Severity, ...] = ("error", "warning", "note")


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The errors, then the warnings, then the notes, by rule; those of one rule in their order."""
    return sorted(findings, key=lambda each: (GRAVEST.index(each.severity), each.code))


class Accepted(NamedTuple):
    """A finding that a person accepted, in words of the day on which that was."""

    fingerprint: str
    code: str
    file: str
    message: str


class Finding(NamedTuple):
    """One thing that is wrong at one place; `row` counts from 1 as Excel and editors do.

    The fingerprint names it whatever its row is, so that sorting the file makes no finding a new one. `title` is what
    the rule is called for people, `heading` the column's heading.
    """

    code: str
    name: str
    severity: Severity
    message: Text
    suggestion: Text | None = None
    file: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str = ""
    fingerprint: str = ""
    title: Text | None = None
    heading: Text | None = None

    @property
    def accepted(self) -> Accepted:
        """What is kept of it once it is accepted."""
        return Accepted(self.fingerprint, self.code, self.file, self.message.zh)

    @property
    def place(self) -> str:
        """Where it is, as editors and compilers say it: file:row."""
        return self.file if self.row is None else f"{self.file}:{self.row}"

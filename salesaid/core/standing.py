"""How a book's files stand, as `doctor` finds them."""

from __future__ import annotations

from typing import NamedTuple

from salesaid.core.text import Text


class Standing(NamedTuple):
    """One ledger's file; `is_sound` where nothing is wrong with it.

    `used` and `aside` count its rows, `waiting` those queued for it, `lost` and `changed` those posted to it that are
    gone or say other than was posted.
    """

    ledger: str
    file: str
    sheet: str | None
    form: Text  # encoding and line ends, or the kind of workbook
    used: int | None
    aside: int | None
    open_in: Text | None
    waiting: int
    lost: int
    changed: int
    is_sound: bool = True


class Problem(NamedTuple):
    """Something wrong: a code for scripts, a sentence, and what to do about it."""

    code: str
    said: Text
    todo: Text | None = None


class Health(NamedTuple):
    """A book's files, what is wrong, and what is merely so: the lock in force, how the index stands."""

    files: list[Standing]
    problems: list[Problem]
    facts: list[tuple[str, Text]]

"""Trouble that ends a run: one small class a mistake, with its sentence inside, caught once in cli.py.

Wrong *data* is never raised: that is a Finding (findings.py).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from salesaid.core.text import Text


class Where(NamedTuple):
    """A place in a file that a person can go to. `row` counts from 1 as Excel and editors do."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


class SalesaidError(Exception):
    """The run cannot go on. `message` says what is wrong, `hint` what to do, ready to paste."""

    exit_code = 2
    offers_new = False  # the hint names --new; where a command has no such option, it is:
    hint_without_new: Text | None = None

    def __init__(self, message: Text, hint: Text | None = None, where: Where | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
        self.where = where

    @property
    def code(self) -> str:
        """The class's name as scripts see it: UnknownProduct is `unknown-product`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class Refused(SalesaidError):
    """What was asked is refused: usage, unknown name, invalid value, missing column. Exit 2."""

    exit_code = 2


class FileTrouble(SalesaidError):
    """A file cannot be read or written safely. Nothing changed. Exit 3."""

    exit_code = 3

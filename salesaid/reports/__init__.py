"""One file a report: a function of the file's name, from ledgers and balances to a Table, a Card or a Report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

_HEAD = 600  # bytes that hold the first line of a module's docstring
_FIRST_LINE = r'\s*"""([^"\n]*[\u4e00-\u9fff][^"\n]* \| [^"\n]*?)(?:"""|\n)'


class Offered(NamedTuple):
    """A report that a person may ask for by its name: its file's, and what its docstring says first."""

    id: str
    about: str

    @property
    def name(self) -> str:
        """The name that is typed."""
        return self.id.rstrip("_").replace("_", "-")

    @property
    def module(self) -> ModuleType:
        """Its file, imported."""
        return import_module(f"{__name__}.{self.id}")

    @property
    def function(self) -> Callable[..., Any]:
        """What works it out."""
        found: Callable[..., Any] = getattr(self.module, self.id)
        return found


def offered() -> Iterator[Offered]:
    """The reports whose docstring begins with a line in both languages, by name; none of them is imported."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", errors="ignore")
        found = re.match(_FIRST_LINE, head)
        if found:
            yield Offered(path.stem, found[1].strip())

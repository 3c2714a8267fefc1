"""What the texts of one column were read as: each distinct text of a ledger is parsed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from salesaid.core.kinds import Unreadable
from salesaid.core.text import Text

_MOST_TEXTS = 100_000  # a column of nearly distinct texts is not worth remembering


class Memo(dict[str, Any]):
    """Text to value for one column; `amiss` holds the texts that are blank or unreadable.

    A blank text has the value `blank`, an unreadable one `lost`.
    """

    def __init__(self, parse: Callable[[str], Any], blank: Any, lost: Any = None) -> None:
        super().__init__()
        self.parse = parse
        self.blank = blank
        self.lost = lost
        self.unreadable: dict[str, Text] = {}
        self.amiss: set[str] = set()
        self.met = 0  # texts that were new

    def learn(self, texts: Iterable[str]) -> None:
        """Meet all these texts."""
        for text in set(texts).difference(self):
            self[text]

    def __missing__(self, text: str) -> Any:
        self.met += 1
        if len(self) > _MOST_TEXTS:
            self.clear()
        try:
            value = self.parse(text)
        except Unreadable as trouble:
            self.unreadable[text] = trouble.accepted
            self.amiss.add(text)
            value = self.lost
        else:
            if value is None:
                self.amiss.add(text)
                value = self.blank
        self[text] = value
        return value

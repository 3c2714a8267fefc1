"""The files of documents as the pure middle may ask for them: whether one is there, and what it holds."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from salesaid.core.kinds import Choice
from salesaid.core.text import Text

Presence = Literal["there", "gone", "unseen", "paper"]
"""The file lies there; it does not; this machine cannot look there; the document names no file."""

PRESENCE = Choice(
    {
        "there": Text("在", "there"),
        "gone": Text("找不到", "gone"),
        "unseen": Text("本机看不到", "cannot be seen from here"),
        "paper": Text("纸质", "on paper"),
    }
)


class PaperFiles(Protocol):
    """What is asked of files, each by its path as the ledger writes it; only what is asked for is looked at."""

    def presence(self, path: str) -> Presence:
        """Whether it is there."""
        ...

    def sha256(self, path: str) -> str | None:
        """SHA-256 of what it holds now, in hexadecimal; None where that cannot be read."""
        ...


class Filed(NamedTuple):
    """A file that is to be filed: its path as the ledger is to write it, and the SHA-256 of what it holds."""

    path: str
    sha256: str

"""Serial numbers of goods: one cell may hold several of them, and width and case make no other one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from salesaid.core.width import folded

_BETWEEN = re.compile(r"[;；,，、\s]+")


def serial_key(text: str) -> str:
    """What serial numbers are compared by."""
    if text.isascii() and text.isalnum():  # nearly all of them
        return text.lower()
    return "".join(folded(text).split())


def serials_in(text: str) -> list[str]:
    """The serial numbers in a cell, as they are written; none in a blank one."""
    return [text] if text.isalnum() else [part for part in _BETWEEN.split(text) if part]


def distinct(texts: Iterable[str]) -> list[str]:
    """The serial numbers in several texts, each once and as it is first written."""
    found: dict[str, str] = {}
    for text in texts:
        for serial in serials_in(text):
            found.setdefault(serial_key(serial), serial)
    return list(found.values())

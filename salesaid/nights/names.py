"""What files are called: names of people may hold anything, names of files may not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

_REFUSED = re.compile(r'[<>:"/\\|?*]')  # by Windows, and what separates folders
_MOST = 80  # bytes of a person's name: with what stands around it, and in a temp file, 255 are not reached
_DIGITS = 8


def file_names(people: Iterable[str]) -> dict[str, str]:
    """What stands for each person in names of files: the same whenever it is asked, and no two of them alike.

    A name that a file system refuses, or takes for another's, is given some digits of its own.
    """
    names = sorted(set(people))
    plain = {name: _plain(name) for name in names}
    alike = Counter(_folded(text) for text in plain.values())
    return {
        name: text if text == name and alike[_folded(text)] == 1 else f"{text}-{_digits(name)}"
        for name, text in plain.items()
    }


def _plain(name: str) -> str:
    """The name without what a file system refuses."""
    seen = "".join("_" if unicodedata.category(letter)[0] == "C" else letter for letter in name)
    text = _REFUSED.sub("_", seen).strip(" .")
    return text.encode()[:_MOST].decode(errors="ignore").rstrip(" .")


def _folded(text: str) -> str:
    """The name as file systems compare it that know no case, or no composed letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def _digits(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]

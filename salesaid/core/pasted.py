"""Command lines in sentences, ready to be pasted into a shell."""

from __future__ import annotations

import re
import shlex

_SPECIAL = re.compile(r"[\s\"'\\$`!*?<>|&;()#~{}\[\]]")


def command(*words: str) -> str:
    """A command line of salesaid; a word is in quotes only where a shell would take it apart."""
    quoted = (shlex.quote(word) if not word or _SPECIAL.search(word) else word for word in words)
    return " ".join(("salesaid", *quoted))

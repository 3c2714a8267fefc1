"""Command lines in sentences, ready to be pasted into a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

_SPECIAL = re.compile(r"[\s\"'\\$`!*?<>|&;()#~{}\[\]]")


def command(*words: str) -> str:
    """A command line of salesaid; a word is in quotes only where a shell would take it apart."""
    quoted = (shlex.quote(word) if not word or _SPECIAL.search(word) else word for word in words)
    return " ".join(("salesaid", *quoted))


def about_names(verb: str, names: Sequence[str], *options: str) -> str:
    """A command line of a verb (`name same`) about names: options come last unless a name could be taken for one."""
    behind = behind_options(*names)
    return command(*verb.split(), *options, *behind) if behind[0] == "--" else command(*verb.split(), *names, *options)


def behind_options(*names: str) -> tuple[str, ...]:
    """Names as arguments at the end of a command line: one that begins with a dash must not be taken for an option."""
    return ("--", *names) if any(name.startswith("-") for name in names) else names

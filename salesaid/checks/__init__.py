"""One file a rule; a rule is found by its file's name, and called by the parameters that its function names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import Refused
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same


class Check(NamedTuple):
    """A rule with its speaking name and the function that looks for what is wrong."""

    name: str  # overdue-loan
    rule: Rule
    function: Callable[..., Iterator[Wrong]]


class UnknownRule(Refused):
    """No rule has this code, letter or name."""

    def __init__(self, typed: str) -> None:
        from difflib import get_close_matches

        known = [*(check.name for check in every()), *(check.rule.code for check in every())]
        near = get_close_matches(typed.casefold(), known, n=3) or sorted(
            {code[0] for code in known if code[0].isupper()}
        )
        super().__init__(
            Text(f"没有规则“{typed}”", f"there is no rule {typed!r}"),
            Text("是不是：", "did you mean: ") + same(", ".join(near)),
        )


@cache
def every() -> tuple[Check, ...]:
    """All rules, in the order of their codes."""
    files = Path(__file__).parent.iterdir()
    names = [file.stem for file in files if file.suffix == ".py" and not file.stem.startswith("_")]
    return tuple(sorted(map(_load, names), key=lambda check: check.rule.code))


def _load(name: str) -> Check:
    module = import_module(f"{__name__}.{name}")
    return Check(name.replace("_", "-"), module.RULE, getattr(module, name))


def selected(asked: Sequence[str], ignored: Sequence[str] = ()) -> list[Check]:
    """The rules that codes, family letters or names stand for, all where none is asked for. Raises UnknownRule."""
    found = [check for each in asked for check in _meant(each)] if asked else list(every())
    left_out = {check.name for each in ignored for check in _meant(each)}
    return [check for check in dict.fromkeys(found) if check.name not in left_out]


def _meant(typed: str) -> list[Check]:
    word = typed.strip().replace("_", "-").casefold()
    codes = [check for check in every() if word in {check.rule.code.casefold(), check.rule.code[0].casefold()}]
    found = codes or [check for check in every() if check.name == word]
    if not found:
        raise UnknownRule(typed)
    return found

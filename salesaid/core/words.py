"""Words that rows use and no register lists, such as salespeople and categories: which of them is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesaid.core.errors import Refused
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same
from salesaid.core.width import folded

_SHOWN = 8
_ME = "me"


class UnknownWord(Refused):
    """No row has the word that was typed."""

    def __init__(self, typed: str, what: Text, near: Sequence[str], known: Sequence[str]) -> None:
        names = joined([same(word) for word in (near or known)[:_SHOWN]])
        more = len(near or known) - _SHOWN
        rest = Text(f" 等共 {more + _SHOWN} 个", f" and {more} more") if more > 0 else Text("", "")
        asked = Text(f"是不是：{names.zh}？", f"did you mean: {names.en}?")
        super().__init__(
            Text(f"没有{what.zh}“{typed}”", f"there is no {what.en} “{typed}”"),
            asked if near else Text(f"有的是：{names.zh}", f"there are: {names.en}") + rest,
        )


class AmbiguousWord(Refused):
    """Several words hold what was typed."""

    def __init__(self, typed: str, what: Text, words: Sequence[str]) -> None:
        names = joined([same(word) for word in words[:_SHOWN]])
        super().__init__(
            Text(f"“{typed}”不能确定是哪个{what.zh}", f"it is not certain which {what.en} “{typed}” means"),
            Text(f"请写全：{names.zh}", f"write it in full: {names.en}"),
        )


def near_or_known(near: Sequence[str], known: Sequence[str], are: Text, new: Text) -> Text:
    """What to do about a word that nobody has used: those like it, else those that there `are`; how it can be `new`."""
    names = joined([same(word) for word in (near or known)[:_SHOWN]])
    asked = Text(f"是不是：{names.zh}？", f"did you mean: {names.en}? ")
    return (asked if near else are + names + Text("；", "; ")) + new


def is_me(typed: str) -> bool:
    """Whether somebody named whoever is at the keyboard."""
    return folded(typed) == _ME


def word_meant(typed: str, written: Iterable[str], what: Text) -> str:
    """The word that rows use, whatever its width and case, else the only one that holds what was typed.

    For reading only: a part may be of any length. Blank means the rows that have none; where no row has any word,
    nothing is known to be wrong. Raises UnknownWord, AmbiguousWord.
    """
    asked = folded(typed)
    known = sorted({word.strip() for word in written} - {""})
    whole = [word for word in known if folded(word) == asked]
    if whole or not asked or not known:
        return whole[0] if whole else typed.strip()
    held = [word for word in known if asked in folded(word)]
    if len(held) > 1:
        raise AmbiguousWord(typed.strip(), what, held)
    if not held:
        from salesaid.core.suggest import suggestions

        raise UnknownWord(typed.strip(), what, suggestions(typed, known), known)
    return held[0]


def understood_note(typed: str | None, meant: str | None) -> tuple[Note, ...]:
    """What was understood, where only a part was typed."""
    if typed is None or meant is None or folded(typed) == folded(meant):
        return ()
    return (Note("understood", "info", same(f"{typed.strip()} → {meant}")),)

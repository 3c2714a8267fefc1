"""How many terminal cells a text takes: as rich measures it, without importing rich for plain Chinese and English."""

from __future__ import annotations

_WIDE = frozenset("，。、；：？！（）《》【】￥")


def cell_len(text: str) -> int:
    """The width of a text in terminal cells."""
    if text.isascii() and text.isprintable():
        return len(text)
    return _plain(text) or _measured(text)


def _plain(text: str) -> int:
    """The width of a text of nothing but ASCII and Chinese characters, else 0."""
    width = 0
    for sign in text:
        if "\u4e00" <= sign <= "\u9fff" or sign in _WIDE:
            width += 2
        elif " " <= sign <= "~":
            width += 1
        else:
            return 0
    return width


def _measured(text: str) -> int:
    from rich.cells import cell_len as measured

    return measured(text)

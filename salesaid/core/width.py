"""Full-width characters in their plain form, one for one, so that positions in the text stay what they are."""

from __future__ import annotations

_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {0x3000: 0x20, 0xA0: 0x20, 0x2007: 0x20, 0x202F: 0x20, 0x2212: 0x2D, 0xFFE5: 0xA5}

_BLANKS = frozenset({"", "-", "--", "–", "—", "——", "/", "无"})
_LONGEST_BLANK = 16


def narrow(text: str) -> str:
    """The text with full-width ASCII, wide blanks, ￥ and the minus sign U+2212 in plain form; its length is kept."""
    return text if text.isascii() else text.translate(_PLAIN)


def folded(text: str) -> str:
    """The text as words are compared: narrow, without outer blanks, without regard to case."""
    return narrow(text).strip().casefold()


def is_blank(text: str) -> bool:
    """Whether a cell of figures or dates says that there is none: empty, blanks, `-`, `—`, `/` or 无."""
    if text in _BLANKS or text.isspace():
        return True
    return len(text) <= _LONGEST_BLANK and narrow(text).strip() in _BLANKS

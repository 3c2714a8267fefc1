"""What a person cannot see is written out, so that text can only ever show itself, never steer a terminal."""

from __future__ import annotations

import re
import sys
from functools import cache

# Cc, Cf, Cs, Co, Zl, Zp and Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt). Written down,
# because asking unicodedata about 1,114,112 code points takes a third of a second.
HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\U000f0000-\U000ffffd\U00100000-\U0010fffd"
)
_PICTURES = {**{code: chr(0x2400 + code) for code in range(0x20)}, 0x7F: "\u2421"}
_PICTURED = {picture: chr(code) for code, picture in _PICTURES.items()}

# The signs that stand for hidden characters are themselves written out: else two texts could look the same.
_TO_WRITE_OUT = f"[{HIDDEN}\u2400-\u2421]|<(?=U\\+[0-9A-F]{{4,6}}>)"
_SIGN = "[\u2400-\u241f\u2421]|<U\\+([0-9A-F]{4,6})>"
# What XML 1.0 cannot hold, and the control characters it can but nobody means; a tab and a new line stay.
_NOT_FOR_SHEETS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"

# What is printable for Python and written out all the same, up to the last planes.
_PRINTABLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, (0x2065, *range(0x2400, 0x2422), *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC))))
)
_LAST_PLANES = "\U000e0000"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when first needed: ordinary text needs none, and the large sets take as long as a module."""
    return re.compile(text)


def _is_ordinary(text: str) -> bool:
    """Whether nothing in the text is to be written out; False where only a closer look can tell."""
    return (
        text.isprintable()
        and "<U+" not in text
        and _PRINTABLE.isdisjoint(text)
        and max(text, default="") < _LAST_PLANES
    )


def visible(text: str) -> str:
    """The text as a terminal may show it: ESC is ␛, a right-to-left override `<U+202E>`, ordinary text itself.

    Apply it once, where text leaves for the screen: `original` undoes it exactly, so applying it twice shows the
    signs written out.
    """
    if _is_ordinary(text):
        return text
    return _pattern(_TO_WRITE_OUT).sub(_sign, text)


def visible_in_sheet(text: str) -> str:
    """The text as a workbook can hold it: only control characters, lone surrogates and U+FFFE/FFFF are written out."""
    if text.isprintable():
        return text
    return _pattern(_NOT_FOR_SHEETS).sub(_sign, text)


def original(shown: str) -> str:
    """The text that `visible` made this of."""
    return _pattern(_SIGN).sub(_hidden, shown)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _PICTURES.get(code) or f"<U+{code:04X}>"


def _hidden(found: re.Match[str]) -> str:
    if not found[1]:
        return _PICTURED[found[0]]
    code = int(found[1], 16)
    return chr(code) if code <= sys.maxunicode else found[0]

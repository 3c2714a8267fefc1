"""A key is what is left of a written name when only its spelling is folded: names with one key are one name.

Keys are for matching only; what is stored and shown is the name as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal

NameKind = Literal["product", "customer", "supplier"]
MARK = "|"
_REMEMBERED = 1 << 14  # names whose keys are: each is asked for many times
_SEAM = "\0"  # between names that are folded in one go: it folds to itself and joins with nothing

# Default_Ignorable_Code_Point of the Unicode character database: nobody can see them.
_UNSEEN = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_WIDE = "[\uff01-\uff5e\uff61-\uff9f]+"
_UNSEEN_OR_WIDE = _UNSEEN[:-1] + _WIDE[1:-1]
# U+2500 and U+2501 are box lines that Chinese input methods offer as dashes.
_DASHES = "\u058a\u2010-\u2015\u2043\u2212\u2500\u2501\u2796\u2e3a\u2e3b\ufe31\ufe32\ufe58\ufe63"
_DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb"
_ALWAYS = rf"[\s_|{_DASHES}{_DOTS}-]"
_SEPARATORS = rf"{_ALWAYS}+"
_POINT = rf"(?<=[^0-9\s_|{_DASHES}{_DOTS}{_SEAM}-])\.|\.(?![0-9])"  # but for the point of `.5 mm`
_WITH_POINTS = rf"(?:{_ALWAYS}|{_POINT}|(?<![0-9])/|/(?![0-9]))+"
# The sign of a measure that can be below nothing: 电源 -5V is not 电源 5V. What it folds to is no separator.
_BELOW = rf"(?<![^ \u3000{_SEAM}])[{_DASHES}-](?=[0-9]+(?:\.[0-9]+)?\s?(?:[km]?v(?![a-z])|℃|°|度|db))"
_MINUS = "\u207b"
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NEEDLESS_BLANK = rf" (?=[{_HAN}()])|(?<=[{_HAN}()]) "
_SPACES = str.maketrans("-_|", "   ")
_ROUND = str.maketrans("[{【〔〖]}】〕〗", "(((((" + ")))))")
_BRACKETS = frozenset("[{【〔〖]}】〕〗")
_CROSS = r"(?<=[0-9])\|?[*x]\|?(?=[0-9])"
_NUMBER = r"\d+(?:[.,/]\d+)*"
_CODE = r"[0-9a-z][0-9a-z._/-]*"
_CODES_AT_LEAST = 0.95
_FLOATED = r"([0-9]+)\.0+"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when first needed: a quick command may need no key at all."""
    return re.compile(text)


def _plain_width(name: str) -> str:
    """The name without unseen characters and with full-width ASCII and half-width kana in their plain forms."""
    if not _pattern(_UNSEEN_OR_WIDE).search(name):
        return name
    seen = _pattern(_UNSEEN).sub("", name)
    return _pattern(_WIDE).sub(lambda run: unicodedata.normalize("NFKC", run[0]), seen)


def plain(name: str) -> str:
    """The name in plain width, without case and unseen characters, canonically composed; ① ½ ² stay."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFD", _plain_width(name))
    return unicodedata.normalize("NFC", decomposed.casefold())


def _signed(folded: str) -> str:
    """A folded name whose minus signs are no dashes."""
    if folded.isascii() and folded[:1] != "-" and " -" not in folded and f"{_SEAM}-" not in folded:
        return folded
    return _pattern(_BELOW).sub(_MINUS, folded)


@lru_cache(_REMEMBERED)
def segmented_key(name: str) -> str:
    """A product's key: dashes, separators and blanks fold to one mark; `. /` between two digits are none.

    Nor are the point of `.5 mm` and the minus of `-5V`. A name that is nothing but separators keeps them, so that no
    two such names become one.
    """
    folded = _signed(plain(name))
    pointed = "." in folded or "/" in folded
    if folded.isascii() and not pointed:
        return MARK.join(folded.translate(_SPACES).split()) or folded.strip()
    separators = _pattern(_WITH_POINTS if pointed else _SEPARATORS)
    return separators.sub(MARK, folded).strip(MARK) or folded.strip()


def segmented_keys(names: Sequence[str]) -> list[str]:
    """The segmented key of each name, in a third of the time."""
    folded = _signed(plain(_SEAM.join(names)))
    pattern = _WITH_POINTS if "." in folded or "/" in folded else _SEPARATORS
    parts, keys = folded.split(_SEAM), _pattern(pattern).sub(MARK, folded).split(_SEAM)
    if len(parts) != len(names):
        return [segmented_key(name) for name in names]
    return [key.strip(MARK) or part.strip() for part, key in zip(parts, keys, strict=True)]


def joined_key(name: str) -> str:
    """The segmented key without its marks: names that agree only here are a question, never one product."""
    key = segmented_key(name)
    return key.replace(MARK, "") or key


def star_key(name: str) -> str:
    """The segmented key with × as *: how a name may be typed, never how two written names become one."""
    return segmented_key(name).replace("×", "*")


def cross_key(name: str) -> str:
    """The star key with an x between digits as a * too, blanks around it or not: `40 x 40`, `40×40`."""
    return _pattern(_CROSS).sub("*", star_key(name))


def party_key(name: str) -> str:
    """A customer's or supplier's key: only width, case, brackets and blanks fold."""
    folded = plain(name)
    rounded = folded if _BRACKETS.isdisjoint(folded) else folded.translate(_ROUND)
    spaced = " ".join(rounded.split())
    if " " not in spaced or (spaced.isascii() and "(" not in spaced and ")" not in spaced):
        return spaced
    return _pattern(_NEEDLESS_BLANK).sub("", spaced)


def key_of(kind: NameKind, name: str) -> str:
    """The key by which written names of that kind are one."""
    return segmented_key(name) if kind == "product" else party_key(name)


def digits(name: str) -> tuple[str, ...]:
    """The numbers in a name, as written: names whose numbers differ are never one without asking.

    1.5, 1/5 and 1,000 are one number each; signs such as ② ½ ² Ⅲ come last.
    """
    folded = plain(name)
    signs = () if folded.isascii() else tuple(c for c in folded if unicodedata.category(c) in {"No", "Nl"})
    return (*_pattern(_NUMBER).findall(folded), *signs)


def code_key(text: str) -> str:
    """A code's key: `17850.0`, which spreadsheets make of `17850`, is `17850`; leading zeros stay."""
    folded = plain(text).strip()
    floated = _pattern(_FLOATED).fullmatch(folded) if ".0" in folded else None
    return floated[1] if floated else folded


@lru_cache(_REMEMBERED)
def model_key(text: str) -> str:
    """A product's code as codes in rows are compared: `BVM7—710` is `BVM7-710`, and `17850.0` is `17850`."""
    return segmented_key(code_key(text))


def code_keys(texts: Sequence[str]) -> list[str]:
    """The code key of each text."""
    folded = plain(_SEAM.join(texts)).split(_SEAM)
    if ".0" in "".join(folded) or len(folded) != len(texts):
        return [code_key(text) for text in texts]
    return [part.strip() for part in folded]


def share_no_code(*codes: Iterable[str]) -> bool:
    """Whether those that have codes at all have none in common: then one name is a question, not one product."""
    keyed = [keys for some in codes if (keys := {key for code in some if (key := code_key(code))})]
    return len(keyed) > 1 and not set.intersection(*keyed)

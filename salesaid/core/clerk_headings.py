"""Headings as clerks adorn them, made plain: 单价/元, 客户名称 Customer, 数量/Qty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from salesaid.core.heading_words import bracketed, folded, is_unit
from salesaid.core.schema import Ledger

_SLASHED = re.compile(r"(.+?)\s*[/／|｜]\s*([^/／|｜]+)", re.DOTALL)
_ZH = r"[\u4e00-\u9fff][\u4e00-\u9fff（）()]*"
_EN = r"[A-Za-z][A-Za-z .#/_'-]*"
_TWICE = re.compile(rf"(?:({_ZH})\s*[/／|｜]?\s*\(?({_EN})\)?|({_EN})\s*[/／|｜]?\s*({_ZH}))", re.DOTALL)
_MONEY = frozenset(("元", "rmb", "cny", "¥", "人民币"))

Words = Mapping[str, str]
"""Column ids by the folded headings of a ledger."""


def words_of(ledger: Ledger) -> Words:
    """The headings that a ledger knows; of two columns the first has a heading that both would take."""
    every = [(folded(text), column.id) for column in ledger.every_column for text in (*column.headings, column.title)]
    return dict(reversed(every))


def undecorated(words: Words, text: str) -> str:
    """A heading in the form that the ledger knows; the same where it has none, or knows it as it stands.

    A unit behind a stroke is put in brackets, where it is judged as all units are: 单价/万元 is no 单价. Of two
    languages the Chinese words stay, where both name one column.
    """
    if not text or folded(text) in words or bracketed(text)[0] in words:
        return text
    one, other = _twice(text)
    known = words.get(folded(one)) if one else None
    if known is not None and known == words.get(folded(other)):
        return one
    bare, unit = _slashed(text)
    is_measured = folded(bare) in words and (folded(unit) in _MONEY or is_unit(unit))
    return f"{bare}({unit})" if is_measured else text


@lru_cache(maxsize=4096)
def _slashed(text: str) -> tuple[str, str]:
    found = _SLASHED.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("", "")


@lru_cache(maxsize=4096)
def _twice(text: str) -> tuple[str, str]:
    """The Chinese and the English half of a heading in two languages."""
    found = _TWICE.fullmatch(text.strip())
    if found is None:
        return "", ""
    one, other = (found[1], found[2]) if found[1] else (found[4], found[3])
    return one, other.strip(" /")

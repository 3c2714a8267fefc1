"""Suggestions are the names a person may have meant, best first: what is rare weighs most, and model numbers are rare.

They only suggest; whether two names are one is for keys and decisions to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from math import log, sqrt
from typing import NamedTuple

from salesaid.core.apart import opposed, telling
from salesaid.core.edits import distance
from salesaid.core.keys import digits, plain
from salesaid.core.measures import one_measure

_HAN = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = rf"([{_HAN}]+)|(?:(?<=[0-9])[.,/](?=[0-9])|(?![{_HAN}])[^\W_]|\+)+"
_NUMBER = r"[0-9]+(?:[.,/][0-9]+)*"
_SIZE = rf"(?<![0-9.,/])(?=({_NUMBER})[^0-9* ]{{0,5}} ?\* ?({_NUMBER}))"
_MEASURE = r"([0-9]{1,3}(?:[.,/][0-9]+)?)[a-z]{1,3}"  # a number and its unit, which others leave out: 24s, 330ml
_MODEL_LENGTH = 3
_LONGEST = 32  # beginnings longer than this tell no more, and a cell may hold a million letters
_GRAM = 3
_ENOUGH = 20_000  # names that the rarest features of a query lead to: a few ms
_ROUND = 4.0  # the figure that weights are rounded to where names are looked for
_PER_PLACE = 5  # names for each place, before their length counts
_RESCORED = 25
_NEAR = 200  # names that are worth an index of their own for one question
_SPREAD = 400  # names beside them that say what is common in the whole list
_LENGTH = 0.42  # how much a name's length counts; 0.5 were a cosine, where a name that says less comes first
_CONFLICT = 0.8  # what is left of a score where each of two names has a number that the other lacks
_OTHER_KIND = 0.7  # the same where each has a colour or size that the other lacks
_LACKING = 0.9  # the same where only the name lacks a number that was typed: 330ml is not the 330ml*24
_OPPOSED = 0.7  # the same where one says 内 or 左 and the other 外 or 右
_SLIP_IN = 5  # letters of a word in which a slip is looked for
_TWO_SLIPS_IN = 8
_REMEMBERED = 4_096


class _Marks(NamedTuple):
    """What tells a name from those that look like it."""

    numbers: frozenset[str]
    kinds: frozenset[str]  # colours and sizes
    signs: frozenset[str]


class Suggester:
    """An index over names. A name is its set of features, each weighs its rarity; nearness is what two names share."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        self._holders: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            for feature in features(name):
                self._holders.setdefault(feature, []).append(number)
        self._weight = {f: _rarity(len(self.names), len(held)) for f, held in self._holders.items()}
        self._size = _sizes(len(self.names), self._holders, self._weight)

    def best(self, typed: str, limit: int = 5) -> list[str]:
        """Up to `limit` names, nearest first; none that has nothing in common with what was typed."""
        asked = features(typed)
        marks, words = _marks(typed), _words(asked)
        scores: dict[str, float] = {}
        for number, name in self._near(asked, max(_RESCORED, limit)):
            its = features(name)
            shared = its & (asked | _mistyped(words, its))
            scores[name] = sum(self._weight[f] for f in shared) / self._size[number] * _agreement(marks, name)
        return sorted(scores, key=lambda name: (-round(scores[name], 9), name))[:limit]  # sums differ with their order

    def _near(self, asked: set[str], limit: int) -> list[tuple[int, str]]:
        """The names that share most with what was asked, by the rarest features and by weights in round figures.

        A feature is counted as often as it weighs: that is one call in C for all its holders.
        """
        found: Counter[int] = Counter()
        seen = 0
        for count, feature in sorted((len(self._holders[f]), f) for f in asked if f in self._holders):
            if seen > _ENOUGH:
                break
            seen += count
            for _ in range(max(1, round(self._weight[feature] / _ROUND))):
                found.update(self._holders[feature])
        most = nlargest(_PER_PLACE * limit, found, key=found.__getitem__)
        near = nlargest(limit, most, key=lambda number: (found[number] / self._size[number], -number))
        return [(number, self.names[number]) for number in near]


def suggestions(typed: str, names: Sequence[str], limit: int = 5) -> list[str]:
    """Up to `limit` names that a person may have meant, best first, for one question without an index."""
    return Suggester(_narrowed(typed, names)).best(typed, limit)


def features(name: str) -> set[str]:
    """What of a name may be recognised in another: words, letter triples, numbers, models with their beginnings.

    Separators within a word do not count: PS-LX350H has the features of PSLX350H, and those of its parts. A `*`
    parts the figures of a size, which is no model number.
    """
    text = one_measure(plain(name))
    found = {f"size {one}*{other}" for one, other in _compiled(_SIZE).findall(text)} if "*" in text else set()
    for chunk in text.replace("*", " ").split():
        pieces: list[str] = []
        for piece in _compiled(_PIECE).finditer(chunk):
            if piece[1]:
                _add_word(found, pieces)
                _add_han(found, piece[1])
                pieces = []
            else:
                pieces.append(piece[0])
        _add_word(found, pieces)
    return found


def _add_han(found: set[str], run: str) -> None:
    """Add the characters of a Chinese run and their pairs; the run itself is no word, for blanks stand anywhere."""
    found.update(run)
    found.update([run[at : at + 2] for at in range(len(run) - 1)])


def _add_word(found: set[str], pieces: Sequence[str]) -> None:
    """Add one word of letters and digits, which separators may part into pieces."""
    if not pieces:
        return
    word = "".join(pieces)
    found.add(f"word {word}")
    found.update([f"word {piece}" for piece in pieces])
    _add_triples(found, word)
    if word.isalpha():
        return
    found.update([f"number {number}" for piece in pieces for number in _compiled(_NUMBER).findall(piece)])
    measure = _compiled(_MEASURE).fullmatch(word) if len(pieces) == 1 else None
    if measure:
        found.add(f"word {measure[1]}")
        _add_triples(found, measure[1])
    else:
        _add_model(found, word)


def _add_triples(found: set[str], word: str) -> None:
    padded = f" {word} "
    found.update([padded[at : at + _GRAM] for at in range(len(word))])


def _add_model(found: set[str], word: str) -> None:
    """Add a model number and its beginnings, for variants differ at the end; a short plain number is no model."""
    if len(word) < _MODEL_LENGTH + word.isdigit():
        return
    found.add(f"model {word}")
    found.update([f"begins {word[:end]}" for end in range(_MODEL_LENGTH, min(len(word), _LONGEST) + 1)])


def _rarity(count: int, held: int) -> float:
    return log(1 + count / held) ** 2


def _sizes(count: int, holders: dict[str, list[int]], weight: dict[str, float]) -> list[float]:
    """What each name's features weigh together, as it counts against what two names share."""
    squares = [0.0] * count
    for feature, held in holders.items():
        more = weight[feature]
        for number in held:
            squares[number] += more
    return [square**_LENGTH for square in squares]


def _marks(name: str) -> _Marks:
    folded = plain(name)
    return _Marks(frozenset(digits(name)), telling(folded), frozenset() if folded.isascii() else frozenset(folded))


def _agreement(marks: _Marks, name: str) -> float:
    """Less than one where each side has a mark that the other lacks: 7-710 is not 7-720, the red one not the blue."""
    its = _marks(name)
    left = 1.0
    if marks.numbers - its.numbers:
        left *= _CONFLICT if its.numbers - marks.numbers else _LACKING
    if marks.kinds - its.kinds and its.kinds - marks.kinds:
        left *= _OTHER_KIND
    return left * _OPPOSED if opposed(marks.signs, its.signs) else left


def _words(found: set[str]) -> set[str]:
    """The words among features that are long enough to see a slip in; letters with digits are a model."""
    words = {feature[5:] for feature in found if feature.startswith("word ")}
    return {word for word in words if len(word) >= _SLIP_IN and word.isascii() and word.isalpha()}


def _mistyped(words: set[str], its: set[str]) -> set[str]:
    """The features of those words of a name that one of the words typed, which it has not, is a slip of."""
    found: set[str] = set()
    missing = [word for word in words if f"word {word}" not in its]
    for other in _words(its) - words if missing else ():
        if any(_is_slip(word, other) for word in missing):
            _add_word(found, [other])
    return found


@lru_cache(_REMEMBERED)
def _is_slip(word: str, other: str) -> bool:
    """Whether a word may be another mistyped. Nobody mistakes the first letter; another last one may be a variant's."""
    if word[0] != other[0] or (len(word) == len(other) and word[-1] != other[-1]):
        return False
    most = 2 if min(len(word), len(other)) >= _TWO_SLIPS_IN else 1
    return distance(word, other, most) <= most


def _narrowed(typed: str, names: Sequence[str]) -> Sequence[str]:
    """The names that hold most of what was typed, and some of all others; an index over all would cost a second."""
    if len(names) <= _NEAR + _SPREAD:
        return names
    bare = [_bare(name) for name in names]
    scores = [0.0] * len(names)
    for gram in _grams(typed):
        held = [number for number, text in enumerate(bare) if gram in text]
        for number in held:
            scores[number] += _rarity(len(names), len(held))
    near = nlargest(_NEAR, range(len(names)), key=lambda number: scores[number] / sqrt(1 + len(bare[number])))
    return [*(names[number] for number in near), *names[:: len(names) // _SPREAD]]


def _grams(typed: str) -> set[str]:
    """The letter triples of each word typed, or the pairs where it holds Chinese; a shorter word as it is."""
    found: set[str] = set()
    for word in map(_bare, typed.split()):
        size = _GRAM if word.isascii() else 2
        found.update(word[at : at + size] for at in range(max(1, len(word) - size + 1)))
    return found - {""}


def _bare(name: str) -> str:
    """The letters and digits of a name."""
    return _compiled(r"[\W_]+").sub("", plain(name))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)

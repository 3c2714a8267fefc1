"""Which of many names may be one thing: found by what they share, never by holding each against each.

Three ways: the same but for separators, punctuation, units or the order of words; one name within the other; a slip
of the typist. Digits, model letters and signs are equal in the first and the last, and the answer is always a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Literal, NamedTuple

from salesaid.core.apart import keeps_apart
from salesaid.core.edits import distance
from salesaid.core.keys import MARK, digits
from salesaid.core.measures import one_measure

Why = Literal["variant", "segment", "typo"]

_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SILENT = str.maketrans("", "", f"{MARK},;:'\"()!?&._`´‘’“”、，。；：？！（）[]{{}}<>《》【】")
_POINTED = rf"(?<=[0-9])[.,](?=[0-9])|(?<![^{MARK}])\.(?=[0-9])"
_POINT = "\ue000"  # stands for a point or comma of a number, which is none that may be left out
_TOKEN = rf"[{_HAN}]|(?:(?![{_HAN}])[^\W_])+"
_SMALL = frozenset(("a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "with", "+"))
_ENDING = r"(?<=[a-z]{3})(?:ing|es|ed|s|ey|y)$"
_FEW = 6  # of names that are alike: each is held against each
_LONGEST = 80  # letters: nobody compares longer names by eye
_MANY_WORDS = 12
_GENERIC = 3  # names that hold a plain word: more, and it is a kind of goods
_SEVERAL = 3  # words
_SHORTEST = 4  # letters that are enough to see a slip in
_LONG_WORD = 6  # letters
_SLIPS = 2  # in a long one
_LONG = 12  # letters from which on there may be two slips
_USUAL = 3  # names that have a word: more, and it is no slip
_SIZE = 2  # letters of a word that may be a size or a model's: XL, S


class Pair(NamedTuple):
    """Two keys that may be one thing; `one` stands before `other` in the order that was given."""

    one: str
    other: str
    why: Why


def pairs(keys: Sequence[str]) -> list[Pair]:
    """Pairs of different product keys that may be one product, each once, what is surest first.

    The order of the keys says which are the more usual names; it decides nothing but which is `one`.
    """
    found: dict[tuple[str, str], Why] = {}
    rank = {key: at for at, key in enumerate(keys)}
    ways = (("variant", _variants), ("segment", _segments), ("typo", _typos), ("typo", _other_words))
    for why, some in ((why, way(keys)) for why, way in ways):
        for one, other in some:
            pair = (one, other) if rank[one] < rank[other] else (other, one)
            found.setdefault(pair, why)  # type: ignore[arg-type]
    return [Pair(*pair, why) for pair, why in found.items()]


def bare(key: str) -> str:
    """A key without separators and punctuation; a point or comma between digits stays: 1.5 is not 15."""
    if "." in key or "," in key:
        return _pattern(_POINTED).sub(_POINT, key).translate(_SILENT)
    return key.translate(_SILENT)


# ── the same but for separators, punctuation, units, the order of words ──────────────────────────────


def _variants(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    measured = [(one_measure(key), key) for key in keys]
    yield from _alike((bare(one), key) for one, key in measured)
    yield from _alike((_words_sorted(one), key) for one, key in measured if MARK in one)
    yield from _moved((one, key) for one, key in measured if not one.isascii())


def _words_sorted(key: str) -> str:
    """The words of a key in order, endings and small words aside, its numbers as they stand: 3 × 5 is not 5 × 3."""
    words = [word for word in map(bare, key.split(MARK)) if word and word not in _SMALL]
    if not words or (len(words) == 1 and not _tells(words[0])):
        return ""
    numbers = [word for word in words if any(map(str.isdigit, word))]
    return MARK.join([*sorted(map(_stem, words)), "", *numbers])


def _stem(word: str) -> str:
    """An English word without the ending of a plural or the like; others are themselves."""
    return _pattern(_ENDING).sub("", word) if word.isascii() and word.isalpha() else word


def _alike(marked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for mark, key in marked:
        if mark:
            groups.setdefault(mark, []).append(key)
    for group in groups.values():
        if len(group) <= _FEW:
            yield from combinations(group, 2)
        else:
            yield from ((group[0], other) for other in group[1:])


def _moved(measured: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Names of the same signs, where what blanks part in the one stands whole in the other: 围巾 羊绒 and 羊绒围巾."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one, key in measured:
        groups.setdefault("".join(sorted(bare(one))), []).append((one, key))
    for group in groups.values():
        for (one, key), (other, its_key) in combinations(group[: _FEW * _FEW], 2):
            if _has_parts(one, other) or _has_parts(other, one):
                yield key, its_key


def _has_parts(one: str, other: str) -> bool:
    """Whether a name has parts, and another has each of them whole, and the numbers in the same order."""
    whole = bare(other)
    return MARK in one and digits(one) == digits(other) and all(bare(part) in whole for part in one.split(MARK))


# ── one within the other ─────────────────────────────────────────────────────────────────────────────


def _segments(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    known = frozenset(keys)
    held: dict[str, list[str]] = {}
    for key in keys:
        if MARK in key:
            for part in _parts_known(key, known):
                held.setdefault(part, []).append(key)
    for part, holders in held.items():
        if len(holders) <= _GENERIC or any(map(str.isdigit, part)):
            yield from ((part, holder) for holder in holders if not _is_another_kind(part, holder))


def _parts_known(key: str, known: frozenset[str]) -> list[str]:
    """The longest runs of a key's segments that are keys themselves."""
    marks = [-1, *(at for at, sign in enumerate(key) if sign == MARK), len(key)]
    count = len(marks) - 1
    for size in range(count - 1, 0, -1):
        starts = range(count - size + 1) if count <= _MANY_WORDS else (0, count - size)
        runs = (key[marks[start] + 1 : marks[start + size]] for start in starts)
        found = [run for run in runs if run in known and _tells(run)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _tells(part: str) -> bool:
    """Whether a part says enough to be a name by itself: not a bare number or a letter or two."""
    letters = part.replace(MARK, "")
    if letters.isdigit() or letters.isascii():
        return len(letters) >= _SHORTEST - (not letters.isdigit())
    return len(letters) >= len("线缆")


def _is_another_kind(part: str, holder: str) -> bool:
    """Whether all that one name has beyond the other is a colour, a size or the like."""
    more = _beyond(holder.split(MARK), part.split(MARK))
    return all(keeps_apart(word) for word in more) or _is_sized(part, more)


def _is_sized(part: str, more: Iterable[str]) -> bool:
    # CANDLE and CANDLE 3 WICK are two sizes; BVM7-710 and BVM7-710-8505 may be one board.
    return not any(map(str.isdigit, part)) and any(word.isdigit() for word in more)


# ── slips of the typist ──────────────────────────────────────────────────────────────────────────────


def _typos(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    usual: Counter[str] = Counter()
    for key in keys:
        fixed, words = _parted(key)
        usual.update(dict.fromkeys(words, 1))
        letters = "".join(words)
        if _SHORTEST + letters.isascii() <= len(letters) <= _LONGEST:
            groups.setdefault(fixed, []).append((letters, key, words))
    for group in groups.values():
        if len(group) > 1:
            for (one, key, words), (other, its_key, its_words) in _near(group):
                if not _are_two_words(words, its_words, usual) and _is_slip(one, other):
                    yield key, its_key


def _parted(key: str) -> tuple[str, tuple[str, ...]]:
    """What must be equal in a slip (numbers, models, short words, signs), and the words it may be in."""
    words, fixed = [], []
    for token in _pattern(_TOKEN).findall(key):
        is_word = not any(map(str.isnumeric, token)) if token.isascii() else len(token) == 1 or token.isalpha()
        if is_word and (len(token) > _SIZE or not token.isascii()):
            words.append(token)
        else:
            fixed.append(token)
    signs = _pattern(r"[\w\s|]+").sub("", key).translate(_SILENT)
    return MARK.join([*fixed, signs]), tuple(words)


def _other_words(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names that are equal but for one long word, in which there are two slips: panettone and pannetone."""
    groups: dict[str, list[tuple[str, str]]] = {}
    usual: Counter[str] = Counter()
    for key in keys:
        words = key.split(MARK)
        if len(words) <= _MANY_WORDS:
            usual.update(set(words))
            for at, word in enumerate(words):
                if len(word) >= _LONG_WORD and word.isascii() and word.isalpha():
                    rest = MARK.join([*words[:at], "", *words[at + 1 :]])
                    groups.setdefault(rest, []).append((word, key))
    for group in groups.values():
        if 1 < len(group) <= _FEW * _FEW:
            for (one, key), (other, its_key) in combinations(group, 2):
                if distance(one, other, _SLIPS) <= _SLIPS and not _are_two_words([one], [other], usual):
                    yield key, its_key


_Word = tuple[str, str, tuple[str, ...]]


def _near(group: Sequence[_Word]) -> Iterator[tuple[_Word, _Word]]:
    """Those that may be a slip apart. Where there are several words, all but one of them are equal."""
    met: set[tuple[int, int]] = set()
    whole: list[tuple[int, str]] = []
    rests: dict[int, list[tuple[int, str]]] = {}
    for number, (letters, _, words) in enumerate(group):
        if len(words) < _SEVERAL or not letters.isascii():
            whole.append((number, letters))
            continue
        for at, word in enumerate(words):
            rests.setdefault(hash((*words[:at], "", *words[at + 1 :])), []).append((number, word))
    for texts in (whole, *(each for each in rests.values() if len(each) > 1)):
        met.update(_losing_one(texts))
    for one, other in sorted(met):
        yield group[one], group[other]


def _losing_one(texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Those whose letters are equal once each may lose one: every single slip, and some double ones."""
    first: dict[int, int] = {}
    more: dict[int, list[int]] = {}
    for number, text in texts:
        for mark in {hash(text), *(hash(text[:at] + text[at + 1 :]) for at in range(len(text)))}:
            met = first.setdefault(mark, number)
            if met != number:
                more.setdefault(mark, [met]).append(number)
    for numbers in more.values():
        yield from combinations(numbers[: _FEW * _FEW], 2)


def _is_slip(one: str, other: str) -> bool:
    most = _SLIPS if min(len(one), len(other)) >= _LONG else 1
    return one != other and distance(one, other, most) <= most


def _are_two_words(words: Sequence[str], others: Sequence[str], usual: Mapping[str, int]) -> bool:
    """Whether what differs are words of their own: colours, sizes, or words that many names have."""
    mine, its = _beyond(words, others), _beyond(others, words)
    if all(map(keeps_apart, (*mine, *its))) or (any(map(keeps_apart, mine)) and any(map(keeps_apart, its))):
        return True
    if len(mine) != 1 or len(its) != 1:
        return False
    one, other = mine[0], its[0]
    is_other_letter = len(one) == len(other) and sorted(one) != sorted(other)
    if len(one) < _SHORTEST and one.isascii() and is_other_letter:
        return True  # cat and bat
    return is_other_letter and usual[one] >= _USUAL and usual[other] >= _USUAL


def _beyond(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """The words that stand here more often than there, each once."""
    left, found = [*others], []
    for word in words:
        if word in left:
            left.remove(word)
        elif word not in found:
            found.append(word)
    return found


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)

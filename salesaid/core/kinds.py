"""Kinds of cell: each owns parse, format, show, alignment and the Excel number format.

So the shell, the importer, the CSV reader and the workbook reader accept the same things. Values are str for
texts and document numbers, the canonical English id for choices, bool for flags, datetime.date for dates,
Decimal for all figures; None is a blank cell of any kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.core.dates import parse_date
from salesaid.core.money import NUMBER_ACCEPTED, parse_decimal, rounded
from salesaid.core.reading import IN_FILES, DateOrder, Reading, Unreadable
from salesaid.core.text import Lang, Text, joined
from salesaid.core.width import folded, is_blank

__all__ = [
    "DATE", "DAYS", "DUE", "FLAG", "IN_FILES", "MONEY", "NUMBER_NO", "PRICE", "QTY", "RATE", "TEXT",
    "Align", "Choice", "DateOrder", "Kind", "Reading", "Unreadable",
]  # fmt: skip

Align = Literal["left", "right"]


class Kind(ABC):
    """One kind of cell."""

    name: str
    align: Align = "left"
    excel: str = "@"  # Excel's number format code

    @abstractmethod
    def parse(self, text: str, reading: Reading = IN_FILES) -> object:
        """The value of a cell; None for a blank one. Raises Unreadable."""

    @abstractmethod
    def format(self, value: object) -> str:
        """The text written to a file: parse(format(v)) == v. Blank for None."""

    def format_in(self, value: object, lang: Lang) -> str:
        """The text written to a file in that language: other than format() only for choices and flags."""
        del lang
        return self.format(value)

    @abstractmethod
    def show(self, value: object, lang: Lang) -> str:
        """The text shown to a person."""


class _TextKind(Kind):
    """Text: character for character, or without its outer blanks for document numbers."""

    def __init__(self, name: str, *, stripped: bool) -> None:
        self.name = name
        self._stripped = stripped

    def parse(self, text: str, reading: Reading = IN_FILES) -> str | None:
        """The text; None if it is nothing but blanks."""
        del reading
        inner = text.strip()
        return (inner if self._stripped else text) if inner else None

    def format(self, value: object) -> str:
        """The text itself."""
        return "" if value is None else str(value)

    def show(self, value: object, lang: Lang) -> str:
        """The text itself; what a terminal cannot bear is the renderer's concern."""
        del lang
        return self.format(value)


class _DateKind(Kind):
    """A day. Of a due date, weekdays look ahead."""

    name = "date"
    excel = "yyyy-mm-dd"

    def __init__(self, *, ahead: bool) -> None:
        self._ahead = ahead

    def parse(self, text: str, reading: Reading = IN_FILES) -> date | None:
        """The day; a time beside it is dropped."""
        if not text[:1].isdigit() and is_blank(text):
            return None
        if self._ahead and reading.base is not None:
            reading = reading._replace(ahead=True)
        return parse_date(text, reading)

    def format(self, value: object) -> str:
        """The day in ISO form."""
        return value.isoformat()[:10] if isinstance(value, date) else _no_other(value)

    def show(self, value: object, lang: Lang) -> str:
        """The day in ISO form."""
        del lang
        return self.format(value)


class _Figures(NamedTuple):
    """How the figures of one kind are written: with `kept` to `most` decimals in files, `shown` to `most` on screen."""

    name: str
    excel: str
    kept: int
    shown: int
    most: int
    money: bool = False
    percent: bool = False


class _NumberKind(Kind):
    """A figure, exact."""

    align = "right"

    def __init__(self, figures: _Figures) -> None:
        self.name = figures.name
        self.excel = figures.excel
        self._figures = figures

    def parse(self, text: str, reading: Reading = IN_FILES) -> Decimal | None:
        """The figure exactly as the file says it."""
        del reading
        if self._figures.percent and text.rstrip().endswith(("%", "％")):
            return _of_percent(text)
        return parse_decimal(text, money=self._figures.money)

    def format(self, value: object) -> str:
        """Plain digits, half up to the kind's decimals."""
        return "" if value is None else _digits(_decimal(value), self._figures.kept, self._figures.most)

    def show(self, value: object, lang: Lang) -> str:
        """Digits in groups of three; a rate in per cent."""
        del lang
        if value is None:
            return ""
        number = _decimal(value)
        if self._figures.percent:
            return _digits(rounded(number * 100, 1), 0, 1, ",") + "%"
        return _digits(number, self._figures.shown, self._figures.most, ",")


class _DaysKind(_NumberKind):
    """A number of days: whole and not below zero."""

    def parse(self, text: str, reading: Reading = IN_FILES) -> Decimal | None:
        """The number of days."""
        days = super().parse(folded(text).removesuffix("天"), reading)
        if days is not None and (days < 0 or days != days.to_integral_value()):
            raise Unreadable(text, Text("天数，如 30", "a whole number of days such as 30"))
        return days


def _of_percent(text: str) -> Decimal | None:
    share = parse_decimal(text.rstrip()[:-1], money=False)
    if share is None:
        raise Unreadable(text, NUMBER_ACCEPTED)
    return rounded(share / 100, 6)


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise TypeError(f"not an exact number: {value!r}")


def _digits(number: Decimal, fewest: int, most: int, comma: str = "") -> str:
    """The number half up to `most` decimals, zeros after the first `fewest` left off."""
    text = format(rounded(number, most), f"{comma}f")
    if most == fewest:
        return text
    whole, _, part = text.partition(".")
    part = part.rstrip("0").ljust(fewest, "0")
    return f"{whole}.{part}" if part else whole


def _no_other(value: object) -> str:
    if value is not None:
        raise TypeError(f"not a value of this kind: {value!r}")
    return ""


class Choice(Kind):
    """One of several words. The value is the canonical English id; files and people may say any word for it."""

    name = "choice"

    def __init__(self, words: Mapping[str, Text], also: Mapping[str, str] | None = None) -> None:
        self.words = dict(words)
        self._more = dict(also or {})
        self._ids = {folded(word): id_ for id_, text in words.items() for word in (id_, *text)}
        self._ids.update((folded(word), self._known(id_)) for word, id_ in self._more.items())

    def also(self, words: Mapping[str, str]) -> Choice:
        """The same choice that reads some more words, each given with its id. Raises TypeError for an unknown id."""
        return Choice(self.words, self._more | dict(words))

    def parse(self, text: str, reading: Reading = IN_FILES) -> str | None:
        """The id; case, width and outer blanks of the word do not matter."""
        del reading
        word = folded(text)
        if not word:
            return None
        if word not in self._ids:
            raise Unreadable(text, Text("", "one of: ") + joined(list(self.words.values())))
        return self._ids[word]

    def format(self, value: object) -> str:
        """The id."""
        return _no_other(value) if value is None else self._known(value)

    def format_in(self, value: object, lang: Lang) -> str:
        """The word to write in a file of that language."""
        return _no_other(value) if value is None else self.words[self._known(value)].in_(lang)

    def show(self, value: object, lang: Lang) -> str:
        """The word in that language."""
        return self.format_in(value, lang)

    def _known(self, value: object) -> str:
        return value if isinstance(value, str) and value in self.words else _no_other(value)


_YES, _NO = Text("是", "yes"), Text("否", "no")
_FLAGS = dict.fromkeys((*_YES, "y", "true", "1"), True) | dict.fromkeys((*_NO, "n", "false", "0"), False)


class _FlagKind(Kind):
    """Yes or no."""

    name = "flag"

    def parse(self, text: str, reading: Reading = IN_FILES) -> bool | None:
        """Whether the cell says yes."""
        del reading
        word = folded(text)
        if not word:
            return None
        if word not in _FLAGS:
            raise Unreadable(text, Text("是 或 否", "yes or no"))
        return _FLAGS[word]

    def format(self, value: object) -> str:
        """The English word."""
        return self.format_in(value, "en")

    def format_in(self, value: object, lang: Lang) -> str:
        """The word to write in a file of that language."""
        return (_YES if value else _NO).in_(lang) if isinstance(value, bool) else _no_other(value)

    def show(self, value: object, lang: Lang) -> str:
        """The word in that language."""
        return self.format_in(value, lang)


TEXT: Kind = _TextKind("text", stripped=False)
NUMBER_NO: Kind = _TextKind("number_no", stripped=True)
DATE: Kind = _DateKind(ahead=False)
DUE: Kind = _DateKind(ahead=True)
QTY: Kind = _NumberKind(_Figures("qty", "General", 0, 0, 6))
MONEY: Kind = _NumberKind(_Figures("money", "#,##0.00", 2, 2, 2, money=True))
PRICE: Kind = _NumberKind(_Figures("price", "#,##0.00####", 0, 2, 6, money=True))
RATE: Kind = _NumberKind(_Figures("rate", "0.0%", 0, 0, 6, percent=True))
DAYS: Kind = _DaysKind(_Figures("days", "0", 0, 0, 0))
FLAG: Kind = _FlagKind()

"""Text in two languages: a phrase cannot be written in one of them only."""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]

LANGUAGES: tuple[Lang, ...] = ("zh", "en")


class Text(NamedTuple):
    """One phrase in Chinese and in English."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The phrase in the language asked for."""
        return self.zh if lang == "zh" else self.en

    def __add__(self, other: object) -> Text:
        """Both languages joined to another phrase's, or to a plain string."""
        if isinstance(other, Text):
            return Text(self.zh + other.zh, self.en + other.en)
        return Text(f"{self.zh}{other}", f"{self.en}{other}")


def same(text: str) -> Text:
    """A phrase that reads the same in both languages: a name, a number, a path."""
    return Text(text, text)


def joined(texts: list[Text], zh: str = "、", en: str = ", ") -> Text:
    """Several phrases in one, with each language's own comma."""
    return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))


def in_days(count: int) -> str:
    """So many days, as English says it; Chinese has no plural."""
    return "1 day" if count == 1 else f"{count} days"


def in_rows(count: int) -> str:
    """So many rows, as English says it."""
    return "1 row" if count == 1 else f"{count} rows"

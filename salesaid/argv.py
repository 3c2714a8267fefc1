"""The words of a command line before the parser sees them: options of the whole program, help, numbers like -3."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from salesaid.core.text import LANGUAGES, Lang

VALUED = {"--book": "book", "-b": "book", "--lang": "lang", "--today": "today"}
FLAGS = {"--debug": "debug", "--version": "version"}
HELP = ("--help", "-h")

_NUMBER = re.compile(r"-\d+")  # the third order of today is -3


class Globals(NamedTuple):
    """Options of the whole program, as they were typed."""

    book: str | None = None
    lang: str | None = None
    today: str | None = None
    debug: bool = False
    version: bool = False


class Line(NamedTuple):
    """Words taken apart. `rest` was not looked at; `lacking` is an option of the whole program without its value."""

    globals_: Globals = Globals()
    options: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    help: bool = False
    lacking: str | None = None

    @property
    def arguments(self) -> list[str]:
        """The words as the parser takes them: options, then behind `--` what is none."""
        return [*self.options, "--", *self.words] if self.words else [*self.options]


def first_word(words: Sequence[str], so_far: Globals = Globals()) -> Line:  # noqa: B008 - a tuple is no shared state
    """The words up to and with the first that is no option: the name of a group or a verb."""
    return _taken_apart(words, (), so_far, only_first=True)


def all_words(words: Sequence[str], takes_value: Collection[str], so_far: Globals = Globals()) -> Line:  # noqa: B008
    """All words of a command whose options `takes_value` are followed by a value of any look."""
    return _taken_apart(words, takes_value, so_far, only_first=False)


def _taken_apart(given: Sequence[str], takes_value: Collection[str], so_far: Globals, *, only_first: bool) -> Line:
    line, rest = Line(so_far), list(given)
    while rest and not (only_first and line.words):
        word = rest.pop(0)
        if word == "--":
            return _literal(line, rest, only_first=only_first)
        if _global_name(word):
            line = _with_global(line, word, rest)
        elif word in HELP:
            line = line._replace(help=True)
        elif _is_word(word):
            line = line._replace(words=(*line.words, word))
        else:
            value = [rest.pop(0)] if rest and _wants_value(word, takes_value) else []
            line = line._replace(options=(*line.options, word, *value))
    return line._replace(rest=tuple(rest))


def _literal(line: Line, rest: list[str], *, only_first: bool) -> Line:
    if not only_first:
        return line._replace(words=(*line.words, *rest))
    return line._replace(words=tuple(rest[:1]), rest=("--", *rest[1:]) if rest[1:] else ())


def _is_word(word: str) -> bool:
    return not word.startswith("-") or word == "-" or _NUMBER.fullmatch(word) is not None


def _global_name(word: str) -> str | None:
    if not word.startswith("--"):
        return "-b" if word.startswith("-b") else None
    name = word.partition("=")[0]
    return name if name in VALUED or word in FLAGS else None


def _with_global(line: Line, word: str, rest: list[str]) -> Line:
    name = _global_name(word) or word
    if name in FLAGS:
        return line._replace(globals_=_set(line.globals_, FLAGS[name], value=True))
    if word != name:
        value = word.removeprefix(name).removeprefix("=" if name.startswith("--") else "")
    elif rest:
        value = rest.pop(0)
    else:
        return line._replace(lacking=name)
    return line._replace(globals_=_set(line.globals_, VALUED[name], value))


def _set(globals_: Globals, name: str, value: str | bool) -> Globals:
    return Globals(**(globals_._asdict() | {name: value}))


def _wants_value(word: str, takes_value: Collection[str]) -> bool:
    if word.startswith("--"):
        return word in takes_value
    flags = [f"-{letter}" for letter in word[1:]]
    first = next((place for place, flag in enumerate(flags) if flag in takes_value), None)
    return first is not None and first == len(flags) - 1


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether a command line wants its answer, and its trouble, as JSON."""
    pairs = zip(words, [*words[1:], ""], strict=False)
    return any(
        word in ("--format=json", "-fjson") or (word in ("--format", "-f") and value == "json") for word, value in pairs
    )


def spoken(lang: str | None, environ: Mapping[str, str]) -> Lang:
    """The language where no book says another: the option, SALESAID_LANG, the locale."""
    for asked in (lang, environ.get("SALESAID_LANG")):
        if asked in LANGUAGES:
            return asked
    local = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), None)
    return _language_of_windows() if local is None else "zh" if local.lower().startswith("zh") else "en"


def _language_of_windows() -> Lang:
    if sys.platform == "win32":
        import ctypes

        chinese = 0x04  # the primary language is the low ten bits of the identifier
        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == chinese else "en"
    return "en"


def login(environ: Mapping[str, str]) -> str:
    """Who is at work: SALESAID_USER, else the login; blank where nobody knows."""
    name = environ.get("SALESAID_USER") or environ.get("USER") or environ.get("USERNAME")
    if name:
        return name
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return ""

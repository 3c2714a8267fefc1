"""Help pages: the whole program, a group, a command. Chinese text lines up, because cells are counted, not letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesaid import groups, phrases
from salesaid.core.text import Lang, Text
from salesaid.options import chosen

if TYPE_CHECKING:
    import typer
    from typer.models import CommandInfo

Row = tuple[str, str]

_NAMES_AT_MOST = 34  # cells; a longer name has a line for itself
_EXAMPLE = "salesaid "

# A word with its blanks, or one wide character with the marks that must not end or begin a line.
_WIDE = r"\u2e80-\uffef"
_OPENING, _CLOSING = "（「『《", "，。；：、！？）」』》”…"
_PIECE = re.compile(rf"[{_OPENING}]*[{_WIDE}][{_CLOSING}]*[ ]*|[^\s{_WIDE}]+[{_CLOSING}]*[ ]*|\s+")


def root(files: Mapping[str, Path], lang: Lang, width: int) -> list[str]:
    """The help page of the program: its groups by their files' first lines, nothing is imported."""
    rows = [(name, chosen(groups.summary(path), lang)) for name, path in files.items()]
    return [
        *_usage("salesaid", f"{phrases.ANY_COMMAND.in_(lang)} …", lang),
        *_indented(phrases.ROOT.in_(lang), width),
        *_section(phrases.COMMANDS, rows, lang, width),
        *_section(phrases.OPTIONS, [(name.in_(lang), text.in_(lang)) for name, text in _ROOT_OPTIONS], lang, width),
        "",
        phrases.MORE.in_(lang),
    ]


_ROOT_OPTIONS = (*phrases.GLOBALS, *phrases.INSTALLING)


def group(path: str, about: str, app: typer.Typer, lang: Lang, width: int) -> list[str]:
    """The help page of a group: its verbs."""
    rows = [(name, paragraphs(groups.text_of(verb), lang)[0]) for name, verb in groups.verbs(app).items()]
    example = next((line for verb in groups.verbs(app).values() for line in examples(groups.text_of(verb))), None)
    return [
        *_usage(path, f"{phrases.ANY_COMMAND.in_(lang)} …", lang),
        *_indented(chosen(about, lang), width),
        *_section(phrases.COMMANDS, rows, lang, width),
        *_everywhere(lang, width),
        *_examples([example] if example else [], lang),
    ]


def command(path: str, info: CommandInfo, parsed: Any, lang: Lang, width: int) -> list[str]:
    """The help page of a command: usage, what it does, arguments, options, and examples at the end."""
    shown = [param for param in parsed.params if not param.hidden]
    arguments = [param for param in shown if not phrases.is_option(param)]
    options = [param for param in shown if phrases.is_option(param)]
    text = groups.text_of(info)
    usage = [phrases.ANY_OPTIONS, *map(phrases.placeholder, arguments)]
    return [
        *_usage(path, " ".join(word.in_(lang) for word in usage), lang),
        *(line for paragraph in paragraphs(text, lang) for line in _indented(paragraph, width)),
        *_section(phrases.ARGUMENTS, [_row(param, lang) for param in arguments], lang, width),
        *_section(phrases.OPTIONS, [_row(param, lang) for param in options], lang, width),
        *_everywhere(lang, width),
        *_examples(examples(text, info.epilog, lang), lang),
    ]


def paragraphs(text: str, lang: Lang) -> list[str]:
    """The paragraphs of a command's text in one language, without the examples at its end; at least one."""
    blocks = [_unfolded(block) for block in re.split(r"\n\s*\n", text) if not block.startswith(_EXAMPLE)]
    return [chosen(block, lang) for block in blocks] or [""]


def _unfolded(block: str) -> str:
    """A paragraph in one line; Chinese goes on without a blank."""
    return re.sub(rf"(?<=[{_WIDE}])\n", "", block).replace("\n", " ")


def examples(text: str, epilog: str | None = None, lang: Lang = "zh") -> list[str]:
    """The examples of a command: the last paragraph of its text, where that begins with `salesaid`, or its epilog."""
    if epilog:
        return chosen(epilog, lang).split("\n")
    last = re.split(r"\n\s*\n", text)[-1]
    return last.split("\n") if last.startswith(_EXAMPLE) else []


def definitions(rows: Iterable[Row], width: int) -> list[str]:
    """Names and what they mean in two columns that line up."""
    from rich.cells import cell_len

    rows = list(rows)
    column = min(max((cell_len(name) for name, _ in rows), default=0), _NAMES_AT_MOST) + 2
    lines: list[str] = []
    for name, meaning in rows:
        first, *more = wrapped(meaning, max(width - column - 2, 20))
        gap = column - cell_len(name)
        lines += [f"  {name}{' ' * gap}{first}"] if gap >= 2 else [f"  {name}", f"  {' ' * column}{first}"]  # noqa: PLR2004
        lines += [f"  {' ' * column}{line}" for line in more]
    return [line.rstrip() for line in lines]


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, broken at blanks and between Chinese characters; at least one line."""
    from rich.cells import cell_len

    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and cell_len((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _usage(path: str, rest: str, lang: Lang) -> list[str]:
    return [f"{phrases.heading(phrases.USAGE, lang)}{'' if lang == 'zh' else ' '}{path} {rest}"]


def _indented(text: str, width: int) -> list[str]:
    return ["", *(f"  {line}" for line in wrapped(text, width - 2))] if text else []


def _section(title: Text, rows: list[Row], lang: Lang, width: int) -> list[str]:
    return ["", phrases.heading(title, lang), *definitions(rows, width)] if rows else []


def _everywhere(lang: Lang, width: int) -> list[str]:
    rows = [(name.in_(lang), text.in_(lang)) for name, text in phrases.GLOBALS]
    return _section(phrases.EVERYWHERE, rows, lang, width)


def _examples(lines: list[str], lang: Lang) -> list[str]:
    return ["", phrases.heading(phrases.EXAMPLES, lang), *(f"  {line}" for line in lines)] if lines else []


def _row(param: Any, lang: Lang) -> Row:
    value = phrases.placeholder(param).in_(lang)
    meaning = chosen(param.help or "", lang)
    if not phrases.is_option(param):
        return value, meaning
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    return (names if param.is_flag else f"{names} {value}"), _with_default(meaning, param, lang)


def _with_default(meaning: str, param: Any, lang: Lang) -> str:
    if param.default in (None, False, ()) or callable(param.default):
        return meaning
    return f"{meaning} [{phrases.BY_DEFAULT.in_(lang)} {param.default}]"

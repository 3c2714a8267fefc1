"""The page on commands: what `--help` says, in English and in Chinese, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grid import grid
from tour import leaves

from salesaid import groups, pages, phrases
from salesaid.core.text import Text
from salesaid.options import chosen

_ABOUT = """# Commands

`salesaid GROUP VERB …`; `--help` behind any of them says what stands here. On a terminal a missing customer or item is
asked for, without one it is an error. A document number may be cut down to its end: `1122-3` is the third of 22
November, `3` or `-3` the third of today.
"""
_SHARED = {
    "reading_": ("Options of reading commands", "Commands that answer with a table or a card have these, too."),
    "writing_": ("Options of writing commands", "Commands that post to the ledgers have these, too."),
}
_HEADS = ("option", "what it says", "说明")


def page() -> str:
    """The whole page."""
    return "\n".join([_ABOUT, *_everywhere(), *_shared(), *(line for one in leaves() for line in _section(*one))])


def _everywhere() -> Iterator[str]:
    yield "## Options of every command\n"
    yield from grid(_HEADS, [(f"`{flags.en}`", text.en, text.zh) for flags, text in phrases.GLOBALS])
    yield ""


def _shared() -> Iterator[str]:
    """The options that all reading, and all writing commands have, each from the first command that has them."""
    for prefix, (title, about) in _SHARED.items():
        every = ([p for p in groups.built(info).params if p.name.startswith(prefix)] for _, info in leaves())
        found = next(filter(None, every), [])
        if found:
            yield f"## {title}\n\n{about}\n"
            yield from grid(_HEADS, map(_row, found))
            yield ""


def _section(path: str, info: Any) -> Iterator[str]:
    params = [param for param in groups.built(info).params if not param.hidden]
    own = [param for param in params if not param.name.startswith(tuple(_SHARED))]
    text = groups.text_of(info)
    yield f"## {path}\n"
    yield f"{_said(text, 'en')}\n\n{_said(text, 'zh')}\n"
    yield f"    salesaid {path} {' '.join(_usage(params))}\n"
    if own:
        yield from grid(_HEADS, map(_row, own))
        yield ""
    yield "```sh"
    yield from pages.examples(text, info.epilog, "en")
    yield "```\n"


def _said(text: str, lang: Any) -> str:
    return "\n\n".join(pages.paragraphs(text, lang))


def _usage(params: list[Any]) -> list[str]:
    return [phrases.ANY_OPTIONS.en, *(phrases.placeholder(p).en for p in params if not phrases.is_option(p))]


def _row(param: Any) -> tuple[str, str, str]:
    value = phrases.placeholder(param).en
    flags = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    shown = value if not phrases.is_option(param) else flags if param.is_flag else f"{flags} {value}"
    help_ = Text(chosen(param.help or "", "zh"), chosen(param.help or "", "en"))
    return f"`{shown}`", help_.en, help_.zh

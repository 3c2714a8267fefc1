"""From the words of a command line to the one command they name.

Wrong words become trouble that is raised later, when the language to say it in is known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from salesaid import argv, groups, phrases
from salesaid.core.errors import Refused

if TYPE_CHECKING:
    from typer.models import CommandInfo

NAME = "salesaid"


class Call(NamedTuple):
    """What a command line comes to: a command and its words; else a group, or the program itself, without a verb."""

    names: tuple[str, ...]
    line: argv.Line
    helped: bool = False
    app: typer.Typer | None = None
    info: CommandInfo | None = None
    parsed: Any = None  # the parser's command
    trouble: Refused | None = None

    @property
    def command(self) -> str:
        """The command as envelopes call it: `order add`."""
        return " ".join(self.names)

    @property
    def path(self) -> str:
        """The command as a person types it."""
        return " ".join((NAME, *self.names))


def resolved(words: Sequence[str], folder: Path) -> Call:
    """The command that the words name. Imports its group's file and no other, and builds its verb and no other."""
    files = groups.files(folder)
    call = _step(Call((), argv.first_word(words)), files)
    if not call.names:
        return call
    return _within(call._replace(app=groups.app_of(files[call.names[0]])))


def _within(call: Call) -> Call:
    """The call with its verb looked up in its app, and so on through groups within groups."""
    while call.app is not None and call.info is None:
        only = groups.alone(call.app) if len(call.names) == 1 else None
        if only is not None:
            return _leaf(call, only)
        verbs = groups.verbs(call.app)
        depth = len(call.names)
        line = argv.first_word(call.line.rest, call.line.globals_)
        instead = groups.without_verb(call.app)
        if instead is not None and line.options and verbs.keys().isdisjoint(call.line.rest):
            return _leaf(call, instead)
        call = _step(call._replace(line=line), verbs)
        if len(call.names) == depth:
            return call
        verb = verbs[call.names[-1]]
        call = call._replace(app=verb) if isinstance(verb, typer.Typer) else _leaf(call, verb)
    return call


def _step(call: Call, known: Collection[str]) -> Call:
    """The call with the name that its line's first word is; without one it stays where it was, perhaps in trouble."""
    line = call.line
    call = call._replace(helped=call.helped or line.help)
    word = line.words[0] if line.words else None
    if line.lacking:
        return call._replace(trouble=phrases.OptionNeedsValue(line.lacking, call.path))
    if line.options:
        return _lost(call, phrases.before_command(line.options[0], call.path))
    if word is not None and word not in known:
        return _lost(call, phrases.NoSuchCommand(word, call.path, known))
    return call if word is None else call._replace(names=(*call.names, word))


def _lost(call: Call, trouble: Refused) -> Call:
    """The call in trouble; options of the whole program are still looked for in what follows."""
    rest = argv.all_words(call.line.rest, (), call.line.globals_)
    return call._replace(line=call.line._replace(globals_=rest.globals_), trouble=trouble)


def _leaf(call: Call, info: CommandInfo) -> Call:
    parsed = groups.built(info)
    line = argv.all_words(call.line.rest, phrases.takes_value(parsed), call.line.globals_)
    trouble: Refused | None = phrases.OptionNeedsValue(line.lacking, call.path) if line.lacking else None
    open_ = next(filter(phrases.is_left_open, (*line.options, *line.words)), None)
    if open_ is not None and trouble is None:
        trouble = phrases.LeftOpen(open_)
    return call._replace(line=line, helped=call.helped or line.help, info=info, parsed=parsed, trouble=trouble)

"""Shell completion: groups, verbs and options from the program, values from the book.

typer has the shells' scripts and their manners; what is offered is found here, because groups are imported one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from typer import _completion_shared as _scripts
from typer._click.shell_completion import CompletionItem, _resolve_incomplete, get_completion_class
from typer._completion_classes import completion_init

from salesaid import argv, calls, groups
from salesaid.core.errors import Refused
from salesaid.core.text import LANGUAGES, Text

VARIABLE = "_SALESAID_COMPLETE"

_SHELLS = tuple(shell.value for shell in _scripts.Shells)
_SPECIAL_IN_BASH = re.compile(r"([\s\"'`$&|;<>(){}\[\]*?!#~\\])")

Opened = Callable[[argv.Globals], Any]


class UnknownShell(Refused):
    """A shell that cannot be told how to complete."""

    def __init__(self, shell: str | None) -> None:
        super().__init__(
            Text(f"不认识这个 shell：{shell or '？'}", f"no such shell: {shell or '?'}"),
            Text("请写明：" + "、".join(_SHELLS), "name one of: " + ", ".join(_SHELLS)),
        )


def script(shell: str | None) -> str:
    """The script that makes a shell complete; by default for the shell that salesaid runs in."""
    return _scripts.get_completion_script(prog_name=calls.NAME, complete_var=VARIABLE, shell=_known(shell))


def installed(shell: str | None) -> Path:
    """The file that now holds the script, in the place where that shell reads it."""
    _, path = _scripts.install(shell=_known(shell), prog_name=calls.NAME, complete_var=VARIABLE)
    return path


def _known(shell: str | None) -> str:
    shell = shell or _scripts._get_shell_name()  # noqa: SLF001 - typer shows no other way to it
    if shell not in _SHELLS:
        raise UnknownShell(shell)
    return shell


def answer(instruction: str, folder: Path, opened: Opened) -> str:
    """What the shell's script is told: the words that may stand where the cursor is, as that shell wants them."""
    completion_init()
    kind = get_completion_class(instruction.partition("_")[2])
    if kind is None:
        return ""
    shell: Any = kind(None, {}, calls.NAME, VARIABLE)  # type: ignore[arg-type]
    words, incomplete = shell.get_completion_args()
    found = offered(words, incomplete, folder, opened)
    escaped = [_in_bash(word) for word in found] if kind.name == "bash" else found
    shell.get_completions = lambda *_: [CompletionItem(word) for word in escaped]
    return str(shell.complete())


def offered(words: list[str], incomplete: str, folder: Path, opened: Opened) -> list[str]:
    """The words that begin as the incomplete one does and may follow the others."""
    call = calls.resolved(words, folder)
    if call.line.lacking:
        return _beginning(incomplete, LANGUAGES if call.line.lacking == "--lang" else ())
    if incomplete.startswith("-"):
        everywhere = _beginning(incomplete, (*argv.VALUED, *argv.FLAGS, *argv.HELP))
        return everywhere if call.parsed is None else [*_of_command(call, words, incomplete, opened), *everywhere]
    if call.parsed is not None:
        return _of_command(call, words, incomplete, opened)
    return _beginning(incomplete, groups.files(folder) if call.app is None else groups.verbs(call.app))


def _of_command(call: calls.Call, words: list[str], incomplete: str, opened: Opened) -> list[str]:
    context = call.parsed.make_context(
        call.path, call.line.arguments, obj=opened(call.line.globals_), resilient_parsing=True, help_option_names=[]
    )
    asked, incomplete = _resolve_incomplete(context, words, incomplete)
    return [item.value for item in asked.shell_complete(context, incomplete)]


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def _in_bash(word: str) -> str:
    return _SPECIAL_IN_BASH.sub(r"\\\1", word)

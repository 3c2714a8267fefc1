"""Command groups: one file of commands/ each. Only the one that is named is imported, and of it one verb is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module, util
from inspect import cleandoc, getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command_name

from salesaid.options import with_parameters

if TYPE_CHECKING:
    from typer.models import CommandInfo

COMMANDS = Path(__file__).with_name("commands")

_HEAD = 600  # bytes that hold the first line of a module's docstring
_FIRST_LINE = r'\s*"""(.*?)(?:"""|\n|$)'


def files(folder: Path = COMMANDS) -> dict[str, Path]:
    """The group files of a folder by the name that is typed: `return_.py` is `return`."""
    modules = sorted(path for path in folder.iterdir() if path.suffix == ".py" and not path.stem.startswith("_"))
    return {path.stem.rstrip("_").replace("_", "-"): path for path in modules}


def summary(path: Path) -> str:
    """The first line of a group's docstring, read without importing it."""
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", errors="ignore")
    found = re.match(_FIRST_LINE, head)
    return found[1].strip() if found else ""


def app_of(path: Path) -> typer.Typer:
    """The `app` of a group's file."""
    if path.parent == COMMANDS:
        return _app(import_module(f"salesaid.commands.{path.stem}"))
    spec = util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return _app(module)


def _app(module: Any) -> typer.Typer:
    app: typer.Typer = module.app
    return app


def alone(app: typer.Typer) -> CommandInfo | None:
    """The one command without a name that *is* its group: `salesaid void NO`; None where the group has verbs."""
    commands = app.registered_commands
    if len(commands) == 1 and not app.registered_groups and commands[0].name is None:
        return commands[0]
    return None


def without_verb(app: typer.Typer) -> CommandInfo | None:
    """What a group does where options follow its name and no verb, `report --since …`; None for most groups."""
    from typer.models import CommandInfo

    callback = app.registered_callback
    return CommandInfo(callback=callback.callback) if callback is not None else None


def verbs(app: typer.Typer) -> dict[str, CommandInfo | typer.Typer]:
    """What may follow a group's name: its verbs, and groups within it."""
    found: dict[str, CommandInfo | typer.Typer] = {verb_name(info): info for info in app.registered_commands}
    return found | {str(info.name): info.typer_instance for info in app.registered_groups if info.typer_instance}


def verb_name(info: CommandInfo) -> str:
    """The word that is typed for a command."""
    return info.name or get_command_name(_function(info).__name__)


def text_of(verb: CommandInfo | typer.Typer) -> str:
    """What a verb's help says: its own text, else its docstring."""
    if isinstance(verb, typer.Typer):
        return cleandoc(verb.info.help) if isinstance(verb.info.help, str) else ""
    return cleandoc(verb.help) if verb.help else getdoc(_function(verb)) or ""


def about(names: Sequence[str], app: typer.Typer, known: Mapping[str, Path]) -> str:
    """What a group's help says: its file's first line, or the text of a group within a group."""
    return summary(known[names[0]]) if len(names) == 1 else text_of(app)


def built(info: CommandInfo) -> Any:
    """The parser's command of one verb. The other verbs of its group are not built: each takes a millisecond."""
    with_parameters(_function(info))
    single = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    single.registered_commands.append(info)
    return typer.main.get_command(single)


def _function(info: CommandInfo) -> Callable[..., Any]:
    if info.callback is None:
        raise TypeError(info.name)
    return info.callback

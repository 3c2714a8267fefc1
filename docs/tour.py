"""Console blocks of a Markdown text, answered: each `$ salesaid …` is run, in order, on one copy of the sample book."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from io import StringIO
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import typer

from salesaid import cli, groups
from salesaid.bugs import EXIT_CODE as BUG

DATA = Path(__file__).parents[1] / "data"

_ENOUGH = 2_000  # letters of a traceback
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@contextmanager
def sample_book() -> Iterator[Path]:
    """A copy of the sample book that goes away again."""
    with TemporaryDirectory() as folder:
        yield copytree(DATA, Path(folder) / "book")


def told(text: str, lang: str) -> str:
    """The text with what each command of its console blocks answers; a block of an unknown command has no answer."""
    with sample_book() as book:
        return _BLOCK.sub(lambda block: f"```console\n{_answered(block[1], book, lang)}```", text)


def commands(text: str) -> list[list[str]]:
    """The words of every command in the console blocks, without `salesaid`."""
    lines = (line for block in _BLOCK.findall(text) for line in block.splitlines())
    return [shlex.split(line)[2:] for line in lines if line.startswith("$ ")]


def run(words: list[str], book: Path, lang: str) -> tuple[int, str]:
    """The exit code of one command line in a book, and all that it says. Raises RuntimeError where it meets a bug."""
    said = StringIO()
    environ = {
        "SALESAID_BOOK": str(book),
        "SALESAID_LANG": lang,
        "SALESAID_USER": "李敏",
        "COLUMNS": "100",
        "XDG_STATE_HOME": str(book.parent),
    }
    with chdir(book):  # where what --out names is written
        code = cli.main([*words, "--debug"], environ, StringIO(), said, said)
    if code == BUG:
        raise RuntimeError(f"salesaid {shlex.join(words)}\n{said.getvalue()[-_ENOUGH:]}")
    return code, said.getvalue()


def leaves() -> Iterator[tuple[str, Any]]:
    """Every command there is, as (`order add`, typer's declaration of it)."""
    for name, path in groups.files().items():
        app = groups.app_of(path)
        only = groups.alone(app)
        yield from [(name, only)] if only is not None else _below(name, app)


def _below(path: str, app: typer.Typer) -> Iterator[tuple[str, Any]]:
    for name, verb in groups.verbs(app).items():
        inner = f"{path} {name}"
        yield from _below(inner, verb) if isinstance(verb, typer.Typer) else [(inner, verb)]


def known(words: list[str]) -> bool:
    """Whether there is such a group of commands."""
    return words[0] in groups.files()


def _answered(block: str, book: Path, lang: str) -> str:
    lines: list[str] = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        words = shlex.split(line)[2:]
        said = run(words, book, lang)[1] if known(words) else ""
        lines += [line, *(one.rstrip() for one in said.splitlines())]
    return "".join(f"{line}\n" for line in lines)

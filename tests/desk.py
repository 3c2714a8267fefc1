"""A book in a test's own folder, and commands run on it in this process."""

from __future__ import annotations

import io
import json
import shlex
from inspect import cleandoc
from pathlib import Path
from typing import NamedTuple

from salesaid import cli

SETTINGS = '[book]\nname = "测试"\nlanguage = "zh"\n'
TODAY = "2026-11-23"


class Answer(NamedTuple):
    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Desk:
    def __init__(self, folder: Path, settings: str = SETTINGS, today: str = TODAY) -> None:
        self.folder = folder
        self.today = today
        self.user = "小郑"
        (folder / ".salesaid").mkdir(exist_ok=True)
        self.write("salesaid.toml", settings)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(cleandoc(text) + "\n", encoding="utf-8", newline="\n")

    def lay_out(self, doc: str) -> None:
        """Write the ledgers of a docstring: a line that is a file's name, then its lines up to a blank one.

        Lines that begin with $ are command lines, run once the files before them are there.
        """
        for block in cleandoc(doc).split("\n\n"):
            name, _, text = block.partition("\n")
            if name.endswith((".csv", ".toml")):
                self.write(name, text)
            for line in block.splitlines():
                if line.startswith("$ salesaid "):
                    done = self.run(line.removeprefix("$ salesaid "))
                    assert done.code == 0, done.err

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8-sig").replace("\r\n", "\n")

    def lines(self, name: str) -> list[str]:
        return self.text(name).splitlines()

    def run(self, words: str | list[str], stdin: str | None = None, **environ: str) -> Answer:
        """One command line; with `stdin` it is typed at a terminal, whose person answers with those lines."""
        given = shlex.split(words) if isinstance(words, str) else words
        around = {
            "SALESAID_BOOK": str(self.folder), "SALESAID_TODAY": self.today, "SALESAID_USER": self.user,
            "SALESAID_LANG": "zh", "COLUMNS": "200", "NO_COLOR": "1", **environ,
        }  # fmt: skip
        out, err = (io.StringIO() if stdin is None else Terminal()), io.StringIO()
        typed = io.StringIO() if stdin is None else Terminal(stdin)
        code = cli.main(given, around, typed, out, err)
        return Answer(code, out.getvalue(), err.getvalue())

    def json(self, words: str | list[str], **environ: str):
        """The envelope that a command answers to scripts."""
        given = shlex.split(words) if isinstance(words, str) else words
        return json.loads(self.run([*given, "--format", "json"], **environ).out)

    def rows(self, words: str | list[str], **environ: str):
        """The rows of the one table that a command answers."""
        return self.json(words, **environ)["data"]["rows"]

"""A bug is written down in the user's own state folder, never in the book, so that it can be reported."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from salesaid import __version__
from salesaid.core.errors import SalesaidError
from salesaid.core.text import Text

EXIT_CODE = 70


class InternalError(SalesaidError):
    """salesaid itself went wrong. The log says where."""

    exit_code = EXIT_CODE

    def __init__(self, error: BaseException, log: Path | None) -> None:
        what = type(error).__name__
        hint = Text(f"详情记在 {log}，报告问题时请附上", f"details are in {log}, please report it with that file")
        unlogged = Text("加 --debug 再运行一次可看详情", "run it again with --debug to see where")
        super().__init__(
            Text(f"salesaid 程序内部出错（{what}）", f"salesaid itself went wrong ({what})"), hint if log else unlogged
        )


def written_down(error: BaseException, words: Sequence[str], folders: Iterable[Path]) -> InternalError:
    """The bug with its traceback in a new file of the first folder that takes one; else without a file."""
    for folder in folders:
        try:
            return InternalError(error, _logged(error, words, folder))
        except OSError:
            continue
    return InternalError(error, None)


def folders_of(environ: Mapping[str, str]) -> tuple[Path, Path]:
    """Where the log of a bug may lie: this user's state folder, else where temporary files do."""
    from tempfile import gettempdir

    return state_folder(environ), Path(gettempdir())


def state_folder(environ: Mapping[str, str]) -> Path:
    """Where programs of this user keep logs: XDG_STATE_HOME, or what Windows has for it."""
    if sys.platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "salesaid"
    if environ.get("XDG_STATE_HOME"):
        return Path(environ["XDG_STATE_HOME"]) / "salesaid"
    return Path(environ.get("HOME") or Path("~").expanduser()) / ".local" / "state" / "salesaid"


def _logged(error: BaseException, words: Sequence[str], folder: Path) -> Path:
    from tempfile import mkstemp
    from traceback import format_exception

    folder.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix="bug-", suffix=".log", dir=folder)
    head = [f"salesaid {__version__}, Python {sys.version}, {sys.platform}\n", f"{list(words)!a}\n\n"]
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines([*head, *format_exception(error)])
    return Path(name)

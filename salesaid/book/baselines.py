"""Findings that were accepted: a file of fingerprints, each with what it was, for people to read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from salesaid.core.errors import FileTrouble, Where
from salesaid.core.findings import Accepted
from salesaid.core.text import Text
from salesaid.storage.trouble import trouble_of
from salesaid.storage.whole_file import put

_VERSION = 1


class NotABaseline(FileTrouble):
    """The file holds no accepted findings."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"{path} 不是已知问题的文件", f"{path} holds no accepted findings"),
            Text("用 --accept 重新生成", "make it anew with --accept"),
            Where(str(path)),
        )


def read(path: Path) -> list[Accepted]:
    """What was accepted; nothing where the file is not there yet. Raises NotABaseline."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return [Accepted(*(str(each[name]) for name in Accepted._fields)) for each in data["findings"]]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise trouble_of(error, path, reading=True) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotABaseline(path) from error


def write(path: Path, accepted: Iterable[Accepted]) -> None:
    """Accept these findings, in place of those that were accepted before."""
    found = [each._asdict() for each in accepted]
    text = json.dumps({"version": _VERSION, "findings": found}, ensure_ascii=False, indent=1)
    put(path, text.encode("utf-8", "surrogatepass") + b"\n")

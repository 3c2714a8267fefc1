"""How each carrier heads its bills, as a person once said it: `.salesaid/profiles/freight-顺丰.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from salesaid.book.finding import OWN_FOLDER

_FOLDER = "profiles"


def _path(book: Path, carrier: str) -> Path:
    name = re.sub(r"[^\w-]", "_", carrier.strip())
    return book / OWN_FOLDER / _FOLDER / f"freight-{name}.json"


def known_columns(book: Path, carrier: str) -> dict[str, str]:
    """Headings and columns of a carrier's bills; none where nobody said any, or the file is damaged."""
    return _columns(_path(book, carrier))


def agreed_columns(book: Path) -> dict[str, str]:
    """The same of a bill whose carrier is not said: headings that mean one column wherever a carrier has them."""
    every = [_columns(path) for path in sorted((book / OWN_FOLDER / _FOLDER).glob("freight-*.json"))]
    targets: dict[str, set[str]] = {}
    for columns in every:
        for heading, column in columns.items():
            targets.setdefault(heading, set()).add(column)
    return {heading: column for heading, (column, *others) in targets.items() if not others}


def _columns(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_bytes())["columns"]
        return {str(heading): str(column) for heading, column in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def remember(book: Path, carrier: str, columns: Mapping[str, str]) -> None:
    """Keep how a carrier heads its bills. Raises FileTrouble."""
    from salesaid.storage import system
    from salesaid.storage.whole_file import put

    path = _path(book, carrier)
    if not path.parent.is_dir():
        system.make_folder(path.parent)
    text = json.dumps({"ledger": "freight_bills", "columns": dict(columns)}, ensure_ascii=False, indent=2)
    put(path, (text + "\n").encode())

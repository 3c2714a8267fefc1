"""Which store handles a file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text
from salesaid.storage.contract import Store


class UnknownFormat(FileTrouble):
    """A ledger's file is of a format that salesaid cannot append to."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"不能在 {path.name} 这种文件里记账", f"{path.name} is not a file that can be posted to"),
            Text("请另存为 .csv 或 .xlsx", "save it as .csv or .xlsx"),
        )


def store_for(path: Path) -> Store:
    """The store that handles a file, found by its ending. Raises UnknownFormat."""
    name = {".xlsx": "xlsx", ".xlsm": "xlsx"}.get(path.suffix.lower(), "csv")
    store: Store = import_module(f"salesaid.storage.{name}_store").STORE
    if path.suffix.lower() not in store.suffixes:
        raise UnknownFormat(path)
    return store

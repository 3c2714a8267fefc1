"""Opening a clerk's file of whatever format, by its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from salesaid.core.clerk import ClerkSheet
from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.storage.clerk_csv import open_csv
from salesaid.storage.clerk_ods import open_ods
from salesaid.storage.clerk_xls import open_xls
from salesaid.storage.clerk_xlsx import open_xlsx
from salesaid.storage.system import stat
from salesaid.storage.trouble import FileMissing


class UnknownEnding(Refused):
    """A file whose ending is none of those that can be imported."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"不认识 {path.name} 这种文件", f"{path.name} is not a file that can be imported"),
            Text("可以导入 .xlsx .xlsm .xls .et .ods .csv", "these can: .xlsx .xlsm .xls .et .ods .csv"),
        )


_WORKBOOKS: dict[str, Callable[[Path], Sequence[ClerkSheet]]] = {
    ".xlsx": open_xlsx,
    ".xlsm": open_xlsx,
    ".ods": open_ods,
    ".xls": open_xls,
    ".et": open_xls,  # of WPS: the same under its own name
}
_TEXTS = (".csv", ".tsv", ".txt")


def is_owner_file(path: Path) -> bool:
    """Whether a file only says who has a workbook open: ~$账.xlsx."""
    return path.name.startswith(("~$", ".~"))


@contextmanager
def opened(path: Path) -> Iterator[Sequence[ClerkSheet]]:
    """The sheets of a file, in its order. Raises FileMissing, UnknownEnding, FileTrouble with one sentence."""
    ending = path.suffix.lower()
    if ending in _TEXTS:
        sheet = open_csv(path)
        try:
            yield [sheet]
        finally:
            sheet.close()
    elif ending in _WORKBOOKS:
        yield _WORKBOOKS[ending](path)
    elif stat(path) is None:
        raise FileMissing(path)
    else:
        raise UnknownEnding(path)

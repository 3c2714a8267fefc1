"""The sample book: it lies in the wheel, and in a checkout under data/."""

from __future__ import annotations

from pathlib import Path

from salesaid.book.finding import OWN_FOLDER
from salesaid.book.making import IsBook
from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text
from salesaid.settings import FILE_NAME
from salesaid.storage import system
from salesaid.storage.whole_file import put

_PACKAGE = Path(__file__).parent.parent
PLACES = (_PACKAGE / "sample_book", _PACKAGE.parent / "data")


class NoSample(FileTrouble):
    """The sample book is not where it was installed."""

    def __init__(self) -> None:
        super().__init__(
            Text("找不到示例账本，请重新安装 salesaid", "the sample book is missing: install salesaid again")
        )


def copy_sample(folder: Path) -> Path:
    """A copy of the sample book in a folder that is no book yet. Raises IsBook, NoSample, FileTrouble."""
    source = next((place for place in PLACES if (place / FILE_NAME).is_file()), None)
    if source is None:
        raise NoSample
    if (folder / FILE_NAME).exists():
        raise IsBook(folder)
    for made in (*reversed(folder.parents), folder, folder / OWN_FOLDER):
        _make(made)
    for path in sorted(source.rglob("*")):
        own = path.relative_to(source)
        if path.is_file() and not any(part.startswith(".") for part in own.parts):
            _make((folder / own).parent)
            put(folder / own, path.read_bytes())
    return folder


def _make(folder: Path) -> None:
    if not folder.is_dir():
        system.make_folder(folder)

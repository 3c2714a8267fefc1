"""What --out must never be written over: the book itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from salesaid import ledgers
from salesaid.book.finding import OWN_FOLDER, TwoFiles, spot_of, usual_paths
from salesaid.core.errors import FileTrouble, Refused
from salesaid.core.text import Text
from salesaid.settings import FILE_NAME, Settings


class IsOfTheBook(Refused):
    """The file that --out names is part of the book."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"{path} 是账本自己的文件，不能用结果覆盖",
                f"{path} is a file of the book: no answer is written over it",
            ),
            Text("换一个文件名", "take another name"),
        )


class WouldBeLedger(Refused):
    """The file that --out names is where a ledger that was never written is looked for."""

    def __init__(self, path: Path, title: Text) -> None:
        super().__init__(
            Text(
                f"{path} 会被当成账本的台账“{title.zh}”",
                f"{path} would be taken for the book's ledger of {title.en}",
            ),
            Text("换一个文件名，或写到别的文件夹", "take another name, or another folder"),
        )


def require_not_ours(folder: Path, settings: Settings, known: Mapping[str, str], path: Path) -> None:
    """Raises IsOfTheBook where the path, links followed, is a ledger's, the settings or in our own folder.

    Raises WouldBeLedger where nothing lies there yet, and a ledger would be found there.
    """
    target = path.resolve()
    own = (folder / OWN_FOLDER).resolve()
    if target.is_relative_to(own) or any(_is_same(target, each) for each in _files(folder, settings, known)):
        raise IsOfTheBook(path)
    if target.parent == folder.resolve():
        _require_other_name(folder, settings, path, target.name.casefold())


def _require_other_name(folder: Path, settings: Settings, path: Path, name: str) -> None:
    for id_ in ledgers.names():
        is_usual = any(each.name.casefold() == name for each in usual_paths(folder, id_))
        if is_usual and settings.ledger(id_).file is None:
            raise WouldBeLedger(path, ledgers.load(id_).title)


def _files(folder: Path, settings: Settings, known: Mapping[str, str]) -> Iterator[Path]:
    yield folder / FILE_NAME
    yield from (folder / name for name in known.values())
    for id_ in ledgers.names():
        try:
            spot = spot_of(folder, settings, id_)
        except TwoFiles as two:
            yield from two.paths
        except FileTrouble:
            continue
        else:
            if spot is not None:
                yield spot.path


def _is_same(target: Path, other: Path) -> bool:
    with suppress(OSError):
        return target == other.resolve() or (target.exists() and target.samefile(other))
    return False

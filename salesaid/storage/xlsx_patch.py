"""Patches of a part's bytes, the new file made of them, and the proof that the file written holds just that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text
from salesaid.storage.contract import Stamp, Swap
from salesaid.storage.xlsx_parts import Package, Part, inflated, package, replaced
from salesaid.storage.xlsx_trouble import WrittenWrong


class Patch(NamedTuple):
    """The bytes from `start` to `end` become `new`."""

    start: int
    end: int
    new: bytes


def applied(old: bytes, patches: Sequence[Patch]) -> bytes:
    """The bytes with all patches in place; the patches are in order and do not overlap."""
    pieces: list[bytes | memoryview] = []
    position = 0
    view = memoryview(old)
    for patch in patches:
        pieces += (view[position : patch.start], patch.new)
        position = patch.end
    return b"".join([*pieces, view[position:]])


def swap(
    path: Path,
    stamp: Stamp,
    zipped: Package,
    patches: Mapping[str, Sequence[Patch]],
    read_back: Mapping[str, Callable[[bytes], None]],
) -> Swap:
    """The change of a file to one whose named parts are patched; `read_back` proves the new cells of sheets."""
    meant = {name: applied(inflated(zipped, zipped.parts[name.lower()]), patches[name]) for name in patches}
    new = replaced(zipped, meant)

    def verify(temp: Path) -> None:
        try:
            content = _proved(temp, zipped, meant)
            for sheet, test in read_back.items():
                test(content[sheet])
        except WrittenWrong:
            raise
        except (FileTrouble, OSError, ValueError, LookupError) as error:
            raise WrittenWrong(
                str(path), Text(f"重新读取失败（{error}）", f"it does not read back ({error})")
            ) from error

    return Swap(path, new, stamp, verify)


def _proved(temp: Path, zipped: Package, meant: Mapping[str, bytes]) -> dict[str, bytes]:
    """The named parts as they were written, which are what was meant; every other part is what it was."""
    written = package(temp.read_bytes(), zipped.file)
    if list(written.parts) != list(zipped.parts):
        raise WrittenWrong(zipped.file, Text("部件数目不符", "its parts are not the same"))
    content: dict[str, bytes] = {}
    for before, after in zip(zipped.parts.values(), written.parts.values(), strict=True):
        if before.name not in meant:
            if not _same(zipped, before, written, after):
                raise WrittenWrong(zipped.file, Text(f"{before.name} 变了", f"{before.name} has changed"))
            continue
        content[before.name] = inflated(written, after)
        if content[before.name] != meant[before.name]:
            raise WrittenWrong(
                zipped.file, Text(f"{before.name} 内容不符", f"{before.name} does not hold what was meant")
            )
    return content


def _same(zipped: Package, before: Part, written: Package, after: Part) -> bool:
    """Whether a part's whole record is the same bytes, and its data still has the CRC that the directory says."""
    old = memoryview(zipped.raw)[before.start : before.end]
    new = memoryview(written.raw)[after.start : after.end]
    told = (before.crc, before.size, before.packed, before.method) == (
        after.crc,
        after.size,
        after.packed,
        after.method,
    )
    return told and old == new

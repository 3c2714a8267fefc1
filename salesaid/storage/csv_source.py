"""The bytes of one CSV ledger, from one handle that is opened for reading only."""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from salesaid.storage.checksums import crc_of
from salesaid.storage.contract import AS_IT_IS, Stamp, View
from salesaid.storage.trouble import FileMissing, NotAFile, trouble_of

BLOCK = 1 << 20
_PIECE = 1 << 15  # what is worked on at a time has to fit into the processor's cache

# A pipe would wait for its other end for ever were it opened without O_NONBLOCK.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Source:
    """The first `length` bytes of one opened file; `stamp` is what fstat said when it was opened."""

    def __init__(self, path: Path, handle: int, limit: int | None = None) -> None:
        self.path = path
        self._file = io.FileIO(handle, "rb")
        self.stamp = self._stamp_now()
        self.length = self.stamp.size if limit is None else min(limit, self.stamp.size)
        self._known: dict[int, int] = {}
        self.reached = 0  # where the last read ended

    def _stamp_now(self) -> Stamp:
        found = os.fstat(self._file.fileno())
        return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def at(self, offset: int, size: int) -> bytes:
        """Up to `size` bytes from `offset`; fewer only where the file ends."""
        size = min(size, self.length - offset)
        parts: list[bytes] = []
        try:
            self._file.seek(offset)
            while size > 0 and (part := self._file.read(size)):
                parts.append(part)
                size -= len(part)
        except OSError as error:
            raise trouble_of(error, self.path, reading=True) from error
        self.reached = self._file.tell()
        return b"".join(parts)

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end` in blocks of 1 MiB."""
        end = self.length if end is None else min(end, self.length)
        while start < end and (block := self.at(start, min(BLOCK, end - start))):
            yield block
            start += len(block)

    def checksum(self, upto: int | None = None) -> int:
        """CRC-32 of the first `upto` bytes; bytes that this opening has summed already are not read again."""
        upto = self.length if upto is None else upto
        if upto not in self._known:
            self._known[upto] = self._summed(upto)
        return self._known[upto]

    def _summed(self, upto: int) -> int:
        try:
            return crc_of(self._file.fileno(), upto)[0]
        except OSError as error:
            raise trouble_of(error, self.path, reading=True) from error

    def remember(self, upto: int, crc: int) -> None:
        """The CRC-32 of the first `upto` bytes was found on another errand of this opening."""
        self._known[upto] = crc

    def texts(self, start: int, codec: str, errors: str) -> Texts:
        """The text from `start` on, decoded, in pieces of whole lines."""
        return Texts(self._pieces(start, codec, errors))

    def _pieces(self, start: int, codec: str, errors: str) -> Iterator[str]:
        """The text from `start` on in pieces that end with a line."""
        decoder = codecs.getincrementaldecoder(codec)(errors)
        held: list[str] = []
        while block := self.at(start, _PIECE):
            start += len(block)
            text = decoder.decode(block)
            cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1  # a last CR may be half of a CRLF
            if cut:
                yield "".join([*held, text[:cut]])
                held = []
            held.append(text[cut:])
        yield "".join([*held, decoder.decode(b"", final=True)])

    def same_as(self, crc: int) -> bool:
        """Whether the bytes still are those that had this CRC-32 at opening: unchanged, or only added to."""
        if self._stamp_now() == self.stamp:
            return True
        self._known.clear()
        return self.checksum() == crc

    def close(self) -> None:
        """Let the handle go."""
        self._file.close()


class Texts:
    """Pieces of a text that end with a line each: taken whole, or line by line into the next where a row spans both."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._begun = io.StringIO()

    def next(self) -> str:
        """The next piece, or what is left of one whose first lines were taken; "" at the end."""
        return self._begun.read() or next(self._pieces, "")

    def lines(self, piece: str) -> Iterator[str]:
        """The lines of this piece, and of those after it as far as they are asked for, each with its line end."""
        while piece:
            self._begun = io.StringIO(piece, newline="")
            yield from iter(self._begun.readline, "")  # of a generator that is let go, it would close what it reads
            piece = next(self._pieces, "")


def open_source(path: Path, view: View = AS_IT_IS) -> Source:
    """Open a file for reading, links resolved. Raises FileTrouble: missing, not a file, not readable."""
    if view.absent:
        raise FileMissing(path)
    real = Path(os.path.realpath(view.instead or path))
    try:
        handle = os.open(real, _FLAGS)
    except OSError as error:
        raise (NotAFile(path) if real.is_dir() else trouble_of(error, path, reading=True)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotAFile(path)
    return Source(real, handle, view.limit)

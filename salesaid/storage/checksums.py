"""CRC-32 of long files: in two halves side by side, for zlib and the disk let other threads run meanwhile.

Two sums make that of both texts together without reading either again: CRC-32 is a remainder of polynomials over
GF(2), and to append n bytes is to multiply by x^8n (as zlib's crc32_combine does, which Python does not offer).
"""

from __future__ import annotations

import os
import zlib
from threading import Thread

_POLYNOMIAL = 0xEDB88320  # of CRC-32, the highest power in the lowest bit
_ONE = 1 << 31
_BUFFER = 1 << 18
_LONG = 16 << 20  # bytes from which a second thread is worth its start


def crc_of(handle: int, upto: int) -> tuple[int, int]:
    """CRC-32 of the first `upto` bytes of an open file, and how many there were. Raises OSError."""
    if upto < _LONG or not hasattr(os, "preadv"):
        return _summed(handle, 0, upto)
    half, second = upto // 2, _Sum(handle, upto // 2, upto)
    second.start()
    first, count = _summed(handle, 0, half)
    second.join()
    if second.trouble is not None:
        raise second.trouble
    rest, more = second.found
    return (combined(first, rest, more), count + more) if count == half else (first, count)


class _Sum(Thread):
    """A part of a file summed beside the others."""

    def __init__(self, handle: int, start: int, end: int) -> None:
        super().__init__(daemon=True)
        self._part = (handle, start, end)
        self.found = (0, 0)
        self.trouble: OSError | None = None

    def run(self) -> None:
        """Sum the part; trouble is kept for whoever waits."""
        try:
            self.found = _summed(*self._part)
        except OSError as trouble:
            self.trouble = trouble


def _summed(handle: int, start: int, end: int) -> tuple[int, int]:
    """The sum from `start` on, read again and again into one buffer: new ones take twice the time."""
    crc, at, buffer = 0, start, memoryview(bytearray(_BUFFER))
    while at < end and (count := _read(handle, buffer[: min(end - at, _BUFFER)], at)):
        crc = zlib.crc32(buffer[:count], crc)
        at += count
    return crc, at - start


def _read(handle: int, buffer: memoryview, at: int) -> int:
    if hasattr(os, "preadv"):
        return os.preadv(handle, [buffer], at)
    os.lseek(handle, at, os.SEEK_SET)
    part = os.read(handle, len(buffer))
    buffer[: len(part)] = part
    return len(part)


def combined(first: int, second: int, length: int) -> int:
    """CRC-32 of two texts in a row, from their sums and the second's length in bytes."""
    return _product(first, _power(length)) ^ second


def _power(length: int) -> int:
    """The power of x that appends so many bytes, 8 × length, modulo the polynomial."""
    result, square = _ONE, _product(1 << 23, _ONE)  # x^8
    while length:
        if length & 1:
            result = _product(result, square)
        square = _product(square, square)
        length >>= 1
    return result


def _product(a: int, b: int) -> int:
    """The product of two polynomials modulo that of CRC-32; the highest bit is x^0."""
    result = 0
    for at in range(31, -1, -1):
        if a >> at & 1:
            result ^= b
        b = b >> 1 ^ (_POLYNOMIAL if b & 1 else 0)
    return result

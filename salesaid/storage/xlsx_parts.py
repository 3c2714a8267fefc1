"""The parts of a workbook's zip file: found, inflated within limits, and replaced with all others kept as raw bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text
from salesaid.storage.checksums import combined
from salesaid.storage.xlsx_trouble import DamagedWorkbook, Locked, NotAWorkbook, SuspiciousWorkbook

MOST_BYTES = 512 * 1024 * 1024  # of all parts together, inflated
MOST_RATIO = 200
HELD_UPTO = 96 * 1024 * 1024
RATIO_COUNTS_FROM = 4 * 1024 * 1024  # a small part may repeat itself as often as it likes
LEVEL = 4
LONG = 8 * 1024 * 1024  # bytes from which a second thread is worth its start

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DEFLATED = 8
_WIDE = 0xFFFFFFFF  # where zip64 keeps the number elsewhere
_WIDE_COUNT = 0xFFFF
_ENCRYPTED = 0x1
_DESCRIPTOR = 0x8


class Part(NamedTuple):
    """One entry: where its local record starts and ends in the file, where its data lies, what the directory says."""

    name: str
    start: int
    end: int
    data: int
    packed: int
    size: int
    crc: int
    method: int
    entry: bytes  # its record in the central directory


class Package(NamedTuple):
    """A zip file held as bytes. `parts` are in the directory's order, keyed by the name in lower case."""

    file: str
    raw: bytes
    parts: Mapping[str, Part]
    directory: int
    end: int
    shift: int  # bytes of foreign matter before the zip
    held: dict[str, bytes]  # inflated parts that are wanted again at once

    def find(self, name: str) -> Part | None:
        """The part of that name, upper and lower case being one, as the packaging standard has it."""
        return self.parts.get(name.lstrip("/").lower())

    def forget(self, keep: str) -> None:
        """Lets go of all inflated parts but one."""
        for name in [name for name in self.held if name != keep]:
            del self.held[name]


def package(raw: bytes, file: str) -> Package:
    """The file's parts; refuses what is no zip, is encrypted, overlaps or names an entry twice."""
    _sniff(raw, file)
    try:
        return _package(raw, file)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise _damaged(file) from error


def _package(raw: bytes, file: str) -> Package:
    end, count, size, offset = _directory_end(raw, file)
    shift = end - size - offset
    if shift < 0:
        raise _damaged(file)
    entries = list(_entries(raw, end - size, count, file))
    _check_order([_ENTRY.unpack_from(entry)[16] + shift for entry in entries], end - size, file)
    parts: dict[str, Part] = {}
    starts = [*sorted(_ENTRY.unpack_from(entry)[16] + shift for entry in entries), end - size]
    following = dict(pairwise(starts))
    for entry in entries:
        part = _part(raw, entry, shift, following, file)
        if part.name.lower() in parts:
            what = Text(f"{part.name} 出现两次", f"{part.name} stands in it twice")
            raise SuspiciousWorkbook(file, what)
        parts[part.name.lower()] = part
    _check_size(sum(part.size for part in parts.values()), file)
    return Package(file, raw, parts, end - size, end, shift, {})


def _check_order(starts: list[int], limit: int, file: str) -> None:
    if len(set(starts)) != len(starts) or any(start >= limit for start in starts):
        raise _damaged(file)


def _directory_end(raw: bytes, file: str) -> tuple[int, int, int, int]:
    end = raw.rfind(b"PK\x05\x06", max(0, len(raw) - 65_557))
    if end < 0 or end + _END.size > len(raw):
        raise DamagedWorkbook(file, Text("文件不完整，结尾缺失", "it is cut off, its end is missing"))
    _, disk, _, _, count, size, offset, _ = _END.unpack_from(raw, end)
    if disk or count == _WIDE_COUNT or _WIDE in (offset, size):
        raise DamagedWorkbook(file, Text("不支持分卷或 zip64 格式", "split and zip64 archives are not supported"))
    return end, count, size, offset


def _entries(raw: bytes, position: int, count: int, file: str) -> Iterator[bytes]:
    for _ in range(count):
        fields = _ENTRY.unpack_from(raw, position)
        if fields[0] != b"PK\x01\x02":
            raise _damaged(file)
        length = _ENTRY.size + fields[10] + fields[11] + fields[12]
        yield raw[position : position + length]
        position += length


def _part(raw: bytes, entry: bytes, shift: int, following: Mapping[int, int], file: str) -> Part:
    fields = _ENTRY.unpack_from(entry)
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    raw_name = entry[_ENTRY.size : _ENTRY.size + fields[10]]
    name = raw_name.decode("utf-8" if flags & 0x800 else "cp437").replace("\\", "/")
    start = fields[16] + shift
    local = _LOCAL.unpack_from(raw, start)
    data = start + _LOCAL.size + local[9] + local[10]
    same_name = raw[start + _LOCAL.size : start + _LOCAL.size + local[9]] == raw_name
    if local[0] != b"PK\x03\x04" or not same_name or data + packed > following[start]:
        raise _damaged(file)
    if flags & _ENCRYPTED:
        raise Locked(file)
    if _WIDE in (packed, size, fields[16]) or method not in (0, _DEFLATED):
        raise DamagedWorkbook(file, Text("压缩方式不支持", "its compression is not supported"))
    return Part(name, start, following[start], data, packed, size, crc, method, entry)


def inflated(zipped: Package, part: Part) -> bytes:
    """The part's bytes; length and CRC are checked and the limits hold whatever the headers say."""
    if part.name in zipped.held:
        return zipped.held[part.name]
    packed = memoryview(zipped.raw)[part.data : part.data + part.packed]
    limit = MOST_BYTES if part.packed * MOST_RATIO > MOST_BYTES else max(RATIO_COUNTS_FROM, part.packed * MOST_RATIO)
    if part.size > limit:
        raise _bomb(zipped.file, part.name)
    content = bytes(packed) if part.method == 0 else _inflate(packed, part, limit, zipped.file)
    if len(content) != part.size or zlib.crc32(content) != part.crc:
        raise DamagedWorkbook(zipped.file, Text(f"{part.name} 校验不符", f"{part.name} fails its checksum"))
    return content


def _inflate(packed: memoryview, part: Part, limit: int, file: str) -> bytes:
    machine = zlib.decompressobj(-15)
    try:
        content = machine.decompress(packed, min(part.size, limit) + 1)
    except zlib.error as error:
        raise DamagedWorkbook(file, Text(f"{part.name} 无法解压", f"{part.name} cannot be inflated")) from error
    if len(content) > part.size:
        raise DamagedWorkbook(file, Text(f"{part.name} 长度不符", f"{part.name} is longer than it says"))
    return content


def replaced(zipped: Package, new: Mapping[str, bytes]) -> bytes:
    """The whole file with the named parts new; every other record keeps its bytes, its order and its gaps."""
    chunks: list[bytes] = []
    position = length = 0
    entries: dict[str, bytes] = {}
    for part in sorted(zipped.parts.values(), key=lambda one: one.start):
        chunks.append(zipped.raw[position : part.start])
        length += part.start - position
        record, entry = _record(zipped, part, new.get(part.name), length - zipped.shift)
        chunks.append(record)
        length += len(record)
        entries[part.name] = entry
        position = part.end
    directory = b"".join(entries[part.name] for part in zipped.parts.values())
    return b"".join([*chunks, directory, _new_end(zipped, len(directory), length)])


def _record(zipped: Package, part: Part, content: bytes | None, offset: int) -> tuple[bytes, bytes]:
    """One local record and its directory entry at a new place."""
    fields = list(_ENTRY.unpack_from(part.entry))
    fields[16] = offset
    rest = part.entry[_ENTRY.size :]
    if content is None:
        return zipped.raw[part.start : part.end], _ENTRY.pack(*fields) + rest
    packed, crc = deflated(content)
    fields[3] &= ~_DESCRIPTOR
    fields[4], fields[7:10] = _DEFLATED, [crc, len(packed), len(content)]
    local = list(_LOCAL.unpack_from(zipped.raw, part.start))
    local[2:4] = [fields[3], _DEFLATED]
    local[6:9] = fields[7:10]
    names = zipped.raw[part.start + _LOCAL.size : part.data]
    return _LOCAL.pack(*local) + names + packed, _ENTRY.pack(*fields) + rest


def deflated(content: bytes) -> tuple[bytes, int]:
    """The content deflated, and its CRC-32; of a long one the two halves side by side, for zlib lets other threads run.

    The first ends with a flush to a whole byte, and the second looks back at nothing: in a row they are one stream.
    """
    view = memoryview(content)
    if len(content) < LONG:
        return _piece(view, zlib.Z_FINISH)
    from concurrent.futures import ThreadPoolExecutor

    half = len(content) // 2
    with ThreadPoolExecutor(1) as other:
        beside = other.submit(_piece, view[:half], zlib.Z_FULL_FLUSH)
        second, crc = _piece(view[half:], zlib.Z_FINISH)
        first, crc_before = beside.result()
    return first + second, combined(crc_before, crc, len(content) - half)


def _piece(content: memoryview, end: int) -> tuple[bytes, int]:
    machine = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return machine.compress(content) + machine.flush(end), zlib.crc32(content)


def _new_end(zipped: Package, size: int, offset: int) -> bytes:
    fields = list(_END.unpack_from(zipped.raw, zipped.end))
    fields[5:7] = [size, offset - zipped.shift]
    return _END.pack(*fields) + zipped.raw[zipped.end + _END.size :]


def preflight(zipped: Package) -> None:
    """Inflates every part that is XML, counting, and refuses a document type declaration in any of them."""
    for part in zipped.parts.values():
        if part.name.lower().endswith((".xml", ".rels", ".vml")):
            content = inflated(zipped, part)
            refuse_doctype(content, part.name, zipped.file)
            if len(content) < HELD_UPTO:
                zipped.held[part.name] = content
        elif part.size > max(RATIO_COUNTS_FROM, part.packed * MOST_RATIO):
            raise _bomb(zipped.file, part.name)


def refuse_doctype(xml: bytes, name: str, file: str) -> None:
    """A DOCTYPE can declare entities that read other files or swell without end; no workbook needs one."""
    wide = xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in xml[:4]
    found = "<!DOCTYPE".encode("utf-16-le") in xml or "<!DOCTYPE".encode("utf-16-be") in xml if wide else False
    if found or b"<!DOCTYPE" in xml:
        raise SuspiciousWorkbook(file, Text(f"{name} 含有 DOCTYPE 声明", f"{name} declares a DOCTYPE"))


_MAGIC = (
    (b"%PDF", Text("其实是 PDF", "it is a PDF")),
    (b"\xff\xd8\xff", Text("其实是图片", "it is a picture")),
    (b"\x89PNG", Text("其实是图片", "it is a picture")),
    (b"Rar!", Text("其实是 RAR 压缩包", "it is a RAR archive")),
    (b"7z\xbc\xaf", Text("其实是 7z 压缩包", "it is a 7z archive")),
)


def _sniff(raw: bytes, file: str) -> None:
    """Says what a file really is that does not start or end as a zip does."""
    if not raw:
        raise DamagedWorkbook(file, Text("文件是空的（0 字节）", "it is empty (0 bytes)"))
    if not raw.strip(b"\x00"):
        raise DamagedWorkbook(file, Text("内容全是零字节", "it holds nothing but zero bytes"))
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Locked(file) if "EncryptedPackage".encode("utf-16-le") in raw else _old(file)
    if raw.startswith(b"PK\x03\x04") or b"PK\x05\x06" in raw[-65_557:]:
        return
    really = next((text for magic, text in _MAGIC if raw.startswith(magic)), None) or _text_like(raw)
    raise NotAWorkbook(file, really, Text("用 Excel 打开，另存为 .xlsx", "open it in Excel and save it as .xlsx"))


def _text_like(raw: bytes) -> Text:
    start = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        return Text("其实是网页或 XML（系统导出的假 Excel）", "it is a web page or XML that some system exported")
    if b"\x00" not in raw[:4096]:
        return Text("其实是文本（CSV？）", "it is plain text (CSV?)")
    return Text("内容无法识别", "its content is unknown")


def _old(file: str) -> FileTrouble:
    hint = Text(
        "用 Excel 打开，另存为 .xlsx；或把后缀改成 .xls，用 import 导入",
        "save it as .xlsx in Excel, or rename it to .xls and import it",
    )
    return NotAWorkbook(file, Text("是旧版 .xls 格式", "it is in the old .xls format"), hint)


def _bomb(file: str, name: str) -> FileTrouble:
    return SuspiciousWorkbook(file, Text(f"{name} 解压后过大", f"{name} swells beyond all measure"))


def _check_size(total: int, file: str) -> None:
    if total > MOST_BYTES:
        raise SuspiciousWorkbook(file, Text("解压后超过 512 MB", "it inflates to more than 512 MB"))


def _damaged(file: str) -> FileTrouble:
    return DamagedWorkbook(file, Text("压缩目录不一致", "its zip directory does not hold together"))

"""Which encoding a CSV ledger has: its byte order mark, else strict UTF-8, else strict GB18030, else none."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import NamedTuple

from salesaid.core.text import Text
from salesaid.storage.csv_source import Source
from salesaid.storage.csv_trouble import NotCsv, UnknownEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_FOREIGN = (
    (b"PK\x03\x04", Text(" Excel 工作簿（.xlsx）或 zip 压缩包", "an Excel workbook (.xlsx) or a zip archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Text("旧式或加密的 Excel 工作簿", "an old or encrypted Excel workbook")),
    (b"%PDF", Text(" PDF 文件", "a PDF")),
    (b"\x1f\x8b", Text(" gzip 压缩文件", "a gzip archive")),
    (b"Rar!", Text(" RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Text(" 7z 压缩包", "a 7z archive")),
    (b"\x89PNG", Text("图片", "a picture")),
    (b"\xff\xd8\xff", Text("图片", "a picture")),
    (b"{\\rtf", Text(" RTF 文档", "an RTF document")),
    (b"SQLite format 3", Text("数据库", "a database")),
    (codecs.BOM_UTF32_LE, Text(" UTF-32 文本", "text in UTF-32")),
    (codecs.BOM_UTF32_BE, Text(" UTF-32 文本", "text in UTF-32")),
)
_MARKUP = rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|meta|table|\?xml)"
_WEB_PAGE = Text("网页或 XML", "a web page or XML")
_BARE_UTF16 = Text("没有字节顺序标记的 UTF-16 文本", "UTF-16 text without a byte order mark")

_PRIVATE = "[\ue000-\uf8ff]"


class Encoding(NamedTuple):
    """How the bytes are read and written. `bom` counts bytes.

    `writes` is the codec that new text must fit: gbk where a file that is read as GB18030 holds nothing beyond GBK.
    `nul`: there are NUL bytes; `bad`: bytes that do not decode; `rare`: characters that suggest another encoding.
    """

    codec: str
    writes: str
    bom: int = 0
    nul: bool = False
    bad: bool = False
    rare: bool = False


class _Survey(NamedTuple):
    """What one pass over the bytes found: where the first byte lies that does not decode, if any."""

    crc: int
    nul: bool
    fault: int | None
    torn: bool  # the only fault is an unfinished character at the very end
    beyond: bool  # not ASCII alone
    rare: bool


def decide(source: Source) -> Encoding:
    """The encoding of a whole file. Raises NotCsv, UnknownEncoding."""
    head = source.at(0, 512)
    _refuse_foreign(source, head)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return _marked(source, codec, len(mark))
    found = _survey(source, "utf-8")
    if found.fault is None or (found.torn and found.beyond):
        return Encoding("utf-8", "utf-8", nul=found.nul, bad=found.torn)
    return _chinese(source, found)


def extend(source: Source, old: Encoding, size: int, crc: int) -> Encoding | None:
    """The encoding of a file whose first `size` bytes, of that CRC-32, had `old`; None: decide afresh."""
    if old.bad or old.nul:
        return None
    found = _survey(source, old.codec, size, crc)
    if found.fault is not None:
        return None
    writes = old.writes
    if writes == "gbk" and _survey(source, "gbk", size, crc).fault is not None:
        writes = "gb18030"
    return old._replace(writes=writes, nul=found.nul, rare=old.rare or found.rare)


def _marked(source: Source, codec: str, bom: int) -> Encoding:
    found = _survey(source, codec, bom)
    if found.fault is not None and codec != "utf-8":
        raise UnknownEncoding(source.path, _line_at(source, found.fault), "UTF-16")
    return Encoding(codec, codec, bom, found.nul, found.fault is not None)


def _chinese(source: Source, utf8: _Survey) -> Encoding:
    found = _survey(source, "gb18030")
    if found.fault is not None and not (found.torn and found.beyond):
        raise UnknownEncoding(source.path, _line_at(source, max(found.fault, utf8.fault or 0)))
    writes = "gb18030" if _survey(source, "gbk").fault is not None else "gbk"
    return Encoding("gb18030", writes, nul=found.nul, bad=found.torn, rare=found.rare)


def _survey(source: Source, codec: str, start: int = 0, crc: int = 0) -> _Survey:
    """One pass from `start`; `crc` is that of the bytes before."""
    wide = codec.startswith("utf-16")
    if start and not crc:
        crc = source.checksum(start)
    decoder = codecs.getincrementaldecoder(codec)()
    place, pending, fault, nul, beyond, rare = start, 0, None, False, False, False
    for block in source.blocks(start):
        crc = zlib.crc32(block, crc)
        nul = nul or (b"\0" in block and not wide)
        if fault is None and (pending or wide or not block.isascii()):
            try:
                text = decoder.decode(block)
                beyond = beyond or not text.isascii()
                rare = rare or (codec == "gb18030" and re.search(_PRIVATE, text) is not None)
                nul = nul or (wide and "\0" in text)
            except UnicodeDecodeError as error:
                fault = place - pending + error.start
            pending = len(decoder.getstate()[0])
        place += len(block)
    source.remember(place, crc)
    torn = fault is None and pending > 0
    return _Survey(crc, nul, place - pending if torn else fault, torn, beyond, rare)


def _line_at(source: Source, offset: int) -> int:
    """The line that holds the byte at `offset`."""
    return 1 + sum(block.count(b"\n") for block in source.blocks(0, offset))


def _refuse_foreign(source: Source, head: bytes) -> None:
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise NotCsv(source.path, what)
    if b"<" in head and re.match(_MARKUP, head, re.IGNORECASE):
        raise NotCsv(source.path, _WEB_PAGE)
    even, odd = head[0::2], head[1::2]
    zeros = max(even.count(0), odd.count(0))
    if not head.startswith(_UTF16_MARKS) and zeros * 4 > len(head) and min(even.count(0), odd.count(0)) == 0:
        raise NotCsv(source.path, _BARE_UTF16)

"""Texts of a workbook: escapes both ways, and the shared strings, each decoded only when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salesaid.core.text import Text
from salesaid.storage.xlsx_trouble import DamagedWorkbook
from salesaid.storage.xlsx_xml import Node, tree

LONGEST = 32_767  # UTF-16 units in one cell

_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = "\x00-\x08\x0b-\x1f\ufffe\uffff"
_TO_ESCAPE = re.compile(rf"[{_UNWRITABLE}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNWRITABLE}])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LAST_CHARACTER = 0x10FFFF
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF


def unescaped(xml: str) -> str:
    """Character data as the text that it stands for: entities, line ends."""
    if "\r" in xml:
        xml = xml.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_entity, xml) if "&" in xml else xml


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number <= _LAST_CHARACTER else found[0]


def decoded(text: str) -> str:
    """The text with `_x000D_` and its like resolved, as Excel writes characters that XML cannot hold."""
    return _ESCAPE.sub(_decoded_one, text) if "_x" in text else text


def _decoded_one(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if _FIRST_SURROGATE <= number <= _LAST_SURROGATE else chr(number)


def encoded(text: str) -> str:
    """The text as character data: what XML cannot hold as `_x001B_`, what looks like such an escape protected."""
    text = _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def has_surrogate(text: str) -> bool:
    """Whether the text holds half a character, which no file can hold."""
    return _SURROGATE.search(text) is not None


def length(text: str) -> int:
    """How long Excel finds the text: UTF-16 units."""
    return len(text) + sum(1 for character in text if character > "\uffff") if not text.isascii() else len(text)


def joined_text(item: Node) -> str:
    """The text of a `<si>` or `<is>`: rich runs joined, phonetics left out, blanks kept where they are declared."""
    pieces: list[str] = []
    for child in item.children:
        if child.name == "r":
            pieces.extend(_run_text(run) for run in child.children if run.name == "t")
        elif child.name == "t":
            pieces.append(_run_text(child))
    return "".join(pieces)


def _run_text(node: Node) -> str:
    return decoded(node.text if node.attrs.get("space") == "preserve" else node.text.strip(" \t\r\n"))


class SharedStrings:
    """The workbook's shared strings by their index."""

    def __init__(self, xml: bytes | None, file: str) -> None:
        self._file = file
        self._pieces: list[bytes] = []
        self._texts: list[str | None] = []
        if xml is not None:
            self._split(xml)

    def _split(self, xml: bytes) -> None:
        opened = re.search(rb"<((?:[A-Za-z_][\w.-]*:)?)sst\b[^>]*>", xml)
        if opened is None or b"<!" in xml or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._texts = [joined_text(item) for item in self._root(xml).children if item.name == "si"]
            self._pieces = [b""] * len(self._texts)
            return
        prefix = opened[1]
        empty = re.compile(rb"<%ssi\s*/>" % prefix)
        body = empty.sub(rb"<%ssi></%ssi>" % (prefix, prefix), xml[opened.end() :])
        self._pieces = body.split(rb"</%ssi>" % prefix)[:-1]
        self._texts = [None] * len(self._pieces)
        self._close = rb"</%ssi>" % prefix
        self._plain = re.compile(rb'\s*<%ssi><%st( xml:space="preserve")?>([^<]*)</%st>' % (prefix, prefix, prefix))

    def _root(self, xml: bytes) -> Node:
        return tree(xml, "sharedStrings.xml", self._file)

    def get(self, index: str) -> str:
        """The text of a cell that names its string by these digits."""
        if not index.isdecimal() or len(index) > 9:  # noqa: PLR2004 - no file holds a billion strings
            return self[int(index.strip()[:9])] if index.strip() else ""
        place = int(index)
        text = self._texts[place] if place < len(self._texts) else None
        return self[place] if text is None else text

    def many(self, places: Sequence[int]) -> list[str]:
        """The texts of several strings by their indexes. Raises DamagedWorkbook where one does not exist."""
        known = self._texts
        if max(places, default=0) >= len(known):
            return [self[place] for place in places]
        return [self[place] if (text := known[place]) is None else text for place in places]

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._texts):
            what = Text(f"共享字符串 {index} 不存在", f"shared string {index} does not exist")
            raise DamagedWorkbook(self._file, what)
        text = self._texts[index]
        if text is None:
            text = self._texts[index] = self._decoded(self._pieces[index])
        return text

    def _decoded(self, piece: bytes) -> str:
        found = self._plain.fullmatch(piece)
        try:
            if found is None:
                item = tree(piece.strip() + self._close, "sharedStrings.xml", self._file, namespaces=False)
                return joined_text(item)
            text = unescaped(found[2].decode())
        except UnicodeDecodeError as error:
            what = Text("共享字符串编码错误", "a shared string is not UTF-8")
            raise DamagedWorkbook(self._file, what) from error
        return decoded(text if found[1] else text.strip(" \t\r\n"))

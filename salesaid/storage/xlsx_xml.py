"""Small XML parts as trees, by expat alone: no entities, no document types, no network."""

from __future__ import annotations

import pyexpat
from collections.abc import Iterator

from salesaid.core.text import Text
from salesaid.storage.xlsx_trouble import DamagedWorkbook, SuspiciousWorkbook

LARGEST = 32 * 1024 * 1024


class Node:
    """One element: its name and its attributes' names without prefix or namespace."""

    __slots__ = ("attrs", "children", "name", "space", "text")

    def __init__(self, name: str, space: str, attrs: dict[str, str]) -> None:
        self.name = name
        self.space = space
        self.attrs = attrs
        self.children: list[Node] = []
        self.text = ""

    def all(self, name: str | None = None) -> Iterator[Node]:
        """The element and all below it, in document order; of one name where given."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if name is None or node.name == name:
                yield node
            waiting.extend(reversed(node.children))

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.name == name), None)


def tree(xml: bytes, name: str, file: str, *, namespaces: bool = True) -> Node:
    """The root element. Without namespaces a fragment may use prefixes that it does not declare."""
    if len(xml) > LARGEST:
        raise SuspiciousWorkbook(file, Text(f"{name} 大得离谱", f"{name} is absurdly large"))
    builder = _Builder(name, file)
    parser = pyexpat.ParserCreate(namespace_separator=" ") if namespaces else pyexpat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(xml, True)
    except pyexpat.ExpatError as error:
        raise DamagedWorkbook(file, Text(f"{name} 不是正确的 XML", f"{name} is not well-formed XML")) from error
    return builder.root.children[0]


class _Builder:
    def __init__(self, part: str, file: str) -> None:
        self.root = Node("", "", {})
        self.open = [self.root]
        self.part = part
        self.file = file

    def start(self, name: str, attrs: dict[str, str]) -> None:
        space, local = _split(name)
        node = Node(local, space, {_split(key)[1]: value for key, value in attrs.items()})
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].text += text

    def doctype(self, *_: object) -> None:
        raise SuspiciousWorkbook(self.file, Text(f"{self.part} 含有 DOCTYPE 声明", f"{self.part} declares a DOCTYPE"))


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition(" " if " " in name else ":")
    return space, local


def escape(text: str) -> str:
    """The text as character data or attribute value."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\r", "&#13;").replace("\n", "&#10;")


def written(node: Node) -> str:
    """The element and all below it as XML without prefixes."""
    names = {"space": "xml:space"}
    attrs = "".join(f' {names.get(key, key)}="{escape(value)}"' for key, value in node.attrs.items())
    return f"<{node.name}{attrs}>{escape(node.text)}{''.join(map(written, node.children))}</{node.name}>"

"""Plain lines for the screen: echoes, warnings and errors, without any library."""

from __future__ import annotations

from typing import Literal, TextIO

from salesaid.core.errors import SalesaidError, Where
from salesaid.core.text import Lang, Text
from salesaid.render.visible import visible

Style = Literal["plain", "bold", "dim", "warning", "error"]

ERROR = Text("错误：", "error: ")
_COMMAND = "salesaid "
_CODES = {"bold": "1", "dim": "2", "warning": "33", "error": "1;31"}


def line(text: str, *, color: bool = False, style: Style = "plain") -> str:
    """One line as it may be shown, without its new line."""
    code = _CODES.get(style) if color else None
    return f"\x1b[{code}m{visible(text)}\x1b[0m" if code else visible(text)


def broken(text: str, width: int | None) -> list[str]:
    """A sentence in lines that fit a screen; one with a command in it stays whole, so that it can be pasted."""
    from salesaid.render.cell_width import cell_len

    if width is None or _COMMAND in text or cell_len(text) <= width:
        return [text]
    from salesaid.render.folding import fold

    return fold(text, width)


def error_lines(error: SalesaidError, lang: Lang) -> list[str]:
    """An error as lines for `line`, not yet made visible: where, what is wrong, what to do."""
    lines = [_place(error.where).in_(lang)] if error.where and not _is_told(error.where, error.message) else []
    lines.append(ERROR.in_(lang) + error.message.in_(lang))
    if error.hint:
        lines += [f"  {part}" for part in error.hint.in_(lang).split("\n")]
    return lines


def encodable(text: str, encoding: str) -> str:
    r"""The text with everything the encoding cannot hold written as `\xa5`, `\u2713`."""
    if encoding.lower().replace("_", "-") in {"utf-8", "utf8"}:
        return text
    return text.encode(encoding, "backslashreplace").decode(encoding)


def write(text: str, file: TextIO) -> None:
    """Write text that is already fit to be shown; what the stream's encoding lacks is written as escapes."""
    file.write(encodable(text, getattr(file, "encoding", None) or "utf-8"))


def _is_told(where: Where, message: Text) -> bool:
    """Whether a sentence names the whole place itself."""
    return where.row is None and where.column is None and where.sheet is None and where.file in message.zh


def _place(where: Where) -> Text:
    file = f"{where.file}[{where.sheet}]" if where.sheet else where.file
    row = Text(f" 第 {where.row} 行", f", row {where.row}") if where.row else Text("", "")
    column = Text(f"「{where.column}」列", f", column {where.column}") if where.column else Text("", "")
    return Text(file, file) + row + column

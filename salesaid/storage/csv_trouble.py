"""What can be wrong with a CSV ledger as a file: one class a mistake, its sentence inside."""

from __future__ import annotations

from pathlib import Path

from salesaid.core.errors import FileTrouble, Where
from salesaid.core.text import Text

_SHOWN = 40  # characters of a text that a sentence quotes


def _shown(character: str) -> str:
    """A character as a sentence can hold it: itself where it can be printed, and its code point."""
    point = f"U+{ord(character):04X}"
    return f"{character} ({point})" if character.isprintable() else point


class NotCsv(FileTrouble):
    """The file should be text, and is something else."""

    def __init__(self, path: Path, what: Text) -> None:
        super().__init__(
            Text(f"{path} 其实是{what.zh}，不是文本", f"{path} really is {what.en}, not text"),
            Text(
                "请改回原来的后缀，或用 Excel、WPS 打开后另存为“CSV UTF-8”",
                "Give it back its own suffix, or open it in Excel or WPS and save it as “CSV UTF-8”",
            ),
            Where(str(path)),
        )


class NoHeader(FileTrouble):
    """None of the first rows holds a heading of the ledger."""

    def __init__(self, path: Path, empty: bool = False) -> None:
        super().__init__(
            Text(f"{path} 是空的，没有表头", f"{path} is empty: it has no header")
            if empty
            else Text(f"{path} 的前几行里找不到表头", f"No header was found in the first rows of {path}"),
            Text(
                "请补上表头一行，或在 salesaid.toml 里写明各列的表头和表头所在的行",
                "Add a row of headings, or say in salesaid.toml which headings and which row they are",
            ),
            Where(str(path)),
        )


class UnknownEncoding(FileTrouble):
    """The bytes are neither UTF-8 nor GB18030, nor what the byte order mark says."""

    def __init__(self, path: Path, row: int, encodings: str = "UTF-8, GB18030") -> None:
        super().__init__(
            Text(
                f"{path} 的编码认不出：第 {row} 行起不是 {encodings}",
                f"The encoding of {path} is unknown: from line {row} on it is not {encodings}",
            ),
            Text(
                "请用 Excel、WPS 或记事本打开，另存为 UTF-8",
                "Open it in Excel, WPS or an editor and save it as UTF-8",
            ),
            Where(str(path), row=row),
        )


class UnclosedQuote(FileTrouble):
    """A quotation mark opens a cell and nothing closes it, so no later line can be trusted."""

    def __init__(self, path: Path, row: int) -> None:
        super().__init__(
            Text(
                f'{path} 第 {row} 行有一个引号 " 没有正确闭合，后面各行都不可靠',
                f'In {path} a quotation mark " of line {row} is not closed properly: no line after it can be trusted',
            ),
            Text(f"请在第 {row} 行补上或删去引号", f"Close or remove the quotation mark in line {row}"),
            Where(str(path), row=row),
        )


class DamagedFile(FileTrouble):
    """The file holds NUL bytes, as a power cut leaves them: it is not written to."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"{path} 里有 NUL 字节，多半是断电造成的损坏，不能再写入",
                f"{path} holds NUL bytes, most likely the damage of a power cut: nothing is written to it",
            ),
            Text(
                "请从备份恢复，或用编辑器删去这些字节",
                "Restore it from a backup, or remove these bytes with an editor",
            ),
            Where(str(path)),
        )


class CannotEncode(FileTrouble):
    """A text holds a character that the file's encoding lacks."""

    def __init__(self, path: Path, text: str, character: str, encoding: str) -> None:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        shown = shown if shown.isprintable() else repr(shown)
        super().__init__(
            Text(
                f"“{shown}”里的字符 {_shown(character)} 写不进 {path}：这个文件的编码 {encoding} 没有它",
                f"The character {_shown(character)} of “{shown}” cannot be written to {path}: "
                f"its encoding {encoding} has no such character",
            ),
            Text(
                "请换一个字符，或先把文件另存为“CSV UTF-8”",
                "Use another character, or save the file as “CSV UTF-8” first",
            ),
            Where(str(path)),
        )


class CellTooLong(FileTrouble):
    """A text is longer than a cell that can be read back."""

    def __init__(self, path: Path, length: int, limit: int) -> None:
        super().__init__(
            Text(
                f"有一格长达 {length} 个字符，写不进 {path}：最多 {limit} 个",
                f"A cell of {length} characters cannot be written to {path}: the most is {limit}",
            ),
            where=Where(str(path)),
        )


class NoSuchRow(FileTrouble):
    """A cell that is to be edited is not in the file."""

    def __init__(self, path: Path, row: int) -> None:
        super().__init__(
            Text(f"{path} 第 {row} 行没有可改的数据行", f"{path} has no data row at line {row} that could be edited"),
            where=Where(str(path), row=row),
        )


class ChangedWhileReading(FileTrouble):
    """Somebody wrote to the file while it was being read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"读 {path} 的时候，它被别的程序改了", f"{path} was changed by another program while it was read"),
            Text("请再试一次", "Try again"),
            Where(str(path)),
        )


class WrittenWrong(FileTrouble):
    """The new file, opened again, is not what was meant; the old one stays."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"{path} 写好后核对不符，原文件未动",
                f"{path} did not pass the check after writing; the old file stays",
            ),
            Text("请检查磁盘后再试一次", "Check the disk, then try again"),
            Where(str(path)),
        )

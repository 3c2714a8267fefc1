"""Why a file cannot be a ledger where it lies."""

from __future__ import annotations

from os.path import normpath
from pathlib import Path

from salesaid.core.clerk_part import Skipped
from salesaid.core.errors import Refused, Where
from salesaid.core.pasted import command
from salesaid.core.schema import Ledger
from salesaid.core.text import Text, joined, same


class OnlyImported(Refused):
    """A file that cannot be a ledger where it lies; its rows can be imported."""

    def __init__(self, path: Path, why: Text) -> None:
        line = command("import", normpath(path))
        super().__init__(
            Text(f"{path.name} 不能直接当台账用：{why.zh}", f"{path.name} cannot be a ledger where it lies: {why.en}"),
            Text(f"改为导入：{line}", f"import it instead: {line}"),
            Where(path.name),
        )


class AlreadyKept(Refused):
    """The book has a file for that ledger."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        super().__init__(
            Text(f"{ledger.title.zh}已经在 {path.name} 里", f"the book keeps {ledger.title.en} in {path.name} already"),
            Text("用 salesaid import 把行导入进去，或先移走那个文件", "import the rows, or move that file away first"),
        )


class SeveralSheets(Refused):
    """The workbook has several sheets that could be the ledger; `pattern` names them all, where each is of a month."""

    def __init__(self, path: Path, names: list[str], pattern: str | None = None) -> None:
        every = command("adopt", normpath(path), "--sheet", pattern) if pattern is not None else ""
        months = Text(f"一个月一张、合成一本台账的：{every}；", f"if they are months of one ledger: {every}; ")
        super().__init__(
            Text(
                f"{path.name} 里有几张表可用：{'、'.join(names)}",
                f"several sheets of {path.name} could be it: {', '.join(names)}",
            ),
            (months if every else same(""))
            + Text(
                "用 --sheet 说明是哪一张；要把几张的行都抄进来，请 salesaid import",
                "say which with --sheet; to copy the rows of them all, use salesaid import",
            ),
            Where(path.name),
        )


class UnlikeSheets(Refused):
    """Sheets that a pattern names cannot be one ledger: they are read in different ways."""

    def __init__(self, path: Path, why: Text) -> None:
        super().__init__(
            Text(f"{path.name} 里的几张表合不成一本台账：", f"sheets of {path.name} are not one ledger: ") + why,
            Text(
                "把表头改成一样，或用 --sheet 只用一张；也可以 salesaid import",
                "make their headings alike, or take one with --sheet; or use salesaid import",
            ),
            Where(path.name),
        )


class NoSuchSheet(Refused):
    """No sheet of the workbook is a ledger, or none has the name that was said."""

    def __init__(self, path: Path, skipped: list[Skipped]) -> None:
        why = joined([same(f"{each.sheet or ''} ") + each.reason for each in skipped], "；", "; ")
        super().__init__(
            Text(f"{path.name} 里没有可用的表：", f"no sheet of {path.name} can be used: ") + why
            if skipped
            else Text(f"{path.name} 里没有这样的工作表", f"{path.name} has no such sheet"),
            Text("用 --sheet 写出工作表的名称", "name the sheet with --sheet"),
            Where(path.name),
        )

"""What can be wrong with a workbook: one small class a mistake, each with its sentence and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from salesaid.core.errors import FileTrouble, Refused, Where
from salesaid.core.text import Text, joined, same


class NotAWorkbook(FileTrouble):
    """The file's first bytes say that it is something else."""

    def __init__(self, file: str, really: Text, hint: Text) -> None:
        kind = PurePath(file).suffix.lower() or ".xlsx"
        message = Text(f"{file} 不是 {kind} 工作簿：", f"{file} is no {kind} workbook: ") + really
        super().__init__(message, hint, Where(file))


class Locked(FileTrouble):
    """The file opens with a password only."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(f"{file} 设有打开密码", f"{file} is locked with a password"),
            Text("去掉打开密码后再试", "take off the opening password and retry"),
            Where(file),
        )


class DamagedWorkbook(FileTrouble):
    """The file's inside does not hold together."""

    def __init__(self, file: str, what: Text) -> None:
        hint = Text(
            "用 Excel 打开并另存一次；打不开就从备份恢复",
            "open it in Excel and save it again; if that fails, take it from a backup",
        )
        super().__init__(Text(f"{file} 已损坏：", f"{file} is damaged: ") + what, hint, Where(file))


class SuspiciousWorkbook(FileTrouble):
    """The file is built so as to do harm: a bomb, an entity declaration, an entry that stands there twice."""

    def __init__(self, file: str, what: Text) -> None:
        hint = Text(
            "来历不明的文件请勿使用；自己的文件用 Excel 另存一次再试",
            "do not use a file of unknown origin; save one of your own again in Excel and retry",
        )
        message = Text(f"{file} 不安全，未读取：", f"{file} is not safe and was not read: ") + what
        super().__init__(message, hint, Where(file))


class NoSheet(FileTrouble):
    """The workbook has no sheet of that name."""

    def __init__(self, file: str, sheet: str, names: list[str]) -> None:
        have = joined([same(name) for name in names])
        hint = Text("有这些工作表：", "its sheets are: ") + have
        super().__init__(
            Text(f"{file} 里没有工作表“{sheet}”", f'{file} has no sheet "{sheet}"'), hint, Where(file, sheet)
        )


class TwoSheets(FileTrouble):
    """Several sheets hold the headings equally well; `pattern` names them all, where each is of a month."""

    def __init__(self, file: str, names: list[str], pattern: str | None = None) -> None:
        listed = joined([same(name) for name in names])
        message = Text(f"{file} 里有几张工作表都像是这本台账：", f"several sheets of {file} could be this ledger: ")
        hint = Text(
            f'在 salesaid.toml 里写明：sheet = "{names[0]}"',
            f'say which in salesaid.toml: sheet = "{names[0]}"',
        )
        if pattern is not None:
            hint += Text(f'；合成一本：sheet = "{pattern}"', f'; to have them all: sheet = "{pattern}"')
        super().__init__(message + listed, hint, Where(file))


class NoHeadings(FileTrouble):
    """No row near the top of any sheet holds headings of the ledger, or none of one sheet that a pattern names."""

    def __init__(self, file: str, sheet: str | None = None, pattern: str | None = None) -> None:
        hint = Text("检查表头文字，或在 salesaid.toml 里指明列名", "check the headings, or map them in salesaid.toml")
        place = Text(f"{file} ", file)
        if pattern is not None:
            place = Text(f"{file} 的工作表 {sheet} ", f"sheet {sheet} of {file}")
            hint += Text(
                f'；它不是这本台账的，就把 salesaid.toml 里的 sheet = "{pattern}" 改得不包括它，或把它移到别的文件',
                f'; if it is not of this ledger, change sheet = "{pattern}" in salesaid.toml so that it is left out, '
                "or move it to another file",
            )
        super().__init__(
            Text(f"{place.zh}里没有找到表头", f"no heading row was found in {place.en}"),
            hint,
            Where(file, sheet),
        )


class SheetNotUnderstood(FileTrouble):
    """The sheet is built in a way that cannot be changed safely, or not read with certainty."""

    def __init__(self, file: str, sheet: str | None, what: Text, row: int | None = None) -> None:
        hint = Text("用 Excel 打开并另存一次再试", "open it in Excel, save it again and retry")
        place = f"{file}（{sheet}）" if sheet else file
        place_en = f"{file} ({sheet})" if sheet else file
        super().__init__(Text(f"{place}：", f"{place_en}: ") + what, hint, Where(file, sheet, row))


class CannotChange(FileTrouble):
    """A change of this sheet would break something that a person has built; `hint` says how to make way."""

    def __init__(self, where: Where, what: Text, hint: Text) -> None:
        name = PurePath(where.file or "").name  # the whole path is told as the place
        place = Text(f"{name}（{where.sheet}）未写入：", f"{name} ({where.sheet}) was not written: ")
        super().__init__(place + what, hint, where)


class CannotHold(FileTrouble):
    """A text or a number that a cell of a workbook cannot hold unchanged."""

    def __init__(self, where: Where, what: Text) -> None:
        super().__init__(what, Text("请改短或改写后再试", "shorten or rewrite it and retry"), where)


class TooManyRows(Refused):
    """More rows than a sheet of a workbook has."""

    def __init__(self, file: str, rows: int) -> None:
        super().__init__(
            Text(f"{file} 要写 {rows} 行，Excel 的一张表放不下", f"{rows} rows for {file} are more than a sheet has"),
            Text("改用 csv", "take csv"),
        )


class WrittenWrong(FileTrouble):
    """The new file, opened again, is not what was meant; the old one stays."""

    def __init__(self, file: str, what: Text) -> None:
        super().__init__(
            Text(f"{file} 写好后核对不符，原文件未动：", f"{file} failed its check after writing, the old one stays: ")
            + what,
            Text("检查磁盘，再试一次", "check the disk and retry"),
            Where(file),
        )


@contextmanager
def boundary(file: str) -> Iterator[None]:
    """Turns whatever a file's content makes go wrong, that no check foresaw, into damage of that file."""
    try:
        yield
    except (ValueError, LookupError, ArithmeticError, RecursionError, MemoryError) as error:
        what = Text(f"内容无法理解（{type(error).__name__}）", f"its content makes no sense ({type(error).__name__})")
        raise DamagedWorkbook(file, what) from error

"""Trouble with files, as a person sees it: one class a mistake, its sentence inside, naming the file."""

from __future__ import annotations

import errno
from os import PathLike, fspath
from pathlib import Path

from salesaid.core.errors import FileTrouble, Refused, Where
from salesaid.core.text import Text

Named = str | PathLike[str]


class FileMissing(FileTrouble):
    """The file or its folder is not there."""

    def __init__(self, path: Named) -> None:
        super().__init__(Text(f"找不到 {fspath(path)}", f"{fspath(path)} is not there"), where=Where(fspath(path)))


class FolderMissing(FileTrouble):
    """The folder that a new file is to lie in is not there."""

    def __init__(self, path: Path) -> None:
        folder, name = fspath(path.absolute().parent), path.name
        super().__init__(
            Text(
                f"要写 {name} 的文件夹 {folder} 不存在，没有写入",
                f"the folder for {name}, {folder}, is not there: nothing was written",
            ),
            Text("先建好文件夹，或写到别处", "make the folder first, or write to another place"),
            Where(folder),
        )


class AlreadyThere(FileTrouble):
    """A file stands where a new one was to be made."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(f"{fspath(path)} 已经存在，没有覆盖", f"{fspath(path)} exists already and was not overwritten"),
            where=Where(fspath(path)),
        )


class NotReadable(FileTrouble):
    """The file may not be read."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(f"没有权限读取 {fspath(path)}", f"no permission to read {fspath(path)}"), where=Where(fspath(path))
        )


class NotWritable(FileTrouble):
    """The file or its folder may not be written."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(
                f"{fspath(path)} 不能写入（只读或没有权限），什么都没有记",
                f"{fspath(path)} cannot be written (read-only, or no permission); nothing was recorded",
            ),
            Text(
                "请检查文件和文件夹的权限，再重新输入",
                "check the permissions of the file and its folder, then try again",
            ),
            Where(fspath(path)),
        )


class DiskFull(FileTrouble):
    """The disk or the quota has no room left."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(
                f"写 {fspath(path)} 时磁盘已满或超出配额，什么都没有记",
                f"the disk is full or the quota used up while writing {fspath(path)}; nothing was recorded",
            ),
            Text("腾出一些空间后重新输入", "make room, then try again"),
            Where(fspath(path)),
        )


class DeviceTrouble(FileTrouble):
    """The system reported an error of another sort."""

    def __init__(self, path: Named, reason: str) -> None:
        super().__init__(
            Text(
                f"读写 {fspath(path)} 时系统报错（{reason}），什么都没有记",
                f"the system reported an error on {fspath(path)} ({reason}); nothing was recorded",
            ),
            where=Where(fspath(path)),
        )


class BadLink(FileTrouble):
    """A symbolic link that leads nowhere or in a circle."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(f"{fspath(path)} 是一个失效的链接", f"{fspath(path)} is a link that leads nowhere"),
            where=Where(fspath(path)),
        )


class NotAFile(FileTrouble):
    """A folder, pipe or device stands where a ledger file should."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(f"{fspath(path)} 不是普通文件", f"{fspath(path)} is not a regular file"), where=Where(fspath(path))
        )


class HardLinked(FileTrouble):
    """The file goes by several names; changing it under one would change or part the others."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(
                f"{fspath(path)} 有多个硬链接，为免改到别处的文件，没有写入",
                f"{fspath(path)} has several hard links; nothing was written, lest another file change with it",
            ),
            Text("请换成单独的一份文件（复制后再改名）", "replace it by a copy of its own"),
            Where(fspath(path)),
        )


class ChangedElsewhere(FileTrouble):
    """Somebody changed the file since it was read."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(
                f"{fspath(path)} 刚刚被别的程序改过，什么都没有记",
                f"{fspath(path)} was changed by another program meanwhile; nothing was recorded",
            ),
            Text("请重新输入一次", "try again"),
            Where(fspath(path)),
        )


class NotRecorded(FileTrouble):
    """The system could not confirm that the bytes reached the disk. The next writing command settles it."""

    def __init__(self, path: Named, receipt: str = "") -> None:
        super().__init__(
            Text(
                f"{fspath(path)} 写入后系统未能确认落盘，{receipt or '这一笔'}不能算已记上",
                f"the system could not confirm that {fspath(path)} reached the disk; "
                f"{receipt or 'this'} is not recorded for certain",
            ),
            Text(
                "先检查磁盘；下一次记账时会自动补完或清除，并告诉您结果",
                "check the disk; the next writing command finishes or removes it and says which",
            ),
            Where(fspath(path)),
        )


class LockedElsewhere(FileTrouble):
    """Another command has held the book, whose lock file this is, for too long."""

    def __init__(self, path: Named, seconds: float) -> None:
        book = Path(path).parents[1]
        super().__init__(
            Text(
                f"账本 {book} 正被另一个命令占用，等了 {seconds:.0f} 秒仍未释放，什么都没有记",
                f"another command has held the book {book} for over {seconds:.0f} seconds; nothing was recorded",
            ),
            Text("等它做完再重新输入", "wait until it is done, then try again"),
            Where(fspath(path)),
        )


class LockRefused(FileTrouble):
    """The file system cannot lock files, so that two writers could not be kept apart."""

    def __init__(self, path: Named, reason: str) -> None:
        super().__init__(
            Text(
                f"{fspath(path)} 所在的文件系统不支持文件锁（{reason}），无法保证多人同时记账不出错，什么都没有记",
                f"the file system of {fspath(path)} cannot lock files ({reason}), so two writers could not "
                "be kept apart; nothing was recorded",
            ),
            Text(
                "请把账本放到本机磁盘或支持锁的共享盘",
                "keep the book on a local disk or on a share that supports locks",
            ),
            Where(fspath(path)),
        )


class NewerJournal(FileTrouble):
    """The journal holds a record that this version cannot read."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            Text(
                f"{fspath(path)} 里有新版本写的记录，这个版本读不了",
                f"{fspath(path)} holds a record of a newer version that this one cannot read",
            ),
            Text("请升级 salesaid", "upgrade salesaid"),
            Where(fspath(path)),
        )


class Overtaken(Refused):
    """The newest post cannot be taken back, since a file is no longer as the post left it."""

    def __init__(self, receipt: str, path: Named) -> None:
        super().__init__(
            Text(
                f"{receipt} 不能撤销：记账之后 {fspath(path)} 又改过",
                f"{receipt} cannot be undone: {fspath(path)} has changed since",
            ),
            where=Where(fspath(path)),
        )


class NothingToUndo(Refused):
    """The book has no post that could be taken back."""

    def __init__(self) -> None:
        super().__init__(Text("没有可以撤销的记账", "there is no post to undo"))


_BY_ERRNO: dict[int, type[FileMissing | AlreadyThere | NotWritable | DiskFull | BadLink | NotAFile]] = {
    errno.ENOENT: FileMissing,
    errno.EEXIST: AlreadyThere,
    errno.EACCES: NotWritable,
    errno.EPERM: NotWritable,
    errno.EROFS: NotWritable,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.ELOOP: BadLink,
    errno.EISDIR: NotAFile,
    errno.ENOTDIR: NotAFile,
    errno.ENXIO: NotAFile,
}


def trouble_of(error: OSError, path: Named, *, reading: bool = False) -> FileTrouble:
    """The trouble that a system error means for a person."""
    kind = _BY_ERRNO.get(error.errno or 0)
    if kind is NotWritable and reading:
        return NotReadable(path)
    return kind(path) if kind else DeviceTrouble(path, error.strerror or type(error).__name__)

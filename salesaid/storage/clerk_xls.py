"""Old workbooks (.xls): read by calamine in a process of its own, which may run out of time or memory alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from salesaid.core.clerk import Line, Merge, OddCell
from salesaid.core.text import Text
from salesaid.storage.clerk_table import TableSheet
from salesaid.storage.csv_source import open_source
from salesaid.storage.xlsx_trouble import DamagedWorkbook, Locked, NotAWorkbook, SuspiciousWorkbook

SECONDS = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKER = "import sys\nfrom salesaid.storage.clerk_xls_worker import main\nraise SystemExit(main(sys.argv[1]))\n"


def open_xls(path: Path) -> list[TableSheet]:
    """The sheets of an old workbook. Raises FileTrouble with one sentence."""
    source = open_source(path)
    try:
        head, whole = source.at(0, 8), source.at(0, min(source.length, 64 << 20))
    finally:
        source.close()
    _require_old(path, head, whole)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        _run(path, spool)
        spool.seek(0)
        return list(_sheets(path, spool))


def _require_old(path: Path, head: bytes, whole: bytes) -> None:
    if not whole:
        raise DamagedWorkbook(str(path), Text("文件是空的（0 字节）", "it is empty (0 bytes)"))
    if "EncryptedPackage".encode("utf-16-le") in whole:
        raise Locked(str(path))
    if head == _OLE:
        return
    hint = Text("用 Excel 打开，另存为 .xlsx", "open it in Excel and save it as .xlsx")
    start = whole[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"PK\x03\x04"):
        hint = Text("把后缀改成 .xlsx 再试", "rename it to .xlsx and retry")
        raise NotAWorkbook(str(path), Text("其实是 .xlsx 或 zip 压缩包", "it really is .xlsx or a zip archive"), hint)
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        what = Text("其实是网页或 XML（系统导出的假 Excel）", "it is a web page or XML that some system exported")
        raise NotAWorkbook(str(path), what, hint)
    if b"\x00" not in whole[:4096]:
        hint = Text("把后缀改成 .csv 再试", "rename it to .csv and retry")
        raise NotAWorkbook(str(path), Text("其实是文本（CSV？）", "it is plain text (CSV?)"), hint)
    raise NotAWorkbook(str(path), Text("内容无法识别", "its content is unknown"), hint)


def _run(path: Path, spool: IO[str]) -> None:
    """The worker's lines in the spool. Raises DamagedWorkbook, SuspiciousWorkbook."""
    command = [sys.executable, "-c", _WORKER, os.path.realpath(path)]
    try:
        done = subprocess.run(  # noqa: S603 - this very program, and a path that no shell sees
            command, stdin=subprocess.DEVNULL, stdout=spool, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SuspiciousWorkbook(str(path), Text(f"{SECONDS} 秒没有读完", f"{SECONDS} seconds were too few")) from error
    if done.returncode:
        raise DamagedWorkbook(str(path), Text("读不出来", "it cannot be read"))


def _sheets(path: Path, spool: IO[str]) -> Iterator[TableSheet]:
    head: dict[str, Any] | None = None
    lines: list[Line] = []
    rounded: list[tuple[int, int]] = []
    for text in spool:
        record = json.loads(text)
        if isinstance(record, dict):
            if "locked" in record:
                raise Locked(str(path))
            if head is not None:
                yield _sheet(path, head, lines, rounded)
            head, lines, rounded = record, [], []
        else:
            number, texts, columns = record
            lines.append(Line(number, texts))
            rounded += [(number, column) for column in columns]
    if head is not None:
        yield _sheet(path, head, lines, rounded)


def _sheet(path: Path, head: dict[str, Any], lines: list[Line], rounded: list[tuple[int, int]]) -> TableSheet:
    odd: dict[tuple[int, int], OddCell] = dict.fromkeys(rounded, "rounded")
    odd.update(dict.fromkeys(map(tuple, head["errors"]), "error"))
    return TableSheet(
        path.name, head["name"], lines, hidden=head["hidden"], merged=[Merge(*one) for one in head["merged"]],
        odd=odd, hidden_rows=frozenset(head["hidden_rows"]), from_1904=head["from_1904"],
    )  # fmt: skip

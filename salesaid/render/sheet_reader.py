"""The figures of one long sheet, read in pieces: a parser sees that it is XML, a pattern finds figures."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text
from salesaid.render.sheet_plan import Place

PIECE = 1 << 20  # bytes
EXACT = 60  # digits of a sum


class WorkbookDiffers(FileTrouble):
    """A workbook read again does not hold what was written."""

    def __init__(self, title: Text, what: Text) -> None:
        super().__init__(
            Text(
                f"写好的工作簿重新打开后与数据不符：「{title.zh}」的{what.zh}；原有文件未动",
                f"the workbook, opened again, differs in the {what.en} of “{title.en}”; the old file is untouched",
            ),
            Text("再试一次；若再出现，改为输出 .csv", "try again; if it happens again, write a .csv"),
        )


class Column(NamedTuple):
    """What the figures of one column come to, and the figure below them in the totals line."""

    rows: Decimal
    total: Decimal | None


def columns_of(archive: zipfile.ZipFile, number: int, place: Place, columns: Sequence[int]) -> list[Column]:
    """The figures of a table's columns on the sheet of that number. Raises WorkbookDiffers."""
    patterns = _patterns(columns, '"><v>([^<]*)<')
    sums, seen, totals = [Decimal()] * len(columns), 0, ""
    for piece, is_row in _parted(_texts(archive, number, place.table.title), place):
        if not is_row:
            totals = piece
            continue
        seen += piece.count("<row ")
        with localcontext(prec=EXACT):
            sums = [
                sum(map(Decimal, pattern.findall(piece)), so_far)
                for pattern, so_far in zip(patterns, sums, strict=True)
            ]
    if seen != place.length:
        raise WorkbookDiffers(place.table.title, Text("行数", "number of rows"))
    below = [pattern.search(totals) for pattern in patterns]
    return [Column(rows, Decimal(cell[1]) if cell else None) for rows, cell in zip(sums, below, strict=True)]


def has_texts(archive: zipfile.ZipFile, number: int, place: Place, columns: Sequence[int]) -> bool:
    """Whether some figure of these columns is held as a text: it had too many digits for a cell."""
    patterns = _patterns(columns, '" t=')
    pieces = _parted(_texts(archive, number, place.table.title), place)
    return any(pattern.search(piece) for piece, _ in pieces for pattern in patterns)


def _patterns(columns: Sequence[int], then: str) -> list[re.Pattern[str]]:
    """Cells of the columns as they read in the sheets that salesaid writes."""
    from openpyxl.utils import get_column_letter

    return [re.compile(rf'<c r="{get_column_letter(at + 1)}\d+" s="\d+{then}') for at in columns]


def _texts(archive: zipfile.ZipFile, number: int, title: Text) -> Iterator[str]:
    """The sheet in pieces. Raises WorkbookDiffers where it cannot be unpacked or is no XML."""
    from codecs import getincrementaldecoder
    from xml.parsers.expat import ExpatError, ParserCreate

    parser, decoder = ParserCreate(), getincrementaldecoder("utf-8")()
    try:
        with archive.open(f"xl/worksheets/sheet{number + 1}.xml") as file:
            while piece := file.read(PIECE):
                parser.Parse(piece, False)
                yield decoder.decode(piece)
        parser.Parse(b"", True)
    except (zipfile.BadZipFile, zlib.error, ExpatError, KeyError, EOFError) as error:
        raise WorkbookDiffers(title, Text("内容", "content")) from error


def _parted(pieces: Iterator[str], place: Place) -> Iterator[tuple[str, bool]]:
    """The rows of a table, whole, many at a time; then what stands below them, told by False."""
    start = f'<row r="{place.head + 1}"'
    end = re.compile(f'<row r="(?:{place.after}|{place.after + 2})"|</sheetData>')
    rest, where = "", "above"
    for piece in pieces:
        rest += piece
        if where == "above" and (at := rest.find(start)) >= 0:
            rest, where = rest[at:], "among"
        if where == "among":
            found = end.search(rest)
            cut = found.start() if found else max(rest.rfind("<row "), 0)
            yield rest[:cut], True
            rest, where = rest[cut:], "below" if found else "among"
        elif where == "above":
            rest = rest[-len(start) :]
    if where == "below" and rest.startswith(f'<row r="{place.after}"'):
        yield rest.partition("</row>")[0], False

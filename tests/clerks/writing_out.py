"""Laid-out workbooks as files: by openpyxl, as WPS writes its parts, as CSV, and through LibreOffice."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from tests.clerks.cell_forms import ACCOUNTING, Cell
from tests.clerks.laying_out import Grid, Made, reference

SOFFICE = shutil.which("soffice")
_ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "gbk", "utf-16")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BUILT_IN = {
    "mm-dd-yy": 14,
    "yyyy/m/d h:mm": 22,
    'yyyy"年"m"月"d"日"': 31,
    'm"月"d"日"': 58,
    "0.00": 2,
    "#,##0.00": 4,
    "0": 1,
}


def by_openpyxl(whole: Made, path: Path, *, formulas: bool) -> None:
    """A workbook by openpyxl, which saves no value beside a formula."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in whole.grids:
        sheet = book.create_sheet(grid.name)
        for (row, column), cell in grid.cells.items():
            at = sheet.cell(row, column)
            at.value = f"={cell.formula}" if formulas and cell.formula else cell.value
            if cell.kind == "s":
                at.data_type = "s"
            elif cell.kind == "e":
                at.data_type = "e"
            if cell.format and not (formulas and "通用" in cell.format):  # LibreOffice takes its G for years
                at.number_format = cell.format
        for box in grid.merged:
            sheet.merge_cells(start_row=box.top, start_column=box.left, end_row=box.bottom, end_column=box.right)
        for row in grid.hidden:
            sheet.row_dimensions[row].hidden = True
    book.save(path)


def through_office(files: Sequence[Path], to: str, folder: Path) -> None:
    """Workbooks opened and saved again by LibreOffice, all in one run."""
    assert SOFFICE is not None
    kind = "csv:Text - txt - csv (StarCalc):44,34,76" if to == "csv" else to
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=900,
    )


def as_csv(whole: Made, path: Path, rng: Random) -> None:
    """The first sheet as a CSV in one of the encodings that Excel and WPS save."""
    grid = whole.grids[0]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=rng.choice(",,,;\t"), lineterminator=rng.choice(("\r\n", "\n")))
    width = max((column for _, column in grid.cells), default=1)
    how = {name: rng.random() < 0.15 for name in ("quoted", "tabbed", "more", "ragged", "marked", "ended")}
    for row in range(1, grid.next):
        texts = [_shown(grid.cells.get((row, column))) for column in range(1, width + 1)]
        if row in grid.data:
            texts = [_guarded(text, how) if text.isdigit() else text for text in texts]
        elif how["ragged"] and row > grid.data[0]:
            while texts and not texts[-1]:
                texts.pop()
        writer.writerow([*texts, *[""] * (2 * how["more"])])
    text = out.getvalue()
    encoding = rng.choice([one for one in _ENCODINGS if _holds(one, text)])
    marked = "\ufeff" if encoding == "gb18030" and how["marked"] else ""
    path.write_bytes((marked + text).encode(encoding) + (b"\x1a" if how["ended"] and "16" not in encoding else b""))


def _guarded(text: str, how: dict[str, bool]) -> str:
    """Digits as exports write them so that a spreadsheet leaves them alone."""
    if how["quoted"]:
        return f'="{text}"'
    return f"{text}\t" if how["tabbed"] else text


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%Y/%m/%d %H:%M}"
    if isinstance(cell.value, date):
        return f"{cell.value.year}/{cell.value.month}/{cell.value.day}"
    if cell.format == ACCOUNTING and cell.value >= 0:
        return f" ￥{cell.value:,.2f} " if cell.value else " ￥-   "
    if len(cell.format) > 1 and not cell.format.strip("0"):
        return str(cell.value).zfill(len(cell.format))
    return f"{cell.value:,.2f}" if cell.kind == "n" and "#,##0.00" in cell.format else str(cell.value)


def by_wps(whole: Made, path: Path, rng: Random) -> None:
    """A workbook of hand-made parts, with the oddities of WPS and of what exports for it."""
    old = rng.random() < 0.08 and whole.manner["dates"] != "serial"
    formats = sorted({cell.format for grid in whole.grids for cell in grid.cells.values()} | {""})
    words: dict[str, int] = {}
    sheets = [_sheet(grid, formats, words, rng, old) for grid in whole.grids]
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(whole.grids, old),
        "xl/styles.xml": _styles(formats),
        "xl/sharedStrings.xml": _words(words, rng),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        ),
        **{f"xl/worksheets/sheet{at}.xml": text for at, text in enumerate(sheets, 1)},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in parts.items():
            zipped.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)


def _sheet(grid: Grid, formats: list[str], words: dict[str, int], rng: Random, old: bool) -> str:
    inline, bare, ghosts = rng.random() < 0.3, rng.random() < 0.1, rng.choice((0, 0, 5, 300))
    typed = rng.random() < 0.1
    width = max((column for _, column in grid.cells), default=1)
    rows = []
    for row in range(1, grid.next + ghosts):
        cells = []
        for column in range(1, width + 1):
            cell = grid.cells.get((row, column))
            if cell is None and (bare or ghosts):
                cells.append("<c/>" if bare else f'<c r="{reference(row, column)}" s="1"/>')
            elif cell is not None:
                place = "" if bare else f' r="{reference(row, column)}"'
                cells.append(_cell(cell, place, formats, words, inline=inline, old=old, typed=typed))
        if cells or not bare:
            hidden = ' hidden="1"' if row in grid.hidden else ""
            number = f' r="{row}"' if not bare else ""
            rows.append(f'<row{number} spans="1:{width}" ht="18" customHeight="1"{hidden}>{"".join(cells)}</row>')
        elif bare:
            rows.append("<row/>")
    merged = "".join(
        f'<mergeCell ref="{reference(b.top, b.left)}:{reference(b.bottom, b.right)}"/>' for b in grid.merged
    )
    merges = f'<mergeCells count="{len(grid.merged)}">{merged}</mergeCells>' if merged else ""
    size = rng.choice(("A1", f"A1:{reference(max(1, grid.next - 1), width)}", "A1:XFD1048576", "A1:B2"))
    return (
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}"><sheetPr/><dimension ref="{size}"/>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultColWidth="9"/>'
        f'<cols><col min="1" max="{width}" width="12.5" customWidth="1"/>'
        f'<col min="{width + 1}" max="16384" width="9"/></cols>'
        f'<sheetData>{"".join(rows)}</sheetData>{merges}<pageMargins left="0.7" right="0.7" top="0.7" bottom="0.7" '
        'header="0.3" footer="0.3"/></worksheet>'
    )


def _cell(
    cell: Cell, place: str, formats: list[str], words: dict[str, int], *, inline: bool, old: bool, typed: bool
) -> str:
    style = formats.index(cell.format)
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    if typed and cell.kind == "s":
        return f'<c{place} s="{style}" t="str"><f>T("x")</f><v>{escape(cell.value)}</v></c>'
    if typed and cell.kind == "d":
        return f'<c{place} s="{style}" t="d"><v>{cell.value.isoformat()}</v></c>'
    if cell.kind == "s" and inline:
        sounds = '<rPh sb="0" eb="1"><t>ㄆㄧㄣ</t></rPh>' if len(cell.value) % 5 == 0 else ""
        return (
            f'<c{place} s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cell.value)}</t>{sounds}</is></c>'
        )
    if cell.kind == "s":
        return f'<c{place} s="{style}" t="s"><v>{words.setdefault(cell.value, len(words))}</v></c>'
    if cell.kind == "e":
        return f'<c{place} s="{style}" t="e">{formula}<v>{cell.value}</v></c>'
    return f'<c{place} s="{style}">{formula}<v>{_number(cell.value, old)}</v></c>'


def _number(value: Decimal | date, old: bool) -> str:
    if isinstance(value, Decimal):
        return repr(float(value)) if value % 1 else str(int(value))
    start = datetime(1904, 1, 1) if old else datetime(1899, 12, 30)  # noqa: DTZ001
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    days = (moment - start).total_seconds() / 86400
    return str(int(days)) if days % 1 == 0 else repr(days)


def _words(words: dict[str, int], rng: Random) -> str:
    items = []
    for word in words:
        half = len(word) // 2
        if rng.random() < 0.1 and half:
            runs = "".join(
                f'<r><rPr><sz val="11"/></rPr><t xml:space="preserve">{escape(part)}</t></r>'
                for part in (word[:half], word[half:])
            )
            items.append(f'<si>{runs}<phoneticPr fontId="1" type="noConversion"/></si>')
        elif rng.random() < 0.1:
            items.append(f'<si><t xml:space="preserve">{escape(word)}</t><rPh sb="0" eb="1"><t>ㄆㄧㄣ</t></rPh></si>')
        else:
            items.append(f'<si><t xml:space="preserve">{escape(word)}</t></si>')
    return f'<sst xmlns="{_MAIN}" count="{len(words)}" uniqueCount="{len(words)}">{"".join(items)}</sst>'


def _styles(formats: list[str]) -> str:
    own = {one: 176 + at for at, one in enumerate(formats) if one and one not in _BUILT_IN}
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(one, {chr(34): "&quot;"})}"/>' for one, number in own.items()
    )
    ids = [{**_BUILT_IN, **own, "": 0}[one] for one in formats]
    xfs = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for number in ids
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(own)}">{codes}</numFmts>'
        '<fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(ids)}">{xfs}</cellXfs></styleSheet>'
    )


def _workbook(grids: list[Grid], old: bool) -> str:
    sheets = "".join(
        f'<sheet name="{escape(grid.name)}" sheetId="{at}" r:id="rId{at}"/>' for at, grid in enumerate(grids, 1)
    )
    flag = ' date1904="1"' if old else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><workbookPr{flag}/><sheets>{sheets}</sheets></workbook>'


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    ones = "".join(
        f'<Relationship Id="rId{at}" Type="{_REL}/{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{ones}</Relationships>'


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>{parts}</Types>'
    )

"""Workbooks for the tests: made of rows by openpyxl, or of bare XML parts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

from salesaid.core.errors import FileTrouble
from salesaid.storage.contract import Cell, Spot
from salesaid.storage.xlsx_store import STORE, XlsxSheet
from salesaid.storage.xlsx_trouble import NoHeadings

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
HEADINGS = ("单号", "日期", "客户", "产品", "数量", "金额", "备注")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>客户</t></is></c><c r="B1" t="inlineStr"><is><t>数量</t></is></c></row>'
)


def heads(row: Sequence[str]) -> int:
    return sum(1 for text in row if text.strip() in HEADINGS)


def filled(row: Sequence[str]) -> int:
    return sum(1 for text in row if text.strip())


def opened(path: Path, sheet: str | None = None, header_row: int | None = None) -> XlsxSheet:
    return read_in(STORE.open(Spot(path, sheet, header_row), heads))


def opened_any(path: Path, sheet: str | None = None, header_row: int | None = None) -> XlsxSheet:
    """Opened with whatever row holds most texts as the headings."""
    return read_in(STORE.open(Spot(path, sheet, header_row), filled))


def read_in(sheet: XlsxSheet) -> XlsxSheet:
    """The file's bytes are taken in and its handle is let go."""
    assert sheet.zipped.parts
    sheet.close()
    return sheet


def rows_of(path: Path, sheet: str | None = None) -> list[list[str]]:
    return [texts for _, texts in opened(path, sheet).rows()]


def sample_sheets() -> Iterator[tuple[str, XlsxSheet]]:
    """The sheets of all sample workbooks that are neither refused nor very long, each with its file's name."""
    for path in sorted((DATA / "workbooks").glob("*/*")):
        try:
            sheets = [opened_any(path, name) for name in STORE.sheet_names(path)]
        except (FileTrouble, NoHeadings):
            continue
        yield from ((path.name, sheet) for sheet in sheets if len(sheet.data.xml) < 2_000_000)


def midnight(day: date) -> datetime:
    """A day as openpyxl reads it."""
    return datetime.combine(day, time())


def texts(*values: str) -> list[Cell | None]:
    return [Cell(value, value) if value else None for value in values]


def bare(path: Path, rows: str, *, after: str = "", before: str = "", parts: dict[str, str] | None = None) -> Path:
    """The smallest workbook with one sheet, its rows given as XML."""
    content = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
        'PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest

from salesaid.core.clerk import Merge
from salesaid.core.errors import FileTrouble, Refused
from salesaid.storage.clerk_files import is_owner_file, opened

ODS = """<?xml version="1.0"?>
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c">
<office:automatic-styles><style:style style:name="ta2" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""


def ods(path, tables, manifest="<m/>"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", manifest)
        made.writestr("content.xml", ODS.format(tables))
    return path


def rows_of(path, sheet=0, below=0, width=4):
    with opened(path) as sheets:
        one = sheets[sheet]
        blocks = list(one.blocks(below, width))
        return [(number, row) for numbers, rows in blocks for number, row in zip(numbers, rows, strict=True)]


def cell(text="", kind="string", more=""):
    value = {"float": f'office:value="{text}"', "date": f'office:date-value="{text}"'}.get(kind, "")
    return f'<table:table-cell office:value-type="{kind}" {value} {more}><text:p>{text}</text:p></table:table-cell>'


EMPTY = "<table:table-cell/>"


DOWN = 'table:number-rows-spanned="2"'
ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>'
)


def row(*cells, more=""):
    return f"<table:table-row {more}>{EMPTY}{''.join(cells)}</table:table-row>"


def test_ods_values_are_as_they_were_typed_with_repeats_merges_errors_and_hidden_rows(tmp_path):
    table = (
        '<table:table table:name="5月">'
        + row(cell("日期"), cell("数量"))
        + row(cell("2026-05-06", "date", DOWN), cell("0.1", "float"))
        + row("<table:covered-table-cell/>", cell("1E20", "float"), more='table:visibility="filter"')
        + row(more='table:number-rows-repeated="3"')
        + row(cell("x"), ERROR, more='table:number-rows-repeated="2"')
        + '</table:table><table:table table:name="藏" table:style-name="ta2"/>'
    )
    path = ods(tmp_path / "a.ods", table)
    assert rows_of(path, width=3) == [
        (1, ["", "日期", "数量"]),
        (2, ["", "2026-05-06", "0.1"]),
        (3, ["", "2026-05-06", "100000000000000000000"]),
        (7, ["", "x", "#DIV/0!"]),
        (8, ["", "x", "#DIV/0!"]),
    ]
    with opened(path) as sheets:
        assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("5月", False), ("藏", True)]
        assert sheets[0].merged == [Merge(2, 1, 3, 1)]
        assert sheets[0].odd[7, 2] == "error"
        assert sheets[0].odd[3, 2] == "rounded"
        list(sheets[0].blocks(0, 3))
        assert {code for code, _ in sheets[0].notes()} == {"hidden-rows", "merged-cells"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", b"PK\x03\x04rest", ".xlsx"),
        ("a.xls", b"<html><table></table></html>", "web page"),
        ("a.xls", "日期,客户\n".encode("gbk"), "plain text"),
        ("a.xls", b"", "empty"),
        ("a.ods", b"", "empty"),
        ("a.ods", b"PK\x03\x04" + b"x" * 50, "cut off"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 50, "cut off"),
        ("a.xlsx", b"a,b\n1,2\n", "plain text"),
        ("a.csv", b"PK\x03\x04" + b"x" * 50, "really is"),
        ("a.csv", b"\x81\x00\xff\xff\x00", "encoding"),
        ("a.pdf", b"%PDF", "imported"),
    ],
)
def test_what_is_no_sheet_is_refused_with_one_sentence(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((FileTrouble, Refused)) as refused, opened(path):
        pass
    assert said in refused.value.message.en
    assert "\n" not in refused.value.message.en


def test_ods_that_are_locked_or_swell_are_refused(tmp_path):
    locked = ods(tmp_path / "a.ods", "", '<manifest:encryption-data xmlns:manifest="m"/>')
    with pytest.raises(FileTrouble, match="password"), opened(locked):
        pass
    huge = f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cell("x", more="")}'
    wide = huge.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ')
    with (
        pytest.raises(FileTrouble, match="too many cells"),
        opened(ods(tmp_path / "b.ods", f"{wide}</table:table-row></table:table>")),
    ):
        pass


def test_csvs_of_every_encoding_and_delimiter_give_the_same_rows(tmp_path):
    text = '公司\n日期{0}客户{0}备注\n2026-5-6{0}骏业{0}"a{0}b"\n'
    for number, (encoding, delimiter) in enumerate(
        (encoding, delimiter)
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
        for delimiter in (",", ";", "\t", "|")
    ):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(text.format(delimiter).replace("\n", "\r\n").encode(encoding))
        with opened(path) as sheets:
            assert [line.texts for line in sheets[0].head(5)][1] == ["日期", "客户", "备注"]
            assert next(iter(sheets[0].blocks(2, 3)))[1] == [["2026-5-6", "骏业", f"a{delimiter}b"]]


def test_rows_of_another_width_are_lost_and_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("日期,客户\n1,2\n1,2,3\n\n1,2,\n", encoding="utf-8")
    with opened(path) as sheets:
        assert [number for numbers, _ in sheets[0].blocks(1, 2) for number in numbers] == [2, 5]
        assert [lost.row for lost in sheets[0].lost] == [3]


def test_a_short_row_is_not_lost_where_it_is_no_entry(tmp_path):
    short = [["合计", "5"], ["总计", ""], ["制表人：小郑"], ["", "第1页"], ["", "安卡小计"], ["5月份"]]
    rows = ["日期,客户,数量", "2026-05-06,安卡,5", *map(",".join, short), "安卡,注：急", "5月,6"]
    (tmp_path / "a.csv").write_bytes("\r\n".join([*rows, "\x1a"]).encode())
    with opened(tmp_path / "a.csv") as sheets:
        found = [row for _, block in sheets[0].blocks(1, 3) for row in block]
        lost = [one.row for one in sheets[0].lost]
    assert found == [rows[1].split(","), *([*row, "", ""][:3] for row in short)]
    assert lost == [9, 10]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ('1,a,"5寸,x\n2,b,c,y\n3,d,e",z\n', [2]),
        ('1,a,"5寸,x\n2,b,c",y\n', [2]),
        ('1,a,b,"x\n2,c,d,y"\n', [2]),
        ('"1,a,b,x\n2",c,d,y\n', [2]),
        ('1,a,"5寸\n黑色",x\n', []),
        ('1,a,b,"要黑的, 5寸\n急"\n', []),
        ('1,a,"5寸\n","\n"\n', []),
    ],
)
def test_rows_that_a_cell_swallowed_are_lost_and_told(tmp_path, text, lost):
    (tmp_path / "a.csv").write_text("号,客户,型号,备注\n" + text + "9,z,z,z\n")
    with opened(tmp_path / "a.csv") as sheets:
        rows = [row for _, block in sheets[0].blocks(1, 4) for row in block]
        assert [one.row for one in sheets[0].lost] == lost
    assert rows[-1] == ["9", "z", "z", "z"]


def test_odd_cells_of_a_workbook_are_known_by_their_places(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b", "c", "d"])
    sheet.append(["#N/A", "=1+1", 1234567890123456789, date(2026, 5, 6)])
    sheet.append(["x", "12345678901234567890", 1, None])
    book.save(tmp_path / "a.xlsx")
    with opened(tmp_path / "a.xlsx") as sheets:
        rows = [row for _, rows in sheets[0].blocks(1, 4) for row in rows]
        assert sheets[0].odd == {(2, 0): "error", (2, 1): "unsaved", (2, 2): "rounded"}
    assert rows[0][3] == "2026-05-06"
    assert rows[1][1] == "12345678901234567890"


@pytest.mark.parametrize(("asks", "odd"), [("", {}), (' fullCalcOnLoad="1"', {(2, 1): "unsaved", (4, 1): "unsaved"})])
def test_a_zero_of_formulas_that_were_never_worked_out_is_no_value(tmp_path, asks, odd):
    book = openpyxl.Workbook()
    for row in [("型号", "数量"), ("A", "=1+4"), ("B", 0), ("C", "=D9"), ("D", "=2+3")]:
        book.active.append(row)
    book.save(tmp_path / "made.xlsx")
    results = iter((b"0", b"0", b"5"))
    with zipfile.ZipFile(tmp_path / "made.xlsx") as made, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as changed:
        for name in made.namelist():
            part = made.read(name).replace(b' fullCalcOnLoad="1"', asks.encode())
            part = re.sub(rb"<v ?/>|<v></v>", lambda _: b"<v>%s</v>" % next(results), part)
            changed.writestr(name, part)
    with opened(tmp_path / "a.xlsx") as sheets:
        rows = [row for _, block in sheets[0].blocks(1, 2) for row in block]
        found = dict(sheets[0].odd)
    assert rows == [["A", "0"], ["B", "0"], ["C", "0"], ["D", "5"]]
    assert found == odd


def test_ods_codes_that_are_shown_with_zeros_are_read_with_them(tmp_path):
    shown = ('office:value="123"', "000123"), ('office:value="12.5"', "0012"), ('office:value="7"', "700"), ("", "007")
    cells = "".join(
        f'<table:table-cell office:value-type="{"float" if value else "string"}" {value}><text:p>{text}</text:p>'
        "</table:table-cell>"
        for value, text in shown
    )
    path = ods(
        tmp_path / "a.ods", f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'
    )
    assert rows_of(path) == [(1, ["000123", "12.5", "7", "007"])]


def test_a_workbook_of_wps_is_read_as_the_old_one_that_it_is(tmp_path):
    (tmp_path / "账.et").write_text("a,b")
    with pytest.raises(FileTrouble, match=r"plain text"), opened(tmp_path / "账.et"):
        pass


def test_owner_files_are_known():
    from pathlib import Path

    assert is_owner_file(Path("~$账.xlsx"))
    assert not is_owner_file(Path("账.xlsx"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_one_sheet_is_the_same_in_every_format_that_libreoffice_writes(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["标题"],
        [None, "日期", "客户", "数量"],
        [None, date(2026, 5, 6), "骏业", 0.1],
        [None, None, "安卡", "007"],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    for ending in ("xls", "ods"):
        subprocess.run(
            ["soffice", "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
            check=True, capture_output=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    found = [rows_of(tmp_path / f"a.{ending}") for ending in ("xlsx", "xls", "ods")]
    assert found[0] == found[1] == found[2]
    assert found[0][-1] == (4, ["", "2026-05-06", "安卡", "007"])


@pytest.mark.parametrize(
    ("name", "parts", "sentence"),
    [
        (
            "a.xlsx",
            {"mimetype": "application/vnd.oasis", "content.xml": "<a/>"},
            "a.xlsx 不是 .xlsx 工作簿：其实是 .ods",
        ),
        ("a.xls", {"xl/workbook.xml": "<a/>"}, "a.xls 不是 .xls 工作簿：其实是 .xlsx 或 zip 压缩包"),
        ("a.ods", {"xl/workbook.xml": "<a/>"}, "a.ods 不是 .ods 工作簿：里面不是表格"),
        ("a.ods", {"META-INF/manifest.xml": "<encryption-data/>", "content.xml": "?"}, "a.ods 设有打开密码"),
    ],
)
def test_a_file_under_a_wrong_ending_is_told_by_its_own(tmp_path, name, parts, sentence):
    with zipfile.ZipFile(tmp_path / name, "w") as made:
        for part, content in parts.items():
            made.writestr(part, content)
    with pytest.raises(FileTrouble) as found, opened(tmp_path / name) as sheets:
        list(sheets)
    assert found.value.message.zh == f"{tmp_path}/{sentence}"

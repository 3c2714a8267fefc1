"""Files that are not what they say, damaged or built to do harm: one sentence each, no traceback, little cost."""

from __future__ import annotations

import random
import zipfile

import pytest

from salesaid.core.errors import FileTrouble
from salesaid.storage.xlsx_trouble import DamagedWorkbook, Locked, NotAWorkbook, SheetNotUnderstood, SuspiciousWorkbook
from tests.storage.xlsx_books import HEADER, bare, opened, opened_any, rows_of

ROW = '<row r="2"><c r="A2"><v>1</v></c></row>'


def trouble(path) -> FileTrouble:
    with pytest.raises(FileTrouble) as caught:
        list(opened(path).rows())
    assert caught.value.message.zh
    assert caught.value.message.en
    return caught.value


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (b"", DamagedWorkbook, "empty"),
        (b"\0" * 5000, DamagedWorkbook, "zero"),
        ("客户,数量\n甲,1\n".encode(), NotAWorkbook, "CSV"),
        (b"<html><table><tr><td>1</td></tr></table>", NotAWorkbook, "web page"),
        (b"%PDF-1.7 ...", NotAWorkbook, "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook".ljust(600, b"\0"), NotAWorkbook, ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Locked, "password"),
        (b"PK\x03\x04 and then nothing", DamagedWorkbook, "cut off"),
    ],
)
def test_a_file_that_is_no_workbook_is_told_for_what_it_is(tmp_path, content, kind, word):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    found = trouble(path)
    assert isinstance(found, kind)
    assert word in found.message.en


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "customXml/item1.xml", "xl/sharedStrings.xml"]
)
def test_a_doctype_in_any_part_is_refused(tmp_path, part):
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    path = bare(tmp_path / "a.xlsx", HEADER + ROW, parts={part: evil})
    assert isinstance(trouble(path), SuspiciousWorkbook)


def test_a_bomb_is_refused_whatever_its_headers_say(tmp_path):
    path = bare(
        tmp_path / "a.xlsx", HEADER + ROW, parts={"xl/sharedStrings.xml": "<sst>" + " " * 30_000_000 + "</sst>"}
    )
    assert "swells" in trouble(path).message.en
    raw = path.read_bytes().replace((30_000_011).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(raw)
    assert isinstance(trouble(path), DamagedWorkbook)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_stands_there_twice_is_refused(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + ROW)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", "<worksheet/>")
    assert isinstance(trouble(path), SuspiciousWorkbook)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A9"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZZ99999999"><v>1</v></c></row>',
        '<row r="2"><c r="XFE2"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c>',
        '<row r="2"><c r="A2"><v>1</c></row>',
    ],
)
def test_rows_and_cells_out_of_place_are_refused(tmp_path, rows):
    path = bare(tmp_path / "a.xlsx", HEADER + rows)
    assert isinstance(trouble(path), SheetNotUnderstood | DamagedWorkbook)


def test_a_shared_string_that_is_not_there_is_damage(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + '<row r="2"><c r="A2" t="s"><v>77</v></c></row>')
    assert isinstance(trouble(path), DamagedWorkbook)


@pytest.mark.parametrize("value", ["NaN", "1e999", "-INF", "x", "9" * 10_000])
def test_what_is_no_number_sets_its_row_aside(tmp_path, value):
    rows = f'<row r="2"><c r="A2"><v>{value}</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + rows))
    assert list(sheet.rows()) == [(3, ["3", ""])]
    assert [aside.row for aside in sheet.aside] == [2]


def test_a_cell_beyond_32767_characters_sets_its_row_aside(tmp_path):
    long = f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"长" * 32_768}</t></is></c></row>'
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + long))
    assert list(sheet.rows()) == []
    assert "32,767" in sheet.aside[0].reason.en


def test_a_lying_dimension_hides_no_row(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 12))
    path = bare(tmp_path / "a.xlsx", HEADER + rows, before='<dimension ref="A1:A2"/>')
    assert len(rows_of(path)) == 10


def test_the_farthest_cell_of_all_is_read_without_filling_the_memory(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert rows_of(path) == [["1", ""]]


def test_foreign_bytes_before_and_after_the_zip_are_no_harm(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + ROW)
    path.write_bytes(b"junk before" + path.read_bytes() + b"junk after")
    assert rows_of(path) == [["1", ""]]


def test_a_truncated_file_is_refused_at_every_length(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + ROW)
    whole = path.read_bytes()
    for size in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:size])
        assert path.name in trouble(path).message.zh


def mutated(whole: bytes, chance: random.Random) -> bytes:
    raw = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def is_read(path) -> bool:
    """Whether a workbook was read; otherwise it was refused. Anything but FileTrouble fails the test."""
    try:
        assert all(isinstance(text, str) for _, texts in opened_any(path).rows() for text in texts)
    except FileTrouble:
        return False
    return True


def share_read(path, rounds: int, seed: int) -> float:
    """How many of the mutations of a workbook were read."""
    whole, chance, read = path.read_bytes(), random.Random(seed), 0
    for _ in range(rounds):
        path.write_bytes(mutated(whole, chance))
        read += is_read(path)
    return read / rounds


def stored(path):
    """The same workbook without compression, so that mutations reach the XML; checksums are not in the way."""
    content = {}
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def test_a_mutated_workbook_is_read_or_refused(tmp_path):
    assert 0 < share_read(bare(tmp_path / "a.xlsx", HEADER + ROW), 400, 1) < 1


def test_mutated_xml_is_read_or_refused(tmp_path):
    chance, whole = random.Random(3), (HEADER + ROW).encode()
    mutations = (mutated(whole, chance).decode("latin-1") for _ in range(400))
    read = [is_read(bare(tmp_path / "a.xlsx", rows)) for rows in mutations]
    assert 0 < sum(read) < 400


@pytest.mark.slow
def test_ten_thousand_mutated_workbooks_are_read_or_refused(tmp_path):
    assert 0 < share_read(stored(bare(tmp_path / "a.xlsx", HEADER + ROW)), 5000, 5) < 1
    assert 0 < share_read(bare(tmp_path / "b.xlsx", HEADER + ROW), 5000, 7) < 1


@pytest.mark.parametrize("style", ["x", "-7", "9" * 5000])
def test_a_style_that_makes_no_sense_ends_in_a_sentence_or_is_passed_over(tmp_path, style):
    path = bare(tmp_path / "a.xlsx", f"{HEADER}<row r='2'><c r='A2' s='{style}'><v>1</v></c></row>")
    try:
        assert rows_of(path) == [["1", ""]]
    except FileTrouble as trouble:
        assert isinstance(trouble, DamagedWorkbook)  # noqa: PT017 - either way is right


def test_a_sheet_with_absurd_furniture_or_an_absurd_row_is_refused(tmp_path):
    links = "".join(f'<hyperlink ref="A{n}" location="somewhere far away in the book"/>' for n in range(600_000))
    path = bare(tmp_path / "a.xlsx", HEADER + ROW, after=f"<hyperlinks>{links}</hyperlinks>")
    assert isinstance(trouble(path), SuspiciousWorkbook)

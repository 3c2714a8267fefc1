"""A sheet read by columns is the sheet read by rows: texts, rows set aside, and what a person is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from salesaid.core.errors import FileTrouble
from salesaid.storage import xlsx_tokens
from salesaid.storage.xlsx_arrow import _made
from salesaid.storage.xlsx_numbers import digits_lost
from salesaid.storage.xlsx_read import Unusable, Words, cell_text
from salesaid.storage.xlsx_strings import SharedStrings
from salesaid.storage.xlsx_tokens import FORMULA, INLINE, KEPT, VALUE, Kind
from tests.storage.xlsx_books import DATA, HEADER, MAIN, OFFICE, bare, opened, sample_sheets

STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t> 骏业 </t></si><si><t xml:space="preserve"> a&amp;b_x0041_</t></si><si/><si><r>'
    "<t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></si></sst>"
)
FORMATS = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 2))
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs>{FORMATS}</cellXfs></styleSheet>'
RELATED = "".join(
    f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    for n, (kind, target) in enumerate(
        (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")), 1
    )
)
RELATIONS = (
    f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{RELATED}</Relationships>'
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{{}}"/><sheets>'
    '<sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
CELLS = (
    "", "", ' s="0"><v>{n}</v>', "><v>45{n}.5</v>", ' s="1" t="n"><v>45{n}</v>', ' s="2"><v>45{n}.75</v>',
    ' s="1"><v>-3</v>', ' t="s"><v>0</v>', ' t="s"><v>1</v>', ' t="s"><v>2</v>', ' t="s"><v>3</v>',
    ' t="inlineStr"><is><t> 第 {n} 行 </t></is>',
    ' t="inlineStr"><is><t xml:space="preserve"> {n} </t></is>', ' s="3"/>',
    ' s="1" />', "><v></v>", "><v/>", ' t="s"><v></v>', ' t="s"><v> 1</v>', ' t="n"><v>0123</v>', "><v>1e3</v>",
    "><v>0.30000000000000004</v>", "><v>-0</v>", ' t="inlineStr"><is><t>a&#10;b&lt;_x000D_</t></is>',
    ' t="inlineStr"><is><t>两\n行 > 一</t></is>', ' t="b"><v>1</v>', ' t="inlineStr"><is><t>\r\n</t></is>',
    ' t="inlineStr"><is><r><t>甲</t></r></is>', ' t="e"><v>#N/A</v>', "><f>1+1</f><v>2</v>",
    '><f t="shared" si="0"/><v>3</v>', ' t="str"><f>A1</f><v>甲&amp;_x0041_ </v>', "><f>A1>1</f>", "><f>1</f><v></v>",
    ' t="str"><f>A1</f><v></v>', ' t="e"><f>1/0</f><v>#DIV/0!</v>', ' t="b"><f>TRUE</f><v>0</v>',
    "><f>9</f><v>12345678901234567890</v>", "><v>12345678901234567890</v>", "><v>abc</v>", "><v>5</t></is>",
    ' t="inlineStr"><is><t>5</v>', " s='0'><v>7</v>", ' t="inlineStr"><v>7</v>', ' x="1"><v>7</v>', ' s="99"><v>7</v>',
    ' t="inlineStr"><is><t/></is>', ' t="d"><v>2026-11-23T00:00:00</v>', ' t="z"><v>z</v>', ' t="n"><is><t>z</t></is>',
    "><v>4&#49;</v>", "><v> 7 </v>", ' t="str"><v>\u3000</v>', ' t="inlineStr"><is><t>\x85</t></is>', " ><v>8</v>",
    ' t="inlineStr"><is><t>甲</t><phoneticPr fontId="1"/></is>', ' t="inlineStr"><is><t>甲</t></is><extLst/>',
)  # fmt: skip
TROUBLE = (' t="s"><v>99</v>', ' t="s"><v>-1</v>')
ROWS = (
    '<row r="{n}">{c}</row>', '<row r="{n}" spans="1:2" ht="15.5">{c}</row>', '<row r="{n}" hidden="1">{c}</row>',
    '<row r="{n}">{c}</row>\n', '<row r="{n}">\n{c}\n</row>', "<row>{c}</row>", "<row r='{n}' hidden='true'>{c}</row>",
    '<row spans="1:2" r="{n}">{c}</row>', '<row r="{n}"/>', '<row r="{n}"></row>', '<row r="0{n}">{c}</row>',
    '<row r="{n}" hidden="false" customHeight="1">{c}</row>', '<row r="{n}">{c}<c r="C{n}"><v>abc</v></c></row>',
    '<row r="{n}" s="a>b">{c}</row>', '<row r="{n}">{c}<c r="AB{n}"/></row>',
)  # fmt: skip
WRONG = (
    '<row r="{n}">{c}<c r="A{n}"><v>1</v></c></row>', '<row r="7">{c}</row>', '<row r="{n}">{c}</row>x',
    '<row r="{n}"><c r="A1"><v>1</v></c></row>', '<row r="{n}"><c r="A41"><v>1</v></c></row>',
    "<row r='{n}'>{c}</row>x", 'x<row r="{n}">{c}</row>', '<row r="{n}">{c}',
)  # fmt: skip


def row_of(number, kinds, shape):
    """A row with cells of these kinds."""
    cells = ""
    for letter, kind in zip("AB", kinds, strict=True):
        closed = "" if kind.endswith("/>") and "<" not in kind else "</c>"
        cells += f'<c r="{letter}{number}"{kind.replace("{n}", str(number))}{closed}' if kind else ""
    return shape.replace("{n}", str(number)).replace("{c}", cells)


def outcome(rows):
    try:
        return list(rows)
    except FileTrouble as trouble:
        return type(trouble)


def told(sheet):
    return list(sheet.aside), dict(sheet.unsaved), sheet.notes()


def by_columns(sheet):
    """The rows of a sheet as its columns have them; None where it is not read so."""
    found = sheet.columns({0}, {len(sheet.headings) - 1})
    if found is None:
        return None
    texts = [column.to_pylist() for column in found.every]
    rows = list(zip(found.numbers.tolist(), map(list, zip(*texts, strict=True)), strict=True))
    places = list(range(0, found.length, 3))
    assert list(found.rows(places)) == rows[::3]
    assert {at: column.to_pylist() for at, column in found.plain.items()} == {len(texts) - 1: texts[-1]}
    assert all(column.dictionary.to_pylist() == list(dict.fromkeys(column.to_pylist())) for column in found.every)
    return rows


def book(path, xml, *, from_1904=False):
    parts = {
        "xl/sharedStrings.xml": STRINGS,
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": WORKBOOK.format(int(from_1904)),
        "xl/_rels/workbook.xml.rels": RELATIONS,
    }
    return opened(bare(path, HEADER + xml, parts=parts), header_row=1)


some = st.lists(
    st.tuples(st.sampled_from(CELLS), st.sampled_from(CELLS), st.sampled_from((*ROWS[:1] * 20, *ROWS))), min_size=1
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(some, st.booleans(), st.sampled_from((1, 300, 1 << 22)))
@example([(kind, CELLS[2], ROWS[0]) for kind in CELLS], False, 300)
@example([(CELLS[3], kind, ROWS[0]) for kind in CELLS], True, 1 << 22)
@example([(CELLS[3], CELLS[11], shape) for shape in ROWS], False, 100)
def test_columns_are_the_rows(tmp_path_factory, monkeypatch, rows, from_1904, piece):
    monkeypatch.setattr(xlsx_tokens, "_CHUNK", piece)
    xml = "".join(row_of(number, kinds, shape) for number, (*kinds, shape) in enumerate(rows, 2))
    sheet = book(tmp_path_factory.mktemp("arrow") / "a.xlsx", xml, from_1904=from_1904)
    found = outcome(sheet.rows())
    facts = told(sheet)
    columns = by_columns(sheet)
    if isinstance(found, list):
        assert columns == found
        assert told(sheet) == facts
    else:
        assert columns is None


@pytest.mark.parametrize("cell", TROUBLE)
def test_what_cannot_be_read_by_rows_is_not_read_by_columns(tmp_path, cell):
    sheet = book(tmp_path / "a.xlsx", row_of(2, (CELLS[2], cell), ROWS[0]))
    assert isinstance(outcome(sheet.rows()), type)
    assert by_columns(sheet) is None


@pytest.mark.parametrize("shape", WRONG)
def test_cells_and_rows_out_of_place_are_left_to_the_reader_of_rows(tmp_path, shape):
    xml = "".join(row_of(number, CELLS[2:4], ROWS[0]) for number in range(2, 40))
    sheet = book(tmp_path / "a.xlsx", xml + row_of(40, ("", CELLS[3]), shape) + row_of(41, CELLS[2:4], ROWS[0]))
    assert isinstance(outcome(sheet.rows()), type)
    assert by_columns(sheet) is None


def three(folder):
    return book(folder / "a.xlsx", "".join(row_of(number, CELLS[2:4], ROWS[number % 3]) for number in range(2, 5)))


def test_columns_are_kept_and_the_xml_is_not(tmp_path):
    sheet = three(tmp_path)
    found, facts = by_columns(sheet), told(sheet)
    assert "data" not in sheet.__dict__
    assert not sheet.zipped.held
    assert outcome(sheet.rows()) == found == by_columns(sheet)
    next(sheet.rows())
    assert (by_columns(sheet), told(sheet)) == (found, facts)
    assert sheet.last_rows(1) == [found[-1][1]]


def test_bytes_that_are_no_utf_8_are_left_to_the_reader_of_rows(tmp_path):
    sheet = three(tmp_path)
    wrong = sheet.data.xml.replace(b"<v>453.5</v>", b"<v>453\xff5</v>")
    sheet.__dict__["data"] = sheet.data._replace(xml=wrong)
    assert isinstance(outcome(sheet.rows()), type)
    assert by_columns(sheet) is None


def test_a_sheet_with_cells_merged_over_rows_is_read_by_rows(tmp_path):
    xml = row_of(2, CELLS[2:4], ROWS[0]) + row_of(3, ("", CELLS[3]), ROWS[0])
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + xml, after=merged))
    assert outcome(sheet.rows()) == [(2, ["2", "452.5"]), (3, ["2", "453.5"])]
    assert by_columns(sheet) is None


numbers = st.one_of(
    st.from_regex(r"-?[0-9]{0,17}\.?[0-9]{0,17}(e-?[0-9]{1,2})?", fullmatch=True), st.integers().map(str),
    st.floats().map(repr), st.decimals(allow_nan=False, places=4).map(str), st.text("0123456789.-e &;#\n", max_size=6),
)  # fmt: skip


@given(st.sampled_from((VALUE, FORMULA)), st.sampled_from(("", "1", "2", "7")), numbers)
def test_a_number_has_the_text_of_its_cell(shape, style, raw):
    import pyarrow as pa

    words = Words(SharedStrings(None, "a.xlsx"), ("", "date", "datetime"), from_1904=False)
    texts, wrong = _made(Kind(shape, style, "n"), pa.array([raw]), words)
    try:
        text = cell_text(words, ("A", "2", style, "n", "", raw, "", ""))
    except Unusable:
        assert wrong.tolist() == [True]
    else:
        assert wrong.tolist() == [shape == VALUE and len(raw) > 15 and digits_lost(raw)]
        assert wrong[0] or texts.to_pylist() == [text]


@given(st.sampled_from((INLINE, KEPT)), st.text(st.sampled_from(" \t\r\n\u3000\x85a_x0041&lt;甲")))
def test_a_text_is_the_text_of_its_cell(shape, raw):
    import pyarrow as pa

    words = Words(SharedStrings(None, "a.xlsx"), (), from_1904=False)
    texts, wrong = _made(Kind(shape, "", "inlineStr"), pa.array([raw]), words)
    assert texts.to_pylist() == [
        cell_text(words, ("A", "2", "", "inlineStr", "", "", " " if shape == KEPT else "", raw))
    ]
    assert not wrong.any()


def test_every_sample_workbook_has_the_same_columns_and_rows():
    if not DATA.exists():
        pytest.skip("../shared/data is not here")
    compared = 0
    for file, sheet in sample_sheets():
        rows = outcome(sheet.rows())
        facts, columns = told(sheet), by_columns(sheet)
        assert columns is None or (columns, told(sheet)) == (rows, facts), file
        compared += len(columns or ())
    assert compared > 500

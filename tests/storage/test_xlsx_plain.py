"""Plain rows read many at a time are the rows that expat reads one by one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.core.errors import FileTrouble
from salesaid.storage.xlsx_plain import PlainRows
from salesaid.storage.xlsx_read import Reader, Unusable, cell_text
from salesaid.storage.xlsx_sheet import cells_by_expat, merges, plain, shell, spans
from tests.storage.xlsx_books import DATA, HEADER, MAIN, bare, opened, sample_sheets

STRINGS = f'<sst xmlns="{MAIN}"><si><t> 骏业 </t></si><si><t xml:space="preserve"> a&amp;b_x0041_</t></si><si/></sst>'
PLAIN = (
    ' s="0"><v>{n}</v>', "><v>45{n}</v>", "><v>0.30000000000000004</v>", ' s="0" t="n"><v>1.50</v>', ' t="s"><v>0</v>',
    ' t="s"><v>1</v>', ' t="inlineStr"><is><t> 第 {n} 行 </t></is>',
    ' t="inlineStr"><is><t xml:space="preserve"> {n} </t></is>', "><f>A{n}*2</f><v>{n}.5</v>",
    ' s="0"><f t="shared" si="0"/><v>7</v>',
)  # fmt: skip
ODD = (
    "/>", ' s="1" />', "><v></v>", ' t="s"><v>2</v>', ' t="s"><v></v>', ' t="s"><v> 1</v>', ' t="n"><v>0123</v>',
    ' t="inlineStr"><is><t>a&#10;b&lt;_x000D_</t></is>', ' t="inlineStr"><is><t>两\n行</t></is>', ' t="b"><v>1</v>',
    ' t="inlineStr"><is><t>\r\n</t></is>', ' t="inlineStr"><is><r><t>甲</t></r></is>', ' t="e"><v>#N/A</v>',
    "><f>1+1</f><v>2</v>", "><f>1+1</f><v></v>", "><f>1+1</f>", ' t="str"><f>A1</f><v>甲 </v>', "><f>A1</f><v> </v>",
    "><f>1</f><v>12345678901234567890</v>", ' t="e"><f>1/0</f><v>#DIV/0!</v>', "><v>12345678901234567890</v>",
    ' t="inlineStr"><f>1</f><is><t>1</t></is>', "><v>abc</v>", "><v>1e3</v>", ' t="s"><v>99</v>',
    "><v>5</t></is>", ' t="inlineStr"><is><t>5</v>', " s='0'><v>7</v>", ' t="inlineStr"><v>7</v>', ' x="1"><v>7</v>',
    ' t="inlineStr"><is><t/></is>', ' s="9"><v>-3</v>', ' t="s"><v>-1</v>', ' t="d"><v>2026-11-23</v>',
)  # fmt: skip
ATTRIBUTES = ("", ' spans="1:2" ht="15.5"', ' hidden="1"', ' hidden="false"', " hidden='true'", ' hidden = "1"')


def row_of(number, kinds, attributes=""):
    cells = ""
    for letter, kind in zip("AB", kinds, strict=True):
        closed = "" if kind.endswith("/>") else "</c>"
        cells += f'<c r="{letter}{number}"{kind.replace("{n}", str(number))}{closed}' if kind else ""
    return f'<row r="{number}"{attributes}>{cells}</row>'


def by_expat(sheet):
    data = plain(sheet.data)
    reader = Reader(data, sheet.words, merges(shell(data)), len(sheet.headings))
    previous = 0
    for span in spans(data):
        previous = span.number or previous + 1
        try:
            texts = reader.texts(previous, cells_by_expat(data, span._replace(number=previous)))
        except Unusable:
            continue
        if texts is not None and previous > sheet.header_row:
            yield previous, texts


def outcome(rows):
    try:
        return list(rows)
    except FileTrouble as trouble:
        return type(trouble)


kinds = st.tuples(st.sampled_from(("", *PLAIN)), st.sampled_from(PLAIN))
odd = st.tuples(st.sampled_from(("", *PLAIN, *ODD)), st.sampled_from(("", *PLAIN, *ODD)))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(kinds, st.lists(st.tuples(odd, st.sampled_from(ATTRIBUTES), st.integers(0, 60)), max_size=4))
def test_rows_of_every_shape_read_as_by_expat(tmp_path_factory, most, others):
    rows = {number: row_of(number, most) for number in range(2, 112, 1 + len(others) % 2)}
    for those, attributes, place in others:
        rows[place + 40] = row_of(place + 40, those, attributes)
    xml = "".join(rows[number] for number in sorted(rows))
    folder = tmp_path_factory.mktemp("plain")
    sheet = opened(bare(folder / "a.xlsx", HEADER + xml, parts={"xl/sharedStrings.xml": STRINGS}))
    assert outcome(sheet.rows()) == outcome(by_expat(sheet))
    assert outcome(row for block in sheet.blocks() for row in zip(*block, strict=True)) == outcome(by_expat(sheet))


def test_rows_out_of_order_are_still_refused(tmp_path):
    rows = [row_of(number, PLAIN[:2]) for number in range(2, 102)]
    rows[40], rows[41] = rows[41], rows[40]
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + "".join(rows)))
    with pytest.raises(FileTrouble, match="42"):
        list(sheet.rows())


def plain_rows(sheet):
    return PlainRows(sheet.data, 2, sheet.words.strings, lambda cell: cell_text(sheet.words, cell), Unusable)


def test_plain_rows_are_taken_together(tmp_path):
    xml = "".join(row_of(number, (PLAIN[5], PLAIN[6 if number % 2 else 2])) for number in range(2, 102))
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + xml, parts={"xl/sharedStrings.xml": STRINGS}))
    start = next(spans(sheet.data)).end
    formulas = "".join(row_of(number, PLAIN[8:]) for number in range(2, 102))
    others = opened(bare(tmp_path / "b.xlsx", HEADER + formulas))
    assert len(plain_rows(others).take(next(spans(others.data)).end, 1).rows) == 100
    rows = plain_rows(sheet)
    taken = rows.take(start, 1)
    assert (len(taken.rows), taken.last, taken.end) == (100, 101, sheet.data.layout.tail)
    assert taken.rows[:2] == [[" a&bA", "0.3"], [" a&bA", "第 3 行"]]


@pytest.mark.parametrize(("attributes", "taken"), [(' hidden="false"', 100), (' hidden="0"', 100), (' hidden="1"', 0)])
def test_rows_that_are_said_not_to_be_hidden_are_plain(tmp_path, attributes, taken):
    """LibreOffice says so of every row."""
    xml = "".join(row_of(number, PLAIN[:2], attributes + ' ht="15"') for number in range(2, 102))
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + xml))
    found = plain_rows(sheet).take(next(spans(sheet.data)).end, 1)
    assert len(found.rows if found else ()) == taken
    assert len(list(sheet.rows())) == 100


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("><f>1+1</f><v></v>", "formula-without-value"),
        ("><v>12345678901234567890</v>", "digits-lost"),
        (' t="e"><v>#N/A</v>', "error-cells"),
        (' t="e"><f>1/0</f><v>#DIV/0!</v>', "error-cells"),
    ],
)
def test_what_a_person_should_know_of_is_found_among_plain_rows(tmp_path, cell, code):
    rows = [row_of(number, (PLAIN[0], cell if number == 60 else PLAIN[8])) for number in range(2, 102)]
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + "".join(rows)))
    assert len(list(sheet.rows())) == 100
    assert [(name, "B60" in text.en) for name, text in sheet.notes()] == [(code, True)]


def test_every_sample_workbook_reads_as_by_expat():
    if not DATA.exists():
        pytest.skip("../shared/data is not here")
    compared = 0
    for file, sheet in sample_sheets():
        rows = outcome(sheet.rows())
        assert rows == outcome(by_expat(sheet)), (file, sheet.facts["sheet"])
        compared += len(rows) if isinstance(rows, list) else 0
    assert compared > 500


def test_a_line_end_beside_rich_text_is_a_line_end(tmp_path):
    kinds_ = (' t="inlineStr"><is><t>两\n行</t></is>', ' t="inlineStr"><is><r><t>甲</t></r></is>')
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + row_of(2, kinds_), parts={"xl/sharedStrings.xml": STRINGS}))
    assert outcome(sheet.rows()) == [(2, ["两\n行", "甲"])]

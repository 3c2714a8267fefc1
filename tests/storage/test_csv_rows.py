"""The rows of CSV ledgers: every character as it stands, no row lost in silence."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.storage import csv_trouble
from tests.storage.csv_files import COLUMNS, DATA, HEAD, opened, read, rows_and_aside


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("book")


# Rows


@pytest.mark.parametrize(
    "text", ["NA", "null", "None", "00123", "1E5", "TRUE", "MAR1", "110101199003071234", "'007", "１２３", " A "]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_come_out_character_for_character(tmp_path, text, end):
    assert read(tmp_path, f"no,name,qty{end}1,{text},2{end}".encode()) == [(2, ["1", text, "2"])]


def test_blank_lines_and_rows_of_empty_cells_are_no_rows(tmp_path):
    rows, aside = rows_and_aside(tmp_path, HEAD + b"\n  \n,,\n1,a,2\n\r\n,\n,b,\n\n\n")
    assert rows == [(5, ["1", "a", "2"]), (8, ["", "b", ""])]
    assert aside == []


def test_empty_cells_after_the_last_heading_are_tolerated_and_counted(tmp_path):
    with opened(tmp_path, HEAD + b"1,a,2,\n2,b,3,,,\n3,c,4\n") as sheet:
        assert [cells for _, cells in sheet.rows()] == [["1", "a", "2"], ["2", "b", "3"], ["3", "c", "4"]]
        assert "2" in dict(sheet.notes())["extra-empty-cells"].zh


def test_cells_under_blank_last_headings_may_be_missing(tmp_path):
    rows, aside = rows_and_aside(tmp_path, b"no,name,qty,,\n1,a,2\n2,b,3,x,\n3,c\n")
    assert rows == [(2, ["1", "a", "2", "", ""]), (3, ["2", "b", "3", "x", ""])]
    assert [found.row for found in aside] == [4]


@pytest.mark.parametrize(
    "bad", [b"1,a", b"1,a,2,3", b'1, "a,b",2', b'1,"a"b,2', b"x" * (1 << 20) + b"x,a,2", b"\0\0\0", b"1,\0,2"]
)
def test_a_row_that_cannot_be_trusted_is_set_aside_with_its_line(tmp_path, bad):
    rows, aside = rows_and_aside(tmp_path, HEAD + b"1,a,2\n" + bad + b"\n3,c,4\n")
    assert rows == [(2, ["1", "a", "2"]), (4, ["3", "c", "4"])]
    assert [found.row for found in aside] == [3]
    assert all(found.reason.zh != found.reason.en for found in aside)


@pytest.mark.parametrize(
    "data",
    [
        b'1,a,2\n2,"b,3\n3,c,4\n',
        b'1,a,2\n2,"b,3\n3,"c",4\n',
        b'1,a,2\n2,b,"3',
        b'1,a,2\n2,"' + b"b\n" * ((1 << 19) + 1) + b'",3\n',
    ],
)
def test_a_quote_that_is_not_closed_ends_the_reading_with_its_line(tmp_path, data):
    with opened(tmp_path, HEAD + data) as sheet, pytest.raises(csv_trouble.UnclosedQuote) as caught:
        list(sheet.rows())
    assert caught.value.where.row == 3


def test_a_cell_that_swallowed_rows_is_noted(tmp_path):
    with opened(tmp_path, HEAD + b'1,"a,2\n2,b,3\n3,c",4\n4,"two\nlines",5\n') as sheet:
        assert [line for line, _ in sheet.rows()] == [2, 5]
        assert [code for code, _ in sheet.notes()] == ["rows-in-a-cell"]


PIECES = {
    "1,a,2\n": (1, 1, 0),
    '1,"a\nb\r\nc",2\n': (3, 1, 0),
    "1,a,2,\n": (1, 1, 0),
    "1,a\n": (1, 0, 1),
    "1,a,2,3\n": (1, 0, 1),
    '1,"a"b,2\n': (1, 0, 1),
    "\0\n": (1, 0, 1),
    "\n": (1, 0, 0),
    ",,\n": (1, 0, 0),
}


@settings(max_examples=80)
@given(pieces=st.lists(st.sampled_from(sorted(PIECES)), max_size=30))
def test_rows_used_and_rows_set_aside_are_all_the_rows_of_the_file(place, pieces):
    rows, aside = rows_and_aside(place, HEAD + "".join(pieces).encode())
    line, used, refused = 2, [], []
    for piece in pieces:
        lines, good, bad = PIECES[piece]
        used += [line] * good
        refused += [line] * bad
        line += lines
    assert ([row for row, _ in rows], [found.row for found in aside]) == (used, refused)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@settings(max_examples=150)
@given(
    rows=st.lists(st.tuples(st.just("x"), TEXTS, TEXTS), max_size=5),
    delimiter=st.sampled_from(",;\t|"),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_csv_writes_comes_back(place, rows, delimiter, codec, end):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    data = text.getvalue().encode(codec)
    with opened(place, data) as sheet:
        assert [tuple(cells) for _, cells in sheet.rows()] == rows
        assert sheet.aside == []
        assert sheet.last_rows(3) == [list(row) for row in rows[-3:]]


# The expected JSON of location_coordinates holds another telephone number than its CSV.
SPECTRUM = sorted({path.stem for path in (DATA / "csv" / "csvs").glob("*.csv")} - {"location_coordinates"})


@pytest.mark.skipif(not DATA.exists(), reason="the csv-spectrum files are not here")
@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum_is_read_as_its_authors_mean_it(name):
    want = json.loads((DATA / "csv" / "json" / f"{name}.json").read_text("utf-8"))
    with opened(DATA / "csv" / "csvs" / f"{name}.csv", test=len) as sheet:
        got = [dict(zip(sheet.headings, cells, strict=True)) for _, cells in sheet.rows()]
        assert got == want
        assert sheet.aside == []


@pytest.fixture(scope="module")
def retail(tmp_path_factory):
    source = DATA / "online_retail.csv.gz"
    if not source.exists():
        pytest.skip("online_retail.csv.gz is not here")
    path = tmp_path_factory.mktemp("retail") / "retail.csv"
    path.write_bytes(gzip.decompress(source.read_bytes()))
    return path


@pytest.mark.slow
def test_the_541909_rows_of_online_retail_are_all_read(retail):
    with opened(retail) as sheet:
        assert sum(int(cells[3]) for _, cells in sheet.rows()) == 5176450
        assert sheet.aside == []
        assert sheet.mark().line == 541_911
        assert sheet.last_rows(1)[0][:2] == ["581587", "22138"]


@pytest.mark.skipif(not DATA.exists(), reason="online_retail.csv.gz is not here")
def test_the_first_rows_of_online_retail_are_read(tmp_path):
    with gzip.open(DATA / "online_retail.csv.gz") as packed:
        data = b"".join(packed.readline() for _ in range(5001))
    rows, aside = rows_and_aside(tmp_path, data)
    assert rows == [(n, cells) for n, cells in enumerate(csv.reader(io.StringIO(data.decode())), 1) if n > 1]
    assert aside == []


def test_memory_stays_flat_however_long_the_file(tmp_path):
    (tmp_path / "orders.csv").write_bytes(HEAD + b"1,some name of a customer,2\n" * 120_000)
    tracemalloc.start()
    with opened(tmp_path) as sheet:
        assert sum(1 for _ in sheet.rows()) == 120_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000


# Last rows


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.sampled_from(["a", 'b"', "c\nd", ',"\n",', "", "e,f", 'x","y', "\r\n"]), min_size=1, max_size=12),
    repeat=st.sampled_from([1, 1000]),
    count=st.integers(0, 7),
)
def test_last_rows_are_the_last_of_all_rows(place, texts, repeat, count):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *([str(n), texts[n % len(texts)], "z"] for n in range(len(texts) * repeat))])
    with opened(place, text.getvalue().encode()) as sheet:
        rows = [cells for _, cells in sheet.rows()]
        assert sheet.last_rows(count) == (rows[-count:] if count else [])


def test_last_rows_are_not_taken_from_the_inside_of_a_cell(tmp_path):
    inside = "x,y,z\n" * 20_000
    with opened(tmp_path, HEAD + f'9,"{inside}",1\n10,5",2\n'.encode()) as sheet:
        assert sheet.last_rows(2) == [["9", inside, "1"], ["10", '5"', "2"]]


def test_last_rows_leave_out_what_is_set_aside(tmp_path):
    with opened(tmp_path, HEAD + b"1,a,2\n2,b\n3,c,4,\n4,d,5,6\n\n") as sheet:
        assert sheet.last_rows(5) == [["1", "a", "2"], ["3", "c", "4"]]


def test_last_rows_of_a_long_file_do_not_read_all_of_it(tmp_path):
    with opened(tmp_path, HEAD + b"1,a,2\n" * 300_000) as sheet:
        os.truncate(tmp_path / "orders.csv", 0)
        (tmp_path / "orders.csv").write_bytes(b"\n" * (sheet.stamp.size - 12) + b"8,y,9\n9,z,1\n")
        assert sheet.last_rows(2) == [["8", "y", "9"], ["9", "z", "1"]]

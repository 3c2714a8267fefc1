"""CSV ledgers are changed: only our bytes, in the file's own dialect, and read back as they were meant."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.storage import csv_trouble
from salesaid.storage.contract import Cell, CellEdit, Spot, View
from salesaid.storage.csv_store import STORE
from salesaid.storage.trouble import ChangedElsewhere

NAUGHTY = Path(__file__).parents[2] / ".." / "shared" / "data" / "naughty_strings.json"
HEADINGS = {"no", "name", "qty", "单号", "客户", "数量"}
HEAD = b"no,name,qty\n"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10)


def heads(cells):
    return sum(cell in HEADINGS for cell in cells)


@contextmanager
def opened(path, data=None, **given_):
    if data is not None:
        path.write_bytes(data)
    sheet = STORE.open(Spot(path), heads, **given_)
    try:
        yield sheet
    finally:
        sheet.close()


def cells(*texts):
    return [None if text is None else Cell(text, text) for text in texts]


def added(path, *rows, data=None):
    """The file's bytes after these rows are added; the plan itself touches nothing."""
    with opened(path, data) as sheet:
        before = path.read_bytes()
        splice = sheet.append([cells(*row) for row in rows])
        assert path.read_bytes() == before
        assert (splice.offset, splice.old, splice.basis) == (len(before), b"", sheet.stamp)
    path.write_bytes(before + splice.new)
    return before + splice.new


def read(path):
    with opened(path) as sheet:
        rows = [row for _, row in sheet.rows()]
        assert sheet.aside == []
        return rows


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("book") / "orders.csv"


# Adding rows


STARTS = [
    "单号,客户,数量\r\n1,𠮷,2\r\n",
    "单号;客户;数量\n1;𠮷;2",
    'no\tname\tqty\n"1"\t"𠮷"\t"2"\n',
    "no|name|qty\r1|𠮷|2|\r",
]


@settings(max_examples=250)
@given(
    rows=st.lists(st.tuples(st.just("x"), TEXTS, TEXTS), min_size=1, max_size=4),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    start=st.sampled_from(STARTS),
)
def test_what_is_added_reads_back_character_for_character(file, rows, codec, start):
    added(file, *rows, data=start.encode(codec))
    assert [row[:3] for row in read(file)] == [["1", "𠮷", "2"], *map(list, rows)]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="naughty_strings.json is not here")
@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16"])
def test_naughty_strings_are_added_and_read_back(file, codec):
    rows = [["1", text, text] for text in json.loads(NAUGHTY.read_text("utf-8")) if "\0" not in text]
    added(file, *rows, data="no,name,qty\r\n1,𠮷,2\r\n".encode(codec))
    assert read(file)[1:] == rows


TAILS = ["", "{e}", "{e}{e}{e}", "unended"]
DIALECTS = [
    *product(["utf-8", "utf-8-sig", "gb18030"], [",", ";", "\t"], ["\n", "\r\n", "\r"], [TAILS[1]]),
    *product(["utf-16", "utf-8"], [","], ["\n", "\r\n", "\r"], TAILS[2:]),
    ("utf-8", "|", "\n", "{e}"),
    ("utf-16", ";", "\r\n", "{e}"),
]
HABITS = ["{}", '"{}"']


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize(("codec", "delimiter", "end", "tail"), DIALECTS)
@pytest.mark.parametrize("times", [3, pytest.param(150, marks=pytest.mark.slow)])
def test_adding_leaves_every_byte_that_was_there(tmp_path, codec, delimiter, end, tail, habit, times):
    path = tmp_path / "orders.csv"
    lines = [["单号", "客户", "数量"], ["1", "重庆", "2"], ["2", "上海", "3"]]
    text = end.join(delimiter.join(habit.format(cell) for cell in line) for line in lines)
    path.write_bytes((text + ("" if tail == "unended" else tail.format(e=end))).encode(codec))
    for n in range(times):
        before = path.read_bytes()
        after = added(path, [str(n), "张三", "7"])
        line = delimiter.join(habit.format(cell) for cell in (str(n), "张三", "7")) + end
        start = end if tail == "unended" and n == 0 else ""
        assert hashlib.sha256(after[: len(before)]).digest() == hashlib.sha256(before).digest()
        assert after[len(before) :] == (start + line).encode(
            codec.replace("utf-8-sig", "utf-8").replace("utf-16", "utf-16-le")
        )
    assert read(path)[2:] == [[str(n), "张三", "7"] for n in range(times)]


def test_a_header_without_line_end_gets_one_before_the_first_row(file):
    assert added(file, ["1", None, "2"], data=b"no,name,qty") == b"no,name,qty\r\n1,,2\r\n"


def test_the_trailing_comma_of_the_rows_above_is_kept(file):
    assert added(file, ["2", "b", "3"], data=HEAD + b"1,a,2,,\n").endswith(b"\n2,b,3,,\n")


def test_a_column_that_stands_in_quotes_keeps_them(file):
    assert added(file, ["2", "b", "3"], data=HEAD + b'1,"a",2\n1,"c",2\n').endswith(b'\n2,"b",3\n')


def test_quotes_that_the_rows_above_needed_are_no_habit(file):
    assert added(file, ["2", "b", "3"], data=HEAD + b'1,"a,b",2\n').endswith(b"\n2,b,3\n")


@pytest.mark.parametrize("text", ["a,b", 'a"b', "a\nb", "a\rb", " a", "a ", "\u3000a"])
def test_a_text_that_needs_quotes_gets_them(file, text):
    after = added(file, ["2", text, "3"], data=HEAD)
    assert after == HEAD + f'2,"{text.replace(chr(34), chr(34) * 2)}",3\n'.encode()


def test_a_sep_line_stays_the_first(file):
    assert added(file, ["1", "a;b", "2"], data=b"sep=;\nno;name;qty\n") == b'sep=;\nno;name;qty\n1;"a;b";2\n'


@pytest.mark.parametrize("character", ["•", "€", "𠮷"])
def test_a_character_that_gbk_lacks_is_refused_by_name(file, character):
    with opened(file, "单号,客户,数量\n1,甲,2\n".encode("gbk")) as sheet:
        with pytest.raises(csv_trouble.CannotEncode) as caught:
            sheet.append([cells("2", f"甲{character}", "3")])
        assert character in caught.value.message.zh
        assert f"U+{ord(character):04X}" in caught.value.message.en


def test_a_file_that_goes_beyond_gbk_may_go_on_doing_so(file):
    assert "𠮷野家".encode("gb18030") in added(
        file, ["2", "𠮷野家", "3"], data="单号,客户,数量\n1,𠮷,2\n".encode("gb18030")
    )


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "x" * ((1 << 20) + 1)])
def test_a_text_that_could_not_be_read_back_is_refused(file, text):
    with opened(file, HEAD) as sheet, pytest.raises((csv_trouble.CannotEncode, csv_trouble.CellTooLong)):
        sheet.append([cells("1", text, "2")])


def test_nothing_is_added_after_a_quote_that_is_not_closed(file):
    with opened(file, HEAD + b'1,a,2\n2,"b,3\n') as sheet, pytest.raises(csv_trouble.UnclosedQuote):
        sheet.append([cells("3", "c", "4")])


def test_nothing_is_written_to_a_file_with_nul_bytes(file):
    with opened(file, HEAD + b"1,a,2\n" + b"\0" * 300) as sheet:
        with pytest.raises(csv_trouble.DamagedFile):
            sheet.append([cells("3", "c", "4")])
        with pytest.raises(csv_trouble.DamagedFile):
            sheet.edit([CellEdit(2, 1, "a", Cell("b", "b"))])


@pytest.mark.parametrize("view", [View(limit=15), View(instead=Path("other.csv"))])
def test_no_change_is_planned_from_another_view_than_the_file_itself(file, view):
    file.write_bytes(HEAD + b"1,a,2\n")
    file.with_name("other.csv").write_bytes(HEAD)
    view = view._replace(instead=view.instead and file.with_name("other.csv"))
    with opened(file, view=view) as sheet, pytest.raises(ValueError, match="view"):
        sheet.append([cells("2", "b", "3")])


# Changing cells


def test_an_edit_changes_the_bytes_of_its_cells_and_no_others(file):
    data = 'no;name;qty;\r\n"1";"a ""x""\r\ny";2;z\r\n\r\n2;b;3\n3;c'.encode("utf-16")
    edits = [CellEdit(2, 1, 'a "x"\r\ny', Cell("乙", "乙")), CellEdit(5, 2, "3", Cell("4;5", "4;5"))]
    with opened(file, data) as sheet:
        swap = sheet.edit(edits)
        assert swap.basis == sheet.stamp
    assert swap.new.decode("utf-16") == 'no;name;qty;\r\n"1";"乙";2;z\r\n\r\n2;b;"4;5"\n3;c'


@settings(max_examples=150)
@given(
    rows=st.lists(
        st.lists(TEXTS, min_size=3, max_size=3).map(lambda row: ["x" + row[0], *row[1:]]), min_size=1, max_size=5
    ),
    codec=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    text=TEXTS,
    data=st.data(),
)
def test_after_an_edit_the_cell_is_new_and_all_others_are_as_before(file, rows, codec, text, data):
    added(file, *rows, data="no|name|qty\r𠮷||\r".encode(codec))
    with opened(file) as sheet:
        places = [line for line, _ in sheet.rows()][1:]
        row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(1, 2))
        swap = sheet.edit([CellEdit(places[row], column, rows[row][column], Cell(text, text))])
    file.write_bytes(swap.new)
    rows[row][column] = text
    assert read(file)[1:] == rows


@pytest.mark.parametrize("edit", [CellEdit(2, 1, "b", Cell("c", "c")), CellEdit(3, 1, "a", Cell("c", "c"))])
def test_a_cell_that_holds_something_else_is_not_edited(file, edit):
    with opened(file, HEAD + b"1,a,2\n2,b,3\n") as sheet, pytest.raises(ChangedElsewhere):
        sheet.edit([edit])


@pytest.mark.parametrize("row", [0, 1, 4])
def test_the_header_and_what_is_beyond_the_end_are_not_edited(file, row):
    with opened(file, HEAD + b"1,a,2\n2,b,3\n") as sheet, pytest.raises(csv_trouble.NoSuchRow):
        sheet.edit([CellEdit(row, 1, "name", Cell("c", "c"))])


def test_a_missing_last_cell_is_made_by_an_edit(file):
    with opened(file, b"no,name,qty,,\n1,a,2\n") as sheet:
        assert sheet.edit([CellEdit(2, 4, "", Cell("x", "x"))]).new == b"no,name,qty,,\n1,a,2,,x\n"


def test_bytes_that_do_not_decode_survive_an_edit_of_another_row(file):
    data = b"\xef\xbb\xbf" + HEAD + b"1,caf\xe9,2\n2,b,3\n"
    with opened(file, data) as sheet:
        assert sheet.edit([CellEdit(3, 1, "b", Cell("c", "c"))]).new == data.replace(b"b,3", b"c,3")


def test_a_row_longer_than_one_look_is_edited_whole(file):
    long = "y\n" * 20_000
    data = HEAD + f'1,"{long}",2\n2,b,3\n'.encode()
    with opened(file, data) as sheet:
        assert sheet.edit([CellEdit(2, 2, "2", Cell("9", "9"))]).new == data.replace(b'",2\n', b'",9\n')


def test_an_edit_verifies_what_was_written(file):
    with opened(file, HEAD + b"1,a,2\n") as sheet:
        swap = sheet.edit([CellEdit(2, 1, "a", Cell("b", "b"))])
    file.write_bytes(swap.new)
    swap.verify(file)
    file.write_bytes(swap.new[:-1])
    with pytest.raises(csv_trouble.WrittenWrong):
        swap.verify(file)


# New files


def test_a_new_file_is_utf8_with_mark_and_crlf_as_excel_opens_it(tmp_path):
    path = tmp_path / "订单.csv"
    splice = STORE.create(Spot(path), ["单号", "客户"], ["@", "@"], [cells("1", "张三, 李四"), cells("2", None)])
    assert splice.new == '\ufeff单号,客户\r\n1,"张三, 李四"\r\n2,\r\n'.encode()
    assert (splice.path, splice.offset, splice.old, splice.basis) == (path.resolve(), 0, b"", None)
    assert not path.exists()


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(st.just("x"), TEXTS, TEXTS), max_size=4))
def test_a_new_file_reads_back(file, rows):
    splice = STORE.create(Spot(file), ["no", "name", "qty"], ["@"] * 3, [cells(*row) for row in rows])
    file.write_bytes(splice.new)
    assert read(file) == [list(row) for row in rows]


def test_a_new_file_never_starts_like_a_sylk_file(file):
    with pytest.raises(AssertionError, match="SYLK"):
        STORE.create(Spot(file), ["ID", "name"], ["@", "@"], [])

"""CSV ledgers are opened: any encoding and dialect, a snapshot, nothing found out twice."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.core.errors import FileTrouble
from salesaid.storage import csv_trouble, trouble
from salesaid.storage.contract import Aside, Spot, View
from salesaid.storage.csv_layout import Mark
from salesaid.storage.csv_store import STORE
from tests.storage.csv_files import HEAD, heads, never, opened, read, rows_and_aside


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("book")


# Encodings

SHEET = "单号,客户,数量\r\n1,张三—李四,5\r\n2,重庆市渝中区𠮷野家,6\r\n"
READ = [(2, ["1", "张三—李四", "5"]), (3, ["2", "重庆市渝中区𠮷野家", "6"])]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_the_same_ledger_reads_the_same_in_every_encoding(tmp_path, codec):
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    assert read(tmp_path, marks.get(codec, b"") + SHEET.encode(codec.removesuffix("-bom"))) == READ


@settings(max_examples=60)
@given(name=st.text("甲乙丙丁零售批发公司重庆测试—·，。（）", min_size=1, max_size=8))
def test_short_chinese_text_is_never_taken_for_the_other_encoding(place, name):
    text = f"单号,客户,数量\n1,{name},2\n"
    assert read(place, text.encode()) == read(place, text.encode("gb18030")) == [(2, ["1", name, "2"])]


def test_bytes_that_are_of_no_encoding_are_refused_with_their_line(tmp_path):
    with pytest.raises(csv_trouble.UnknownEncoding) as caught:
        read(tmp_path, HEAD + b"1,caf\xe9,3\n")
    assert caught.value.where.row == 2


def test_a_marked_file_sets_aside_the_lines_that_do_not_decode(tmp_path):
    rows, aside = rows_and_aside(tmp_path, b"\xef\xbb\xbf" + HEAD + b"1,caf\xe9,3\n2,b,4\n")
    assert rows == [(3, ["2", "b", "4"])]
    assert [found.row for found in aside] == [2]
    assert "编码" in aside[0].reason.zh


def test_utf8_torn_in_its_last_character_stays_utf8(tmp_path):
    rows, aside = rows_and_aside(tmp_path, (SHEET + "3,丁").encode()[:-1])
    assert rows == READ
    assert [found.row for found in aside] == [4]


def test_utf16_that_does_not_decode_is_refused(tmp_path):
    with pytest.raises(csv_trouble.UnknownEncoding):
        read(tmp_path, b"\xff\xfe" + SHEET.encode("utf-16-le") + b"\x00")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("shift", range(4))
def test_a_line_across_two_blocks_of_reading_is_whole(tmp_path, codec, end, shift):
    line = "1," + "a" * (1000 + shift) + "𠮷重,2"
    rows = read(tmp_path, ("单号,客户,数量" + (end + line) * 1100).encode(codec))
    assert rows == [(n, line.split(",")) for n in range(2, 1102)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("length", range((1 << 16) - 2, (1 << 16) + 2))
def test_a_line_end_at_the_seam_of_two_pieces_counts_once(tmp_path, end, length):
    first = "1,a,".ljust(length, "x")
    text = end.join(["no,name,qty", first, "2,b,3", ""])
    assert read(tmp_path, text.encode()) == [(2, first.split(",")), (3, ["2", "b", "3"])]


def test_private_use_characters_of_a_file_read_as_gb18030_are_noted(tmp_path):
    with opened(tmp_path, "单号,客户,数量\n1,\ue5e5,2\n".encode("gb18030")) as sheet:
        assert {code for code, _ in sheet.notes()} == {"encoding", "rare-characters"}


def test_a_second_byte_order_mark_is_noted_and_kept_in_the_heading(tmp_path):
    with opened(tmp_path, b"\xef\xbb\xbf" * 2 + HEAD) as sheet:
        assert sheet.headings[0] == "\ufeffno"
        assert "two-byte-order-marks" in dict(sheet.notes())


# What is no CSV ledger at all


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.7",
        b"\x1f\x8b\x08",
        b" <HTML><body>",
        b"<?xml version='1.0'?>",
        b"\x89PNG\r\n",
        b"\xff\xfe\x00\x00n\x00\x00\x00",
        SHEET.replace("\r\n", "").encode("ascii", "ignore").decode().encode("utf-16-le"),
    ],
)
def test_another_kind_of_file_named_csv_is_refused(tmp_path, data):
    with pytest.raises(csv_trouble.NotCsv):
        read(tmp_path, data)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b"a,b,c\n1,2,3\n", b"\0" * 4096])
def test_a_file_without_the_ledgers_headings_is_refused(tmp_path, data):
    with pytest.raises(csv_trouble.NoHeader) as caught:
        read(tmp_path, data)
    assert caught.value.where.file.endswith("orders.csv")


def test_a_missing_file_and_a_dangling_link_are_missing(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "gone.csv")
    for name in ("none.csv", "link.csv", "none/none.csv"):
        with pytest.raises(FileTrouble) as caught:
            read(tmp_path / name)
        assert caught.value.where.file.endswith(name)


def test_a_folder_a_pipe_and_a_device_are_no_files(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    for path in (tmp_path / "pipe.csv", Path(os.devnull)):
        with pytest.raises(trouble.NotAFile):
            read(path)
    for path in (tmp_path / "folder.csv", tmp_path / "loop.csv"):
        with pytest.raises(FileTrouble):
            STORE.open(Spot(path), heads)


def test_a_link_is_followed_to_its_file(tmp_path):
    (tmp_path / "real.csv").write_bytes(HEAD + b"1,a,2\n")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with opened(tmp_path / "link.csv") as sheet:
        assert sheet.append([[None, None, None]]).path == (tmp_path / "real.csv").resolve()


# Header and delimiter


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_headings(tmp_path, delimiter):
    text = "title, a; b | c\n\nno,name,qty\n1,x,2\n".replace(",", delimiter)
    assert read(tmp_path, text.encode()) == [(4, ["1", "x", "2"])]


@pytest.mark.parametrize("delimiter", ["|", ";", "^"])
def test_a_sep_line_says_the_delimiter(tmp_path, delimiter):
    text = f"sep={delimiter}\r\n" + "no,name,qty\r\n1,x,2\r\n".replace(",", delimiter)
    assert read(tmp_path, text.encode()) == [(3, ["1", "x", "2"])]


def test_the_header_is_found_under_titles_and_the_earliest_of_equals_is_taken(tmp_path):
    with opened(tmp_path, '二〇二六年台账,,\n\n"制表\n人",no,\nno,name,qty\n1,a,2\nno,name,qty\n'.encode()) as sheet:
        assert (sheet.header_row, sheet.headings) == (5, ("no", "name", "qty"))
        assert list(sheet.rows()) == [(6, ["1", "a", "2"]), (7, ["no", "name", "qty"])]


def test_a_header_row_that_is_named_is_taken_as_it_is(tmp_path):
    with opened(tmp_path, b"no,name,qty\nA;B;C\n1;2;3\n", header_row=2) as sheet:
        assert sheet.headings == ("A", "B", "C")
    with opened(tmp_path, b"x\nno;B;C\n1;2;3\n", header_row=2) as sheet:
        assert list(sheet.rows()) == [(3, ["1", "2", "3"])]


def test_headings_are_kept_character_for_character(tmp_path):
    with opened(tmp_path, b'no," name ","qty\n(kg)",,qty\n') as sheet:
        assert sheet.headings == ("no", " name ", "qty\n(kg)", "", "qty")


# Facts, marks, snapshots


def facts_of(place, data):
    with opened(place, data) as sheet:
        list(sheet.rows())
        return json.loads(json.dumps(sheet.facts)), sheet.mark()


def test_an_unchanged_file_is_not_examined_again(tmp_path):
    facts, _ = facts_of(tmp_path, SHEET.encode("gb18030"))
    with opened(tmp_path, test=never, facts=facts) as sheet:
        assert list(sheet.rows()) == READ
        assert sheet.headings == ("单号", "客户", "数量")
        assert sheet.facts == facts


def test_of_a_file_that_grew_only_the_tail_is_examined(tmp_path):
    facts, mark = facts_of(tmp_path, SHEET.encode())
    with opened(tmp_path, SHEET.encode() + b"3,x,7\r\n", test=never, facts=facts) as sheet:
        assert sheet.checksum(facts["size"]) == facts["crc"]
        assert sheet.resumes(mark)
        assert list(sheet.rows(mark)) == [(4, ["3", "x", "7"])]
        assert list(sheet.rows()) == [*READ, (4, ["3", "x", "7"])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD, HEAD + "1,张三,2\n".encode("gb18030")),
        (SHEET.encode(), SHEET.encode() + "3,丁,\n".encode("gb18030")),
        (SHEET.encode(), SHEET.encode().replace(b"5", b"7")),
        (SHEET.encode(), SHEET.encode()[:-20]),
        (HEAD, b"qty;no;name\n1;2;3\n"),
        (HEAD[:-1], HEAD[:-1] + b",name\n1,a,2,3\n"),
        (HEAD + b"1,\0,2\n", HEAD + b"1,\0,2\n2,b,3\n"),
        (b"\xef\xbb\xbf" + HEAD + b"1,\xe9,2\n", b"\xef\xbb\xbf" + HEAD + b"1,\xe9,2\n2,b,3\n"),
        (HEAD + b"1,a,2\n", HEAD + b"1,a,2\n2,\0,3\n"),
    ],
)
def test_facts_that_no_longer_hold_change_nothing(tmp_path, old, new):
    facts, _ = facts_of(tmp_path, old)

    def outcome(**given_):
        try:
            with opened(tmp_path, **given_) as sheet:
                return sheet.headings, list(sheet.rows()), sheet.aside, sheet.facts
        except FileTrouble as error:
            return type(error)

    (tmp_path / "orders.csv").write_bytes(new)
    assert outcome(facts=facts) == outcome()


@pytest.mark.parametrize(
    "change", [{}, {"encoding": None}, {"data": 3}, {"size": "x"}, {"header": 5}, {"encoding": [1]}]
)
def test_facts_that_are_not_ours_are_passed_over(tmp_path, change):
    facts, _ = facts_of(tmp_path, SHEET.encode())
    spoilt = {**facts, **change} if change else {"other": 1}
    assert read(tmp_path, facts=spoilt) == READ


def test_a_mark_in_the_middle_of_a_line_does_not_resume(tmp_path):
    _, mark = facts_of(tmp_path, HEAD + b"1,a,2")
    with opened(tmp_path, HEAD + b"1,a,25\n2,b,3\n") as sheet:
        assert not sheet.resumes(mark)
        assert not sheet.resumes(Mark(10**6, 9))
    with opened(tmp_path, HEAD + b"1,a,2\r\n2,b,3\n") as sheet:
        assert sheet.resumes(mark)
        assert list(sheet.rows(mark)) == [(3, ["2", "b", "3"])]


def test_a_file_rewritten_while_it_is_read_is_noticed(tmp_path):
    data = HEAD + b"1,a,2\n" * 50_000
    with opened(tmp_path, data) as sheet:
        rows = sheet.rows()
        next(rows)
        (tmp_path / "orders.csv").write_bytes(data.replace(b"a", b"b"))
        with pytest.raises(csv_trouble.ChangedWhileReading):
            list(rows)


def test_a_file_added_to_while_it_is_read_is_read_as_it_was(tmp_path):
    with opened(tmp_path, HEAD + b"1,a,2\n" * 9) as sheet:
        rows = sheet.rows()
        next(rows)
        with (tmp_path / "orders.csv").open("ab") as file:
            file.write(b"2,b,3\n")
        assert len(list(rows)) == 8


def test_a_file_replaced_while_it_is_read_is_read_as_it_was(tmp_path):
    with opened(tmp_path, HEAD + b"1,a,2\n" * 9) as sheet:
        (tmp_path / "new.csv").write_bytes(b"x")
        (tmp_path / "new.csv").replace(tmp_path / "orders.csv")
        assert len(list(sheet.rows())) == 9


def test_a_view_shows_the_file_as_it_was_before_an_unfinished_post(tmp_path):
    (tmp_path / "old.csv").write_bytes(HEAD + b"9,z,9\n")
    data = HEAD + b"1,a,2\n2,b"
    assert read(tmp_path, data, view=View(limit=len(data) - 3)) == [(2, ["1", "a", "2"])]
    assert read(tmp_path, view=View(instead=tmp_path / "old.csv")) == [(2, ["9", "z", "9"])]
    with pytest.raises(trouble.FileMissing):
        read(tmp_path, view=View(absent=True))


def test_the_rows_may_be_read_twice_and_set_aside_once_each(tmp_path):
    with opened(tmp_path, HEAD + b"1,a,2\n2\n") as sheet:
        assert list(sheet.rows()) == list(sheet.rows())
        assert sheet.aside == [Aside(3, sheet.aside[0].reason)]

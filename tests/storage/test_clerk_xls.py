"""What old workbooks say beside their values, from bytes made here, and by LibreOffice where it is."""

from __future__ import annotations

import shutil
import struct
import subprocess
from datetime import date

import openpyxl
import pytest

from salesaid.storage.clerk_files import opened
from salesaid.storage.clerk_xls_records import facts_of
from salesaid.storage.clerk_xls_stream import workbook_stream

END = 0xFFFFFFFE
FREE = 0xFFFFFFFF


def record(code, content=b""):
    return struct.pack("<HH", code, len(content)) + content


def sheet_part(*records):
    return record(0x0809, b"\0" * 16) + b"".join(records) + record(0x0A)


def stream_of(from_1904, *parts):
    """A workbook's stream: its globals, then one part a sheet."""
    start = 20 + 6 + 10 * len(parts) + 4
    places, at = [], start
    for part in parts:
        places.append(record(0x85, struct.pack("<IH", at, 0)))
        at += len(part)
    head = record(0x0809, b"\0" * 16) + record(0x22, struct.pack("<H", from_1904)) + b"".join(places) + record(0x0A)
    assert len(head) == start
    return head + b"".join(parts)


def error(row, column, code):
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row, column, result):
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + b"\0" * 8)


def test_errors_are_told_by_their_cells_and_truth_values_and_texts_are_none():
    part = sheet_part(
        error(3, 2, 42),
        record(0x0205, struct.pack("<HHHBB", 4, 0, 0, 1, 0)),
        formula(5, 1, b"\2\0\x17\0\0\0\xff\xff"),
        formula(5, 2, b"\0\0\0\0\0\0\xff\xff"),
        formula(5, 3, struct.pack("<d", 2.0)),
    )
    from_1904, sheets = facts_of(stream_of(0, part))
    assert not from_1904
    assert [sheet.errors for sheet in sheets] == [{4: {2: "#N/A"}, 6: {1: "#REF!"}}]


def test_hidden_rows_and_the_first_day_are_known_and_a_chart_inside_a_sheet_is_passed_over():
    shown, hidden = (record(0x0208, struct.pack("<H10xHH", row, flags, 0)) for row, flags in ((0, 0), (7, 0x20)))
    chart = sheet_part(error(0, 0, 7))
    from_1904, sheets = facts_of(stream_of(1, sheet_part(shown, chart, hidden), sheet_part()))
    assert from_1904
    assert [(sheet.errors, sheet.hidden) for sheet in sheets] == [({}, [8]), ({}, [])]


def code(number, text, *, wide):
    letters = text.encode("utf-16-le" if wide else "latin-1")
    return record(0x041E, struct.pack("<HHB", number, len(text), wide) + letters)


def test_numbers_that_a_format_fills_up_with_zeros_are_told_by_their_cells():
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 164, 165, 166))
    formats = code(164, "000000", wide=False) + code(165, "0000", wide=True) + code(166, "0.00", wide=False)
    part = sheet_part(
        record(0x0203, struct.pack("<HHHd", 1, 0, 1, 123)),
        record(0x0203, struct.pack("<HHHd", 1, 1, 3, 5)),
        record(0xBD, struct.pack("<HH HI HI HI H", 2, 1, 0, 0, 2, 0, 1, 0, 3)),
        record(0x027E, struct.pack("<HHHI", 3, 0, 2, 0)),
    )
    whole = stream_of(0, part)
    more = formats + styles
    start = struct.unpack_from("<I", whole, whole.index(struct.pack("<HH", 0x85, 6)) + 4)[0]
    moved = whole.replace(struct.pack("<IH", start, 0), struct.pack("<IH", start + len(more), 0))
    _, (found,) = facts_of(moved[: start - 4] + more + moved[start - 4 :])
    assert found.padded == {2: {0: 6}, 3: {2: 4, 3: 6}, 4: {0: 4}}


def compound(content, *, small):
    """A compound file of 512-byte sectors with one stream: allocation table, directory, then the content."""
    size = len(content)
    if small:
        content = content.ljust(-(-len(content) // 64) * 64, b"\0")
        count = len(content) // 64
        minis = struct.pack("<128I", *range(1, count), END, *[FREE] * (128 - count))
        sectors = [minis, *(content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512))]
        chain = [FREE - 2, END, END, *range(4, len(sectors) + 2), END]
        root, start = 3, 0
    else:
        sectors = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        chain = [FREE - 2, END, *range(3, len(sectors) + 2), END]
        root, start = END, 2
    entries = [("Root Entry", 5, root, len(content) if small else 0), ("Workbook", 2, start, size)]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB49xII4x", 2 * len(name) + 2, kind, first, size)
        for name, kind, first, size in entries
    ).ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<HH", 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 2 if small else END, small, END, 0)
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    return head + struct.pack("<109I", 0, *[FREE] * 108) + table + directory + b"".join(sectors)


@pytest.mark.parametrize("size", [64, 1000, 4095, 4096, 5000, 30_000])
def test_the_stream_is_put_together_from_large_and_small_sectors(size):
    content = bytes(at * 7 % 251 for at in range(size))
    small = size < 4096
    found = workbook_stream(compound(content, small=small))
    assert found[:size] == content


def test_a_chain_that_runs_in_a_circle_or_out_of_the_file_is_refused():
    raw = bytearray(compound(b"x" * 5000, small=False))
    for points_to in (2, 100):
        struct.pack_into("<I", raw, 512 + 4 * 5, points_to)
        with pytest.raises(ValueError, match=r"\d+"):
            workbook_stream(bytes(raw))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_errors_lost_digits_and_hidden_rows_of_an_old_workbook_are_told_by_their_cells(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["日期", "数量"],
        [date(2026, 5, 1), "=1/0"],
        [date(2026, 5, 2), 6222021234567890],
        [date(2026, 5, 3), 3],
    ):
        sheet.append(row)
    sheet["A5"], sheet["B5"] = "#N/A", 1
    sheet["A5"].data_type = "e"
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        check=True, capture_output=True, timeout=120, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    with opened(tmp_path / "a.xls") as (found,):
        rows = [row for _, block in found.blocks(1, 2) for row in block]
        assert rows[0] == ["2026-05-01", "#DIV/0!"]
        assert found.odd == {(2, 1): "error", (3, 1): "rounded", (5, 0): "error"}
        assert "hidden-rows" in dict(found.notes())

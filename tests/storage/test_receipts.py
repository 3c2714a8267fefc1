"""The journal: whole records only, newest first, numbers that only grow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.storage.journal import decoded, encoded, journal_files, journal_folder, lines, open_journal
from salesaid.storage.receipts import (
    Receipt,
    Spliced,
    Sum,
    Swapped,
    as_mark,
    as_receipt,
    as_record,
    find_request,
    newest,
    newest_done,
    next_seq,
    receipts,
)
from salesaid.storage.trouble import NewerJournal


@pytest.fixture
def book(tmp_path):
    (tmp_path / ".salesaid").mkdir()
    return tmp_path


def receipt(book, seq, facts=None) -> Receipt:
    change = Spliced(book / "订单.csv", 3, b"", b"\xb6\xa9\xb5\xa5\n", made=False)
    return Receipt(seq, "2026-11-22T04:00:00+00:00", facts or {}, (change,))


def write(book, seq, mark="done", facts=None, year=2026) -> None:
    journal = open_journal(book, year)
    journal.add(as_record(book, receipt(book, seq, facts)))
    if mark:
        journal.add(as_mark(receipt(book, seq), mark))
    journal.close()


def newest_file(book):
    return journal_files(book)[0]


def test_an_empty_book_has_no_receipts_and_begins_at_one(book):
    assert newest(book) is None
    assert next_seq(book) == 1
    assert find_request(book, "x") is None


def test_receipts_come_newest_first_with_their_state(book):
    for seq, mark in enumerate(("done", "taken back", "left alone", None), 1):
        write(book, seq, mark)
    assert [(each.id, each.state) for each in receipts(book)] == [
        ("R4", "pending"),
        ("R3", "left alone"),
        ("R2", "taken back"),
        ("R1", "done"),
    ]
    assert newest(book).seq == 4
    assert newest_done(book).seq == 1


def test_a_receipt_comes_back_as_it_was_written(book, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "台账.xlsx"
    changes = (
        Spliced(book / "子" / "a.csv", 7, b"old\x00\xff", b"", made=False),
        Spliced(book / "b.csv", 0, b"", b"new", made=True),
        Swapped(outside, Sum(3, 0xFFFFFFFF), None, "", "R1-2.xlsx"),
        Swapped(book / "c.xlsx", None, Sum(9, 1), ".salesaid-tmp-x", ""),
    )
    facts = {"user": "小李", "numbers": ["SO1"], "odd": "\ud800 \u2028 \x00"}
    full = Receipt(1, "2026-11-22T04:00:00+00:00", facts, changes, undoes=None)
    journal = open_journal(book, 2026)
    journal.add(as_record(book, full))
    journal.close()
    assert newest(book) == full
    assert str(book).encode() not in newest_file(book).read_bytes()


def test_a_moved_book_still_knows_its_files(book, tmp_path_factory):
    write(book, 1)
    moved = tmp_path_factory.mktemp("elsewhere") / "book"
    book.rename(moved)
    assert newest(moved).changes[0].path == moved / "订单.csv"


def test_a_journal_cut_at_any_byte_is_read_up_to_the_last_whole_record(book):
    write(book, 1)
    whole = len(newest_file(book).read_bytes())
    write(book, 2)
    content = newest_file(book).read_bytes()
    for size in range(whole, len(content)):
        newest_file(book).write_bytes(content[:size])
        expected = 2 if b"\n" in content[whole:size] else 1
        assert newest(book).seq == expected


def test_the_next_writer_cuts_a_torn_record_off(book):
    write(book, 1)
    content = newest_file(book).read_bytes()
    for torn in (b"1234abcd {", b"\0" * 5_000, encoded({"seq": 2})[:-1], b"x" * 70_000):
        newest_file(book).write_bytes(content + torn)
        open_journal(book, 2026).close()
        assert newest_file(book).read_bytes() == content


def test_a_torn_first_record_leaves_an_empty_journal(book):
    journal_folder(book).mkdir()
    (journal_folder(book) / "2026.jsonl").write_bytes(b"0badc0de {")
    assert newest(book) is None
    write(book, 1)
    assert newest(book).seq == 1


def test_a_damaged_record_is_passed_over_and_its_number_never_used_again(book):
    write(book, 1)
    write(book, 2, mark=None)
    content = newest_file(book).read_bytes()
    newest_file(book).write_bytes(content.replace(b'"id":"R2"', b'"id":"R3"'))
    assert newest(book).seq == 1
    assert next_seq(book) == 3
    open_journal(book, 2026).close()
    assert b'"id":"R3"' in newest_file(book).read_bytes()


def test_a_clock_set_back_a_year_never_turns_the_journal_back(book):
    write(book, 1, year=2027)
    write(book, 2, year=2026)
    write(book, 3, year=2028)
    assert [path.stem for path in journal_files(book)] == ["2028", "2027"]
    assert [each.seq for each in receipts(book)] == [3, 2, 1]


def test_a_new_years_file_that_is_still_empty_hides_nothing(book):
    write(book, 1)
    open_journal(book, 2027).close()
    assert newest(book).seq == 1
    assert next_seq(book) == 2


def test_the_newest_receipt_is_read_from_the_end_alone(book):
    write(book, 1)
    line = newest_file(book).read_bytes().splitlines(keepends=True)[0]
    newest_file(book).write_bytes(b"x" * 5_000_000 + b"\n" + line)
    taken = lines(book)
    assert next(taken) == line[:-1]
    assert newest(book).seq == 1


def test_a_request_is_found_however_old_it_is(book):
    for seq in range(1, 60):
        write(book, seq, facts={"request_id": f"cron-{seq}", "pad": "x" * 900})
    assert find_request(book, "cron-1").seq == 1
    assert find_request(book, "cron-59").seq == 59
    assert find_request(book, "cron-5").seq == 5
    assert find_request(book, "cron") is None


def test_a_request_that_was_taken_back_was_never_fulfilled(book):
    write(book, 1, facts={"request_id": "一"})
    write(book, 2, "taken back", facts={"request_id": "二"})
    write(book, 3, "left alone", facts={"request_id": "三"})
    assert find_request(book, "一").state == "done"
    assert find_request(book, "二") is None
    assert find_request(book, "三").state == "left alone"


def test_a_request_quoted_in_another_receipt_is_not_that_request(book):
    write(book, 1, facts={"note": '"request_id":"x"', "inner": {"request_id": "x"}})
    assert find_request(book, "x") is None


@settings(max_examples=60)
@given(st.text(), st.binary())
def test_any_text_makes_one_line_that_reads_back(text, data):
    line = encoded({"seq": 1, "facts": {"note": text, "data": data.hex()}})
    assert line.count(b"\n") == 1
    assert decoded(line[:-1]) == {"seq": 1, "facts": {"note": text, "data": data.hex()}}


@settings(max_examples=60)
@given(st.integers(0, 30), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place, flip):
    line = bytearray(encoded({"mark": "done", "seq": 17})[:-1])
    line[place] ^= flip
    assert decoded(bytes(line)) is None


def test_a_line_that_is_no_record_is_damage():
    assert decoded(b"") is None
    assert decoded(encoded([1])[:-1]) is None
    assert decoded(b"00000000 ") is None


def test_a_record_of_a_newer_form_is_refused_not_misread(book):
    record = as_record(book, receipt(book, 1))
    for change in ({"kind": "rewrite", "file": "a"}, {"kind": "splice", "file": "a", "old": {"spool": "x"}}):
        with pytest.raises(NewerJournal):
            as_receipt(book, {**record, "changes": [change]}, "pending")


def test_names_of_kept_files_cannot_leave_their_folder(book):
    change = {"kind": "swap", "file": "a", "old": [1, 2], "new": [1, 2], "temp": "../../x", "kept": "/etc/passwd"}
    found = as_receipt(book, {**as_record(book, receipt(book, 1)), "changes": [change]}, "pending").changes[0]
    assert (found.temp, found.kept) == ("x", "passwd")

"""Serial numbers of goods on loan: lent several at once, given back and converted one by one."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价
    BVM7-710,ZB710,块,120
    电源线,DY,条,6.5

    客户.csv
    客户
    骏业
    佐客

    库存变动.csv
    单号,日期,类型,产品,数量
    ST1,2026-11-01,期初,BVM7-710,20
    ST1,2026-11-01,期初,电源线,20
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    assert desk.run("loan add 骏业 BVM7-710 --serial S1 --serial S2 --serial S3 -d 2026-11-20").code == 0
    return desk


def serials(book):
    return book.json("loan show 1120-1")["data"]["tables"][0]["rows"][0]["serial"]


def last(book):
    return book.json("loan show 1120-1")["data"]["tables"][1]["rows"][-1]


def test_all_are_written_and_as_many_pieces_lent(book):
    assert serials(book) == "S1、S2、S3"
    assert book.rows("loan list")[0]["out"] == 3


@pytest.mark.parametrize(
    "words", ["return 1120-1", "return -c 骏业", "convert 1120-1 --to gift", "convert 1120-1 --to sell"]
)
def test_one_of_them_is_settled_and_recorded(book, words):
    assert book.run(f"loan {words} --serial s2").code == 0
    assert (last(book)["qty"], last(book)["serial"]) == (1, "s2")
    assert book.rows("loan list")[0]["out"] == 2
    again = book.run(f"loan {words} --serial S2")
    assert again.code == 2
    assert "S1、S3" in again.err
    assert book.run("loan return 1120-1").code == 0
    assert last(book)["serial"] == "S1、S3"


@pytest.mark.parametrize(
    "words",
    [
        "loan return 1120-1 --serial S9",
        "loan return 1120-1 -i BVM7-710×2 --serial S1",
        "loan return 1120-1 -i 电源线×1 --serial S1",
        "loan add 佐客 BVM7-710×1 --serial A --serial B",
        "loan add 佐客 BVM7-710×1 电源线×1 --serial A",
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_does_not_fit_is_refused(book, words, lang):
    before = book.text("借用.csv")
    refused = book.run(f"--lang {lang} {words}")
    assert (refused.code, book.text("借用.csv")) == (2, before)
    assert len(refused.err.splitlines()) > 1


def test_a_piece_that_is_out_elsewhere_is_warned_of(book):
    notes = {note["code"]: note["text"] for note in book.json("loan add 佐客 BVM7-710 --serial s3")["data"]["notes"]}
    assert notes["out_already"] == "S3 已经借出在外：LN20261120-001，骏业"
    book.run("loan return 1120-1 --serial S1")
    notes = {note["code"] for note in book.json("loan add 佐客 BVM7-710 --serial S1")["data"]["notes"]}
    assert "out_already" not in notes


def test_undo_and_void_bring_it_out_again(book):
    book.run("loan return 1120-1 --serial S2")
    assert book.run("undo").code == 0
    assert book.run("loan return 1120-1 --serial S2").code == 0
    assert book.run("loan return 1120-1 --serial S1 --serial S3").code == 0
    assert book.rows("loan list") == []


def test_pieces_without_a_number_are_said(book):
    data = book.json("loan add 佐客 BVM7-710×3 --serial A")["data"]
    assert "serials_fewer" in {note["code"] for note in data["notes"]}

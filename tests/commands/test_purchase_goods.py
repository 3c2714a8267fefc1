"""Goods that come in on a purchase, go back, are promised for another day, or will not come any more."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,组成
    BVM7-710,ZB710,块,
    BVM7-720,ZB720,块,
    电源线,DYX15,条,
    套装,TZ1,套,BVM7-710*1; 电源线*2

    采购.csv
    采购单号,日期,类型,供应商,产品,型号,数量,单位,单价,交期,仓库,订单号,备注
    PO20261101-001,2026-11-01,采购,联芯科技,BVM7-710,ZB710,20,块,82,2026-11-20,,,
    PO20261101-001,2026-11-01,采购,联芯科技,电源线,DYX15,50,条,3,2026-11-20,,,

    订单.csv
    单号,日期,客户,产品,数量
    SO20261102-001,2026-11-02,骏业,BVM7-710,3
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def codes(envelope):
    return [note["code"] for note in envelope["data"]["notes"]]


def rows_of(envelope):
    return [(e["row"]["action"], e["row"]["product"], e["row"]["qty"]) for e in envelope["data"]["entries"]]


def lines(book, words="purchase list --all"):
    return {row["product"]: (row["received"], row["open"]) for row in book.rows(words)}


def on_hand(book):
    return {row["product"]: row["on_hand"] for row in book.rows("stock list")}


def test_without_items_all_that_is_open_comes_in(book):
    envelope = book.json("purchase receive 1101-1")
    assert envelope["data"]["no"] == "PO20261101-001"
    assert rows_of(envelope) == [("receive", "BVM7-710", 20), ("receive", "电源线", 50)]
    assert [entry["row"]["price"] for entry in envelope["data"]["entries"]] == [82, 3]
    assert on_hand(book)["BVM7-710"] == 20
    assert lines(book) == {"BVM7-710": (20, 0), "电源线": (50, 0)}
    assert book.run("purchase receive 1101-1").code == 2


def test_goods_come_in_in_parts_and_into_a_warehouse(book):
    book.run("purchase receive 1101-1 -i 电源线×20 --warehouse 二仓 --new")
    assert rows_of(book.json("purchase receive 1101-1 -i 电源线")) == [("receive", "电源线", 30)]
    places = {row["warehouse"]: row["on_hand"] for row in book.rows("stock list 电源线 --by-warehouse")}
    assert places == {"主仓": 30, "二仓": 20}


def test_goods_come_in_where_the_purchase_says(book):
    book.write("采购.csv", book.text("采购.csv").replace("2026-11-20,,,", "2026-11-20,二仓,,"))
    assert book.json("purchase receive 1101-1 --dry-run")["data"]["entries"][0]["row"]["warehouse"] == "二仓"


def test_another_spelling_passes_and_another_model_does_not(book):
    passed = book.json("purchase receive 1101-1 -i ｂｖｍ７—710×1")
    assert rows_of(passed) == [("receive", "BVM7-710", 1)]
    assert "understood" in codes(passed)
    refused = book.run("purchase receive 1101-1 -i BVM7-720×1")
    assert refused.code == 2
    assert "BVM7-710、电源线" in refused.err
    assert "--force" in refused.err


def test_more_than_is_open_needs_force(book):
    assert book.run("purchase receive 1101-1 -i 电源线×30 -i 电源线×21").code == 2
    forced = book.json("purchase receive 1101-1 -i 电源线×51 --force")
    assert "more_than_open" in codes(forced)
    assert lines(book)["电源线"] == (51, -1)


def test_the_orders_that_waited_are_named(book):
    notes = book.json("purchase receive 1101-1 -i BVM7-710 --dry-run")["data"]["notes"]
    assert [n["text"] for n in notes if n["code"] == "waiting"] == ["在等 BVM7-710 的订单：SO20261102-001 骏业×3"]


def test_a_bundle_comes_in_as_its_parts(book):
    book.run("purchase add 联芯科技 套装×2 --due +7")
    assert {row["product"]: row["incoming"] for row in book.rows("stock check")} == {}
    book.run("purchase receive 1123-1")
    assert (on_hand(book)["BVM7-710"], on_hand(book)["电源线"]) == (2, 4)


def test_goods_dated_before_a_count_do_not_change_the_shelf_and_that_is_said(book):
    book.run("stock count BVM7-710=5 --date 2026-11-22")
    assert "before_count" in codes(book.json("purchase receive 1101-1 -i BVM7-710×2 --date 2026-11-10"))
    assert on_hand(book)["BVM7-710"] == 5


def test_what_goes_back_is_open_again(book):
    book.run("purchase receive 1101-1 -i 电源线×50")
    envelope = book.json("purchase reject 1101-1 --item 电源线×5 --why 插头松")
    assert rows_of(envelope) == [("reject", "电源线", 5)]
    assert envelope["data"]["entries"][0]["row"]["note"] == "插头松"
    assert lines(book)["电源线"] == (45, 5)
    assert on_hand(book)["电源线"] == 45


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("purchase reject 1101-1 --item 电源线×6 --why x", "只有 5"),
        ("purchase reject 1101-1 --item BVM7-710×1 --why x", "只有 0"),
        ("purchase reject 1101-1 --item BVM7-720×1 --why x", "没有 BVM7-720"),
        ("purchase reject 1101-1 --item 电源线 --why x", "没有写数量"),
        ("purchase reject 1101-1 --item 电源线×1", "原因"),
        ("purchase reject 1101-1 --why x", "货品"),
        ("purchase receive 9", "没有编号为 9 的采购"),
        ("purchase receive 1101-1 -i 没有×1", "没有"),
        ("purchase receive 1101-1 -i BVM7-720", "没有 BVM7-720"),
        ("purchase promise 1101-1", "--due"),
        ("purchase promise 1101-1 --due 2026-12-01 --item 电源线×3", "不写数量"),
        ("purchase promise 1101-1 --due 2026-12-01 --item BVM7-720", "没有 BVM7-720"),
        ("purchase close 1101-1", "原因"),
        ("purchase close 1101-1 --item 电源线×3 --why x", "不写数量"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(book, words, said):
    book.run("purchase receive 1101-1 -i 电源线×5")
    before = book.text("采购.csv")
    answer = book.run(words)
    assert answer.code == 2
    assert said in answer.err
    assert book.text("采购.csv") == before
    assert book.run(f"--lang en {words}").code == 2


def test_more_sent_back_than_lies_there_is_said(book):
    book.run("purchase receive 1101-1 -i 电源线×5")
    book.run("stock out 电源线×4 --why 样品")
    assert "beyond_on_hand" in codes(book.json("purchase reject 1101-1 --item 电源线×5 --why 坏"))


def test_every_promise_is_kept(book):
    book.run("purchase promise 1101-1 --due 2026-12-01 --note 缺芯片")
    row = book.json("purchase promise 1101-1 --item 电源线 --due 2026-12-10")["data"]["entries"][0]["row"]
    assert (row["qty"], row["due"], row["product"]) == (0, "2026-12-10", "电源线")
    dues = {row["product"]: (row["first_due"], row["due"]) for row in book.rows("purchase list")}
    assert dues == {"BVM7-710": ("2026-11-20", "2026-12-01"), "电源线": ("2026-11-20", "2026-12-10")}
    events = book.json("purchase show 1101-1")["data"]["tables"][1]["rows"]
    assert [event["due"] for event in events] == ["2026-11-20", "2026-11-20", "2026-12-01", "2026-12-10"]
    assert events[2]["note"] == "缺芯片"


def test_what_is_closed_does_not_come_any_more(book):
    book.run("purchase receive 1101-1 -i 电源线×20")
    assert rows_of(book.json("purchase close 1101-1 --item 电源线 --why 停产")) == [("close", "电源线", -30)]
    assert lines(book) == {"BVM7-710": (0, 20), "电源线": (20, 0)}
    book.run("purchase close 1101-1 --why 停产")
    assert book.rows("purchase list") == []
    assert book.run("purchase promise 1101-1 --due +3").code == 2


def test_goods_do_not_come_in_before_they_were_ordered_nor_go_back_before_they_came(book):
    before = book.text("采购.csv")
    refused = book.run("purchase receive 1101-1 --date 2026-10-30")
    assert (refused.code, book.text("采购.csv")) == (2, before)
    assert "2026-11-01 才采购的" in refused.err
    assert "was ordered on 2026-11-01" in book.run("--lang en purchase receive 1101-1 --date 2026-10-30").err
    assert book.run("purchase receive 1101-1 -i 电源线×20 --date 2026-11-10").code == 0
    assert book.run("purchase reject 1101-1 -i 电源线×2 --why 坏 --date 2026-11-05").code == 2
    assert book.run("purchase reject 1101-1 -i 电源线×2 --why 坏 --date 2026-11-10").code == 0


def test_a_purchase_dated_ahead_is_named_as_such(book):
    book.run("purchase add 联芯科技 电源线×1 --due +7 --date 2026-12-01")
    answer = book.run("purchase receive 20261201-1")
    assert answer.code == 2
    assert "--today 2026-12-01" in answer.err


@pytest.mark.parametrize("verb", ["receive 1101-1", "promise 1101-1 --due +9", "close 1101-1 --why x"])
def test_undo_takes_the_newest_post_back_bit_for_bit(book, verb):
    before = (book.folder / "采购.csv").read_bytes()
    assert book.run(f"purchase {verb}").code == 0
    assert (book.folder / "采购.csv").read_bytes() != before
    assert book.run("undo").code == 0
    assert (book.folder / "采购.csv").read_bytes() == before


def test_a_void_purchase_brings_nothing(book):
    book.run("purchase add 联芯科技 电源线×7 --due +7")
    assert book.run("void PO20261123-001 --why 重复").code == 0
    assert [row["product"] for row in book.rows("purchase list")] == ["电源线", "BVM7-710"]
    [line] = [row for row in book.rows("purchase list --all") if row["purchase_no"] == "PO20261123-001"]
    assert (line["ordered"], line["open"]) == (0, 0)

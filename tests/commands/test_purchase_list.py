"""Lists and cards of purchases: what is open, what is late, and who waits."""

from __future__ import annotations

import pytest

COLUMNS = [
    "purchase_no", "date", "supplier", "product", "ordered", "received", "open", "first_due", "due", "days_late",
]  # fmt: skip
BOOK = """
    产品.csv
    产品,型号,单位,供应商
    主板,ZB,块,联芯科技
    电源线,DY,条,恒通线缆

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期,订单号,备注
    P1,2026-10-01,采购,联芯科技,主板,20,2026-10-20,,
    P1,2026-10-18,交期,联芯科技,,0,2026-11-05,,缺料
    P1,2026-11-01,交期,联芯科技,主板,0,2026-11-20,,
    P2,2026-11-02,采购,恒通线缆,电源线,50,2026-11-10,,
    P2,2026-11-12,到货,恒通线缆,电源线,50,,,
    P2,2026-11-13,退供,恒通线缆,电源线,8,,,
    P3,2026-11-15,采购,联芯科技,主板,30,2026-12-01,B2,
    P4,2026-09-01,采购,恒通线缆,电源线,10,2026-09-10,,
    P4,2026-09-11,到货,恒通线缆,电源线,10,,,

    订单.csv
    订单号,日期,客户,产品,数量
    B1,2026-11-03,甲,主板,15
    B2,2026-11-04,乙,主板,12
    B3,2026-11-05,丙,主板,40

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-09-01,期初,主板,10
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def numbers(rows):
    return [row["purchase_no"] for row in rows]


def test_what_is_open_newest_first_with_first_and_last_promise(book):
    table = book.json("purchase list")["data"]
    assert [column["name"] for column in table["columns"]] == COLUMNS
    assert [[row[name] for name in COLUMNS] for row in table["rows"]] == [
        ["P3", "2026-11-15", "联芯科技", "主板", 30, 0, 30, "2026-12-01", "2026-12-01", None],
        ["P2", "2026-11-02", "恒通线缆", "电源线", 50, 42, 8, "2026-11-10", "2026-11-10", 13],
        ["P1", "2026-10-01", "联芯科技", "主板", 20, 0, 20, "2026-10-20", "2026-11-20", 3],
    ]
    assert table["totals"] == {"ordered": 100, "received": 42, "open": 58}


def test_the_newest_promise_is_the_one_of_the_last_day_wherever_its_row_stands(desk):
    newest = "P1,2026-11-01,交期,联芯科技,主板,0,2026-11-20,,\n"
    answers = []
    for text in (
        BOOK,
        BOOK.replace("    " + newest, "").replace("    P1,2026-10-18", f"    {newest}    P1,2026-10-18"),
    ):
        desk.lay_out(text)
        answers.append((desk.rows("purchase list"), desk.json("order add 甲 主板×99 --dry-run")["data"]["notes"]))
    assert answers[0] == answers[1]


def test_lists_can_be_narrowed(book):
    assert numbers(book.rows("purchase list --all")) == ["P3", "P2", "P1", "P4"]
    assert numbers(book.rows("purchase list --late")) == ["P2", "P1"]
    assert numbers(book.rows("purchase list --all --supplier 恒通")) == ["P2", "P4"]
    assert numbers(book.rows("purchase list --product 主板")) == ["P3", "P1"]
    assert numbers(book.rows("purchase list --since 2026-11-01 --until 2026-11-10")) == ["P2"]
    limited = book.json("purchase list --limit 1")["data"]
    assert numbers(limited["rows"]) == ["P3"]
    assert limited["totals"]["open"] == 58


def test_as_of_a_past_day_later_rows_do_not_count(book):
    rows = book.rows("purchase list --as-of 2026-10-25")
    assert [(row["purchase_no"], row["due"], row["days_late"]) for row in rows] == [("P1", "2026-11-05", None)]


def test_late_suppliers_are_judged_by_the_first_and_the_last_promise(book):
    notes = {note["text"] for note in book.json("purchase list --late")["data"]["notes"]}
    assert "联芯科技：1 行里按最初交期晚了 1 行（最久 34 天），按最后交期晚了 1 行（最久 3 天）" in notes
    assert "恒通线缆：2 行里按最初交期晚了 2 行（最久 13 天），按最后交期晚了 2 行（最久 13 天）" in notes


def test_a_suppliers_card_has_what_is_to_come_and_how_late_it_mostly_is(book):
    tables = {table["title"]: table["rows"] for table in book.json("supplier show 联芯")["data"]["tables"]}
    assert numbers(tables["未到的采购"]) == ["P1", "P3"]
    assert [tuple(row.values()) for row in tables["准时情况"]] == [("first", 1, 1, 34, 34), ("last", 1, 1, 3, 3)]


def test_a_suppliers_card_says_how_long_it_usually_takes(book):
    notes = {note["code"]: note["text"] for note in book.json("supplier show 恒通")["data"]["tables"][0]["notes"]}
    assert notes["usual_days"] == "下单后通常 10 天到齐（1 次采购的中位数）"


def test_a_supplier_without_purchases_has_neither(book):
    book.run("supplier add 金盾机箱")
    assert [table["title"] for table in book.json("supplier show 金盾机箱")["data"]["tables"]] == ["资料"]


def test_orders_wait_for_the_purchases_that_reach_them_the_oldest_first(book):
    # 10 on hand: 5 of B1, all of B2 and B3 lack. P3 was bought for B2; then B1 has P1's, and B3 what is left of both.
    def waiting(no):
        tables = book.json(f"purchase show {no}")["data"]["tables"]
        return [(row["order_no"], row["customer"], row["waiting"], row["for_it"]) for row in tables[2]["rows"]]

    assert waiting("P1") == [("B1", "甲", 5, False), ("B3", "丙", 15, False)]
    assert waiting("P3") == [("B2", "乙", 12, True), ("B3", "丙", 18, False)]


def test_nobody_waits_for_what_is_in(book):
    assert len(book.json("purchase show P4")["data"]["tables"]) == 2


@pytest.mark.parametrize(("lang", "words"), [("zh", ["采购 P1", "到货", "未到"]), ("en", ["Purchase P2", "receive"])])
def test_a_card_speaks_both_languages(book, lang, words):
    out = book.run(f"--lang {lang} purchase show {'P1' if lang == 'zh' else 'P2'}").out
    assert [word for word in words if word not in out] == (["到货"] if lang == "zh" else [])


HAND = """
    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    P1,2026-10-01,到货,联芯科技,主板,5,
    P2,2026-10-01,采购,联芯科技,主板,5,
    P2,2026-10-02,到货,联芯科技,主板,9,
    P2,2026-10-03,退供,联芯科技,电源线,3,
    ,2026-10-04,采购,,主板,2,
    P5,2026-10-05,交期,联芯科技,主板,0,2026-12-01
    P6,2026-10-06,采购,联芯科技,主板,-4,2026-12-01
    P7,2026-10-07,到货,联芯科技,主板,1,
    P7,2026-10-08,采购,恒通线缆,主板,3,2026-12-02
"""


def test_rows_that_make_no_sense_are_shown_for_what_they_are(desk):
    desk.lay_out(HAND)
    found = {
        (row["purchase_no"], row["product"]): (
            row["date"],
            row["supplier"],
            row["ordered"],
            row["received"],
            row["open"],
        )
        for row in desk.rows("purchase list --all")
    }
    assert found == {
        ("P1", "主板"): ("2026-10-01", "联芯科技", 0, 5, -5),
        ("P2", "主板"): ("2026-10-01", "联芯科技", 5, 9, -4),
        ("P2", "电源线"): ("2026-10-03", "联芯科技", 0, -3, 3),
        ("采购.csv:6", "主板"): ("2026-10-04", None, 2, 0, 2),
        ("P6", "主板"): ("2026-10-06", "联芯科技", -4, 0, -4),
        ("P7", "主板"): ("2026-10-08", "恒通线缆", 3, 1, 2),
    }
    for no in ("P1", "P2", "采购.csv:6", "P6", "P7"):
        assert desk.run(["purchase", "show", no]).code == 0
    assert desk.run("purchase list --late").code == 0


def test_a_book_without_purchases_has_an_empty_list(desk):
    answer = desk.run("purchase list")
    assert answer.code == 0
    assert desk.rows("purchase list") == []
    assert desk.run("purchase show 1").code == 2


def test_rows_that_make_no_sense_are_named(desk):
    desk.lay_out(HAND + "    P7,2026-10-09,到货,联芯科技,主板,1,\n")
    notes = {note["code"]: note["text"] for note in desk.json("purchase list")["data"]["notes"]}
    assert notes == {
        "not_ordered": "到了没有采购的：P1 主板、P2 电源线；purchase list --all 可见",
        "beyond_ordered": "到货和关闭多于采购：P2 主板、P6 主板；purchase list --all 可见",
        "other_supplier": "到货写的是别的供应商：P7 主板；purchase list --all 可见",
    }

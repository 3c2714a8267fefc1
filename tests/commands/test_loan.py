"""Loans: lent, taken back in parts or by customer, given more time."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价,最低价,组成,管库存
    BVM7-710,ZB710,块,120,105,,是
    电源线,DYX15,条,15,,,是
    套装,TZ1,套,150,,BVM7-710*1; 电源线*2,是
    运费,,,60,,,否

    客户.csv
    客户,业务员
    骏业,徐峰
    灵龙,

    库存变动.csv
    单号,日期,类型,产品,数量,仓库
    ST1,2026-11-01,期初,BVM7-710,20,
    ST1,2026-11-01,期初,电源线,50,
    ST1,2026-11-01,期初,BVM7-710,5,展厅
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def out_of(book, words="loan list --all"):
    return {(row["loan_no"][-3:], row["product"]): row["out"] for row in book.rows(words)}


def hand(book, product="BVM7-710"):
    return book.rows(f"stock list {product}")[0]["on_hand"]


def test_several_goods_are_lent_under_one_number_at_list_price(book):
    data = book.json("loan add 骏业 BVM7-710×2 电源线×3@12 --due +7 --purpose 试用")["data"]
    assert data["no"] == "LN20261123-001"
    rows = [entry["row"] for entry in data["entries"]]
    assert {(row["loan_no"], row["action"], row["purpose"], row["due"]) for row in rows} == {
        ("LN20261123-001", "lend", "试用", "2026-11-30")
    }
    assert [(row["product"], row["model"], row["qty"], row["price"]) for row in rows] == [
        ("BVM7-710", "ZB710", 2, 120), ("电源线", "DYX15", 3, 12),
    ]  # fmt: skip
    assert {row["salesperson"] for row in rows} == {"徐峰"}
    assert hand(book) == 23


def test_long_and_short_forms_are_the_same_and_by_beats_the_register(book):
    short = book.json("loan add 骏业 BVM7-710×2 --by 赵丽 --dry-run")["data"]["entries"]
    assert short == book.json("loan add -c 骏业 -i BVM7-710×2 --by 赵丽 --dry-run")["data"]["entries"]
    assert short[0]["row"]["salesperson"] == "赵丽"


def test_goods_that_have_no_list_price_are_worth_what_they_last_cost(book):
    book.run("order add 骏业 散件×1@7 --new")
    assert book.json("loan add 骏业 散件×1")["data"]["entries"][0]["row"]["price"] == 7
    unpriced = book.json("loan add 灵龙 旧货×1 --new")["data"]["entries"][-1]["row"]
    assert unpriced.get("price") is None
    assert {row["product"]: row["value"] for row in book.rows("loan list")}["旧货"] is None


def test_a_bundle_is_lent_as_its_components(book):
    data = book.json("loan add 骏业 套装×2@99")["data"]
    assert [(e["row"]["product"], e["row"]["qty"], e["row"]["price"]) for e in data["entries"]] == [
        ("BVM7-710", 2, 120), ("电源线", 4, 15),
    ]  # fmt: skip
    assert ("components", "warning") in {(note["code"], note["level"]) for note in data["notes"]}
    book.run("loan return 1 -i 套装×1")
    assert out_of(book) == {("001", "BVM7-710"): 1, ("001", "电源线"): 2}


def test_what_lies_on_no_shelf_is_not_lent(book):
    assert "not-lendable" in book.run("loan add 骏业 运费×1 -f json").out
    assert book.run("loan add 骏业 运费×1").code == 2


def test_lending_more_than_is_on_hand_is_done_and_said(book):
    notes = book.json("loan add 骏业 BVM7-710×26 --due +7")["data"]["notes"]
    assert [(note["code"], note["level"]) for note in notes] == [("beyond_on_hand", "warning")]


@pytest.mark.parametrize(("due", "code"), [("", "no_due"), ("--due 2026-11-01", "due_before")])
def test_a_missing_or_odd_due_date_is_said_and_not_refused(book, due, code):
    data = book.json(f"loan add 骏业 BVM7-710×1 {due}")["data"]
    assert code in {note["code"] for note in data["notes"]}
    assert data["receipt"]


@pytest.mark.parametrize(
    "words",
    [
        "loan add 没有 BVM7-710×1", "loan add 骏业 没有×1", "loan add 骏业 BVM7-710", "loan add 骏业 BVM7-710×0",
        "loan add 骏业", "loan add", "loan add 骏业 BVM7-710×1 电源线×1 --serial S1", "loan return 9", "loan return",
        "loan return -c 骏业", "loan return -c 骏业 -i BVM7-710×1", "loan extend 9 --due +3 --why 慢",
        "loan convert 9 --to sell", "loan show 9",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_written(book, words):
    answer = book.run(words)
    assert answer.code == 2
    assert answer.err
    assert not (book.folder / "借用.csv").exists()


def test_goods_come_back_in_parts_and_then_all_that_is_out(book):
    book.run("loan add 骏业 BVM7-710×3 电源线×2 -d 2026-11-20")
    assert book.run("loan return 1120-1 -i BVM7-710×2").code == 0
    assert hand(book) == 24
    [line] = [row for row in book.rows("loan list") if row["product"] == "BVM7-710"]
    assert (line["lent"], line["returned"], line["out"], line["state"]) == (3, 2, 1, "partial")
    rows = book.json("loan return LN20261120-001")["data"]["entries"]
    assert [(entry["row"]["product"], entry["row"]["qty"]) for entry in rows] == [("BVM7-710", 1), ("电源线", 2)]
    assert book.rows("loan list") == []
    assert hand(book) == 25
    assert book.run("loan return 1120-1").code == 2


def test_more_than_is_out_is_refused_and_says_how_much_is(book):
    book.run("loan add 骏业 BVM7-710×3")
    book.run("loan return 1 -i BVM7-710×1")
    answer = book.run("loan return 1 -i BVM7-710×3")
    assert answer.code == 2
    assert "要了结 3，在外只有 2" in answer.err
    twice = book.run("loan return 1 -i BVM7-710×1 -i BVM7-710×2")
    assert twice.code == 2
    assert out_of(book) == {("001", "BVM7-710"): 2}


def test_without_a_number_the_oldest_lines_are_settled_and_named(book):
    book.run("loan add 骏业 BVM7-710×2 -d 2026-11-21")
    book.run("loan add 骏业 BVM7-710×2 -d 2026-11-20")
    book.run("loan add 灵龙 BVM7-710×2 -d 2026-11-19")
    data = book.json("loan return --customer 骏业 --item BVM7-710×3")["data"]
    assert [(e["row"]["loan_no"], e["row"]["qty"]) for e in data["entries"]] == [
        ("LN20261120-001", 2), ("LN20261121-001", 1),
    ]  # fmt: skip
    assert [note["code"] for note in data["notes"]] == ["settles", "settles"]
    assert "LN20261120-001" in data["notes"][0]["text"]
    assert book.run("loan return -c 骏业 -i BVM7-710×2").code == 2


def test_goods_go_back_where_they_came_from_unless_another_warehouse_is_named(book):
    book.run("loan add 骏业 BVM7-710×2 -w 展厅 --new")
    assert book.json("loan return 1 -i BVM7-710×1")["data"]["entries"][0]["row"]["warehouse"] == "展厅"
    assert book.json("loan return 1 -w 主仓")["data"]["entries"][0]["row"]["warehouse"] == "主仓"


def test_a_loan_and_a_customer_that_do_not_belong_together_are_refused(book):
    book.run("loan add 骏业 BVM7-710×2")
    assert "灵龙" in book.run("loan return 1 -c 灵龙").err
    assert book.run("loan return 1 -c 骏业").code == 0


def test_an_extension_moves_the_day_of_one_product_or_of_all(book):
    book.run("loan add 骏业 BVM7-710×2 电源线×1 -d 2026-11-01 --due 2026-11-10")
    assert {row["days_late"] for row in book.rows("loan list --overdue")} == {13}
    data = book.json("loan extend 1101-1 -i 电源线 --due 2026-12-01 --why 还在用")["data"]
    assert [(e["row"]["action"], e["row"]["qty"], e["row"]["note"]) for e in data["entries"]] == [
        ("extend", 0, "还在用")
    ]
    assert {row["product"]: row["due"] for row in book.rows("loan list")} == {
        "BVM7-710": "2026-11-10", "电源线": "2026-12-01",
    }  # fmt: skip
    book.run("loan extend 1101-1 --due +7 --why 都还在用")
    assert {row["due"] for row in book.rows("loan list")} == {"2026-11-30"}
    assert book.rows("loan list --overdue") == []


def test_an_extension_without_a_reason_or_of_nothing_out_is_refused(book):
    book.run("loan add 骏业 BVM7-710×2")
    assert book.run("loan extend 1 --due +7").code == 2
    assert "写成 --due 日期" in book.run("loan extend 1101-1 --why 慢").err
    assert "写成 --to sell" in book.run("loan convert 1101-1").err
    assert book.run("loan extend 1 --why 慢").code == 2
    assert book.run("loan extend 1 -i BVM7-710×1 --due +7 --why 慢").code == 2
    book.run("loan return 1")
    assert book.run("loan extend 1 --due +7 --why 慢").code == 2


def test_a_dry_run_writes_nothing_and_undo_takes_a_loan_back(book):
    book.run("loan add 骏业 BVM7-710×2 --dry-run")
    assert not (book.folder / "借用.csv").exists()
    book.run("loan add 骏业 BVM7-710×2")
    book.run("undo")
    assert hand(book) == 25


def test_the_next_order_says_what_the_customer_has_on_loan(book):
    book.run("loan add 骏业 BVM7-710×2 电源线×1 --due 2026-11-30")
    book.run("loan add 灵龙 电源线×9")
    answer = book.run("order add 骏业 电源线×1")
    assert "骏业还借着 BVM7-710×2，到期 2026-11-30；电源线×1，到期 2026-11-30" in answer.out
    book.run("loan return 1")
    assert "还借着" not in book.run("order add 骏业 电源线×1").out
    late = book.json("order add 灵龙 电源线×1", SALESAID_TODAY="2027-01-01")["data"]["notes"]
    assert [note["level"] for note in late if note["code"] == "on_loan"] == ["info"]


def test_a_late_loan_is_a_warning_with_the_next_order(book):
    book.run("loan add 骏业 BVM7-710×2 -d 2026-11-01 --due 2026-11-10")
    [note] = [n for n in book.json("order add 骏业 电源线×1")["data"]["notes"] if n["code"] == "on_loan"]
    assert note["level"] == "warning"
    book.run("loan extend 1101-1 --due +7 --why 慢")
    [note] = [n for n in book.json("order add 骏业 电源线×1")["data"]["notes"] if n["code"] == "on_loan"]
    assert (note["level"], "2026-11-30" in note["text"]) == ("info", True)


def test_a_workbook_keeps_loans_as_a_csv_does(book):
    book.write("salesaid.toml", '[book]\nlanguage = "zh"\nstore = "xlsx"\n')
    book.run("loan add 骏业 BVM7-710×3 --due +7 --serial SN1")
    book.run("loan return 1 -i BVM7-710×1")
    assert (book.folder / "借用.xlsx").exists()
    assert out_of(book) == {("001", "BVM7-710"): 2}
    assert book.run("loan convert 1 --to lose").code == 0
    assert hand(book) == 23


def test_a_file_without_numbers_settles_the_oldest_line_and_refuses_any_other(book):
    rows = "日期,类型,客户,产品,数量\n2026-11-02,借出,骏业,BVM7-710,2\n2026-11-01,借出,骏业,BVM7-710,1\n"
    book.write("借用.csv", rows)
    assert book.run("loan return -c 骏业 -i BVM7-710×1").code == 0
    assert [(row["loan_no"], row["out"]) for row in book.rows("loan list")] == [("借用.csv:2", 2)]
    assert book.run("loan add 骏业 BVM7-710×4").code == 0
    refused = book.run("loan return 借用.csv:5 -i BVM7-710×1")
    assert refused.code == 2
    assert "单号" in refused.err
    assert book.run("loan return 借用.csv:2 -i BVM7-710×1").code == 0
    assert [row["out"] for row in book.rows("loan list")] == [4, 1]

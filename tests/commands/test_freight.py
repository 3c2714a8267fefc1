import json

import openpyxl
import pytest

SENT = """单号,日期,类型,客户,产品,数量,单价,物流公司,运单号,重量
SH1,2026-10-05,发货,骏业,电源线,2,6,顺丰,SF100,1.5
SH2,2026-10-06,发货,华强,主板,1,120,顺丰,SF200,3
SH3,2026-10-07,发货,华强,主板,1,120,顺丰,SF300,1
"""
RATES = """物流公司,目的地,起重,价格,每公斤
顺丰,,0,12,
顺丰,,1,12,2
"""
BILL = """顺丰速运（集团）2026年10月对账单,,,,
运单号码,寄件时间,计费重量(kg),运费,附加费
SF100,2026/10/5 18:20,2,14,
sf200,2026/10/6 18:20,5,20,3
SF200,2026/10/7 18:20,5,20,
SF900,2026/10/8 18:20,1,12,
合计,,,66,3
"""


@pytest.fixture
def book(desk):
    desk.write("出货.csv", SENT)
    desk.write("运价.csv", RATES)
    desk.write("账单.csv", BILL)
    (desk.folder / "账单.csv").rename(desk.folder.parent / "顺丰.csv")
    desk.bill = desk.folder.parent / "顺丰.csv"
    return desk


def tables(desk, words):
    """The codes of all notes, then the rows of each table."""
    found = desk.json(words)["data"]["tables"]
    return [note["code"] for table in found for note in table["notes"]], *(table["rows"] for table in found)


def test_a_bill_is_held_against_shipments_and_rates(book):
    codes, totals, found = tables(book, f"freight audit {book.bill}")
    assert [(row["why"], row["row"], row["number"], row["over"]) for row in found] == [
        ("weight", 4, "SH2", 4), ("surcharge", 4, "SH2", 3), ("twice", 5, "SH2", 20), ("no_shipment", 6, None, 12),
        ("never_billed", None, "SH3", None),
    ]  # fmt: skip
    assert totals == [
        {
            "carrier": "顺丰", "month": "2026-10", "lines": 4, "weight": 13, "amount": 69, "agreed": 30, "over": 39,
            "unchecked": 0, "never_billed": 1,
        }
    ]  # fmt: skip
    assert codes == ["set_aside"]
    assert not (book.folder / "运费账单.csv").exists()


def test_freight_beside_a_surcharge_is_without_it_and_a_sum_is_with_it(book):
    book.bill.write_text(
        "运单号,寄件日期,计费重量,运费,附加费,应付金额\nSF100,2026-10-05,2,14,1,15\n", encoding="gb18030"
    )
    _, totals, found = tables(book, f"freight audit {book.bill}")
    assert (totals[0]["amount"], [(row["why"], row["over"]) for row in found]) == (15, [("surcharge", 1)])


def test_a_kept_bill_adds_nothing_the_second_time_and_charges_nothing_before(book):
    assert "kept" in tables(book, f"freight audit {book.bill} --keep")[0]
    kept = book.lines("运费账单.csv")
    codes, _, found = tables(book, f"freight audit {book.bill} --keep")
    assert book.lines("运费账单.csv") == kept
    assert len(kept) == 5
    assert "billed_before" not in [row["why"] for row in found]
    assert "kept_before" in codes


def test_what_an_earlier_bill_charged_is_named(book):
    book.run(f"freight audit {book.bill} --keep")
    book.bill.write_text(
        "运单号,寄件日期,计费重量,金额\nSF100,2026-11-02,2,14\nSF300,2026-11-03,1,12\nSF301,2026-11-03,1,12\n", "utf-8"
    )
    _, _, found = tables(book, f"freight audit {book.bill} --carrier 顺丰")
    assert [(row["why"], row["before"]) for row in found] == [
        ("billed_before", "FB20261008-001"), ("no_shipment", None)
    ]  # fmt: skip


def test_undo_and_void_take_a_kept_bill_back(book):
    book.run(f"freight audit {book.bill} --keep")
    assert book.run("undo").code == 0
    assert not (book.folder / "运费账单.csv").exists()
    book.run(f"freight audit {book.bill} --keep")
    number = book.rows("freight list")[0]["bill_no"]
    assert book.run(f"void {number} --why 不认").code == 0
    assert book.json("freight list")["data"]["totals"] == {"amount": 0, "surcharge": 0}
    assert [row["code"] for row in book.rows("check F")] == []
    assert len(book.json(f"freight audit {book.bill} --keep")["data"]["entries"]) == 4


def test_the_list_names_the_parcel_and_sums(book):
    book.run(f"freight audit {book.bill} --keep")
    listed = book.json("freight list --carrier 顺丰速运 --since 2026-10-06 --limit 2")["data"]
    assert [(row["date"], row["tracking_no"], row["number"], row["amount"]) for row in listed["rows"]] == [
        ("2026-10-08", "SF900", None, 12), ("2026-10-07", "SF200", "SH2", 20),
    ]  # fmt: skip
    assert listed["totals"] == {"amount": 55, "surcharge": 3}
    assert book.rows("freight list --carrier 德邦") == []


def test_headings_that_were_said_once_are_known_of_that_carrier(book):
    text = "托运单,寄件日期,公斤数,钱\nSF100,2026-10-05,2,14\n"
    book.bill.write_text(text, "utf-8")
    refused = book.run(f"freight audit {book.bill} --carrier 顺丰")
    assert (refused.code, "--map" in refused.err) == (2, True)
    maps = "--map 托运单=运单号 --map 公斤数=weight --map 钱=amount"
    assert book.run(f"freight audit {book.bill} --carrier 顺丰 {maps}").code == 0
    assert book.run(f"freight audit {book.bill} --carrier 顺丰").code == 2
    assert book.run(f"freight audit {book.bill} --carrier 顺丰 {maps} --keep").code == 0
    book.bill.write_text(text.replace("SF100", "SF300"), "utf-8")
    assert tables(book, f"freight audit {book.bill} --carrier 顺丰")[2][0]["why"] == "weight"
    assert book.run(f"freight audit {book.bill} --carrier 德邦").code == 2


def test_headings_of_a_kept_bill_are_known_where_nobody_names_the_carrier(book):
    text = "托运单,寄件日期,公斤数,钱\nSF100,2026-10-05,2,14\n"
    book.bill.write_text(text, "utf-8")
    maps = "--map 托运单=运单号 --map 公斤数=weight --map 钱=amount"
    assert book.run(f"freight audit {book.bill}").code == 2
    assert book.run(f"freight audit {book.bill} --carrier 顺丰 {maps} --keep").code == 0
    book.bill.write_text(text.replace("SF100", "SF300"), "utf-8")
    found = tables(book, f"freight audit {book.bill}")
    assert (found[2][0]["carrier"], found[2][0]["why"]) == ("顺丰", "weight")
    other = maps.replace("钱=amount", "钱=附加费") + " --map 实付=amount"
    book.bill.write_text("托运单,寄件日期,公斤数,钱,实付\nDP1,2026-10-05,2,1,15\n", "utf-8")
    assert book.run(f"freight audit {book.bill} --carrier 德邦 {other} --keep").code == 0
    book.bill.write_text(text, "utf-8")
    assert book.run(f"freight audit {book.bill}").code == 2  # two carriers mean two things by 钱
    assert book.run(f"freight audit {book.bill} --carrier 顺丰").code == 0


def test_a_workbook_has_totals_objections_and_all_lines(book, tmp_path):
    out = tmp_path / "对账.xlsx"
    assert book.run(f"freight audit {book.bill} --out {out}").code == 0
    sheets = openpyxl.load_workbook(out).worksheets
    assert [sheet.title for sheet in sheets] == ["按物流公司和月份", "要和物流公司核对的", "账单明细"]
    cells = [cell.value for row in sheets[2].iter_rows() for cell in row]
    assert "重量不符、附加费" in cells
    assert "SF100" in cells


def test_rates_are_entered_and_listed(desk):
    assert desk.run("freight rate add 顺丰 --price 20").code == 0
    assert desk.run("freight rate add 顺丰 广东 --price 12 --note 合同").code == 0
    assert desk.run("freight rate add 顺丰 广东 --from-kg 1 --price 12 --per-kg 2 --from 2026-10-01").code == 0
    rows = desk.rows("freight rate list")
    assert [(row["to_place"], row["from_kg"], row["price"], row["per_kg"], row["valid_from"]) for row in rows] == [
        (None, 0, 20, None, None), ("广东", 0, 12, None, None), ("广东", 1, 12, 2, "2026-10-01"),
    ]  # fmt: skip
    assert desk.lines("运价.csv")[0] == "物流公司,目的地,起重,价格,每公斤,生效日期,备注"
    assert json.loads(desk.run("freight rate add 顺丰 广东 --price 1 --dry-run -f json --from 今天").out)["data"][
        "dry_run"
    ]
    assert len(desk.lines("运价.csv")) == 4


@pytest.mark.parametrize(
    "words",
    [
        "freight rate add 顺丰", "freight rate add 顺丰 --price x", "freight rate add 顺丰 --price -1",
        "freight rate add 顺丰 --price 12", "freight rate add", "freight audit", "freight audit --map x",
        "freight audit {bill} --map 运单号码=没有", "freight audit {bill} --map 没有=运单号", "freight rate", "freight",
    ],
)  # fmt: skip
def test_what_is_refused_writes_nothing(desk, words):
    """
    运价.csv
    物流公司,目的地,起重,价格,每公斤
    顺丰,,0,12,
    """
    bill = desk.folder.parent / f"{desk.folder.name}.csv"
    bill.write_text(BILL, "utf-8")
    before = desk.lines("运价.csv")
    done = desk.run(words.format(bill=bill))
    assert done.code == 2 or words in {"freight", "freight rate"}
    assert desk.lines("运价.csv") == before


def test_a_bill_of_nobody_has_to_be_named(desk):
    bill = desk.folder.parent / f"{desk.folder.name}.csv"
    bill.write_text("运单号,寄件日期,金额\nX1,2026-10-05,12\n", "utf-8")
    assert "--carrier" in desk.run(f"freight audit {bill}").err
    assert desk.run(f"freight audit {bill} --carrier 顺丰").code == 0


def test_keeping_a_bill_can_be_tried_out_and_asked_for_twice(book):
    codes, *_ = tables(book, f"freight audit {book.bill} --keep --dry-run --map 运费=amount")
    assert "kept" in codes
    assert not (book.folder / "运费账单.csv").exists()
    assert not list(book.folder.glob(".salesaid/**/*顺丰*"))
    book.run(f"freight audit {book.bill} --keep --request-id nightly-1")
    kept = (book.folder / "运费账单.csv").read_bytes()
    book.run(f"freight audit {book.bill} --keep --request-id nightly-1")
    assert (book.folder / "运费账单.csv").read_bytes() == kept
    log = book.json("log")["data"]["rows"]
    assert [row["rows"] for row in log] == [4]
    assert book.run(f"undo {log[0]['receipt']}").code == 0
    assert not (book.folder / "运费账单.csv").exists()


def test_scripts_see_what_was_kept_as_of_any_post(book):
    data = book.json(f"freight audit {book.bill} --keep --dry-run")["data"]
    assert (data["receipt"], data["dry_run"], len(data["entries"])) == (None, True, 4)
    data = book.json(f"freight audit {book.bill} --keep --request-id a")["data"]
    assert (data["no"], data["receipt"], data["notes"]) == ("FB20261008-001", "R1", [])
    assert [entry["row"]["tracking_no"] for entry in data["entries"]] == ["SF100", "sf200", "SF200", "SF900"]
    assert [table["title"] for table in data["tables"]] == ["按物流公司和月份", "要和物流公司核对的"]
    assert book.json(f"freight audit {book.bill} --keep --request-id a")["data"]["receipt"] == "R1"
    assert book.run(f"undo {data['receipt']}").code == 0
    assert "receipt" not in book.json(f"freight audit {book.bill}")["data"]


def test_a_bill_that_was_imported_is_not_kept_a_second_time(book):
    assert book.run(f"import {book.bill} --as freight_bills").code == 0
    before = book.lines("运费账单.csv")
    assert [row["amount"] for row in book.rows("freight list")] == [12, 20, 23, 14]  # 运费 with the surcharge beside it
    codes, _, found = tables(book, f"freight audit {book.bill} --keep --carrier 顺丰")
    assert {"entered_before", "kept"} <= set(codes)
    assert "billed_before" not in [row["why"] for row in found]
    assert book.lines("运费账单.csv") == before
    with book.bill.open("a", encoding="utf-8") as bill:
        bill.write("SF301,2026/10/9 18:20,1,12,\n")
    data = book.json(f"freight audit {book.bill} --keep --carrier 顺丰")["data"]
    assert [entry["row"]["tracking_no"] for entry in data["entries"]] == ["SF301"]
    assert [note["code"] for note in data["notes"]] == ["already-there"]
    assert len(book.lines("运费账单.csv")) == len(before) + 1
    assert "另有 4 行" not in book.run(f"freight audit {book.bill}").out

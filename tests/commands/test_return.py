"""Repair returns from the customer's parcel to its end: what is written, where goods are, what moves our stock."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk

BOOK = """
    产品.csv
    产品,型号,单位,单价,保修月数,组成
    BVM7-710,ZB710,块,120,12,
    BVM7-720,ZB720,块,158,,
    套装,TZ1,套,150,6,BVM7-710*1; BVM7-720*2

    客户.csv
    客户
    骏业
    灵龙

    供应商.csv
    供应商
    宏达维修

    出货.csv
    单号,日期,类型,订单号,客户,产品,型号,数量,单位,单价,金额,序列号
    SH20250301-001,2025-03-01,发货,SO1,骏业,BVM7-710,ZB710,5,块,120,600,
    SH20260301-001,2026-03-01,发货,SO2,灵龙,BVM7-710,ZB710,2,块,120,240,SN1；SN2

    库存变动.csv
    单号,日期,类型,产品,型号,数量,单位
    ST20250101-001,2025-01-01,期初,BVM7-710,ZB710,30,块
    ST20250101-001,2025-01-01,期初,BVM7-720,ZB720,10,块
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def on_hand(book):
    return {row["product"]: row["on_hand"] for row in book.rows("stock list")}["BVM7-710"]


def stages(book, words="--all"):
    return [(row["product"], row["qty"], row["stage"], row["factory"]) for row in book.rows(f"return list {words}")]


def codes(envelope):
    return [note["code"] for note in envelope["data"]["notes"]]


def test_from_the_parcel_to_its_end(book):
    envelope = book.json("return add 骏业 BVM7-710×3 --fault 无显示 --date 2026-11-01")
    assert envelope["data"]["no"] == "RT20261101-001"
    assert envelope["data"]["entries"] == [{"ledger": "returns", "row": {
        "return_no": "RT20261101-001", "date": "2026-11-01", "action": "receive", "customer": "骏业",
        "product": "BVM7-710", "model": "ZB710", "qty": 3, "unit": "块", "fault": "无显示", "warranty": "out",
    }}]  # fmt: skip
    book.run("return send 1101-1 -i BVM7-710×2 --factory 宏达维修 --date 2026-11-03")
    book.run("return back 1101-1 -i BVM7-710×1 --fee 80 --date 2026-11-10")
    rows = book.rows("return list")
    assert [(row["stage"], row["qty"], row["days_in_stage"], row["factory"]) for row in reversed(rows)] == [
        ("received", 1, 22, None), ("at_factory", 1, 20, "宏达维修"), ("back", 1, 13, "宏达维修"),
    ]  # fmt: skip
    assert list(rows[0]) == [
        "return_no", "date", "customer", "product", "qty", "stage", "days_in_stage", "factory",
    ]  # fmt: skip
    book.run("return deliver 1101-1 --tracking SF1")
    book.run("return back 1101-1")
    book.run("return scrap 1101-1 -i BVM7-710×2")
    assert book.rows("return list") == []
    assert stages(book) == [("BVM7-710", 1, "scrapped", None), ("BVM7-710", 1, "scrapped", "宏达维修"),
                            ("BVM7-710", 1, "delivered", "宏达维修")]  # fmt: skip


def test_goods_under_repair_are_never_ours(book):
    before = on_hand(book)
    for words in (
        "add 骏业 BVM7-710×4",
        "send 1 -i BVM7-710×2 --factory 甲",
        "back 1",
        "deliver 1",
        "scrap 1 -i BVM7-710×1",
    ):
        assert book.run(f"return {words}").code == 0
        assert on_hand(book) == before
    assert book.run("return refund 1 --amount 118").code == 0
    assert on_hand(book) == before + 1
    book.run("return add 骏业 BVM7-710×2")
    assert book.run("return replace 2").code == 0
    assert on_hand(book) == before - 1


def test_a_refund_goes_to_the_warehouse_that_is_named_and_is_shared_out_by_quantity(book):
    book.run("return add 骏业 BVM7-710×1 BVM7-720×2")
    entries = book.json("return refund 1 --amount 100 --warehouse 不良品 --new")["data"]["entries"]
    assert [(e["row"]["qty"], e["row"]["amount"], e["row"]["warehouse"]) for e in entries] == [
        (1, 33.33, "不良品"), (2, 66.67, "不良品"),
    ]  # fmt: skip
    places = {(row["product"], row["warehouse"]): row["on_hand"] for row in book.rows("stock list --by-warehouse")}
    assert places["BVM7-710", "不良品"] == 1


def test_a_refund_without_a_warehouse_says_that_it_is_for_sale(book):
    book.write("salesaid.toml", '[book]\nlanguage = "zh"\n[stock]\nnot_for_sale = ["不良品"]')
    book.run("return add 骏业 BVM7-710×2")
    assert "for_sale" in codes(book.json("return refund 1 -i BVM7-710×1 --amount 1"))
    assert "for_sale" not in codes(book.json("return refund 1 --amount 1 --warehouse 不良品"))


def test_giving_back_more_than_the_goods_cost_is_said(book):
    book.run("order add 骏业 BVM7-710×2@110 --ship")
    book.run("return add 骏业 BVM7-710×2")
    assert "more_than_paid" in codes(book.json("return refund 1 --amount 2200 --dry-run"))
    assert "more_than_paid" not in codes(book.json("return refund 1 --amount 220 --dry-run"))


def test_replacing_beyond_what_is_on_hand_is_done_and_said(book):
    book.run("stock out -i BVM7-710×23")
    book.run("return add 骏业 BVM7-710×1")
    assert "beyond_on_hand" in codes(book.json("return replace 1"))


def test_a_bundle_that_is_taken_back_comes_in_as_its_parts(book):
    before = on_hand(book)
    book.run("return add 骏业 套装×1")
    book.run("return refund 1 --amount 150")
    assert on_hand(book) == before + 1


@pytest.mark.parametrize(
    ("words", "verdict", "said"),
    [
        ("骏业 BVM7-710×1", "out", "BVM7-710：2025-03-01 发货，保修 12 个月（到 2026-03-01）→ 保外"),
        ("骏业 BVM7-710×1 --date 2026-03-01", "in", "→ 保内"),
        ("灵龙 BVM7-710×1", "in", "2026-03-01 发货"),
        ("骏业 BVM7-710×1 --warranty 保内", "in", "按 --warranty 记保内"),
        ("骏业 BVM7-710×1 --warranty out", "out", ""),
        ("骏业 BVM7-720×1", None, "没有找到发给该客户的 BVM7-720"),
        ("骏业 BVM7-720×1 --warranty in", "in", ""),
    ],
)
def test_the_warranty_is_told_by_the_ship_date_and_said_why(book, words, verdict, said):
    data = book.json(f"return add {words}")["data"]
    assert data["entries"][0]["row"].get("warranty") == verdict
    assert said in "".join(note["text"] for note in data["notes"])


def test_a_shipment_that_was_voided_gives_no_warranty(book):
    book.run("order add 灵龙 BVM7-710×1@120 --ship")
    book.run("void SH20261123-001 --why 没发")
    assert "2026-03-01 发货" in book.run("return add 灵龙 BVM7-710×1").out


def test_a_part_of_a_bundle_has_the_bundles_ship_date(book):
    book.run("order add 骏业 套装×1@150 --ship --date 2026-10-01")
    data = book.json("return add 骏业 BVM7-710×1")["data"]
    assert data["entries"][0]["row"]["warranty"] == "in"


def test_in_a_book_of_sales_the_warranty_counts_from_the_order(desk):
    """
    产品.csv
    产品,保修月数
    主板,6

    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-07-01,骏业,主板,3,5
    """
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"')
    assert desk.json("return add 骏业 主板×1")["data"]["entries"][0]["row"]["warranty"] == "in"
    desk.run("return refund 1 --amount 5")
    assert {row["product"]: row["on_hand"] for row in desk.rows("stock list")} == {"主板": -2}


def test_a_serial_number_tells_the_customer_the_product_and_the_order(book):
    data = book.json("return add --serial sn2 --fault 花屏")["data"]
    row = data["entries"][0]["row"]
    assert (row["customer"], row["product"], row["qty"], row["serial"], row["order_no"], row["warranty"]) == (
        "灵龙", "BVM7-710", 1, "sn2", "SO2", "in",
    )  # fmt: skip
    other = book.json("return add 骏业 BVM7-720×1 --serial SN2")
    assert {"in_repair", "sold_to_other", "other_product"} <= set(codes(other))


def test_an_order_tells_the_customer_and_is_held_against_the_goods(book):
    book.run("order add 骏业 BVM7-710×2@110 --ship")
    row = book.json("return add --order SO20261123-001 -i BVM7-710×1")["data"]["entries"][0]["row"]
    assert (row["customer"], row["order_no"], row["warranty"]) == ("骏业", "SO20261123-001", "in")
    other = book.json("return add 灵龙 BVM7-720×1 --order SO20261123-001")
    assert {"other_customer", "not_on_order"} <= set(codes(other))
    refund = book.json("return refund 1 --amount 110")["data"]["entries"][0]["row"]
    assert refund["order_no"] == "SO20261123-001"


def test_a_serial_number_that_a_void_took_back_is_nobodys(book):
    book.write(
        "出货.csv",
        book.text("出货.csv") + "SH20260301-001,2026-03-02,发货,SO2,灵龙,BVM7-710,ZB710,-2,块,120,-240,SN1；SN2",
    )
    assert book.run("return add --serial SN1").code == 2


def test_each_serial_number_is_a_line_and_steps_name_it(book):
    book.run("return add 灵龙 BVM7-710×2 --serial SN1 --serial SN2")
    assert book.run("return send 1 -i BVM7-710×1 --factory 甲").code == 2
    book.run("return send 1 --serial sn1 --factory 甲")
    assert stages(book, "") == [("BVM7-710", 1, "received", None), ("BVM7-710", 1, "at_factory", "甲")]
    refused = book.run("return deliver 1 --serial SN9")
    assert (refused.code, "SN1" in refused.err) == (2, True)


def test_steps_written_by_hand_without_serials_are_the_lines_own(desk):
    """
    返修.csv
    单号,日期,类型,客户,产品,数量,序列号,加工厂
    R1,2026-11-01,收到,骏业,主板,1,SN1,
    R1,2026-11-01,收到,骏业,主板,1,SN2,
    R1,2026-11-02,送修,骏业,主板,2,,甲厂
    R1,2026-11-09,修回,骏业,主板,1,,甲厂
    """
    assert stages(desk) == [("主板", 1, "back", "甲厂"), ("主板", 1, "at_factory", "甲厂")]
    assert desk.json("return deliver R1 --serial SN2")["data"]["entries"][0]["row"]["serial"] == "SN2"
    assert stages(desk, "") == [("主板", 1, "at_factory", "甲厂")]


def test_a_factory_is_written_as_before_or_as_the_suppliers_have_it(book):
    book.run("return add 骏业 BVM7-710×3")
    first = book.json("return send 1 -i BVM7-710×1 --factory 宏达")
    assert first["data"]["entries"][0]["row"]["factory"] == "宏达维修"
    assert "new_factory" in codes(book.json("return send 1 -i BVM7-710×1 --factory 老王修理铺"))
    again = book.json("return send 1 --factory '老王 修理铺'")
    assert again["data"]["entries"][0]["row"]["factory"] == "老王修理铺"


def test_what_is_back_is_delivered_before_what_was_only_received(book):
    book.run("return add 骏业 BVM7-710×2")
    book.run("return send 1 -i BVM7-710×1 --factory 甲")
    book.run("return back 1")
    book.run("return deliver 1")
    assert stages(book, "") == [("BVM7-710", 1, "received", None)]


def test_what_comes_back_is_written_apart_by_factory(book):
    book.run("return add 骏业 BVM7-710×3")
    book.run("return send 1 -i BVM7-710×2 --factory 甲厂")
    book.run("return send 1 --factory 乙厂")
    rows = [e["row"] for e in book.json("return back 1 --fee 9 --dry-run")["data"]["entries"]]
    assert [(row["qty"], row["factory"], row.get("fee")) for row in rows] == [(2, "甲厂", 9), (1, "乙厂", None)]
    assert book.run("return back 1 -i BVM7-710×2 --factory 乙厂").code == 2
    book.run("return back 1 --factory 乙厂")
    assert stages(book, "") == [("BVM7-710", 1, "back", "乙厂"), ("BVM7-710", 2, "at_factory", "甲厂")]
    refused = book.run("return back 1 --factory 乙厂")
    assert (refused.code, "没有在 乙厂 的货" in refused.err, "2 在工厂（甲厂" in refused.err) == (2, True, True)


def test_a_step_writes_names_as_the_rows_have_them(desk):
    """
    返修.csv
    单号,日期,类型,客户,产品,型号,数量
    R1,2026-11-01,收到,17850.0,灯串,85123A,2
    R1,2026-11-01,收到,17850.0,灯串,85123A,2
    """
    row = desk.json("return deliver R1")["data"]["entries"][0]["row"]
    assert (row["customer"], row["product"], row["model"], row["qty"]) == ("17850.0", "灯串", "85123A", 4)


def test_an_undo_takes_a_step_back(book):
    book.run("return add 骏业 BVM7-710×2")
    before = book.text("返修.csv")
    book.run("return send 1 --factory 甲")
    assert book.run("undo").code == 0
    assert book.text("返修.csv") == before


def test_a_void_takes_back_every_row_with_fees_and_stock(book):
    before = on_hand(book)
    book.run("return add 骏业 BVM7-710×2")
    book.run("return send 1 --factory 甲")
    book.run("return back 1 --fee 80")
    book.run("return refund 1 -i BVM7-710×1 --amount 100")
    refused = book.run("void RT20261123-001 --why 记错")
    assert refused.code == 2
    assert "送修（2026-11-23）、修回（2026-11-23）、退货（2026-11-23）" in refused.err
    entries = book.json("void RT20261123-001 --why 记错 --force")["data"]["entries"]
    assert [(e["row"]["action"], e["row"]["qty"], e["row"].get("fee"), e["row"].get("amount")) for e in entries] == [
        ("receive", -2, None, None), ("send", -2, None, None), ("back", -2, -80, None), ("refund", -1, None, -100),
    ]  # fmt: skip
    assert (stages(book), on_hand(book)) == ([], before)
    assert book.run("void RT20261123-001 --why 又来 --force").code == 2


def test_a_return_without_steps_is_voided_unasked(book):
    book.run("return add 骏业 BVM7-710×2")
    assert book.run("void RT20261123-001 --why 记错").code == 0


def test_steps_are_the_same_in_a_workbook_and_in_english(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "en"\nstore = "xlsx"')
    for words in ("add -c Acme -i Board*3 --new --fault dark", "send 1 --factory Fixit -i Board*2", "back 1 --fee 5.5"):
        assert desk.run(f"return {words}", SALESAID_LANG="en").code == 0
    assert (desk.folder / "returns.xlsx").exists()
    assert stages(desk) == [("Board", 2, "back", "Fixit"), ("Board", 1, "received", None)]
    assert "back" in desk.run("return list", SALESAID_LANG="en").out


words = st.one_of(
    st.builds("add 骏业 BVM7-710×{}".format, st.integers(1, 4)),
    st.builds(
        "{} 1 -i BVM7-710×{}{}".format,
        st.sampled_from(["send", "back", "deliver", "replace", "refund", "scrap"]), st.integers(1, 3), st.just(""),
    ),
    st.builds("{} 1".format, st.sampled_from(["send", "back", "deliver", "replace", "refund", "scrap"])),
)  # fmt: skip
EXTRA = {"send": " --factory 甲", "refund": " --amount 10"}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(words, min_size=4, max_size=9))
def test_whatever_is_commanded_goods_are_where_the_book_says_or_nothing_is_written(tmp_path_factory, commanded):
    book = Desk(tmp_path_factory.mktemp("book"))
    book.lay_out(BOOK)
    start, received = on_hand(book), 0
    for each in ["add 骏业 BVM7-710×3", *commanded]:
        before = book.text("返修.csv") if (book.folder / "返修.csv").exists() else ""
        answer = book.run(f"return {each}{EXTRA.get(each.split()[0], '')}")
        assert answer.code in {0, 2}, answer.err
        if answer.code:
            assert book.text("返修.csv") == before
        elif each.startswith("add"):
            received += int(each.rpartition("×")[2])
    rows = book.rows("return list --all")
    assert all(row["qty"] > 0 for row in rows)
    assert sum(row["qty"] for row in rows) == received
    ended = {stage: sum(row["qty"] for row in rows if row["stage"] == stage) for stage in ("refunded", "replaced")}
    assert on_hand(book) == start + ended["refunded"] - ended["replaced"]

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价,最低价,最低库存,组成,管库存
    BVM7-710,ZB710,块,120,105,5,,是
    电源线,DYX15,条,15,,,,是
    套装,TZ1,套,150,,,BVM7-710*1; 电源线*2,是
    运费,,,,,,,否

    客户.csv
    客户,业务员
    深圳骏业电子,徐峰
    东莞骏业五金,赵丽

    库存变动.csv
    单号,日期,类型,产品,型号,数量,单位
    ST20261101-001,2026-11-01,期初,BVM7-710,ZB710,30,块
    ST20261101-001,2026-11-01,期初,电源线,DYX15,50,条
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def test_the_short_form_and_the_long_one_write_the_same_rows(book):
    short = book.json("order add 深圳骏业电子 BVM7-710×10@118 电源线*2 --dry-run")
    long = book.json("order add -c 深圳骏业电子 -i BVM7-710＊10＠118 --item 电源线×2 --dry-run")
    assert short["data"]["entries"] == long["data"]["entries"]
    assert [entry["row"]["qty"] for entry in short["data"]["entries"]] == [10, 2]


def test_an_order_is_written_whole_with_what_the_registers_know(book):
    data = book.json("order add 深圳骏业电子 bvm7—710×10@118 --due +7 --po A-9 --note 急")["data"]
    assert data["no"] == "SO20261123-001"
    assert data["receipt"]
    [entry] = data["entries"]
    assert entry["ledger"] == "orders"
    assert {name: value for name, value in entry["row"].items() if value is not None} == {
        "order_no": "SO20261123-001", "date": "2026-11-23", "action": "order", "customer": "深圳骏业电子",
        "product": "BVM7-710", "model": "ZB710", "qty": 10, "unit": "块", "price": 118, "amount": 1180,
        "due": "2026-11-30", "salesperson": "徐峰", "customer_po": "A-9", "note": "急",
    }  # fmt: skip
    assert ("understood", "bvm7—710 → BVM7-710") in [(note["code"], note["text"]) for note in data["notes"]]


def test_a_dry_run_says_the_same_and_writes_nothing(book):
    tried = book.json("order add 深圳骏业电子 电源线×2 --dry-run")["data"]
    assert tried.pop("dry_run") is True
    assert tried.pop("receipt") is None
    assert not (book.folder / "订单.csv").exists()
    done = book.json("order add 深圳骏业电子 电源线×2")["data"]
    del done["receipt"]
    assert tried == done


def test_a_request_id_posts_once_and_belongs_to_one_command(book):
    first = book.json("order add 深圳骏业电子 电源线×2 --request-id q1")["data"]
    again = book.json("order add 深圳骏业电子 电源线×9 --request-id q1")["data"]
    assert (again["receipt"], again["no"], again["entries"]) == (first["receipt"], first["no"], first["entries"])
    assert len(book.lines("订单.csv")) == 2
    assert book.run(f"order close {first['no']} --why 无 --request-id q1").code == 2


def test_a_typed_part_of_a_name_that_fits_two_customers_is_refused_with_both(book):
    answer = book.run("order add 骏业 电源线×2")
    assert answer.code == 2
    assert "深圳骏业电子" in answer.err
    assert "东莞骏业五金" in answer.err


def test_a_unique_part_without_digits_is_taken_and_said(book):
    assert "五金 → 东莞骏业五金" in book.run("order add 五金 电源线×2").out


def test_unknown_names_are_created_only_with_new(book):
    assert book.run("order add 深圳骏业电子 主机箱×2").code == 2
    data = book.json("order add 新客户公司 主机箱×2台@80 --new")["data"]
    assert [entry["ledger"] for entry in data["entries"]] == ["customers", "products", "orders"]
    assert "主机箱" in book.text("产品.csv")
    assert data["entries"][2]["row"]["unit"] == "台"


def test_a_unit_that_is_not_the_products_is_refused(book):
    answer = book.run("order add 深圳骏业电子 BVM7-710×10箱@118")
    assert answer.code == 2
    assert "块" in answer.err


def test_without_a_price_the_customers_last_one_comes_before_the_register(book):
    assert book.json("order add 深圳骏业电子 BVM7-710×1 -d 2026-11-01")["data"]["entries"][0]["row"]["price"] == 120
    book.run("order add 深圳骏业电子 BVM7-710×1@117 -d 2026-11-02")
    data = book.json("order add 深圳骏业电子 BVM7-710×1")["data"]
    assert data["entries"][0]["row"]["price"] == 117
    assert any(note["code"] == "price_from" and "2026-11-02" in note["text"] for note in data["notes"])


def test_without_any_price_the_amount_stays_blank_and_is_said(book):
    data = book.json("order add 深圳骏业电子 运费×1")["data"]
    assert data["entries"][0]["row"].get("amount") is None
    assert book.lines("订单.csv")[1].count("1,,,") == 1
    assert "no_price" in [note["code"] for note in data["notes"]]


def test_free_of_charge_is_a_price(book):
    row = book.json("order add 深圳骏业电子 BVM7-710×1@0")["data"]["entries"][0]["row"]
    assert (row["price"], row["amount"]) == (0, 0)


@pytest.mark.parametrize(("more", "code"), [("", 2), ("--yes", 2), ("--note 清仓", 2), ("--yes --note 清仓", 0)])
def test_a_price_below_the_lowest_needs_yes_and_a_note(book, more, code):
    assert book.run(f"order add 深圳骏业电子 BVM7-710×1@104 {more}").code == code


def test_a_floor_agreed_with_one_customer_binds_no_other(book):
    """价格.csv
    日期,产品,客户,单价,最低价
    2026-11-01,电源线,东莞骏业五金,15,14
    """
    assert book.run("order add 深圳骏业电子 电源线×1@12").code == 0
    assert book.run("order add 东莞骏业五金 电源线×1@12").code == 2


def test_what_runs_short_or_low_is_warned_of(book):
    codes = [note["code"] for note in book.json("order add 深圳骏业电子 BVM7-710×26@120 电源线×51")["data"]["notes"]]
    assert [code for code in codes if code in {"short", "below_minimum"}] == ["below_minimum", "short"]


def test_a_bundle_promises_its_parts(book):
    book.run("order add 深圳骏业电子 套装×3")
    answer = book.run("order add 深圳骏业电子 电源线×1")
    assert "44" in answer.out  # 50 on hand, 6 promised inside the bundles


def test_ship_writes_order_and_shipment_in_one_post(book):
    data = book.json("order add 深圳骏业电子 BVM7-710×2@118 --ship --carrier 顺丰 --tracking 00123 --freight 12")[
        "data"
    ]
    assert data["no"] == "SO20261123-001"
    order, shipment = (entry["row"] for entry in data["entries"])
    assert (shipment["ship_no"], shipment["order_no"]) == ("SH20261123-001", order["order_no"])
    assert (shipment["tracking_no"], shipment["freight"], shipment["amount"]) == ("00123", 12, 236)
    assert [row["receipt"] for row in book.rows("log")] == [data["receipt"]]


def test_what_is_said_of_a_shipment_is_refused_where_none_is_made(book):
    answer = book.run("order add 深圳骏业电子 电源线×2 --carrier 顺丰")
    assert answer.code == 2
    assert "--ship" in answer.err


@pytest.mark.parametrize(
    "words", ["", "深圳骏业电子", "深圳骏业电子 电源线", "深圳骏业电子 电源线×0", "深圳骏业电子 电源线×-2"]
)
def test_without_a_terminal_what_is_missing_or_no_quantity_is_refused(book, words):
    answer = book.run(f"order add {words}")
    assert answer.code == 2
    assert not (book.folder / "订单.csv").exists()


def test_trouble_comes_to_scripts_in_the_same_envelope(book):
    envelope = book.json("order add 深圳骏业电子 不存在×1")
    assert (envelope["status"], envelope["command"], envelope["data"]) == ("error", "order add", None)
    assert set(envelope["errors"][0]) == {"code", "message", "hint", "where"}


def test_text_that_would_run_as_a_formula_is_refused_unless_it_is_meant(book):
    assert book.run(["order", "add", "深圳骏业电子", "电源线×1", "--note", "=1+1"]).code == 2
    assert book.run(["order", "add", "深圳骏业电子", "电源线×1", "--note", "=1+1", "--literal"]).code == 0
    assert "=1+1" in book.text("订单.csv")


def test_a_value_for_a_column_that_the_file_lacks_is_refused_by_name(book):
    """订单.csv
    日期,客户,产品,数量
    2026-11-01,深圳骏业电子,电源线,3
    """
    assert book.run("order add 深圳骏业电子 电源线×1").code == 0
    refused = book.run("order add 深圳骏业电子 电源线×1 --due +7")
    assert refused.code == 2
    assert "交期" in refused.err
    assert book.lines("订单.csv")[-1] == "2026-11-23,深圳骏业电子,电源线,1"


def test_numbers_are_not_given_again_after_rows_were_deleted_by_hand(book):
    book.run("order add 深圳骏业电子 电源线×1")
    book.run("order add 深圳骏业电子 电源线×2")
    book.write("订单.csv", "\n".join(book.lines("订单.csv")[:2]))
    assert book.json("order add 深圳骏业电子 电源线×3")["data"]["no"] == "SO20261123-003"


def test_a_person_is_offered_prices_and_may_type_another(book):
    book.run("order add 深圳骏业电子 BVM7-710×1@117 -d 2026-11-02")
    answer = book.run("order add 深圳骏业电子 BVM7-710×2", stdin="118\n")
    assert "117" in answer.out
    assert "120" in answer.out
    assert book.rows("order list --limit 1")[0]["price"] == 118


def test_a_person_is_asked_for_what_is_missing(book):
    answer = book.run("order add", stdin="深圳骏业电子\n电源线×2\n\n")
    assert answer.code == 0
    assert book.rows("order list")[0]["price"] == 15


def test_a_person_may_say_no_to_a_price_below_the_lowest(book):
    assert book.run("order add 深圳骏业电子 BVM7-710×1@100", stdin="n\n").code == 2
    assert book.run("order add 深圳骏业电子 BVM7-710×1@100", stdin="y\n").code == 0


def test_an_order_without_any_price_says_so(desk):
    """
    产品.csv
    产品
    主板
    """
    assert "1 行 · 无单价" in desk.run("order add -c 骏业 -i 主板×5 --new").out
    assert "· no price" in desk.run("order add -c 骏业 -i 主板×5", SALESAID_LANG="en").out
    assert "1 行 · 0.00 元" in desk.run("order add -c 骏业 -i 主板×5@0").out

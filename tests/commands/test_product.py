from __future__ import annotations

import pytest

HEAD = "产品,型号,单位,单价,最低价,最低库存,装箱数,供应商,组成,产品状态,备注"


@pytest.fixture
def shop(desk):
    desk.write("产品.csv", f"{HEAD}\nBVM7-710,ZB710,块,120,105,20,10,联芯科技,,在售,\n电源线,DYX15,条,6.5,,,,,,,")
    desk.write("供应商.csv", "供应商\n联芯科技")
    return desk


def cells(desk, name):
    head, *rows = (line.split(",") for line in desk.lines("产品.csv"))
    return next(dict(zip(head, row, strict=True)) for row in rows if row[0] == name)


def test_a_product_is_entered_with_all_that_was_said_of_it(shop):
    answer = shop.run(
        "product add BVM7-740 --model ZB740 --unit 块 --price 210 --floor 185 --min 5 --pack 10 -s 联芯科技 -n 新品"
    )
    assert answer.code == 0, answer.err
    found = cells(shop, "BVM7-740")
    assert (found["型号"], found["单价"], found["最低库存"], found["供应商"], found["备注"]) == (
        "ZB740", "210", "5", "联芯科技", "新品",
    )  # fmt: skip


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_registers_of_either_format_are_added_to_changed_and_undone(desk, store):
    desk.write("salesaid.toml", f'[book]\nlanguage = "zh"\nstore = "{store}"')
    desk.run("product add BVM7-710 --min 20 --note 旧")
    desk.run("product add 电源线")
    before = (desk.folder / f"产品.{store}").read_bytes()
    assert desk.run("product set BVM7-710 --min 25 --note -").code == 0
    assert [row["min_stock"] for row in desk.rows("product list")] == [25, None]
    desk.run("undo")
    assert (desk.folder / f"产品.{store}").read_bytes() == before


def test_the_first_product_makes_the_register(desk):
    assert desk.run("product add 电源线 --unit 条").code == 0
    assert cells(desk, "电源线")["单位"] == "条"


@pytest.mark.parametrize("name", ["BVM7-710", "bvm7—710", "ＢＶＭ7 710", "ZB710"])
def test_a_product_that_is_there_in_another_spelling_is_refused_with_the_name_that_is_there(shop, name):
    before = shop.text("产品.csv")
    answer = shop.run(["product", "add", name])
    assert (answer.code, "salesaid product set BVM7-710" in answer.err) == (2, True)
    assert shop.text("产品.csv") == before


def test_a_model_of_another_product_is_refused(shop):
    assert "BVM7-710" in shop.run("product add 主板 --model zb710").err
    assert shop.run("product set 电源线 --model ZB710").code == 2


def test_a_name_within_another_is_entered_and_said_to_be_similar(shop):
    answer = shop.run("product add BVM7-710-8505")
    assert answer.code == 0
    assert "salesaid name same BVM7-710-8505 BVM7-710" in answer.err


def test_another_model_number_is_no_similar_name(shop):
    assert shop.run("product add BVM7-720").err == ""


def test_set_changes_the_named_cells_and_no_other_byte(shop):
    before = shop.text("产品.csv")
    answer = shop.run("product set BVM7-710 --min 30 --price 125")
    assert "最低库存 20 → 30" in answer.out
    assert shop.text("产品.csv") == before.replace("120,105,20,", "125,105,30,")


@pytest.mark.parametrize("blank", ["-", ""])
def test_a_dash_or_nothing_clears_a_cell(shop, blank):
    answer = shop.run(["product", "set", "BVM7-710", "--min", blank, "--supplier", blank])
    assert "最低库存 20 → 空" in answer.out
    assert (cells(shop, "BVM7-710")["最低库存"], cells(shop, "BVM7-710")["供应商"]) == ("", "")


def test_what_is_set_to_what_it_is_writes_nothing(shop):
    answer = shop.json("product set BVM7-710 --min 20.0 --price 120")
    assert (answer["status"], answer["data"]["receipt"], answer["data"]["entries"]) == ("ok", None, [])


def test_zero_is_no_blank(shop):
    assert "最低库存 空 → 0" in shop.run("product set 电源线 --min 0").out
    assert cells(shop, "电源线")["最低库存"] == "0"


def test_scripts_see_the_row_and_its_new_values(shop):
    data = shop.json("product set BVM7-710 --min 30 --supplier -")["data"]
    assert data["entries"] == [
        {"ledger": "products", "row": {"product": "BVM7-710", "min_stock": 30, "supplier": None}}
    ]
    assert [note["code"] for note in data["notes"]] == ["changed", "changed"]


def test_a_request_is_answered_twice_and_written_once(shop):
    once, twice = (shop.json("product set BVM7-710 --min 30 --note - --request-id r1") for _ in range(2))
    assert once["data"]["receipt"] == twice["data"]["receipt"]
    assert once["data"]["entries"] == twice["data"]["entries"]


def test_a_dry_run_changes_nothing(shop):
    before = shop.text("产品.csv")
    assert shop.json("product set BVM7-710 --min 30 --dry-run")["data"]["dry_run"]
    assert shop.json("product add 新的 --dry-run")["data"]["dry_run"]
    assert shop.text("产品.csv") == before


def test_a_change_is_undone_bit_for_bit(shop):
    before = (shop.folder / "产品.csv").read_bytes()
    shop.run("product set BVM7-710 --min 30 --note 涨")
    assert shop.run("undo").code == 0
    assert (shop.folder / "产品.csv").read_bytes() == before


@pytest.mark.parametrize(
    "option",
    ["--min abc", "--min -1", "--pack 0", "--reorder 0", "--price -3", "--status 好", "--stocked 也许", "--lead 1.5"],
)
def test_a_value_of_another_kind_is_refused_with_what_is_accepted(shop, option):
    flag, value = option.split()
    answer = shop.run(["product", "set", "BVM7-710", f"{flag}={value}"])
    assert (answer.code, "可以写" in answer.err) == (2, True)


def test_the_name_itself_is_never_changed(shop):
    answer = shop.run("product set BVM7-710 --product BVM7-711")
    assert (answer.code, "salesaid name same BVM7-711 BVM7-710" in answer.err) == (2, True)


def test_nothing_to_set_is_refused(shop):
    assert shop.run("product set BVM7-710").code == 2


def test_a_value_for_which_the_file_has_no_column_is_refused_with_the_column(shop):
    assert "货位" in shop.run("product set BVM7-710 --location A1").err
    assert "货位" in shop.run("product add 新的 --location A1").err


def test_a_cell_that_the_file_has_no_column_for_is_clear_already(shop):
    assert shop.run("product set BVM7-710 --location -").code == 0


def test_a_supplier_has_to_be_known_unless_it_is_new(shop):
    assert shop.run("product set 电源线 --supplier 恒通").code == 2
    assert shop.run("product set 电源线 --supplier 恒通 --new").code == 0
    assert shop.lines("供应商.csv") == ["供应商", "联芯科技", "恒通"]


def test_without_any_supplier_known_a_product_takes_any(desk):
    assert desk.run("product add 电源线 --supplier 恒通").code == 0
    assert not (desk.folder / "供应商.csv").exists()


def test_a_bundles_parts_are_named_as_the_register_names_them_and_added_up(shop):
    shop.run("product add 套装 --components 'bvm7—710×1；电源线*2；电源线×1'")
    assert cells(shop, "套装")["组成"] == "BVM7-710*1; 电源线*3"


@pytest.mark.parametrize("parts", ["没有的×1", "电源线", "新套×1", "套装×1", "电源线×2@3", "×"])
def test_what_cannot_be_part_of_a_bundle_is_refused(shop, parts):
    shop.run("product add 套装 --components 电源线×2")
    assert shop.run(["product", "add", "新套", "--components", parts]).code == 2


def test_a_part_of_a_bundle_does_not_become_one(shop):
    shop.run("product add 套装 --components 电源线×2")
    assert "套装" in shop.run("product set 电源线 --components BVM7-710×1").err


def test_a_product_with_stock_that_becomes_a_bundle_is_warned_of(shop):
    shop.write("库存变动.csv", "单号,日期,类型,产品,数量\nST1,2026-11-01,期初,电源线,5")
    assert "在库 5" in shop.run("product set 电源线 --components BVM7-710×1").err


def test_another_unit_is_warned_of(shop):
    assert "块" in shop.run("product set BVM7-710 --unit 个").err


def test_a_price_below_the_lowest_is_warned_of(shop):
    assert "低于最低价 105" in shop.run("product set BVM7-710 --price 100").err
    assert shop.run("product set BVM7-710 --min 3").err == ""


def test_where_names_repeat_the_row_of_the_model_is_changed(desk):
    """
    产品.csv
    产品,型号,最低库存
    主板,ZB710,10
    主板,ZB720,20
    """
    desk.run("product set ZB720 --min 25")
    assert desk.lines("产品.csv")[1:] == ["主板,ZB710,10", "主板,ZB720,25"]
    assert desk.run("product set ZB720 --model ZB721").code == 2
    assert desk.run("product add 主板 --model ZB730").code == 0
    assert desk.run("product add 主板 --model ZB720").code == 2


def test_a_register_of_models_only_is_as_good(desk):
    """
    产品.csv
    型号,单价
    ZB710,10
    合计,
    ,5
    """
    assert [row["product"] for row in desk.rows("product list")] == ["ZB710"]
    assert desk.run("product add ZB720 --price 20").code == 0
    assert desk.run("product set ZB710 --price 11").code == 0
    assert desk.lines("产品.csv")[1:] == ["ZB710,11", "合计,", ",5", "ZB720,20"]


def test_a_total_line_of_a_register_is_no_product(desk):
    """
    产品.csv
    产品,单价
    甲,10
    合计,
    """
    assert [row["product"] for row in desk.rows("product list")] == ["甲"]


def test_two_rows_of_one_name_are_not_guessed_between(desk):
    """
    产品.csv
    产品,最低库存
    电源线,1
    电源线,2
    """
    answer = desk.run("product set 电源线 --min 3")
    assert (answer.code, "2, 3" in answer.err) == (2, True)


def test_a_product_known_from_rows_only_is_entered_before_it_is_changed(desk):
    """
    产品.csv
    产品
    甲

    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-01,客,乙,3
    """
    assert "salesaid product add 乙" in desk.run("product set 乙 --note x").err
    assert "1 行" in desk.run("product add 乙").out


@pytest.mark.parametrize("name", ["合计", "小计", "-"])
def test_a_total_is_no_products_name(desk, name):
    assert desk.run(["product", "add", "--", name]).code == 2


# Prices.


def test_a_price_is_added_and_the_one_before_is_shown(shop):
    answer = shop.run("product price BVM7-710 125 --from 2026-11-01 --floor 108")
    assert "120 → 125" in answer.out
    assert "125 → 130" in shop.run("product price BVM7-710 130").out
    assert len(shop.lines("价格.csv")) == 3


def test_a_price_for_one_customer_leaves_the_others(shop):
    shop.write("客户.csv", "客户\n深圳骏业电子\n安卡")
    shop.run("product price BVM7-710 112 --customer 骏业 --until +30")
    (price,) = [row["price"] for row in shop.rows("product list") if row["product"] == "BVM7-710"]
    assert price == 120
    assert "@" not in shop.run("order add 深圳骏业电子 BVM7-710×1").err
    assert shop.rows("order list")[0]["price"] == 112


def test_a_price_of_a_day_to_come_holds_from_that_day(shop):
    shop.run("product price BVM7-710 130 --from +7")
    prices = [shop.rows(f"product list --as-of {day}")[0]["price"] for day in ("2026-11-29", "2026-11-30")]
    assert prices == [120, 130]


@pytest.mark.parametrize("price", ["abc", "-1", "-"])
def test_a_price_that_is_none_is_refused(shop, price):
    assert shop.run(["product", "price", "BVM7-710", "--", price]).code == 2
    assert not (shop.folder / "价格.csv").exists()


def test_where_names_repeat_a_price_is_written_under_the_model(desk):
    """
    产品.csv
    产品,型号,单价
    主板,ZB710,10
    主板,ZB720,20
    """
    desk.run("product price ZB720 25")
    assert [row["price"] for row in desk.rows("product list")] == [10, 25]


# Lists and cards.


def test_the_list_leaves_out_what_is_discontinued_unless_all_is_asked_for(shop):
    shop.run("product set 电源线 --status 停售")
    assert [row["product"] for row in shop.rows("product list")] == ["BVM7-710"]
    assert [row["status"] for row in shop.rows("product list --all")] == ["active", "discontinued"]


def test_the_list_shows_what_is_on_hand_and_available_of_goods_bundles_and_services(desk):
    """
    产品.csv
    产品,组成,管库存,最低库存
    甲,,,5
    套,甲*2,,
    运费,,否,

    库存变动.csv
    单号,日期,类型,产品,数量
    ST1,2026-11-01,期初,甲,10

    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-02,客,甲,3
    A2,2026-11-02,客,套,1
    """
    rows = [(row["on_hand"], row["promised"], row["available"]) for row in desk.rows("product list")]
    assert rows == [(10, 5, 5), (None, 1, 2), (None, None, None)]
    assert [row["product"] for row in desk.rows("product list --low")] == ["甲"]


def test_the_list_may_be_of_one_category_or_supplier(desk):
    """
    产品.csv
    产品,类别,供应商
    甲,线材,恒通线缆
    乙,主板,联芯
    """
    assert [row["product"] for row in desk.rows("product list --category 线材")] == ["甲"]
    desk.write("供应商.csv", "供应商\n恒通线缆\n联芯")
    assert [row["product"] for row in desk.rows("product list --supplier 恒通")] == ["甲"]


def test_a_book_without_a_register_lists_the_products_of_its_rows(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-02,客,甲,3
    """
    assert [(row["product"], row["registered"]) for row in desk.rows("product list")] == [("甲", False)]


def test_the_card_shows_data_prices_places_open_orders_sales_and_spellings(shop):
    shop.write(
        "库存变动.csv",
        "单号,日期,类型,产品,数量,仓库\nST1,2026-11-01,期初,BVM7-710,10,\nST2,2026-11-01,期初,bvm7 710,4,北仓",
    )
    shop.write("订单.csv", "单号,日期,客户,产品,数量,单价\nA1,2026-11-02,客,bvm7—710,3,118")
    tables = shop.json("product show bvm7-710")["data"]["tables"]
    data, prices, places, opened, sales, moves, spellings = (table["rows"] for table in tables)
    assert (data[0]["on_hand"], data[0]["promised"], data[0]["available"]) == (14, 3, 11)
    assert (prices[0]["price"], prices[0]["floor_price"], prices[0]["source"]) == (120, 105, "register")
    assert {row["warehouse"]: row["on_hand"] for row in places} == {"主仓": 10, "北仓": 4}
    assert [(row["no"], row["balance"]) for row in moves] == [("ST2", 14), ("ST1", 10)]
    assert (opened[0]["open"], sales[0]["price"]) == (3, 118)
    assert {row["name"]: row["rows"] for row in spellings} == {"BVM7-710": 1, "bvm7 710": 1, "bvm7—710": 1}


def test_the_card_of_an_unknown_name_is_refused_with_suggestions(shop):
    answer = shop.run("product show BVM7-77")
    assert (answer.code, "BVM7-710" in answer.err) == (2, True)


def test_a_missing_name_is_asked_for_at_a_terminal(shop):
    assert "BVM7-710" in shop.run("product show", stdin="BVM7-710\n").out
    assert shop.run("product show").code == 2


def test_hostile_text_of_the_register_reaches_no_terminal_as_it_is(desk):
    desk.write("产品.csv", "产品,备注\n甲,\x1b[31m红[/]")
    answer = desk.run("product show 甲")
    assert (answer.code, "\x1b" in answer.out) == (0, False)


def test_a_product_that_is_entered_twice_alike_keeps_its_name(desk):
    """
    产品.csv
    产品,型号
    主板,M-1
    主板,M-1
    电源,P-1
    电源,P-2
    """
    assert [row["product"] for row in desk.rows("product list")] == ["主板", "P-1", "P-2"]


PRICES = """
    价格.csv
    日期,产品,客户,单价,最低价,截止日期
    2026-10-09,BVM7-710,,124,,
    2026-10-09,BVM7-710,骏业,112,,
    2026-10-09,BVM7-710,灵龙,99,,2026-10-31
"""


def test_a_price_of_the_price_list_that_still_wins_is_said(shop):
    shop.lay_out(PRICES)
    shop.write("客户.csv", "客户\n骏业\n灵龙")
    changed, note = shop.json("product set BVM7-710 --price 130")["data"]["notes"]
    assert (changed["code"], note["code"]) == ("changed", "price_elsewhere")
    assert "124（2026-10-09 起）" in note["text"]
    assert "骏业 112（2026-10-09 起）" in note["text"]
    assert "灵龙" not in note["text"]  # that price has run out
    assert "salesaid product price BVM7-710 新价" in note["text"]
    assert "骏业 at 112 (since 2026-10-09)" in shop.run("product set BVM7-710 --price 131 --lang en").err
    for words in ("电源线 --price 7", "BVM7-710 --min 30"):
        assert [each["code"] for each in shop.json(f"product set {words}")["data"]["notes"]] == ["changed"]

from __future__ import annotations

import pytest

CUSTOMERS = "客户,全称,电话,付款条件,在途天数,业务员,客户状态,备注"


@pytest.fixture
def office(desk):
    desk.write(
        "客户.csv", f"{CUSTOMERS}\n深圳骏业电子,深圳市骏业电子有限公司,0755,月结30,4,徐峰,合作,\n灵龙,,,,,赵丽,流失,"
    )
    desk.write("供应商.csv", "供应商,电话,采购周期,付款条件\n联芯科技,13800003101,15,月结30")
    desk.write("产品.csv", "产品,供应商,成本\nBVM7-710,联芯科技,82\n电源线,恒通线缆,3")
    desk.write(
        "订单.csv",
        "单号,日期,客户,产品,数量,单价,交期\nA1,2026-11-02,深圳骏业电子,BVM7-710,3,118,2026-11-20\nA2,2026-11-03,安卡,电源线,9,6,",
    )
    return desk


def test_a_customer_is_entered_with_all_that_was_said_of_it(office):
    office.run("customer add 佐客 --terms 月结30 --transit 3 --by 王磊 --status 意向 -n 新")
    assert office.lines("客户.csv")[-1] == "佐客,,,月结30,3,王磊,意向,新"


def test_contacts_for_which_the_file_has_no_column_are_refused(office):
    before = office.text("客户.csv")
    answer = office.run("customer add 佐客 --wechat zk")
    assert (answer.code, "微信" in answer.err, office.text("客户.csv")) == (2, True, before)


def test_the_first_customer_and_supplier_make_their_registers(desk):
    assert desk.run("customer add 佐客 --qq 80010221 --credit 50000").code == 0
    assert desk.run("supplier add 恒通 --lead 7天").code == 0
    assert "80010221" in desk.text("客户.csv")
    assert desk.lines("供应商.csv")[-1] == "恒通,,,,7,,"


@pytest.mark.parametrize("name", ["深圳骏业电子", " 深圳 骏业电子 ", "灵龙"])
def test_a_customer_that_is_there_in_another_spelling_is_refused(office, name):
    assert office.run(["customer", "add", name]).code == 2


def test_a_customer_with_a_similar_name_is_entered_and_the_other_one_is_named(office):
    answer = office.run("customer add 骏业电子科技")
    assert answer.code == 0
    assert "salesaid name same 骏业电子科技 深圳骏业电子" in answer.err


@pytest.mark.parametrize("terms", ["月结三十", "30", "明年"])
@pytest.mark.parametrize("command", ["customer set 灵龙", "supplier set 联芯科技", "customer add 佐客"])
def test_terms_are_of_a_known_form(office, command, terms):
    answer = office.run(f"{command} --terms {terms}")
    assert (answer.code, "月结30" in answer.err) == (2, True)


def test_set_echoes_old_and_new_and_leaves_the_other_rows(office):
    before = office.lines("客户.csv")
    answer = office.run("customer set 骏业 --terms 30天 --transit 5 --note -")
    assert "付款条件 月结30 → 30天" in answer.out
    assert "骏业 → 深圳骏业电子" in answer.out
    assert office.lines("客户.csv") == [before[0], before[1].replace("月结30,4", "30天,5"), before[2]]


def test_terms_may_be_cleared(office):
    assert office.run("supplier set 联芯科技 --terms -").code == 0
    assert office.lines("供应商.csv")[1] == "联芯科技,13800003101,15,"


def test_a_customer_known_from_orders_only_is_entered_before_it_is_changed(office):
    assert "salesaid customer add 安卡" in office.run("customer set 安卡 --phone 1").err
    assert "1 行" in office.run("customer add 安卡").out


@pytest.mark.parametrize("command", ["customer set 灵龙 --customer 灵龙厂", "supplier set 联芯科技 --supplier 联芯"])
def test_names_of_parties_are_never_changed(office, command):
    answer = office.run(command)
    assert (answer.code, "salesaid name same" in answer.err) == (2, True)


def test_the_list_of_customers_leaves_out_the_lost_and_knows_those_of_rows(office):
    rows = office.rows("customer list")
    assert [(row["customer"], row["registered"], row["last_date"]) for row in rows] == [
        ("深圳骏业电子", True, "2026-11-02"), ("安卡", False, "2026-11-03"),
    ]  # fmt: skip
    assert [row["customer"] for row in office.rows("customer list --all --by 赵丽")] == ["灵龙"]


def test_a_customers_card_has_terms_open_orders_and_prices(office):
    data, opened, orders, prices, spellings = (
        table["rows"] for table in office.json("customer show 骏业")["data"]["tables"]
    )
    assert (data[0]["terms"], data[0]["transit_days"], data[0]["status"]) == ("月结30", 4, "active")
    assert (opened[0]["open"], opened[0]["days_late"]) == (3, 3)
    assert (orders[0]["amount"], prices[0]["last_price"]) == (354.0, 118)
    assert (spellings[0]["name"], spellings[0]["rows"]) == ("深圳骏业电子", 1)


def test_the_card_of_a_customer_without_a_row_in_the_register_says_so(office):
    tables = office.json("customer show 安卡")["data"]["tables"]
    assert tables[0]["notes"][0]["code"] == "unregistered"


def test_suppliers_are_listed_with_how_much_they_deliver(office):
    assert [(row["supplier"], row["products"]) for row in office.rows("supplier list")] == [("联芯科技", 1)]


def test_a_suppliers_card_has_its_products_however_they_write_its_name(office):
    office.write("产品.csv", "产品,供应商,成本\nBVM7-710,联芯 科技,82\n电源线,恒通线缆,3")
    data, products = (table["rows"] for table in office.json("supplier show 联芯科技")["data"]["tables"])
    assert data[0]["lead_days"] == 15
    assert [(row["product"], row["cost"]) for row in products] == [("BVM7-710", 82)]


def test_in_english_the_same_is_said_in_english(office):
    answer = office.run("customer set 灵龙 --status active --by Zhao", SALESAID_LANG="en")
    assert "Status lost → active" in answer.out
    assert office.lines("客户.csv")[2] == "灵龙,,,,,Zhao,合作,"


STANDING = """
    客户.csv
    客户,付款条件,信用额度
    骏业,30天,500

    订单.csv
    单号,日期,客户,产品,数量,单价
    SO20260901-001,2026-09-01,骏业,主板,5,120

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20260902-001,2026-09-02,发货,SO20260901-001,骏业,主板,5,120

    借用.csv
    单号,日期,类型,客户,产品,数量,单价,应还日期
    LN20261001-001,2026-10-01,借出,骏业,主板,2,120,2026-11-20
    LN20261001-001,2026-10-08,归还,骏业,主板,1,,

    返修.csv
    单号,日期,类型,客户,产品,数量,加工厂
    RT20261105-001,2026-11-05,收到,骏业,主板,1,
    RT20261105-001,2026-11-07,送修,骏业,主板,1,华强
"""


def test_a_customer_s_card_says_what_is_owed_lent_and_in_repair(desk):
    desk.lay_out(STANDING)
    tables = {table["title"]: table["rows"] for table in desk.json("customer show 骏业")["data"]["tables"]}
    owed, lent, repair = tables["未收款"], tables["借出未还"], tables["返修未结"]
    assert [(row["no"], row["due"], row["amount"], row["days_late"]) for row in owed] == [
        ("SH20260902-001", "2026-10-02", 600, 52)
    ]
    assert [(row["out"], row["days_late"], row["value"]) for row in lent] == [(1, 3, 120)]
    assert [(row["stage"], row["since"], row["factory"]) for row in repair] == [("at_factory", "2026-11-07", "华强")]
    assert "欠款余额 600.00，信用额度 500.00，已超" in desk.run("customer show 骏业").out


def test_a_card_without_such_things_does_not_speak_of_them(office):
    out = office.run("customer show 灵龙").out
    assert not any(word in out for word in ("未收款", "借出未还", "返修未结", "余额"))

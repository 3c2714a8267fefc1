"""The sample book outside the house: what its loans, repairs, purchases, payments and cash journal hold to show."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal

from tests.sample_cells import (
    AS_OF,
    CASH,
    CUSTOMERS,
    LOANS,
    ORDERS,
    PAYMENTS,
    PRODUCTS,
    PURCHASES,
    RETURNS,
    SHIPMENTS,
    day,
    in_repair,
    lent_lines,
    numbered,
    open_lines,
    owed,
    product,
    purchase_lines,
    shelf,
)

# Loans


def test_what_is_lent_is_what_the_cells_say():
    assert lent_lines() == {
        ("LN20260915-001", "整机 BV-T2"): 2,
        ("LN20261012-001", "BVM7-710"): 2,
        ("LN20261013-001", "机箱 M02"): 2,
        ("LN20261013-001", "数据线"): 40,
        ("LN20261014-001", "电源 12V10A"): -1,
        ("LN20261104-001", "内存 8G"): 2,
        ("LN20261110-001", "BVM7-720"): 1,
    }


def test_loans_are_overdue_due_soon_consigned_and_without_a_date():
    due = {(row["单号"], product(row["产品"])): row["交期"] for row in LOANS if row["类型"] == "借出"}
    due |= {(row["单号"], product(row["产品"])): row["交期"] for row in LOANS if row["类型"] == "延期"}
    found = {no: due[no, what] for (no, what), qty in lent_lines().items() if qty > 0}
    assert found == {
        "LN20260915-001": "2026-10-31",
        "LN20261012-001": "2026-11-12",
        "LN20261013-001": "2026-12-31",
        "LN20261104-001": "",
        "LN20261110-001": "2026-11-25",
    }
    assert {row["用途"] for row in numbered(LOANS, "LN20261013-001")} == {"铺货"}


def test_the_loan_that_was_sold_is_an_order_of_its_own_at_the_same_price():
    (order,) = numbered(ORDERS, "SO20261020-003")
    (sold,) = [row for row in LOANS if row["类型"] == "转销售"]
    assert sold["订单号"] == order["单号"]
    assert [(row["客户"], row["产品"], row["数量"], row["单价"], row["日期"]) for row in (order, sold)] == [
        ("华联网店", "整机 BV-T1", "2", "980", "2026-10-20")
    ] * 2
    assert not any(row["订单号"] == order["单号"] for row in SHIPMENTS)


def test_the_swap_gives_one_model_for_another():
    swap = {row["类型"]: row["产品"] for row in numbered(LOANS, "LN20261009-001")}
    assert (swap["换货"], swap["换入"]) == ("BVM7-710", "BVM7-720")


def test_lent_goods_of_one_number_belong_to_one_customer_and_know_their_day():
    first = {}
    for row in LOANS:
        customer, on = first.setdefault(row["单号"], (row["客户"], day(row)))
        assert (row["客户"], on <= day(row)) == (customer, True)


# Repairs


def test_repairs_lie_where_the_cells_say():
    assert in_repair() == {
        "RT20260817-001": {"工厂": 2},
        "RT20261014-001": {"修回": 2},
        "RT20261026-001": {"工厂": 1},
        "RT20261028-001": {"收到": 1},
        "RT20261102-001": {"工厂": 1, "修回": 1},
        "RT20261109-001": {"工厂": 1},
        "RT20261116-001": {"收到": -1},
        "RT20261119-001": {"收到": 1},
    }


def test_one_repair_is_stuck_for_three_months():
    (sent,) = numbered(RETURNS, "RT20260817-001", "送修")
    assert AS_OF - day(sent) > timedelta(days=90)
    others = [row for row in RETURNS if row["类型"] == "送修" and in_repair().get(row["单号"], {}).get("工厂")]
    assert [row["单号"] for row in others if AS_OF - day(row) > timedelta(days=30)] == ["RT20260817-001"]


def test_two_factories_have_enough_behind_them_for_a_median():
    back = Counter(row["加工厂"] for row in RETURNS if row["类型"] == "修回")
    assert sum(times > 1 for times in back.values()) >= 2


def test_the_refund_gives_the_price_back_and_the_goods_are_not_for_sale():
    (refund,) = [row for row in RETURNS if row["类型"] == "退货"]
    (sold,) = [row for row in numbered(ORDERS, refund["订单号"]) if row["产品"] == refund["产品"]]
    assert Decimal(refund["金额"]) == Decimal(sold["单价"]) * Decimal(refund["数量"])
    assert refund["仓库"] == "不良品"


def test_what_is_in_warranty_was_shipped_no_longer_ago_than_its_months():
    for row in RETURNS:
        if row["类型"] == "收到":
            shipped = [
                ship
                for ship in SHIPMENTS
                if (ship["订单号"], product(ship["产品"])) == (row["订单号"], product(row["产品"]))
            ]
            months = int(PRODUCTS[product(row["产品"])]["保修月数"] or 0)
            within = any(day(row) - day(ship) < timedelta(days=30 * months) for ship in shipped)
            assert row["保内保外"] == ("保内" if within else "保外"), row


def test_the_repaired_machine_is_one_that_was_shipped():
    (repair,) = numbered(RETURNS, "RT20261109-001", "收到")
    assert repair["序列号"] in {row["序列号"] for row in numbered(SHIPMENTS, "SH20260828-001")}


# Purchases


def test_open_purchases_are_what_the_cells_say():
    assert purchase_lines() == {
        ("PO20260921-001", "BVM8-810"): 6,
        ("PO20261014-001", "电源 12V10A"): 3,
        ("PO20261020-001", "H62 0.8*100"): Decimal("-4.5"),
        ("PO20261028-001", "散热片 40×40"): 600,
        ("PO20261030-001", "机箱 M02"): 10,
        ("PO20261030-001", "机箱 M01"): -10,
        ("PO20261103-001", "BVM7-720"): 40,
        ("PO20261109-001", "排线 40P"): 500,
        ("PO20261116-001", "整机 BV-T2"): 3,
        ("PO20261117-001", "T2 0.3*60"): 300,
        ("PO20261117-001", "C5191 0.15×20"): 100,
    }


def test_the_purchase_promised_three_times_is_late_against_every_promise():
    promised = [row["交期"] for row in numbered(PURCHASES, "PO20260921-001") if row["交期"]]
    assert len(promised) == 4
    assert promised == sorted(promised)
    assert promised[-1] < f"{AS_OF}"


def test_the_purchase_for_an_order_brings_what_the_order_waits_for():
    (bought,) = numbered(PURCHASES, "PO20261103-001")
    assert open_lines()[bought["订单号"], bought["产品"]] == 25 > shelf(bought["产品"])["主仓"]


def test_the_wrong_model_was_not_on_the_purchase():
    ordered, came = numbered(PURCHASES, "PO20261030-001")
    assert (ordered["类型"], ordered["产品"]) == ("采购", "机箱 M02")
    assert (came["类型"], came["产品"]) == ("到货", "机箱 M01")


def test_what_arrived_was_ordered_before_from_the_supplier_of_the_product():
    for row in PURCHASES:
        (first, *_) = numbered(PURCHASES, row["单号"], "采购")
        assert day(first) <= day(row)
        assert {first["供应商"], PRODUCTS[row["产品"]]["供应商"]} == {row["供应商"]}


# Payments


def test_what_customers_owe_is_what_the_cells_say():
    assert {name: amount for name, amount in owed().items() if amount} == {
        "深圳骏业电子": 7150,
        "正标（北京）": 35516,
        "乡村基": 8410,
        "灵龙": -20616,
        "万安达": 1360,
        "誉丰": 600,
        "立信互感器": 10920,
        "佳瑞": -4284,
        "华联网店": 755,
        "海川散热器": Decimal("69657.75"),
        "北辰科技": 6246,
        "佐客": 5658,
        "广隆": 2685,
        "中科恒业": 818,
        "安卡": 4110,
        "鹏得五金": Decimal("7267.5"),
        "东莞骏业五金": 4046,
        "安卡电子": 784,
        "鹏得": 7866,
        "": -9545,
    }


def test_the_unknown_payer_paid_exactly_what_one_customer_owes():
    (receipt,) = numbered(PAYMENTS, "PY20261009-001")
    (shipment,) = numbered(SHIPMENTS, "SH20260818-001", "发货")
    assert receipt["客户"] == ""
    assert Decimal(receipt["金额"]) == Decimal(shipment["金额"]) == owed()[shipment["客户"]]


def test_the_payer_that_is_nearly_a_customer_paid_what_that_customer_owes():
    (receipt,) = numbered(PAYMENTS, "PY20261104-001")
    assert receipt["客户"] == ""
    assert receipt["付款人"] == CUSTOMERS["安卡"]["全称"].removesuffix("有限公司")
    assert Decimal(receipt["金额"]) == owed()["安卡"]


def test_the_order_that_was_paid_for_does_not_exist():
    orders = {row["单号"] for row in ORDERS}
    assert {row["订单号"] for row in PAYMENTS if row["订单号"]} - orders == {"SO20261101-009"}


def test_one_customer_is_over_its_limit():
    over = {
        name for name, amount in owed().items() if amount > Decimal(CUSTOMERS.get(name, {}).get("信用额度") or "1e9")
    }
    assert over == {"海川散热器"}


def test_orders_to_be_paid_in_advance_are_paid_but_for_the_trouble():
    first = {row["单号"]: row for row in ORDERS[::-1]}
    advance = {no for no, row in first.items() if CUSTOMERS.get(row["客户"], {}).get("付款条件") == "款到发货"}
    paid = defaultdict(Decimal)
    for row in PAYMENTS:
        paid[row["订单号"]] += Decimal(row["金额"])
    asked = {no: sum(Decimal(row["金额"] or 0) for row in numbered(ORDERS, no)) for no in advance}
    assert {no for no in advance if paid[no] != asked[no]} == {"SO20261027-001"}


def test_the_newest_receipt_is_no_older_than_a_week():
    assert AS_OF - max(day(row) for row in PAYMENTS) < timedelta(days=7)


# Cash


def test_every_receipt_stands_in_the_cash_journal():
    got = Counter((row["日期"], row["账户"], row["收入"]) for row in CASH if row["类别"] == "货款")
    assert got == Counter((row["日期"], row["收款账户"], row["金额"]) for row in PAYMENTS)


def test_counts_differ_from_the_running_balance_only_where_they_say_so():
    held, found = {}, {}
    for row in CASH:
        account = row["账户"]
        if row["实盘金额"]:
            counted = Decimal(row["实盘金额"])
            found[row["单号"]] = counted - held.setdefault(account, counted)
        else:
            held[account] += Decimal(row["收入"] or 0) - Decimal(row["支出"] or 0)
        assert held[account] > 0
    assert held.keys() == {"现金", "建行基本户"}
    assert {no: difference for no, difference in found.items() if difference} == {
        "CJ20260831-008": 5,
        "CJ20261030-005": -20,
    }


def test_a_transfer_is_two_rows_of_one_number_that_sum_to_nothing():
    moved = [row for row in CASH if row["类别"] == "转账"]
    assert len(moved) == 2 * len({row["单号"] for row in moved}) > 2
    for row in moved:
        out, into = numbered(moved, row["单号"])
        assert (out["支出"], out["收入"]) == (into["收入"], into["支出"])
        assert out["账户"] != into["账户"]


def test_one_row_has_money_in_both_columns():
    assert [row["单号"] for row in CASH if row["收入"] and row["支出"]] == ["CJ20260916-002"]

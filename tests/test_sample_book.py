"""The sample book: its files are what its script makes, they read as they should, and every trouble is in them.

Stock and open lines are computed here from the cells alone, with nothing of the program.
"""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest

from salesaid.core.headers import map_headings
from salesaid.core.numbers import split
from salesaid.core.reading import Unreadable
from salesaid.ledgers import load, names
from salesaid.settings import parse_settings
from tests.sample_cells import (
    AS_OF,
    CASH,
    COUNTS,
    CUSTOMERS,
    DATA,
    LOANS,
    MOVES,
    ORDERS,
    PAYMENTS,
    PRODUCTS,
    PURCHASES,
    RETURNS,
    ROOT,
    SHIPMENTS,
    STEPS,
    available,
    cells,
    contents,
    day,
    in_its_unit,
    numbered,
    open_lines,
    product,
    shelf,
    under_way,
)

LEDGERS = {f"{load(name).title.zh}.csv": load(name) for name in names()}
FILES = sorted(file.name for file in DATA.glob("*.csv"))


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("sample_book")
    finally:
        sys.path.remove(str(ROOT / "docs"))


JOURNALS = [
    "订单.csv",
    "出货.csv",
    "借用.csv",
    "返修.csv",
    "采购.csv",
    "收款.csv",
    "日记账.csv",
    "库存变动.csv",
    "盘点.csv",
    "单据.csv",
    "行情.csv",
    "拜访.csv",
    "待办.csv",
]


# The files


def test_the_files_are_what_the_script_makes(script):
    files = [file for file in DATA.rglob("*") if file.is_file() and ".salesaid" not in file.parts]
    assert {file.relative_to(DATA).as_posix(): file.read_bytes() for file in files} == script.book()


def test_the_script_makes_the_same_twice(script):
    assert script.book() == script.book()


def test_the_settings_are_known_ones():
    settings = parse_settings(tomllib.loads((DATA / "salesaid.toml").read_text("utf-8")), names())
    assert (settings.language, settings.as_of, settings.store) == ("zh", AS_OF, "csv")
    assert (settings.warehouse, settings.not_for_sale) == ("主仓", ("不良品",))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_what_a_chinese_book_makes(name):
    content = (DATA / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("name", FILES)
def test_every_heading_is_known_and_none_is_missing(name):
    ledger = LEDGERS[name]
    headings = (DATA / name).read_text("utf-8-sig").splitlines()[0].split(",")
    mapped = map_headings(ledger, headings)
    assert list(mapped.columns) == [column.id for column in ledger.columns]
    assert not mapped.odd


@pytest.mark.parametrize("name", FILES)
def test_every_cell_can_be_read_but_one(name):
    unreadable = []
    for row in cells(name):
        for column in LEDGERS[name].columns:
            try:
                column.kind.parse(row[column.headings[0]])
            except Unreadable as trouble:
                unreadable.append(trouble.text)
    assert unreadable == (["约30"] if name == "库存变动.csv" else [])


@pytest.mark.parametrize("name", FILES)
def test_every_needed_cell_is_there(name):
    ledger = LEDGERS[name]
    heading = {column.id: column.headings[0] for column in ledger.columns}
    needs = {action.word.zh: action.needs for action in ledger.actions}
    for row in cells(name):
        for group in needs[row["类型"]] if needs else ledger.needs:
            assert any(row[heading[id_]] for id_ in group), row


@pytest.mark.parametrize("name", JOURNALS)
def test_rows_stand_by_date_and_numbers_run_without_a_gap(name):
    rows = cells(name)
    assert [day(row) for row in rows] == sorted(day(row) for row in rows)
    serials = defaultdict(set)
    for row in rows:
        number = split(row["单号"])
        assert number.prefix == LEDGERS[name].prefix
        serials[number.day].add(number.serial)
    assert all(used == set(range(1, len(used) + 1)) for used in serials.values())


@pytest.mark.parametrize("name", JOURNALS)
def test_a_number_first_stands_on_its_day(name):
    first = {}
    for row in cells(name):
        first.setdefault(row["单号"], day(row))
    assert all(split(number).day == on for number, on in first.items())


def test_the_book_is_of_a_size_to_look_through():
    assert [len(PRODUCTS), len(CUSTOMERS), len(cells("供应商.csv"))] == [30, 19, 5]
    assert all(90 < len(rows) < 350 for rows in (ORDERS, SHIPMENTS, PURCHASES, PAYMENTS, CASH))
    assert all(25 < len(rows) < 90 for rows in (MOVES, LOANS, RETURNS))


def test_the_wheel_takes_every_file_along():
    made = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert made["force-include"]["data"] == "salesaid/sample_book"
    assert {f"{load(name).title.zh}.csv" for name in names()} <= set(FILES)


# Its figures, worked out from the cells


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("BVM7-710", (43, 0, 0)),
        ("电源 12V10A", (46, 0, 1)),
        ("H65 0.3*50", (660, 0, 0)),
        ("整机 BV-T1", (14, 2, 0)),
        ("BVM8-810", (0, 0, 0)),
        ("bvm7—710—8505", (6, 0, 0)),
    ],
)
def test_on_hand_is_what_the_cells_say(name, places):
    assert tuple(shelf(name).values()) == places


def test_open_lines_are_what_the_cells_say():
    assert open_lines() == {
        ("SO20260908-001", "风扇 8025"): -5,
        ("SO20261015-001", "固态盘 128G"): 20,
        ("SO20261020-001", "BVM7-710"): -5,
        ("SO20261020-001", "BVM7-720"): 5,
        ("SO20261026-001", "BVM8-810"): 8,
        ("SO20261029-001", "H62 0.8*100"): 150,
        ("SO20261103-001", "BVM7-720"): 25,
        ("SO20261116-001", "内存 8G"): 5,
        ("SO20261116-001", "运费"): 1,
        ("SO20261117-001", "散热片 40×40"): 100,
        ("SO20261117-001", "数据线"): 80,
        ("SO20261117-001", "电源 12V5A"): 50,
        ("SO20261117-001", "运费"): 1,
        ("SO20261119-001", "H65 0.3*50"): 210,
        ("SO20261120-001", "H62 0.8*100"): 220,
        ("SO20261120-001", "T2 0.3*60"): 70,
    }


def test_only_the_troubles_are_low():
    low = {
        name: (available(name), under_way(name))
        for name, row in PRODUCTS.items()
        if row["最低库存"] and row["产品状态"] == "在售"
        if available(name) + under_way(name) <= Decimal(row["最低库存"])
    }
    assert low == {
        "BVM8-810": (-8, 6),
        "固态盘 128G": (25, 0),
        "电源线": (60, 0),
        "风扇 8025": (50, 0),
        "无线网卡 WX300": (0, 0),
    }


def test_goods_under_way_keep_what_is_short_from_being_low():
    assert (available("BVM7-720"), under_way("BVM7-720")) == (-7, 40)


def test_goods_are_below_zero_only_where_the_trouble_is():
    days = [date(2026, 7, 1) + timedelta(days=at) for at in range(143)]
    goods = [name for name, row in PRODUCTS.items() if row["货位"]]
    below = {(name, on): left for name in goods for on in days if (left := min(shelf(name, on).values())) < 0}
    assert below == {("转接线 DC5.5", date(2026, 9, at)): -20 for at in (18, 19, 20)}


# The troubles


def first_of(name, number):
    """The rows of a document, or the row of a register with that name in its first or second cell."""
    return [row for row in cells(name) if number in list(row.values())[:2]]


def test_every_trouble_stands_where_the_script_says(script):
    for trouble, spots in script.TROUBLES.items():
        for spot in spots:
            rows = first_of(spot.file, spot.number)
            assert any(not spot.cell or spot.cell in row.values() for row in rows), (trouble, spot)


def test_the_written_variants_name_no_product_of_the_register():
    journals = (ORDERS, SHIPMENTS, MOVES, LOANS, RETURNS, PURCHASES)
    written = {row["产品"] for rows in journals for row in rows if row["产品"]}
    assert written - PRODUCTS.keys() == {"bvm7—710", "BVM7 710", "bvm7—710—8505", "电源线1.5米"}


def test_the_customers_that_the_register_lacks_are_the_meant_ones():
    written = {row["客户"] for row in [*ORDERS, *SHIPMENTS, *LOANS, *RETURNS, *PAYMENTS]}
    assert written - CUSTOMERS.keys() == {"正标(北京)", "安卡电子", "鹏得", ""}
    assert {row["单号"] for row in [*SHIPMENTS, *LOANS, *RETURNS] if not row["客户"]} == set()


def test_every_verdict_stands_once_among_the_decisions():
    assert [row["判定"] for row in cells("名称对照.csv")] == ["同一", "不同", "待定"]


def test_only_the_troubles_are_overdue():
    due = {(row["单号"], product(row["产品"])): row["交期"] for row in ORDERS if row["类型"] == "下单"}
    overdue = {no for (no, what), left in open_lines().items() if left > 0 and due[no, what] < f"{AS_OF}"}
    assert overdue == {"SO20261015-001", "SO20261020-001", "SO20261029-001"}


def test_only_the_trouble_was_entered_twice():
    lines = [row for row in ORDERS if row["类型"] == "下单"]
    same = {
        (one["单号"], two["单号"])
        for one, two in combinations(lines, 2)
        if one["单号"] != two["单号"] and all(one[cell] == two[cell] for cell in ("客户", "产品", "数量"))
        if day(two) - day(one) <= timedelta(days=3)
    }
    assert same == {("SO20261013-001", "SO20261015-001")}


def test_only_the_trouble_was_shipped_without_review():
    reviewed = {row["单号"] for row in ORDERS if row["评审人"]}
    shipped = {row["订单号"] for row in SHIPMENTS if row["类型"] == "发货" and row["订单号"]}
    assert shipped - reviewed == {"SO20260827-001"}


def test_only_the_trouble_was_never_signed_long_after_its_arrival():
    signed = {row["单号"] for row in SHIPMENTS if row["类型"] == "签收"}
    late = {
        row["单号"]
        for row in SHIPMENTS
        if row["类型"] == "发货" and row["单号"] not in signed and day(row) < AS_OF - timedelta(days=14)
    }
    assert late == {"SH20260903-001"}


def test_only_the_trouble_has_an_amount_that_is_not_quantity_times_price():
    priced = [row for row in [*ORDERS, *SHIPMENTS] if row["单价"]]
    wrong = [row["单号"] for row in priced if Decimal(row["数量"]) * Decimal(row["单价"]) != Decimal(row["金额"])]
    assert wrong == ["SO20260804-001"]


def test_only_the_trouble_has_no_price():
    lines = [row for row in ORDERS if row["类型"] == "下单"] + [row for row in SHIPMENTS if row["类型"] == "发货"]
    assert [row["单号"] for row in lines if not row["单价"]] == ["SO20260818-001", "SH20260820-001"]


def test_only_the_trouble_is_below_the_floor_of_its_day():
    floors = {(row["产品"], row["日期"]): row["最低价"] for row in cells("价格.csv") if row["最低价"]}

    def floor(row):
        name = product(row["产品"])
        held = [on for known, on in floors if known == name and on <= row["日期"]]
        return floors[name, max(held)] if held else PRODUCTS.get(name, {}).get("最低价")

    priced = [row for row in ORDERS if row["单价"] and row["单位"] != "包" and floor(row)]
    assert [row["单号"] for row in priced if Decimal(row["单价"]) < Decimal(floor(row))] == ["SO20260929-001"]


def test_only_the_trouble_is_in_another_unit():
    journals = (ORDERS, SHIPMENTS, MOVES, COUNTS, LOANS, RETURNS, PURCHASES)
    rows = [row for rows in journals for row in rows if row["产品"] and not in_its_unit(row)]
    assert [row["单号"] for row in rows] == ["SO20260730-001", "SH20260731-001"]


def test_the_red_letter_row_takes_the_whole_order_back():
    order, red = numbered(ORDERS, "SO20260825-001")
    assert Decimal(order["数量"]) + Decimal(red["数量"]) == Decimal(order["金额"]) + Decimal(red["金额"]) == 0
    assert red["备注"].startswith("作废")


def test_the_closed_line_was_open_by_what_was_closed():
    (order,) = numbered(ORDERS, "SO20260917-001", "下单")
    (close,) = numbered(ORDERS, "SO20260917-001", "关闭")
    (shipment,) = [row for row in SHIPMENTS if row["订单号"] == order["单号"] and row["类型"] == "发货"]
    assert Decimal(order["数量"]) - Decimal(shipment["数量"]) == -Decimal(close["数量"])
    assert close["备注"]


def test_the_changed_order_has_a_later_date_and_more_goods():
    change, more = [row for row in numbered(ORDERS, "SO20260910-001") if row["日期"] == "2026-09-15"][::-1]
    assert {change["类型"], more["类型"]} == {"变更", "下单"}
    assert change["交期"] == more["交期"] == "2026-09-28" > numbered(ORDERS, "SO20260910-001")[0]["交期"]


def test_the_same_bundle_held_another_number_of_cables_before():
    then, now = (dict(contents(numbered(SHIPMENTS, no)[0])) for no in ("SH20260814-002", "SH20261028-001"))
    assert then.keys() == now.keys() == {"BVM7-710", "电源线", "机箱 M01"}
    assert (then["电源线"], now["电源线"]) == (1, 2)


def test_what_came_back_lies_with_the_goods_not_for_sale_or_was_scrapped():
    back, scrapped = numbered(SHIPMENTS, "SH20260923-001"), numbered(MOVES, "ST20261016-001")
    assert Decimal(back[0]["数量"]) - Decimal(scrapped[0]["数量"]) == shelf("电源 12V10A")["不良品"]


def test_counts_differ_only_where_they_give_a_reason():
    for count in COUNTS:
        before = shelf(count["产品"], day(count) - timedelta(days=1))["主仓"]
        booked = before + sum(qty for place, on, qty in STEPS[count["产品"]] if place == "主仓" and on == day(count))
        assert (booked != Decimal(count["实盘数量"])) == bool(count["原因"]), count


def listed(row):
    """The price of an order line on its day: the customer's own, else everyone's, else the register's."""
    name = product(row["产品"])
    held = [
        (bool(price["客户"]), price["日期"], price["单价"])
        for price in cells("价格.csv")
        if price["产品"] == name and price["客户"] in {"", row["客户"]}
        if price["日期"] <= row["日期"] <= (price["有效期至"] or "9999")
    ]
    return max(held)[2] if held else PRODUCTS.get(name, {}).get("单价")


def test_orders_are_priced_by_the_list_of_their_day():
    priced = [row for row in ORDERS if row["单价"] and row["产品"] != "bvm7—710—8505"]
    # By the pack, a dearer parcel, and below the floor.
    others = ["SO20260730-001", "SO20260820-001", "SO20260929-001"]
    assert [row["单号"] for row in priced if row["单价"] != listed(row)] == others


def test_a_customer_pays_the_price_agreed_with_it():
    own = {row["单价"] for row in ORDERS if (row["客户"], row["产品"]) == ("深圳骏业电子", "BVM7-710")}
    assert own == {"118"}


def test_terms_of_every_kind_are_agreed_with_someone():
    terms = {row["付款条件"] for row in CUSTOMERS.values()}
    assert terms == {"", "现结", "款到发货", "货到付款", "30天", "月结30", "月结60", "预付30%", "预付50%"}


def test_goods_that_were_never_stocked_have_no_row_at_all():
    journals = (ORDERS, SHIPMENTS, MOVES, COUNTS, LOANS, RETURNS, PURCHASES)
    assert not any(row["产品"] == "无线网卡 WX300" for rows in journals for row in rows)

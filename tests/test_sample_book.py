"""The sample book: its files are what its script makes, they read as they should, and every trouble is in them.

Stock and open lines are computed here from the cells alone, with nothing of the program.
"""

from __future__ import annotations

import csv
import importlib
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from salesaid.core.headers import map_headings
from salesaid.core.numbers import split
from salesaid.core.reading import Unreadable
from salesaid.ledgers import load, names
from salesaid.settings import parse_settings

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
LEDGERS = {f"{load(name).title.zh}.csv": load(name) for name in names()}
FILES = sorted(file.name for file in DATA.glob("*.csv"))
AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("sample_book")
    finally:
        sys.path.remove(str(ROOT / "docs"))


def cells(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ORDERS, SHIPMENTS, MOVES, COUNTS = (cells(f"{name}.csv") for name in ("订单", "出货", "库存变动", "盘点"))
LOANS, RETURNS, PURCHASES, PAYMENTS, CASH = (
    cells(f"{name}.csv") for name in ("借用", "返修", "采购", "收款", "日记账")
)
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
]

# What each word of the loans, returns and purchases does to our shelf.
ON_THE_SHELF = {
    "借出": -1,
    "归还": 1,
    "换入": 1,
    "换新": -1,
    "退货": 1,
    "到货": 1,
    "退供": -1,
}
PRODUCTS = {row["产品"]: row for row in cells("产品.csv")}
CUSTOMERS = {row["客户"]: row for row in cells("客户.csv")}


def day(row):
    return date.fromisoformat(row["日期"])


def numbered(rows, no, action=None):
    return [row for row in rows if row["单号"] == no and action in {None, row.get("类型")}]


def product(name):
    """The product that a name means."""
    return {"bvm7—710": "BVM7-710", "BVM7 710": "BVM7-710", "电源线1.5米": "电源线"}.get(name, name)


def in_its_unit(row):
    known = PRODUCTS.get(product(row["产品"]))
    return known is None or known["单位"] == row["单位"]


def contents(row):
    """The products of a shipment and how much of each is in one of its units."""
    parts = [part.rsplit("*", 1) for part in row["组成"].split("; ")] if row["组成"] else [(row["产品"], 1)]
    return [(product(name), Decimal(qty)) for name, qty in parts]


def steps():
    """(product, warehouse, day, quantity) of every row that moves goods."""
    for row in SHIPMENTS:
        if row["类型"] in {"发货", "退回"} and in_its_unit(row) and PRODUCTS.get(row["产品"], {}).get("管库存") != "否":
            qty = Decimal(row["数量"]) * (-1 if row["类型"] == "发货" else 1)
            yield from ((name, "主仓", day(row), qty * each) for name, each in contents(row))
    for row in MOVES:
        if row["数量"] != "约30":
            qty = Decimal(row["数量"])
            into = row["类型"] in {"期初", "入库"}
            yield product(row["产品"]), row["仓库"], day(row), qty if into else -qty
            if row["类型"] == "调拨":
                yield product(row["产品"]), row["调入仓库"], day(row), qty
    for row in [*LOANS, *RETURNS, *PURCHASES]:
        if sign := ON_THE_SHELF.get(row["类型"]):
            yield product(row["产品"]), row["仓库"] or "主仓", day(row), Decimal(row["数量"]) * sign


STEPS = defaultdict(list)
for what, *step in steps():
    STEPS[what].append(step)


def shelf(name, upto=AS_OF):
    """What lies in each warehouse at the end of a day: the last count, and what moved since."""
    found = {}
    for place in ("主仓", "办事处", "不良品"):
        counts = [row for row in COUNTS if row["产品"] == name and row["仓库"] == place and day(row) <= upto]
        start, since = (Decimal(counts[-1]["实盘数量"]), day(counts[-1])) if counts else (Decimal(0), date.min)
        found[place] = start + sum(qty for where, on, qty in STEPS[name] if where == place and since < on <= upto)
    return found


def open_lines():
    """What is still to be shipped, or was shipped too much, by order number and product."""
    left = defaultdict(Decimal)
    for row in [*ORDERS, *SHIPMENTS, *(row for row in LOANS if row["类型"] == "转销售")]:
        if row["产品"] and in_its_unit(row):
            no = row.get("订单号", row["单号"])
            sign = -1 if row["类型"] in {"发货", "转销售"} else 1
            left[no, product(row["产品"])] += Decimal(row["数量"]) * sign
    return {line: qty for line, qty in left.items() if qty and line[0]}


def purchase_lines(upto=AS_OF):
    """What is still to come from suppliers, by purchase number and product; below zero is more than was ordered."""
    signs = {"采购": 1, "到货": -1, "退供": 1, "关闭": 1}
    left = defaultdict(Decimal)
    for row in PURCHASES:
        if day(row) <= upto:
            left[row["单号"], row["产品"]] += Decimal(row["数量"]) * signs.get(row["类型"], 0)
    return {line: qty for line, qty in left.items() if qty}


def under_way(name):
    return sum(qty for (_, what), qty in purchase_lines().items() if what == name and qty > 0)


def lent_lines():
    """What is still out, by loan number and product; below zero is more back than out."""
    signs = {"借出": 1, "换入": 0, "延期": 0}
    left = defaultdict(Decimal)
    for row in LOANS:
        left[row["单号"], product(row["产品"])] += Decimal(row["数量"]) * signs.get(row["类型"], -1)
    return {line: qty for line, qty in left.items() if qty}


def in_repair():
    """How many of each return lie where: received, at the factory, back."""
    goes = {
        "收到": {"收到": 1},
        "送修": {"收到": -1, "工厂": 1},
        "修回": {"工厂": -1, "修回": 1},
    }
    found = defaultdict(lambda: defaultdict(Decimal))
    for row in RETURNS:
        here, stages = found[row["单号"]], goes.get(row["类型"])
        left = "修回" if here["修回"] else "收到"
        for stage, sign in (stages or {left: -1}).items():
            here[stage] += Decimal(row["数量"]) * sign
    return {
        no: {stage: qty for stage, qty in stages.items() if qty} for no, stages in found.items() if any(stages.values())
    }


def owed():
    """What each customer owes at the end, by the name written in the register or, where there is none, in the rows."""
    known = {name.replace("（", "(").replace("）", ")"): name for name in CUSTOMERS}
    owed = defaultdict(Decimal)
    for row in SHIPMENTS:
        if row["类型"] in {"发货", "退回", "期初"} and row["金额"]:
            owed[row["客户"]] += Decimal(row["金额"]) * (-1 if row["类型"] == "退回" else 1)
    for row in LOANS:
        if row["类型"] == "转销售":
            owed[row["客户"]] += Decimal(row["数量"]) * Decimal(row["单价"])
    for row in [*PAYMENTS, *(row for row in RETURNS if row["类型"] == "退货")]:
        owed[row["客户"]] -= Decimal(row["金额"])
    found = defaultdict(Decimal)
    for name, amount in owed.items():
        found[known.get(name, name)] += amount
    return found


def available(name):
    promised = sum(qty for (_, what), qty in open_lines().items() if what == name and qty > 0)
    places = shelf(name)
    return places["主仓"] + places["办事处"] - promised


# The files


def test_the_files_are_what_the_script_makes(script):
    files = {file.name: file.read_bytes() for file in DATA.iterdir() if file.is_file()}
    assert files == script.book()


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
    assert not mapped.findings


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
        "": -9795,
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
            before, held[account] = held.get(account, Decimal(row["实盘金额"])), Decimal(row["实盘金额"])
            found[row["单号"]] = held[account] - before
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

"""Headings find their columns."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from salesaid.core.headers import heading_test, map_headings
from salesaid.core.heading_trouble import DoubledHeading, MissingHeading, TwoHeadings, UnknownColumn, UnknownHeading
from salesaid.core.heading_words import are_companies, folded
from salesaid.core.schema import Ledger
from salesaid.ledgers import load, names
from tests import retail

ORDERS = load("orders")
RETAIL_COLUMNS = {
    "InvoiceNo": "order_no",
    "StockCode": "model",
    "Description": "product",
    "Quantity": "qty",
    "InvoiceDate": "date",
    "UnitPrice": "price",
    "CustomerID": "customer",
    "Country": "note",
}


def odd(headings, ledger=ORDERS, **more):
    return {each.column: each.oddity for each in map_headings(ledger, headings, **more).odd}


# --- folding ---


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" 数 量 ", "数量"),
        ("数\n量", "数量"),
        ("日期：", "日期"),
        ("*客户", "客户"),
        ("\ufeff订单号", "订单号"),
        ("数\u3000量", "数量"),
        ("ＱＱ", "qq"),
        ("Order_No", "orderno"),
        ("ORDER NO.", "orderno"),
    ],
)
def test_width_case_blanks_and_marks_fold(written, plain):
    assert folded(written) == plain


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("数量（个）", "qty"),
        ("数量\n(PCS)", "qty"),
        ("金额(元)", "amount"),
        ("单价（￥）：", "price"),
        ("单价(元/个)", "price"),
        ("单价【含税】", "price"),
        ("下单日期(年/月/日)", "date"),
        ("客户（必填）", "customer"),
    ],
)
def test_a_plain_unit_in_brackets_does_not_hide_a_heading(heading, column):
    assert map_headings(ORDERS, [heading], fixed=["date", "qty"]).columns == {column: 0}


@pytest.mark.parametrize(
    "heading", ["金额(万元)", "金额（美元）", "数量（吨）", "数量（万只）", "单价(不含税)", "日期(签收)"]
)
def test_words_in_brackets_that_change_the_figures_make_an_unknown_heading(heading):
    found = map_headings(ORDERS, [heading], fixed=["date", "qty"])
    assert found.columns == {}
    assert [each.oddity for each in found.odd if each.column == heading] == ["unknown"]


def test_months_and_days_are_told_apart_in_brackets():
    found = map_headings(load("products"), ["产品", "保修期(月)", "采购周期（天）"])
    assert list(found.columns) == ["product", "lead_days", "warranty_months"]
    assert odd(["产品", "型号", "保修期(年)", "采购周期（月）"], load("products")) == {
        "保修期(年)": "unknown",
        "采购周期（月）": "unknown",
    }


# --- mapping ---


@st.composite
def layouts(draw):
    """A ledger, a file's headings in any order and mixture, and which column each is (None: an extra one)."""
    ledger = load(draw(st.sampled_from(names())))
    rest = [column for column in ledger.columns if column.id not in {id_ for group in ledger.needs for id_ in group}]
    kept = [column for column in ledger.columns if column not in rest or draw(st.booleans())]
    known = {folded(heading) for column in ledger.columns for heading in (*column.headings, column.title)}
    extra = draw(st.lists(st.sampled_from(["序号", "审批", "x1", "自用", "Region", "开票?", "备用"]), unique=True))
    cells = [(draw(st.sampled_from([*column.headings, column.title, column.id])), column.id) for column in kept]
    cells += [(heading, None) for heading in extra if folded(heading) not in known]
    return ledger, draw(st.permutations([cell for cell in cells if cell[0] != "单位"]))


@forall(layouts())
def test_any_order_and_mixture_of_languages_finds_the_same_columns(layout):
    ledger, cells = layout
    found = map_headings(ledger, [heading for heading, _ in cells])
    assert found.columns == {id_: index for index, (_, id_) in enumerate(cells) if id_}
    assert found.extra == tuple(index for index, (_, id_) in enumerate(cells) if id_ is None)


@forall(layouts())
def test_every_column_of_a_file_is_read_or_extra_and_never_both(layout):
    ledger, cells = layout
    found = map_headings(ledger, [heading for heading, _ in cells])
    assert sorted([*found.columns.values(), *found.extra]) == list(range(len(cells)))


@forall(layouts())
def test_a_header_row_scores_its_columns(layout):
    ledger, cells = layout
    assert heading_test(ledger)([heading for heading, _ in cells]) == sum(id_ is not None for _, id_ in cells)


@forall(st.lists(st.text(max_size=12), max_size=12))
def test_no_headings_whatever_break_the_mapping(headings):
    try:
        found = map_headings(ORDERS, [*headings, "日期", "数量"])
    except DoubledHeading:
        assert len(set(map(folded, headings))) < len(headings) or {"日期", "数量"} & set(map(folded, headings))
        return
    assert found.columns["date"] == len(headings)
    assert len(found.columns) + len(found.extra) == len(headings) + 2


def test_the_first_of_the_declared_headings_is_read_and_the_others_are_noted():
    found = map_headings(ORDERS, ["时间", "下单日期", "日期", "数量"])
    assert found.columns == {"date": 2, "qty": 3}
    assert found.extra == (0, 1)
    assert odd(["时间", "下单日期", "日期", "数量"])["时间"] == "spare"


def test_each_ledger_prefers_its_own_date_and_quantity():
    sheet = ["发货日期", "下单日期", "发货数量", "订货数量"]
    assert map_headings(ORDERS, sheet).columns == {"date": 1, "qty": 3}
    assert map_headings(load("shipments"), sheet).columns == {"date": 0, "qty": 2}


def test_a_second_quantity_is_a_warning_and_a_second_note_is_not():
    found = map_headings(ORDERS, ["日期", "数量", "实发数量", "备注", "说明"])
    assert {each.column: each.severity for each in found.odd if each.oddity == "spare"} == {
        "实发数量": "warning",
        "说明": None,
    }


def test_a_heading_without_brackets_is_read_before_one_with_them():
    assert map_headings(ORDERS, ["日期", "数量(个)", "数量"]).columns["qty"] == 2


def test_two_headings_that_differ_only_in_their_brackets_are_told():
    found = map_headings(ORDERS, ["日期", "数量(个)", "数量(箱)"])
    assert found.columns["qty"] == 1
    assert ("ambiguous", "数量(箱)") in {(each.oddity, each.column) for each in found.odd}


def test_an_unknown_heading_comes_with_the_setting_to_paste():
    [found] = [each for each in map_headings(ORDERS, ["日期", "数量", '说"法']).odd if each.oddity == "unknown"]
    assert found.suggestion.en.endswith('[ledgers.orders.columns] of salesaid.toml "说\\"法" = "column"')


def test_a_blank_heading_is_noted_where_cells_stand_below_it():
    headings = ["日期", "", "数量", " "]
    assert odd(headings, samples=[["1", "x", "2", ""], ["1"]]).get("B") == "blank"
    assert "D" not in odd(headings, samples=[["1", "x", "2", ""]])


def test_a_file_without_number_customer_or_product_is_read_and_says_so():
    found = [each for each in map_headings(ORDERS, ["日期", "数量"]).odd if each.oddity == "missing"]
    assert [(each.column, each.severity) for each in found] == [
        ("order_no", "note"),
        ("product", None),
        ("customer", None),
    ]


# --- 单位 ---


@pytest.mark.parametrize("values", [["个", "台", "kg"], ["PCS", ""], ["公斤", "骏业"], ["箩"], []])
def test_short_words_below_danwei_are_units(values):
    assert not are_companies(values)


@pytest.mark.parametrize("values", [["深圳骏业电子有限公司"], ["骏业", "万安达", "个"], ["广隆五金厂", "市一中心"]])
def test_names_below_danwei_are_companies(values):
    assert are_companies(values)


def test_danwei_is_the_customer_where_companies_stand_below_it():
    headings = ["日期", "单位", "数量"]
    assert map_headings(ORDERS, headings, samples=[["", "骏业公司", ""]]).columns["customer"] == 1
    assert map_headings(ORDERS, headings, samples=[["", "个", ""]]).columns["unit"] == 1
    assert map_headings(ORDERS, headings).columns["unit"] == 1


def test_one_danwei_of_companies_and_one_of_units_stand_side_by_side():
    found = map_headings(ORDERS, ["单位", "日期", "数量", "单位"], samples=[["骏业公司", "", "", "个"]])
    assert (found.columns["customer"], found.columns["unit"]) == (0, 3)


def test_danwei_is_the_company_in_a_ledger_without_units():
    assert map_headings(load("customers"), ["单位"]).columns == {"customer": 0}
    assert map_headings(load("suppliers"), ["单位"]).columns == {"supplier": 0}


# --- what stops the read ---


@pytest.mark.parametrize("twins", [("店仓", "店仓"), ("店仓", "店仓 "), ("客户", "客　户：")])
def test_two_identical_headings_of_a_read_column_stop_the_read(twins):
    with pytest.raises(DoubledHeading) as trouble:
        map_headings(ORDERS, ["日期", "数量", *twins])
    assert trouble.value.exit_code == 3
    assert "C、D 列" in trouble.value.message.zh
    assert trouble.value.hint.en.endswith(f'"{twins[0]}#1" = "customer"')


@pytest.mark.parametrize(("which", "index"), [("店仓#1", 2), ("店仓#2", 3), ("店 仓#2", 3)])
def test_the_settings_choose_between_identical_headings(which, index):
    headings = ["日期", "数量", "店仓", "店仓"]
    assert map_headings(ORDERS, headings, given={which: "customer"}).columns["customer"] == index
    assert "doubled" in odd(headings, given={which: "customer"}).values()


def test_identical_headings_that_are_not_read_are_only_noted():
    assert map_headings(ORDERS, ["日期", "时间", "时间", "备用", "备用", "数量"]).columns == {"date": 0, "qty": 5}


@pytest.mark.parametrize("which", ["店仓#3", "店仓#0", "仓店#1", "", "#1", "店仓#" + "9" * 5000])
def test_a_setting_for_a_heading_that_the_file_lacks_is_refused(which):
    with pytest.raises(UnknownHeading):
        map_headings(ORDERS, ["日期", "数量", "店仓", "店仓", ""], given={which: "customer"})


def test_a_missing_heading_of_the_settings_is_suggested():
    with pytest.raises(UnknownHeading) as trouble:
        map_headings(ORDERS, ["InvoiceDate", "Quantity"], given={"InvoicDate": "date"})
    assert trouble.value.hint.en == "did you mean: InvoiceDate"


@pytest.mark.parametrize(("wrong", "meant"), [("oder_no", "order_no"), ("客户", "customer"), ("Order No", "order_no")])
def test_a_setting_for_a_column_that_the_ledger_lacks_is_refused_with_the_likely_one(wrong, meant):
    with pytest.raises(UnknownColumn) as trouble:
        map_headings(ORDERS, ["日期", "数量", "x"], given={"x": wrong})
    assert trouble.value.hint.zh == f"是不是想说：{meant}"


def test_two_settings_for_one_column_are_refused():
    with pytest.raises(TwoHeadings):
        map_headings(ORDERS, ["日期", "a", "b"], given={"a": "qty", "b": "qty"})


def test_a_setting_beats_the_headings_that_the_ledger_knows():
    found = map_headings(ORDERS, ["日期", "时间", "数量", "名称"], given={"时间": "date", "名称": "customer"})
    assert (found.columns["date"], found.columns["customer"]) == (1, 3)
    assert "product" not in found.columns


def test_a_needed_heading_that_is_missing_stops_the_read_and_names_what_would_do():
    with pytest.raises(MissingHeading) as trouble:
        map_headings(ORDERS, ["客户", "单价"])
    assert trouble.value.exit_code == 2
    assert "日期、单据日期" in trouble.value.message.zh
    assert "Qty (数量" in trouble.value.message.en
    assert " or Amount (金额" in trouble.value.message.en


def test_a_needed_column_that_the_settings_fix_need_not_be_in_the_file():
    assert map_headings(ORDERS, ["数量"], fixed=["date"]).columns == {"qty": 0}


def test_one_of_quantity_and_amount_is_enough():
    assert map_headings(ORDERS, ["日期", "金额"]).columns == {"date": 0, "amount": 1}


# --- finding the header row ---


def test_titles_and_data_score_less_than_the_header():
    rows = [["2026年销售台账", "", ""], ["制表：小于", "", "日期：3月"], ["单号", "客户", "数量"], ["1", "骏业", "3"]]
    assert list(map(heading_test(ORDERS), rows)) == [0, 0, 3, 0]


def test_a_column_scores_once_and_the_settings_headings_count():
    score = heading_test(ORDERS, {"InvoiceNo": "order_no", "店#2": "customer"})
    assert score(["日期", "时间", "下单日期"]) == 1
    assert score(["InvoiceNo", "店", "店", "Date"]) == 3


# --- a real file ---


@retail.needed
def test_the_eight_columns_of_online_retail_are_found_as_the_settings_say():
    headings = next(csv.reader(retail.lines()))
    found = map_headings(ORDERS, headings, given=RETAIL_COLUMNS)
    assert {headings[index]: id_ for id_, index in found.columns.items()} == RETAIL_COLUMNS
    assert (found.extra, found.odd) == ((), [])


def test_ledger_declarations_are_values():
    assert isinstance(ORDERS, Ledger)
    assert ORDERS.column("qty").heading == ("数量", "Qty")
    with pytest.raises(KeyError):
        ORDERS.column("quantity")

from __future__ import annotations

import pytest

from salesaid import ledgers
from salesaid.core.clerk_cells import BAD
from salesaid.core.clerk_feet import is_foot, is_foot_text, sums_up
from salesaid.core.clerk_serials import without_row_counts


@pytest.mark.parametrize(
    "text",
    ["制表人：小郑", "制表：小于    审核：王经理", "审核：", "注：以上价格均含13%增值税", "备注: 含税", "第1页 共3页",
     "共2家", "共 12 条记录", "共3个产品。", "以下空白", "—— 以下空白 ——",
     "（制单人：小郑）", "金额大写：壹万元整", "合计（大写）：叁佰元整", "签 字："],
)  # fmt: skip
def test_what_stands_below_a_table_is_known(text):
    assert is_foot_text(text)


@pytest.mark.parametrize(
    "text",
    ["", "注册商标", "制表机", "小郑", "审核", "BVM7-710：黑色", "财务软件", "备注", "收款", "共2", "共3家店", "以下"],
)
def test_a_name_that_begins_like_a_foot_is_none(text):
    assert not is_foot_text(text)


ORDERS, SUPPLIERS = ledgers.load("orders"), ledgers.load("suppliers")
NEEDS = ORDERS.actions[0].needs


def test_a_line_of_names_below_a_journal_is_no_entry_whatever_columns_it_fills():
    texts = ["制表人：", "小郑", "", "审核："]
    assert is_foot(ORDERS, texts, {"date": BAD, "customer": "小郑", "price": BAD}, missing=True, needs=NEEDS)


def test_a_line_with_a_figure_of_an_entry_is_an_entry_that_lacks_something():
    texts = ["备注：急", "", "骏业", "5"]
    assert not is_foot(ORDERS, texts, {"note": "备注：急", "customer": "骏业", "qty": "5"}, missing=True, needs=NEEDS)


@pytest.mark.parametrize(
    ("texts", "name", "foot"), [(["制表：小于"], "制表：小于", True), (["注：急", "华强"], "华强", False)]
)
def test_below_a_register_a_line_is_no_thing_where_its_name_is_that_of_a_foot(texts, name, foot):
    assert is_foot(SUPPLIERS, texts, {"supplier": name}, missing=False, needs=SUPPLIERS.needs) is foot


@pytest.mark.parametrize(
    ("values", "missing", "sums"),
    [
        ({"customer": "骏业小计", "date": "2026-05-01", "qty": "9"}, False, True),
        ({"customer": "合计（元）", "date": "", "qty": "9"}, True, True),
        ({"product": "主板", "note": "小计", "date": "2026-05-01", "qty": "9"}, False, False),
        ({"product": "流量累计", "date": "2026-05-01", "qty": "9"}, False, False),
    ],
)
def test_a_row_sums_up_others_where_a_name_stands_or_where_it_lacks_something(values, missing, sums):
    assert sums_up(ORDERS, [*values.values()], values, values["date"], missing=missing) is sums


def test_a_column_that_counts_the_rows_numbers_no_documents():
    headings = ["No.", "编号", "单号", "数量"]
    rows = [["1", "7", "1", "1"], ["", "", "", ""], ["2", "8", "1", "2"], ["合计", "", "", "3"]]
    assert without_row_counts(headings, rows) == ["", "编号", "单号", "数量"]


@pytest.mark.parametrize("form", ['="{}"', "'{}", "{}\t", " {} "])
def test_a_count_of_rows_is_one_in_whatever_form_an_export_keeps_it(form):
    rows = [[form.format(number), "5"] for number in (1, 2, 3)]
    assert without_row_counts(["编号", "数量"], rows) == ["", "数量"]
    assert without_row_counts(["编号", "数量"], [*rows, [form.format(7), "5"]]) == ["编号", "数量"]

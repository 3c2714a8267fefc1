"""salesaid.toml: what is accepted, and what is refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from salesaid import ledgers
from salesaid.core.setting_errors import BadSetting, UnknownSetting
from salesaid.settings import OTHER_LEDGERS, parse_settings


def orders(**settings):
    return parse_settings({"ledgers": {"orders": settings}}, ledgers.names())


@pytest.mark.parametrize("settings", [{"header_row": 0}, {"year": 26}, {"year": 20260}, {"year": True}])
def test_a_header_row_is_counted_from_1_and_a_year_has_four_digits(settings):
    with pytest.raises(BadSetting) as trouble:
        orders(**settings)
    assert " … " in trouble.value.hint.zh


def test_rows_and_years_in_their_bounds_are_taken():
    assert orders(header_row=1, year=2026).ledger("orders")[2] == 1


@pytest.mark.parametrize(
    "data", [{"terms": {"default": "乱写"}}, {"terms": {"month_end": 45}}, {"report": {"month_end": 0}}]
)
def test_terms_that_cannot_be_read_and_days_that_no_month_has_are_refused(data):
    with pytest.raises(BadSetting) as trouble:
        parse_settings(data, ledgers.names())
    assert "月结30" in trouble.value.hint.zh or "1 … 31" in trouble.value.hint.zh


def test_terms_and_a_month_that_ends_early_are_taken():
    found = parse_settings({"terms": {"default": "月结30", "month_end": 25}}, ledgers.names())
    assert (found.terms, found.terms_month_end) == ("月结30", 25)


def test_a_ledger_may_lie_in_all_sheets_of_a_pattern():
    assert orders(sheet="*月").ledger("orders").sheet == "*月"


@pytest.mark.parametrize("id_", OTHER_LEDGERS)
def test_ledgers_that_are_kept_by_others_are_accepted_and_not_read(id_):
    data = {"ledgers": {id_: {"file": "别处.xlsx", "sheet": "*月", "due": "x"}}, "numbering": {id_: "X"}}
    settings = parse_settings(data, ledgers.names())
    assert (settings.ledgers, settings.numbering) == ({}, {})


def test_any_other_ledger_is_an_error():
    with pytest.raises(UnknownSetting):
        parse_settings({"ledgers": {"loan": {}}}, ledgers.names())


def test_a_book_with_such_settings_opens(desk):
    """
    订单.csv
    订单号,日期,客户,产品,数量
    A1,2026-11-01,骏业,主板,5
    """
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.quotes]\nfile = "报价.xlsx"\nsheet = "*月"')
    assert desk.run("order list").code == 0


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("[book\nname = 1", "salesaid.toml 第 1 行\n错误：salesaid.toml 读不懂：第 6 个字起不合 TOML 的写法"),
        ("[book]\nname = 北京", "第 2 行\n错误：salesaid.toml 读不懂：第 8 个字起不合 TOML 的写法"),
        ("[book]\nname = {", "salesaid.toml 读不懂：没有写完"),
    ],
)
def test_settings_that_are_no_toml_are_said_to_be_so_in_the_language_of_the_run(desk, text, zh):
    (desk.folder / "salesaid.toml").write_text(text, encoding="utf-8")
    refused = desk.run("order list")
    assert (refused.code, zh in refused.err) == (2, True)
    assert "xpected" not in refused.err
    assert "cannot be read" in desk.run("order list", SALESAID_LANG="en").err


def test_settings_in_another_encoding_are_said_to_be_so(desk):
    (desk.folder / "salesaid.toml").write_bytes('[book]\nname = "北京"'.encode("gb18030"))
    assert "不是 UTF-8 编码" in desk.run("order list").err


def test_papers_that_orders_need_are_taken_and_none_is_not_the_same_as_unsaid():
    def papers(**settings):
        found = parse_settings({"documents": settings}, ledgers.names())
        return found.documents_needed, found.documents_since

    assert papers() == (None, None)
    assert papers(needed=[]) == ((), None)
    assert papers(needed=["合同", "SGS"], since=date(2026, 11, 1)) == (("合同", "SGS"), date(2026, 11, 1))


@pytest.mark.parametrize("data", [{"need": ["合同"]}, {"needed": "合同"}, {"needed": [1]}, {"since": "2026-11-01"}])
def test_papers_of_another_form_are_refused_with_what_to_write(data):
    with pytest.raises((UnknownSetting, BadSetting)) as trouble:
        parse_settings({"documents": data}, ledgers.names())
    assert trouble.value.hint is not None

"""salesaid.toml: what is accepted, and what is refused with a sentence."""

from __future__ import annotations

import pytest

from salesaid import ledgers
from salesaid.settings import OTHER_LEDGERS, BadSetting, SeveralSheets, UnknownSetting, parse_settings


def orders(**settings):
    return parse_settings({"ledgers": {"orders": settings}}, ledgers.names())


@pytest.mark.parametrize("settings", [{"header_row": 0}, {"year": 26}, {"year": 20260}, {"year": True}])
def test_a_header_row_is_counted_from_1_and_a_year_has_four_digits(settings):
    with pytest.raises(BadSetting) as trouble:
        orders(**settings)
    assert " … " in trouble.value.hint.zh


def test_rows_and_years_in_their_bounds_are_taken():
    assert orders(header_row=1, year=2026).ledger("orders")[2] == 1


def test_a_pattern_for_sheets_is_refused_as_what_it_is():
    with pytest.raises(SeveralSheets) as trouble:
        orders(sheet="*月")
    assert trouble.value.message.zh == "ledgers.orders.sheet = “*月”：一本台账分在几张工作表里的，还不能读"


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
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.visits]\nfile = "拜访.xlsx"\nsheet = "*月"')
    assert desk.run("order list").code == 0

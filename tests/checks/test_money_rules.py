"""The rules about what customers owe."""

from __future__ import annotations

import pytest

OPENINGS = "单号,日期,类型,客户,产品,金额,应收日期"
SHIPPED = "单号,日期,类型,订单号,客户,产品,数量,金额"


def found(desk, code: str) -> list[tuple[str, int | None]]:
    return [(row["code"], row["row"]) for row in desk.rows(["check", code])]


def openings(desk, *rows: str) -> None:
    desk.write("出货.csv", "\n".join([OPENINGS, *rows]))


def payments(desk, *rows: str) -> None:
    desk.write("收款.csv", "\n".join(["单号,日期,客户,付款人,金额,订单号", *rows]))


def test_a_book_that_keeps_no_accounts_has_nothing_overdue(desk):
    desk.write("出货.csv", f"{SHIPPED}\nSH1,2026-10-01,发货,SO1,骏业,电源线,5,30")
    assert found(desk, "M") == []
    desk.write("客户.csv", "客户,付款条件\n佐客,30天")
    assert found(desk, "M01") == [("M01", 2)]


def test_a_document_is_one_finding_with_all_that_is_open_of_it(desk):
    openings(desk, "SH1,2026-10-01,期初,骏业,,30,2026-10-31", "SH1,2026-10-01,期初,骏业,,20,2026-10-31")
    payments(desk, "PY1,2026-11-20,骏业,,10,")
    [row] = desk.rows("check M01")
    assert (row["row"], row["value"]) == (2, "2026-10-31")
    assert "40.00" in row["message"]
    assert "23 天" in row["message"]


def test_the_day_it_is_due_is_not_late(desk):
    openings(desk, "SH1,2026-10-01,期初,骏业,,30,2026-11-23", "SH2,2026-10-01,期初,佐客,,30,2026-11-22")
    assert found(desk, "M01") == [("M01", 3)]


def test_part_of_it_paid_is_the_same_finding(desk):
    openings(desk, "SH1,2026-10-01,期初,骏业,,30,2026-10-31")
    before = [row["fingerprint"] for row in desk.rows("check M01")]
    payments(desk, "PY1,2026-11-20,骏业,,10,")
    desk.today = "2026-11-25"
    assert [row["fingerprint"] for row in desk.rows("check M01")] == before


def test_what_is_disputed_is_a_note_and_what_may_be_paid_is_left_to_the_receipt(desk):
    debts = ("SH1,2026-10-01,期初,骏业,,30,2026-10-31", "SH2,2026-10-01,期初,佐客,,70,2026-10-31")
    openings(desk, *debts, "SH1,2026-11-02,争议,骏业,,,")
    payments(desk, "PY1,2026-11-20,,李四,70,")
    assert {(row["code"], row["severity"]) for row in desk.rows("check M")} == {("M03", "warning"), ("M01", "note")}
    assert "佐客" in desk.rows("check M03")[0]["message"]


def test_what_is_paid_ahead_for_an_order_waits_and_for_none_is_a_note(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\nSO1,2026-11-01,骏业,电源线,5,6")
    payments(desk, "PY1,2026-11-20,骏业,,30,SO1", "PY2,2026-11-20,骏业,,20,", "PY3,2026-11-20,骏业,,5,SO1")
    assert [(row["row"], row["severity"]) for row in desk.rows("check M03")] == [(3, "note"), (4, "note")]


def test_an_order_that_is_dated_later_is_one(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\nSO1,2026-12-01,骏业,电源线,5,6")
    openings(desk, "SH1,2026-11-01,期初,骏业,,30,2026-12-31")
    payments(desk, "PY1,2026-11-20,骏业,,30,SO1")
    assert found(desk, "M03") == []


def test_an_order_that_nobody_took(desk):
    openings(desk, "SH1,2026-11-01,期初,骏业,,30,2026-12-31")
    payments(desk, "PY1,2026-11-20,骏业,,20,SO9", "PY2,2026-11-20,骏业,,10,SH1")
    assert [(row["row"], row["column"], row["value"]) for row in desk.rows("check M03")] == [(2, "order_no", "SO9")]
    assert desk.run(["void", "PY1", "--why", "订单号写错"]).code == 0
    assert found(desk, "M03") == []


@pytest.mark.parametrize(("terms", "is_wrong"), [("", True), ("看情况", True), ("月结30", False), ("现结", False)])
def test_terms(desk, terms, is_wrong):
    desk.write("客户.csv", f"客户,付款条件\n骏业,{terms}\n佐客,30天")
    openings(desk, "SH1,2026-11-01,期初,骏业,,30,2026-12-31")
    assert found(desk, "M04") == ([("M04", 2)] if is_wrong else [])
    desk.write("salesaid.toml", '[terms]\ndefault = "30天"')
    assert found(desk, "M04") == ([("M04", 2)] if terms == "看情况" else [])


def test_who_owes_nothing_needs_no_terms(desk):
    desk.write("客户.csv", "客户,付款条件\n骏业,\n佐客,30天")
    assert found(desk, "M04") == []


def test_a_limit_of_nothing_is_a_limit_and_none_is_none(desk):
    desk.write("客户.csv", "客户,付款条件,信用额度\n骏业,30天,0\n佐客,30天,\n灵龙,30天,30")
    openings(
        desk, *(f"SH{at},2026-11-01,期初,{name},,30,2026-12-31" for at, name in enumerate(("骏业", "佐客", "灵龙")))
    )
    assert found(desk, "M02") == [("M02", 2)]


def test_receipts_are_old_only_where_something_is_owed_and_by_the_books_own_limit(desk):
    payments(desk, "PY1,2026-10-01,骏业,,30,")
    openings(desk, "SH1,2026-09-01,期初,骏业,,30,2026-12-31")
    assert found(desk, "M06") == []
    openings(desk, "SH1,2026-09-01,期初,骏业,,50,2026-12-31")
    assert found(desk, "M06") == [("M06", 2)]
    desk.write("salesaid.toml", "[limits]\nreceipts_age_days = 60")
    assert found(desk, "M06") == []


def test_cents_that_are_lost_by_rounding_are_told_and_those_that_even_out_are_not(desk):
    openings(desk, "SH1,2026-11-01,期初,骏业,,10.005,2026-12-31", "SH2,2026-11-01,期初,骏业,,-10.005,2026-12-31")
    assert found(desk, "M05") == []
    openings(desk, *(f"SH{at},2026-11-01,期初,骏业,,0.333,2026-12-31" for at in range(4)))
    [row] = desk.rows("check M05")
    assert (row["row"], row["column"]) == (2, "amount")
    assert "0.012" in row["message"]


def test_ages_that_do_not_tie_are_a_finding_and_no_crash(desk, monkeypatch):
    from salesaid.balances import ageing

    openings(desk, "SH1,2026-11-01,期初,骏业,,30,2026-12-31")
    monkeypatch.setattr(ageing, "_of", lambda account, today, by: ageing.Ageing(account.customer, [1] * 7, 0))
    assert found(desk, "M05") == [("M05", None)]


def test_sales_of_a_book_of_sales_are_told_at_their_orders(desk):
    desk.write("salesaid.toml", '[ledgers.orders]\nships = "at_once"\n[terms]\ndefault = "30天"')
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\nXS1,2026-10-01,骏业,电源线,5,6")
    [row] = desk.rows("check M")
    assert (row["code"], row["file"], row["row"]) == ("M01", "订单.csv", 2)


def test_what_is_to_be_pasted_mends_it(desk):
    desk.write("客户.csv", "客户,付款条件\n骏业,\n佐客,30天")
    openings(desk, "SH1,2026-11-01,期初,骏业,,30,2026-12-31")
    payments(desk, "PY1,2026-11-20,,骏业 电子科技,20,")
    for code in ("M03", "M04"):
        [row] = desk.rows(["check", code])
        line = row["suggestion"].partition("salesaid ")[2].replace("--terms …", "--terms 30天").replace("…", "骏业")
        assert desk.run(line).code == 0, line
        assert found(desk, code) == []

"""The rules about visits and to-dos, at their edges."""

from __future__ import annotations

import pytest

HEAD = "单号,日期,客户,方向,内容,结果,下次跟进日期,备注"


def found(desk, code, *rows, today="2026-11-23"):
    desk.today = today
    desk.write("拜访.csv", "\n".join([HEAD, *rows]))
    return [(row["row"], row["value"]) for row in desk.rows(f"check {code}")]


def test_a_follow_up_is_late_from_the_day_after(desk):
    visit = "VS20261110-001,2026-11-10,骏业,去,看样板,,2026-11-20,"
    assert found(desk, "V01", visit, today="2026-11-20") == []
    assert found(desk, "V01", visit, today="2026-11-21") == [(2, "2026-11-20")]
    assert found(desk, "V01", visit.replace("骏业", ""), today="2026-11-21") == [(2, "2026-11-20")]
    assert found(desk, "V01", visit, "VS20261112-001,2026-11-12,骏业,来,改期,不急,,") == []
    assert found(desk, "V01", visit, "VS20261112-001,2026-11-12,佳瑞,去,,,,") == [(2, "2026-11-20")]
    assert found(desk, "V01", visit, "VS20261110-001,2026-11-10,骏业,去,看样板,,2026-11-20,作废：记错") == []
    assert found(desk, "V01", visit.replace(",2026-11-20,", ",2026-11-20,ok:V01")) == []


def test_a_call_may_wait_for_as_many_days_as_the_settings_say(desk):
    call = "VS20261120-001,2026-11-20,骏业,来,问价,,,"
    assert found(desk, "V02", call, today="2026-11-21") == []
    assert found(desk, "V02", call, today="2026-11-22") == [(2, None)]
    desk.write("salesaid.toml", "[limits]\ncall_return_days = 3\n")
    assert found(desk, "V02", call, today="2026-11-23") == []
    assert found(desk, "V02", call, today="2026-11-24") == [(2, None)]


def test_a_call_with_a_day_of_its_own_waits_for_that_day(desk):
    call = "VS20261110-001,2026-11-10,骏业,来,问价,,2026-11-20,"
    assert found(desk, "V02", call) == []
    assert found(desk, "V01", call) == [(2, "2026-11-20")]


def test_rows_without_a_number_keep_their_fingerprint_when_the_file_is_sorted(desk):
    rows = [
        ",2026-11-10,骏业,去,看样板,,2026-11-20,",
        ",2026-11-11,佳瑞,来,问价,,,",
        ",2026-11-12,佐客,去,试用,,2026-11-19,",
    ]
    found(desk, "V", *rows)
    before = {row["fingerprint"] for row in desk.rows("check V")}
    found(desk, "V", *reversed(rows))
    assert {row["fingerprint"] for row in desk.rows("check V")} == before
    assert len(before) == 3


@pytest.mark.parametrize(("today", "late"), [("2026-11-20", 0), ("2026-11-21", 1)])
def test_a_to_do_is_late_from_the_day_after(desk, today, late):
    desk.today = today
    desk.write("待办.csv", "单号,日期,类型,事项,期限\nTD20261116-001,2026-11-16,新增,补发票,2026-11-20")
    assert len(desk.rows("check T")) == late
    desk.write("待办.csv", desk.text("待办.csv") + "TD20261116-001,2026-11-17,延期,,2026-11-30")
    assert desk.rows("check T") == []


def test_a_word_that_says_who_called_is_no_kind_and_is_told(desk):
    desk.write("拜访.csv", "单号,日期,客户,拜访方式\nVS20261120-001,2026-11-20,骏业,来电")
    assert [(row["column"], row["value"]) for row in desk.rows("check A")] == [("kind", "来电")]


def test_one_number_for_two_visits_is_found(desk):
    rows = ["VS20261110-001,2026-11-10,骏业,去,,,,", "VS20261110-001,2026-11-10,佳瑞,去,,,,"]
    assert [row for row, _ in found(desk, "X02", *rows)] == [3]


def test_one_day_is_no_days(desk):
    assert found(desk, "V01", "VS20261110-001,2026-11-10,骏业,去,看样板,,2026-11-20,", today="2026-11-21") != []
    assert "2026-11-20, 1 day ago" in desk.run("--lang en check V01").out
    desk.today = "2026-11-22"
    assert "2026-11-20, 2 days ago" in desk.run("--lang en check V01").out


def test_a_to_do_that_says_nothing_is_named_by_its_number(desk):
    desk.today = "2026-11-13"
    desk.write("待办.csv", "单号,日期,类型,事项,期限,负责人\nTD20261101-004,2026-11-01,新增,,2026-11-12,\n")
    assert "待办逾期 1 天：TD20261101-004（期限 2026-11-12）" in desk.run("check T01").out
    assert "to-do 1 day late: TD20261101-004 (due 2026-11-12)" in desk.run("--lang en check T01").out


def test_an_order_of_a_document_that_is_only_spelt_otherwise_is_named(desk):
    desk.today = "2026-11-23"
    desk.write("订单.csv", "单号,日期,客户,产品,数量\nSO20261118-001,2026-11-18,骏业,电源线,10\n")
    desk.write(
        "单据.csv",
        "单号,日期,订单号,种类\nDC1,2026-11-18,so20261118-001,合同\nDC2,2026-11-18,SO20261118-009,合同\n",
    )
    assert [(row["value"], row["suggestion"]) for row in desk.rows("check D04")] == [
        ("so20261118-001", "写作 SO20261118-001"), ("SO20261118-009", None),
    ]  # fmt: skip

"""Reminders: who is overdue gets one text; who may have paid, disputes or has time gets none."""

from __future__ import annotations

import pytest

BOOK = """
出货.csv
单号,日期,类型,订单号,客户,产品,数量,单价,金额,备注
SH1,2026-09-10,发货,SO1,骏业,主板,2,100,,
SH2,2026-09-12,发货,SO2,骏业,主板,3,100,,
SH3,2026-09-12,发货,SO3,华强,主板,5,100,,
SH3,2026-09-12,发货,SO3,华强,电源线,5,2,,
SH4,2026-09-12,发货,SO4,灵龙,主板,7,100,,
SH4,2026-09-20,争议,SO4,灵龙,,,,,数量不符
SH5,2026-11-20,发货,SO5,万安达,主板,1,100,,

客户.csv
客户,全称,联系人,付款条件
骏业,深圳市骏业电子有限公司,何先生,30天
华强,深圳市华强贸易有限公司,,30天
灵龙,,,30天
万安达,,,30天

收款.csv
单号,日期,客户,付款人,金额,订单号,备注
PY0,2026-11-20,万安达,,1,,
"""


@pytest.fixture
def desk(desk):
    desk.lay_out(BOOK)
    return desk


def came_in(desk, *rows):
    with (desk.folder / "收款.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


def states(desk, words="receivable remind"):
    return {(row["customer"], row["order_no"]): row["state"] for row in desk.rows(words)}


def test_overdue_rows_have_the_customers_one_text_and_no_others_have_any(desk):
    rows = desk.rows("receivable remind")
    assert [(row["customer"], row["order_no"], row["state"], row["days_late"], row["amount"]) for row in rows] == [
        ("骏业", "SO1", "overdue", 44, 200),
        ("骏业", "SO2", "overdue", 42, 300),
        ("华强", "SO3", "overdue", 42, 510),
        ("灵龙", "SO4", "disputed", 42, 700),
        ("万安达", "SO5", "not_due", None, 99),
    ]
    assert [row["text"] is not None for row in rows] == [True, True, True, False, False]
    assert rows[0]["text"] == rows[1]["text"]
    for part in ("何先生", "深圳市骏业电子有限公司", "SO1", "SO2", "500.00", "2026-10-10", "测试"):
        assert part in rows[0]["text"]


def test_people_read_each_text_once_below_the_table(desk):
    out = desk.run("receivable remind").out
    assert out.count("何先生，您好！") == 1
    assert "\n1. SO1（2026-09-10 发货）" in out
    english = desk.run("receivable remind", SALESAID_LANG="en").out
    assert "Dear 何先生," in english
    assert "好" not in english


@pytest.mark.parametrize(
    ("row", "paid"),
    [
        ("PY1,2026-11-01,,刘洋,200,,", {("骏业", "SO1")}),  # an open line
        ("PY1,2026-11-01,,,510.00,,", {("华强", "SO3")}),  # a document, payer not written
        ("PY1,2026-11-01,,刘洋,10,,", {("华强", "SO3")}),  # one line of a document
        ("PY1,2026-11-01,,刘洋,500,,", {("骏业", "SO1"), ("骏业", "SO2"), ("华强", "SO3")}),  # a balance; a line
        ("PY1,2026-11-01,,深圳骏业电子,33,,", {("骏业", "SO1"), ("骏业", "SO2")}),  # the payer may be it
        ("PY1,2026-11-01,,刘洋,123.45,,", set()),
        ("PY1,2026-11-01,,刘洋,700,,", set()),  # what is disputed is not dunned anyway
        ("PY1,2026-11-01,骏业电子厂,,300,,", {("骏业", "SO1"), ("骏业", "SO2")}),  # a name nobody has decided
    ],
)
def test_what_a_receipt_could_have_paid_is_not_dunned(desk, row, paid):
    came_in(desk, row)
    found = states(desk)
    assert {place for place, state in found.items() if state == "maybe_paid"} == paid
    assert found["灵龙", "SO4"] == "disputed"
    notes = desk.json("receivable remind")["data"]["notes"]
    assert ("maybe_paid" in [note["code"] for note in notes]) == bool(paid or "700" in row)


def test_a_payer_decided_to_be_another_is_suggested_no_more(desk):
    came_in(desk, "PY1,2026-11-01,,深圳骏业电子,33,,")
    desk.run("name different 深圳骏业电子 骏业 --kind customer --new")
    assert set(states(desk).values()) == {"overdue", "disputed", "not_due"}


def test_a_payer_decided_to_be_the_customer_settles_its_debt(desk):
    came_in(desk, "PY1,2026-11-01,,刘洋,200,,")
    desk.run("name same 刘洋 骏业 --kind customer --new")
    assert ("骏业", "SO1") not in states(desk)
    assert states(desk)["骏业", "SO2"] == "overdue"


def test_old_receipts_are_said_first_and_need_a_yes(desk):
    desk.today = "2026-11-27"
    assert desk.run("receivable remind").code == 0
    desk.today = "2026-11-28"
    answer = desk.run("receivable remind")
    assert (answer.code, answer.out) == (2, "")
    assert "2026-11-20" in answer.err
    assert desk.json("receivable remind --yes")["data"]["notes"][0]["code"] == "stale_receipts"
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[limits]\nreceipts_age_days = 8')
    assert desk.run("receivable remind").code == 0


def test_without_any_receipts_it_needs_a_yes(desk):
    (desk.folder / "收款.csv").unlink()
    assert desk.run("receivable remind").code == 2
    assert desk.run("receivable remind --yes").code == 0


def test_one_customer(desk):
    assert {customer for customer, _ in states(desk, "receivable remind --customer 华强")} == {"华强"}
    assert desk.rows("receivable remind 华强") == desk.rows("receivable remind --customer 华强")


def test_a_letter_tells_a_document_without_a_number_by_its_day(desk):
    with (desk.folder / "出货.csv").open("a", encoding="utf-8") as file:
        file.write(",2026-09-14,发货,,骏业,主板,4,100,,\n")
    text = desk.rows("receivable remind")[0]["text"]
    assert "3. 2026-09-14 发货，应付日 2026-10-14，¥400.00" in text
    assert "出货.csv" not in text


def test_who_got_a_wrong_model_is_not_dunned_until_it_is_put_right(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\nSO1,2026-09-01,骏业,主机,2,100")
    answer = desk.json("receivable remind")["data"]
    assert {row["order_no"]: row["state"] for row in answer["rows"]}["SO1"] == "disputed"
    assert "SO1" not in next(row["text"] for row in answer["rows"] if row["order_no"] == "SO2")
    assert [note["code"] for note in answer["notes"]].count("wrong_model") == 1
    assert "型号不符" in desk.run("receivable remind").out
    assert "wrong_model" not in {note["code"] for note in desk.json("receivable remind -c 华强")["data"]["notes"]}

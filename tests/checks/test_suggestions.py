"""What a finding suggests can be pasted: it runs, or says which … a person has yet to fill in."""

from __future__ import annotations

import re
import shlex

import pytest

from salesaid import checks
from salesaid.core.pasted import about_names, command

_COMMAND = re.compile(r"salesaid ([^；]+)")


def commands(desk, code):
    """The command lines that the findings of a rule suggest, as words."""
    texts = [row["suggestion"] or "" for row in desk.rows(f"check {code}")]
    return [shlex.split(found) for text in texts for found in _COMMAND.findall(text)]


@pytest.mark.parametrize("check", checks.every(), ids=lambda check: check.rule.code)
def test_a_suggested_command_runs_or_says_what_is_to_be_filled_in(desk, check):
    desk.today = check.rule.today
    desk.lay_out(check.rule.wrong)
    for words in commands(desk, check.rule.code):
        answer = desk.run([*words, "--yes"] if words[:2] == ["receivable", "remind"] else words)
        is_open = any(word.endswith("…") for word in words)
        assert answer.code == (2 if is_open else 0), (words, answer.err)
        assert ("还没有填" in answer.err) is is_open


@pytest.mark.parametrize(
    "words",
    [
        ["order", "review", "1", "--by", "…"], ["order", "review", "1", "--by=…"], ["payment", "add", "…", "…"],
        ["stock", "count", "-i", "电源线=…"], ["order", "add", "骏业", "电源线×…"],
    ],
)  # fmt: skip
def test_what_was_left_open_is_never_taken_for_a_value(desk, words):
    refused = desk.run(words)
    assert refused.code == 2
    assert "还没有填" in refused.err
    assert not list(desk.folder.glob("*.csv"))
    assert "still to be filled in" in desk.run([*words, "--lang", "en"]).err


def test_a_payer_whom_nobody_knows_is_never_joined_to_a_customer_named_customer(desk):
    desk.lay_out("""
        客户.csv
        客户,付款条件
        骏业,现结

        收款.csv
        单号,日期,客户,付款人,金额
        PY20261120-001,2026-11-20,,李四,300
        """)
    (words,) = commands(desk, "M03")
    assert words == ["name", "same", "李四", "…", "--kind", "customer", "--new"]
    assert desk.run(words).code == 2
    assert commands(desk, "M03") == [words]


def test_a_receipt_for_no_order_is_voided_by_what_is_suggested(desk):
    desk.lay_out("""
        订单.csv
        单号,日期,客户,产品,数量,单价,评审人
        SO20261101-001,2026-11-01,骏业,电源线,1,6,赵

        收款.csv
        单号,日期,客户,金额,订单号
        PY20261120-001,2026-11-20,骏业,300,SO20261101-009
        """)
    (words,) = commands(desk, "M03")
    assert words[:2] == ["void", "PY20261120-001"]
    assert desk.run(words).code == 0
    assert commands(desk, "M03") == []


def test_names_that_begin_with_a_dash_are_no_options():
    assert about_names("name same", ("-5V电源", "5V"), "--kind", "product") == (
        "salesaid name same --kind product -- -5V电源 5V"
    )
    assert about_names("name same", ("A", "B C"), "--kind", "product") == command(
        "name", "same", "A", "B C", "--kind", "product"
    )


def test_a_name_of_two_kinds_of_things_is_answered_with_its_kind(desk):
    desk.lay_out("""
        客户.csv
        客户
        安卡

        订单.csv
        单号,日期,客户,产品,数量,单价
        A1,2026-11-01,安卡电子,安卡,1,6
        A2,2026-11-02,安卡电子,安卡电子,1,6
        """)
    (words,) = commands(desk, "N06")
    assert words == ["name", "same", "安卡电子", "安卡", "--kind", "customer"]
    assert desk.run(words).code == 0
    assert commands(desk, "N06") == []

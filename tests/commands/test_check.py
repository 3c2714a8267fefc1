"""`salesaid check`: what is wrong, where, and what of it is new."""

from __future__ import annotations

import json
import re

import pytest

BOOK = """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人,备注
    SO20261101-001,2026-11-01,下单,骏业,电源线,10,6,2026-11-10,赵,
    SO20261102-001,2026-11-02,下单,骏业,主板,2,120,2026-11-12,赵,{note}
    SO20261103-001,,下单,骏业,主板,2,120,2026-11-30,赵,
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK.format(note=""))
    return desk


def codes(book, words: str) -> list[str]:
    return [row["code"] for row in book.rows(f"check {words}")]


def test_what_is_wrong_is_told_with_its_place_and_exit_1(book):
    answer = book.run("check")
    assert answer.code == 1
    assert "订单.csv:2" in answer.out
    assert "过期 13 天" in answer.out
    assert "错误 1，警告 2" in answer.out


def test_a_book_without_faults_is_silent(desk):
    assert desk.run("check") == (0, "", "")


def test_rules_are_asked_by_code_by_letter_and_by_name(book):
    assert codes(book, "O03") == codes(book, "o") == codes(book, "past-due-unshipped") == ["O03", "O03"]
    assert codes(book, "A --ignore A08") == []


def test_an_unknown_rule_is_refused_with_what_is_near(book):
    answer = book.run("check past-due-unship")
    assert answer.code == 2
    assert "past-due-unshipped" in answer.err


def test_only_what_is_grave_enough_counts(book):
    assert codes(book, "--fail-on error") == ["A08"]
    assert book.run("check O --fail-on error").code == 0


def test_the_settings_mute_a_rule(book):
    book.write("salesaid.toml", '[book]\nlanguage = "zh"\n[check]\nmute = ["O03"]\n')
    assert codes(book, "") == ["A08"]


def test_a_note_excuses_its_own_row(desk):
    desk.lay_out(BOOK.format(note="客户同意 ok:O03"))
    assert [row["row"] for row in desk.rows("check O")] == [2]
    assert "1 处在备注里已说明" in desk.run("check O").out


@pytest.mark.parametrize(
    "note", ["OK：o03", "老板同意ok:O03", "ok: O06，O03", '"ok:O06,O03 见邮件"', "ok:O06 或 ok:O03"]
)
def test_an_excuse_is_read_as_people_write_it(desk, note):
    desk.lay_out(BOOK.format(note=note))
    assert [row["row"] for row in desk.rows("check O03")] == [2]


@pytest.mark.parametrize("note", ["book:O03", "ok O03", "ok:O033", "ok:O06"])
def test_other_notes_excuse_nothing(desk, note):
    desk.lay_out(BOOK.format(note=note))
    assert [row["row"] for row in desk.rows("check O03")] == [2, 3]


def test_every_finding_has_all_its_columns(book):
    row = book.rows("check O")[0]
    assert list(row) == [
        "code", "name", "severity", "file", "sheet", "row", "column", "value", "message", "suggestion", "fingerprint",
    ]  # fmt: skip
    assert (row["file"], row["row"], row["column"], row["value"]) == ("订单.csv", 2, "due", "2026-11-10")
    assert row["suggestion"] == "salesaid order ship SO20261101-001"


def test_people_see_what_rules_and_columns_are_called(book):
    file = book.folder / "查账.md"
    assert book.run(f"check O --out {file}").code == 1
    assert "| O03 | 过了交期还没发完 | 警告 | 订单.csv |  | 2 | 交期 | 2026-11-10 |" in file.read_text("utf-8")
    rows = book.run("check O --format csv").out.splitlines()
    assert rows[1].startswith("O03,past-due-unshipped,warning,订单.csv,,2,due,2026-11-10,")


def test_lines_are_as_editors_read_them(book):
    lines = book.run("check O --lines").out.splitlines()
    assert lines[0] == "订单.csv:2: O03 订单 SO20261101-001 的 电源线 过期 13 天，还有 10 没发"


def test_what_was_accepted_is_known_and_only_what_is_new_shows(book):
    known = book.folder / "known.json"
    words = f"check --baseline {known}"
    assert book.run(f"{words} --accept").code == 0
    assert len(json.loads(known.read_text("utf-8"))["findings"]) == 3
    assert book.run(words).code == 0
    book.lay_out(BOOK.format(note="").replace("电源线,10,6,2026-11-10", "电源线,10,6,2026-12-10"))
    answer = book.json(words)["data"]
    assert answer["rows"] == []
    assert any("1 处已解决" in note["text"] for note in answer["notes"])


def test_what_a_check_did_not_ask_for_is_neither_solved_nor_forgotten(book):
    words = f"--baseline {book.folder / 'known.json'}"
    assert book.run(f"check {words} --accept").code == 0
    known = len(json.loads((book.folder / "known.json").read_text("utf-8"))["findings"])
    for asked in ("check C", "check --fail-on error", "check C --accept", "check --fail-on error --accept"):
        answer = book.run(f"{asked} {words}")
        assert answer.code == 0
        assert not re.search("[1-9] 处已解决", answer.out)
        assert len(json.loads((book.folder / "known.json").read_text("utf-8"))["findings"]) == known
    assert book.run(f"check {words}").code == 0


def test_accepting_needs_a_file_and_a_foreign_file_is_refused(book):
    assert book.run("check --accept").code == 2
    assert book.run(f"check --baseline {book.folder / '订单.csv'}").code == 3


@pytest.mark.parametrize(("lang", "word"), [("zh", "为什么"), ("en", "Why: A customer waits")])
def test_a_rule_explains_itself(book, lang, word):
    answer = book.run("check --explain O03", SALESAID_LANG=lang)
    assert answer.code == 0
    assert word in answer.out
    assert "订单.csv" in answer.out

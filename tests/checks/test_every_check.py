"""Each rule's own example: it finds what is wrong there, no other rule does, and the mended book is silent."""

from __future__ import annotations

import re

import pytest

from salesaid import checks

every_check = pytest.mark.parametrize("check", checks.every(), ids=lambda check: f"{check.rule.code} {check.name}")


def codes(desk, book: str, today: str) -> list[str]:
    """The codes of what a check of a small book finds."""
    desk.today = today
    desk.lay_out(book)
    return [row["code"] for row in desk.rows("check")]


@every_check
def test_the_example_is_found_by_its_rule_alone(desk, check):
    found = codes(desk, check.rule.wrong, check.rule.today)
    assert check.rule.code in found
    assert set(found) <= {check.rule.code, *check.rule.also}


@every_check
def test_the_mended_book_is_silent(desk, check):
    assert codes(desk, check.rule.mended, check.rule.today) == []


@every_check
def test_a_finding_names_its_file_and_row_and_survives_sorting(desk, check):
    desk.today = check.rule.today
    desk.lay_out(check.rule.wrong)
    before = {row["fingerprint"] for row in desk.rows("check")}
    for path in desk.folder.glob("*.csv"):
        head, *rows = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([head, *sorted(rows, reverse=True)]) + "\n", "utf-8")
    after = desk.rows("check")
    assert {row["fingerprint"] for row in after} == before
    assert all((desk.folder / row["file"]).exists() for row in after)


@every_check
def test_the_words_of_a_rule_are_whole(check):
    rule = check.rule
    assert re.fullmatch(r"[A-Z]\d{2}", rule.code)
    for text in (rule.title, rule.why, rule.mend):
        assert text.zh
        assert text.en
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert not re.search("[\u4e00-\u9fff]", text.en)


def test_no_code_is_given_twice():
    given = [check.rule.code for check in checks.every()]
    assert len(given) == len(set(given))

"""Targets: what no row says is what the rows below it come to."""

from __future__ import annotations

from salesaid.balances.goals import Goal, Goals


def goals(*rows):
    return Goals(
        Goal(row, month, person, category, cents, (person, category))
        for row, (month, person, category, cents) in enumerate(rows, 2)
    )


def test_a_person_s_target_is_his_own_row_or_the_sum_over_his_categories():
    found = goals(("2026-11", "赵丽", "主板", 300), ("2026-11", "赵丽", "电源", 200), ("2026-12", "赵丽", "", 900))
    assert [found.of_month(month, "赵丽") for month in ("2026-11", "2026-12", "2027-01")] == [500, 900, None]


def test_the_house_s_target_is_its_own_row_or_the_sum_over_its_people():
    found = goals(("2026-11", "赵丽", "", 300), ("2026-11", "王磊", "", 200), ("2026-12", "", "", 50))
    assert found.of_month("2026-11") == 500
    assert found.of_month("2026-12") == 50
    assert found.of(["2026-11", "2026-12"]) == 550


def test_a_house_with_targets_by_category_only_sums_those():
    found = goals(("2026-11", "", "主板", 300), ("2026-11", "", "电源", 200))
    assert (found.of_month("2026-11"), found.of_month("2026-11", "", "主板")) == (500, 300)


def test_people_come_before_categories_where_both_are_set():
    found = goals(("2026-11", "", "主板", 300), ("2026-11", "赵丽", "", 700))
    assert found.of_month("2026-11") == 700


def test_of_two_rows_for_the_same_the_last_holds():
    assert goals(("2026-11", "赵丽", "", 300), ("2026-11", "赵丽", "", 400)).of_month("2026-11", "赵丽") == 400


def test_months_without_a_target_leave_the_sum_as_it_is_and_none_is_none():
    found = goals(("2026-11", "赵丽", "", 300))
    assert found.of(["2026-10", "2026-11"], "赵丽") == 300
    assert found.of([], "赵丽") is None

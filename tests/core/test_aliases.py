from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.aliases import Aliases, AliasRow, add_problem

DAY = date(2026, 5, 6)


def same(name, stands_for, on=DAY):
    return AliasRow("product", name, stands_for, "same", on)


def different(name, other, on=DAY):
    return AliasRow("product", name, other, "different", on)


def later(name, other, on=DAY):
    return AliasRow("product", name, other, "later", on)


def folded(rows, name):
    return Aliases("product", rows).fold(name)


def test_a_written_name_folds_to_what_it_stands_for_and_on():
    rows = [same("710主板", "bvm7—710—8505"), same("bvm7—710—8505", "BVM7-710")]
    assert folded(rows, "710主板") == "BVM7-710"
    assert folded(rows, "BVM7-710") == "BVM7-710"
    assert folded(rows, "电源线") == "电源线"


def test_a_decision_holds_for_other_spellings_of_the_name():
    rows = [same("bvm7—710—8505", "BVM7-710")]
    assert folded(rows, "BVM7 710 8505") == "BVM7-710"
    assert folded([*rows, same("bvm7-710", "主板")], "BVM7_710_8505") == "主板"


def test_a_decision_between_spellings_says_which_stays():
    assert folded([same("bvm7—710", "BVM7-710")], "ＢＶＭ７ 710") == "BVM7-710"
    assert folded([same("X", "bvm7—710"), same("bvm7—710", "BVM7-710")], "X") == "BVM7-710"


def test_a_decision_about_products_says_nothing_of_customers():
    assert Aliases("customer", [same("A", "B")]).fold("A") == "A"


def test_two_spellings_declared_different_are_two_and_a_third_is_neither():
    aliases = Aliases("product", [different("A-1", "A 1"), same("A 1", "B")])
    assert [aliases.fold(name) for name in ("A-1", "A 1", "A_1")] == ["A-1", "B", "A_1"]
    assert len({aliases.node(name) for name in ("A-1", "A 1", "A_1")}) == 3


def test_different_beats_same_whichever_was_decided_first():
    rows = [same("A", "B"), different("A", "B", DAY + timedelta(1))]
    aliases = Aliases("product", rows)
    assert aliases.fold("A") == "A"
    assert [row for row, _ in aliases.refused] == [rows[0]]


def test_what_one_name_differs_from_all_that_stand_for_it_differ_from():
    aliases = Aliases("product", [same("a", "A2"), same("b", "B2"), different("a", "b")])
    assert aliases.are_different("A2", "B2")
    assert aliases.are_different("B2", "a")
    assert not aliases.are_different("a", "A2")


@pytest.mark.parametrize(
    ("rows", "new"),
    [
        ([], same("A", "A")),
        ([], different("A", "A")),
        ([], later("A", "A")),
        ([same("A", "B")], same("B", "A")),
        ([same("A", "B"), same("B", "C")], same("C", "A")),
        ([same("A", "B"), same("B", "C")], same("B", "A")),
        ([same("a-1", "A 1")], same("A 1", "a-1")),
        ([different("A", "B")], same("A", "B")),
        ([different("A", "B")], same("B", "A")),
        ([different("A", "C"), same("A", "B")], same("B", "C")),
        ([different("A-1", "A 1")], same("A 1", "A-1")),
        ([same("A", "B")], same("A", "C")),
        ([same("A", "B")], different("A", "B")),
        ([same("A", "C"), same("B", "C")], different("A", "B")),
        ([same("A-1", "A 1")], different("A 1", "A-1")),
    ],
)
def test_a_decision_that_contradicts_itself_or_others_is_refused(rows, new):
    problem = add_problem(rows, new)
    assert problem is not None
    assert new.name in problem.zh
    assert new.name in problem.en


@pytest.mark.parametrize(
    ("rows", "new"),
    [
        ([], same("A", "B")),
        ([], same("a-1", "A 1")),
        ([], different("a-1", "A 1")),
        ([same("A", "B")], same("A", "B")),
        ([same("A", "B"), same("B", "C")], same("A", "C")),
        ([same("A", "B")], same("B", "C")),
        ([same("A", "C")], different("A", "B")),
        ([different("A", "B")], different("A", "B")),
        ([different("A", "B")], same("A", "C")),
        ([different("A-1", "A 1")], same("A_1", "A-1")),
        ([same("A", "B")], later("A", "B")),
        ([AliasRow("customer", "A", "B")], same("B", "A")),
    ],
)
def test_a_decision_that_contradicts_none_may_stand(rows, new):
    assert add_problem(rows, new) is None


def test_a_question_put_off_is_hidden_for_30_days():
    aliases = Aliases("product", [later("A-1", "A-1-B")])
    days = [DAY - timedelta(1), DAY, DAY + timedelta(29), DAY + timedelta(30)]
    assert [aliases.is_hidden("A-1-B", "a 1", day) for day in days] == [False, True, True, False]
    assert not aliases.is_hidden("A-1", "C", DAY)


def test_a_question_put_off_without_a_day_is_not_hidden():
    assert not Aliases("product", [later("A", "B", None)]).is_hidden("A", "B", DAY)


NAMES = ["A-1", "A 1", "a_1", "B", "b", "C-2", "C 2", "D"]
ROWS = st.lists(
    st.builds(
        AliasRow,
        st.just("product"),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(["same", "same", "same", "different", "later"]),
        st.sampled_from([None, DAY, DAY + timedelta(1)]),
    ),
    max_size=8,
)


@given(ROWS)
def test_folding_twice_is_folding_once(rows):
    aliases = Aliases("product", rows)
    for name in NAMES:
        assert aliases.fold(aliases.fold(name)) == aliases.fold(name)


@given(ROWS, st.randoms())
def test_the_order_of_the_rows_never_matters(rows, chance):
    shuffled = chance.sample(rows, len(rows))
    one, other = Aliases("product", rows), Aliases("product", shuffled)
    assert [one.fold(name) for name in NAMES] == [other.fold(name) for name in NAMES]
    assert one.refused == other.refused


@given(ROWS)
def test_every_row_holds_unless_it_is_refused(rows):
    aliases = Aliases("product", rows)
    for row in set(rows) - {row for row, _ in aliases.refused}:
        if row.verdict == "same":
            assert aliases.fold(row.name) == aliases.fold(row.stands_for)
        if row.verdict == "different":
            assert aliases.are_different(row.name, row.stands_for)


@given(ROWS)
def test_names_declared_different_are_never_folded_together(rows):
    aliases = Aliases("product", rows)
    for row in rows:
        if row.verdict == "different" and row.name != row.stands_for:
            assert aliases.fold(row.name) != aliases.fold(row.stands_for)


@given(ROWS)
def test_rows_added_only_where_they_may_stand_all_hold(rows):
    taken: list[AliasRow] = []
    for day, row in enumerate(rows):
        dated = row._replace(decided_on=DAY + timedelta(day))
        if add_problem(taken, dated) is None:
            taken.append(dated)
    assert Aliases("product", taken).refused == []


def test_any_order_of_a_chain_folds_all_its_names_to_the_last():
    chain = [same("a", "b"), same("b", "c"), same("c", "d"), same("x", "b")]
    for rows in permutations(chain):
        assert {folded(rows, name) for name in "abcdx"} == {"d"}


def test_a_chain_of_ten_thousand_rows_is_followed():
    rows = [same(f"n{number}", f"n{number + 1}") for number in range(10_000)]
    assert folded(rows, "n0") == "n10000"

"""Decisions in any number and order: rows move between names, and nothing is ever lost or made."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.census import census as census_of
from salesaid.balances.census import fold
from salesaid.balances.parties import Parties
from salesaid.balances.spellings import spellings
from salesaid.core.aliases import Aliases, AliasRow
from salesaid.core.errors import Refused
from salesaid.core.listed import Listed
from salesaid.core.rows import Rows
from salesaid.core.state import State
from salesaid.entries import name as entries
from salesaid.ledgers import load

NAMES = ["甲", "乙", "丙", "甲 1", "甲-1", "丁"]
STEPS = st.lists(
    st.tuples(st.sampled_from(["same", "different", "later"]), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    max_size=8,
)
DAY = date(2026, 11, 23)


def of_ledger(id_, rows):
    """A ledger of those rows, its columns in declared order."""
    ledger = load(id_)
    columns = {column.id: at for at, column in enumerate(ledger.columns)}
    texts = [[ledger.column(c).kind.format(row.get(c)) for c in columns] for row in rows]
    return Rows(ledger, columns, lambda: [(range(2, 2 + len(texts)), texts)] if texts else [])


def census():
    state = State()
    fold(of_ledger("orders", [{"date": DAY, "product": name, "qty": 1} for name in NAMES for _ in range(2)]), state)
    return census_of(state)


CENSUS = census()
NOTHING = Listed({}, NotImplemented)


def catalogue(rows):
    return Catalogue(NOTHING, rows, CENSUS, has_register=False)


def _without_note(cells):
    return {id_: value for id_, value in cells.items() if id_ != "note"}


def take(rows, verdict, one, other):
    """The rows after one command; as they were where it is refused."""
    known = catalogue(rows)
    nobody = [Parties(kind, NOTHING, [], CENSUS, has_register=False) for kind in ("customer", "supplier")]
    aliases = of_ledger("aliases", [row._asdict() for row in rows])
    given_ = {"names": [one, other]} if verdict == "same" else {"one": one, "other": other}
    try:
        decision = getattr(entries, verdict)(aliases, known, *nobody, "我", day=DAY, **given_)
    except Refused:
        return rows, None
    edits = {(edit.key["name"], edit.key["stands_for"]): edit.cells for edit in decision.edits}
    rows = [row._replace(**_without_note(edits.get((row.name, row.stands_for), {}))) for row in rows]
    added = [AliasRow(*(entry.row[id_] for id_ in AliasRow._fields)) for entry in decision.entries]
    return [*rows, *added], decision


@given(STEPS)
def test_the_rows_of_all_names_stay_the_same_in_number_and_no_decision_is_refused_by_the_reader(steps):
    rows = []
    for verdict, one, other in steps:
        rows, _ = take(rows, verdict, one, other)
        assert Aliases("product", rows).refused == []
    assert sum(each.rows for each in spellings(catalogue(rows))) == 2 * len(NAMES)


@given(STEPS, st.sampled_from(["same", "different"]), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_what_was_decided_holds_and_deciding_it_again_writes_nothing(steps, verdict, one, other):
    rows = []
    for step in steps:
        rows, _ = take(rows, *step)
    rows, decision = take(rows, verdict, one, other)
    if decision is None or one == other:
        return
    known = catalogue(rows)
    assert (known.identify(one, "") == known.identify(other, "")) is (verdict == "same")
    _, again = take(rows, verdict, one, other)
    assert (again.entries, again.edits) == ((), ())


@given(STEPS)
def test_the_count_that_is_said_is_the_count_of_rows_that_move(steps):
    rows = []
    for step in steps:
        before = {(each.name, each.model): each.id for each in spellings(catalogue(rows))}
        rows, decision = take(rows, *step)
        after = spellings(catalogue(rows))
        moved = Counter(each.name for each in after if before[each.name, each.model] != each.id)
        shown = decision.shown.rows if decision and decision.shown else []
        assert {row[0]: row[2] for row in shown} == {name: 2 * count for name, count in moved.items()}

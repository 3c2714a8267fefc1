"""Rows at hand are the rows of the file: whatever columns are asked for, up to whatever day, in whatever blocks."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salesaid import ledgers
from salesaid.core.at_hand import Parsed, RowsAtHand
from salesaid.core.rows import Rows

DAY = date(2026, 11, 23)
HEADINGS = ("ship_no", "date", "action", "product", "qty", "amount", "note", "price")
CELLS = {
    "ship_no": ["SH1", "SH2", " SH2 ", "", "合计"],
    "date": ["2026-11-01", "2026-11-23", "2026-12-01", "", "soon"],
    "action": ["发货", "退回", "", "what"],
    "product": ["Board", "Cable", ""],
    "qty": ["1", "2.5", "-1", "", "x"],
    "amount": ["10", "", "x"],
    "note": ["", "ok:L01"],
    "price": ["5", "x", ""],
}
cells = st.lists(st.tuples(*(st.sampled_from(CELLS[name]) for name in HEADINGS)).map(list), max_size=40)
asked = st.lists(
    st.one_of(
        st.sampled_from([*HEADINGS, "row", "price", "customer"]),
        st.just(("product", "qty")),
        st.just(("row", "carrier")),
    ),
    min_size=1,
    max_size=4,
)


def blocks_of(rows, size):
    numbered = [*enumerate(rows, 2)]
    return [numbered[at : at + size] for at in range(0, len(numbered), size)]


def read(rows, size, upto):
    """The rows of some cells as a file gives them, `size` to a block."""
    ledger, columns = ledgers.load("shipments"), {name: at for at, name in enumerate(HEADINGS)}
    blocks = [list(zip(*block, strict=True)) for block in blocks_of(rows, size)]
    return Rows(ledger, columns, lambda: blocks, file="shipments.csv", upto=upto)


def at_hand(rows, size, upto, once):
    """The same, kept by columns while they were read once."""
    whole = read(rows, size, None)
    parsed = Parsed(["row", *HEADINGS], HEADINGS if once else ())
    for values in whole.pick_columns(*parsed.columns):
        parsed.add(values)
    parsed.aside = [*whole.aside]
    return RowsAtHand(whole, parsed, upto)


@given(cells, st.integers(1, 9), st.sampled_from([None, DAY]), asked, st.booleans())
def test_what_is_asked_for_is_what_the_file_gives(rows, size, upto, names, once):
    plain, kept = read(rows, size, upto), at_hand(rows, size, upto, once)
    assert [*kept.pick(*names)] == [*plain.pick(*names)]
    assert (kept.aside, kept.later, kept.used) == (plain.aside, plain.later, plain.used)
    by_columns = [row for columns in kept.pick_columns(*names) for row in zip(*columns, strict=True)]
    assert by_columns == [*plain.pick(*names)]
    assert [*kept.pick()] == [*plain.pick()]


@given(cells, st.integers(1, 9), asked)
def test_another_day_shows_the_rows_up_to_that_day(rows, size, names):
    kept = at_hand(rows, size, DAY, once=False)
    assert [*kept.until(None).pick(*names)] == [*read(rows, size, None).pick(*names)]
    assert [*kept.until(date(2026, 11, 1)).pick(*names)] == [*read(rows, size, date(2026, 11, 1)).pick(*names)]


@given(cells, st.integers(1, 9))
def test_only_what_was_asked_for_is_said_to_be_unreadable(rows, size):
    kept = at_hand(rows, size, DAY, once=False)
    assert "price" not in kept.unreadable()
    for _ in kept.pick("price"):
        pass
    assert set(kept.unreadable().get("price", ())) == {row[7] for row in rows if row[7] == "x"}


def test_as_long_as_nobody_asked_nothing_was_used():
    kept = at_hand([["SH1", "2026-11-01", "发货", "Board", "1", "", "", ""]], 4, DAY, once=False)
    assert (kept.used, kept.later, kept.aside) == (0, 0, [])

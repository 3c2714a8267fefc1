"""Two books: one with itself agrees; every edit of a row is named; ours and the differences always make theirs."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.pairing import Compared
from salesaid.balances.reconciliation import reconciled, same_numbering
from salesaid.balances.reconciliation_lines import Line

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
PRICES = {"主板": Decimal("120.5"), "电源线": Decimal(6), "整机": Decimal(1280)}


def line(row=2, number="A1", day=5, party="骏业", product="主板", qty=2, price=None, amount=None):
    cost = PRICES.get(product, Decimal(1)) if price is None else Decimal(price)
    size = Decimal(qty)
    worth = size * cost if amount is None else Decimal(amount)
    when = date(2026, 10, 1) + timedelta(days=day - 1)
    return Line(row, number, when, party, party, product, "", product, size, cost, worth)


def whys(ours, theirs, first=FIRST, last=LAST, compared=None):
    found = reconciled(ours, theirs, first, last, compared or Compared(same_numbering(ours, theirs)))
    return [(each.why, each.qty, each.amount) for each in found.differences]


def test_what_one_book_lacks_is_named_from_our_side():
    ours, theirs = [line(2, "A1"), line(3, "A2", qty=1)], [line(2, "A1"), line(3, "A3", qty=4)]
    assert whys(ours, theirs) == [("missing", 4, 482), ("extra", -1, Decimal("-120.5"))]


def test_a_quantity_and_a_price_share_what_the_amount_differs():
    assert whys([line(qty=2)], [line(qty=3, price=100)]) == [
        ("qty", 1, Decimal("120.5")),
        ("price", 0, Decimal("-61.5")),
    ]


def test_an_amount_alone_is_named():
    assert whys([line()], [line(amount=240)]) == [("amount", 0, -1)]


def test_a_day_beyond_the_month_moves_the_row_out_of_the_period():
    ours, theirs = [line(day=31)], [line(day=32)]
    assert whys(ours, theirs) == [("period", -2, -241)]
    assert whys(theirs, ours) == [("period", 2, 241)]
    assert whys(ours, theirs, None, None) == [("period", 0, 0)]
    assert whys([line(day=5)], [line(day=6)]) == [("date", 0, 0)]


def test_spellings_are_named_once_for_all_their_rows():
    ours = [line(2, "A1"), line(3, "A2", qty=1)]
    theirs = [each._replace(party="深圳骏业电子", party_id="骏业", product="zb") for each in ours]
    found = reconciled(ours, theirs, None, None, Compared())
    assert [(each.why, each.lines) for each in found.differences] == [("product", 2), ("customer", 2)]


def test_books_that_number_otherwise_are_paired_by_what_they_say():
    ours = [line(2, "A1"), line(3, "A2", day=9, qty=1), line(4, "A3", day=9, product="电源线", qty=5)]
    theirs = [
        line(2, "77", day=9, product="电源线", qty=6), line(3, "78"), line(4, "79", day=12, qty=1)
    ]  # fmt: skip
    assert not same_numbering(ours, theirs)
    assert whys(ours, theirs) == [("qty", 1, 6), ("date", 0, 0)]


def test_two_orders_of_one_day_are_two_where_both_books_number_alike():
    ours, theirs = [line(2, "A1"), line(3, "A2")], [line(2, "A1"), line(3, "A9")]
    assert {why for why, *_ in whys(ours, theirs)} == {"extra", "missing"}


def test_a_red_letter_that_only_one_book_has_takes_its_row_along():
    ours = [line(2, "A1"), line(3, "A1", qty=-2)]
    assert whys(ours, []) == []
    assert [why for why, *_ in whys(ours, [line(2, "A1")])] != []


def test_what_only_one_book_says_is_not_compared():
    ours = [line()]
    theirs = [each._replace(product="", product_id="", party="", party_id="", price=None) for each in ours]
    assert whys(ours, theirs, compared=Compared(product=False, party=False, price=False)) == []


LINES = st.lists(
    st.builds(
        line,
        number=st.sampled_from(["", "A1", "A2", "A3", "A4", "a4 "]),
        day=st.integers(-3, 36),
        party=st.sampled_from(["骏业", "华强", ""]),
        product=st.sampled_from([*PRICES, ""]),
        qty=st.integers(-3, 5),
    ),
    max_size=14,
).map(lambda lines: [each._replace(row=at) for at, each in enumerate(lines, 2)])
PERIODS = st.sampled_from([(None, None), (FIRST, LAST), (None, LAST), (FIRST, None)])


@given(LINES, PERIODS)
def test_a_book_agrees_with_itself_in_whatever_order(lines, period):
    turned = [each._replace(row=at) for at, each in enumerate(reversed(lines), 2)]
    found = reconciled(lines, turned, *period, Compared(same_numbering(lines, turned)))
    assert found.differences == ()
    assert found.ours == found.theirs


@given(LINES, LINES, PERIODS, st.builds(Compared, *[st.booleans()] * 6))
def test_ours_and_the_differences_make_theirs(ours, theirs, period, compared):
    found = reconciled(ours, theirs, *period, compared)
    assert found.ours.qty + sum(each.qty for each in found.differences) == found.theirs.qty
    assert found.ours.amount + sum(each.amount for each in found.differences) == found.theirs.amount
    first, last = period
    within = [each for each in theirs if (not first or each.day >= first) and (not last or each.day <= last)]
    assert found.theirs.lines == len(within)
    assert found.theirs.amount == (sum(each.amount for each in within) if compared.amount else 0)


def drop(line):
    return None


EDITS = {
    "extra": drop,
    "qty": lambda each: each._replace(qty=each.qty + 1, amount=(each.qty + 1) * each.price),
    "price": lambda each: each._replace(price=each.price + 1, amount=each.qty * (each.price + 1)),
    "amount": lambda each: each._replace(amount=each.amount + 7),
    "product": lambda each: each._replace(product=f"{each.product}—x"),
    "customer": lambda each: each._replace(party=f"{each.party} {each.row}"),
    "date": lambda each: each._replace(day=each.day.replace(day=(each.day.day % 28) + 1)),
    "period": lambda each: each._replace(day=date(2026, 11, 3)),
}
DISTINCT = st.lists(
    st.tuples(st.integers(1, 28), st.sampled_from(["骏业", "华强"]), st.sampled_from(list(PRICES)), st.integers(1, 9)),
    min_size=1, max_size=12,
).map(
    lambda rows: [
        line(at, f"A{at}", day, party, product, qty) for at, (day, party, product, qty) in enumerate(rows, 2)
    ]
)  # fmt: skip


@given(DISTINCT, st.data())
def test_every_edit_of_a_row_is_named(ours, data):
    edits = data.draw(
        st.lists(st.one_of(st.none(), st.sampled_from(list(EDITS))), min_size=len(ours), max_size=len(ours))
    )
    edited = [each if edit is None else EDITS[edit](each) for each, edit in zip(ours, edits, strict=True)]
    theirs = [each._replace(row=at) for at, each in enumerate((each for each in edited if each is not None), 2)]
    found = reconciled(ours, theirs, FIRST, LAST, Compared())
    named = Counter()
    for each in found.differences:
        named[each.why] += each.lines
    assert named == Counter(edit for edit in edits if edit)
    assert found.ours.amount + sum(each.amount for each in found.differences) == found.theirs.amount

"""Shelves day by day: below zero since when and by which row, what counts found, over random histories too."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from tests.balances.histories import DAYS, FIRST, histories, lay_out

quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

BOOK = """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库
    ST20261101-001,2026-11-01,期初,电源线,10,
    ST20261105-001,2026-11-05,入库,电源线,9,
    ST20261107-001,2026-11-07,出库,电源线,3,上海

    出货.csv
    单号,日期,类型,客户,产品,数量
    SH20261102-001,2026-11-02,发货,骏业,电源线,6
    SH20261103-001,2026-11-03,发货,骏业,电源线,5
    SH20261104-001,2026-11-04,发货,骏业,电源线,2
"""


def shelves(desk, today=date(2026, 11, 23)):
    with closing(Book(desk.folder, today, "zh", "me")) as book:
        days = book.supply("shelf_days")
        return {(each.product, each.place): each for each in days.all}, days.causes(days.below)


def test_a_time_below_zero_begins_with_the_row_that_took_too_much_and_ends_with_the_day_it_was_made_good(desk):
    desk.lay_out(BOOK)
    _, causes = shelves(desk)
    told = [
        (below.place, below.since.day, below.until and below.until.day, below.lowest, move.no) for below, move in causes
    ]
    assert told == [
        ("主仓", 3, 5, -3, "SH20261103-001"),
        ("上海", 7, None, -3, "ST20261107-001"),
    ]


def test_goods_that_come_in_on_the_day_they_leave_are_there(desk):
    desk.lay_out(BOOK.replace("2026-11-05,入库", "2026-11-03,入库"))
    assert [below.place for below, _ in shelves(desk)[1]] == ["上海"]


def test_a_book_that_never_says_what_came_in_has_nothing_below_zero(desk):
    desk.lay_out(BOOK.partition("\n\n")[2])
    assert shelves(desk)[1] == []


def test_a_count_tells_what_it_found_and_the_first_one_opens_a_shelf(desk):
    desk.lay_out(
        BOOK
        + """
    盘点.csv
    单号,日期,产品,仓库,实盘数量,盘点前变动
    CT20261103-001,2026-11-03,电源线,,1,-5
    CT20261104-001,2026-11-04,电源线,,0,
    CT20261105-001,2026-11-05,主板,,7,
    CT20261106-001,2026-11-06,主板,,6,
    """
    )
    found, causes = shelves(desk)
    assert [(each.booked, each.difference) for each in found["电源线", "主仓"].counts] == [(-1, 2), (-1, 1)]
    assert [(each.booked, each.difference) for each in found["主板", "主仓"].counts] == [(0, None), (7, -1)]
    assert found["电源线", "主仓"].on_hand == 9
    assert [below.place for below, _ in causes] == ["上海"]


@quick
@given(histories, st.sampled_from(["later", "at_once"]), st.integers(0, DAYS - 1))
def test_what_lies_there_in_the_end_is_the_stock_and_what_was_found_is_on_the_card(tmp_path, history, ships, days):
    lay_out(tmp_path, history, ships)
    with closing(Book(tmp_path, date.fromordinal(FIRST.toordinal() + days), "en", "me")) as book:
        kept, moves = book.supply("shelf_days"), book.supply("moves")
        expected = {
            (id_, at): qty for id_, places in book.supply("stock").everything().items() for at, qty in places.items()
        }
        shelves_ = {(each.product, each.place): each for each in kept.all}
        assert {key: shelf.on_hand for key, shelf in shelves_.items() if shelf.on_hand} == {
            key: qty for key, qty in expected.items() if qty
        }
        for shelf in kept.all:
            openings = {each.written.row for each in shelf.counts if each.difference is None}
            found = [
                move.at(shelf.place)
                for move in moves.of(shelf.product)
                if move.ledger == "stock_counts" and move.at(shelf.place) and move.row not in openings
            ]
            assert [each.difference for each in shelf.counts if each.difference] == found
        for below, move in kept.causes(kept.below):
            assert below.lowest < 0 <= below.before
            assert move is None or (move.day == below.since and move.at(below.place) < 0)

"""What a check works out of lines and shelves is what the kept sums say, over random histories."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from tests.balances.histories import DAYS, FIRST, everywhere, histories, lay_out, ours

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
all_days = st.sampled_from([FIRST + timedelta(n) for n in range(DAYS)])


def figures(level):
    return level.product.id, level.on_hand, level.sellable, level.promised, level.incoming, level.projected


@quick
@given(history=histories, ships=st.sampled_from(["later", "at_once"]), day=all_days)
def test_products_stand_alike_by_lines_and_by_what_the_index_keeps(history, ships, day, tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    lay_out(folder, history, ships)
    with closing(Book(folder, day, "en", "me")) as book:
        kept = {level.product.id: figures(level) for level in book.supply("stock_levels").all}
        by_lines = {level.product.id: figures(level) for level in book.supply("levels_by_lines").all}
    listed = {"Board", "Cable", "Kit"}
    assert {id_: by_lines.get(id_) for id_ in listed} == {id_: kept.get(id_) for id_ in listed}


@quick
@given(history=histories, ships=st.sampled_from(["later", "at_once"]), day=all_days)
def test_shelves_have_what_an_arithmetic_of_its_own_finds_and_what_was_sold_is_the_kept_use(
    history, ships, day, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("book")
    lay_out(folder, history, ships)
    with closing(Book(folder, day, "en", "me")) as book:
        shelves = book.supply("shelf_days").on_hand
        use_days = book.settings.limit("use_days")
        sold = book.supply("shelf_days").sold_since(day - timedelta(use_days))
        use = book.supply("stock").daily_use(day)
    found = {id_: {place: qty for place, qty in at.items() if qty} for id_, at in shelves.items()}
    expected = {id_: ours(at) for id_, at in everywhere(history, day, ships).items()}
    assert {id_: at for id_, at in found.items() if at} == {id_: at for id_, at in expected.items() if at}
    kept = {id_: round(qty * use_days, 6) for id_, qty in use.items() if qty}
    assert {id_: round(qty, 6) for id_, qty in sold.items() if qty} == kept

"""Whatever rows, registers and decisions say: the rows of a product are found by it."""

from __future__ import annotations

from operator import itemgetter

from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid import ledgers
from salesaid.balances import census
from salesaid.balances.catalogue import catalogue
from salesaid.core.rows import Rows
from salesaid.core.state import State

NAMES = st.sampled_from(["", "Board", "board", "Bord", "Board-B", "B-1", "Cable", "Board (B-1)"])
CODES = st.sampled_from(["", "", "B-1", "b 1", "B-2", "C-9"])
FIRST = itemgetter(0)
VERDICTS = st.sampled_from(["same", "different"])


def rows_of(id_: str, columns: tuple[str, ...], cells: list[tuple[str, ...]]) -> Rows:
    block = (range(2, len(cells) + 2), [list(row) for row in cells])
    return Rows(ledgers.load(id_), {name: at for at, name in enumerate(columns)}, lambda: [block], file=f"{id_}.csv")


@settings(max_examples=300, deadline=None)
@given(
    written=st.lists(st.tuples(NAMES, CODES), min_size=1, max_size=8),
    register=st.lists(st.tuples(NAMES.filter(bool), CODES), max_size=3, unique_by=FIRST),
    decided=st.lists(st.tuples(NAMES.filter(bool), NAMES.filter(bool), VERDICTS), max_size=2, unique_by=FIRST),
)  # fmt: skip
def test_every_writing_of_a_product_is_among_its_forms(written, register, decided):
    day = "2026-11-01"
    orders = rows_of("orders", ("date", "product", "model", "qty"), [(day, *pair, "1") for pair in written])
    products = rows_of("products", ("product", "model"), register)
    aliases = rows_of(
        "aliases", ("kind", "name", "stands_for", "verdict"),
        [("product", one, other, verdict) for one, other, verdict in decided if one != other],
    )  # fmt: skip
    state = State()
    census.fold(orders, state)
    known = catalogue(products, aliases, census.Census(state))
    for name, model in written:
        id_ = known.identify(name, model)
        if id_:
            assert (name, model) in known.forms(id_), (id_, known.forms(id_))

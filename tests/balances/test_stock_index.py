"""Balances from the index are those of a fresh reading, whatever happened to the files since it was made."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from salesaid.core.entries import Decision, Entry
from salesaid.core.kinds import QTY
from salesaid.core.text import same
from tests.balances.histories import (
    DAYS,
    FIRST,
    PRODUCTS,
    SETTINGS,
    forms,
    loan,
    ours,
    purchase,
    qtys,
    repair,
    shipment,
    stock_count,
    stock_move,
)

quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(quick, max_examples=250)
TODAY = FIRST + timedelta(DAYS // 2)

order = st.builds(
    lambda no, form, qty, action: {
        "order_no": f"SO{no}", "date": TODAY.isoformat(), "action": action, "product": form[0], "model": form[1],
        "qty": QTY.format(-abs(qty) if action == "close" else qty), "customer": f"C{no % 2}", "unit": "",
    },
    st.integers(1, 4), forms, qtys, st.sampled_from(["order", "order", "close"]),
)  # fmt: skip
sent = st.builds(lambda row, no: row | {"order_no": f"SO{no}", "customer": "C1"}, shipment, st.integers(1, 4))
rows = st.one_of(
    st.tuples(st.just("stock_moves"), stock_move),
    st.tuples(st.just("shipments"), sent),
    st.tuples(st.just("orders"), order),
    st.tuples(st.just("stock_counts"), stock_count),
    st.tuples(st.just("loans"), loan),
    st.tuples(st.just("returns"), repair),
    st.tuples(st.just("purchases"), purchase),
)
steps = st.one_of(
    st.tuples(st.just("post"), rows),
    st.tuples(st.just("post"), rows),
    st.tuples(st.just("post"), rows),
    st.tuples(st.just("by hand"), rows),
    st.tuples(
        st.just("edit"), st.tuples(st.sampled_from(["stock_moves", "shipments", "orders", "loans", "purchases"]), qtys)
    ),
    st.tuples(st.just("lose index"), st.none()),
    st.tuples(st.just("next day"), st.none()),
)


class Desk:
    """A book that things happen to."""

    def __init__(self, folder, *, registered):
        self.folder, self.day = folder, TODAY
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        (folder / ".salesaid").mkdir()
        (folder / "salesaid.toml").write_text(SETTINGS, "utf-8")
        if registered:
            (folder / "products.csv").write_text(PRODUCTS, "utf-8")

    def do(self, step, what):
        if step == "post":
            self.post(*what)
        elif step == "by hand":
            self.append(*what)
        elif step == "edit":
            self.edit(*what)
        elif step == "lose index":
            shutil.rmtree(self.folder / ".salesaid" / "index", ignore_errors=True)
        else:
            self.day += timedelta(1)

    def post(self, ledger, cells):
        typed = {k: v for k, v in cells.items() if v} | {"date": date.fromisoformat(cells["date"])}
        typed |= {k: Decimal(typed[k]) for k in ("qty", "counted", "moved") if k in typed}
        with closing(Book(self.folder, self.day, "en", "me")) as book:
            book.post(lambda: Decision(same("ok"), (Entry(ledger, typed),)), {}, command="x", name="x")

    def append(self, ledger, cells):
        path = self.folder / f"{ledger}.csv"
        if path.exists():
            columns = path.read_text("utf-8-sig").splitlines()[0].casefold().replace(" ", "_").split(",")
            with path.open("a", encoding="utf-8", newline="") as file:
                file.write(",".join(f'"{cells.get(column, "")}"' for column in columns) + "\r\n")

    def edit(self, ledger, qty):
        path = self.folder / f"{ledger}.csv"
        if path.exists():
            head, first, *rest = path.read_text("utf-8-sig").splitlines()
            cells = first.split(",")
            cells[head.casefold().split(",").index("qty")] = QTY.format(qty)
            path.write_text("\ufeff" + "\r\n".join([head, ",".join(cells), *rest]) + "\r\n", "utf-8", newline="")


def answers(book):
    with closing(book):
        names = ("stock", "promised", "lent", "incoming", "catalogue")
        stock, promised, lent, incoming, catalogue = (book.supply(name) for name in names)
        ids = [product.id for product in catalogue.all()]
        return {
            "everything": {id_: ours(places) for id_, places in stock.everything().items() if ours(places)},
            "places": {id_: ours(stock.places(id_)) for id_ in ids},
            "use": {id_: use for id_, use in stock.daily_use(book.today).items() if use},
            "promised": promised.everything(),
            "lent": lent.everything(),
            "lent one by one": {id_: lent.of(id_) for id_ in ids},
            "incoming": incoming.everything(),
            "incoming one by one": {id_: incoming.of(id_) for id_ in ids if catalogue.is_goods(id_)},
            "promised one by one": {id_: promised.of(id_) for id_ in ids if catalogue.is_goods(id_)},
            "lines": {id_: promised.open_lines(id_) for id_ in ids if catalogue.is_goods(id_)},
        }


def steps_answered(folder, happened, *, registered):
    """The steps after which the index and a fresh reading said the same, product by product as all together."""
    desk, answered = Desk(folder, registered=registered), []
    for step, what in happened:
        desk.do(step, what)
        for exact in (True, False):
            kept = answers(Book(folder, desk.day, "en", "me", exact=exact))
            assert kept == answers(Book(folder, desk.day, "en", "me").fresh())
        assert kept["everything"] == {id_: places for id_, places in kept["places"].items() if places}
        for each in ("lent", "incoming"):
            assert kept[each] == {id_: qty for id_, qty in kept[f"{each} one by one"].items() if qty}
        assert kept["promised"] == {id_: qty for id_, qty in kept["promised one by one"].items() if qty}
        for id_, lines in kept["lines"].items():
            assert sum(line.open for line in lines) == kept["promised one by one"][id_]
        answered.append((step, what))
    return answered


@quick
@given(st.lists(steps, min_size=3, max_size=9), st.booleans())
def test_the_index_answers_what_a_fresh_reading_does_whatever_happened(tmp_path, happened, registered):
    assert steps_answered(tmp_path, happened, registered=registered) == happened


@pytest.mark.slow
@long
@given(st.lists(steps, min_size=3, max_size=14), st.booleans())
def test_the_index_answers_what_a_fresh_reading_does_after_hundreds_of_histories(tmp_path, happened, registered):
    assert steps_answered(tmp_path, happened, registered=registered) == happened

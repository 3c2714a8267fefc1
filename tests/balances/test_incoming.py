"""What is under way: by the index as by purchase lines, one by one as all together, whatever the rows say."""

from __future__ import annotations

import csv
import shutil
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.balances.incoming import Lot
from salesaid.book import Book
from salesaid.core.entries import Decision, Entry
from salesaid.core.kinds import QTY
from salesaid.core.text import same
from tests.balances.histories import CONTENTS, DAYS, FIRST, FORMS, UNITS, lay_out

COLUMNS = ["purchase_no", "date", "action", "supplier", "product", "model", "unit", "qty", "due", "order_no"]
TODAY = FIRST + timedelta(DAYS // 2)

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(quick, max_examples=400)

rows = st.builds(
    lambda no, day, action, form, unit, qty, due, supplier: {
        "purchase_no": no, "date": (FIRST + timedelta(day)).isoformat(), "action": action, "supplier": supplier,
        "product": form[0], "model": form[1], "unit": unit, "order_no": "",
        "qty": "0" if action == "promise" else QTY.format(-abs(qty) if action == "close" else qty),
        "due": "" if due is None else (FIRST + timedelta(due)).isoformat(),
    },
    st.sampled_from(["P1", "P2", "P3", ""]), st.integers(0, DAYS - 1),
    st.sampled_from(["order", "order", "receive", "receive", "reject", "close", "promise"]),
    st.sampled_from([*FORMS, ("", "")]), st.sampled_from(["", "", "", "pcs", "m"]), st.decimals(-3, 20, places=1),
    st.none() | st.integers(0, 20), st.sampled_from(["Acme", "Bolt"]),
)  # fmt: skip


class Histories(list):
    """Rows that lay_out can write: a book of registers, and purchases beside them."""

    def _asdict(self):
        return {}


def write(folder, purchases):
    with (folder / "purchases.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS)
        lines.writeheader()
        lines.writerows(purchases)


def by_hand(purchases):
    """What is open of each product by an arithmetic of its own: over cells, with no fold of ours."""
    sums = {}
    for at, row in enumerate(purchases):
        if row["date"] > TODAY.isoformat():
            continue
        product = FORMS.get((row["product"], row["model"]), "")
        qty = Decimal(row["qty"]) if row["unit"] in {"", UNITS.get(product, row["unit"])} else Decimal(0)
        no = row["purchase_no"] or f"row {at}"
        sign = {"order": 1, "receive": -1, "reject": 1, "close": 1, "promise": 0}[row["action"]]
        line = sums.setdefault((no, product), [False, Decimal(0)])
        line[0] |= row["action"] == "order"
        line[1] += sign * qty
    found = {}
    for (_, product), (is_ordered, qty) in sums.items():
        if is_ordered and qty > 0:
            for part, factor in CONTENTS.get(product, [(product, Decimal(1))]):
                found[part] = found.get(part, Decimal(0)) + qty * factor
    return found


def answers(book):
    with closing(book):
        incoming, catalogue = book.supply("incoming"), book.supply("catalogue")
        ids = [product.id for product in catalogue.all()] + [""]
        goods = [id_ for id_ in ids if catalogue.is_goods(id_)]
        return {
            "everything": incoming.everything(),
            "one by one": {id_: qty for id_ in goods if (qty := incoming.of(id_))},
            "lots": {id_: lots for id_ in goods if (lots := incoming.lots(id_))},
            "days": {supplier: days for supplier, days in incoming.days_taken().items() if days},
        }


def begin(folder, purchases=()):
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    lay_out(folder, Histories())
    if purchases:
        write(folder, purchases)


def post(folder, cells):
    typed = {name: text for name, text in cells.items() if text}
    typed |= {name: date.fromisoformat(typed[name]) for name in ("date", "due") if name in typed}
    typed["qty"] = Decimal(typed["qty"])
    with closing(Book(folder, TODAY, "en", "me")) as book:
        book.post(lambda: Decision(same("ok"), (Entry("purchases", typed),)), {}, command="x", name="x")


@quick
@given(st.lists(rows, min_size=1, max_size=14))
def test_what_is_under_way_is_what_the_cells_say(tmp_path, purchases):
    begin(tmp_path, purchases)
    found = answers(Book(tmp_path, TODAY, "en", "me"))
    assert found["everything"] == by_hand(purchases)
    assert found["one by one"] == by_hand(purchases)
    assert {id_: sum(lot.qty for lot in lots) for id_, lots in found["lots"].items()} == by_hand(purchases)


@quick
@given(st.lists(rows, min_size=1, max_size=14))
def test_the_lots_of_the_index_are_the_open_purchase_lines(tmp_path, purchases):
    begin(tmp_path, purchases)
    with closing(Book(tmp_path, TODAY, "en", "me")) as book:
        lines, incoming = book.supply("purchase_lines"), book.supply("incoming")
        for product in ("Board", "Loose"):
            open_ = [line for line in lines.of_product(product) if line.open > 0 and not line.is_apart]
            bought = {line.purchase_no: line for line in open_ if line.is_ordered}
            lots = {}
            for lot in incoming.lots(product):
                if not (product == "Board" and lot.purchase_no not in bought):  # in a Kit
                    lots.setdefault(lot.purchase_no, []).append(lot)
            kits = {line.purchase_no for line in lines.of_product("Kit") if line.open > 0 and not line.is_apart}
            for no, line in bought.items():
                if no not in kits:
                    assert sum(lot.qty for lot in lots[no]) == line.open
                    assert line.due in {lot.due for lot in lots[no]}


def answered_twice(folder, day):
    """What the index that a post left answers, and what a fresh reading does."""
    kept = Book(folder, day, "en", "me")
    assert kept.warm is not None
    return answers(kept), answers(Book(folder, day, "en", "me").fresh())


def row_by_row(folder, purchases):
    """The answers of the index and of a fresh reading after every row, then two days later."""
    begin(folder)
    for row in purchases:
        post(folder, row)
        yield answered_twice(folder, TODAY)
    yield answered_twice(folder, TODAY + timedelta(2))


@quick
@given(st.lists(rows, min_size=1, max_size=6))
def test_row_by_row_the_index_answers_what_a_fresh_reading_does(tmp_path, purchases):
    kept, afresh = zip(*row_by_row(tmp_path, purchases), strict=True)
    assert len(kept) == len(purchases) + 1
    assert kept == afresh


@pytest.mark.slow
@long
@given(st.lists(rows, min_size=1, max_size=12))
def test_row_by_row_the_index_answers_what_a_fresh_reading_does_in_hundreds_of_books(tmp_path, purchases):
    kept, afresh = zip(*row_by_row(tmp_path, purchases), strict=True)
    assert len(kept) == len(purchases) + 1
    assert kept == afresh


def lots(desk, product):
    with closing(Book(desk.folder, date(2026, 11, 23), "zh", "me")) as book:
        return book.supply("incoming").lots(product)


def test_the_newest_promise_holds_for_a_product_or_for_all(desk):
    """
    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    P1,2026-11-01,采购,恒通,主板,10,2026-11-20
    P1,2026-11-01,采购,恒通,电源线,5,2026-11-20
    P1,2026-11-02,交期,恒通,主板,0,2026-12-01
    P1,2026-11-03,交期,恒通,,0,2026-12-05
    P1,2026-11-04,交期,恒通,电源线,0,2026-12-09
    P1,2026-11-05,到货,恒通,主板,4,
    """
    assert lots(desk, "主板") == [Lot(date(2026, 12, 5), Decimal(6), "P1", "恒通")]
    assert lots(desk, "电源线") == [Lot(date(2026, 12, 9), Decimal(5), "P1", "恒通")]


def test_rows_of_a_line_are_used_up_in_file_order_each_due_on_its_own_day(desk):
    """
    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    P1,2026-11-01,采购,恒通,BVM7-710,10,2026-11-20
    P1,2026-11-01,采购,恒通,BVM7-710,10,2026-12-20
    P1,2026-11-05,到货,恒通,bvm7 710,12,
    P2,2026-11-05,采购,恒通,BVM7-710,3,
    """
    found = [(lot.due, lot.qty) for lot in lots(desk, "BVM7-710")]
    assert found == [(date(2026, 12, 20), Decimal(8)), (None, Decimal(3))]


def test_a_purchase_that_came_in_whole_tells_how_long_its_supplier_takes(desk):
    """
    采购.csv
    采购单号,日期,类型,供应商,产品,数量
    P1,2026-11-01,采购,恒通,主板,10
    P1,2026-11-05,到货,恒通,主板,4
    P1,2026-11-11,到货,恒通,主板,6
    P2,2026-11-05,采购,恒通,主板,3
    P2,2026-11-06,到货,恒通,主板,2
    """
    with closing(Book(desk.folder, date(2026, 11, 23), "zh", "me")) as book:
        assert book.supply("incoming").days_taken() == {"恒通": {10: 1}}


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ("P1,2026-01-01,采购,恒通,甲,5\nP1,2026-01-02,关闭,恒通,甲,-5", {}),
        ("P1,2026-01-01,采购,恒通,甲,5\nP1,2026-01-03,到货,恒通,乙,5\nP1,2026-01-09,关闭,恒通,甲,-5", {}),
        (
            "P1,2026-01-01,采购,恒通,甲,5\nP1,2026-01-09,到货,恒通,甲,5\nP1,2026-01-30,到货,恒通,乙,1",
            {"恒通": {8: 1}},
        ),
        ("P1,2026-01-01,采购,恒通,甲,5\nP1,2026-01-05,到货,恒通,JIA,5", {"恒通": {4: 1}}),
        ("P1,2026-01-01,采购,恒通,甲,5\nP1,2026-01-05,到货,恒通,甲,5\nP1,2026-01-01,采购,恒通,乙,5", {}),
    ],
    ids=["closed", "another model", "what was not ordered comes later", "another spelling", "half of it"],
)
def test_a_purchase_took_as_long_as_the_goods_that_were_on_it(desk, rows, days):
    desk.write("产品.csv", "产品,型号,单位\n甲,JIA,块\n乙,YI,块")
    desk.write("采购.csv", f"采购单号,日期,类型,供应商,产品,数量\n{rows}")
    with closing(Book(desk.folder, date(2026, 11, 23), "zh", "me")) as book:
        assert {who: by for who, by in book.supply("incoming").days_taken().items() if by} == days

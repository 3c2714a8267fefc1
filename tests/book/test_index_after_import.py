"""What an import leaves of the index: moved on by a few rows, made anew in a small book, else left, and said so."""

from __future__ import annotations

import shutil

import pytest

from salesaid.book import folding, import_posting, indexing, reading
from salesaid.storage import index

BOOK = """
    产品.csv
    产品,型号
    主板,ZB1
    电源,DY1

    $ salesaid stock in --opening -i 主板×9 电源×9 -d 2026-09-01
    $ salesaid order add 骏业 主板×2@120 -d 2026-10-05 --ship --new
    $ salesaid stock count -i 主板=7 -d 2026-10-20
"""
ASKED = ("stock list", "order list", "receivable list", "stock card 主板", "customer show 骏业")


def put(desk, count, *, products=("主板", "电源"), name="新单.csv", first=1):
    days = [f"2026-{10 + at % 2}-{1 + at % 28:02d}" for at in range(first, first + count)]
    lines = [f"{day},骏业,{products[at % len(products)]},{1 + at % 3},120,N{at}" for at, day in enumerate(days, first)]
    desk.write(name, "\n".join(["日期,客户,产品,数量,单价,订单号", *lines]))


def known(desk):
    """The newest post that the index holds."""
    stored = index.open_index(desk.folder / folding.INDEX, write=False)
    seq = folding.meta_in(stored).get("seq") if stored is not None else None
    if stored is not None:
        stored.close()
    return seq


def answers(desk):
    return [desk.run(f"{words} --format json").out for words in ASKED]


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    desk.lay_out(BOOK)


def imported(desk, more=""):
    data = desk.json(f"import 新单.csv --as orders {more}")["data"]
    assert data["receipt"]
    return [note["code"] for note in data["notes"]]


def test_a_few_rows_move_the_index_on(desk, monkeypatch):
    monkeypatch.setattr(indexing, "rebuild_index", None)  # what needs it fails
    for first in (1, 41):
        put(desk, 40, first=first)
        assert "index-later" not in imported(desk)
        assert known(desk) == int(desk.rows("log")[0]["receipt"][1:])
    quick = answers(desk)
    shutil.rmtree(desk.folder / folding.INDEX)
    assert answers(desk) == quick


def test_where_it_does_not_hold_the_index_of_a_small_book_is_made_anew(desk):
    put(desk, 5, products=("主板", "机箱"))  # counts are kept by product: another one has them kept anew
    assert "index-later" not in imported(desk, "--new")
    assert known(desk) == int(desk.rows("log")[0]["receipt"][1:])
    quick = answers(desk)
    shutil.rmtree(desk.folder / folding.INDEX)
    assert answers(desk) == quick


def test_where_it_would_take_long_that_is_said(desk, monkeypatch):
    monkeypatch.setattr(reading, "KEPT", 100)
    before = known(desk)
    put(desk, 5, products=("主板", "机箱"))
    assert "index-later" in imported(desk, "--new")
    assert known(desk) == before
    slow = answers(desk)
    assert desk.run("order add 骏业 电源×1@10").code == 0
    assert known(desk) == int(desk.rows("log")[0]["receipt"][1:])
    desk.run("undo")
    assert answers(desk) == slow


def test_an_import_of_many_rows_says_that_the_index_comes_later(desk, monkeypatch):
    monkeypatch.setattr(import_posting, "_FOLDED_AT_ONCE", 30)
    put(desk, 31)
    assert "index-later" in imported(desk)
    done = desk.run("import 新单.csv --as orders", SALESAID_LANG="en")
    assert "index" not in done.out  # nothing was written: nothing is to come
    put(desk, 30, first=40)
    assert "index-later" not in imported(desk)

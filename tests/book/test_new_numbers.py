"""Numbers of many documents that are written at once."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from time import process_time

from salesaid.book import Book
from salesaid.core.entries import Decision, Entry, NewNumber
from salesaid.core.text import same

DAYS = (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23))
MANY = 20_000
SECONDS = 10  # of a processor: one is needed; where each number looks at all before it, twenty


def test_each_day_of_each_ledger_has_numbers_of_its_own_and_many_take_no_longer_each(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量\nSO20261121-007,2026-11-21,骏业,主板,1\n")
    rows = [
        Entry(id_, {number: NewNumber(id_, DAYS[at % 3], str(at)), "date": DAYS[at % 3], "customer": "骏业"})
        for at in range(MANY // 2)
        for id_, number in (("orders", "order_no"), ("visits", "visit_no"))
    ]
    began = process_time()
    with closing(Book(desk.folder, DAYS[-1], "zh", "x")) as book:
        posted = book.try_out(lambda: Decision(same(""), tuple(rows)), {})
    assert process_time() - began < SECONDS
    given = [str(entry.row.get("order_no") or entry.row["visit_no"]) for entry in posted.entries]
    assert len(set(given)) == MANY
    assert given[:8] == [
        "SO20261120-001", "VS20261120-001", "SO20261121-008", "VS20261121-001", "SO20261123-001", "VS20261123-001",
        "SO20261120-002", "VS20261120-002",
    ]  # fmt: skip

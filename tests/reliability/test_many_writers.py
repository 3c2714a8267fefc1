"""Many people at once: every row is there once, whole, and no number is given twice; readers always get an answer."""

from __future__ import annotations

import json
import os
from collections import Counter

import pytest

from tests.reliability import stops


def forked(work) -> int:
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(70)
    return child


def wait_for(children) -> None:
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * len(children)


def add_many(desk, writer: int, count: int) -> None:
    """Orders one after another, each acknowledged number noted."""
    notes = os.open(desk.folder.parent / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(count):
        request = f"{writer}-{number}"
        line = f"order add 骏业 A-1×{writer + 1} --note {request} --request-id {request} --format json"
        answer = desk.run(line)
        while answer.code == 3 and "占用" in answer.out:  # the queue was too long: type it again
            answer = desk.run(line)
        assert answer.code == 0, answer
        os.write(notes, f"{request} {json.loads(answer.out)['data']['no']}\n".encode())


def read_until(desk, finished: int) -> None:
    """Lists one after another, until told to stop: none may fail, and the count of orders never falls."""
    os.set_blocking(finished, False)
    before = 0
    while True:
        answer = desk.json("order list")
        assert answer["status"] == "ok", answer
        now = len(answer["data"]["rows"])
        assert now >= before
        before = now
        try:
            if os.read(finished, 1) == b"":
                return
        except BlockingIOError:
            continue


def run_writers(desk, writers: int, count: int) -> None:
    """So many processes add orders while one reads."""
    end, hold = os.pipe()

    def read() -> None:
        os.close(hold)
        read_until(desk, end)

    reader = forked(read)
    wait_for([forked(lambda writer=writer: add_many(desk, writer, count)) for writer in range(writers)])
    os.close(hold)
    wait_for([reader])
    os.close(end)


def added(place, store: str, writers: int, count: int) -> Counter:
    """How often each number of an order that writers added stands in the book: the acknowledged ones, and no others."""
    desk = stops.made(stops.Case("void", store), place / "book")
    before = stops.numbers(desk)
    run_writers(desk, writers, count)
    numbers = Counter(row["order_no"] for row in desk.rows("order list --limit 9999") if row["order_no"] not in before)
    lines = (place / "acknowledged").read_text().splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted(numbers)
    if store == "csv":
        text = desk.text("订单.csv")
        assert [no for no in numbers if f"{no}," not in text] == []
    assert stops.outs(desk) == stops.outs(stops.without_index(desk))
    return numbers


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_four_writers_of_ten_orders_each(place, store):
    numbers = added(place, store, 4, 10)
    assert list(numbers.values()) == [1] * 40


@pytest.mark.slow
@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_eight_writers_of_a_hundred_orders_each(place, store):
    numbers = added(place, store, 8, 100)
    assert list(numbers.values()) == [1] * 800

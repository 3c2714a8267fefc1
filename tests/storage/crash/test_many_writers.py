"""Many writers at once, some of them killed: every acknowledged row is there once, whole, in receipt order."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import UTC, datetime

import pytest

from salesaid.storage.contract import Splice
from salesaid.storage.identity import stamp_of
from salesaid.storage.post import open_desk
from salesaid.storage.receipts import Spliced, receipts

TEXTS = ("骏业", "a", '"引号\n换行"', "x" * 9_000, "é" * 700)


def row_of(request: str, text: str) -> bytes:
    return f"<{request}|{text}>\n".encode()


def add(book, request: str, text: str) -> None:
    """One command."""
    with open_desk(book, lambda: datetime.now(UTC), wait=60) as desk:
        facts = (book / "a.csv").stat()
        row = row_of(request, text)
        desk.post([Splice(book / "a.csv", facts.st_size, b"", row, stamp_of(facts))], {"request_id": request})


def forked(work) -> int:
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(70)
    return child


def codes_of(children) -> list[int]:
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def added_rows(book) -> bytes:
    rows = [change.new for receipt in receipts(book) for change in receipt.changes if isinstance(change, Spliced)]
    return b"".join(reversed(rows))


def written_by_many(book, writers: int, rows: int) -> int:
    """How many rows the writers had acknowledged: each a receipt, and in the file in that order."""
    (book / "a.csv").write_bytes(b"h\n")

    def write(writer: int) -> None:
        for number in range(rows):
            add(book, f"{writer}-{number}", TEXTS[number % len(TEXTS)])

    children = [forked(lambda writer=writer: write(writer)) for writer in range(writers)]
    assert codes_of(children) == [0] * writers
    assert (book / "a.csv").read_bytes() == b"h\n" + added_rows(book)
    return len(list(receipts(book)))


def test_eight_writers_lose_double_and_tear_nothing(place):
    assert written_by_many(place, 8, 20) == 160


@pytest.mark.slow
def test_eight_writers_of_a_thousand_rows_each(tmp_path):
    assert written_by_many(tmp_path, 8, 1_000) == 8_000


def work_until_killed(book, writer: int, start: int, acknowledged: int) -> None:
    """Rows one after another, each announced to the parent once it is acknowledged."""
    for number in range(start, start + 100_000):
        request = f"{writer}-{number}"
        add(book, request, TEXTS[(writer + number) % len(TEXTS)])
        os.write(acknowledged, f"{request}\n".encode())


def rows_under_kills(book, writers: int, kills: int, seed: int) -> None:
    """Writers are killed at random moments; each successor goes on with rows of its own numbers."""
    chance = random.Random(seed)
    (book / "a.csv").write_bytes(b"h\n")
    notes = os.open(book / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def started(writer: int, start: int) -> int:
        return forked(lambda: work_until_killed(book, writer, start, notes))

    children = [started(writer, 0) for writer in range(writers)]
    for kill in range(kills):
        time.sleep(chance.random() * 0.04)
        writer = chance.randrange(writers)
        os.kill(children[writer], signal.SIGKILL)
        os.waitpid(children[writer], 0)
        children[writer] = started(writer, 1_000_000 * (kill + 1))
    for child in children:
        os.kill(child, signal.SIGKILL)
    codes_of(children)
    os.close(notes)


def assert_nothing_lost(book) -> int:
    with open_desk(book, lambda: datetime.now(UTC)):
        pass
    content = (book / "a.csv").read_bytes()
    done = [receipt for receipt in receipts(book) if receipt.state == "done"]
    rows = [change.new for receipt in reversed(done) for change in receipt.changes if isinstance(change, Spliced)]
    assert content == b"h\n" + b"".join(rows)
    acknowledged = (book / "acknowledged").read_text().split()
    assert set(acknowledged) <= {receipt.facts["request_id"] for receipt in done}
    assert len(set(rows)) == len(rows)
    return len(acknowledged)


def test_random_kills_of_writers_lose_no_acknowledged_row(place):
    rows_under_kills(place, writers=4, kills=30, seed=11)
    assert assert_nothing_lost(place) > 30


@pytest.mark.slow
def test_two_thousand_random_kills_lose_no_acknowledged_row(place):
    acknowledged = 0
    for seed in range(20):
        (book := place / str(seed)).mkdir()
        rows_under_kills(book, writers=6, kills=100, seed=seed)
        acknowledged += assert_nothing_lost(book)
    assert acknowledged >= 20_000

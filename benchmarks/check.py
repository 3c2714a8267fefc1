"""`salesaid check`, names apart, beside reading and parsing all typed columns of the same book once."""

from __future__ import annotations

from pathlib import Path

from benchmarks import books
from benchmarks.timing import Figure, in_turns, process, program, ratio

ROWS, TO_READING = 100_000, 3.0
_READ = """
import gc
gc.disable()  # as the program does
import sys
from collections import deque
from datetime import date
from pathlib import Path
from salesaid import ledgers
from salesaid.book import Book
book = Book(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), "zh", "")
for id_ in ledgers.names():
    rows = book.shelf.rows(id_)
    columns = [column.id for column in rows.ledger.columns if rows.has(column.id)]
    deque(rows.pick(*columns), 0)
"""


def measure(folder: Path, times: int) -> list[Figure]:
    """A book in which all is in order: what a check costs when there is nothing to say."""
    book = books.in_order(folder, ROWS)
    runs = {
        "read": process("-c", _READ, str(book), "2026-11-23"),
        "check": program(book, "check", "--ignore", "N"),
        "names too": program(book, "check"),
    }
    in_turns(runs, 1)
    checked, to_reading = ratio({name: runs[name] for name in ("read", "check")}, "check", "read", times)
    found = in_turns(runs, max(1, times // 5))
    return [
        Figure(f"all typed columns of {ROWS:,} rows read and parsed", found["read"]),
        Figure("check of that book, names apart ÷ that", checked, to_reading, TO_READING),
        Figure("  with questions of names", found["names too"], found["names too"] / found["read"]),
    ]

"""What is outside the house, asked for and added to: each command beside an empty Python process.

Lists read their book without an index first; the adds then make one, and the lists are asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import books
from benchmarks.timing import PASS, Figure, Run, in_turns, process, program

ROWS, TO_PASS = 10_000, 20.0


class Case(NamedTuple):
    """A book, and the commands that are measured on it."""

    made: Callable[[Path, int], Path]
    lists: tuple[str, ...]
    adds: tuple[str, ...]


CASES = (
    Case(books.lender, ("loan list --overdue", "stock list"), ("loan add 客户017电子 BVM1-1001×2 --due +30",)),
    Case(books.creditor, ("receivable list",), ("payment add 客户017电子 100 --yes",)),
    Case(
        books.everything,
        ("loan list --overdue", "receivable list", "purchase list --late", "return list", "stock list"),
        (
            "loan add 客户017电子 BVM1-1001×2 --due +30", "payment add 客户017电子 100 --yes",
            "purchase add 供应商07 BVM1-1001×20@80 --due +15", "return add 客户017电子 BVM1-1001×1",
        ),
    ),
)  # fmt: skip


def measure(folder: Path, times: int) -> list[Figure]:
    """Every case on a book of its own."""
    return [figure for case in CASES for figure in _measured(case, folder, times)]


def _measured(case: Case, folder: Path, times: int) -> list[Figure]:
    name = case.made.__name__
    book = case.made(folder / name, ROWS)
    first = _figures(book, case.lists, times, f"{name}: {{}}")
    program(book, *case.adds[0].split())()  # its post makes the index
    return [
        *first,
        *_figures(book, case.lists, times, f"{name}: {{}}, indexed"),
        *_figures(book, case.adds, times, f"{name}: {{}}"),
    ]


def _figures(book: Path, lines: tuple[str, ...], times: int, titled: str) -> list[Figure]:
    runs: dict[str, Run] = {"pass": process(*PASS)} | {line: program(book, *line.split()) for line in lines}
    in_turns(runs, 1)
    found = in_turns(runs, times)
    titles = {line: titled.format(" ".join(word for word in line.split() if word.isascii())) for line in lines}
    return [Figure(f"{titles[line]} ÷ pass", found[line], found[line] / found["pass"], TO_PASS) for line in lines]

"""`salesaid --help`, as a person waits for it, beside an empty Python process."""

from __future__ import annotations

from benchmarks.timing import PASS, Figure, in_turns, process

WANTED = 12.0


def measure(times: int) -> list[Figure]:
    runs = {"pass": process(*PASS), "help": process("-m", "salesaid", "--help")}
    in_turns(runs, 1)
    found = in_turns(runs, times)
    return [Figure("--help ÷ python -c pass", found["help"], found["help"] / found["pass"], WANTED)]

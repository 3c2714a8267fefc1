"""`salesaid today`, as it is asked for every morning, beside an empty Python process."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks import books
from benchmarks.timing import PASS, Figure, Run, in_turns, process, program

SAMPLE = Path(__file__).parents[1] / "data"
ROWS, TO_PASS = 10_000, 20.0


def measure(folder: Path, times: int) -> list[Figure]:
    """The sample book; then a book of ten thousand rows in all its ledgers, which has no figure to reach."""
    sample, large = Path(shutil.copytree(SAMPLE, folder / "sample")), books.everything(folder / "large", ROWS)
    runs: dict[str, Run] = {
        "pass": process(*PASS), "sample": program(sample, "today"), "large": program(large, "today"),
    }  # fmt: skip
    in_turns(runs, 1)
    found = in_turns(runs, times)
    return [
        Figure("today on the sample book ÷ pass", found["sample"], found["sample"] / found["pass"], TO_PASS),
        Figure(f"today on {ROWS:,} rows ÷ pass", found["large"], found["large"] / found["pass"]),
    ]

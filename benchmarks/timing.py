"""Whole processes timed in turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1] / "salesaid"
TODAY = "2026-11-23"
Run = Callable[[], object]


class Figure(NamedTuple):
    """What was measured: seconds, how many times something else that is, and how many times it may be at most.

    `least`: the times are how much quicker it is, and at least so many are wanted.
    """

    what: str
    seconds: float
    times: float | None = None
    wanted: float | None = None
    least: bool = False

    @property
    def holds(self) -> bool:
        if self.times is None or self.wanted is None:
            return True
        return self.times >= self.wanted if self.least else self.times <= self.wanted


def compiled() -> None:
    """Have the package's bytecode lie ready, as an installation does."""
    compileall.compile_dir(PACKAGE, quiet=2, workers=1)


def environment() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), known.get("PYTHONPATH"))))
    return known | {"PYTHONPATH": path, "SALESAID_TODAY": TODAY, "SALESAID_USER": "小郑", "SALESAID_LANG": "zh"}


def process(*words: str) -> Run:
    """A Python process with these words, from its start to its end."""
    around = environment()
    return lambda: subprocess.run([sys.executable, *words], env=around, check=True, capture_output=True)


def program(book: Path, *words: str) -> Run:
    """The program on a book."""
    return process("-m", "salesaid", "--book", str(book), *words)


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(*words: str) -> float:
    """Megabytes that a Python process with these words holds at most, as the system counts them.

    A small process starts it: what this one holds would else count as the other's, from the moment of the fork.
    """
    child = [sys.executable, "-c", _PEAK, sys.executable, *words]
    done = subprocess.run(child, env=environment(), capture_output=True, check=True)
    return int(done.stdout) / 1024


def once(run: Run) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def in_turns(runs: Mapping[str, Run], times: int) -> dict[str, float]:
    """The median seconds of each, run in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            seconds[name].append(once(run))
    return {name: statistics.median(several) for name, several in seconds.items()}


def ratio(runs: Mapping[str, Run], one: str, other: str, times: int) -> tuple[float, float]:
    """Seconds of one, and the median of how many times the other that is, turn by turn."""
    pairs = [{name: once(run) for name, run in runs.items()} for _ in range(times)]
    return statistics.median(p[one] for p in pairs), statistics.median(p[one] / p[other] for p in pairs)


PASS = ("-c", "pass")

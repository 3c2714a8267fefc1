"""What became of the rows of a clerk's sheet, counted, with what is wrong by its cell."""

from __future__ import annotations

from salesaid.core.clerk import Problem

MOST_PROBLEMS = 1000  # that are kept with their places; more are only counted


class Tally:
    """What became of a sheet's rows: `read` = used + blank + those of `left`, which say why they are no entries."""

    def __init__(self) -> None:
        self.read = self.used = self.blank = self.made = 0
        self.totals: list[int] = []
        self.headers: list[int] = []
        self.feet: list[tuple[int, str]] = []
        self.problems: list[Problem] = []
        self.more_problems = 0

    def trouble(self, problem: Problem) -> None:
        """Keep a problem, or count it where there are too many."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1

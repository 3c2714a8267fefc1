"""To-dos over random rows, held against a book that is kept day by day; the rows may stand in any order."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book

FIRST = date(2026, 11, 2)
TODAY = FIRST + timedelta(8)
COLUMNS = ["todo_no", "date", "action", "text", "due", "owner", "note"]
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.integers(0, 9).map(lambda n: (FIRST + timedelta(n)).isoformat())
rows = st.fixed_dictionaries(
    {
        "todo_no": st.sampled_from(["T1", "T2", "T3"]),
        "date": days,
        "action": st.sampled_from(["add", "新增", "", "done", "完成", "drop", "defer", "延期"]),
        "text": st.sampled_from(["a", "b"]),
        "due": st.one_of(st.just(""), days),
        "owner": st.sampled_from(["", "me", "you"]),
        "note": st.sampled_from(["", "", "", "", "void: wrong"]),
    }
)
MEANT = {"": "add", "新增": "add", "完成": "done", "延期": "defer"}


def lines_of(folder, history):
    (folder / "salesaid.toml").write_text('[book]\nlanguage = "en"\n', "utf-8")
    (folder / ".salesaid").mkdir(exist_ok=True)
    with (folder / "todos.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(history)
    with closing(Book(folder, TODAY, "en", "me")) as book:
        return sorted(
            (line.todo_no, line.day.isoformat(), line.state(date.min), line.due.isoformat() if line.due else "")
            for line in book.supply("todo_lines").all
        )


def kept_day_by_day(history):
    """What is open and what is closed under each number at the end, by a clerk with a sheet a number."""
    found = []
    for number in ("T1", "T2", "T3"):
        own = [row | {"action": MEANT.get(row["action"], row["action"])} for row in history]
        own = [row for row in own if row["todo_no"] == number and row["date"] <= TODAY.isoformat()]
        void = {row["action"] for row in own if row["note"]}
        own = [row for row in own if not void & {row["action"], "add"}]
        begun = min((row["date"] for row in own if row["action"] == "add"), default="")
        if not begun:
            ends = [row for row in own if row["action"] in {"done", "drop"}]
            last = sorted(ends or own, key=lambda row: row["date"])[-1:]
            states = {"done": "done", "drop": "dropped", "defer": "open"}
            found += [(number, row["date"], states[row["action"]], row["due"]) for row in last]
            continue
        sheet = []
        for day in sorted({max(row["date"], begun) for row in own}):
            of_day = [row for row in own if max(row["date"], begun) == day]
            sheet += [[number, day, "open", row["due"]] for row in of_day if row["action"] == "add"]
            for what, state in (("defer", None), ("end", "closed")):
                for row in sorted(of_day, key=lambda row: row["date"]):
                    if (row["action"] == "defer") == (what == "defer") and row["action"] != "add":
                        for line in (line for line in sheet if line[2] == "open"):
                            line[3] = row["due"] or line[3] if state is None else line[3]
                            line[2] = line[2] if state is None else {"done": "done", "drop": "dropped"}[row["action"]]
        found += [tuple(line) for line in sheet]
    return sorted(found)


@quick
@given(
    st.lists(rows, max_size=10, unique_by=lambda row: (row["todo_no"], row["date"], row["action"] in {"done", "drop"}))
)
def test_to_dos_are_those_that_a_clerk_keeps_by_hand(tmp_path, history):
    assert lines_of(tmp_path, history) == kept_day_by_day(history)


@quick
@given(
    st.lists(rows, max_size=10, unique_by=lambda row: (row["todo_no"], row["date"])), st.randoms(use_true_random=False)
)
def test_the_order_of_the_rows_changes_nothing(tmp_path, history, chance):
    before = lines_of(tmp_path, history)
    chance.shuffle(history)
    assert lines_of(tmp_path, history) == before

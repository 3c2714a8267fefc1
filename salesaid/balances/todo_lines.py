"""To-dos as they stand: what is open, by when and whose it is, and what was done, dropped or put off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_void
from salesaid.balances.row_numbers import number_of
from salesaid.core.kinds import Choice
from salesaid.core.rows import Rows
from salesaid.core.text import Text

State = Literal["open", "overdue", "done", "dropped"]

STATE = Choice(
    {
        "open": Text("未完成", "open"),
        "overdue": Text("逾期", "overdue"),
        "done": Text("已完成", "done"),
        "dropped": Text("已取消", "dropped"),
    }
)
_ENDS = {"done", "drop"}
_COLUMNS = ("row", "todo_no", "date", "action", "text", "due", "owner", "asked_by", "customer", "note")
_ORDER = {"add": 0, "defer": 1, "done": 2, "drop": 2}  # of one day, wherever the rows stand


class Step(NamedTuple):
    """One row of the ledger."""

    row: int
    todo_no: str
    day: date
    action: str
    text: str
    due: date | None
    owner: str
    asked_by: str
    customer: str
    note: str
    own_number: str  # "" of a row that has none: `todo_no` is then where it stands


class TodoLine(NamedTuple):
    """One to-do; `closed` is the row that says it is done or dropped, `deferred` those that put it off.

    One that is closed and was never written down stands by what its closing row says.
    """

    added: Step
    deferred: tuple[Step, ...] = ()
    closed: Step | None = None

    @property
    def todo_no(self) -> str:
        """Its number."""
        return self.added.todo_no

    @property
    def day(self) -> date:
        """The day on which it was written down."""
        return self.added.day

    @property
    def due(self) -> date | None:
        """The day by which it is to be done, as it was said last."""
        return next((step.due for step in reversed(self.deferred) if step.due is not None), self.added.due)

    @property
    def owner(self) -> str:
        """Who does it, as it was said last."""
        return next((step.owner for step in reversed(self.deferred) if step.owner), self.added.owner)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.closed is None

    def days_late(self, today: date) -> int | None:
        """Days since it was due; None where it is done or not late."""
        return (today - self.due).days if self.is_open and self.due is not None and self.due < today else None

    def state(self, today: date) -> State:
        """How it stands."""
        if self.closed is not None:
            return "dropped" if self.closed.action == "drop" else "done"
        return "open" if self.days_late(today) is None else "overdue"


def todo_lines(todos: Rows, customer_names: Parties) -> TodoLines:
    """All to-dos of the book."""
    return TodoLines(todos, customer_names)


class TodoLines:
    """The to-dos, worked out when first asked for."""

    def __init__(self, todos: Rows, customers: Parties) -> None:
        self._todos = todos
        self._customers = customers

    @cached_property
    def all(self) -> list[TodoLine]:
        """Every to-do, by the day on which it was written down."""
        steps: dict[str, list[Step]] = {}
        for step in self._read(self._todos):
            steps.setdefault(step.todo_no, []).append(step)
        lines = [line for own in steps.values() for line in _lines(_standing(own))]
        return sorted(lines, key=lambda line: (line.day, line.added.row))

    @cached_property
    def open(self) -> list[TodoLine]:
        """What is still to be done."""
        return [line for line in self.all if line.is_open]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of the to-dos."""
        return list(dict.fromkeys(line.todo_no for line in self.all))

    @cached_property
    def ahead(self) -> TodoLines:
        """The same with rows dated after today counted as well: what is done tomorrow is not done twice."""
        return TodoLines(self._todos.until(None), self._customers)

    def of(self, number: str) -> list[TodoLine]:
        """The to-dos of one number: one, unless it was given twice or opened again."""
        return [line for line in self.all if line.todo_no == number]

    def dated_later(self) -> dict[str, date]:
        """The numbers of to-dos that are not counted yet, with their days."""
        known = set(self.numbers)
        return {line.todo_no: line.day for line in self.ahead.all if line.todo_no not in known}

    def _read(self, rows: Rows) -> Iterator[Step]:
        identify = self._customers.identify
        for row, no, day, action, text, due, owner, asked_by, customer, note in rows.pick(*_COLUMNS):
            yield Step(
                row, no or number_of(rows, row, no), day, action, text.strip(), due, owner.strip(), asked_by.strip(),
                identify(customer), note, no or "",
            )  # fmt: skip


def _standing(steps: Sequence[Step]) -> list[Step]:
    """The steps of one number that are not void: a void row takes back those of its action, one that adds takes all."""
    void = {step.action for step in steps if step.note and is_void(step.note)}
    return [] if "add" in void else [step for step in steps if step.action not in void]


def _lines(steps: Sequence[Step]) -> list[TodoLine]:
    """The to-dos of one number. What is said of it is said of those that were written down before, and are open.

    Of what was said before any was written down the day is wrong, not the number.
    """
    begun = min((step.day for step in steps if step.action == "add"), default=date.min)
    ordered = sorted(steps, key=lambda step: (max(step.day, begun), _ORDER[step.action], step.day, step.row))
    lines = [TodoLine(step) for step in ordered if step.action == "add"]
    if not lines:
        ends = [step for step in ordered if step.action in _ENDS]
        head = (ends or ordered)[-1:]
        return [TodoLine(step, closed=step if ends else None) for step in head]
    for step in ordered:
        if step.action != "add":
            day = max(step.day, begun)
            lines = [_with(line, step) if line.is_open and line.day <= day else line for line in lines]
    return lines


def _with(line: TodoLine, step: Step) -> TodoLine:
    if step.action in _ENDS:
        return line._replace(closed=step)
    return line._replace(deferred=(*line.deferred, step))

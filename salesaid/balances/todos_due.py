"""To-dos that are due today or were before, and those of which nobody said by when."""

from __future__ import annotations

from datetime import date

from salesaid.balances.owners import Owners
from salesaid.balances.short_forms import short_forms
from salesaid.balances.todo_lines import TodoLine, TodoLines
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings


def todos_due(todo_lines: TodoLines, owners: Owners, todos: Rows, settings: Settings, today: date) -> list[Duty]:
    """A duty for each open to-do that does not wait for a later day."""
    due = [line for line in todo_lines.open if line.due is None or line.due <= today]
    if not due:
        return []
    short = short_forms(todo_lines.numbers, todos, settings, today)
    return most_urgent_first([_duty(line, short.of(line.todo_no), owners, today) for line in due])


def _duty(line: TodoLine, no: str, owners: Owners, today: date) -> Duty:
    return Duty(
        "todo", what_it_is(line), same(command("todo", "done", no)), (today - (line.due or line.day)).days, line.due,
        line.todo_no, line.added.customer,
        owners=(line.owner,) if line.owner else owners.of_customer(line.added.customer), waits=line.due is None,
    )  # fmt: skip


def what_it_is(line: TodoLine) -> Text:
    """What is to be done, for whom and who asked for it."""
    added = line.added
    about = [added.customer] if added.customer and added.customer not in added.text else []
    text = same(" ".join([*about, added.text])) if about or added.text else Text("（没有写事项）", "(nothing written)")
    return text + (Text(f"（{added.asked_by} 交办）", f" (for {added.asked_by})") if added.asked_by else same(""))

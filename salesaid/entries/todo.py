"""To-dos are written down, done, dropped and put off (DOMAIN.md 1)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from salesaid.balances.named_todo import the_todo
from salesaid.balances.new_rows import before_document, due_passed, later_date
from salesaid.balances.parties import Parties, Party
from salesaid.balances.todo_lines import TodoLine, TodoLines
from salesaid.balances.typed import Known, known_party
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import is_me
from salesaid.settings import Settings

_NOBODY = Known(Party("", "", {}), [], [])


def add(
    customer_names: Parties, todo_lines: TodoLines, user: str, today: date, *, text: str, day: date,
    due: date | None = None, owner: str = "", asked_by: str = "", customer: str = "", note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """Something to be done, by whoever writes it down unless somebody else is named. Raises UnknownName."""
    who = known_party(customer, customer_names, new=new) if customer.strip() else _NOBODY
    number = NewNumber("todos", day)
    does, wants = (user if is_me(name) else name for name in (owner or user, asked_by))
    options: dict[str, Value] = {
        "text": text, "due": due, "owner": does, "asked_by": wants, "customer": who.party.written, "note": note,
    }  # fmt: skip
    typed = {name for name, value in options.items() if value} - ({"owner"} if not owner else set())
    row: dict[str, Value] = {"todo_no": number, "date": day, "action": "add", **options}
    by = Text(f" · {due} 前" if due else "", f" · by {due}" if due else "")
    said = Text(f"已记待办 {{no}} · {text} · {does}", f"to-do {{no}} · {text} · {does}") + by
    notes = [*who.notes, *_no_due(due), *due_passed(due, day), *later_date(day, today), *_again(text, todo_lines)]
    return Decision(said, (*who.entries, Entry("todos", row, frozenset(typed))), no=number, notes=tuple(notes))


def close(
    todo_lines: TodoLines, settings: Settings, today: date, *, typed: str, how: Literal["done", "drop"], day: date,
    note: str = "",
) -> Decision:  # fmt: skip
    """A to-do is done, or dropped for a reason. Raises UnknownNumber, AmbiguousNumber, DatedLater, TodoClosed."""
    line = the_todo(typed, todo_lines, settings, today)
    said = Text("已完成" if how == "done" else "已取消", "done" if how == "done" else "dropped")
    return _step(line, how, day, {"note": note}, said)


def defer(
    todo_lines: TodoLines, settings: Settings, today: date, *, typed: str, due: date, day: date, note: str = ""
) -> Decision:
    """A to-do is put off to another day. Raises UnknownNumber, AmbiguousNumber, DatedLater, TodoClosed."""
    line = the_todo(typed, todo_lines, settings, today)
    was = Text(f"（原 {line.due}）", f" (was {line.due})") if line.due else Text("", "")
    decision = _step(line, "defer", day, {"due": due, "note": note}, Text(f"延期到 {due}", f"put off to {due}") + was)
    return decision._replace(notes=(*decision.notes, *due_passed(due, day)))


def _step(line: TodoLine, action: str, day: date, cells: dict[str, Value], said: Text) -> Decision:
    """A row about a to-do; what it is about stands in it, too, so that the file can be read."""
    row: dict[str, Value] = {
        "todo_no": line.todo_no, "date": day, "action": action, "text": line.added.text,
        "customer": line.added.customer, **cells,
    }  # fmt: skip
    given = {"todo_no", "action", *(name for name, value in cells.items() if value)}
    head = Text(f"待办 {line.todo_no}", f"to-do {line.todo_no}")
    text = f" · {line.added.text}" if line.added.text else ""
    notes = tuple(before_document(line.todo_no, line.day, day))
    return Decision(
        head + Text(f" {said.zh}", f" {said.en}") + text, (Entry("todos", row, frozenset(given)),), no=line.todo_no,
        notes=notes,
    )  # fmt: skip


def _no_due(due: date | None) -> list[Note]:
    if due is not None:
        return []
    text = Text("没有写期限，今日必办每天都会列出", "no due date: today lists it every day")
    return [Note("no_due", "info", text)]


def _again(text: str, lines: TodoLines) -> list[Note]:
    """A warning where the same is to be done already."""
    same_ = [line.todo_no for line in lines.ahead.open if folded(line.added.text) == folded(text)]
    if not same_:
        return []
    said = Text(f"已有同样的待办：{same_[0]}", f"the same is to be done already: {same_[0]}")
    return [Note("same_todo", "warning", said)]

"""The to-do that a person means, and what is said where it is closed already."""

from __future__ import annotations

from datetime import date

from salesaid.balances.todo_lines import TodoLine, TodoLines
from salesaid.balances.typed import the_document
from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.settings import Settings

TO_DO = Text("待办", "to-do")


class TodoClosed(Refused):
    """The to-do was done or dropped before."""

    def __init__(self, line: TodoLine) -> None:
        assert line.closed is not None
        is_done, day = line.closed.action == "done", line.closed.day
        word = Text("完成", "done") if is_done else Text("取消", "dropped")
        super().__init__(
            Text(f"待办 {line.todo_no} 已在 {day} {word.zh}", f"to-do {line.todo_no} was {word.en} on {day}"),
            Text("又要办的，请另记一条：salesaid todo add", "to do it again, write another: salesaid todo add"),
        )


def the_todo(typed: str, lines: TodoLines, settings: Settings, today: date) -> TodoLine:
    """The one to-do that was meant, open. Raises UnknownNumber, AmbiguousNumber, DatedLater, TodoClosed."""
    number = the_document(typed, lines, today, settings.prefix("todos", "TD"), TO_DO)
    own = lines.ahead.of(number) or lines.of(number)
    line = next((each for each in own if each.is_open), own[-1])
    if not line.is_open:
        raise TodoClosed(line)
    return line

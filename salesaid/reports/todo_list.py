"""To-dos: a row each, newest first, with who does it and by when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesaid.balances.todo_lines import STATE, TodoLine, TodoLines
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, QTY, TEXT
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import is_me, understood_note, word_meant

FIELDS = (
    Field("todo_no", Text("待办编号", "To-do"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("text", Text("事项", "What"), TEXT),
    Field("due", Text("期限", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("owner", Text("负责人", "Owner"), TEXT),
    Field("asked_by", Text("交办人", "Asked by"), TEXT),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("state", Text("状态", "State"), STATE),
    Field("closed", Text("办结日期", "Closed"), DATE),
    Field("deferred", Text("延期次数", "Put off"), QTY),
    Field("note", Text("备注", "Note"), TEXT),
)
_OWNER = Text("负责人", "owner")


def todo_list(
    todo_lines: TodoLines, user: str, today: date, *, owner: str | None = None, customer: str | None = None,
    only_late: bool = False, all_lines: bool = False, since: date | None = None, until: date | None = None,
    limit: int | None = None,
) -> Table:  # fmt: skip
    """The to-dos that fit, newest first: what is open, or all. `owner` as typed, `me` is whoever asks.

    Raises UnknownWord, AmbiguousWord.
    """
    meant = _owner_meant(todo_lines, user, owner)
    fitting = [
        line
        for line in todo_lines.all
        if (meant is None or folded(line.owner) == folded(meant))
        and (customer is None or line.added.customer == customer)
        and (since is None or line.day >= since)
        and (until is None or line.day <= until)
    ]
    lines = [
        line for line in fitting if (all_lines or line.is_open) and (not only_late or line.days_late(today) is not None)
    ]
    lines.reverse()
    notes = [*understood_note(None if owner and is_me(owner) else owner, meant), *more(len(lines), limit)]
    if meant is not None and not all_lines:
        notes += _nobodys(todo_lines)
    return Table(Text("待办", "To-dos"), FIELDS, [_row(line, today) for line in lines][:limit], notes=tuple(notes))


def _owner_meant(lines: TodoLines, user: str, owner: str | None) -> str | None:
    if owner is None:
        return None
    return user if is_me(owner) else word_meant(owner, (line.owner for line in lines.all), _OWNER)


def _row(line: TodoLine, today: date) -> tuple[object, ...]:
    late, last = line.days_late(today), line.closed or next(reversed(line.deferred), line.added)
    return (
        line.todo_no, line.day, line.added.text or None, line.due, None if late is None else Decimal(late),
        line.owner or None, line.added.asked_by or None, line.added.customer or None, line.state(today),
        None if line.closed is None else line.closed.day, Decimal(len(line.deferred)),
        last.note.strip() or line.added.note.strip() or None,
    )  # fmt: skip


def _nobodys(lines: TodoLines) -> list[Note]:
    """How many open to-dos have no owner: nobody sees them who asks for his own."""
    count = sum(not line.owner for line in lines.open)
    if not count:
        return []
    text = Text(f"另有 {count} 件没有负责人：salesaid todo list", f"{count} more have no owner: salesaid todo list")
    return [Note("without_owner", "info", text)]

"""To-dos that should be done by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.todo_lines import TodoLines
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, in_days, same

_BOOK = """
    待办.csv
    单号,日期,类型,事项,期限,负责人
    TD20261116-001,2026-11-16,新增,给骏业补发票,2026-11-20,小郑
    """
RULE = Rule(
    "T01",
    "warning",
    Text("待办逾期", "to-do overdue"),
    why=Text("答应别人的事过了日子还没办。", "What somebody counts on is not done."),
    mend=Text(
        "办完就记完成；办不成就改期，或者取消并写明原因。",
        "Say that it is done; put it off to another day, or drop it and say why.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "TD20261116-001,2026-11-20,完成,给骏业补发票,,",
        after="TD20261116-001,2026-11-16,新增,给骏业补发票,2026-11-20,小郑",
    ),
)


def overdue_todo(todo_lines: TodoLines, today: date) -> Iterator[Wrong]:
    """A finding for each open to-do whose day has passed."""
    for line in todo_lines.open:
        late = line.days_late(today)
        if late is None or line.due is None:
            continue
        what = " ".join(text for text in (line.owner, line.added.text) if text) or line.todo_no
        yield Wrong(
            "todos",
            Text(
                f"待办逾期 {late} 天：{what}（期限 {line.due}）",
                f"to-do {in_days(late)} late: {what} (due {line.due})",
            ),
            line.added.own_number, row=line.added.row, column="due", value=line.due.isoformat(),
            suggestion=same(command("todo", "done", line.todo_no)), about=line.added.text,
        )  # fmt: skip

"""How every file of the book stands, and what is wrong with what."""

from __future__ import annotations

from decimal import Decimal

from salesaid import ledgers
from salesaid.core.kinds import QTY, TEXT, Choice
from salesaid.core.standing import Health, Standing
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Lang, Text

_STATE = Choice({"sound": Text("好", "sound"), "amiss": Text("有问题", "amiss")})


def doctor(health: Health, lang: Lang) -> Table:
    """One row a ledger's file; what is wrong stands below as warnings, the lock and the index as notes."""
    names = {id_: ledgers.load(id_).title for id_ in ledgers.names()}
    fields = (
        Field("ledger", Text("台账", "Ledger"), Choice(names)),
        Field("file", Text("文件", "File"), TEXT),
        Field("sheet", Text("工作表", "Sheet"), TEXT),
        Field("form", Text("编码与换行", "Form"), TEXT),
        Field("used", Text("采用", "Used"), QTY),
        Field("set_aside", Text("未采用", "Set aside"), QTY),
        Field("open_in", Text("正打开于", "Open in"), TEXT),
        Field("waiting", Text("排队", "Waiting"), QTY),
        Field("lost", Text("不见", "Lost"), QTY),
        Field("changed", Text("被改", "Changed"), QTY),
        Field("state", Text("状态", "State"), _STATE),
    )
    rows = [_row(each, lang) for each in health.files]
    return Table(Text("台账文件", "Ledger files"), fields, rows, notes=_notes(health))


def _row(each: Standing, lang: Lang) -> tuple[object, ...]:
    counts = (each.used, each.aside, each.waiting, each.lost, each.changed)
    used, aside, waiting, lost, changed = (None if count is None else Decimal(count) for count in counts)
    open_in = each.open_in.in_(lang).strip() if each.open_in else None
    state = "sound" if each.is_sound else "amiss"
    return (
        each.ledger, each.file, each.sheet, each.form.in_(lang), used, aside, open_in, waiting, lost, changed, state,
    )  # fmt: skip


def _notes(health: Health) -> tuple[Note, ...]:
    found = [Note(code, "info", text) for code, text in health.facts]
    for problem in health.problems:
        todo = Text("。", ". ") + problem.todo if problem.todo else Text("", "")
        found.append(Note(problem.code, "warning", problem.said + todo))
    return tuple(found)

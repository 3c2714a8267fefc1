"""名称：哪些写法是同一个，哪些不是。 | Names: which ways of writing are one thing, which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.entries import name as entries
from salesaid.options import Limit, New, both, reading, values, writing
from salesaid.reports.alias_list import alias_list
from salesaid.reports.name_suggest import name_suggest
from salesaid.session import Session

if TYPE_CHECKING:
    from salesaid.balances.name_questions import Answer
    from salesaid.entries.name_answer import Answering
    from salesaid.reports.name_check import Asked

app = typer.Typer(no_args_is_help=True)

NAME = Text("名称", "a name")
_ANY = "product_or_customer_or_supplier"

Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar=both("产品|客户|供应商", "product|customer|supplier"),
        help=both("哪种名称；一个名称有几种意思时要写。", "Which kind; needed where a name is of several kinds."),
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=both("写法… 留下的名称", "WRITTEN... STAYS"),
        help=both("几个写法，最后一个留下。", "Ways of writing; the last one stays."),
        autocompletion=values(_ANY),
    ),
]
One = Annotated[
    str | None,
    typer.Argument(metavar=both("名称", "A"), help=both("一个名称。", "One name."), autocompletion=values(_ANY)),
]
Other = Annotated[
    str | None,
    typer.Argument(
        metavar=both("另一名称", "B"), help=both("另一个名称。", "The other name."), autocompletion=values(_ANY)
    ),
]
All = Annotated[
    bool, typer.Option("--all", help=both("也列出不问就合并的写法。", "Also what is folded without asking."))
]
FilledIn = Annotated[
    str | None,
    typer.Argument(
        metavar=both("[文件.xlsx]", "[FILE.xlsx]"),
        help=both("填好的表；不写就在终端里一个个问。", "The filled-in workbook; without it you are asked one by one."),
    ),
]

_FILE = Text("填好的表", "the filled-in workbook")
_CHOICES = Text(
    "  1 同一，留“{other}” · 2 同一，留“{name}” · 3 不同 · 4 待定 · 回车跳过 · q 结束：",
    "  1 same, “{other}” stays · 2 same, “{name}” stays · 3 different · 4 later · Enter: skip · q: stop: ",
)


@app.command()
@reading
def check(session: Session, kind: Kind = None, show_all: All = False, limit: Limit = None) -> int:
    """可能是同一个的名称和依据；有疑问则退出码为 1。 | Names that may be one thing, with evidence; exit 1 if any.

    salesaid name check
    salesaid name check --kind 客户
    salesaid name check --out 名称.xlsx
    """
    from salesaid.reports.name_check import name_check

    out = session.reading.out or ""
    to_fill = out.lower().endswith(".xlsx")
    table = session.call(name_check, kind=kind, show_all=show_all, to_fill=to_fill, limit=limit)
    command = [field.name for field in table.fields].index("command")
    has_questions = any(row[command] for row in table.rows)
    if not table.rows and session.reading.format == "table" and not out:
        session.say(Text("名称没有疑问", "no questions about names"))
        for note in table.notes:
            session.say(note.text, "dim")
        return 0
    session.show(table)
    return 1 if has_questions else 0


@app.command()
@writing
def answer(session: Session, file: FilledIn = None, kind: Kind = None) -> None:
    """一次回答很多疑问：填好的表，或在终端里一个个问。 | Answer many questions: a filled-in workbook, or one by one.

    salesaid name answer 名称.xlsx
    salesaid name answer
    """
    from salesaid.entries.name_answer import answer as decide

    if file or not session.on_terminal or session.is_json:
        answers, unanswered = _read(session, session.given(file, _FILE))
    else:
        answers, unanswered = _asked(session, kind), 0
    session.post(
        decide, answers=answers, day=session.day, note=session.writing.note or "", unanswered=unanswered
    )  # fmt: skip


def _read(session: Session, file: str) -> tuple[list[Answer], int]:
    """The answers of a workbook; a workbook cannot hold control characters, which are written out there."""
    from salesaid.book.answer_sheet import read_answers
    from salesaid.render.visible import original
    from salesaid.reports.name_check import fields

    filled = read_answers(session.here / file, fields(session.book.supply("aliases"), to_fill=True))
    answers = [
        each._replace(name=original(each.name), other=original(each.other), stays=original(each.stays))
        for each in filled.answers
    ]
    return answers, filled.unanswered


def _asked(session: Session, kind: str | None) -> list[Answer]:
    """What a person answers to one question after the other."""
    from salesaid.entries.name_answer import answering
    from salesaid.reports.name_check import questions

    given = session.call(answering, day=session.day)
    asked = [each for each in session.call(questions, kind=kind) if each.question.other]
    for number, each in enumerate(asked, 1):
        if given.settles(each.question.kind, each.question.name, each.question.other):
            continue
        session.say(Text(f"{number}/{len(asked)} ", f"{number}/{len(asked)} ") + each.sentence)
        if not _is_answered(session, each, given):
            break
    return given.answers


def _is_answered(session: Session, asked: Asked, given: Answering) -> bool:
    """Ask until there is an answer that can be taken, or the question is skipped; False: the person has enough."""
    while (found := _one_answer(session, asked)) is not None:
        try:
            for each in found:
                given.take(each)
        except Refused as trouble:
            session.say(trouble.message, "warning")
        else:
            return True
    return False


def _one_answer(session: Session, asked: Asked) -> list[Answer] | None:
    """An answer, nothing where the question is skipped, None where the person has enough."""
    from salesaid.balances.name_questions import Answer
    from salesaid.render.visible import visible

    each = asked.question
    prompt = _CHOICES.in_(session.lang).format(name=visible(each.name), other=visible(each.other))
    typed = session.screen.ask(prompt).strip().casefold()
    made = {
        "1": Answer(each.kind, each.name, each.other, "same", each.other),
        "2": Answer(each.kind, each.name, each.other, "same", each.name),
        "3": Answer(each.kind, each.name, each.other, "different"),
        "4": Answer(each.kind, each.name, each.other, "later"),
    }
    if typed in {"q", "quit", "结束"}:
        return None
    if typed and typed not in made:
        return _one_answer(session, asked)
    return [made[typed]] if typed else []


@app.command()
@writing
def same(session: Session, names: Names = None, kind: Kind = None, new: New = False) -> None:
    """几个写法是同一个，最后一个留下；在册的总是留下。 | Several names are one; the last stays, or the registered one.

    salesaid name same bvm7—710—8505 BVM7-710
    salesaid name same 骏业 骏业电子 深圳骏业电子 --kind 客户
    """
    given = [name.strip() for name in names or [] if name.strip()]
    while len(given) < 2:  # noqa: PLR2004 - one stands for another
        given.append(session.ask(NAME, _ANY))
    session.post(
        entries.same, names=given, day=session.day, kind=kind, note=session.writing.note or "", new=new
    )  # fmt: skip


@app.command()
@writing
def different(session: Session, one: One = None, other: Other = None, kind: Kind = None, new: New = False) -> None:
    """两个名称不是同一个，以后不再问。 | Two names are two things; nobody is asked again.

    salesaid name different BVM7-710 BVM7-720
    """
    session.post(
        entries.different,
        one=session.given(one, NAME, _ANY), other=session.given(other, NAME, _ANY), day=session.day, kind=kind,
        note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command()
@writing
def later(session: Session, one: One = None, other: Other = None, kind: Kind = None, new: New = False) -> None:
    """两个名称以后再定，30 天内不再问；以前的决定就此取消。 | Put the question off for 30 days, and any answer to it.

    salesaid name later 鹏得 鹏得五金 --note 等开票资料
    """
    session.post(
        entries.later,
        one=session.given(one, NAME, _ANY), other=session.given(other, NAME, _ANY), day=session.day, kind=kind,
        note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command("list")
@reading
def list_(session: Session, kind: Kind = None, limit: Limit = None) -> None:
    """已经作过的决定，最新在前。 | What was decided, newest first.

    salesaid name list --kind 产品
    """
    session.show(session.call(alias_list, kind=kind, upto=session.as_of, limit=limit))


@app.command()
@reading
def suggest(session: Session, text: One = None, kind: Kind = None) -> None:
    """一个名称可能是谁：相近的名称和它们的行数。 | What a name may mean: similar names, with their rows.

    salesaid name suggest bvm7710
    """
    session.show(session.call(name_suggest, text=session.given(text, NAME), kind=kind))

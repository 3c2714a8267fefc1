"""待办：记下、完成、取消、延期、一览。 | To-dos: write down, done, drop, put off, list."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.core.text import Text
from salesaid.options import (
    All,
    Customer,
    Due,
    Late,
    Limit,
    New,
    Owner,
    Since,
    TodoNo,
    Until,
    Why,
    argument,
    both,
    option,
    reading,
    writing,
)
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules: imports are half of a quick command's time

NO, REASON = Text("待办编号", "the to-do's number"), Text("原因", "the reason")
WHAT, DUE = Text("要办的事", "what is to be done"), Text("期限", "the due date")

Words = Annotated[list[str] | None, argument(both("要办的事…", "TEXT..."), "要办什么事。", "What is to be done.")]
From = Annotated[
    str | None,
    option("--from", "谁要办的；me 是我。", "Who wants it done; me for me.", both("名称", "NAME"), "salesperson"),
]


@app.command()
@writing
def add(
    session: Session, words: Words = None, due: Due = None, owner: Owner = None, asked_by: From = None,
    customer: Customer = None, new: New = False,
) -> None:  # fmt: skip
    """记下一件要办的事；不写 --owner 就是我办。 | Write down what is to be done, by me unless --owner says who.

    salesaid todo add 骏业要BVM7-710十块，告诉徐峰 --owner 徐峰 --due 周五 --customer 骏业
    salesaid todo add 补发票 --due +3 --from 赵经理
    """
    from salesaid.entries import todo as entries

    day = session.day
    session.post(
        entries.add,
        text=session.given(" ".join(words or []), WHAT), day=day, owner=(owner or "").strip(),
        due=session.date_of(due, DUE, base=day, ahead=True) if due else None, asked_by=(asked_by or "").strip(),
        customer=customer or "", note=session.writing.note or "", new=new,
    )  # fmt: skip


@app.command()
@writing
def done(session: Session, no: TodoNo = None) -> None:
    """办完了。 | It is done.

    salesaid todo done 1122-1
    """
    from salesaid.entries import todo as entries

    typed = session.given(no, NO, "todo_no")
    session.post(entries.close, typed=typed, how="done", day=session.day, note=session.writing.note or "")


@app.command()
@writing
def drop(session: Session, no: TodoNo = None, why: Why = None) -> None:
    """不办了，写明原因。 | It will not be done, and why.

    salesaid todo drop 1122-1 --why 客户不要了
    """
    from salesaid.entries import todo as entries

    typed = session.given(no, NO, "todo_no")
    session.post(entries.close, typed=typed, how="drop", day=session.day, note=session.given(why, REASON))


@app.command()
@writing
def defer(session: Session, no: TodoNo = None, due: Due = None, why: Why = None) -> None:
    """延期到另一天。 | Put off to another day.

    salesaid todo defer 1122-1 --due +3 --why 等客户回话
    """
    from salesaid.entries import todo as entries

    day, typed = session.day, session.given(no, NO, "todo_no")
    until = session.date_of(session.given(due, DUE), DUE, base=day, ahead=True)
    session.post(entries.defer, typed=typed, due=until, day=day, note=why or session.writing.note or "")


@app.command("list")
@reading
def list_(
    session: Session, owner: Owner = None, customer: Customer = None, late: Late = False, all_lines: All = False,
    since: Since = None, until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """没办完的事，最新在前；--all 也看办完和取消的。 | What is to be done, newest first; --all also what is closed.

    salesaid todo list --owner me
    salesaid todo list --all --customer 骏业 --format json
    """
    from salesaid.reports.todo_list import todo_list

    session.show(
        session.call(
            todo_list,
            owner=owner, customer=session.name_of("customer", customer), only_late=late, all_lines=all_lines,
            since=session.since(since), until=session.until(until), limit=limit,
        )
    )  # fmt: skip

"""名称：哪些写法是同一个，哪些不是。 | Names: which ways of writing are one thing, which are not."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.core.text import Text
from salesaid.entries import name as entries
from salesaid.options import Limit, New, both, reading, values, writing
from salesaid.reports.alias_list import alias_list
from salesaid.reports.name_suggest import name_suggest
from salesaid.session import Session

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
    session.show(session.call(alias_list, kind=kind, limit=limit))


@app.command()
@reading
def suggest(session: Session, text: One = None, kind: Kind = None) -> None:
    """一个名称可能是谁：相近的名称和它们的行数。 | What a name may mean: similar names, with their rows.

    salesaid name suggest bvm7710
    """
    session.show(session.call(name_suggest, text=session.given(text, NAME), kind=kind))

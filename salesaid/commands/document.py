"""单据：合同、送货单、材质报告等，按订单归档，缺了会提醒。 | Documents: papers filed by order, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.options import (
    Customer,
    Limit,
    New,
    Order,
    OrderNo,
    Salesperson,
    Since,
    Until,
    argument,
    both,
    option,
    reading,
    writing,
)
from salesaid.session import Session

if TYPE_CHECKING:
    from salesaid.core.paper_files import Filed

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules

NEWEST = 50  # lines that a terminal shows of a long list
NO, KIND, FILE = Text("订单号", "the order"), Text("单据种类", "the kind of document"), Text("文件", "the file")

File = Annotated[
    str | None,
    argument(both("文件", "FILE"), "单据的文件；留在原处，只记下它在哪里。", "The file; it stays where it is."),
]
Kind = Annotated[
    str | None,
    option(
        "--kind -k",
        "哪种单据：合同、送货单、材质报告…",
        "What it is: contract, delivery note …",
        both("种类", "KIND"),
        "paper",
    ),
]
OnPaper = Annotated[bool, option("--on-paper", "只有纸质的，没有文件。", "There is only the paper, no file of it.")]


class FileAndPaper(Refused):
    """A file was named, and it was said that there is none."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(f"写了文件 {file}，又写了 --on-paper", f"both a file ({file}) and --on-paper were given"),
            Text("有文件就去掉 --on-paper", "leave --on-paper out where there is a file"),
        )


@app.command()
@writing
def add(
    session: Session, no: OrderNo = None, file: File = None, kind: Kind = None, on_paper: OnPaper = False,
    new: New = False,
) -> None:  # fmt: skip
    """给订单归档一份单据：记下文件在哪里、内容的校验值。 | File a paper of an order: where it lies, and what it holds.

    salesaid document add 1122-3 --kind 合同 资料/骏业合同.pdf
    salesaid document add 1122-3 --kind 送货单 --on-paper --note 3号文件夹
    """
    from salesaid.entries.document import add as add_

    if on_paper and file:
        raise FileAndPaper(file)
    number = session.given(no, NO, "order_no")
    word = session.given(kind, KIND, "paper")
    found = None if on_paper else _filed(session, file)
    session.post(
        add_,
        typed=number, kind=word, day=session.day, file=found, note=session.writing.note or "", new=new,
    )  # fmt: skip


def _filed(session: Session, file: str | None) -> Filed:
    from salesaid.book.paper_files import filed

    hint = Text("只有纸质的请加 --on-paper", "add --on-paper where there is only the paper")
    typed = file.strip() if file and file.strip() else session.ask(FILE, hint=hint)
    return filed(session.folder, session.here, typed)


@app.command("list")
@reading
def list_(
    session: Session, customer: Customer = None, order: Order = None, kind: Kind = None, since: Since = None,
    until: Until = None, limit: Limit = None,
) -> None:  # fmt: skip
    """单据一览，最新在前；文件还在不在。 | Documents, newest first, and whether their files are there.

    salesaid document list --customer 骏业 --since 2026-01-01
    salesaid document list --order 1122-3
    """
    from salesaid.balances.named_order import the_order
    from salesaid.reports.document_list import document_list

    number = None
    if order:
        book = session.book
        number = the_order(order, book.supply("order_lines"), book.settings, book.today)
    session.show(
        session.call(
            document_list,
            customer=session.name_of("customer", customer), order_no=number, kind=kind, since=session.since(since),
            until=session.until(until), limit=limit, newest=NEWEST,
        )
    )  # fmt: skip


@app.command()
@reading
def missing(session: Session, customer: Customer = None, by: Salesperson = None, limit: Limit = None) -> None:
    """发了货还缺单据的订单，最久的在前。 | Orders that were shipped and lack papers, the longest first.

    salesaid document missing --customer 骏业
    """
    from salesaid.reports.missing_documents import missing_documents

    session.show(
        session.call(
            missing_documents,
            customer=session.name_of("customer", customer), salesperson=by, limit=limit, newest=NEWEST,
        )
    )  # fmt: skip

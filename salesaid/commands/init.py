"""新建账本：一个文件夹和它的设置。 | A new book: a folder with its settings."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.book.making import make
from salesaid.core.text import Text
from salesaid.options import both, plain
from salesaid.session import Session

app = typer.Typer()

Folder = Annotated[
    str | None, typer.Argument(metavar=both("文件夹", "DIR"), help=both("新账本的文件夹。", "Folder of the new book."))
]
Store = Annotated[
    str,
    typer.Option(
        "--store", metavar="csv|xlsx", help=both("新台账的格式：csv 或 xlsx。", "Format of new ledgers: csv or xlsx.")
    ),
]


@app.command()
@plain
def init(session: Session, folder: Folder = None, store: Store = "csv") -> None:
    """新建账本；台账在第一次记账时生成。 | Make a book; its ledgers are made by their first post.

    salesaid init 账本
    salesaid --lang en init books/beijing --store xlsx
    """
    made = make(session.here / session.given(folder, Text("文件夹", "a folder")), session.lang, store)
    session.say(Text(f"已新建账本 {made}", f"made the book {made}"), "bold")
    session.say(
        Text(f"下一步：cd {made}，然后 salesaid order add …", f"next: cd {made}, then salesaid order add …"), "dim"
    )

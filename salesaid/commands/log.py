"""记账记录：何时、谁、什么命令。 | Posts: when, by whom, which command."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.options import Limit, both, reading
from salesaid.reports.log import log as report
from salesaid.session import Session

app = typer.Typer()

NEWEST = 50

LedgerName = Annotated[
    str | None,
    typer.Option(
        "--ledger", metavar=both("台账", "LEDGER"), help=both("只看写过这本台账的。", "Only posts to this ledger.")
    ),
]


@app.command()
@reading
def log(session: Session, ledger: LedgerName = None, limit: Limit = None) -> None:
    """每一次记账，最新在前。 | Every post, newest first.

    salesaid log --limit 10
    salesaid log --ledger orders
    """
    id_ = session.book.ledger_named(ledger) if ledger else None
    posts, upto = session.book.posts(), session.as_of
    session.show(session.call(report, posts=posts, ledger=id_, upto=upto, limit=limit, newest=NEWEST))

"""撤销最近一次记账，文件逐字节复原。 | Take back the newest post; files are as before, to the byte."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.options import both, writing
from salesaid.session import Session

app = typer.Typer()

Receipt = Annotated[
    str | None,
    typer.Argument(
        metavar=both("[回执]", "[RECEIPT]"), help=both("回执号；默认最近一次。", "The receipt, by default the newest.")
    ),
]


@app.command()
@writing
def undo(session: Session, receipt: Receipt = None) -> None:
    """撤销最近一次记账；撤销本身也是一次记账，再撤销就是恢复。 | Take back the newest post; undoing that redoes it.

    不写新行，--note 只留在日志里，说明为什么撤销。 | No row is written: a --note, to say why, stands in the log only.

    salesaid undo
    salesaid undo R17 --note 导错了文件
    """
    session.undo(receipt)

"""别人保存时弄丢的行：补回或认可。 | Rows that somebody's save lost: put them back, or let them be."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.entries import heal as entries
from salesaid.options import both, writing
from salesaid.session import Session

app = typer.Typer()

Receipts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=both("[回执…]", "[RECEIPT...]"),
        help=both("只管这些回执；不写就是全部。", "Only these receipts, by default all."),
        show_default=False,
    ),
]
Accept = Annotated[
    bool, typer.Option("--accept", help=both("有意删改的，认可，不再提起。", "It was meant: let it be, say no more."))
]


@app.command()
@writing
def heal(session: Session, receipts: Receipts = None, accept: Accept = False) -> None:
    """把记过账却不见了的行补到台账末尾，被改的列出来。 | Put posted rows that are gone back, show those changed.

    产品、客户等档案里被旧表变回原值的，改回新值；流水里被改的只列出。 | Cells of registers that an old copy set
    back get their newer values again; what was changed in a journal is only shown.

    salesaid heal --dry-run
    salesaid heal R17
    salesaid heal R17 --accept
    """
    session.post(entries.heal, receipts=receipts or [], accept=accept)

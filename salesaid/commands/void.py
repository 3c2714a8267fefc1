"""冲销一张单据：写红字行，不删不改。 | Void a document by red-letter rows; nothing is deleted."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.balances.named_document import the_document
from salesaid.core.text import Text
from salesaid.entries import void as entries
from salesaid.options import Force, Number, Why, both, values, writing
from salesaid.session import Session

app = typer.Typer()

Products = Annotated[
    list[str] | None,
    typer.Option(
        "--item", "-i",
        help=both("只冲销这个产品，不写数量；可多次给出。", "Only this product, no quantity; may be given again."),
        metavar=both("产品", "PRODUCT"),
        autocompletion=values("product"),
    ),
]  # fmt: skip


@app.command()
@writing
def void(session: Session, no: Number = None, items: Products = None, why: Why = None, force: Force = False) -> None:
    """用红字行冲销一张单据，同一次记账写的其他台账一并冲销。 | Void a document, in every ledger that its post wrote.

    salesaid void SO20261122-001 --why 重复下单
    salesaid void 1122-1 --item BVM7-710 --why 型号记错
    """
    typed = session.given(no, Text("单号", "the number"), "any_no")
    document = session.call(the_document, typed=typed)
    session.post(
        entries.void,
        typed=document[1],
        items=items or [],
        day=session.day,
        why=session.given(why, Text("原因", "the reason")),
        related=session.book.posted_with(document[1]),
        force=force,
    )

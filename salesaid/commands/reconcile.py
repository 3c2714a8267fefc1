"""对账：台账与 ERP、财务导出的表逐行核对。 | Reconcile a ledger with an export of an ERP or of finance."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.core.text import Text
from salesaid.options import Maps, OrderOfDates, Since, Until, argument, both, option, reading
from salesaid.session import Session

app = typer.Typer()

LEDGER, FILE = Text("台账", "the ledger"), Text("对方的表", "the other book's file")

Ledger = Annotated[str | None, argument(both("台账", "LEDGER"), "如 订单、出货、收款。", "Such as orders, payments.")]
File = Annotated[str | None, argument(both("文件", "FILE"), "对方导出的表。", "The other book's export.")]
Sheet = Annotated[str | None, option("--sheet", "哪张工作表；几张一起如 '*月'。", "Which sheet; several as '*月'.")]


@app.command()
@reading
def reconcile(
    session: Session, ledger: Ledger = None, file: File = None, sheet: Sheet = None, maps: Maps = None,
    date_order: OrderOfDates = None, since: Since = None, until: Until = None,
) -> None:  # fmt: skip
    """逐行核对两本账，差异分类：漏记、多记、数量、单价、写法、跨期。 | Hold a ledger against another book, row by row.

    salesaid reconcile 订单 ERP导出.xlsx --since 2026-10-01 --until 2026-10-31 --out 对账.xlsx
    salesaid reconcile payments finance.csv --map "到账=amount"
    """
    from salesaid import ledgers
    from salesaid.balances.reconciliation_lines import party_of, require_reconcilable
    from salesaid.book.foreign import Read, foreign_sheets
    from salesaid.core.clerk_maps import maps_of
    from salesaid.reports.reconcile import reconcile as report

    id_ = session.book.ledger_named(session.given(ledger, LEDGER))
    require_reconcilable(ledgers.load(id_))
    path = session.here / session.given(file, FILE)
    kind = party_of(ledgers.load(id_))
    parties = session.book.supply(f"{kind}_names") if kind else None
    first, last = session.since(since), session.until(until)
    own = session.book.settings.ledger(id_)
    how = Read(maps_of(maps or ()), {}, sheet, date_order)
    with foreign_sheets(id_, path, how, own, session.book.today) as found:
        answer = session.call(
            report, ours=session.book.supply(id_), theirs=[each.rows for each in found.every], parties=parties,
            since=first, until=last, to_fill_in=session.reading.is_workbook,
        )  # fmt: skip
        notes = found.notes()
    session.show(answer._replace(notes=(*answer.notes, *notes)))

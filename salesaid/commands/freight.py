"""运费：核对物流账单，运价表，账单留底。 | Freight: audit carriers' bills, agreed rates, bills kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.options import (
    Carrier,
    DryRun,
    Limit,
    Maps,
    OrderOfDates,
    RequestId,
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
    from pathlib import Path

    from salesaid.balances.bill_lines import BillLine
    from salesaid.book.posting import Posted
    from salesaid.core.reading import DateOrder
    from salesaid.core.tables import Note, Report

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules
rates = typer.Typer(no_args_is_help=True, help="约定的运价：登记、查看。 | Rates agreed with carriers: enter, list.")
app.add_typer(rates, name="rate")

NEWEST = 50  # lines that a terminal shows of a long list
CARRIER, FILE = Text("物流公司", "the carrier"), Text("账单文件", "the bill's file")
VALID = Text("生效日期", "the day it holds from")

_AMOUNT = both("金额", "AMOUNT")
File = Annotated[str | None, argument(both("文件", "FILE"), "物流公司的账单。", "The carrier's bill.")]
Sheet = Annotated[str | None, option("--sheet", "哪张工作表。", "Which sheet.")]
Keep = Annotated[bool, option("--keep", "核对后把账单各行留底。", "Keep the bill's lines once audited.")]
CarrierName = Annotated[str | None, argument(both("物流公司", "CARRIER"), "物流公司。", "The carrier.", "carrier")]
Place = Annotated[
    str | None, argument(both("[目的地]", "[PLACE]"), "省、市；不写为各地。", "A place; everywhere if left out.")
]
FromKg = Annotated[str | None, option("--from-kg", "从多少公斤起，默认 0。", "From how many kg on, by default 0.")]
Price = Annotated[str | None, option("--price", "到起重为止的价钱。", "Price up to there.", _AMOUNT)]
PerKg = Annotated[str | None, option("--per-kg", "再往上每公斤。", "For each kg above.", _AMOUNT)]
From = Annotated[str | None, option("--from", "从哪天起。", "From which day on.", both("日期", "DATE"))]


class CarrierNeeded(Refused):
    """Nothing on a bill says whose it is."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(f"看不出 {file} 是哪家物流公司的账单", f"nothing in {file} says whose bill it is"),
            Text("用 --carrier 写明物流公司", "name the carrier with --carrier"),
        )


@app.command()
@reading
def audit(
    session: Session, file: File = None, carrier: Carrier = None, sheet: Sheet = None, maps: Maps = None,
    date_order: OrderOfDates = None, keep: Keep = False, dry_run: DryRun = False, request_id: RequestId = None,
) -> None:  # fmt: skip
    """核对物流账单：查无此货、重复、重量、运价、附加费、未收费。 | Hold a carrier's bill against shipments and rates.

    salesaid freight audit 顺丰10月.xlsx --carrier 顺丰 --out 运费对账.xlsx
    salesaid freight audit 德邦.csv --map "托运单=运单号" --keep
    """
    from salesaid.reports.freight_audit import freight_audit

    path = session.here / session.given(file, FILE)
    learns = keep and not dry_run
    lines, notes = _read(session, path, carrier or "", sheet, maps or [], date_order, learns=learns)
    answer = session.call(freight_audit, lines=lines, file=path.name, notes=notes)
    if not keep:
        session.show(answer)
        return
    posted = _kept(session, lines, path.name, dry_run=dry_run, request_id=request_id)
    _show(session, answer._replace(notes=(*answer.notes, _said(posted))), posted)


def _read(
    session: Session,
    path: Path,
    carrier: str,
    sheet: str | None,
    maps: list[str],
    date_order: DateOrder | None,
    *,
    learns: bool,
) -> tuple[list[BillLine], tuple[Note, ...]]:
    """The lines of a bill, each with its carrier, and what to say of rows that could not be used."""
    from salesaid.balances.bill_lines import billed_lines
    from salesaid.balances.freight_audit import carrier_of
    from salesaid.book.carrier_profiles import agreed_columns, known_columns, remember
    from salesaid.book.foreign import Read, foreign
    from salesaid.core.clerk_maps import maps_of

    said = maps_of(maps)
    known = known_columns(session.folder, carrier) if carrier else agreed_columns(session.folder)
    own = session.book.settings.ledger("freight_bills")
    with foreign("freight_bills", path, Read(said, known, sheet, date_order), own, session.book.today) as found:
        lines = billed_lines(found.rows, carrier, found.heading("amount"))
        unread = found.unread()
    if any(not each.carrier for each in lines):
        carrier = carrier_of(lines, session.book.supply("parcels"))
        if not carrier:
            raise CarrierNeeded(path.name)
        lines = [each._replace(carrier=each.carrier or carrier) for each in lines]
    if learns and said and carrier:
        remember(session.folder, carrier, {**known_columns(session.folder, carrier), **said})
    return lines, (unread,) if unread else ()


def _kept(session: Session, lines: list[BillLine], file: str, *, dry_run: bool, request_id: str | None) -> Posted:
    from salesaid.entries.freight import keep

    given = {"lines": lines, "file": file}
    if dry_run:
        return session.book.try_out(keep, given)
    return session.book.post(keep, given, command=session.line, name=session.command, request_id=request_id)


def _said(posted: Posted) -> Note:
    from salesaid.core.tables import Note

    more = Text("", "")
    if posted.dry_run:
        more = Text("；演示：什么也没有写入", "; dry run: nothing was written")
    elif posted.receipt:
        more = Text(f"；回执 {posted.receipt}", f"; receipt {posted.receipt}")
    return Note("kept", "info", posted.said + more)


def _show(session: Session, answer: Report, posted: Posted) -> None:
    """The audit; scripts see beside it what was written, as of any post."""
    if session.reading.format != "json" or session.reading.out:
        session.show(answer._replace(notes=(*answer.notes, *posted.notes)))
        return
    from salesaid.render import as_json
    from salesaid.screen import posted_data, with_notes

    left_out = session.book.left_out()
    said, session.book.said = session.book.said, []
    data = as_json.answer_data(with_notes(answer, [*said, *left_out]), session.lang)
    written = posted_data(posted, said, session.lang)
    session.screen.put(as_json.to_text(as_json.envelope(session.command, {**data, **written})))


@app.command("list")
@reading
def list_(
    session: Session, carrier: Carrier = None, since: Since = None, until: Until = None, limit: Limit = None
) -> None:
    """留底的账单明细，最新在前。 | Lines of bills that were kept, newest first.

    salesaid freight list --carrier 顺丰 --since 2026-10-01
    """
    from salesaid.reports.freight_list import freight_list

    session.show(
        session.call(
            freight_list, carrier=carrier, since=session.since(since), until=session.until(until), limit=limit,
            newest=NEWEST,
        )
    )  # fmt: skip


@rates.command()
@writing
def add(
    session: Session, carrier: CarrierName = None, place: Place = None, from_kg: FromKg = None, price: Price = None,
    per_kg: PerKg = None, from_: From = None,
) -> None:  # fmt: skip
    """登记一档运价：到起重为止的价钱，再往上每公斤。 | Enter a rate: the price up to a weight, and each kg above.

    salesaid freight rate add 顺丰 广东 --price 12
    salesaid freight rate add 顺丰 广东 --from-kg 1 --price 12 --per-kg 2
    """
    from salesaid.entries.freight import add_rate

    day = session.date_of(from_, VALID).isoformat() if from_ else None
    typed = {"to_place": place, "from_kg": from_kg, "price": price, "per_kg": per_kg, "valid_from": day}
    session.post(
        add_rate, carrier=session.given(carrier, CARRIER), note=session.writing.note or "",
        cells={name: text for name, text in typed.items() if text is not None},
    )  # fmt: skip


@rates.command("list")
@reading
def rate_list(session: Session, carrier: Carrier = None) -> None:
    """各家的运价。 | What is agreed with each carrier.

    salesaid freight rate list --carrier 顺丰
    """
    from salesaid.reports.freight_rate_list import freight_rate_list

    session.show(session.call(freight_rate_list, carrier=carrier))

"""把现有的表直接用作台账，原样放在原处。 | Use a sheet as a ledger where it lies, in its own layout."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from salesaid.book.adopting import Adopted, plan, posted_of
from salesaid.book.adopting import adopt as do
from salesaid.book.import_recognising import Wanted
from salesaid.core.clerk_maps import maps_of
from salesaid.core.text import Text
from salesaid.options import OrderOfDates, argument, both, option, writing
from salesaid.session import Session

app = typer.Typer()

File = Annotated[str | None, argument(both("文件", "FILE"), ".csv 或 .xlsx 文件。", "A .csv or .xlsx file.")]
As = Annotated[str | None, option("--as", "是哪本台账；默认按表头认。", "Which ledger.", both("台账", "LEDGER"))]
Sheet = Annotated[
    str | None,
    option(
        "--sheet",
        "工作表名；一个月一张的写 *月，几张合成一本。",
        "The sheet; *月 makes one ledger of all that fit.",
        both("工作表", "SHEET"),
    ),
]
ShipsWhen = Annotated[
    Literal["later", "at_once"] | None,
    option(
        "--ships",
        "每行就是销售（at_once）还是先下单后发货（later）。",
        "Whether each row is the sale (at_once) or an order (later).",
    ),
]
Maps = Annotated[
    list[str] | None,
    option(
        "--map",
        "表头是哪一列；可多次。",
        "Which column a heading is; may be given again.",
        both("表头=列", "HEADING=COLUMN"),
    ),
]


@app.command()
@writing
def adopt(
    session: Session, file: File = None, as_: As = None, sheet: Sheet = None, ships: ShipsWhen = None,
    maps: Maps = None, date_order: OrderOfDates = None,
) -> None:  # fmt: skip
    """把现有的表直接用作台账：写进设置，文件一字不动，以后在它后面追加。 | Use a sheet as a ledger where it lies.

    表里不写新行，--note 只留在日志里。 | No row is written: a --note stands in the log only.

    salesaid adopt ../销售台账2026.xlsx --sheet 销售 --ships at_once
    salesaid adopt 每月销售.xlsx --sheet '*月'
    salesaid adopt 客户.csv --dry-run
    """
    path = session.here / session.given(file, Text("文件", "a file"))
    ledger = session.book.ledger_named(as_) if as_ else None
    wanted = Wanted(ledger, sheet, maps_of(maps or ()), None, date_order)
    found = plan(session.book, path, wanted, ships)
    if session.writing.dry_run:
        _answer(session, found._replace(posted=posted_of(found)._replace(dry_run=True)))
        return
    if found.ships is not None and ships is None and session.on_terminal and not session.is_json:
        ships = _asked(session, found.ships)
    _answer(session, do(session.book, path, wanted, ships, command=session.line, request_id=session.writing.request_id))


def _asked(session: Session, proposed: Literal["later", "at_once"]) -> Literal["later", "at_once"]:
    """Whether each row is the sale itself, as a person says."""
    question = Text(
        "每一行就是一笔销售吗（y），还是先下单、后发货（n）", "is each row the sale itself (y), or an order (n)"
    )
    answer = session.ask_or(question, "y" if proposed == "at_once" else "n").strip().lower()
    return "at_once" if answer in {"y", "yes", "是"} else "later"


def _answer(session: Session, found: Adopted) -> None:
    assert found.posted is not None
    if not session.is_json:
        session.answer(found.posted)
        return
    from salesaid.render import as_json
    from salesaid.screen import posted_data

    said, session.book.said = session.book.said, []
    data: dict[str, Any] = posted_data(found.posted, said, session.lang)
    data |= {
        "ledger": found.ledger, "file": found.file, "sheet": found.sheet, "header_row": found.header_row,
        "ships": found.ships, "rows": found.rows, "aside": len(found.aside), "columns": dict(found.columns),
    }  # fmt: skip
    session.screen.put(as_json.to_text(as_json.envelope(session.command, data)))

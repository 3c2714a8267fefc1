"""导入现成的表：Excel、WPS、ERP 导出。 | Bring in sheets as they are: Excel, WPS, exports of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from salesaid.book.import_posting import Outcome, post, try_out
from salesaid.book.import_recognising import NoLedgerFits, SeveralLedgers, Wanted
from salesaid.book.import_trouble import FullNames, NewNames, NotImportable
from salesaid.book.importing import Importing, Options
from salesaid.core.clerk_mapping import (
    LacksColumns,
    LacksDate,
    TwiceHeaded,
    TwoForOne,
    UnknownHeading,
    UnknownTarget,
)
from salesaid.core.clerk_maps import NoMapping, NoSuchColumn, maps_of
from salesaid.core.errors import Refused, Where
from salesaid.core.heading_trouble import letters
from salesaid.core.tables import Card
from salesaid.core.text import Text
from salesaid.options import New, OrderOfDates, argument, both, option, writing
from salesaid.refusals import NotConfirmed
from salesaid.reports.import_preview import differing_table, import_preview, problem_table, sheet_table
from salesaid.session import Session

app = typer.Typer()

Files = Annotated[
    list[str] | None,
    argument(both("文件…", "FILE..."), ".xlsx .xlsm .xls .ods .csv 文件。", "Files: .xlsx .xlsm .xls .ods .csv."),
]
As = Annotated[str | None, option("--as", "是哪本台账；不写按表头认。", "Which ledger it is.", both("台账", "LEDGER"))]
Sheet = Annotated[
    str | None, option("--sheet", "只读这些工作表，如 '*月'。", "Only these, as '*月'.", both("工作表", "SHEET"))
]
Maps = Annotated[
    list[str] | None,
    option(
        "--map",
        "表头是哪一列；- 不读；可多次。",
        "Which column a heading is; - leaves it out; may be given again.",
        both("表头=列", "HEADING=COLUMN"),
    ),
]
ProfileName = Annotated[
    str | None,
    option("--profile", "用这个导入方案；没有就存成它。", "Use this profile, or make it.", both("名称", "NAME")),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year", min=1900, max=2199, metavar=both("年", "YEAR"), help=both("5月6日 是哪一年。", "The year of 5月6日.")
    ),
]


@app.command()
@writing
def import_(
    session: Session, files: Files = None, as_: As = None, sheet: Sheet = None, maps: Maps = None,
    profile: ProfileName = None, new: New = False, date_order: OrderOfDates = None, year: Year = None,
) -> int | None:  # fmt: skip
    """把现成的表导入台账：先预览，再全部写入或一行不写；同样的行不会导入两次。 | Bring sheets in, whole or not at all.

    --note 写进没有备注的行；看一行是否已导入过时不算它。 | A --note goes into rows that have none of their own; whether
    a row was imported before is seen without it.

    salesaid import 销售台账2026.xlsx --dry-run
    salesaid import export.csv --as orders --map 'InvoiceNo=order_no' --new
    salesaid import 借用登记.xlsx --sheet '*月'
    salesaid import 德邦9月.csv --as 运费账单 --note 9月账单
    """
    paths = [session.here / name for name in files or [session.given(None, Text("文件", "a file"))]]
    ledger = session.book.ledger_named(as_) if as_ else None
    day = session.day if session.writing.date else None
    wanted = Wanted(ledger, sheet, maps_of(maps or ()), profile, date_order, year, day)
    options = Options(wanted, new, session.writing.literal, (session.writing.note or "").strip())
    try:
        _run(session, paths, options)
    except NotImportable as refused:
        if not session.is_json:
            raise
        _put_errors(session, refused)
        return refused.exit_code
    return None


def _run(session: Session, paths: Sequence[Path], options: Options) -> None:
    if session.writing.dry_run or _asks(session):
        options = _previewed(session, paths, options)
        if session.writing.dry_run:
            return
        while correction := _correction(session):
            options = _with(session, paths, options, correction)
    try:
        outcome = post(
            session.book, paths, options, command=session.line, request_id=session.writing.request_id
        )  # fmt: skip
    except NotImportable as refused:
        _tell_problems(session, refused)
        raise
    _answer(session, outcome)


def _asks(session: Session) -> bool:
    return session.on_terminal and not session.is_json and not session.writing.yes


def _correction(session: Session) -> str:
    """What a person types instead of yes: HEADING=COLUMN; "" for yes. Raises NotConfirmed."""
    question = Text("照此导入吗？", "import it so?")
    how = Text("要改哪列就写 表头=列", " To correct a column type HEADING=COLUMN")
    typed = session.screen.ask(f"{(question + how).in_(session.lang)} [y/N] ").strip()
    if "=" in typed:
        return typed
    if typed.lower() not in {"y", "yes", "是"}:
        raise NotConfirmed(question)
    return ""


def _with(session: Session, paths: Sequence[Path], options: Options, typed: str) -> Options:
    """The preview with one more column said; asked for again where that is no column."""
    try:
        said = {**options.wanted.said, **maps_of([typed])}
    except NoMapping as mistyped:
        return _corrected(session, paths, options, mistyped)
    more = options._replace(wanted=options.wanted._replace(said=said))
    return _previewed(session, paths, more, options)


def _corrected(session: Session, paths: Sequence[Path], options: Options, trouble: Refused) -> Options:
    """A person says which column is meant, as often as it takes."""
    session.say(trouble.message, "bold")
    if trouble.hint is not None:
        session.say(trouble.hint)
    return _with(session, paths, options, session.ask(Text("表头=列", "HEADING=COLUMN")))


def _previewed(session: Session, paths: Sequence[Path], options: Options, before: Options | None = None) -> Options:
    """What would be imported is shown; a person is asked what only a person can say, and it is shown once more.

    `before` are the options to go back to where what was typed is no column.
    """
    try:
        with closing(Importing(session.book, paths, options)) as importing:
            _preview(session, importing)
    except (SeveralLedgers, NoLedgerFits) as trouble:
        if not _asks(session):
            raise
        session.say(trouble.message, "bold")
        typed = session.ask(Text("是哪本台账", "which ledger is it"), hint=trouble.hint)
        wanted = options.wanted._replace(ledger=session.book.ledger_named(typed))
        return _previewed(session, paths, options._replace(wanted=wanted))
    except (LacksColumns, TwiceHeaded) as trouble:
        if not _asks(session) or isinstance(trouble, LacksDate):
            raise
        return _corrected(session, paths, options, trouble)
    except (UnknownHeading, UnknownTarget, NoSuchColumn, TwoForOne) as trouble:
        if before is None or not _asks(session):
            raise
        return _corrected(session, paths, before, trouble)
    except NewNames as trouble:
        if not _asks(session):
            raise
        session.say(trouble.message, "bold")
        session.confirm(Text("都是新的，照此新建吗？", "are they all new?"))
        return options._replace(new=True)
    return options


def _preview(session: Session, importing: Importing) -> None:
    """Show what would be imported, also where it would be refused. Raises NotImportable, FullNames, NewNames."""
    card = import_preview(
        session.lang, parts=importing.parts, skipped=importing.skipped, names=importing.names,
        differing=importing.differing,
    )  # fmt: skip
    try:
        outcome = try_out(importing)
    except (NotImportable, FullNames, NewNames):
        if not session.is_json:
            session.screen.put(session.screen.table(card, session.manner))
        raise
    if session.is_json:
        _put_json(session, outcome, card)
    else:
        session.screen.put(session.screen.table(card, session.manner))
        if session.writing.dry_run:
            session.answer(outcome.posted)


def _tell_problems(session: Session, refused: NotImportable) -> None:
    if not session.is_json:
        table = problem_table(refused.found, session.lang, refused.more)
        session.screen.put(session.screen.table(table, session.manner))


def _answer(session: Session, outcome: Outcome) -> None:
    card = import_preview(
        session.lang, parts=outcome.parts, skipped=outcome.skipped, names=outcome.names, differing=outcome.differing
    )
    if session.is_json:
        _put_json(session, outcome, card)
        return
    if outcome.parts:
        session.screen.put(session.screen.table(sheet_table(outcome.parts, outcome.skipped), session.manner))
    if outcome.differing:
        session.screen.put(session.screen.table(differing_table(outcome.differing, session.lang), session.manner))
    session.answer(outcome.posted)


def _put_json(session: Session, outcome: Outcome, card: Card) -> None:
    """The answer of a post, with the preview and the counts beside it."""
    from salesaid.render import as_json
    from salesaid.screen import posted_data

    said, session.book.said = session.book.said, []
    data: dict[str, Any] = posted_data(outcome.posted, said, session.lang)
    data |= {
        "read": dict(outcome.read), "added": dict(outcome.added), "registered": dict(outcome.registered),
        "preview": as_json.answer_data(card, session.lang),
    }  # fmt: skip
    session.screen.put(as_json.to_text(as_json.envelope(session.command, data)))


def _put_errors(session: Session, refused: NotImportable) -> None:
    """Every problem as an error of its own, below the one that says how many there are."""
    from salesaid.render import as_json

    errors = [as_json.error_data(refused, session.lang)]
    for each in refused.found:
        spot, expected = each.spot, each.expected.in_(session.lang)
        where = Where(spot.file, spot.sheet, spot.row, None if spot.column is None else letters(spot.column))
        message = f"{spot.cell} {each.heading}: {each.found!r}"
        errors.append({"code": each.code, "message": message, "hint": expected, "where": where._asdict()})
    session.screen.put(as_json.to_text(as_json.envelope(session.command, None, errors)))

"""今日必办：一屏看完今天要办的事，每行带着办完它的命令。 | Today: what has to be done, each with its command."""

from __future__ import annotations

import typer

from salesaid.options import Owner, reading
from salesaid.session import Session

app = typer.Typer()


@app.command()
@reading
def today(session: Session, owner: Owner = None) -> None:
    """今日必办：该发的、该到的、该还的、该收的，最急的在前。 | What has to be done today, the most urgent first.

    salesaid today
    salesaid today --owner me
    """
    from salesaid.core.words import is_me
    from salesaid.reports import duty_list as report

    meant = session.call(report.owner_meant, owner=owner)
    given = {"owner": meant, "typed": None if owner and is_me(owner) else owner}
    if session.reading.is_page:
        session.show(session.call(report.morning_page, **given))
    else:
        session.show(session.call(report.duty_list, **given))

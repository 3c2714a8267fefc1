"""夜间任务：查账、今日必办和到期的报表，写进当天的文件夹。 | The night: check, page of today, reports that are due."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from salesaid.core.errors import SalesaidError
from salesaid.core.text import Text
from salesaid.options import both, plain
from salesaid.session import Session

app = typer.Typer()

Out = Annotated[
    str | None,
    typer.Option(
        "--out", "-o", metavar=both("文件夹", "DIR"),
        help=both("写到哪个文件夹；每天一个子文件夹。", "The folder to write to; each day has one of its own in it."),
    ),
]  # fmt: skip
Day = Annotated[
    str | None,
    typer.Option(
        "--period", metavar=both("日期", "DAY"), help=both("哪一天的，默认今天。", "Which day's, by default today's.")
    ),
]
Format = Annotated[
    Literal["table", "json"], typer.Option("--format", "-f", help=both("输出格式。", "Format of the answer."))
]
WHERE = Text("写到哪个文件夹（--out）", "the folder to write to (--out)")


@app.command()
@plain
def nightly(session: Session, out: Out = None, period: Day = None, format_: Format = "table") -> int:
    """查账、今日必办、报表；退出码 1 有新错误，3 没做全。 | Check, today, reports. Exit 1: new errors, 3: not all done.

    salesaid nightly --out 每晚
    salesaid nightly --out 每晚 --period 昨天
    """
    from salesaid.nights import outcome as told
    from salesaid.nights.run import Occasion, run

    session.reading = session.reading._replace(format=format_)
    folder = session.here / session.given(out, WHERE)
    day = session.date_of(period, Text("--period 的日期", "the date of --period")) if period else session.today
    done = run(Occasion(session.folder, day, session.lang, session.user), folder, lambda error: _bug(session, error))
    if format_ == "json":
        from salesaid.render import as_json

        troubles = [as_json.error_data(each.error, session.lang) for each in done.troubles]
        session.screen.put(as_json.to_text(as_json.envelope(session.command, done.data, troubles)))
    else:
        session.say(told.summary(done))
        why = told.reason(done)
        if why is not None:
            session.warn(why)
    return done.exit_code


def _bug(session: Session, error: Exception) -> SalesaidError:
    from salesaid import bugs

    return bugs.written_down(error, session.words, bugs.folders_of(session.environ))

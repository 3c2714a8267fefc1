"""体检：每个文件怎么样，锁、索引、排队。 | Doctor: how every file stands, the lock, the index, what waits."""

from __future__ import annotations

import typer

from salesaid.options import reading
from salesaid.session import Session

app = typer.Typer()


@app.command()
@reading
def doctor(session: Session) -> int:
    """逐个文件体检；一切正常退出码为 0，有问题为 1。 | How every file stands; exit 0 where all is well, else 1.

    salesaid doctor
    salesaid doctor --format json
    """
    from salesaid.book.doctoring import health
    from salesaid.reports.doctor import doctor as report

    session.book.tells_lost = False  # that is what the answer is about
    found = health(session.book)
    session.show(report(found, session.lang))
    return 1 if found.problems else 0

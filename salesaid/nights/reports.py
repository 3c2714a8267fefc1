"""The reports that are due in a night, put together by the very code that `report` shows."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salesaid.book import Book
from salesaid.book.period_report import period_report
from salesaid.core.periods import Period, PeriodKind, before, holding, month_name
from salesaid.core.text import Text
from salesaid.render import Answer
from salesaid.screen import with_notes

_TITLES: dict[PeriodKind, Text] = {
    "day": Text("日报", "day"), "week": Text("周报", "week"), "month": Text("月报", "month"),
}  # fmt: skip


class Due(NamedTuple):
    """A report that is due, as its file is called."""

    period: Period

    @property
    def title(self) -> Text:
        """What it is and of when."""
        year, week, _ = self.period.first.isocalendar()
        names = {"day": self.period.first.isoformat(), "week": f"{year}-W{week:02}", "month": month_name(self.period)}
        return _TITLES[self.period.kind] + f" {names[self.period.kind]}"

    def answer(self, book: Book) -> Answer:
        """The report with all its sheets, of a book as it was on the period's last day."""
        answer = period_report(book, self.period, "workbook")
        return with_notes(answer, [*book.said, *book.left_out()])


def due(day: date, last_night: date | None, month_end: int) -> list[Due]:
    """The day's own report always; on a Monday that of the week before, on the first that of the month before.

    Where no night was run since a week or a month began, its first night makes up for that. Months are those of the
    book's accounts, whatever day they begin on.
    """
    found = [holding(day, "day", month_end)]
    kinds: tuple[PeriodKind, ...] = ("week", "month")
    for kind in kinds:
        now = holding(day, kind, month_end)
        if day == now.first or (last_night is not None and last_night < now.first):
            found.append(before(now))
    return [Due(period) for period in found]

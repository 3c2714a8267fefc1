"""The pages of a night: what has to be done, for all and for each person, and what the check found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from salesaid import ledgers
from salesaid.book import Book
from salesaid.book.checking import Since
from salesaid.book.without import unreadable, without
from salesaid.core.duties import Duty
from salesaid.core.errors import SalesaidError
from salesaid.core.findings import Accepted, Finding
from salesaid.core.kinds import TEXT
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Lang, Text, joined
from salesaid.reports.duty_list import morning_page
from salesaid.reports.finding_list import finding_page
from salesaid.screen import with_notes

_SOLVED = (
    Field("code", Text("代码", "Code"), TEXT),
    Field("file", Text("文件", "File"), TEXT),
    Field("message", Text("问题", "Message"), TEXT, folds=True),
)


class Morning(NamedTuple):
    """What has to be done: the pages are made of it, one at a time."""

    book: Book
    duties: list[Duty]
    notes: tuple[Note, ...]
    missing: Mapping[str, SalesaidError] = {}  # ledgers that it had to do without

    @property
    def people(self) -> list[str]:
        """Everybody who has something to do."""
        return sorted({name for duty in self.duties for name in duty.owners})

    def page(self, owner: str | None = None) -> Card:
        """The page of one person, or of all."""
        card = self.book.call(morning_page, {"owner": owner, "typed": None})
        said = with_notes(card, self.notes)
        assert isinstance(said, Card)
        return said._replace(title=said.title + self._lacks) if self.missing else said

    @property
    def _lacks(self) -> Text:
        """What is not in it: said where nobody overlooks it."""
        names = joined([ledgers.load(id_).title for id_ in self.missing])
        return Text(f"（缺{names.zh}）", f" (without {names.en})")


@contextmanager
def morning(book: Book) -> Iterator[Morning]:
    """What has to be done; where ledgers cannot be read, without them. Raises SalesaidError where that is no help."""
    try:
        found, part = _morning(book, {}), book
    except SalesaidError:
        missing = unreadable(book)
        if not missing:
            raise
        part = without(book, missing)
        found = _morning(part, missing)
    try:
        yield found
    finally:
        part.close()


def _morning(book: Book, missing: Mapping[str, SalesaidError]) -> Morning:
    duties: list[Duty] = book.supply("duties")
    notes = [_missing(id_, trouble) for id_, trouble in missing.items()]
    return Morning(book, duties, (*notes, *book.said, *book.left_out()), missing)


def _missing(id_: str, trouble: SalesaidError) -> Note:
    title, why = ledgers.load(id_).title, trouble.message
    text = Text(
        f"{title.zh}读不出来，下面没有算进它：{why.zh}", f"{title.en} cannot be read and is not in this: {why.en}"
    )
    return Note("without_ledger", "warning", text)


def check_page(since: Since, day: date, lang: Lang) -> Card:
    """What the check found: what is new first, then what is solved, then what was known."""
    tables = [*_found(Text("新", "New"), since.new, lang), *_solved(since.solved)]
    tables += _found(Text("已知", "Known"), since.known, lang)
    counts = Text(
        f"新 {len(since.new)} 处，已解决 {len(since.solved)} 处，已知 {len(since.known)} 处",
        f"{len(since.new)} new, {len(since.solved)} solved, {len(since.known)} known",
    )
    return Card(Text(f"查账 {day}", f"Check {day}"), tuple(tables), (Note("counts", "info", counts),))


def _found(title: Text, findings: Sequence[Finding], lang: Lang) -> Iterator[Table]:
    if findings:
        yield finding_page(findings, lang, ())._replace(title=title + f" {len(findings)}", notes=())


def _solved(solved: Sequence[Accepted]) -> Iterator[Table]:
    if solved:
        rows = [(each.code, each.file or None, each.message) for each in solved]
        yield Table(Text(f"已解决 {len(rows)}", f"Solved {len(rows)}"), _SOLVED, rows)

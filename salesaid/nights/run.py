"""One night: each part is done whatever became of the others; trouble is kept and told at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from salesaid import checks
from salesaid.book import Book, baselines, checking
from salesaid.book.checking import Since
from salesaid.book.finding import read_settings
from salesaid.core.errors import SalesaidError
from salesaid.core.findings import Accepted, Finding
from salesaid.core.text import Lang, Text
from salesaid.nights.folder import LOG, SEEN, Done, NightFolder
from salesaid.nights.names import file_names
from salesaid.nights.outcome import Outcome, Trouble, log_of
from salesaid.nights.pages import check_page, morning
from salesaid.nights.reports import Due, due
from salesaid.render import Answer, writer
from salesaid.render import Occasion as Rendered
from salesaid.screen import in_full

PAGES = (".md", ".html")
TODAY, CHECK = Text("今日必办", "today"), Text("查账", "check")


Bug = Callable[[Exception], SalesaidError]


class Occasion(NamedTuple):
    """Whose night it is, of which day and in which language."""

    folder: Path
    day: date
    lang: Lang
    user: str

    @property
    def month_end(self) -> int:
        """The last day of the months of the book's accounts."""
        return read_settings(self.folder)[0].report_month_end

    @contextmanager
    def book(self, day: date | None = None) -> Iterator[Book]:
        """The book as it is on a day, by default the night's own; its files are let go afterwards."""
        book = Book(self.folder, day or self.day, self.lang, self.user, exact=True)
        book.tells_later = False  # what is dated after the day is the next night's
        try:
            yield book
        finally:
            book.close()


class _Night:
    """What a run has come to so far."""

    def __init__(self, occasion: Occasion, folder: NightFolder, bug: Bug) -> None:
        self.occasion = occasion
        self._bug = bug
        self.folder = folder
        self.files: list[str] = []
        self.troubles: list[Trouble] = []
        self.since: Since | None = None
        self.duties: int | None = None
        self.people: list[str] = []

    @contextmanager
    def part(self, what: Text) -> Iterator[None]:
        """A part of the night: what goes wrong in it ends no other."""
        try:
            yield
        except SalesaidError as trouble:
            self.meet(what, trouble)
        except Exception as error:  # noqa: BLE001 - a bug in one report must not cost the office the others
            self.meet(what, self._bug(error))

    def meet(self, what: Text, trouble: SalesaidError) -> None:
        """Keep trouble, once for whatever it kept from being done."""
        self.troubles.append(Trouble(what, trouble))

    def save(self, name: str, answer: Answer, command: str) -> None:
        """One file of the day, whole or not at all; a workbook is opened again before it counts."""
        occasion, ending = self.occasion, Path(name).suffix
        to_file = writer(ending)
        assert to_file is not None
        answer = in_full(answer)
        content = to_file(answer, Rendered(occasion.lang, command, occasion.day))
        if ending == ".xlsx":
            from salesaid.render.check_workbook import check_again

            check_again(content, answer, occasion.lang)
        self.folder.write(name, content)
        self.files.append(name)

    def save_page(self, stem: str, answer: Answer, command: str) -> None:
        """A page in each format that is made to be read."""
        for ending in PAGES:
            if writer(ending) is not None:
                self.save(f"{stem}{ending}", answer, command)


def run(occasion: Occasion, out: Path, bug: Bug) -> Outcome:
    """The night of a day, into its folder. The same book and the same nights before it give the same files.

    `bug` writes down what is none of ours and answers it as trouble.

    Raises IsOfTheBook, AnotherNight, FolderMissing, OutIsNoFolder and what keeps anything from being written.
    """
    folder = NightFolder(out, occasion.day)
    with occasion.book() as book:
        book.require_not_ours(folder.path(LOG))
    with folder.alone():
        night = _Night(occasion, folder, bug)
        for what, part in ((CHECK, _check), (TODAY, _pages)):
            with night.part(what):
                part(night)
        for report in due(occasion.day, folder.before(), occasion.month_end):
            with night.part(report.title):
                _report(night, report)
        outcome = _outcome(night)
        folder.write(LOG, log_of(outcome, occasion.lang).encode("utf-8", "surrogatepass"))
        folder.finish(Done((*night.files, LOG), tuple(night.people)))
    return outcome


def _check(night: _Night) -> None:
    """The check, held against the last one before this day; what it found is what the next one is held against."""
    accepted = night.folder.seen_before()
    with night.occasion.book() as book:
        checked = checking.run(book, checks.selected((), ()))
    night.since = checking.since(checked, accepted)
    lang = night.occasion.lang
    night.save_page(CHECK.in_(lang), check_page(night.since, night.occasion.day, lang), "check")
    not_asked = [each for each in accepted if each.code not in checked.codes]
    baselines.write(night.folder.path(SEEN), _by_fingerprint([*not_asked, *_accepted(checked.findings)]))
    night.files.append(SEEN)


def _accepted(findings: list[Finding]) -> list[Accepted]:
    return [each.accepted for each in findings]


def _by_fingerprint(accepted: list[Accepted]) -> list[Accepted]:
    return list({each.fingerprint: each for each in accepted}.values())


def _pages(night: _Night) -> None:
    """The page of the morning, and one for each person; whoever had one earlier that day is told what is left."""
    with night.occasion.book() as book, morning(book) as found:
        for trouble in found.missing.values():
            night.meet(TODAY, trouble)
        night.duties = len(found.duties)
        stem = TODAY.in_(night.occasion.lang)
        night.save_page(stem, found.page(), "today")
        night.people = sorted({*found.people, *night.folder.done().people})
        for person, name in file_names(night.people).items():
            night.save_page(f"{stem}-{name}", found.page(person), "today")


def _report(night: _Night, report: Due) -> None:
    """The workbook of one period, of the book as it was on its last day."""
    lang = night.occasion.lang
    with night.occasion.book(report.period.last) as book:
        night.save(
            f"{report.title.in_(lang).replace(' ', '-')}.xlsx", report.answer(book), f"report {report.period.kind}"
        )


def _outcome(night: _Night) -> Outcome:
    return Outcome(
        night.occasion.day, night.since, night.duties, tuple(night.files), tuple(night.troubles), night.folder.own
    )

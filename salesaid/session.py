"""What a command may touch: the book, the day, the language, the terminal; each can be given another in a test."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from salesaid.argv import Globals, login, spoken
from salesaid.book import Book
from salesaid.book.finding import NoBook, find_book, read_settings
from salesaid.core import blanks
from salesaid.core.dates import parse_date
from salesaid.core.entries import Decision
from salesaid.core.kinds import Reading, Unreadable
from salesaid.core.tables import Note
from salesaid.core.text import Lang, Text
from salesaid.given import ReadingOptions, WritingOptions
from salesaid.refusals import Missing, NotConfirmed, UnreadableValue, require_order
from salesaid.render import Answer
from salesaid.render.lines import Style
from salesaid.screen import Manner, Screen, Streams, label, posted_data, receipt_of, said_of, save, spread, with_notes

if TYPE_CHECKING:
    from salesaid.book.posting import Posted
    from salesaid.settings import Settings

T = TypeVar("T")

SHANGHAI = "Asia/Shanghai"
_IN_SHANGHAI = timezone(timedelta(hours=8))  # all year since 1992, and 3 ms quicker than to look it up


def open_session(globals_: Globals, environ: Mapping[str, str], streams: Streams) -> Session:
    """The session of one command line. A book is looked for, but only a command that needs one misses it."""
    return Session(globals_, environ, streams)


class Session:
    """One run of one command."""

    def __init__(
        self, globals_: Globals, environ: Mapping[str, str], streams: Streams, here: Path | None = None
    ) -> None:
        self.environ = environ
        self.streams = streams
        self.screen = Screen(streams, environ)
        self.command = ""
        self.words: Sequence[str] = ()
        self.reading = ReadingOptions()
        self.writing = WritingOptions()
        self._globals = globals_
        self.here = here or Path.cwd()
        self._missing: NoBook | None = None
        self._folder, self._settings = self._found()
        self.lang = self._spoken()

    def _found(self) -> tuple[Path | None, Settings | None]:
        given = self._globals.book or self.environ.get("SALESAID_BOOK") or None
        try:
            folder = find_book(given, self.here)
        except NoBook as missing:
            self._missing = missing
            return None, None
        return folder, read_settings(folder)[0]

    def _spoken(self) -> Lang:
        asked = self._globals.lang or self.environ.get("SALESAID_LANG")
        own = self._settings.language if self._settings else None
        return own if own and not asked else spoken(self._globals.lang, self.environ)

    # ── the day and the person ───────────────────────────────────────────────────────────────────

    @cached_property
    def today(self) -> date:
        """The one day that rules this run: --today, SALESAID_TODAY, the book's as_of, the clock where the book is."""
        given = self._globals.today or self.environ.get("SALESAID_TODAY")
        day = self.date_of(given, Text("--today 的日期", "the date of --today"), base=self._clock()) if given else None
        own = self._settings.as_of if self._settings else None
        return day or own or self._clock()

    def _clock(self) -> date:
        if self._settings is None or self._settings.timezone == SHANGHAI:
            return datetime.now(_IN_SHANGHAI).date()
        from salesaid.settings import zone_of

        return datetime.now(zone_of(self._settings)).date()

    @cached_property
    def user(self) -> str:
        """Who I am: SALESAID_USER, else the login."""
        return login(self.environ)

    def date_of(
        self, text: str, what: Text, *, base: date | None = None, ahead: bool = False, year: int | None = None
    ) -> date:  # fmt: skip
        """A date as it was typed; words and +7 count from `base`, by default today. Raises UnreadableValue.

        Of a month and a day the year is `year`, by default the base's; where a date lies `ahead`, by default the next
        year's once it has passed.
        """
        try:
            return parse_date(text, Reading(base or self.today, year=year, ahead=ahead))
        except Unreadable as trouble:
            raise UnreadableValue(what, trouble) from trouble

    @property
    def day(self) -> date:
        """The date of the rows that a writing command writes."""
        given = self.writing.date
        return self.date_of(given, Text("日期", "the date")) if given else self.today

    # ── the book ─────────────────────────────────────────────────────────────────────────────────

    @property
    def folder(self) -> Path:
        """The book's folder. Raises NoBook."""
        if self._folder is None:
            raise self._missing or NoBook(self.here)
        return self._folder

    @cached_property
    def book(self) -> Book:
        """The book as this command is to see it. Raises NoBook."""
        book = Book(self.folder, self.as_of or self.today, self.lang, self.user, exact=not self._is_writing)
        book.watch = None if self.is_json else self.screen.bar(self.lang)
        return book

    _is_writing = False
    _first: date | None = None
    _last: date | None = None

    def close(self) -> None:
        """Let all files go, once the command has answered; one that was refused has not said yet what it settled."""
        if "book" in self.__dict__:
            self._tell_of_files()
            self.book.let_go()
            self._itself = self  # a circle, which nothing takes apart: all that was read ends with the run, and sooner

    def call(self, function: Callable[..., T], **given: Any) -> T:
        """Call a pure function with what its signature names from the book."""
        return self.book.call(function, given)

    def post(self, decide: Callable[..., Decision], **given: Any) -> Posted:
        """Decide and post under the lock, or only show what would be with --dry-run; then say it."""
        self._is_writing = True
        options = self.writing
        if options.dry_run:
            posted = self.book.try_out(decide, given, literal=options.literal)
        else:
            posted = self.book.post(
                decide, given, command=self.line, name=self.command, request_id=options.request_id,
                literal=options.literal,
            )  # fmt: skip
        self.answer(posted)
        return posted

    def undo(self, receipt: str | None) -> None:
        """Take back the newest post, and say what that was."""
        self._is_writing = True
        options = self.writing
        self.answer(self.book.undo(receipt, command=self.line, dry_run=options.dry_run, request_id=options.request_id))

    @property
    def line(self) -> str:
        """The command line, ready to be typed again."""
        return shlex.join(["salesaid", *self.words])

    def complete(self, kind: str, incomplete: str) -> list[str]:
        """What the shell may offer for a value."""
        from salesaid.book.completing import offers

        return [text for text in offers(self.book, kind) if text.casefold().startswith(incomplete.casefold())]

    # ── the terminal ─────────────────────────────────────────────────────────────────────────────

    @property
    def on_terminal(self) -> bool:
        """Whether a person sits there who can be asked."""
        return self.screen.is_terminal

    @property
    def is_json(self) -> bool:
        """Whether the answer is for a script."""
        return "json" in {self.reading.format, self.writing.format}

    def ask(self, what: Text, kind: str = "", hint: Text | None = None) -> str:
        """What a person types for a missing argument. Raises Missing where nobody can be asked."""
        if not self.on_terminal or self.is_json:
            raise Missing(what, hint)
        offers = self.complete(kind, "") if kind else []
        return self.screen.ask(f"{label(what, self.lang)}: ", offers) or self.ask(what, kind, hint)

    def given(self, value: str | None, what: Text, kind: str = "") -> str:
        """A needed value: as given, else asked for."""
        return value.strip() if value and value.strip() else self.ask(what, kind)

    def ask_or(self, what: Text, default: str) -> str:
        """What a person types, or the default where they only press Enter. Only for a terminal."""
        return self.screen.ask(f"{label(what, self.lang)} [{default}]: ") or default

    def name_of(self, kind: str, typed: str | None) -> str | None:
        """The canonical name of a product, customer or supplier as typed; None where nothing was."""
        if typed is None:
            return None
        if not typed.strip() or typed.strip() in (*blanks.CUSTOMER.blank, *blanks.PRODUCT.blank):
            return ""  # rows without a name, as lists show them
        return str(self.book.supply("catalogue" if kind == "product" else f"{kind}_names").match(typed).name)

    @property
    def as_of(self) -> date | None:
        """The day of --as-of; None where none was given."""
        return self._day_of("--as-of", self.reading.as_of)

    def since(self, text: str | None) -> date | None:
        """The first day of --since. Raises TurnedPeriod."""
        self._first = self._day_of("--since", text)
        require_order(self._first, self._last)
        return self._first

    def until(self, text: str | None) -> date | None:
        """The last day of --until. Raises TurnedPeriod."""
        self._last = self._day_of("--until", text)
        require_order(self._first, self._last)
        return self._last

    def _day_of(self, option: str, text: str | None) -> date | None:
        return self.date_of(text, Text(f"{option} 的日期", f"the date of {option}")) if text else None

    def confirm(self, question: Text) -> None:
        """Go on only if a person says yes, or said so with --yes. Raises NotConfirmed."""
        if self.writing.yes:
            return
        if not self.on_terminal or self.is_json:
            raise NotConfirmed(question)
        if self.screen.ask(f"{question.in_(self.lang)} [y/N] ").strip().lower() not in {"y", "yes", "是"}:
            raise NotConfirmed(question)

    def say(self, text: Text, style: Style = "plain") -> None:
        """One line for a person, on stdout."""
        self.screen.say(text.in_(self.lang), style)

    def warn(self, text: Text) -> None:
        """One line of warning, on stderr."""
        self.screen.warn((Text("注意：", "note: ") + text).in_(self.lang))

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    @property
    def manner(self) -> Manner:
        """How answers are to look."""
        width = self._settings.ambiguous_width if self._settings else 1
        return Manner(self.lang, width, self.command, self.today)

    def _unsaid(self) -> list[Note]:
        """What is to be said of the files, once."""
        if "book" not in self.__dict__:
            return []
        said, self.book.said = self.book.said, []
        return said

    def show(self, answer: Answer) -> None:
        """A table or a card in the format asked for, on stdout or into the file that --out names."""
        left_out = self.book.left_out() if "book" in self.__dict__ else []
        answer = with_notes(answer, [*(self._unsaid() if self.is_json else ()), *left_out])
        self._tell_of_files()
        if self.reading.format == "csv" or self.reading.out:  # where notes have no place, or nobody looks at once
            for note in spread(left_out):
                self.warn(note.text)
        if self.reading.out:
            if "book" in self.__dict__:
                self.book.require_not_ours(self.here / self.reading.out)
            self.say(save(answer, self.here, self.reading.out, self.manner), "dim")
        else:
            self.screen.put(self.screen.rendered(answer, self.reading.format, self.manner))

    def answer(self, posted: Posted) -> None:
        """What a post came to, for a person or a script."""
        if self.writing.format == "json":
            from salesaid.render import as_json

            data = posted_data(posted, self._unsaid(), self.lang)
            self.screen.put(as_json.to_text(as_json.envelope(self.command, data)))
            return
        self._tell_of_files()
        self.say(said_of(posted), "bold")
        if posted.decision is not None and posted.decision.shown is not None:
            self.screen.put(self.screen.table(posted.decision.shown, self.manner))
        for note in posted.notes:
            self.warn(note.text) if note.level == "warning" else self.say(note.text, "dim")
        receipt = receipt_of(posted)
        if receipt is not None:
            self.say(receipt, "dim")

    def _tell_of_files(self) -> None:
        for note in self._unsaid():
            self.warn(note.text)

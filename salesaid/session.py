"""What a command may touch: the book, the day, the language, the terminal; each can be given another in a test."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TextIO, TypeVar

from salesaid.argv import Globals, spoken
from salesaid.book import Book
from salesaid.book.finding import NoBook, find_book, read_settings
from salesaid.book.posting import Posted
from salesaid.core.dates import parse_date
from salesaid.core.entries import Decision, Entry
from salesaid.core.errors import FileTrouble, Refused
from salesaid.core.kinds import Reading, Unreadable
from salesaid.core.tables import Note
from salesaid.core.text import Lang, Text
from salesaid.render import Answer, Occasion, writer
from salesaid.render.lines import Style, line, write

if TYPE_CHECKING:
    from salesaid.settings import Settings

T = TypeVar("T")


class ReadingOptions(NamedTuple):
    """The shared options of a reading command, as typed."""

    format: str = "table"
    out: str | None = None
    as_of: str | None = None


class WritingOptions(NamedTuple):
    """The shared options of a writing command, as typed."""

    date: str | None = None
    note: str | None = None
    dry_run: bool = False
    format: str = "table"
    request_id: str | None = None
    yes: bool = False
    literal: bool = False


class Streams(Protocol):
    """Where a run reads from and writes to."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO


class Missing(Refused):
    """An argument that the command needs was not given, and there is no terminal to ask on."""

    def __init__(self, what: Text, hint: Text | None = None) -> None:
        super().__init__(Text(f"缺少{what.zh}", f"{what.en} is missing"), hint)


class BadValue(Refused):
    """A value that was typed is not of its kind."""

    def __init__(self, what: Text, trouble: Unreadable) -> None:
        super().__init__(
            Text(f"{what.zh}“{trouble.text}”看不懂", f"{what.en} “{trouble.text}” cannot be read"),
            Text(f"可以写：{trouble.accepted.zh}", f"accepted: {trouble.accepted.en}"),
        )


class UnknownEnding(Refused):
    """--out names a file whose ending is no format."""

    def __init__(self, path: str) -> None:
        super().__init__(
            Text(f"不知道 {path} 要写成哪种格式", f"{path} has no ending that is a format"),
            Text("请用 .xlsx .csv .json .md 结尾", "let it end in .xlsx, .csv, .json or .md"),
        )


class NotSaved(FileTrouble):
    """The file that --out names cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(Text(f"{path} 写不下：{reason}", f"{path} cannot be written: {reason}"))


class NotConfirmed(Refused):
    """A person said no, or could not be asked."""

    def __init__(self, question: Text) -> None:
        super().__init__(
            Text(f"没有得到确认：{question.zh}", f"not confirmed: {question.en}"),
            Text("确认无误请加 --yes", "to confirm, add --yes"),
        )


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
        self.command = ""
        self.words: Sequence[str] = ()
        self.reading = ReadingOptions()
        self.writing = WritingOptions()
        self._globals = globals_
        self._here = here or Path.cwd()
        self._missing: NoBook | None = None
        self._folder, self._settings = self._found()
        self.lang = self._spoken()

    def _found(self) -> tuple[Path | None, Settings | None]:
        given = self._globals.book or self.environ.get("SALESAID_BOOK") or None
        try:
            folder = find_book(given, self._here)
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
        from zoneinfo import ZoneInfo

        return datetime.now(ZoneInfo(self._settings.timezone if self._settings else "Asia/Shanghai")).date()

    @cached_property
    def user(self) -> str:
        """Who I am: SALESAID_USER, else the login."""
        name = self.environ.get("SALESAID_USER") or self.environ.get("USER") or self.environ.get("USERNAME")
        if name:
            return name
        from getpass import getuser

        try:
            return getuser()
        except (KeyError, OSError, ImportError):
            return ""

    def date_of(self, text: str, what: Text, *, base: date | None = None, ahead: bool = False) -> date:
        """A date as it was typed; words and +7 count from `base`, by default today. Raises BadValue."""
        try:
            return parse_date(text, Reading(base or self.today, None, (base or self.today).year, ahead))
        except Unreadable as trouble:
            raise BadValue(what, trouble) from trouble

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
            raise self._missing or NoBook(self._here)
        return self._folder

    @cached_property
    def book(self) -> Book:
        """The book as this command is to see it. Raises NoBook."""
        as_of = self.reading.as_of
        day = self.date_of(as_of, Text("--as-of 的日期", "the date of --as-of")) if as_of else self.today
        return Book(self.folder, day, self.lang, self.user, exact=not self._is_writing)

    _is_writing = False

    def close(self) -> None:
        """Let all files go, once the command has answered."""
        if "book" in self.__dict__:
            self.book.close()

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
                decide,
                given,
                command=self.line,
                name=self.command,
                request_id=options.request_id,
                literal=options.literal,
            )
        self.answer(posted)
        return posted

    def undo(self, receipt: str | None) -> None:
        """Take back the newest post, and say what that was."""
        self._is_writing = True
        self.answer(self.book.undo(receipt, command=self.line, dry_run=self.writing.dry_run))

    @property
    def line(self) -> str:
        """The command line, ready to be typed again."""
        return shlex.join(["salesaid", *self.words])

    def complete(self, kind: str, incomplete: str) -> list[str]:
        """What the shell may offer for a value."""
        from salesaid.book.completing import offers

        return [text for text in offers(self.book, kind) if text.casefold().startswith(incomplete.casefold())]

    def make_book(self, folder: str, store: str) -> Path:
        """A new book in a folder that is none yet. Raises IsBook, BadSetting."""
        from salesaid.book.making import make

        return make(self._here / folder if not Path(folder).is_absolute() else Path(folder), self.lang, store)

    def copy_sample(self, folder: str, *, or_next: bool) -> str:
        """A copy of the sample book; under the next free name where the folder is a book and `or_next` allows it."""
        from salesaid.book.sample import copy_sample

        names = [folder, *(f"{folder}-{count}" for count in range(2, 1000))] if or_next else [folder]
        free = next((name for name in names if not (self._here / name).exists()), folder)
        copy_sample(self._here / free)
        return free

    # ── the terminal ─────────────────────────────────────────────────────────────────────────────

    @cached_property
    def on_terminal(self) -> bool:
        """Whether a person sits there who can be asked."""
        return self.streams.stdin.isatty() and self.streams.stdout.isatty()

    @property
    def is_json(self) -> bool:
        """Whether the answer is for a script."""
        return "json" in {self.reading.format, self.writing.format}

    def ask(self, what: Text, kind: str = "", hint: Text | None = None) -> str:
        """What a person types for a missing argument. Raises Missing where nobody can be asked."""
        if not self.on_terminal or self.is_json:
            raise Missing(what, hint)
        from salesaid import asking

        offers = self.complete(kind, "") if kind else []
        return asking.ask(f"{what.in_(self.lang)}: ", offers, self.streams.stdin, self.streams.stdout) or self.ask(
            what, kind, hint
        )

    def given(self, value: str | None, what: Text, kind: str = "") -> str:
        """A needed value: as given, else asked for."""
        return value.strip() if value and value.strip() else self.ask(what, kind)

    def ask_or(self, what: Text, default: str) -> str:
        """What a person types, or the default where they only press Enter. Only for a terminal."""
        from salesaid import asking

        prompt = f"{what.in_(self.lang)} [{default}]: "
        return asking.ask(prompt, [], self.streams.stdin, self.streams.stdout) or default

    def name_of(self, kind: str, typed: str | None) -> str | None:
        """The canonical name of a product, customer or supplier as typed; None where nothing was."""
        if typed is None:
            return None
        known = self.book.supply("catalogue" if kind == "product" else f"{kind}_names")
        return str(known.match(typed).name)

    def since(self, text: str | None) -> date | None:
        """The first day of --since."""
        return self.date_of(text, Text("--since 的日期", "the date of --since")) if text else None

    def until(self, text: str | None) -> date | None:
        """The last day of --until."""
        return self.date_of(text, Text("--until 的日期", "the date of --until")) if text else None

    def confirm(self, question: Text) -> None:
        """Go on only if a person says yes, or said so with --yes. Raises NotConfirmed."""
        if self.writing.yes:
            return
        if not self.on_terminal or self.is_json:
            raise NotConfirmed(question)
        from salesaid import asking

        text = f"{question.in_(self.lang)} [y/N] "
        if asking.ask(text, [], self.streams.stdin, self.streams.stdout).strip().lower() not in {"y", "yes", "是"}:
            raise NotConfirmed(question)

    def say(self, text: Text, style: Style = "plain") -> None:
        """One line for a person, on stdout."""
        self._line(self.streams.stdout, text, style)

    def warn(self, text: Text) -> None:
        """One line of warning, on stderr."""
        self._line(self.streams.stderr, Text("注意：", "note: ") + text, "warning")

    def _line(self, stream: TextIO, text: Text, style: Style) -> None:
        color = stream.isatty() and not self.environ.get("NO_COLOR")
        write(line(text.in_(self.lang), color=color, style=style) + "\n", stream)

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def show(self, answer: Answer) -> None:
        """A table or a card in the format asked for, on stdout or into the file that --out names."""
        self._tell_of_files()
        if self.reading.out:
            self._save(answer, self.reading.out)
            return
        self.streams.stdout.write(self._rendered(answer))

    def _rendered(self, answer: Answer) -> str:
        if self.reading.format == "json":
            from salesaid.render import as_json

            return as_json.to_text(as_json.envelope(self.command, as_json.answer_data(answer, self.lang)))
        if self.reading.format == "csv":
            from salesaid.render import as_csv

            return as_csv.to_text(answer, on_terminal=self.streams.stdout.isatty())
        if self.reading.format == "md":
            from salesaid.render import as_markdown

            return as_markdown.to_text(answer, self.lang)
        return self._as_table(answer)

    def _as_table(self, answer: Answer) -> str:
        from salesaid.render import as_terminal

        stream = self.streams.stdout
        width = self._width() if stream.isatty() else None
        return as_terminal.render(
            answer,
            lang=self.lang,
            width=width,
            color=width is not None and not self.environ.get("NO_COLOR"),
            ambiguous_width=self._settings.ambiguous_width if self._settings else 1,
            encoding=stream.encoding or "utf-8",
        )

    def _width(self) -> int:
        columns = self.environ.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return int(columns)
        try:
            return os.get_terminal_size(self.streams.stdout.fileno()).columns
        except (OSError, ValueError):
            return 80

    def _save(self, answer: Answer, name: str) -> None:
        to_file = writer(Path(name).suffix)
        if to_file is None:
            raise UnknownEnding(name)
        from salesaid.storage.whole_file import put

        put(Path(name), to_file(answer, Occasion(self.lang, self.command, self.today)))
        self.say(Text(f"已写入 {name}", f"written to {name}"), "dim")

    def _tell_of_files(self) -> None:
        for text in self.book.said if "book" in self.__dict__ else ():
            self.warn(text)

    def answer(self, posted: Posted) -> None:
        """What a post came to, for a person or a script."""
        if self.writing.format == "json":
            from salesaid.render import as_json

            data = posted_data(posted, self.book.said, self.lang)
            self.streams.stdout.write(as_json.to_text(as_json.envelope(self.command, data)))
            return
        self._tell_of_files()
        self.say(posted.said, "bold")
        if posted.decision is not None and posted.decision.shown is not None:
            self.streams.stdout.write(self._as_table(posted.decision.shown))
        for note in posted.notes:
            self._note(note)
        self._receipt(posted)

    def _note(self, note: Note) -> None:
        if note.level == "warning":
            self.warn(note.text)
        else:
            self.say(note.text, "dim")

    def _receipt(self, posted: Posted) -> None:
        if posted.dry_run:
            self.say(Text("演示：什么也没有写入", "dry run: nothing was written"), "dim")
        elif posted.receipt:
            where = "、".join(dict.fromkeys(entry.ledger for entry in posted.entries))
            del where
            self.say(
                Text(
                    f"回执 {posted.receipt} · 撤销：salesaid undo",
                    f"receipt {posted.receipt} · take back: salesaid undo",
                ),
                "dim",
            )


def posted_data(posted: Posted, said: Sequence[Text], lang: Lang) -> dict[str, Any]:
    """A post as scripts see it."""
    notes = [{"code": note.code, "level": note.level, "text": note.text.in_(lang)} for note in posted.notes]
    notes += [{"code": "settled", "level": "warning", "text": text.in_(lang)} for text in said]
    data: dict[str, Any] = {
        "no": posted.no,
        "receipt": posted.receipt,
        "entries": [
            *(_entry_data(entry) for entry in posted.entries),
            *({"ledger": edit.ledger, "row": dict(edit.row)} for edit in posted.edits),
        ],
        "notes": notes,
    }
    return data | ({"dry_run": True} if posted.dry_run else {})


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {"ledger": entry.ledger, "row": {id_: value for id_, value in entry.row.items() if value not in {None, ""}}}

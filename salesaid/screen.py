"""The terminal and the answers on it: lines, questions, tables, the file that --out names."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TextIO

from salesaid import ledgers
from salesaid.core.entries import Entry
from salesaid.core.errors import Refused
from salesaid.core.tables import NAMED, Card, Note, Report, Table
from salesaid.core.text import Lang, Text
from salesaid.render import ENDINGS, Answer, Occasion, writer
from salesaid.render.figures import exact
from salesaid.render.lines import Style, line, write

if TYPE_CHECKING:
    from salesaid.book.posting import Posted
    from salesaid.progress import Bar

_USUAL_WIDTH = 80


class Streams(Protocol):
    """Where a run reads from and writes to."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO


class UnknownEnding(Refused):
    """--out names a file whose ending is no format."""

    def __init__(self, path: str) -> None:
        super().__init__(
            Text(f"不知道 {path} 要写成哪种格式", f"{path} has no ending that is a format"),
            Text("请用 .xlsx .html .csv .json .md 结尾", "let it end in .xlsx, .html, .csv, .json or .md"),
        )


class Manner(NamedTuple):
    """How answers are to look: the language, the width of signs like —, the command that is answered, its day."""

    lang: Lang
    ambiguous_width: int
    command: str
    day: date


class Screen:
    """The streams of one run, as a person or a script sees them."""

    def __init__(self, streams: Streams, environ: Mapping[str, str]) -> None:
        self._streams = streams
        self._environ = environ

    @cached_property
    def is_terminal(self) -> bool:
        """Whether a person sits there who can be asked."""
        return self._streams.stdin.isatty() and self._streams.stdout.isatty()

    def ask(self, prompt: str, offers: Sequence[str] = ()) -> str:
        """One line that a person types."""
        from salesaid import asking

        return asking.ask(prompt, offers, self._streams.stdin, self._streams.stdout)

    def say(self, text: str, style: Style = "plain") -> None:
        """One line on stdout."""
        self._line(self._streams.stdout, text, style)

    def warn(self, text: str) -> None:
        """One line of warning on stderr."""
        self._line(self._streams.stderr, text, "warning")

    def bar(self, lang: Lang) -> Bar | None:
        """What shows on a terminal how far a long read has come."""
        if not self._streams.stderr.isatty():
            return None
        from salesaid.progress import Bar

        return Bar(self._streams.stderr, lang)

    def _line(self, stream: TextIO, text: str, style: Style) -> None:
        write(line(text, color=self._is_coloured(stream), style=style) + "\n", stream)

    def _is_coloured(self, stream: TextIO) -> bool:
        return stream.isatty() and not self._environ.get("NO_COLOR")

    def put(self, text: str) -> None:
        """Text that is already fit to be shown, on stdout."""
        self._streams.stdout.write(text)

    def rendered(self, answer: Answer, format_: str, manner: Manner) -> str:
        """An answer in one of the formats of a reading command."""
        if format_ == "json":
            from salesaid.render import as_json

            return as_json.to_text(as_json.envelope(manner.command, as_json.answer_data(answer, manner.lang)))
        if format_ == "csv":
            from salesaid.render import as_csv

            return as_csv.to_text(answer, on_terminal=self._streams.stdout.isatty())
        if format_ == "md":
            from salesaid.render import as_markdown

            return as_markdown.to_text(in_full(answer), manner.lang)
        return self.table(answer, manner)

    def table(self, answer: Answer, manner: Manner) -> str:
        """An answer as a terminal shows it; whole and without colour where it is none."""
        from salesaid.render import as_terminal

        stream = self._streams.stdout
        width = self._width() if stream.isatty() else None
        return as_terminal.render(
            answer,
            lang=manner.lang,
            width=width,
            color=self._is_coloured(stream),
            ambiguous_width=manner.ambiguous_width,
            encoding=stream.encoding or "utf-8",
        )

    def _width(self) -> int:
        columns = self._environ.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return int(columns)
        try:
            return os.get_terminal_size(self._streams.stdout.fileno()).columns
        except (OSError, ValueError):
            return _USUAL_WIDTH


def require_place(folder: Path, name: str) -> None:
    """Say at once, before anything is worked out, that a file could not be written.

    Raises UnknownEnding, FolderMissing.
    """
    path = folder / name
    if path.suffix.lower() not in ENDINGS:
        raise UnknownEnding(name)
    if not path.parent.exists():
        from salesaid.storage.trouble import FolderMissing

        raise FolderMissing(path)


def save(answer: Answer, folder: Path, name: str, manner: Manner) -> Text:
    """Write an answer to a file, whole or not at all; a workbook is opened again before it counts.

    Answers the sentence that tells where it lies: beside the file that was named, where a person has that open.
    """
    path = folder / name
    to_file = writer(path.suffix)
    if to_file is None:
        raise UnknownEnding(name)
    from salesaid.storage.handing_out import hand_out, no_room_to_work

    if path.suffix.lower() != ".json":
        answer = in_full(answer)
    try:
        data = to_file(answer, Occasion(manner.lang, manner.command, manner.day))
    except OSError as error:  # openpyxl makes sheets in the folder for temporary files
        raise no_room_to_work(path) from error
    if path.suffix.lower() == ".xlsx":
        from salesaid.render.check_workbook import check_again

        check_again(data, answer, manner.lang)
    handed = hand_out(path, data)
    if handed.why is None:
        return Text(f"已写入 {name}", f"written to {name}")
    other = Path(name).with_name(handed.path.name)
    return handed.why + Text(f"，已另写入 {other}", f", so this is written to {other}")


def with_notes(answer: Answer, said: Sequence[Note]) -> Answer:
    """The answer with what a person should know of the files."""
    if not said:
        return answer
    return answer._replace(notes=(*said, *answer.notes)) if isinstance(answer, Table | Card | Report) else answer


def in_full(answer: Answer) -> Answer:
    """The answer with a note of its own for every row that its notes only count: for files, which have the room."""
    if isinstance(answer, Report):
        sheets = tuple(map(_sheet_in_full, answer.sheets))
        return answer._replace(notes=spread(answer.notes), sheets=sheets)
    return _sheet_in_full(answer)


def _sheet_in_full(answer: Table | Card) -> Table | Card:
    if isinstance(answer, Card):
        tables = tuple(table._replace(notes=spread(table.notes)) for table in answer.tables)
        return answer._replace(notes=spread(answer.notes), tables=tables)
    return answer._replace(notes=spread(answer.notes))


def spread(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes, each followed by the rows that its sentence has no room for."""
    found: list[Note] = []
    for note in notes:
        found.append(note)
        for each in note.rows[NAMED:]:
            text = Text(
                f"{each.file} 第 {each.row} 行 {each.reason.zh}", f"{each.file} row {each.row}: {each.reason.en}"
            )
            found.append(Note(note.code, note.level, text))
    return tuple(found)


def label(what: Text, lang: Lang) -> str:
    """What is asked for, as it stands before the answer."""
    return f"{what.en[:1].upper()}{what.en[1:]}" if lang == "en" else what.zh


def said_of(posted: Posted) -> Text:
    """What a post came to, in one sentence; of a dry run what it would come to."""
    decided = posted.decision
    has_nothing_to_do = decided is not None and not (decided.entries or decided.edits or decided.settles)
    if not posted.dry_run or has_nothing_to_do:
        return posted.said
    zh = posted.said.zh
    done = re.match(r"(|.*? )已(.*)", zh, re.DOTALL)
    before, after = (done[1], done[2]) if done else ("", f"：{zh}")
    return Text(f"{before}将{after}", f"would be: {posted.said.en}")


def receipt_of(posted: Posted) -> Text | None:
    """What undo takes, or that nothing was written; None where nothing had to be."""
    if posted.dry_run:
        return Text("演示：什么也没有写入", "dry run: nothing was written")
    if not posted.receipt:
        return None
    return Text(f"回执 {posted.receipt} · 撤销：salesaid undo", f"receipt {posted.receipt} · take back: salesaid undo")


def posted_data(posted: Posted, said: Sequence[Note], lang: Lang) -> dict[str, Any]:
    """A post as scripts see it."""
    notes = [{"code": note.code, "level": note.level, "text": note.text.in_(lang)} for note in (*posted.notes, *said)]
    data: dict[str, Any] = {
        "no": posted.no,
        "receipt": posted.receipt,
        "entries": [
            *(_entry_data(entry) for entry in posted.entries),
            *({"ledger": edit.ledger, "row": dict(edit.row)} for edit in posted.edits),
        ],
        "notes": notes,
    }
    return data | ({"dry_run": True} if posted.dry_run else {}) | ({"queued": True} if posted.queued else {})


def _entry_data(entry: Entry) -> dict[str, Any]:
    column = ledgers.load(entry.ledger).column
    cells = {id_: exact(column(id_).kind, value) for id_, value in entry.row.items() if value not in {None, ""}}
    return {"ledger": entry.ledger, "row": cells}

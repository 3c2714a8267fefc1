"""What a night came to: its line for whoever watches the log, its log, its exit code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from salesaid.book.checking import Since, as_grave_as
from salesaid.bugs import InternalError
from salesaid.core.errors import SalesaidError
from salesaid.core.text import Lang, Text, same
from salesaid.render.visible import visible

ALL_WELL, FOUND, TROUBLE = 0, 1, 3


class Trouble(NamedTuple):
    """What could not be done, and why."""

    what: Text
    error: SalesaidError

    @property
    def said(self) -> Text:
        """Both in one sentence."""
        return Text(f"{self.what.zh}：{self.error.message.zh}", f"{self.what.en}: {self.error.message.en}")


class Outcome(NamedTuple):
    """What a night came to; `since` and `duties` are None where that part could not be done."""

    day: date
    since: Since | None
    duties: int | None
    files: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    folder: Path

    @property
    def new_errors(self) -> int:
        """How many findings are new and of the gravest kind."""
        return 0 if self.since is None else len(as_grave_as(self.since.new, "error"))

    @property
    def exit_code(self) -> int:
        """3 where anything could not be done, 1 where there are new errors, else 0."""
        return TROUBLE if self.troubles else FOUND if self.new_errors else ALL_WELL

    @property
    def state(self) -> str:
        """The same in a word, which is the same in both languages."""
        return {ALL_WELL: "ok", FOUND: "new", TROUBLE: "trouble"}[self.exit_code]

    @property
    def data(self) -> dict[str, Any]:
        """The night for scripts."""
        since = self.since
        counts = (None,) * 3 if since is None else (len(since.new), len(since.known), len(since.solved))
        return {
            "day": self.day.isoformat(), "state": self.state, "folder": str(self.folder),
            **dict(zip(("new", "known", "solved"), counts, strict=True)),
            "new_errors": None if since is None else self.new_errors, "duties": self.duties, "files": list(self.files),
        }  # fmt: skip


def summary(outcome: Outcome) -> Text:
    """One line: `nightly`, the day and a word that are the same in both languages, then the figures."""
    parts = [*_figures(outcome), Text(f"文件 {len(outcome.files)} 份", f"{len(outcome.files)} files")]
    if outcome.troubles:
        parts.append(Text(f"没做成 {len(outcome.troubles)} 项", f"{len(outcome.troubles)} not done"))
    head = same(f"nightly {outcome.day} {outcome.state}: ")
    return head + Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _figures(outcome: Outcome) -> Iterator[Text]:
    since = outcome.since
    if since is None:
        yield Text("查账没做成", "no check")
    else:
        count, new = len(since.new) + len(since.known), len(since.new)
        yield Text(f"查账 {count} 处", f"{count} findings")
        errors = outcome.new_errors
        yield Text(f"新 {new}（错误 {errors}）", f"{new} new ({errors} error{'s' * (errors != 1)})")
        yield Text(f"已解决 {len(since.solved)}", f"{len(since.solved)} solved")
    if outcome.duties is None:
        yield Text("今日必办没做成", "no page of today")
    else:
        yield Text(f"今日必办 {outcome.duties} 件", f"{outcome.duties} to do")


def reason(outcome: Outcome) -> Text | None:
    """Why the exit code is not 0, in a short sentence; None where it is."""
    if outcome.troubles:
        first, more = outcome.troubles[0], len(outcome.troubles) - 1
        rest = Text(f"（另有 {more} 项，见 nightly.log）", f" (and {more} more, see nightly.log)") if more else same("")
        return first.said + rest
    if outcome.new_errors:
        count = outcome.new_errors
        return Text(f"查账有 {count} 处新错误", f"the check found {count} new error{'s' * (count > 1)}")
    return None


def log_of(outcome: Outcome, lang: Lang) -> str:
    """The log of a night. It says no time of day: the same night twice gives the same log."""
    return "".join(f"{visible(line.in_(lang))}\n" for line in _log_lines(outcome))


def _log_lines(outcome: Outcome) -> Iterator[Text]:
    yield summary(outcome)
    for trouble in outcome.troubles:
        yield Text("没做成 ", "not done ") + trouble.said
        if trouble.error.hint is not None and not isinstance(trouble.error, InternalError):  # whose log has any name
            yield Text("  ", "  ") + trouble.error.hint
    for finding in outcome.since.new if outcome.since is not None else ():
        place = f"{finding.place}: {finding.code} {finding.severity}: "
        yield Text(f"新 {place}{finding.message.zh}", f"new {place}{finding.message.en}")
    for each in outcome.since.solved if outcome.since is not None else ():
        yield Text(f"已解决 {each.code} {each.message}", f"solved {each.code} {each.message}")
    for name in outcome.files:
        yield Text(f"文件 {name}", f"file {name}")

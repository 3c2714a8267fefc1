"""The nightly check: every rule asked, its findings placed in files, named by what they are and not by where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from salesaid import ledgers
from salesaid.balances.row_finder import RowFinder
from salesaid.core.findings import GRAVEST, Accepted, Finding, Severity
from salesaid.core.inject import names
from salesaid.core.rules import Wrong
from salesaid.core.text import Lang, Text

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.checks import Check

_DIGITS = 12  # of a fingerprint


class Checked(NamedTuple):
    """What a check came to: findings by file and row, and how many the book's own settings and notes kept back."""

    findings: list[Finding]
    codes: frozenset[str]  # of the rules that were asked
    muted: int = 0
    excused: int = 0


def run(book: Book, checks: Sequence[Check]) -> Checked:
    """The findings of some rules. What the settings mute is not even looked for."""
    mute = set(book.settings.mute)
    asked = [check for check in checks if not mute & {check.rule.code, check.name}]
    if any("file_facts" in names(check.function) for check in asked):
        book.supply("file_facts")  # reads every ledger, and has its columns at hand for all other rules
    finder: RowFinder = book.supply("row_finder")
    found: list[Finding] = []
    excused = 0
    for check in asked:
        met: dict[str, int] = {}
        for wrong in book.call(check.function):
            finding, row = _finding(check, wrong, finder, met)
            if row is not None and check.rule.code in finder.excused.get((wrong.ledger, row), ()):
                excused += 1
            else:
                found.append(finding)
    found.sort(key=lambda finding: (finding.file, finding.row or 0, finding.code))
    return Checked(found, frozenset(check.rule.code for check in asked), len(checks) - len(asked), excused)


def as_grave_as(findings: Iterable[Finding], least: Severity) -> list[Finding]:
    """The findings of a severity or a graver one."""
    return [finding for finding in findings if GRAVEST.index(finding.severity) <= GRAVEST.index(least)]


def _finding(check: Check, wrong: Wrong, finder: RowFinder, met: dict[str, int]) -> tuple[Finding, int | None]:
    row = wrong.row if wrong.row is not None else _row(wrong, finder)
    place = finder.place(wrong.ledger, row)
    mark = "\x1f".join([
        check.rule.code, wrong.ledger, wrong.number, wrong.product, wrong.column or "", wrong.value, wrong.about,
    ])  # fmt: skip
    count = met[mark] = met.get(mark, 0) + 1
    print_ = sha256(f"{mark}\x1f{count}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    severity = wrong.severity or check.rule.severity
    finding = Finding(
        check.rule.code, check.name, severity, wrong.message, wrong.suggestion, place.file, place.sheet, place.row,
        wrong.column, wrong.value, print_, check.rule.title, _heading(wrong),
    )  # fmt: skip
    return finding, row


def _heading(wrong: Wrong) -> Text | None:
    """What people call the column; None where it is none of the ledger's."""
    if wrong.column is None or wrong.ledger not in ledgers.names():
        return None
    return next((each.heading for each in ledgers.load(wrong.ledger).columns if each.id == wrong.column), None)


def _row(wrong: Wrong, finder: RowFinder) -> int | None:
    return finder.row(wrong.ledger, wrong.number, wrong.product) if wrong.number else None


class Since(NamedTuple):
    """Findings held against those that were accepted before."""

    new: list[Finding]
    known: list[Finding]
    solved: list[Accepted]


def since(checked: Checked, accepted: Sequence[Accepted]) -> Since:
    """Which findings are new, known, and which of the accepted are gone: only a rule that was asked can tell."""
    before = {each.fingerprint for each in accepted}
    now = {finding.fingerprint for finding in checked.findings}
    new = [finding for finding in checked.findings if finding.fingerprint not in before]
    known = [finding for finding in checked.findings if finding.fingerprint in before]
    return Since(new, known, [each for each in accepted if each.code in checked.codes and each.fingerprint not in now])


def lines(findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    """One line a finding, as editors jump to: file:row: CODE message."""
    for finding in findings:
        yield f"{finding.place}: {finding.code} {finding.message.in_(lang)}"

"""The nightly check: every rule asked, its findings placed in files, named by what they are and not by where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from salesaid import ledgers
from salesaid.balances.row_finder import RowFinder
from salesaid.book import side_by_side
from salesaid.core.findings import GRAVEST, Accepted, Finding, Severity
from salesaid.core.inject import names
from salesaid.core.rules import Wrong
from salesaid.core.text import Lang, Text
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.checks import Check

_DIGITS = 12  # of a fingerprint
_LONG = 1 << 20  # bytes: what a smaller book takes is mostly our own start
_OF_GOODS = frozenset("KOP")  # families that rest on lines of orders and purchases: about half of the work


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
    found: list[Finding] = []
    excused = 0
    answers = _answers(book, asked)
    finder: RowFinder = book.supply("row_finder")
    for check in asked:
        met: dict[str, int] = {}
        for wrong in answers[check.name]:
            finding, row = _finding(check, wrong, finder, met)
            if row is not None and check.rule.code in finder.excused.get((wrong.ledger, row), ()):
                excused += 1
            else:
                found.append(finding)
    found.sort(key=lambda finding: (finding.file, finding.row or 0, finding.code))
    return Checked(found, frozenset(check.rule.code for check in asked), len(checks) - len(asked), excused)


def _answers(book: Book, checks: Sequence[Check]) -> dict[str, list[Wrong]]:
    """What is wrong by the names of the rules; in a long book half of them are asked in a process beside this one."""
    goods = [check for check in checks if check.rule.code[0] in _OF_GOODS]
    rest = [check for check in checks if check not in goods]
    if not (goods and rest and _is_long(book) and side_by_side.has_room()):
        return _ask(book, checks)
    # The copy opens the book anew: what is open of it here, files and the index, is not its own.
    again = type(book)(book.folder, book.today, book.lang, book.user, exact=book.exact)
    with side_by_side.Beside(lambda: _ask(again, goods)) as beside:
        found = _ask(book, rest)
        others = beside.answer()
    if others is None:
        return found | _ask(book, goods)
    book.asked.update(name for check in goods for name in names(check.function))
    return found | others


def _is_long(book: Book) -> bool:
    spots = filter(None, map(book.shelf.spot, ledgers.names()))
    return sum(found.st_size for spot in spots if (found := stat(spot.path))) > _LONG


def _ask(book: Book, checks: Sequence[Check]) -> dict[str, list[Wrong]]:
    if any("file_facts" in names(check.function) for check in checks):
        book.supply("file_facts")  # reads every ledger, and has its columns at hand for all other rules
    return {check.name: [*book.call(check.function)] for check in checks}


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

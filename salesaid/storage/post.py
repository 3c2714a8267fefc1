"""The desk: the one place where ledgers are written. All changes of a post are in the files, on the disk, or none is.

In order: the lock; what an earlier command left is settled; every file is still what the plan was made from; new
contents are staged beside the files; the intent is on the disk; the changes are applied and on the disk; the mark
that closes the intent is on the disk. Whatever fails before the mark is taken back. Only a sync that failed leaves the
post open: nobody can say then what reached the disk, and the next writing command settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text
from salesaid.storage import system
from salesaid.storage.apply import Job, apply, ready, stage, unstage
from salesaid.storage.contract import Change
from salesaid.storage.journal import Journal, open_journal
from salesaid.storage.lock import WAIT, locked
from salesaid.storage.owners import require_free
from salesaid.storage.receipts import Receipt, Recorded, Spliced, as_mark, as_record, newest, next_seq
from salesaid.storage.recovery import Settled, discard, prune, settle, take_back
from salesaid.storage.standing import cuts, standing
from salesaid.storage.temps import sweep
from salesaid.storage.trouble import ChangedElsewhere, NotRecorded
from salesaid.storage.undo import to_undo, undo_changes

if TYPE_CHECKING:
    from salesaid.storage.spool import Queued

Clock = Callable[[], datetime]


@contextmanager
def open_desk(folder: Path, clock: Clock, wait: float = WAIT) -> Iterator[Desk]:
    """The book's desk, held by this command alone. Raises LockedElsewhere, LockRefused; `clock` answers UTC."""
    with locked(folder, wait):
        desk = Desk(Path(system.real_path(folder)), clock)
        desk.settle()
        yield desk


class Desk:
    """A held desk. `settled` says what became of a post that an earlier command left open, `warnings` what is odd."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.settled: list[Settled] = []
        self.warnings: list[Text] = []
        self.told: list[tuple[int, int]] = []  # rows that were told to be lost: the next receipt remembers them
        self._clock = clock
        self._is_open_ended = False

    def settle(self) -> None:
        """An interrupted post is finished, removed or left alone; files that nobody needs any more are gone."""
        receipt = newest(self.folder)
        if receipt and receipt.state == "pending":
            self._require_free([change.path for change in receipt.changes])
            journal = open_journal(self.folder, 0)
            try:
                self.settled.append(settle(self.folder, receipt, journal))
            finally:
                journal.close()
        sweep(self.folder, self.folder)  # only now: what was interrupted may have needed its temp files
        prune(self.folder)
        self._is_open_ended = False

    def post(self, changes: Sequence[Change], facts: Mapping[str, object]) -> Receipt:
        """All changes or none; the receipt is answered once they are on the disk.

        Raises FileTrouble with the files as they were, NotRecorded where that cannot be known; OpenElsewhere where a
        person has one of them open.
        """
        if not changes:
            raise ValueError("a post changes at least one file")
        return self._post(changes, facts, None)

    def note(self, facts: Mapping[str, object]) -> Receipt:
        """A receipt that changes no file: what a person decided, for the journal to remember."""
        return self._post((), facts, None)

    def require_free(self, changes: Sequence[Change]) -> None:
        """Nobody has the files of the changes open elsewhere. Raises OpenElsewhere."""
        self._require_free([change.path for change in changes])

    def queue(self, facts: Mapping[str, object]) -> Queued:
        """A post whose files are open elsewhere waits in the spool; it is on the disk once this returns."""
        from salesaid.storage import spool

        return spool.put(
            self.folder, self._with_told(facts), self._clock().astimezone(UTC).isoformat(timespec="milliseconds")
        )

    def undo_changes(self) -> list[Change]:
        """What an undo of the newest post would do. Raises NothingToUndo, Overtaken."""
        return undo_changes(self.folder, to_undo(self.folder))

    def undo(self, facts: Mapping[str, object]) -> Receipt:
        """The newest post is taken back by a post of its own; undoing that redoes it."""
        target = to_undo(self.folder)
        return self._post(undo_changes(self.folder, target), facts, target.seq)

    def take_back(self, changes: Sequence[Change], facts: Mapping[str, object], undoes: int) -> Receipt:
        """An older post is taken back by changes of another kind than its own; undoing that undoes just these."""
        return self._post(changes, facts, undoes)

    def _require_free(self, paths: Sequence[Path]) -> None:
        """Nobody has the files open elsewhere; a link's owner file lies beside the link or beside its file."""
        now = self._clock().timestamp()
        names = dict.fromkeys(name for path in paths for name in (path, Path(system.real_path(path))))
        for name in names:
            warning = require_free(name, now)
            if warning and warning not in self.warnings:
                self.warnings.append(warning)

    def _post(self, changes: Sequence[Change], facts: Mapping[str, object], undoes: int | None) -> Receipt:
        if self._is_open_ended:
            self.settle()
        self._require_free([change.path for change in changes])
        seq = next_seq(self.folder)
        jobs: list[Job] = []
        try:
            for place, change in enumerate(changes):
                jobs.append(ready(self.folder, change, f"R{seq}-{place}"))
            records = tuple(job.record for job in jobs)
            _require_one_way(records)
            now = self._clock().astimezone(UTC)
            at = now.isoformat(timespec="milliseconds")
            receipt = Receipt(seq, at, self._with_told(facts), records, undoes)
            self._record(jobs, receipt, now.year)
        finally:
            for job in jobs:
                if job.handle:
                    system.close(job.handle)
        prune(self.folder)
        return receipt._replace(state="done")

    def _with_told(self, facts: Mapping[str, object]) -> Mapping[str, object]:
        return {**facts, "told": self.told} if self.told else facts

    def _record(self, jobs: Sequence[Job], receipt: Receipt, year: int) -> None:
        journal = open_journal(self.folder, year)
        begun: list[Recorded] = []
        try:
            self._carry_out(jobs, receipt, journal, begun)
        except BaseException as error:
            self._give_up(jobs, receipt, journal, begun, error)
            raise
        finally:
            journal.close()

    def _carry_out(self, jobs: Sequence[Job], receipt: Receipt, journal: Journal, begun: list[Recorded]) -> None:
        for job in jobs:
            stage(self.folder, job)
        journal.add(as_record(self.folder, receipt))
        for job in jobs:
            begun.append(job.record)
            apply(job)
        journal.add(as_mark(receipt, "done"))

    def _give_up(
        self, jobs: Sequence[Job], receipt: Receipt, journal: Journal, begun: list[Recorded], error: BaseException
    ) -> None:
        """What was done is taken back, unless the post stands already, or a failed sync makes that uncertain."""
        is_announced, is_done = journal.added > 0, journal.added > 1
        if not is_announced:
            for job in jobs:
                unstage(self.folder, job)
        elif isinstance(error, NotRecorded):
            self._is_open_ended = True
            raise NotRecorded(_file(error, self.folder), receipt.id) from error
        elif not is_done:
            clean = begun[:-1] if isinstance(error, ChangedElsewhere) else begun
            self._take_back(clean, receipt, journal)

    def _take_back(self, begun: Sequence[Recorded], receipt: Receipt, journal: Journal) -> None:
        """The files are as they were; where that fails, the record stays open and the sentence says so."""
        self._is_open_ended = True
        found = [standing(change) for change in begun]
        for change, each in zip(begun, found, strict=True):
            if each in ("foreign", "grown"):
                raise NotRecorded(change.path, receipt.id)
        try:
            take_back(self.folder, begun, found)
            discard(self.folder, receipt.changes)
        except FileTrouble as error:
            raise NotRecorded(_file(error, self.folder), receipt.id) from error
        with suppress(FileTrouble):  # an open record over files that are as they were is settled by the next command
            journal.add(as_mark(receipt, "taken back"))
            prune(self.folder)
            self._is_open_ended = False


def _file(error: FileTrouble, folder: Path) -> str:
    return error.where.file if error.where else str(folder)


def _require_one_way(records: Sequence[Recorded]) -> None:
    """A post that cuts can only be finished, one that adds only taken back; and a file stands in a post once."""
    if len({record.path for record in records}) < len(records):
        raise ValueError("a post changes each file once")
    if len({cuts(record) for record in records if isinstance(record, Spliced)}) > 1:
        raise ValueError("a post adds to files or cuts files, not both")

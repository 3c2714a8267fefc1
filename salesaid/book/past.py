"""What was posted to a book, and what still waits to be: as its journal and its queue tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesaid.book.finding import OWN_FOLDER
from salesaid.settings import Settings, zone_of
from salesaid.storage import receipts
from salesaid.storage.journal import journal_folder
from salesaid.storage.lock import QUEUE_FOLDER

if TYPE_CHECKING:
    from salesaid.book.reading import Shelf
    from salesaid.core.posts import Acknowledged, Post, PostedRows
    from salesaid.storage.spool import Queued


class Past:
    """A book's journal and queue."""

    folder: Path
    settings: Settings

    @property
    def _has_journal(self) -> bool:
        return (self.folder / OWN_FOLDER).is_dir()

    @property
    def has_posts(self) -> bool:
        """Whether anything was ever posted here."""
        return journal_folder(self.folder).is_dir()

    @cached_property
    def queue(self) -> Sequence[Queued]:
        """The posts that wait until their files are free: their rows are counted like all others."""
        if not (self.folder / QUEUE_FOLDER).is_dir():
            return ()
        from salesaid.storage import spool

        return spool.waiting(self.folder)

    def posts(self) -> Iterator[Post]:
        """Every post, newest first."""
        from salesaid.book import undoing

        if self._has_journal:
            yield from undoing.posts(self.folder, zone_of(self.settings), self.queue)

    def _acknowledged(self, shelf: Shelf) -> list[Acknowledged]:
        from salesaid.book.acknowledging import acknowledged
        from salesaid.book.posted_rows import RowsOfPosts

        large = RowsOfPosts(self.folder, shelf).unpacked
        return acknowledged(self.folder, self.queue, large=large) if self._has_journal else []

    def untold(self, only: Collection[str], shelf: Shelf) -> list[Acknowledged]:
        """The rows that some ledgers have to hold, without those that a post already told to be gone or changed."""
        from salesaid.book.acknowledging import acknowledged
        from salesaid.book.posted_rows import RowsOfPosts

        return acknowledged(
            self.folder, self.queue, ("settles", "told"), only, RowsOfPosts(self.folder, shelf).unpacked
        )  # fmt: skip

    @cached_property
    def registers_seen(self) -> dict[str, list[int]]:
        """The stamps of the registers as they were when they were last held against the receipts, by id."""
        return {}

    def posted_with(self, number: str) -> list[tuple[str, str]]:
        """The documents that were posted together with a document: (ledger, number)."""
        from salesaid.book import undoing

        return undoing.posted_with(self.folder, number, self.queue)

    def _posted_rows(self, shelf: Shelf) -> PostedRows:
        from salesaid.book.posted_rows import RowsOfPosts

        return RowsOfPosts(self.folder, shelf, self.queue)

    def _taken_back(self) -> frozenset[str]:
        from salesaid.book.undoing import taken_back

        return taken_back(self.folder) if self._has_journal else frozenset()

    def _known_files(self) -> Any:
        newest = receipts.newest_done(self.folder) if self._has_journal else None
        return newest.facts.get("files", {}) if newest else {}

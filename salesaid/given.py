"""What the shared options of a command line were given: values as typed."""

from __future__ import annotations

from typing import NamedTuple


class ReadingOptions(NamedTuple):
    """The shared options of a reading command, as typed."""

    format: str = "table"
    out: str | None = None
    as_of: str | None = None

    @property
    def is_workbook(self) -> bool:
        """Whether the answer goes into a workbook: some answers are laid out anew for paper."""
        return (self.out or "").lower().endswith(".xlsx")

    @property
    def is_for_people(self) -> bool:
        """Whether a person reads the answer as it is, no script."""
        return self.is_workbook or (not self.out and self.format in {"table", "md"})

    @property
    def is_page(self) -> bool:
        """Whether the answer is a page to be read from top to bottom: on a screen, in Markdown or HTML."""
        ending = (self.out or "").lower()
        return ending.endswith((".md", ".html")) if ending else self.format in {"table", "md"}


class WritingOptions(NamedTuple):
    """The shared options of a writing command, as typed."""

    date: str | None = None
    note: str | None = None
    dry_run: bool = False
    format: str = "table"
    request_id: str | None = None
    yes: bool = False
    literal: bool = False

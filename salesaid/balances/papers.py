"""The papers of orders as the ledger of documents has them: each with its file, without those that are void."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_void
from salesaid.balances.row_numbers import number_of
from salesaid.core.paper_files import PaperFiles, Presence
from salesaid.core.paper_kinds import paper_key
from salesaid.core.rows import Rows
from salesaid.core.text import Text

_ENDING = re.compile(r"\.[0-9A-Za-z]{1,5}$")


class Paper(NamedTuple):
    """One document. `order_no` is blank where its row names no order, `path` where nobody wrote where it is."""

    row: int
    document_no: str
    day: date
    order_no: str
    customer: str
    kind: str
    path: str
    sha256: str
    note: str

    @property
    def sort(self) -> tuple[str, str]:
        """What it is of which order: papers of one sort may stand for each other."""
        return self.order_no, paper_key(self.kind)

    @property
    def called(self) -> Text:
        """What it is in a sentence, be its row without an order's number or a kind."""
        zh, en = (f"{self.order_no} 的", f" of {self.order_no}") if self.order_no else ("", "")
        return Text(
            f"{zh}{self.kind or '单据'}（{self.document_no}）", f"{self.kind or 'document'}{en} ({self.document_no})"
        )

    def presence(self, files: PaperFiles) -> Presence:
        """Whether its file is there. What has neither an ending nor a sum is a place on a shelf: 3号夹."""
        found = files.presence(self.path)
        is_file = bool(self.sha256) or _ENDING.search(self.path) is not None
        return "paper" if found == "gone" and not is_file else found


def papers(documents: Rows, customer_names: Parties) -> Papers:
    """All documents of the book."""
    return Papers(documents, customer_names)


class Papers:
    """The documents in file order, read when first asked for."""

    def __init__(self, documents: Rows, customers: Parties) -> None:
        self._documents = documents
        self._customers = customers

    @property
    def ahead(self) -> Papers:
        """The same with rows dated after today counted as well: what is written now leans on them."""
        _ = self.all  # only once all is read it is known whether any row is dated later
        return Papers(self._documents.until(None), self._customers) if self._documents.later else self

    @cached_property
    def all(self) -> list[Paper]:
        """Every document that is not void; a row without a number is a document of its own."""
        every = list(self._read())
        void = {paper.document_no for paper in every if is_void(paper.note)}
        return [paper for paper in every if paper.document_no not in void]

    def of_order(self, order_no: str) -> list[Paper]:
        """The documents of one order."""
        return [paper for paper in self.all if paper.order_no == order_no]

    @cached_property
    def current(self) -> list[Paper]:
        """Those that hold now: filed again, with another content or in another place, the last one holds."""
        return holding(self.all)

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds as they are written, each spelling once, in the order in which they came."""
        return list(dict.fromkeys(paper.kind for paper in self.all if paper.kind))

    @cached_property
    def first_day(self) -> date | None:
        """The day of the oldest document; None where there is none."""
        return min((paper.day for paper in self.all), default=None)

    def _read(self) -> Iterator[Paper]:
        documents, identify = self._documents, self._customers.identify
        for row, no, day, order, customer, kind, path, sum_, note in documents.pick(
            "row", "document_no", "date", "order_no", "customer", "kind", "path", "sha256", "note"
        ):
            yield Paper(
                row, number_of(documents, row, no), day, order or "", identify(customer), kind.strip(), path.strip(),
                sum_.strip().lower(), note.strip(),
            )  # fmt: skip


def holding(papers: Sequence[Paper]) -> list[Paper]:
    """Of papers in file order those that hold: of one sort with one file or one content the last."""
    return [*reversed(list(_last_ones(reversed(papers))))]


def _last_ones(newest_first: Iterable[Paper]) -> Iterator[Paper]:
    """Of documents of one sort with one file or one content only the newest."""
    met: set[tuple[str, str, str]] = set()
    for paper in newest_first:
        own = {(*paper.sort, mark) for mark in (paper.path, paper.sha256) if mark}
        if own.isdisjoint(met):
            yield paper
        met |= own

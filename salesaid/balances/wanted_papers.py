"""Which papers an order needs once it is shipped: what the settings say, else what most offices keep."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salesaid.balances.papers import Papers
from salesaid.core.paper_kinds import distinct, needed_by_default
from salesaid.core.rows import Rows
from salesaid.core.text import Lang
from salesaid.settings import Settings


class Wanted(NamedTuple):
    """The kinds that an order needs, and the order day from which on; none where the book keeps no documents."""

    kinds: tuple[str, ...]
    since: date | None


def wanted_papers(papers: Papers, documents: Rows, settings: Settings, lang: Lang) -> Wanted:
    """What shipped orders need. A book that does not say begins with its first document; without any it needs none."""
    own, since = settings.documents_needed, settings.documents_since
    if own is not None:
        return Wanted(tuple(distinct(own)), since)
    if not documents.columns or papers.first_day is None:
        return Wanted((), since)
    return Wanted(needed_by_default(settings.language or lang), since or papers.first_day)

"""What a name may mean: names of the book, best first, each with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.register import values_of
from salesaid.balances.spellings import last_dates, spellings
from salesaid.balances.written_names import Known, identity, is_known, kinds_of
from salesaid.core.keys import digits
from salesaid.core.kinds import DATE, FLAG, QTY, TEXT, Choice
from salesaid.core.names import Ambiguous, Match
from salesaid.core.pasted import about_names
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text

_WHY = Choice(
    {
        "exact": Text("就是它", "exact"),
        "alias": Text("已归入", "decided"),
        "key": Text("只是写法不同", "spelling"),
        "part": Text("包含", "part"),
        "similar": Text("相近", "similar"),
    }
)
_MOST = 5


def name_suggest(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, *, text: str,
    kind: str | None = None,
) -> Table:  # fmt: skip
    """The names of every kind, or of one, that a text may mean; `command` folds the text into the name."""
    wanted = values_of(aliases.ledger, {"kind": kind})["kind"] if kind else None
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    rows = [(id_, *row) for id_, known in kinds.items() if wanted in {None, id_} for row in _rows(text.strip(), known)]
    fields = (
        Field("kind", aliases.ledger.column("kind").heading, aliases.ledger.column("kind").kind),
        Field("name", Text("名称", "Name"), TEXT),
        Field("why", Text("为什么", "Why"), _WHY),
        Field("rows", Text("行数", "Rows"), QTY),
        Field("last_date", Text("最近日期", "Last"), DATE),
        Field("registered", Text("在册", "Registered"), FLAG),
        Field("command", Text("归并", "To fold"), TEXT, folds=True),
    )
    return Table(Text(f"“{text}”可能是", f"“{text}” may be"), fields, rows)


def _rows(text: str, known: Known) -> Iterator[tuple[object, ...]]:
    counts = Counter({each.id: 0 for each in spellings(known)})
    for each in spellings(known):
        counts[each.id] += each.rows
    last = last_dates(known)
    is_open = is_known(text, known) and identity(text, known) == text
    for name, why in _found(text, known).items():
        may_be_one = is_open and why in {"part", "similar"} and digits(name) == digits(text)
        fold = about_names("name same", (text, name)) if may_be_one else None
        yield name, why, counts[name], last.get(name), name in known.registered, fold


def _found(text: str, known: Known) -> dict[str, str]:
    """Names with why they may be meant, best first."""
    match = known.names.match(text)
    found: dict[str, str] = {}
    if isinstance(match, Match):
        found[match.name] = match.how
    elif isinstance(match, Ambiguous):
        found = dict.fromkeys(match.candidates[:_MOST], "part")
    for name in known.names.suggestions(text, _MOST):
        found.setdefault(name, "similar")
    return found

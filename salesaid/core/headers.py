"""Which column of a file is which column of its ledger: headings in both languages, in any order and mixture."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from salesaid.core.heading_trouble import (
    DoubledHeading,
    MissingHeading,
    OddHeading,
    TwoHeadings,
    UnknownColumn,
    UnknownHeading,
    ambiguous,
    blank,
    doubled,
    lacking,
    spare,
    unknown,
)
from salesaid.core.heading_words import are_companies, bracketed, folded, may_stand_in_brackets
from salesaid.core.schema import Column, Ledger, Needs

_COUNTED = r"(?s)^(.*)#([0-9]{1,4})$"
_LONGEST = 200  # characters; a longer cell heads nothing


class HeadingMap(NamedTuple):
    """Column ids to indexes in the file, in the ledger's order; `extra` columns are kept and never read."""

    columns: dict[str, int]
    extra: tuple[int, ...]
    odd: list[OddHeading]


class _Claim(NamedTuple):
    """A heading that may be a column's; of several the smallest (rank, loose, at) is read."""

    rank: int  # place in the declaration's list; -1: the settings name it
    loose: bool  # known only without the words in its brackets
    at: int  # index in the file


def map_headings(
    ledger: Ledger,
    headings: Sequence[str],
    given: Mapping[str, str] = {},
    samples: Sequence[Sequence[str]] = (),
    fixed: Collection[str] = (),
) -> HeadingMap:
    """The ledger's columns in a file with these headings.

    `given` are the settings' own headings (heading or heading#n to column id), `samples` some rows, which decide
    whether 单位 heads units or companies, `fixed` the columns whose value the settings give for every row.
    Raises DoubledHeading, MissingHeading, and for `given` UnknownColumn, UnknownHeading, TwoHeadings.
    """
    named = _named(ledger, headings, given)
    claims = _claims(ledger, headings, named, samples)
    columns = {id_: _winner(ledger, headings, id_, claims[id_]) for id_ in _ids(ledger) if id_ in claims}
    present = {*columns, *fixed}
    missing = [group for group in ledger.needs if not present.intersection(group)]
    if missing:
        raise MissingHeading(ledger, missing)
    used = set(columns.values())
    extra = tuple(index for index in range(len(headings)) if index not in used)
    odd = [*_not_read(ledger, headings, columns, claims, samples), *_lacking(ledger, present)]
    return HeadingMap(columns, extra, odd)


def heading_test(ledger: Ledger, given: Mapping[str, str] = {}) -> Callable[[Sequence[str]], int]:
    """What tells of a row of cells how many columns of the ledger it heads: the header row scores best."""
    words: dict[str, tuple[str, int]] = {}  # made when a first row is tested: a file whose layout is known has none
    named = {folded(re.sub(_COUNTED, r"\1", heading)): id_ for heading, id_ in given.items()}
    named |= {folded(heading): id_ for heading, id_ in given.items()}

    def score(cells: Sequence[str]) -> int:
        if not words:
            words.update(_words(ledger))
        likely = [cell for cell in cells if 0 < len(cell) <= _LONGEST]
        known = (_known(ledger, words, cell) for cell in likely)
        columns = {claim[0] for claim in known if claim}
        return len(columns | {named[folded(cell)] for cell in likely if folded(cell) in named})

    return score


def _ids(ledger: Ledger) -> Iterator[str]:
    return (column.id for column in ledger.every_column)


def _words(ledger: Ledger) -> dict[str, tuple[str, int]]:
    """Each accepted heading, folded: its column and its place in the column's list; the English title comes last."""
    return {
        folded(heading): (column.id, rank)
        for column in ledger.every_column
        for rank, heading in reversed([*enumerate((*column.headings, column.title))])
    }


def _known(ledger: Ledger, words: Mapping[str, tuple[str, int]], heading: str) -> tuple[str, int, bool] | None:
    """Column, rank and looseness of a heading, None if the ledger does not know it."""
    if found := words.get(folded(heading)):
        return (*found, False)
    bare, inside = bracketed(heading)
    found = words.get(bare)
    if found and may_stand_in_brackets(ledger.column(found[0]), inside):
        return (*found, True)
    return None


def _claims(
    ledger: Ledger, headings: Sequence[str], named: Mapping[int, str], samples: Sequence[Sequence[str]]
) -> dict[str, list[_Claim]]:
    """All headings that each column has in this file, the one to be read first."""
    words = _words(ledger)
    claims: dict[str, list[_Claim]] = {}
    for index, heading in enumerate(headings):
        if index in named:
            claims.setdefault(named[index], []).append(_Claim(-1, loose=False, at=index))
        elif found := _unit_or_company(ledger, heading, index, samples) or _known(ledger, words, heading):
            id_, rank, loose = found
            claims.setdefault(id_, []).append(_Claim(rank, loose, index))
    return {id_: sorted(several) for id_, several in claims.items()}


def _unit_or_company(
    ledger: Ledger, heading: str, index: int, samples: Sequence[Sequence[str]]
) -> tuple[str, int, bool] | None:
    """The column of companies that 单位 heads, None if it heads units of measure or says something else."""
    ids = tuple(_ids(ledger))
    company = next((id_ for id_ in ("customer", "supplier") if id_ in ids), None)
    if folded(heading) != "单位" or company is None:
        return None
    if "unit" in ids and not are_companies(row[index] for row in samples if index < len(row)):
        return None
    return company, len(ledger.column(company).headings), False


def _winner(ledger: Ledger, headings: Sequence[str], id_: str, claims: Sequence[_Claim]) -> int:
    """The index of the heading that is read for a column. Raises DoubledHeading."""
    best = claims[0].at
    twins = [claim.at for claim in claims if folded(headings[claim.at]) == folded(headings[best])]
    if len(twins) > 1 and claims[0].rank >= 0:
        raise DoubledHeading(ledger, headings[best], id_, twins)
    return best


def _not_read(
    ledger: Ledger,
    headings: Sequence[str],
    columns: Mapping[str, int],
    claims: Mapping[str, Sequence[_Claim]],
    samples: Sequence[Sequence[str]],
) -> Iterator[OddHeading]:
    """What is odd about each column of the file that is not read."""
    owner = {claim.at: id_ for id_, several in claims.items() for claim in several}
    used = set(columns.values())
    for index, heading in enumerate(headings):
        if index in used:
            continue
        if index in owner:
            yield _passed_over(headings, ledger.column(owner[index]), claims[owner[index]], index)
        elif folded(heading):
            yield unknown(ledger, heading)
        elif not samples or any(row[index].strip() for row in samples if index < len(row)):
            yield blank(index)


def _passed_over(headings: Sequence[str], column: Column, claims: Sequence[_Claim], index: int) -> OddHeading:
    """What is odd about a heading of a column that another heading is read for."""
    best = claims[0]
    this = next(claim for claim in claims if claim.at == index)
    heading, read = headings[index], headings[best.at]
    if folded(heading) == folded(read):
        return doubled(column, heading)
    if (this.rank, this.loose) == (best.rank, best.loose):
        return ambiguous(column, heading, read)
    return spare(column, heading, read)


def _lacking(ledger: Ledger, present: Collection[str]) -> Iterator[OddHeading]:
    """The columns without which the ledger can be read, but says less."""
    for group in _wanted(ledger):
        if not any(id_ in present for id_ in group):
            yield lacking(ledger, group)


def _wanted(ledger: Ledger) -> Needs:
    """The columns that tell a journal's documents, products and customers apart; of a to-do what it is, not whose."""
    if ledger.number is None:
        return ()
    ids = set(_ids(ledger))
    groups = ((ledger.number,), ("product", "model"), ("text",) if "text" in ids else ("customer",))
    return tuple(group for group in groups if ids.issuperset(group) and group not in ledger.needs)


def _named(ledger: Ledger, headings: Sequence[str], given: Mapping[str, str]) -> dict[int, str]:
    """The indexes that the settings' headings name, with their columns. Raises what map_headings says."""
    named: dict[int, str] = {}
    for heading, id_ in given.items():
        if id_ not in _ids(ledger):
            raise UnknownColumn(ledger, heading, id_)
        if id_ in named.values():
            raise TwoHeadings(ledger, id_, [known for known, to in given.items() if to == id_])
        named[_place(ledger, headings, heading, id_)] = id_
    return named


def _place(ledger: Ledger, headings: Sequence[str], heading: str, id_: str) -> int:
    """The index of one of the settings' headings. Raises UnknownHeading, DoubledHeading."""
    places = _places(headings, heading)
    if len(places) == 1:
        return places[0]
    if places:
        raise DoubledHeading(ledger, heading, id_, places)
    counted = re.match(_COUNTED, heading)
    twins = _places(headings, counted[1]) if counted else []
    if counted and 1 <= int(counted[2]) <= len(twins):
        return twins[int(counted[2]) - 1]
    raise UnknownHeading(ledger, heading, headings)


def _places(headings: Iterable[str], heading: str) -> list[int]:
    """The indexes of the headings that fold to the same as this one; a blank one has none."""
    wanted = folded(heading)
    return [index for index, each in enumerate(headings) if wanted and folded(each) == wanted]

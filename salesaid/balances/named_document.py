"""The document that a person means, whatever journal it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from salesaid.balances.leaning import Document
from salesaid.balances.row_numbers import number_of
from salesaid.balances.typed import AmbiguousNumber, UnknownNumber
from salesaid.core.errors import Refused
from salesaid.core.numbers import matches_among
from salesaid.core.rows import Rows
from salesaid.core.schema import Ledger
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.settings import Settings

DOCUMENT = Text("单据", "document")


class Numberless(Refused):
    """The rows of a ledger are no documents: nothing can say which of them is taken back."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(
            Text(
                f"{ledger.title.zh}的行没有单号，不能冲销", f"rows of {ledger.title.en} have no number to be voided by"
            ),
            Text(
                "价格记错了，请用 salesaid product price 再记一个：同一天的以后写的为准",
                "enter the price again with salesaid product price: of one day the later row holds",
            ),
        )


class NoNumber(Refused):
    """The file has no column for numbers: a red-letter row could not say what it takes back."""

    def __init__(self, file: str, heading: Text) -> None:
        super().__init__(
            Text(
                f"{file} 没有“{heading.zh}”这一列，红字行说不清冲的是哪一行",
                f"{file} has no column “{heading.en}” ({heading.zh}): no red letter could say which row it is of",
            ),
            Text(
                f"请先在 {file} 里加一列“{heading.zh}”（原有的行可以空着），再冲销；刚记的一笔可用 salesaid undo",
                f"add a column “{heading.en}” ({heading.zh}) to {file}, blank where you like, then void; "
                "the newest post can be taken back with salesaid undo",
            ),
        )


def the_document(journals: Mapping[str, Rows], settings: Settings, today: date, *, typed: str) -> Document:
    """The one document of any journal that was meant. Raises UnknownNumber, AmbiguousNumber, Numberless, NoNumber."""
    documents = {
        id_: (settings.prefix(id_, rows.ledger.prefix), _numbers(rows))
        for id_, rows in journals.items()
        if rows.ledger.number
    }
    found = matches_among(typed, documents, today)
    if not found:
        _require_numbers(journals, typed)
        raise UnknownNumber(typed, DOCUMENT)
    if len(found) > 1:
        raise AmbiguousNumber(typed, DOCUMENT, [no for _, no in found])
    ledger, number = found[0]
    _require_column(journals[ledger])
    return ledger, number


def _require_numbers(journals: Mapping[str, Rows], typed: str) -> None:
    """Say it where a row was addressed that is no document at all. Raises Numberless."""
    file, _, row = folded(typed).rpartition(":")
    for rows in journals.values():
        if not rows.ledger.number and file == folded(rows.file) and row.isdecimal():
            raise Numberless(rows.ledger)


def _require_column(rows: Rows) -> None:
    """Red letters name what they take back: the file needs a column for numbers. Raises NoNumber."""
    if rows.columns and not rows.has(rows.ledger.number or ""):
        raise NoNumber(rows.file, rows.ledger.column(rows.ledger.number or "").heading)


def _numbers(rows: Rows) -> Iterator[str]:
    """The number of each row's document, those dated after today among them: they may be mistakes, too."""
    return (number_of(rows, *cells) for cells in rows.until(None).pick("row", rows.ledger.number or "row"))

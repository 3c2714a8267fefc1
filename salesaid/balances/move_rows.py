"""Moves of goods as rows of a table: the columns that every card of moves has, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from salesaid import ledgers
from salesaid.balances.moves import Move
from salesaid.core import places
from salesaid.core.kinds import DATE, IN_FILES, NUMBER_NO, QTY, TEXT, Kind, Reading
from salesaid.core.tables import Field
from salesaid.core.text import Lang, Text

OPENING_BALANCE = "opening_balance"  # in place of a ledger: what there was before the first row


class _Words(Kind):
    """Text of which some values have words of their own in each language; scripts see the value."""

    name = "text"

    def __init__(self, words: dict[str, Text]) -> None:
        self._words = words

    def parse(self, text: str, reading: Reading = IN_FILES) -> object:
        """The text."""
        return TEXT.parse(text, reading)

    def format(self, value: object) -> str:
        """The text."""
        return TEXT.format(value)

    def show(self, value: object, lang: Lang) -> str:
        """The words for it, else the text itself."""
        text = TEXT.format(value)
        return self._words[text].in_(lang) if text in self._words else text


_OF = ("orders", "shipments", "loans", "returns", "purchases", "stock_moves", "stock_counts")
_LEDGERS = {OPENING_BALANCE: Text("期初余额", "opening balance")} | {id_: ledgers.load(id_).title for id_ in _OF}
PLACE = _Words(places.WORDS)
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("ledger", Text("台账", "Ledger"), _Words(_LEDGERS)),
    Field("no", Text("单号", "No"), NUMBER_NO),
    Field("from_place", Text("从", "From"), PLACE),
    Field("to_place", Text("到", "To"), PLACE),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("balance", Text("结存", "Balance"), QTY),
)


def move_rows(moves: Iterable[Move], balance: Decimal) -> Iterator[tuple[object, ...]]:
    """A row a move, with what is on hand after it; `balance` is what was on hand before the first."""
    for move in moves:
        balance += move.ours
        yield move.day, move.ledger, move.no, move.from_place, move.to_place, move.qty, balance

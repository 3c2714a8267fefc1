"""Ledger declarations: one of them drives headings, parsing, adding, importing, checks, moves and docs."""

from __future__ import annotations

from typing import Literal, NamedTuple

from salesaid.core.kinds import Kind
from salesaid.core.places import Way
from salesaid.core.text import Text

_SPELLED = {"qq": "QQ"}  # ids that are no words


class Column(NamedTuple):
    """One column. The first heading is written in a new Chinese file, `title` in a new English one."""

    id: str
    kind: Kind
    headings: tuple[str, ...]
    help: Text | None = None

    @property
    def title(self) -> str:
        """The heading in a new English file: the id in title case (`min_stock` is `Min Stock`)."""
        return _SPELLED.get(self.id) or self.id.replace("_", " ").title()

    @property
    def heading(self) -> Text:
        """The heading in both languages."""
        return Text(self.headings[0], self.title)


# All groups must be there; a group is there when one of its columns is filled and readable.
Needs = tuple[tuple[str, ...], ...]


class Action(NamedTuple):
    """What a row of a journal does. `word` is how files say it, `id` how code and JSON say it."""

    id: str
    word: Text
    needs: Needs
    ways: tuple[Way, ...] = ()
    at_once: tuple[Way, ...] = ()  # what it moves in a book whose order rows *are* the sales


class Ledger(NamedTuple):
    """One ledger. A register holds a row a thing and is edited; a journal holds a row an event and only grows."""

    id: str
    title: Text  # also the file's name: 订单.csv, orders.csv
    kind: Literal["register", "journal"]
    columns: tuple[Column, ...]
    needs: Needs
    key: tuple[str, ...] = ()  # of a register
    number: str | None = None  # the column with the document's number
    prefix: str = ""
    actions: tuple[Action, ...] = ()  # the first is what a blank action means
    sums_in: tuple[str, ...] = ()  # where else than in its number a row of a journal says that it sums up others
    derived: tuple[Column, ...] = ()  # what files may say beside and we work out: read to be compared, never written

    @property
    def every_column(self) -> tuple[Column, ...]:
        """The columns that are read: the ledger's own, then those that say what follows from them."""
        return self.columns + self.derived

    def column(self, id_: str) -> Column:
        """The column of that id; KeyError if the ledger has none."""
        for column in self.every_column:
            if column.id == id_:
                return column
        raise KeyError(id_)

    def action(self, id_: str) -> Action:
        """The action of that id; KeyError if the ledger has none."""
        for action in self.actions:
            if action.id == id_:
                return action
        raise KeyError(id_)

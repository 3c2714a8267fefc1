"""What the register says of one customer or supplier, as a table of one row."""

from __future__ import annotations

from collections.abc import Iterable

from salesaid.balances.parties import Party
from salesaid.core.kinds import FLAG
from salesaid.core.schema import Ledger
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

REGISTERED = Field("registered", Text("在册", "Registered"), FLAG)


def fields_of(ledger: Ledger, names: Iterable[str] = ()) -> tuple[Field, ...]:
    """The fields of a register's columns, of all where none is named, and whether the thing stands in it."""
    columns = [ledger.column(name) for name in names] or ledger.columns
    return (*(Field(column.id, column.heading, column.kind) for column in columns), REGISTERED)


def cells_of(party: Party, ledger: Ledger, fields: Iterable[Field]) -> tuple[object, ...]:
    """The party's cells in the order of the fields; a blank one is None."""
    known = {**party.card, ledger.key[0]: party.id, REGISTERED.name: party.row is not None}
    return tuple(None if known.get(field.name) == "" else known.get(field.name) for field in fields)


def data_table(party: Party, ledger: Ledger) -> Table:
    """The party's row."""
    fields = fields_of(ledger)
    return Table(Text("资料", "Data"), fields, [cells_of(party, ledger, fields)])


def unregistered(party: Party, ledger: Ledger) -> tuple[Note, ...]:
    """A note where a party is known from rows only."""
    if party.row is not None:
        return ()
    text = Text(
        f"不在{ledger.title.zh}表里，只在别的台账里出现过",
        f"not in the register of {ledger.title.en}, known from rows only",
    )
    return (Note("unregistered", "warning", text),)

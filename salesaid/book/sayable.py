"""Whether a file can say what a new row is to say: by a column, or because the settings fix the value for all rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from salesaid import ledgers
from salesaid.core.entries import Entry
from salesaid.core.errors import Refused, Where
from salesaid.core.keys import NameKind, key_of
from salesaid.core.schema import Column, Ledger
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import FILE_NAME, LedgerSettings

_NAMES: Mapping[str, NameKind] = {"customer": "customer", "supplier": "supplier", "product": "product"}


class MissingColumn(Refused):
    """A value was given for which the file has no column."""

    def __init__(self, column: Column, file: str) -> None:
        super().__init__(
            Text(
                f"{file} 里没有“{column.heading.zh}”这一列，写不下给出的值",
                f"{file} has no column “{column.heading.en}” for the value given",
            ),
            Text(
                f"请在表头加一列“{column.heading.zh}”，或不给这个值",
                f"add a column headed “{column.heading.en}” ({column.heading.zh}), or leave the value out",
            ),
            Where(file),
        )


class OtherwiseFixed(Refused):
    """A row is to say something else than the settings say of every row of its file."""

    def __init__(self, ledger: Ledger, column: Column, value: Text, fixed: str) -> None:
        key = f"[ledgers.{ledger.id}.fixed] {column.id}"
        super().__init__(
            Text(
                f"设置 {key} 说{ledger.title.zh}每一行的{column.heading.zh}都是“{fixed}”，不能记“{value.zh}”",
                f"the setting {key} says that every row of {ledger.title.en} has “{fixed}”: "
                f"“{value.en}” cannot be written",
            ),
            Text(
                f"在文件里加一列“{column.heading.zh}”，并从设置里去掉这一项",
                f"add a column headed “{column.heading.en}” ({column.heading.zh}), and take the setting out",
            ),
            Where(FILE_NAME),
        )


def require_sayable(entry: Entry, ledger: Ledger, own: LedgerSettings, columns: Collection[str], file: str) -> None:
    """Refuse what cannot be said: a value the user gave, an action that is not its rows' own, a needed cell."""
    fixed = {id_: text for id_, text in own.fixed.items() if id_ not in columns}
    for column in ledger.columns:
        value = entry.row.get(column.id)
        if value in {None, ""}:
            continue
        if column.id in fixed:
            _require_same(ledger, column, value, own)
        elif column.id in entry.given and column.id not in columns and not _is_told(column.id, entry, columns):
            raise MissingColumn(column, file)
    action = entry.row.get("action")
    if action and not {"action"} & {*columns, *fixed} and action != ledger.actions[0].id:
        raise MissingColumn(ledger.column("action"), file)
    for group in ledger.action(str(action)).needs if action else ledger.needs:
        if not any(id_ in columns or fixed.get(id_) for id_ in group):
            raise MissingColumn(ledger.column(group[0]), file)


def _is_told(id_: str, entry: Entry, columns: Collection[str]) -> bool:
    """Whether a product without a column of its own is told by its model."""
    return id_ == "product" and "model" in columns and bool(entry.row.get("model"))


REASONS = ("note", "reason")


def as_written(entry: Entry, ledger: Ledger, own: LedgerSettings, columns: Collection[str]) -> Entry:
    """The row without what its file has no column for; its number stays, by which it is called."""
    there = {*columns, *own.fixed, ledger.number}
    return entry._replace(row={id_: value for id_, value in entry.row.items() if id_ in there})


def left_unsaid(entry: Entry, own: LedgerSettings, columns: Collection[str], file: str) -> list[Note]:
    """What is said where a file has no column for a reason: it stands in the journal of posts only."""
    ledger, notes = ledgers.load(entry.ledger), []
    for id_ in REASONS:
        said = entry.row.get(id_)
        if said and id_ not in columns and id_ not in own.fixed:
            heading = ledger.column(id_).heading
            text = Text(
                f"{file} 没有“{heading.zh}”这一列：“{said}”不写进表里，只留在记账记录（salesaid log）",
                f"{file} has no column “{heading.en}” ({heading.zh}): “{said}” stands in the log only (salesaid log)",
            )
            notes.append(Note("reason_in_log", "warning", text))
    return notes


def _require_same(ledger: Ledger, column: Column, value: Any, own: LedgerSettings) -> None:
    fixed = own.fixed[column.id]
    if _folded(column, value) != _folded(column, _read(column, fixed, own)):
        said = Text(*(column.kind.format_in(value, lang) for lang in ("zh", "en")))
        raise OtherwiseFixed(ledger, column, said, fixed)


def _read(column: Column, text: str, own: LedgerSettings) -> object:
    """The value that rows have whose file lacks the column; the text itself where it cannot be read."""
    if column.id == "action" and text.strip() in own.words:
        return own.words[text.strip()]
    try:
        return column.kind.parse(text)
    except ValueError:
        return text


def _folded(column: Column, value: object) -> object:
    if column.id in _NAMES:
        return key_of(_NAMES[column.id], str(value))
    return value.strip() if isinstance(value, str) else value

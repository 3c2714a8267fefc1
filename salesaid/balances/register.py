"""What is typed of a register's row, read by its columns' kinds, and what it changes of the row that is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.core.entries import Edit, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import Unreadable
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.schema import Column, Ledger
from salesaid.core.tables import Note
from salesaid.core.terms import parse_terms
from salesaid.core.text import Text, in_rows, joined
from salesaid.core.totals import is_total

BLANK = frozenset({"", "-"})  # typed to clear a cell
EMPTY = Text("空", "blank")
_ABOVE_ZERO = frozenset({"pack", "reorder_qty"})

ABOVE_ZERO = Text("大于零的数", "a number above zero")
NOT_BELOW_ZERO = Text("不小于零的数", "a number that is not below zero")


class BadCell(Refused):
    """A value that was typed for a column is not of its kind."""

    def __init__(self, column: Column, text: str, accepted: Text, *, may_be_blank: bool = True) -> None:
        heading = column.heading
        clear = Text("；清空写 -", "; to clear it write -") if may_be_blank else ""
        super().__init__(
            Text(f"{heading.zh}“{text}”看不懂", f"{heading.en} “{text}” cannot be read"),
            Text(f"可以写：{accepted.zh}", f"accepted: {accepted.en}") + clear,
        )


class KeyStays(Refused):
    """The name by which ledgers know a thing was to be changed."""

    def __init__(self, name: str, wanted: str) -> None:
        fold = command("name", "same", wanted or "…", name)
        super().__init__(
            Text(f"“{name}”的名称不能改：台账按它记账", f"the name “{name}” stays: the ledgers know it by that"),
            Text(f"要让另一个名称也算作它：{fold}", f"to have another name count as it: {fold}"),
        )


class NoSuchName(Refused):
    """A name that stands for a total line cannot be a thing's name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(f"“{name}”不能作名称：表里这样的行是合计行", f"“{name}” cannot be a name: such rows are totals")
        )


class AlreadyThere(Refused):
    """The register holds the name already, perhaps in another spelling."""

    def __init__(self, name: str, there: str, group: str) -> None:
        text = Text(f"“{name}”已在册", f"“{name}” is in the register already")
        if name != there:
            text = Text(f"“{name}”就是已在册的“{there}”", f"“{name}” is “{there}”, which is in the register already")
        change = f"{command(group, 'set', there)} …"
        super().__init__(text, Text(f"改它的资料：{change}", f"to change what is said of it: {change}"))


class NotInRegister(Refused):
    """A name stands in rows only: there is no row of a register to change."""

    def __init__(self, name: str, ledger: Ledger, group: str) -> None:
        enter = command(group, "add", name)
        super().__init__(
            Text(
                f"“{name}”不在{ledger.title.zh}表里，只在别的台账里出现过",
                f"“{name}” is not among the {ledger.title.en}",
            ),
            Text(f"先登记：{enter}", f"enter it first: {enter}"),
        )


class SeveralRows(Refused):
    """Several rows of a register have one name, so it is not clear which is meant."""

    def __init__(self, name: str, file: str, rows: Sequence[int]) -> None:
        listed = ", ".join(map(str, rows))
        super().__init__(
            Text(
                f"{file} 里有几行都叫“{name}”：第 {listed} 行", f"several rows of {file} are called “{name}”: {listed}"
            ),
            Text("在文件里留下一行", "keep one of them in the file"),
        )


class NothingGiven(Refused):
    """Nothing was said of what is to be changed."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写要改什么", "nothing is to be changed"),
            Text("用选项给出新的内容，清空写 -", "give what is new by options; - clears a cell"),
        )


def values_of(ledger: Ledger, typed: Mapping[str, str]) -> dict[str, Value]:
    """Typed texts by column as values; `-` and nothing at all clear a cell. Raises BadCell."""
    needed = {*ledger.key, *(id_ for group in ledger.needs for id_ in group)}
    return {
        id_: _value(ledger.column(id_), text.strip(), may_be_blank=id_ not in needed) for id_, text in typed.items()
    }


def _value(column: Column, text: str, *, may_be_blank: bool) -> Value:
    if text in BLANK:
        return None
    try:
        value: Any = column.kind.parse(text)
        if column.id == "terms":
            parse_terms(text)
    except Unreadable as trouble:
        raise BadCell(column, text, trouble.accepted, may_be_blank=may_be_blank) from trouble
    if isinstance(value, Decimal) and (value < 0 or (value == 0 and column.id in _ABOVE_ZERO)):
        accepted = ABOVE_ZERO if column.id in _ABOVE_ZERO else NOT_BELOW_ZERO
        raise BadCell(column, text, accepted, may_be_blank=may_be_blank)
    return text if column.id == "terms" else value


def require_name(name: str) -> None:
    """Refuse a name that readers would take for a total line. Raises NoSuchName."""
    if is_total(name) or name in BLANK:
        raise NoSuchName(name)


class Changed(NamedTuple):
    """What becomes of a row: the edit (None: it stays as it is), and old and new of each cell in words."""

    edit: Edit | None
    texts: list[Text]

    def said(self, what: Text, name: str) -> Text:
        """The change in one sentence."""
        if not self.texts:
            return Text(f"{what.zh} {name} 没有变化", f"{what.en} {name} stays as it is")
        return Text(f"已更改{what.zh} {name}", f"{what.en} {name} changed")

    @property
    def notes(self) -> list[Note]:
        """Old and new of each cell."""
        return [Note("changed", "info", text) for text in self.texts]


def changed(rows: Rows, key: Mapping[str, str], cells: Mapping[str, Value]) -> Changed:
    """What these cells change of the row with this key. Raises SeveralRows; there is at least one such row."""
    columns = tuple(cells)
    found = [
        (row, values)
        for row, names, *values in rows.pick("row", tuple(key), *columns)
        if all(str(text or "").strip() == key[id_] for id_, text in zip(key, names, strict=True))
    ]
    if len(found) > 1:
        raise SeveralRows(" · ".join(key.values()), rows.file, [row for row, _ in found])
    old = dict(zip(columns, found[0][1], strict=True))
    new = {
        id_: value
        for id_, value in cells.items()
        if (value or None) != (old[id_] or None) or _is_other(value, old[id_])
    }
    texts = [_text(rows.ledger.column(id_), old[id_], value) for id_, value in new.items()]
    return Changed(Edit(rows.ledger.id, key, new) if new else None, texts)


def _is_other(new: Value, old: object) -> bool:
    # 0 and no are no blanks.
    return (new is None or new == "") is not (old is None or old == "")


def _text(column: Column, old: object, new: object) -> Text:
    kind, heading = column.kind, column.heading
    before, after = (
        EMPTY if value in {None, ""} else Text(kind.show(value, "zh"), kind.show(value, "en")) for value in (old, new)
    )
    return Text(f"{heading.zh} {before.zh} → {after.zh}", f"{heading.en} {before.en} → {after.en}")


def listed(cells: Mapping[str, Value], ledger: Ledger) -> Text:
    """Cells in words, as they were understood: `单价 120 · 最低库存 20`."""
    texts = [_cell(ledger.column(id_), value) for id_, value in cells.items() if value is not None]
    return joined(texts, " · ", " · ")


def _cell(column: Column, value: object) -> Text:
    heading, kind = column.heading, column.kind
    return Text(f"{heading.zh} {kind.show(value, 'zh')}", f"{heading.en} {kind.show(value, 'en')}")


def rows_before(count: int) -> list[Note]:
    """What is said of a new thing that so many rows of the ledgers name already."""
    if not count:
        return []
    is_one = count == 1
    text = Text(
        f"台账里已有 {count} 行是它", f"{in_rows(count)} of the ledgers {'is' if is_one else 'are'} about it already"
    )
    return [Note("rows_before", "info", text)]


def similar_note(name: str, names: Iterable[str], what: Text) -> list[Note]:
    """A note where names that are there may be the one that is being added."""
    near = list(names)
    if not near:
        return []
    fold = command("name", "same", name, near[0])
    text = Text(
        f"已有相近的{what.zh}：{'、'.join(near)}；如是同一个：{fold}",
        f"similar {what.en}s are there: {', '.join(near)}; if it is one of them: {fold}",
    )
    return [Note("similar_name", "warning", text)]

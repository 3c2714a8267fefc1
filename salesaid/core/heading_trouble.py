"""What can be wrong with a file's headings: the errors that stop the read, and the findings that do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from salesaid.core.errors import FileTrouble, Refused
from salesaid.core.findings import Severity
from salesaid.core.heading_words import folded
from salesaid.core.schema import Column, Ledger
from salesaid.core.text import Text, joined, same

_SHOWN = 6

Oddity = Literal["unknown", "spare", "doubled", "blank", "ambiguous", "missing"]


class OddHeading(NamedTuple):
    """What is odd about one heading of a file. `column` is the heading, or the letters or the id of one that lacks.

    Each oddity is a rule of the check, which knows how grave it is; `severity` is said where this one is not so.
    """

    oddity: Oddity
    column: str
    message: Text
    suggestion: Text | None = None
    severity: Severity | None = None


class DoubledHeading(FileTrouble):
    """Two columns of the file have one heading, and a column of the ledger would be read from either."""

    def __init__(self, ledger: Ledger, heading: str, column: str, places: Sequence[int]) -> None:
        where = "、".join(letters(place) for place in places)
        en = where.replace("、", ", ")
        name = heading.strip()
        self.heading, self.column = name, column
        super().__init__(
            Text(
                f"{ledger.title.zh}有 {len(places)} 列的表头都是“{name}”（{where} 列），分不清读哪一列",
                f"{len(places)} columns of {ledger.title.en} are headed {name!r} (columns {en}): which "
                "one is meant is not clear",
            ),
            Text("改掉一个表头，或在 salesaid.toml 里指定：\n", "rename one, or say in salesaid.toml:\n")
            + same(_setting(ledger, f"{name}#1", column)),
        )


class MissingHeading(Refused):
    """A file has no heading for columns without which none of its rows can be used."""

    def __init__(self, ledger: Ledger, groups: Sequence[Sequence[str]]) -> None:
        lacks = joined([_either(ledger, group) for group in groups], "；", "; ")
        self.groups = groups
        super().__init__(
            Text(f"{ledger.title.zh}没有这些必需的列：", f"{ledger.title.en} lacks these needed columns: ") + lacks,
            Text("改表头，或在 salesaid.toml 里指定：\n", "rename a heading, or say in salesaid.toml:\n")
            + Text(_setting(ledger, "表头", groups[0][0]), _setting(ledger, "heading", groups[0][0])),
        )


class UnknownColumn(Refused):
    """The settings map a heading to a column that the ledger does not have."""

    def __init__(self, ledger: Ledger, heading: str, column: str) -> None:
        likely = _column_meant(ledger, column)
        options = [likely] if likely else [each.id for each in ledger.columns]
        super().__init__(
            Text(
                f"设置把表头“{heading}”对应到“{column}”，{ledger.title.zh}没有这一列",
                f"the settings map the heading {heading!r} to {column!r}, which is no column of {ledger.title.en}",
            ),
            Text("是不是想说：" if likely else "可用的列：", "did you mean: " if likely else "columns are: ")
            + same(", ".join(options)),
        )


class UnknownHeading(Refused):
    """The settings name a heading that the file does not have."""

    def __init__(self, ledger: Ledger, heading: str, headings: Sequence[str]) -> None:
        options = [each.strip() for each in headings if each.strip()]
        from difflib import get_close_matches

        likely = get_close_matches(heading, options, n=1)
        super().__init__(
            Text(
                f"设置里的表头“{heading}”，{ledger.title.zh}文件里没有",
                f"the settings name the heading {heading!r}, which the file of {ledger.title.en} does not have",
            ),
            Text("是不是想说：" if likely else "文件的表头：", "did you mean: " if likely else "the file's headings: ")
            + same(", ".join(likely or options)),
        )


class TwoHeadings(Refused):
    """The settings map two headings to one column."""

    def __init__(self, ledger: Ledger, column: str, headings: Sequence[str]) -> None:
        shown = joined([same(f"“{heading}”") for heading in headings])
        super().__init__(
            Text("设置把几个表头对应到同一列 ", "the settings map several headings to one column, ")
            + same(f"{ledger.id}.{column}: ")
            + shown,
            Text("只留下要读的那一个", "keep only the one that is to be read"),
        )


def unknown(ledger: Ledger, heading: str) -> OddHeading:
    """A heading that the ledger does not know."""
    name = heading.strip()
    return OddHeading(
        "unknown",
        heading,
        Text(f"不认识的表头“{name}”：这一列保留，但不读", f"unknown heading {name!r}: the column is kept and not read"),
        Text(
            f"要读它，在 salesaid.toml 的 [ledgers.{ledger.id}.columns] 里写 {_mapped(name, '列名')}",
            f"to have it read, say in [ledgers.{ledger.id}.columns] of salesaid.toml {_mapped(name, 'column')}",
        ),
    )


def spare(column: Column, heading: str, read: str) -> OddHeading:
    """One more heading of a column that a better one is read for; two quantities may be two different facts."""
    return OddHeading(
        "spare",
        heading,
        Text(
            f"“{heading.strip()}”和“{read.strip()}”都可作“{column.heading.zh}”：读的是“{read.strip()}”",
            f"{heading.strip()!r} and {read.strip()!r} both head {column.id}: {read.strip()!r} is read",
        ),
        severity="warning" if column.id == "qty" else None,
    )


def doubled(column: Column, heading: str) -> OddHeading:
    """A second column under a heading that the settings have chosen between."""
    name = heading.strip()
    return OddHeading(
        "doubled",
        heading,
        Text(
            f"另有一列表头也是“{name}”：按设置没有读作“{column.heading.zh}”",
            f"another column headed {name!r} is not read as {column.id}, as the settings say",
        ),
    )


def blank(index: int) -> OddHeading:
    """A column without a heading."""
    name = letters(index)
    return OddHeading(
        "blank",
        name,
        Text(f"{name} 列没有表头：保留，但不读", f"column {name} has no heading: kept and not read"),
    )


def ambiguous(column: Column, heading: str, read: str) -> OddHeading:
    """Two headings that differ only in their brackets, equally good for one column."""
    return OddHeading(
        "ambiguous",
        heading,
        Text(
            f"“{heading.strip()}”和“{read.strip()}”分不出哪个是“{column.heading.zh}”：读的是“{read.strip()}”",
            f"{heading.strip()!r} and {read.strip()!r} fit {column.id} equally well: {read.strip()!r} is read",
        ),
        Text(
            "在 salesaid.toml 的 columns 里指定要读的那一个", "name the one to be read under columns in salesaid.toml"
        ),
    )


def lacking(ledger: Ledger, group: Sequence[str]) -> OddHeading:
    """A column without which rows are used but say less: whose, of what, under which number."""
    is_number = group[0] == ledger.number
    return OddHeading(
        "missing",
        group[0],
        Text("没有这一列：", "no column for ") + _either(ledger, group),
        Text("每一行自成一单，以行号称呼", "each row is a document of its own, called by its row")
        if is_number
        else None,
        "note" if is_number else None,
    )


def letters(index: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _setting(ledger: Ledger, heading: str, column: str) -> str:
    """Lines for salesaid.toml that map a heading to a column."""
    return f"[ledgers.{ledger.id}.columns]\n{_mapped(heading, column)}"


def _mapped(heading: str, column: str) -> str:
    """The line of them that says which heading is which column."""
    quoted = heading.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n")
    return f'"{quoted}" = "{column}"'


def _either(ledger: Ledger, group: Sequence[str]) -> Text:
    """The columns of a group with the headings that would be accepted."""
    return joined([_accepted(ledger, id_) for id_ in group], " 或 ", " or ")


def _accepted(ledger: Ledger, id_: str) -> Text:
    column = ledger.column(id_)
    names = "、".join(column.headings[:_SHOWN])
    return Text(f"{names}（{column.title}）", f"{column.title} ({names})")


def _column_meant(ledger: Ledger, text: str) -> str | None:
    """The column that a wrong id most likely stands for: one headed so, or one spelled alike."""
    for column in ledger.columns:
        if folded(text) in map(folded, (column.id, *column.headings)):
            return column.id
    from difflib import get_close_matches

    near = get_close_matches(text, [column.id for column in ledger.columns], n=1)
    return near[0] if near else None

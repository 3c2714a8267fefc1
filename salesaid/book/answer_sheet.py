"""A workbook with questions about names, filled in by a person, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from salesaid import ledgers
from salesaid.balances.name_questions import Answer
from salesaid.book.stores import store_for
from salesaid.core.errors import FileTrouble, Refused, Where
from salesaid.core.kinds import Unreadable
from salesaid.core.tables import Field
from salesaid.core.text import Text, joined
from salesaid.core.width import folded
from salesaid.storage.contract import Spot
from salesaid.storage.csv_trouble import NoHeader
from salesaid.storage.xlsx_trouble import NoHeadings

_NEEDED = ("kind", "name", "other", "answer")
_MOST = 60  # characters of a cell that a sentence shows


class NoQuestions(Refused):
    """A file is no workbook that `name check --out` wrote."""

    def __init__(self, file: str, missing: Sequence[Field]) -> None:
        zh, en = "、".join(field.header.zh for field in missing), ", ".join(field.header.en for field in missing)
        super().__init__(
            Text(f"{file} 里没有这些列：{zh}", f"{file} lacks the columns {en}"),
            Text(
                "先写出来再填：salesaid name check --out 名称.xlsx",
                "write it first: salesaid name check --out names.xlsx",
            ),
        )


class BadAnswer(Refused):
    """A cell of a filled-in workbook cannot be read."""

    def __init__(self, file: str, row: int, field: Field, text: str, accepted: Text) -> None:
        super().__init__(
            Text(
                f"第 {row} 行的{field.header.zh}“{text[:_MOST]}”看不懂",
                f"row {row}: {field.header.en} “{text[:_MOST]}” cannot be read",
            ),
            Text(f"可以写：{accepted.zh}", f"accepted: {accepted.en}"),
            Where(file, row=row),
        )


class NothingAnswered(Refused):
    """A row has an answer, and only one name."""

    def __init__(self, file: str, row: int, name: str) -> None:
        super().__init__(
            Text(
                f"第 {row} 行有答案，但“{name}”旁边没有另一个名称",
                f"row {row} has an answer, and “{name}” stands alone",
            ),
            Text("补上另一个名称，或清掉答案", "write the other name beside it, or clear the answer"),
            Where(file, row=row),
        )


class NoSuchFile(FileTrouble):
    """The file to be read is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(Text(f"没有文件 {path}", f"there is no file {path}"))


class Filled(NamedTuple):
    """The answers of a workbook, and how many of its questions have none."""

    answers: list[Answer]
    unanswered: int


def read_answers(path: Path, fields: Sequence[Field]) -> Filled:
    """What was answered in a workbook with some of these columns. Raises NoQuestions, BadAnswer, FileTrouble."""
    if not path.is_file():
        raise NoSuchFile(path)
    headings = {folded(word): field for field in fields for word in (*field.header, field.name)}
    needed = [field for field in fields if field.name in _NEEDED]
    try:
        sheet = store_for(path).open(Spot(path), lambda cells: sum(folded(cell) in headings for cell in cells))
    except (NoHeader, NoHeadings) as trouble:
        raise NoQuestions(path.name, needed) from trouble
    try:
        found = {headings[folded(text)].name: at for at, text in enumerate(sheet.headings) if folded(text) in headings}
        missing = [field for field in needed if field.name not in found]
        if missing:
            raise NoQuestions(path.name, missing)
        by_name = {field.name: field for field in fields}
        return _filled(path.name, [*sheet.rows()], found, by_name)
    finally:
        sheet.close()


def _filled(
    file: str, rows: Sequence[tuple[int, list[str]]], columns: Mapping[str, int], fields: Mapping[str, Field]
) -> Filled:
    answers, unanswered = [], 0
    kind = ledgers.load("aliases").column("kind").kind
    for number, texts in rows:
        cells = {name: texts[at].strip() for name, at in columns.items()}
        if not cells["name"] or not cells["other"]:
            if cells["answer"] and cells["name"]:
                raise NothingAnswered(file, number, cells["name"])
            continue  # notes below the table, names without a suggestion
        if not cells["answer"]:
            unanswered += 1
            continue
        verdict = _choice(fields["answer"].kind, file, number, fields["answer"], cells["answer"])
        of = _choice(kind, file, number, fields["kind"], cells["kind"])
        answers.append(Answer(of, cells["name"], cells["other"], verdict, cells.get("stays", ""), number))
    return Filled(answers, unanswered)


def _choice(kind: Any, file: str, row: int, field: Field, text: str) -> Any:
    try:
        value = kind.parse(text)
    except Unreadable as trouble:
        raise BadAnswer(file, row, field, text, trouble.accepted) from trouble
    if value is None:
        raise BadAnswer(file, row, field, text, joined(list(kind.words.values())))
    return value

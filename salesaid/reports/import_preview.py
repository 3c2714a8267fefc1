"""What an import would do: sheets and their ledgers, headings and their columns, rows left out, new names, problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from shlex import quote

from salesaid import ledgers
from salesaid.balances.import_names import Differing, NewName
from salesaid.core.clerk import Problem
from salesaid.core.clerk_part import Part, Skipped
from salesaid.core.heading_trouble import letters
from salesaid.core.heading_words import RUNNING, folded
from salesaid.core.kinds import FLAG, QTY, TEXT, Choice
from salesaid.core.pasted import about_names
from salesaid.core.register_flags import FLAGS
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Lang, Text, joined, same

SHOWN = 200  # rows of a table that a terminal shows

_PLACE = (Field("file", Text("文件", "File"), TEXT), Field("sheet", Text("工作表", "Sheet"), TEXT))
_COUNTED = ("read", "used", "left_out", "problems", "made")
_KINDS = Choice(
    {"product": Text("产品", "product"), "customer": Text("客户", "customer"), "supplier": Text("供应商", "supplier")}
)
_WHY = Choice(
    {
        "total": Text("小计、合计行", "a row of totals"),
        "header": Text("重复的表头", "the headings once more"),
        "no-entry": Text("不是数据行", "no row of the table"),
    }
)
_STAYS = Choice(
    {
        "registered": Text("已在册", "registered"),
        "twice": Text("表里同名的第二行", "a second row of that name"),
    }
)
_CODES = Choice(
    {
        "unreadable-cell": Text("看不懂", "unreadable"),
        "needed-cell": Text("缺少", "missing"),
        "ragged-row": Text("格数不对", "number of cells"),
        "another-table": Text("另一张表", "another table"),
        "year-turns": Text("跨年", "another year"),
        "formula-without-value": Text("公式没有结果", "formula without result"),
        "error-cell": Text("错误值", "error value"),
        "digits-lost": Text("数字丢了位数", "digits lost"),
        "merged-figure": Text("合并的格子", "merged cell"),
    }
)


def import_preview(
    lang: Lang, *, parts: Sequence[Part], skipped: Sequence[Skipped] = (), names: Sequence[NewName] = (),
    differing: Sequence[Differing] = (),
) -> Card:  # fmt: skip
    """The preview: sheets, columns, rows left out, names, problems; only tables that hold something."""
    problems = [problem for part in parts for problem in part.tally.problems]
    more = sum(part.tally.more_problems for part in parts)
    found = problem_table(problems, lang, more)
    ledgers_read = dict.fromkeys(part.mapping.ledger for part in parts)
    columns = [_columns([part for part in parts if part.mapping.ledger == id_]) for id_ in ledgers_read]
    named = (_new_names(names), differing_table(differing, lang))
    tables = (sheet_table(parts, skipped), *columns, _left_out(parts), *named, found)
    return Card(Text("导入预览", "Import preview"), tuple(table for table in tables if table.rows))


def _ledger_kind(parts: Iterable[Part]) -> Choice:
    return Choice({part.mapping.ledger: ledgers.load(part.mapping.ledger).title for part in parts})


def sheet_table(parts: Sequence[Part], skipped: Sequence[Skipped]) -> Table:
    """A row a sheet: which ledger it is, and what became of its rows."""
    fields = (
        *_PLACE,
        Field("ledger", Text("台账", "Ledger"), _ledger_kind(parts)),
        Field("header_row", Text("表头行", "Header row"), QTY),
        Field("read", Text("读到行", "Rows read"), QTY),
        Field("used", Text("可用行", "Rows used"), QTY),
        Field("left_out", Text("略去行", "Left out"), QTY),
        Field("problems", Text("问题", "Problems"), QTY),
        Field("made", Text("台账行", "Ledger rows"), QTY),
        Field("profile", Text("用过的方案", "Known"), FLAG),
    )
    rows = [_sheet_row(part) for part in parts]
    notes = tuple(
        Note("sheet-skipped", "warning", same(f"{each.file}{f' {each.sheet}' if each.sheet else ''}: ") + each.reason)
        for each in skipped
    )
    totals = {name: Decimal(sum(_figures(part)[name] for part in parts)) for name in _COUNTED}
    return Table(Text("工作表", "Sheets"), fields, rows, totals=totals if len(rows) > 1 else {}, notes=notes)


def _sheet_row(part: Part) -> tuple[object, ...]:
    figures = [Decimal(figure) for figure in _figures(part).values()]
    return part.file, part.sheet, part.mapping.ledger, Decimal(part.header.last), *figures, part.profile


def _figures(part: Part) -> dict[str, int]:
    tally = part.tally
    left = len(tally.totals) + len(tally.headers) + len(tally.feet) + tally.blank
    problems = len(tally.problems) + tally.more_problems
    return dict(zip(_COUNTED, (tally.read, tally.used, left, problems, tally.made), strict=True))


def _columns(parts: Sequence[Part]) -> Table:
    """A row a heading of one ledger's sheets; those with the same headings read alike stand here once."""
    fields = (
        Field("ledger", Text("台账", "Ledger"), _ledger_kind(parts)),
        Field("cell", Text("列", "Cell"), TEXT),
        Field("heading", Text("表头", "Heading"), TEXT),
        Field("column", Text("读作", "Read as"), _column_kind(parts)),
        Field("samples", Text("例", "Samples"), TEXT, folds=True),
    )
    seen: set[object] = set()
    rows: list[tuple[object, ...]] = []
    for part in parts:
        key = (part.header.headings, part.mapping.ledger, *part.mapping.columns.items(), *part.mapping.dates.items())
        if key not in seen:
            seen.add(key)
            rows += _column_rows(part)
    notes = _not_read(row for row in rows if row[3] is None)
    return Table(Text("表头对应的列", "Headings and columns"), fields, rows, notes=notes, newest=SHOWN)


def _not_read(rows: Iterable[tuple[object, ...]]) -> tuple[Note, ...]:
    """What the ledger does not get: columns that hold something and head nothing of it, but for running numbers."""
    headed = [(str(heading or cell), samples) for _, cell, heading, _, samples in rows]
    left = [heading for heading, samples in dict(headed).items() if samples and folded(heading) not in RUNNING]
    if not left:
        return ()
    said = joined([same(each) for each in left])
    text = Text("没有读的列：", "columns that are not read: ") + said
    hint = quote(f"{left[0]}=…")
    return (Note("not-read", "info", text + Text(f"；要读的用 --map {hint}", f"; say what one is with --map {hint}")),)


def _column_rows(part: Part) -> Iterator[tuple[object, ...]]:
    read = read_as(part)
    for at, heading in enumerate(part.header.headings):
        samples = " | ".join(part.samples.get(at, ()))
        if heading or samples:
            yield part.mapping.ledger, letters(at), heading or None, read.get(at), samples or None


def read_as(part: Part) -> Mapping[int, str]:
    """What each column of a sheet is: one of the ledger's, or derived, by its id, or `return.date`, an event's date."""
    read = {at: id_ for id_, at in (*part.mapping.derived.items(), *part.mapping.columns.items())}
    read |= {at: f"{action}.date" for action, at in part.mapping.dates.items()}
    return read | {at: f"{action}.qty" for action, at in part.mapping.quantities.items()}


def _column_kind(parts: Iterable[Part]) -> Choice:
    words: dict[str, Text] = {}
    for part in parts:
        ledger = ledgers.load(part.mapping.ledger)
        for name in read_as(part).values():
            action, _, what = name.partition(".")
            if what:
                word, heading = ledger.action(action).word, ledger.column(what).heading
                words[name] = Text(f"{word.zh}的{heading.zh}", f"{heading.en} of {word.en}")
            else:
                heading = ledger.column(name).heading
                is_derived = name in part.mapping.derived
                words[name] = heading + Text("（自己算）", " (worked out)") if is_derived else heading
    return Choice(words)


def _left_out(parts: Sequence[Part]) -> Table:
    fields = (
        *_PLACE,
        Field("row", Text("行", "Row"), QTY),
        Field("why", Text("为什么略去", "Why"), _WHY),
        Field("text", Text("内容", "Text"), TEXT, folds=True),
    )
    rows: list[tuple[object, ...]] = []
    for part in parts:
        left = [(row, "total", None) for row in part.tally.totals]
        left += [(row, "header", None) for row in part.tally.headers]
        found: list[tuple[int, str, str | None]] = [*left, *((row, "no-entry", text) for row, text in part.tally.feet)]
        rows += [(part.file, part.sheet, Decimal(row), why, text) for row, why, text in sorted(found)]
    return Table(Text("略去的行", "Rows left out"), fields, rows, newest=SHOWN)


def _new_names(names: Sequence[NewName]) -> Table:
    fields = (
        Field("kind", Text("种类", "Kind"), _KINDS),
        Field("name", Text("新名称", "New name"), TEXT),
        Field("model", Text("型号", "Model"), TEXT),
        Field("unit", Text("单位", "Unit"), TEXT),
        Field("rows", Text("行数", "Rows"), QTY),
        Field("near", Text("相近的已有名称", "Known names like it"), TEXT, folds=True),
    )
    ordered = sorted(names, key=lambda each: (each.kind, -each.rows, each.name))
    rows = [
        (
            each.kind, each.name, each.model or None, each.unit or None, Decimal(each.rows),
            "、".join(each.near) or None,
        )
        for each in ordered
    ]  # fmt: skip
    return Table(Text("账本里没有的名称", "Names that the book does not know"), fields, rows, newest=SHOWN)


def differing_table(differing: Sequence[Differing], lang: Lang) -> Table:
    """Rows of registers that stay as they are: what the files say otherwise, and how to have it so."""
    fields = (
        Field(
            "ledger",
            Text("档案", "Register"),
            Choice({each.ledger: ledgers.load(each.ledger).title for each in differing}),
        ),
        Field("name", Text("名称", "Name"), TEXT),
        Field("says", Text("表里写的", "What the file says"), TEXT, folds=True),
        Field("why", Text("为什么没有改", "Why it stays"), _STAYS),
        Field("command", Text("修改命令", "To change it"), TEXT, folds=True),
    )
    rows = [
        (each.ledger, each.name, _says(each, lang), "registered" if each.is_registered else "twice", _set(each))
        for each in differing
    ]
    return Table(Text("在册的，没有改", "Registered, and left as they are"), fields, rows, newest=SHOWN)


def _says(differing: Differing, lang: Lang) -> str:
    columns = {column.id: column.heading.in_(lang) for column in ledgers.load(differing.ledger).columns}
    return ("、" if lang == "zh" else ", ").join(f"{columns[id_]} {text}" for id_, text in differing.cells.items())


def _set(differing: Differing) -> str | None:
    """The line that changes the register; none for a second row of one name, of which only a person can say."""
    flags = {"note": "--note", **FLAGS.get(differing.ledger, {})}
    cells = differing.cells.items() if differing.ledger in FLAGS else ()
    typed = [word for id_, text in cells if id_ in flags for word in (flags[id_].split()[0], text)]
    if not typed or not differing.is_registered:
        return None
    return about_names(f"{differing.ledger[:-1]} set", [differing.name], *typed)


def problem_table(problems: Sequence[Problem], lang: Lang, more: int = 0) -> Table:
    """Every cell that keeps the files from being imported: where, what stands there, what is expected."""
    fields = (
        *_PLACE,
        Field("cell", Text("格", "Cell"), TEXT),
        Field("heading", Text("表头", "Heading"), TEXT),
        Field("code", Text("问题", "Problem"), _CODES),
        Field("found", Text("写着", "Found"), TEXT),
        Field("expected", Text("应该是", "Expected"), TEXT, folds=True),
    )
    rows = [
        (
            each.spot.file, each.spot.sheet, each.spot.cell, each.heading or None, each.code, each.found or None,
            each.expected.in_(lang),
        )
        for each in problems
    ]  # fmt: skip
    notes = (Note("more", "info", Text(f"还有 {more} 处", f"{more} more")),) if more else ()
    return Table(Text("读不了的格子", "Cells that cannot be imported"), fields, rows, notes=notes)

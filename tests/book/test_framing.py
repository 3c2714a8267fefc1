"""A frame holds the rows and values that `Rows.pick` gives, whatever the file is like."""

from __future__ import annotations

import csv
import io
import shutil
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from salesaid import ledgers
from salesaid.book import Book
from salesaid.book.framing import by_columns
from salesaid.core.errors import SalesaidError
from salesaid.core.kinds import FLAG, NUMBER_NO, TEXT, Choice
from salesaid.core.rows import Rows
from salesaid.core.sheet_rows import RowOfSheet
from salesaid.storage.contract import Spot, View
from salesaid.storage.csv_store import STORE
from salesaid.storage.csv_trouble import ChangedWhileReading
from tests.desk import Desk

SAMPLE = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 22)
EVERY = ledgers.names()


def frame(shelf, id_, today):
    """The used rows of a ledger with all columns that it has."""
    rows = by_columns(shelf, id_, today)
    return rows.frame("row", *(column.id for column in rows.ledger.columns if rows.has(column.id)))


def plain(value, kind):
    """A value of a frame as `pick` says it."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, str) or kind is FLAG:
        return value if isinstance(value, str) else bool(value)
    return Decimal(int(value)).scaleb(-6)


def of_frame(ledger, found):
    kinds = {column.id: column.kind for column in ledger.columns}
    columns = [
        [int(v) if name == "row" else plain(v, kinds.get(name)) for v in found[name].array] for name in found.columns
    ]
    return list(zip(*columns, strict=True))


def same(folder, id_, today=DAY):
    """Whether one ledger is the same both ways: (rows, set aside, later, used) or the trouble; and read at once."""
    answers = []
    for way in (by_frame, by_pick):
        with closing(Book(folder, today, "zh", "小郑")) as book:
            try:
                answers.append(way(book, id_, today))
            except SalesaidError as trouble:
                answers.append(str(trouble.message))
    for framed, picked in zip(*answers, strict=True):
        assert framed == picked
    return answers[0]


def by_frame(book, id_, today):
    found = frame(book.shelf, id_, today)
    framed = book.shelf.rows(id_, today)
    rows = of_frame(ledgers.load(id_), found)
    assert [tuple(map(normal, row)) for row in framed.pick(*found.columns)] == rows
    assert_same_as_written(framed)
    blocks = [zip(*block, strict=True) for block in framed.pick_columns(*found.columns)]
    assert [tuple(map(normal, row)) for block in blocks for row in block] == rows
    return rows, *left_out(book, id_)


def assert_same_as_written(framed):
    """Numbers are looked at as they are written, also of rows that are not used."""
    plain = Rows.written
    for column in framed.columns:
        found = [each for block in framed.written(column) for each in zip(*block, strict=True)]
        assert found == [each for block in plain(framed, column) for each in zip(*block, strict=True)]


def by_pick(book, id_, today):
    rows = book.shelf.rows(id_, today)
    names = ["row", *(column.id for column in rows.ledger.columns if rows.has(column.id))]
    found = [tuple(map(normal, row)) for row in rows.pick(*names)]
    return found, *left_out(book, id_)


def normal(value):
    return value.normalize() + 0 if isinstance(value, Decimal) else value


def left_out(book, id_):
    book.supply(id_)
    notes = [(note.code, note.text, note.rows) for note in book.left_out()]
    return book.shelf.set_aside(id_), book.shelf.later(id_), notes


@pytest.mark.parametrize("id_", EVERY)
@pytest.mark.parametrize("day", [DAY, date(2026, 9, 1)])
def test_of_the_sample_book(id_, day):
    answer = same(SAMPLE, id_, day)
    assert answer[0] or day < DAY or not (SAMPLE / f"{ledgers.load(id_).title.zh}.csv").exists()


def test_reads_plain_files_at_once(monkeypatch):
    monkeypatch.setattr("salesaid.book.framing.FramedRows._read_by_rows", None)
    with closing(Book(SAMPLE, DAY, "zh", "小郑")) as book:
        for id_ in set(EVERY) - {"stock_moves"}:
            assert book.shelf.opened(id_) is None or len(frame(book.shelf, id_, DAY)) > 0


CELLS = {
    "date": ["2026-11-01", "2026/11/2", "20261103", "2026-12-24", "2026-11-01 08:30:00", "5/6/26", "11月5日", "soon"],
    "due": ["2026-11-30", "", "30天", "周五"],
    "qty": ["1", "2.5", "-3", "1,234.5", "１２", "0.123456", "0.1234567", "1e5", "12个", "999999999999"],
    "money": ["10", "0.01", "-5.005", "￥1,200.50", "(30)", "1.2万", "12元", "-0", "007", "1234567890123", ".5", "5."],
    "rate": ["13%", "0.13", "x"],
    "days": ["30", "30天", "-1"],
    "text": ["甲", " 乙 ", "a\u00a0", "NA", "null", 'say "hi"', "x,y", "合计", "本月合计：", "Total", "\u3000"],
    "number_no": ["SO1", " SO1", "00123", "合计", "SO2\u2003"],
    "flag": ["是", "no", "perhaps"],
}


def cells_of(column):
    if isinstance(column.kind, Choice):
        return [*column.kind.words, *(text.zh for text in column.kind.words.values()), "gibberish"]
    return CELLS.get(column.kind.name, CELLS["money"] if column.kind.name == "price" else CELLS["text"])


@st.composite
def files(draw):
    """A ledger, its heading ids and rows, mostly sound."""
    ledger = ledgers.load(draw(st.sampled_from(EVERY)))
    needed = {name for groups in (a.needs for a in ledger.actions) for group in groups for name in group}
    needed |= {name for group in ledger.needs for name in group}
    columns = [c for c in ledger.columns if c.id in needed or draw(st.booleans())]
    oddness = draw(st.sampled_from([0, 0, 1, 8]))

    def cell(column):
        every = cells_of(column)
        sound = st.sampled_from(every[:2])
        return sound if draw(st.integers(0, 9)) >= oddness else st.sampled_from(["", " ", *every])

    rows = [[draw(cell(column)) for column in columns] for _ in range(draw(st.integers(0, 12)))]
    return ledger, columns, rows


@st.composite
def shapes(draw):
    """What else may be odd: encoding, line ends, delimiter, what stands between and behind the rows."""
    return {
        "encoding": draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"])),
        "end": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "delimiter": draw(st.sampled_from([",", ",", ";", "\t"])),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        "extra": draw(
            st.lists(
                st.sampled_from(
                    ["", "{d}", "{d}{d}", "  ", '"a"b{d}', 'a"b', '"open', "合计{d}1", '"two\nlines"', "é"]
                ),
                max_size=2,
            )
        ),
        "is_finished": draw(st.booleans()),
    }


def written(columns, rows, shape):
    out = io.StringIO(newline="")
    lines = csv.writer(out, delimiter=shape["delimiter"], lineterminator=shape["end"], quoting=shape["quoting"])
    lines.writerow([column.headings[0] for column in columns])
    for number, row in enumerate(rows):
        lines.writerow(row)
        if number < len(shape["extra"]):
            out.write(shape["extra"][number].format(d=shape["delimiter"]) + shape["end"])
    text = out.getvalue()
    return (text if shape["is_finished"] else text.removesuffix(shape["end"])).encode(shape["encoding"])


SETTINGS = [
    "",
    '[ledgers.{id}]\ndate_order = "dmy"\nyear = 2025\n',
    '[ledgers.{id}.fixed]\n{fixed} = "甲"\n',
    '[ledgers.{id}.words]\n"gibberish" = "{action}"\n',
]
slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def laid_out(folder, ledger, columns, setting):
    """The settings of a book with one ledger; what is fixed is no column of the file."""
    free = [c.id for c in ledger.columns if c.kind in {TEXT, NUMBER_NO} and c not in columns]
    if ("{fixed}" in setting and not free) or ("{action}" in setting and not ledger.actions):
        setting = ""
    action = ledger.actions[-1].id if ledger.actions else ""
    text = setting.format(id=ledger.id, fixed=free[0] if free else "", action=action)
    (folder / "salesaid.toml").write_text(f'[book]\nlanguage = "zh"\n{text}', encoding="utf-8")


@slow
@given(files(), shapes(), st.sampled_from(SETTINGS))
def test_of_odd_files(tmp_path_factory, file, shape, setting):
    ledger, columns, rows = file
    folder = tmp_path_factory.mktemp("book")
    laid_out(folder, ledger, columns, setting)
    (folder / f"{ledger.title.zh}.csv").write_bytes(written(columns, rows, shape))
    assert same(folder, ledger.id) is not None


FORMULAS = ("=1+1", "=甲")  # saved without their results


@slow
@given(files(), st.sampled_from(SETTINGS), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9)), max_size=3))
def test_of_odd_workbooks(tmp_path_factory, file, setting, unsaved):
    ledger, columns, rows = file
    folder = tmp_path_factory.mktemp("book")
    laid_out(folder, ledger, columns, setting)
    book = openpyxl.Workbook()
    book.active.append([column.headings[0] for column in columns])
    for row in rows:
        book.active.append([ILLEGAL_CHARACTERS_RE.sub("", text) for text in row])
    for row, column in unsaved:
        book.active.cell(row + 2, column % len(columns) + 1, FORMULAS[column % 2])
    book.save(folder / f"{ledger.title.zh}.xlsx")
    assert same(folder, ledger.id) is not None


def test_an_action_without_its_result_is_none(tmp_path):
    """A blank cell would be the first action."""
    (tmp_path / "salesaid.toml").write_text('[book]\nlanguage = "zh"\n', encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(["订单号", "动作", "日期", "客户", "产品", "数量"])
    for number, action in enumerate(("下单", None, "=A1", "关闭")):
        book.active.append([f"SO{number}", action, date(2026, 11, 1), "甲", "Board", 1])
    book.save(tmp_path / "订单.xlsx")
    rows, aside, *_ = same(tmp_path, "orders")
    assert [row[1] for row in rows] == ["SO0", "SO1", "SO3"]
    assert [number for number, _ in aside] == [4]


def test_rows_lost_in_quotes_are_no_columns(tmp_path):
    """What csv refuses, or reads as other rows, pyarrow must not answer."""
    path = tmp_path / "订单.csv"
    for line in ('"a"b,2', 'a,"open', '"two\nlines",3', "a", "a,b,c", "a,b,", "x\ry,1", "é,\0"):
        path.write_bytes(f"客户,数量\n甲,1\n{line}\n乙,2\n".encode())
        with closing(STORE.open(Spot(path), lambda cells: sum(c in {"客户", "数量"} for c in cells))) as sheet:
            assert sheet.columns({0}, {1}) is None, line


def test_a_view_ends_where_an_unfinished_post_began(tmp_path):
    path = tmp_path / "订单.csv"
    path.write_bytes("客户,数量\n甲,1\n乙,2\n".encode())
    limit = len("客户,数量\n甲,1\n".encode())
    with closing(STORE.open(Spot(path), len, view=View(limit=limit))) as sheet:
        found = sheet.columns({0}, {1})
        assert (found.length, found.coded[0].to_pylist(), found.plain[1].to_pylist()) == (1, ["甲"], ["1"])


def test_a_file_that_changes_meanwhile_is_no_columns(tmp_path):
    path = tmp_path / "订单.csv"
    path.write_bytes("客户,数量\n甲,1\n".encode())
    with closing(STORE.open(Spot(path), len)) as sheet:
        path.write_bytes("客户,数量\n甲,22\n".encode())
        with pytest.raises(ChangedWhileReading):
            sheet.columns({0}, {1})


@pytest.mark.parametrize("is_1904", [False, True])
def test_of_a_workbook(tmp_path, is_1904):
    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["订单号", "日期", "客户", "产品", "数量", "单价", "金额"])
    sheet.append(["SO1", date(2026, 11, 1), "甲", "Board", 2.5, 3, 7.5])
    sheet.append(["SO2", "soon", "甲", "Board", 1, 3, None])
    sheet.append(["SO3", date(2026, 12, 1), "乙", "Board", 1, 3, None])
    sheet.append(["SO4", date(2026, 11, 2), "乙", 123, "=1+1", "x", "=2"])
    sheet.append(["SO5", date(2026, 11, 2), "乙", "Cable", 4, "=1+1", None])
    sheet.append(["合计", None, None, None, 6, None, 9])
    book.save(tmp_path / "订单.xlsx")
    (tmp_path / "salesaid.toml").write_text('[book]\nlanguage = "zh"\n', encoding="utf-8")
    rows, aside, later, notes = same(tmp_path, "orders")
    assert [row[1] for row in rows] == ["SO1", "SO5"]
    assert ([each[0] for each in aside], later, len(notes)) == ([3, 5, 7], 1, 3 + is_1904)


@pytest.mark.parametrize("words", ["report month 2026-10", "report customers 2026", "report receivables"])
def test_a_report_is_the_same_however_its_ledgers_are_read(tmp_path, monkeypatch, words):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    desk = Desk(tmp_path, (SAMPLE / "salesaid.toml").read_text("utf-8"))
    at_once = desk.json(words)
    monkeypatch.setattr("salesaid.book.framing.FramedRows._read_at_once", lambda self, names: False)
    monkeypatch.setattr("salesaid.book.framing.prepare", lambda shelf, today: None)
    assert desk.json(words) == at_once
    assert at_once["status"] == "ok"


SHEET_CELLS = {
    "单号": ["SO1", "SO2", None, "合计", " x"],
    "日期": [date(2026, 9, 3), "2026-10-08", "soon", None, date(2026, 12, 1), "9月8日"],
    "客户": ["甲", "乙", None],
    "产品": ["主板", "电源线 & 线", 123],
    "数量": [1, 2.5, -3, None, "x", "=1+1"],
    "单价": [9, "9.50", None],
    "备注": [None, "a_x000D_b", "急"],
}
SHEET_ROWS = st.lists(st.tuples(*map(st.sampled_from, SHEET_CELLS.values())), max_size=6)
SHEETS = st.lists(
    st.tuples(st.permutations(list(SHEET_CELLS)), st.sets(st.sampled_from(["单价", "备注", "客户"])), SHEET_ROWS),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(SHEETS, st.booleans())
def test_of_several_sheets(tmp_path_factory, sheets, has_years):
    folder = tmp_path_factory.mktemp("sheets")
    book = openpyxl.Workbook()
    book.remove(book.active)
    expected = 0
    for month, (order, lacking, rows) in enumerate(sheets, 9):
        sheet = book.create_sheet(f"{2017 + month}年{month}月" if has_years else f"{month}月")
        headings = [heading for heading in order if heading not in lacking]
        sheet.append(headings)
        for row in rows:
            cells = dict(zip(SHEET_CELLS, row, strict=True))
            sheet.append([cells[heading] for heading in headings])
            expected += any(cell is not None for cell in row)
    book.save(folder / "订单.xlsx")
    (folder / "salesaid.toml").write_text(
        '[book]\nlanguage = "zh"\n[ledgers.orders]\nfile = "订单.xlsx"\nsheet = "*月"\n', encoding="utf-8"
    )
    rows, aside, later, _ = same(folder, "orders")
    assert len(rows) + len(aside) + later == expected
    assert all(isinstance(row, RowOfSheet) for row, _ in aside)


def test_reads_several_sheets_at_once(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active.title = "9月"
    for name, heads in (
        ("9月", ["单号", "日期", "数量"]),
        ("10月", ["数量", "日期", "单号", "备注"]),
        ("11月", ["日期", "数量"]),
    ):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(heads)
        cells = {"单号": name, "日期": date(2026, int(name[:-1]), 1), "数量": 2, "备注": "急"}
        for _ in range(2 if name != "11月" else 0):
            sheet.append([cells[heading] for heading in heads])
    book.save(tmp_path / "订单.xlsx")
    (tmp_path / "salesaid.toml").write_text('[ledgers.orders]\nfile = "订单.xlsx"\nsheet = "*月"\n', encoding="utf-8")
    monkeypatch.setattr("salesaid.book.framing.FramedRows._read_by_rows", None)
    with closing(Book(tmp_path, DAY, "zh", "小郑")) as read:
        rows = by_columns(read.shelf, "orders", DAY)
        assert [tuple(map(str, row)) for row in rows.pick("row", "order_no", "qty", "note")] == [
            ("9月:2", "9月", "2", ""), ("9月:3", "9月", "2", ""), ("10月:2", "10月", "2", "急"),
            ("10月:3", "10月", "2", "急"),
        ]  # fmt: skip

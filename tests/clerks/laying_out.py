"""True rows laid out as clerks lay them out: titles, two-row headings, merged cells, totals, months, footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from tests.clerks.cell_forms import Cell, day_cell, heading, manner_of_cells, written
from tests.clerks.ledgers_kept import KEPT, Column, Kept

_MORE = (
    "税率",
    "未税金额",
    "税额",
    "已收金额",
    "未收金额",
    "发票号",
    "是否开票",
    "毛利",
    "箱数",
    "汇率",
    "折扣",
    "提成",
    "欠款",
)

BAD_CELLS = (
    "date",
    "day",
    "few digits",
    "narrow",
    "number",
    "error",
    "rounded",
    "shortened",
    "needed",
    "ditto",
    "not found",
    "made a day",
)


class Box(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """One sheet: cells by row and column, counted from 1."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    data: list[int] = field(default_factory=list)
    next: int = 1

    def put(self, row: int, column: int, cell: Cell | str | None) -> None:
        if isinstance(cell, str):
            cell = Cell("s", cell)
        if cell is not None and cell.value != "":
            self.cells[row, column] = cell


class Bad(NamedTuple):
    """A cell that nobody can read: the import has to be refused, naming it."""

    sheet: str
    ref: str
    what: str


@dataclass
class Made:
    """A clerk's workbook, and what is true of it."""

    kept: Kept
    columns: list[Column]
    grids: list[Grid]
    rows: list[dict[str, Any]]
    options: list[str]
    manner: dict[str, Any]
    bad: Bad | None = None


def made(seed: int, name: str | None = None) -> Made:
    """A workbook by its seed."""
    rng = Random(seed)
    kept = KEPT[name or rng.choice(list(KEPT))]
    manner = _manner(rng, kept)
    columns = [one for one in kept.columns if one.always or rng.random() < 0.65]
    for heading_of in rng.sample(_MORE, manner["more_columns"]):
        columns.insert(rng.randint(1, len(columns)), Column("-more", "derived", (heading_of,), always=False))
    if rng.random() < 0.3:
        head, *rest = columns
        rng.shuffle(rest)
        columns = [head, *rest]
    days = [date(2026, 1, 3) + timedelta(rng.randint(0, 300)) for _ in range(rng.choice((1, 3, 8, 20, 45)))]
    if manner["grouped"] or manner["monthly"] or manner["separators"]:
        days.sort()
    rows = [kept.row(rng, number, day) for number, day in enumerate(days, 1)]
    whole = Made(kept, columns, [], rows, [], manner)
    for sheet, part in _sheets(rng, kept, manner, rows):
        whole.grids.append(_Layout(rng, whole, sheet).lay(part))
    _other_sheets(rng, whole)
    if manner["bad"]:
        _spoil(rng, whole)
    return whole


def _manner(rng: Random, kept: Kept) -> dict[str, Any]:
    def often(share: float) -> bool:
        return rng.random() < share

    months = ("{0}月", "2026年{0}月", "2026.{0:02}", "2026{0:02}", "{0}月份")
    return {
        **manner_of_cells(rng),
        "blank_rows": rng.choice((0, 0, 0, 1, 2)),
        "blank_columns": rng.choice((0, 0, 0, 1)),
        "titles": rng.choice((0, 0, 1, 1, 2, 3)),
        "serial": often(0.4),
        "serial_heading": rng.choice(("序号", "行号", "No.", "NO", "编号", "项次")),
        "two_rows": often(0.2),
        "grouped": kept.dated and often(0.3),
        "merged": often(0.7),
        "subtotals": rng.choice(("", "", "", "page", "customer")),
        "total": rng.choice(("", "合计", "合  计", "总计", "合计：", "本月合计", "合计（元）", "共计", "汇总")),
        "formulas": often(0.3),
        "footer": often(0.3),
        "gaps": often(0.15),
        "again": often(0.1),
        "separators": kept.dated and often(0.1),
        "others": often(0.2),
        "more_columns": rng.choice((0, 0, 1, 3)),
        "beside": often(0.1),
        "hidden": often(0.1),
        "monthly": kept.dated and often(0.25),
        "months": rng.choice(months),
        "bad": rng.choice(BAD_CELLS) if often(0.12) else "",
    }


def _sheets(
    rng: Random, kept: Kept, manner: dict[str, Any], rows: list[dict[str, Any]]
) -> list[tuple[str, list[dict[str, Any]]]]:
    if not manner["monthly"]:
        return [(rng.choice(("Sheet1", "工作表1", kept.titles[0], "2026年", "明细")), rows)]
    months = sorted({row["date"].month for row in rows})
    return [(manner["months"].format(month), [row for row in rows if row["date"].month == month]) for month in months]


def reference(row: int, column: int) -> str:
    """A1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


class _Layout:
    """One sheet being laid out."""

    def __init__(self, rng: Random, whole: Made, sheet: str) -> None:
        self.rng, self.whole, self.manner = rng, whole, whole.manner
        self.grid = Grid(sheet)
        self.serial = 1 + self.manner["blank_columns"]
        self.left = self.serial + self.manner["serial"]
        self.right = self.left + len(whole.columns) - 1

    def lay(self, rows: Sequence[dict[str, Any]]) -> Grid:
        grid = self.grid
        grid.next += self.manner["blank_rows"]
        self._titles()
        heads = grid.next
        self._headings()
        first = grid.next
        self._rows(rows, heads)
        if self.manner["grouped"] and self.manner["merged"]:
            self._merge_groups()
        if self.manner["total"]:
            self._total(self.manner["total"], first)
        if self.manner["footer"]:
            self._footer()
        if self.manner["beside"]:
            grid.put(grid.data[-1], self.right + self.rng.randint(1, 2), "此单已核对")
        if self.manner["hidden"] and rows:
            grid.hidden.add(first)
        return grid

    def _rows(self, rows: Sequence[dict[str, Any]], heads: int) -> None:
        """The true rows, with what stands between them."""
        grid = self.grid
        page, month = grid.next, 0
        for number, row in enumerate(rows, 1):
            if self.manner["separators"] and row["date"].month != month:
                month = row["date"].month
                self._separator(f"{month}月份")
            self._row(number, row)
            last = number == len(rows)
            if self.manner["subtotals"] and not last and self.rng.random() < 0.3:
                self._subtotal(row, page)
                page = grid.next
            if self.manner["gaps"] and not last and self.rng.random() < 0.2:
                grid.next += 1
            if self.manner["again"] and number % 10 == 0 and not last and not self.manner["two_rows"]:
                self._again(heads)

    def _titles(self) -> None:
        said = [
            f"深圳市某某电子有限公司{self.rng.choice(self.whole.kept.titles)}",
            "2026年度",
            "制表日期：2026-12-31   单位：元",
        ]
        for text in said[: self.manner["titles"]]:
            self.grid.put(self.grid.next, self.serial, text)
            if self.rng.random() < 0.6 and self.right > self.serial:
                self.grid.merged.append(Box(self.grid.next, self.serial, self.grid.next, self.right))
            self.grid.next += 1

    def _headings(self) -> None:
        grid, row, deep = self.grid, self.grid.next, self.manner["two_rows"]
        if self.manner["serial"]:
            grid.put(row, self.serial, self.manner["serial_heading"])
            if deep:
                grid.merged.append(Box(row, self.serial, row + 1, self.serial))
        texts = [heading(self.rng, self.manner, column) for column in self.whole.columns]
        goods = [at for at, one in enumerate(self.whole.columns) if one.id in ("product", "model", "spec")]
        run = goods if goods and goods == list(range(goods[0], goods[-1] + 1)) and len(goods) > 1 else []
        for at, text in enumerate(texts):
            if not deep or at not in run:
                grid.put(row, self.left + at, text)
                if deep:
                    grid.merged.append(Box(row, self.left + at, row + 1, self.left + at))
            else:
                grid.put(row + 1, self.left + at, text)
        if deep and run:
            grid.put(row, self.left + run[0], "货品信息")
            grid.merged.append(Box(row, self.left + run[0], row, self.left + run[-1]))
        grid.next += 1 + deep

    def _row(self, number: int, row: dict[str, Any]) -> None:
        at = self.grid.next
        self.grid.data.append(at)
        if self.manner["serial"]:
            self.grid.put(at, self.serial, Cell("n", Decimal(number)))
        for place, column in enumerate(self.whole.columns):
            self.grid.put(at, self.left + place, self._cell(column, row))
        ids = [column.id for column in self.whole.columns]
        if self.manner["formulas"] and {"qty", "price", "amount"} <= set(ids):
            qty, price = (reference(at, self.left + ids.index(one)) for one in ("qty", "price"))
            self.grid.put(
                at, self.left + ids.index("amount"), Cell("n", row["amount"], "0.00", f"ROUND({qty}*{price},2)")
            )
        self.grid.next += 1

    def _cell(self, column: Column, row: dict[str, Any]) -> Cell | str | None:
        if column.kind == "derived":
            return Cell("n", Decimal(self.rng.randint(-5, 500)))
        return written(self.rng, self.manner, column, row.get(column.id, ""), row.get("unit", ""))

    def _total(self, label: str, first: int) -> None:
        at, ids = self.grid.next, [column.id for column in self.whole.columns]
        sums = [place for place, one in enumerate(self.whole.columns) if one.kind in ("qty", "money", "weight")]
        where = 0 if not sums else self.rng.randint(0, max(0, min(sums) - 1))
        left = self.serial if self.rng.random() < 0.5 else self.left + where
        if where in sums:
            left = self.serial
        self.grid.put(at, left, label)
        for place in sums:
            total = sum((abs(one[ids[place]] or 0) for one in self.whole.rows), Decimal())
            ref = reference(first, self.left + place) + ":" + reference(at - 1, self.left + place)
            self.grid.put(
                at, self.left + place, Cell("n", total, "#,##0.00", f"SUM({ref})" if self.manner["formulas"] else "")
            )
        if left == self.serial == self.left and self.left in [self.left + place for place in sums]:
            self.grid.put(at, left, label)
        self.grid.next += 1

    def _subtotal(self, row: dict[str, Any], first: int) -> None:
        """A page's sum, or a customer's with the name in it."""
        ids = [column.id for column in self.whole.columns]
        if self.manner["subtotals"] == "page" or not {"customer", "date"} <= set(ids):
            self._total(self.rng.choice(("小计", "本页小计", "小  计", "小计：")), first)
            return
        at = self.grid.next
        self._total("", first)
        self.grid.put(
            at, self.left + ids.index("customer"), row["customer"] + self.rng.choice(("小计", " 小计", "合计："))
        )
        if self.rng.random() < 0.5 and self.manner["dates"] != "month-day":
            self.grid.put(at, self.left + ids.index("date"), day_cell(self.rng, self.manner, row["date"]))

    def _separator(self, text: str) -> None:
        """A line that says the month of those below it, merged over the table or not."""
        self.grid.put(self.grid.next, self.serial, text)
        if self.rng.random() < 0.5:
            self.grid.merged.append(Box(self.grid.next, self.serial, self.grid.next, self.right))
        self.grid.next += 1

    def _again(self, heads: int) -> None:
        for column in range(self.serial, self.right + 1):
            cell = self.grid.cells.get((heads, column))
            if cell is not None:
                self.grid.cells[self.grid.next, column] = cell
        self.grid.next += 1

    def _merge_groups(self) -> None:
        """Equal dates and customers that stand below each other become one cell."""
        grid = self.grid
        for place, column in enumerate(self.whole.columns):
            at = self.left + place
            if column.id not in ("date", "customer"):
                continue
            top = grid.data[0]
            for row, below in zip(grid.data, [*grid.data[1:], 0], strict=True):
                if below == row + 1 and grid.cells[below, at] == grid.cells[top, at]:
                    continue
                if row > top:
                    grid.merged.append(Box(top, at, row, at))
                    for inside in range(top + 1, row + 1):
                        del grid.cells[inside, at]
                top = below

    def _footer(self) -> None:
        self.grid.next += self.rng.choice((0, 1, 2))
        texts = [
            "制表人：小郑    审核：王经理    日期：2026年12月31日",
            "注：以上价格均含13%增值税",
            "制表：小于",
            "—以下空白—",
        ]
        for text in self.rng.sample(texts, self.rng.randint(1, 2)):
            self.grid.put(self.grid.next, self.rng.choice((self.serial, self.left)), text)
            self.grid.next += 1
        if self.rng.random() < 0.3 and self.right > self.left + 1:
            self.grid.put(self.grid.next, self.left, "制表人：")
            self.grid.put(self.grid.next, self.left + 1, "小郑")
            self.grid.put(self.grid.next, self.right, "审核：")


def _summary(rng: Random, whole: Made) -> Grid:
    """What a customer had over all rows, on a sheet of its own."""
    grid = Grid(rng.choice(("汇总", "客户汇总", "按客户", "透视表")))
    for at, text in enumerate(("客户", "数量"), 1):
        grid.put(1, at, text)
    for row, customer in enumerate(sorted({one["customer"] for one in whole.rows}), 2):
        grid.put(row, 1, customer)
        grid.put(row, 2, Cell("n", sum((one["qty"] for one in whole.rows if one["customer"] == customer), Decimal())))
    grid.next = len(grid.cells)
    return grid


def _other_sheets(rng: Random, whole: Made) -> None:
    undated = whole.manner["dates"] == "month-day" or whole.manner["date_text"].startswith("{0.month}")
    if "%y" in whole.manner["date_text"]:
        whole.options += ["--date-order", "ymd"]
    if undated and not (whole.manner["titles"] > 1 or any("2026" in grid.name for grid in whole.grids)):
        whole.options += ["--year", "2026"]
    if not whole.manner["others"]:
        return
    whole.grids.append(Grid(rng.choice(("Sheet2", "Sheet3", "空表"))))
    if {"customer", "qty"} <= {column.id for column in whole.columns} and rng.random() < 0.7:
        whole.grids.append(_summary(rng, whole))
    if rng.random() < 0.5:
        told = Grid("填表说明")
        for row, text in enumerate(("填表说明", "1、日期按实际填写", "2、型号请写全称", "3、有问题找小郑"), 1):
            told.put(row, 1, text)
        whole.grids.append(told)


def _spoil(rng: Random, whole: Made) -> None:
    """One cell that nobody can read, where the sheet has a column for it."""
    what = whole.manner["bad"]
    kinds = {
        "date": "date",
        "day": "date",
        "number": "qty",
        "error": "qty",
        "rounded": "code",
        "shortened": "code",
        "few digits": "date",
        "narrow": "date",
        "needed": "date",
        "ditto": "text",
        "not found": "text",
        "made a day": "text",
    }
    grid = whole.grids[0]
    places = [
        place
        for place, one in enumerate(whole.columns)
        if one.kind == kinds[what] and (kinds[what] != "code" or one.id == "serial")
    ]
    left = 1 + whole.manner["blank_columns"] + whole.manner["serial"]
    only = {"needed": "date", "ditto": "customer", "not found": "customer", "made a day": "model"}.get(what)
    if only is not None:
        places = [place for place in places if whole.columns[place].id == only]
    boxed = {(row, box.left) for box in grid.merged for row in range(box.top, box.bottom + 1)}
    filled = [
        at for row in grid.data for place in places if (at := (row, left + place)) in grid.cells and at not in boxed
    ]
    if not filled:
        return
    at = rng.choice(filled)
    bad: dict[str, Cell | None] = {
        "date": Cell("s", "待定吧"),
        "day": Cell("s", "2026-2-30"),
        "number": Cell("s", "约10"),
        "error": Cell("e", "#REF!"),
        "rounded": Cell("n", Decimal(6222021234567890)),
        "shortened": Cell("s", "6.22202E+15"),
        "few digits": Cell("n", Decimal(1225)),
        "narrow": Cell("s", "########"),
        "not found": Cell("s", "#N/A"),
        "made a day": Cell("d", date(2026, 3, 5), 'm"月"d"日"'),
        "needed": None,
        "ditto": Cell("s", "同上"),
    }
    put = bad[what]
    if put is None:
        del grid.cells[at]
    else:
        grid.cells[at] = put
    whole.bad = Bad(grid.name, reference(*at), what)

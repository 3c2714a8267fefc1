"""Imports that are not the newest post, taken back by their rows: in workbooks too, with the names they entered."""

from __future__ import annotations

import openpyxl
import pytest

SALES = "单号,日期,客户,产品,型号,数量,单价,金额\n"
FIRST = f"{SALES}B1,2026-05-02,骏业,主板,BVM7-710,2,120.00,240.00\nB2,2026-05-03,宏图,电源线,DY-1,3,3.5,10.5\n"


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


@pytest.fixture(params=["csv", "xlsx"])
def store(desk, request):
    desk.write("salesaid.toml", f'[book]\nlanguage = "zh"\nstore = "{request.param}"')
    return request.param


def put(desk, name, text):
    (desk.folder / name).write_text(text, encoding="utf-8")


def names(desk, group):
    return sorted(row[group] for row in desk.rows(f"{group} list"))


def orders(desk):
    return sorted((row["order_no"], row["ordered"]) for row in desk.rows("order list"))


def test_rows_go_with_the_names_they_brought_but_for_those_in_use(desk, store):
    put(desk, "a.csv", FIRST)
    put(desk, "b.csv", f"{SALES}C1,2026-05-04,安卡,整机,ZJ-100,1,900,900\n")
    first = desk.json("import a.csv --as orders --new")["data"]["receipt"]
    desk.run("import b.csv --as orders --new")
    later = desk.json("order add 骏业 整机×1@900")["data"]["no"]
    files = {path.name: path.read_bytes() for path in desk.folder.glob(f"*.{store}")}
    answer = desk.json(f"undo {first}")["data"]
    assert orders(desk) == [("C1", 1), (later, 1)]
    assert names(desk, "product") == ["整机"]
    assert names(desk, "customer") == ["安卡", "骏业"]
    assert [note["text"] for note in answer["notes"] if note["code"] == "registers-stay"] == [
        "新建的资料别处在用，保留：骏业"
    ]
    assert desk.run("check A").code in {0, 1}
    assert desk.run("undo").code == 0  # the undo itself
    assert {name: (desk.folder / name).read_bytes() for name in files} == files
    assert orders(desk) == [("B1", 2), ("B2", 3), ("C1", 1), (later, 1)]
    assert desk.run(f"undo {first}").code == 0
    assert desk.json("import a.csv --as orders --new")["data"]["added"] == {"orders": 2}
    assert names(desk, "product") == ["主板", "整机", "电源线"]


def test_a_row_that_was_changed_in_the_workbook_stays_and_is_named(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\nstore = "xlsx"')
    put(desk, "a.csv", FIRST)
    receipt = desk.json("import a.csv --as orders --new")["data"]["receipt"]
    desk.run("payment add 骏业 --amount 5")
    book = openpyxl.load_workbook(desk.folder / "订单.xlsx")
    sheet = book.active
    qty = next(cell.column for cell in sheet[1] if cell.value == "数量")
    sheet.cell(3, qty).value = 33
    book.save(desk.folder / "订单.xlsx")
    notes = desk.json(f"undo {receipt}")["data"]["notes"]
    assert [note["text"] for note in notes if note["code"] == "changed-since"] == [
        "1 行导入后改过，留着没动：订单.xlsx:3"
    ]
    assert orders(desk) == [("B2", 33)]
    assert names(desk, "customer") == ["宏图", "骏业"]
    assert names(desk, "product") == ["电源线"]
    desk.run("order add 宏图 电源线×1@3.5")
    assert len(orders(desk)) == 2


def blank_rows(answer):
    return [note["text"].partition("：")[0] for note in answer["notes"] if note["code"] == "rows-left-blank"]


def test_rows_that_stay_in_a_workbook_blank_are_named_and_filled_by_the_next_post(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\nstore = "xlsx"')
    lines = "".join(f"B{at},2026-05-{at:02d},骏业,主板,BVM7-710,{at},120.00,\n" for at in range(1, 5))
    put(desk, "a.csv", SALES + lines)
    put(desk, "b.csv", f"{SALES}C1,2026-06-04,安卡,整机,ZJ-100,1,900,900\n")
    put(desk, "c.csv", f"{SALES}C2,2026-06-05,安卡,整机,ZJ-100,1,900,900\n")
    for name in ("a", "b", "c"):
        desk.run(f"import {name}.csv --as orders --new")
    assert blank_rows(desk.json("undo R1")["data"])[0] == "订单.xlsx 留下 4 个空行（第 2–5 行）"
    desk.run("payment add 安卡 --amount 900")
    assert blank_rows(desk.json("undo R3")["data"]) == ["订单.xlsx 留下 1 个空行（第 7 行）"]
    assert desk.json("order add 安卡 整机×2@900 --new")["data"]["receipt"]
    sheet = openpyxl.load_workbook(desk.folder / "订单.xlsx").active
    filled = [row for row, (number, *_) in enumerate(sheet.iter_rows(values_only=True), 1) if number]
    assert filled == [1, 6, 7]
    assert [(row["order_no"][:2], row["ordered"]) for row in desk.rows("order list")] == [("SO", 2), ("C1", 1)]
    assert "set_aside" not in [note["code"] for note in desk.json("order list")["data"]["notes"]]


def test_a_csv_has_no_blank_rows_left(desk):
    put(desk, "a.csv", FIRST)
    desk.run("import a.csv --as orders --new")
    desk.run("order add 骏业 主板×1@1")
    assert blank_rows(desk.json("undo R1")["data"]) == []
    assert len(desk.lines("订单.csv")) == 2

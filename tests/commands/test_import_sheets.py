"""Sheets as offices keep them, made the way that users describe them, brought in from end to end."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


def put(desk, name, text):
    (desk.folder / name).write_bytes(text.strip().replace("\n", "\r\n").encode("gb18030"))


def ledger(desk, name):
    return list(csv.DictReader(io.StringIO(desk.text(name))))


def book_of(desk):
    """Every file of the book but those of its own folder, by name."""
    return {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}


def test_a_purchase_sheet_with_promised_and_actual_days(desk):
    put(
        desk, "采购跟踪表.csv",
        """
采购跟踪表,,,,,,,,
采购单号,采购日期,供应商,物料名称,规格型号,数量,单价,承诺交期,到货日期
CG001,2026-9-1,东莞厂,主板,BVM7-710,100,80,2026-9-20,2026-9-25
CG002,2026.10.1,惠州厂,整机,ZJ-100,10,500,2026.10.20,
""",
    )  # fmt: skip
    assert desk.run("import 采购跟踪表.csv --new").code == 0
    found = [(row["单号"], row["类型"], row["日期"], row["交期"]) for row in ledger(desk, "采购.csv")]
    assert found == [
        ("CG001", "采购", "2026-09-01", "2026-09-20"),
        ("CG001", "到货", "2026-09-25", ""),
        ("CG002", "采购", "2026-10-01", "2026-10-20"),
    ]
    late = desk.json("purchase list --late")["data"]["rows"]
    assert [(row["purchase_no"], row["first_due"], row["open"]) for row in late] == [("CG002", "2026-10-20", 10)]


def test_a_count_sheet_says_who_counted_and_a_bill_where_it_went(desk):
    put(desk, "盘点表.csv", "盘点日期,品名,型号,账面数量,实盘数量,盘点人\n2026-10-31,主板,BVM7-710,100,98,小李\n")
    assert desk.run("import 盘点表.csv --new").code == 0
    assert [(row["实盘数量"], row["经手人"]) for row in ledger(desk, "盘点.csv")] == [("98", "小李")]
    put(desk, "顺丰账单.csv", "日期,运单号码,寄件地区,到件地区,计费重量,应付金额\n2026/10/5,SF1,深圳,广州,2,14\n")
    assert desk.run("import 顺丰账单.csv").code == 0
    assert [(row["始发地"], row["目的地"]) for row in ledger(desk, "运费账单.csv")] == [("深圳", "广州")]

"""`--note` of an import stands in the rows that have no note of their own; of an undo or an adoption in the log."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from tests.desk import SETTINGS

SALES = "日期,客户,型号,数量,单价,备注\n2026-5-6,骏业,BVM7-710,10,120,\n2026-5-7,安卡,BVM7-720,2,158,急\n"


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


def notes(desk, name="订单.csv"):
    return [row["备注"] for row in csv.DictReader(io.StringIO(desk.text(name)))]


def test_rows_without_a_note_get_it(desk):
    desk.write("销售.csv", SALES)
    assert desk.run("import 销售.csv --as orders --note 5月导入").code == 0
    assert notes(desk) == ["5月导入", "急"]


def test_rows_are_known_again_whatever_note_they_were_given(desk):
    desk.write("销售.csv", SALES)
    desk.run("import 销售.csv --as orders --note 5月导入")
    for words in ("import 销售.csv --as orders", "import 销售.csv --as orders --note 另一个"):
        assert desk.json(words)["data"]["added"] == {"orders": 0}
    assert notes(desk) == ["5月导入", "急"]


def test_a_workbook_gets_it_as_well(desk):
    desk.write("salesaid.toml", SETTINGS + 'store = "xlsx"\n')
    desk.write("销售.csv", SALES)
    assert desk.run("import 销售.csv --as orders --note 5月导入").code == 0
    sheet = openpyxl.load_workbook(desk.folder / "订单.xlsx").active
    heading, *rows = sheet.iter_rows(values_only=True)
    assert [row[heading.index("备注")] for row in rows] == ["5月导入", "急"]


def test_each_event_of_a_wide_row_gets_it(desk):
    desk.write("借用登记.csv", "借出日期,客户,产品名称,借出数量,归还日期\n2026-10-08,骏业,BVM7-710,2,2026-10-20\n")
    assert desk.run("import 借用登记.csv --as loans --note 旧账").code == 0
    assert notes(desk, "借用.csv") == ["旧账", "旧账"]


def test_what_has_a_note_is_taken_back_by_its_rows(desk):
    desk.write("销售.csv", SALES)
    desk.run("import 销售.csv --as orders --note 5月导入")
    desk.run("order add 骏业 BVM7-710×1@120")
    assert desk.run("undo R1").code == 0
    assert notes(desk) == [""]


@pytest.mark.parametrize(
    ("heading", "note", "code"),
    [("日期,客户,型号,数量", "旧账", "missing-column"), ("日期,客户,型号,数量,备注", "=1+1", "formula-text")],
)
def test_a_note_that_cannot_stand_there_is_refused(desk, heading, note, code):
    desk.write("订单.csv", heading + "\n2026-11-01,骏业,BVM7-710,1" + "," * (heading.count(",") - 3) + "\n")
    desk.write("销售.csv", "日期,客户,型号,数量\n2026-5-6,骏业,BVM7-710,10\n")
    before = desk.text("订单.csv")
    refused = desk.json(["import", "销售.csv", "--as", "orders", "--note", note])
    assert [error["code"] for error in refused["errors"]] == [code]
    assert desk.text("订单.csv") == before


def test_why_a_post_was_undone_and_a_sheet_adopted_stands_in_the_log(desk):
    desk.write("旧台账.csv", SALES)
    assert desk.run("adopt 旧台账.csv --as orders --ships at_once --note 张经理给的").code == 0
    desk.run("order add 骏业 BVM7-710×1@120")
    assert desk.run("undo --note 记错了").code == 0
    said = [row["command"] for row in desk.rows("log")]
    assert any("记错了" in each for each in said)
    assert any("张经理给的" in each for each in said)
    for words in ("undo --help", "adopt --help", "import --help"):
        assert "--note" in desk.run(words).out.partition("选项：")[0]

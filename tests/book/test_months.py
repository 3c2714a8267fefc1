"""A ledger in sheets of a workbook, one a month: what it says is what the same rows in one sheet say."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.desk import Desk

IDS = ("单号", "日期", "客户", "产品", "型号", "数量", "单价", "金额", "交期", "业务员", "备注")
SETTINGS = '[book]\nlanguage = "zh"\n\n[ledgers.orders]\nfile = "销售.xlsx"\nships = "at_once"\n'
MONTHS = ("9月", "10月", "11月")
PLACE = re.compile(r"(9月|10月|11月):([0-9]+)")

READS = (
    "order list", "order list --by 小王", "stock list", "receivable list", "name check --all", "customer show 骏业",
    "report month 2026-10", "report sales 2026-09", "report salespeople 2026-11", "order list --as-of 2026-10-10",
)  # fmt: skip


def book_of(path: Path, **sheets: list[list[object]]) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def desk_of(folder: Path, pattern: str = "*月", **sheets: list[list[object]]) -> Desk:
    folder.mkdir(parents=True, exist_ok=True)
    book_of(folder / "销售.xlsx", **sheets)
    return Desk(folder, SETTINGS + (f'sheet = "{pattern}"\n' if pattern else ""))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def changed(before: dict[str, bytes], path: Path) -> list[str]:
    after = parts(path)
    assert list(before) == list(after)
    return [name for name in before if before[name] != after[name]]


def cells(folder: Path, sheet: str) -> list[tuple[object, ...]]:
    return [row for row in load_workbook(folder / "销售.xlsx")[sheet].iter_rows(values_only=True) if any(row)]


HEADS = ["单号", "日期", "客户", "产品", "数量", "单价", "金额"]


@pytest.fixture
def months(tmp_path):
    """Three sheets: the second with its columns in another order, one called otherwise, one more; each with totals."""
    return desk_of(
        tmp_path / "book",
        **{
            "9月": [
                ["销售台账"],
                HEADS,
                ["X1", date(2026, 9, 3), "骏业", "主板", 2, 100, 200],
                ["合计", *[None] * 5, 200],
            ],
            "10月": [
                ["日期", "单号", "客户名称", "产品", "数量", "单价", "金额", "业务员"],
                [date(2026, 10, 2), "X2", "华强", "电源线", 5, 6, 30, "小王"],
                ["合计", *[None] * 5, 30],
            ],
            "11月": [HEADS, ["X3", date(2026, 11, 5), "骏业", "电源线", 1, 6, 6]],
            "价格表": [["产品", "价"], ["主板", 100]],
        },
    )


# ── the same rows in one sheet and in several ────────────────────────────────────────────────────────


@st.composite
def histories(draw):
    """Rows of orders in the order of their months; numbers, quantities and prices as people type them."""
    rows = [["S0", date(2026, 9, 1), "骏业", "主板", "A-1", 4, 100, None, None, "小王", None]]
    for month in (9, 10, 11):
        for _ in range(draw(st.integers(0, 4))):
            qty, price = draw(st.integers(-2, 9)), draw(st.sampled_from([None, 6, 100, 99.5]))
            rows.append([
                draw(st.sampled_from(["S1", "S2", "S3", None])),
                draw(st.sampled_from([date(2026, month, 3), date(2026, month, 20), f"{month}月8日", "没有"])),
                draw(st.sampled_from(["骏业", "深圳华强", "华强", None])),
                draw(st.sampled_from(["主板", "电源线 1.5", "电源线1.5", None])),
                draw(st.sampled_from(["A-1", "A—1", None])),
                qty, price, draw(st.sampled_from([None, 12, "乱"])) if price is None else None,
                draw(st.sampled_from([None, date(2026, month, 25)])),
                draw(st.sampled_from([None, "小王", "小李"])),
                draw(st.sampled_from([None, "急", "ok:N10"])),
            ])  # fmt: skip
        if draw(st.booleans()):
            rows.append(["合计", *[None] * 4, 7, *[None] * 5])
            rows[-1][1] = f"{month}月合计"
    return rows, draw(st.permutations(range(len(IDS))))


def split_of(rows):
    """The rows by month, a total with the month before it."""
    found: dict[str, list] = {name: [] for name in MONTHS}
    month = 9
    for row in rows:
        day = row[1]
        month = day.month if isinstance(day, date) else int(found_month[1]) if (
            found_month := re.match("([0-9]+)月", str(day))
        ) else month  # fmt: skip
        found[f"{month}月"].append(row)
    return found


def asked(desk, words):
    answer = desk.json(words)
    assert answer["status"] == "ok", (words, answer)
    return answer


def placeless(text: str, places: dict[str, int]) -> str:
    return PLACE.sub(lambda found: str(places[found[0]]), text)


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(histories())
def test_the_same_rows_in_one_sheet_and_in_one_a_month_say_the_same(tmp_path_factory, history):
    rows, order = history
    folder = tmp_path_factory.mktemp("months")
    by_month = split_of(rows)
    joined = [row for name in MONTHS for row in by_month[name]]
    one = desk_of(folder / "one", pattern="", 全年=[list(IDS), *joined])
    first = {"11月": [IDS[at] for at in order]}
    several = desk_of(
        folder / "several",
        **{
            name: [
                first.get(name, list(IDS)),
                *([row[at] for at in order] if name in first else row for row in by_month[name]),
            ]
            for name in MONTHS
        },
    )
    for desk in (one, several):
        desk.write("salesaid.toml", (desk.folder / "salesaid.toml").read_text("utf-8") + "year = 2026\n")
    places = {
        f"{name}:{at + 2}": 2 + sum(len(by_month[earlier]) for earlier in MONTHS[: MONTHS.index(name)]) + at
        for name in MONTHS
        for at in range(len(by_month[name]))
    }
    for words in READS:
        wanted, got = json.dumps(asked(one, words), ensure_ascii=False), asked(several, words)
        for note in all_notes(got):
            for row in note.get("rows", ()):
                row["row"] = places[f"{row.pop('sheet')}:{row['row']}"]
        assert json.loads(placeless(json.dumps(got, ensure_ascii=False), places)) == json.loads(wanted), words
    assert findings(several, places) == findings(one, {})


def all_notes(found):
    if isinstance(found, dict):
        yield from found.get("notes") or ()
        for value in found.values():
            yield from all_notes(value)
    elif isinstance(found, list):
        for value in found:
            yield from all_notes(value)


def findings(desk, places):
    rows = desk.rows("check")
    for row in rows:
        if (sheet := row.pop("sheet")) is not None and places:
            row["row"] = places.get(f"{sheet}:{row['row']}", 1)
        del row["fingerprint"]  # of documents without a number it says the row
    return sorted(placeless(json.dumps(row, ensure_ascii=False, sort_keys=True), places) for row in rows)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def posted(desk, words):
    answer = desk.json(words)
    assert answer["status"] == "ok", answer
    return answer["data"]


def said(data, code):
    return [note["text"] for note in data["notes"] if note["code"] == code]


def test_a_row_goes_to_the_sheet_of_its_month_and_no_other_part_changes(months):
    before = parts(months.folder / "销售.xlsx")
    data = posted(months, "order add 华强 主板×1@99 -d 2026-10-20 --by 小李")
    assert said(data, "sheet") == ["写入 销售.xlsx 的工作表 10月"]
    assert changed(before, months.folder / "销售.xlsx") == ["xl/worksheets/sheet2.xml"]
    rows = cells(months.folder, "10月")
    assert [str(cell) for cell in rows[2][1:]] == ["SO20261020-001", "华强", "主板", "1", "99", "99", "小李"]
    assert (rows[2][0].date(), rows[3][0]) == (date(2026, 10, 20), "合计")  # the total has moved down


@pytest.mark.parametrize(("day", "sheet"), [("2026-09-30", "9月"), ("2026-11-01", "11月"), ("2026-12-01", "11月")])
def test_a_row_of_no_sheets_month_goes_to_the_last_and_the_receipt_says_so(months, day, sheet):
    data = posted(months, f"order add 骏业 主板×1 -d {day}")
    assert said(data, "sheet") == [f"写入 销售.xlsx 的工作表 {sheet}"]
    assert bool(said(data, "no_sheet_of_month")) is (day > "2026-11-30")
    assert any(data["no"] in row for row in cells(months.folder, sheet))


def test_a_month_of_another_year_than_the_file_says_is_no_sheets(tmp_path):
    desk = desk_of(tmp_path, **{"1月": [HEADS], "12月": [HEADS]})
    with (tmp_path / "salesaid.toml").open("a", encoding="utf-8") as file:
        file.write("year = 2025\n")
    data = posted(desk, "order add 骏业 主板×1 -d 2026-01-05 --new")
    assert said(data, "sheet") == ["写入 销售.xlsx 的工作表 12月"]
    assert "没有 2026-01 的工作表" in said(data, "no_sheet_of_month")[0]


def test_what_the_sheet_of_the_month_has_no_column_for_is_refused_by_its_name(months):
    before = (months.folder / "销售.xlsx").read_bytes()
    answer = months.run("order add 骏业 主板×1 -d 2026-11-20 --by 小李")
    assert (answer.code, "销售.xlsx[11月] 里没有“业务员”这一列" in answer.err) == (2, True)
    assert (months.folder / "销售.xlsx").read_bytes() == before


TWO_MONTHS = (
    "日期,客户,产品,数量,单价\n2026-11-12,骏业,主板,1,100\n2026-09-12,骏业,主板,3,100\n2026-11-13,华强,主板,2,100"
)


def imported(desk):
    desk.write("新单.csv", TWO_MONTHS)
    return ["import", str(desk.folder / "新单.csv"), "--as", "orders"]


def test_rows_of_one_post_go_to_two_sheets_and_back_bit_for_bit(months):
    path = months.folder / "销售.xlsx"
    before, bytes_before = parts(path), path.read_bytes()
    data = posted(months, imported(months))
    assert said(data, "sheet") == ["写入 销售.xlsx 的工作表 9月、11月"]
    assert changed(before, path) == ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"]
    assert [row[4] for row in cells(months.folder, "11月")[1:]] == [1, 1, 2]
    assert [row[4] for row in cells(months.folder, "9月")[2:4]] == [2, 3]
    after = path.read_bytes()
    posted(months, imported(months))  # which adds nothing
    assert path.read_bytes() == after
    assert months.run("undo").code == 0
    assert path.read_bytes() == bytes_before
    assert months.run("undo").code == 0
    assert path.read_bytes() == after


def test_an_import_that_is_no_longer_the_newest_is_taken_out_of_its_sheets(months):
    receipt = posted(months, imported(months))["receipt"]
    posted(months, "order add 骏业 主板×7 -d 2026-10-03")
    assert months.run(f"undo {receipt}").code == 0
    assert [row["ordered"] for row in months.rows("order list")] == [1, 7, 5, 2]


def test_the_index_says_what_the_sheets_say_whatever_sheet_a_row_goes_to(months):
    for day in ("2026-11-20", "2026-09-09", "2026-12-02", "2026-10-31", "2026-11-21"):
        posted(months, f"order add 骏业 主板×1@100 -d {day}")
        kept = [asked(months, words)["data"] for words in READS]
        shutil.rmtree(months.folder / ".salesaid" / "index")
        assert [asked(months, words)["data"] for words in READS] == kept
        posted(months, "order add 骏业 主板×1@100 -d 2026-11-22")  # which makes the index anew


def test_documents_without_numbers_are_addressed_by_sheet_and_row(tmp_path):
    heads = ["日期", "客户", "产品", "数量", "单价"]
    desk = desk_of(tmp_path, **{"9月": [heads, [date(2026, 9, 1), "骏业", "主板", 1, 9]], "10月": [["表"], heads]})
    data = posted(desk, "order add 骏业 主板×2@9 -d 2026-10-05")
    assert data["no"] == "销售.xlsx:10月:3"
    assert posted(desk, "order add 骏业 主板×4@9 -d 2026-09-05")["no"] == "销售.xlsx:9月:3"
    assert [row["order_no"] for row in desk.rows("order list")] == [
        "销售.xlsx:10月:3", "销售.xlsx:9月:3", "销售.xlsx:9月:2"
    ]  # fmt: skip
    assert desk.json("order show 10月:3")["data"]["tables"][0]["rows"][0]["ordered"] == 2
    assert desk.run("void 10月:3 --why 错").code == 2  # a red letter could not say which row it is of


def test_a_red_letter_goes_to_the_sheet_of_its_day(months):
    data = posted(months, "void X1 --why 退货")
    assert said(data, "sheet") == ["写入 销售.xlsx 的工作表 11月"]
    assert cells(months.folder, "11月")[-1][0] == "X1"
    assert [row["ordered"] for row in months.rows("order list") if row["order_no"] == "X1"] == [0]


# ── people at the same file ──────────────────────────────────────────────────────────────────────────


def test_a_row_waits_while_the_workbook_is_open_and_then_goes_to_its_month(months):
    lock = months.folder / "~$销售.xlsx"
    lock.write_bytes(b"")
    data = posted(months, "order add 骏业 主板×3@100 -d 2026-10-08")
    assert data["receipt"].startswith("Q")
    assert [row["ordered"] for row in months.rows("order list")][:2] == [1, 3]
    lock.unlink()
    posted(months, "order add 骏业 主板×1@100 -d 2026-11-08")
    assert [row[4] for row in cells(months.folder, "10月")[1:3]] == [5, 3]


def test_a_posted_row_that_a_save_lost_is_named_and_put_back(months):
    path = months.folder / "销售.xlsx"
    no = posted(months, "order add 骏业 主板×3@100 -d 2026-10-08")["no"]
    other = posted(months, "order add 骏业 主板×2@100 -d 2026-11-09")["no"]
    book = load_workbook(path)
    book["10月"].delete_rows(3)
    book["11月"]["E3"] = 9
    book.save(path)
    told = said(asked(months, "order list")["data"], "receipts_lost")[0]
    assert f"{no} 骏业 主板 3 300.00 不见了" in told
    assert f"{other} 骏业 主板 2 200.00（销售.xlsx 第 11月:3 行）" in told
    assert said(posted(months, "heal"), "sheet") == ["写入 销售.xlsx 的工作表 10月"]
    assert any(no in row for row in cells(months.folder, "10月"))


def test_doctor_export_and_check_know_the_sheets(months):
    standing = months.json("doctor")["data"]["rows"][0]
    assert (standing["sheet"], standing["used"], standing["set_aside"]) == ("*月", 3, 2)
    whole = months.folder / "全年"
    assert months.run(["export", "orders", "--out", str(whole)]).code == 0
    lines = (whole / "订单.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "单号,日期,客户,产品,数量,单价,金额,业务员"
    assert lines[3] == "X2,2026-10-02,华强,电源线,5,6,30,小王"
    book = load_workbook(months.folder / "销售.xlsx")
    book["10月"]["G2"] = 31  # 5 × 6
    book.save(months.folder / "销售.xlsx")
    found = [(row["name"], row["sheet"], row["row"]) for row in months.rows("check")]
    assert found == [("amount-off", "10月", 2)]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_name_of_a_sheet_says_the_year_of_its_dates(tmp_path):
    rows = {
        "2025年12月": [HEADS, ["A", "12月5日", "骏业", "主板", 1, 9, 9]],
        "2026年1月": [HEADS, ["B", "1月6日", "骏业", "主板", 2, 9, 18]],
        "2026年2月": [HEADS, ["C", date(2026, 2, 7), "骏业", "主板", 3, 9, 27]],
    }
    desk = desk_of(tmp_path, **rows)
    assert [row["date"] for row in desk.rows("order list")] == ["2026-02-07", "2026-01-06", "2025-12-05"]
    assert said(posted(desk, "order add 骏业 主板×1@9 -d 2025-12-09"), "sheet") == [
        "写入 销售.xlsx 的工作表 2025年12月"
    ]
    assert said(posted(desk, "order add 骏业 主板×1@9 -d 2026-12-09"), "sheet") == ["写入 销售.xlsx 的工作表 2026年2月"]
    assert [row["date"] for row in desk.rows("order list")][-1] == "2025-12-05"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ([["随便", "什么"], ["骏业", 1]], "没有找到表头"),
        ([["单号", "客户", "产品"], ["X", "骏业", "主板"]], "没有这些必需的列"),
    ],
)
def test_a_sheet_that_cannot_be_read_stops_the_read_by_its_name(tmp_path, sheet, told):
    desk = desk_of(tmp_path, **{"9月": [HEADS, ["A", date(2026, 9, 1), "骏业", "主板", 1, 9, 9]], "10月": sheet})
    answer = desk.run("order list")
    assert answer.code in {2, 3}
    assert told in answer.err
    assert "[10月]" in answer.err
    assert answer.out == ""


def test_what_the_settings_fix_stands_for_the_column_that_a_sheet_lacks(tmp_path):
    desk = desk_of(
        tmp_path,
        **{
            "9月": [HEADS, ["A", date(2026, 9, 1), "骏业", "主板", 1, 9, 9]],
            "10月": [[*HEADS, "业务员"], ["B", date(2026, 10, 1), "骏业", "主板", 2, 9, 18, "小李"]],
        },
    )
    with (tmp_path / "salesaid.toml").open("a", encoding="utf-8") as file:
        file.write('[ledgers.orders.fixed]\nsalesperson = "小王"\n')
    assert [row["salesperson"] for row in desk.rows("order list")] == ["小李", "小王"]
    assert [row["salesperson"] for row in desk.rows("report salespeople 2026-09")] == ["小王"]


def test_blank_sheets_are_left_out_and_hidden_ones_are_read(tmp_path):
    desk = desk_of(
        tmp_path, **{"9月": [HEADS, ["A", date(2026, 9, 1), "骏业", "主板", 1, 9, 9]], "10月": [], "11月": [HEADS]}
    )
    book = load_workbook(desk.folder / "销售.xlsx")
    book["9月"].sheet_state = "hidden"
    book.save(desk.folder / "销售.xlsx")
    assert [row["order_no"] for row in desk.rows("order list")] == ["A"]
    assert said(posted(desk, "order add 骏业 主板×1@9 -d 2026-09-02"), "sheet") == ["写入 销售.xlsx 的工作表 9月"]


def test_a_pattern_that_no_sheet_fits_is_trouble_and_a_ledger_without_a_file_is_not_made(tmp_path):
    desk = desk_of(tmp_path / "one", pattern="*周", **{"9月": [HEADS]})
    answer = desk.run("order list")
    assert (answer.code, "没有工作表“*周”" in answer.err) == (3, True)
    other = tmp_path / "other"
    other.mkdir()
    new = Desk(other, '[book]\nlanguage = "zh"\nstore = "xlsx"\n[ledgers.orders]\nsheet = "*月"\n')
    answer = new.run("order add 骏业 主板×1 --new")
    assert (answer.code, "先建好工作簿" in answer.err) == (2, True)
    assert not list(new.folder.glob("*.xlsx"))


# ── adopting ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_workbook_with_a_sheet_a_month_is_proposed_and_adopted_as_one_ledger(months):
    (months.folder / "salesaid.toml").write_text('[book]\nlanguage = "zh"\n', "utf-8")
    months.run("order list")
    answer = months.run(["adopt", str(months.folder / "销售.xlsx")])
    assert (answer.code, "销售.xlsx --sheet '*月'" in answer.err) == (2, True)
    found = months.json(["adopt", str(months.folder / "销售.xlsx"), "--sheet", "*月"])["data"]
    assert (found["ledger"], found["sheet"], found["rows"], found["aside"]) == ("orders", "*月", 3, 2)
    assert said(found, "sheets")[0].startswith("9月、10月、11月 合成一本台账")
    assert [row["order_no"] for row in months.rows("order list")] == ["X3", "X2", "X1"]
    assert 'sheet = "*月"' in months.text("salesaid.toml")


def test_sheets_that_are_different_ledgers_are_not_adopted_together(tmp_path):
    desk = desk_of(
        tmp_path,
        **{
            "9月": [HEADS, ["A", date(2026, 9, 1), "骏业", "主板", 1, 9, 9]],
            "10月": [["收款单号", "日期", "客户", "付款单位", "收款金额"], ["P", date(2026, 10, 1), "骏业", "骏业", 9]],
        },
    )
    (desk.folder / "salesaid.toml").write_text('[book]\nlanguage = "zh"\n', "utf-8")
    answer = desk.run(["adopt", str(desk.folder / "销售.xlsx"), "--sheet", "*月"])
    assert (answer.code, "合不成一本台账" in answer.err) == (2, True)
    assert "sheet" not in desk.text("salesaid.toml")


def test_a_sheet_without_a_column_for_numbers_takes_none_beside_sheets_that_have_one(tmp_path):
    desk = desk_of(
        tmp_path,
        **{
            "9月": [HEADS, ["A", date(2026, 9, 1), "骏业", "主板", 1, 9, 9]],
            "10月": [HEADS[1:], [date(2026, 10, 1), "骏业", "主板", 2, 9, 18]],
        },
    )
    answer = desk.run("order add 骏业 主板×1@9 -d 2026-10-05")
    assert (answer.code, "销售.xlsx[10月] 里没有“单号”这一列" in answer.err) == (2, True)
    assert desk.run("order add 骏业 主板×1@9 -d 2026-09-05").code == 0


def test_a_register_may_lie_in_several_sheets_as_well(tmp_path):
    desk = Desk(tmp_path, '[book]\nlanguage = "zh"\n[ledgers.products]\nfile = "产品.xlsx"\nsheet = "*类"\n')
    book_of(
        tmp_path / "产品.xlsx",
        主板类=[["产品", "单位", "单价"], ["主板", "块", 100]],
        线材类=[["单价", "产品"], [6, "电源线"], [9, "网线"]],
    )
    before = parts(tmp_path / "产品.xlsx")
    posted(desk, "product set 主板 --price 120")
    assert changed(before, tmp_path / "产品.xlsx") == ["xl/worksheets/sheet1.xml"]
    posted(desk, "product set 网线 --price 8")
    posted(desk, "product add 光纤 --price 30")
    assert {row["product"]: row["price"] for row in desk.rows("product list")} == {
        "主板": 120, "电源线": 6, "网线": 8, "光纤": 30
    }  # fmt: skip
    answer = desk.run("product set 网线 --unit 米")
    assert (answer.code, "线材类" in answer.err, "单位" in answer.err) == (3, True, True)


def test_months_in_sheets_that_nothing_names_are_proposed(tmp_path):
    desk = desk_of(tmp_path, pattern="", **{"9月": [HEADS], "10月": [HEADS]})
    answer = desk.run("order list")
    assert (answer.code, 'sheet = "*月"' in answer.err) == (3, True)


def test_a_pattern_that_fits_a_sheet_of_something_else_is_not_adopted(months):
    (months.folder / "salesaid.toml").write_text('[book]\nlanguage = "zh"\n', "utf-8")
    book = load_workbook(months.folder / "销售.xlsx")
    book.create_sheet("说明").append(["本表每月一张，谁用谁填"])
    book.save(months.folder / "销售.xlsx")
    answer = months.run(["adopt", str(months.folder / "销售.xlsx"), "--sheet", "*"])
    assert (answer.code, "合不成一本台账" in answer.err) == (2, True)
    assert "sheet" not in months.text("salesaid.toml")

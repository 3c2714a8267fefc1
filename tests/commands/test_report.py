"""report: the report of a period, and reports by their names."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal

import pytest

from tests.desk import Desk

AT_ONCE = '[book]\nlanguage = "zh"\nname = "北京办事处"\n[ledgers.orders]\nships = "at_once"\n'
SHOP = """
    salesaid.toml
    [book]
    language = "zh"
    name = "北京办事处"
    [ledgers.orders]
    ships = "at_once"

    订单.csv
    单号,日期,客户,产品,型号,数量,单价,业务员
    A0,2025-11-10,骏业,主板,ZB1,2,100,赵丽
    A1,2026-10-05,骏业,主板,ZB1,5,100,赵丽
    A2,2026-11-02,骏业,主板,ZB1,10,100,赵丽
    A3,2026-11-03,博远,电源,DY1,5,20.5,王磊
    A4,2026-11-04,骏业,主板,ZB1,-1,100,赵丽
    A5,2026-11-30,骏业,主板,ZB1,7,100,赵丽

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-05,骏业,450
    P2,2026-10-05,骏业,500

    产品.csv
    产品,型号,单位,类别,成本,产品状态
    主板,ZB1,块,板卡,60,在售
    电源,DY1,个,电源,,在售
    机箱,JX1,个,机箱,30,在售
    旧板,JB1,块,板卡,30,停售

    客户.csv
    客户,业务员,客户状态
    骏业,赵丽,合作
    博远,王磊,合作
    佐客,陈静,合作
    远走,周强,流失

    目标.csv
    月份,业务员,类别,目标金额
    2026-11,赵丽,,3000
    2026-11,王磊,,205
"""


@pytest.fixture
def shop(desk):
    desk.lay_out(SHOP)
    return desk


def row_of(rows, **values):
    (found,) = [row for row in rows if all(row[name] == value for name, value in values.items())]
    return found


def tables(desk, words):
    return desk.json(words)["data"]["tables"]


def test_every_measure_of_a_salesperson(shop):
    row = row_of(shop.rows("report salespeople 2026-11"), salesperson="赵丽")
    assert row == {
        "salesperson": "赵丽", "ordered": 900, "qty": 10, "amount": 1000, "returned_qty": 1, "returned": 100,
        "net": 900, "received": 450, "rate_received": 0.5, "margin": 360, "margin_rate": 0.4, "cost_known": 1,
        "before": 500, "change": 400, "change_rate": 0.8, "year_before": 200, "year_change": 700,
        "year_change_rate": 3.5, "cumulative": 1400, "target": 3000, "attainment": 0.3, "pace": 0.7619,
        "against_pace": 0.3938,
    }  # fmt: skip


def test_who_sold_nothing_and_what_nobody_bought_stay_as_rows(shop):
    people = {row["salesperson"]: row["net"] for row in shop.rows("report salespeople 2026-11")}
    assert people == {"赵丽": 900, "王磊": 102.5, "陈静": 0}
    goods = {row["product"]: row["net"] for row in shop.rows("report products 2026-11")}
    assert goods == {"主板": 900, "电源": 102.5, "机箱": 0}
    buyers = {row["customer"]: row["net"] for row in shop.rows("report customers 2026-11")}
    assert buyers == {"骏业": 900, "博远": 102.5, "佐客": 0}
    kinds = {row["category"]: row["net"] for row in shop.rows("report categories 2026-11")}
    assert kinds == {"板卡": 900, "电源": 102.5, "机箱": 0}


def test_a_margin_is_of_what_has_a_cost_and_says_how_much_that_is(shop):
    totals = shop.json("report products 2026-11")["data"]["totals"]
    assert (totals["margin"], totals["margin_rate"], totals["cost_known"]) == (360, 0.4, 0.8978)
    power = row_of(shop.rows("report products 2026-11"), product="电源")
    assert (power["margin"], power["margin_rate"], power["cost_known"]) == (None, None, 0)


def test_with_nothing_sold_before_there_is_nothing_to_compare_with(shop):
    row = row_of(shop.rows("report salespeople 2025-11"), salesperson="赵丽")
    assert {row[name] for name in ("before", "change", "change_rate", "year_before", "year_change")} == {None}
    new = row_of(shop.rows("report salespeople 2026-11"), salesperson="王磊")
    assert (new["before"], new["change"], new["change_rate"]) == (0, 102.5, None)


def test_what_happens_after_the_period_is_not_in_it_nor_in_what_is_owed_at_its_end(shop):
    october = tables(shop, "report month 2026-10")
    movement = next(table["rows"][0] for table in october if table["columns"][0]["name"] == "opening")
    assert movement == {
        "opening": 200, "entered": 0, "net": 500, "received": 500, "closing": 200, "ages": 200, "difference": 0,
    }  # fmt: skip
    assert not any(note["code"] == "later_rows" for table in october for note in table["notes"])


def test_openings_are_told_apart_from_sales(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,单价,金额
    SH0,2026-10-01,期初,骏业,,,,300
    SH1,2026-11-01,期初,博远,,,,70
    SH2,2026-11-02,发货,骏业,主板,2,100,
    """
    (movement,) = desk.json("report control-totals 2026-11")["data"]["tables"][1]["rows"]
    found = [movement[name] for name in ("opening", "entered", "net", "received", "closing", "ages")]
    assert found == [300, 70, 200, 0, 570, 570]


def test_control_totals_hold_every_sum_against_the_details(shop):
    rows = shop.json("report control-totals 2026-11")["data"]["tables"][0]["rows"]
    assert {(row["what"], row["by"]) for row in rows} >= {("net", "product"), ("received", "customer")}
    assert {row["difference"] for row in rows} == {0}
    assert row_of(rows, what="net", by="category")["details"] == 1002.5


def test_a_sum_that_does_not_tie_is_an_error_and_no_report(shop, monkeypatch):
    from salesaid.frames.measured import Measured

    monkeypatch.setattr(Measured, "plain_sum", lambda *_: 1)
    failed = shop.json("report month 2026-11")
    assert (failed["status"], failed["errors"][0]["code"]) == ("error", "totals-do-not-tie-error")
    assert shop.run("report month 2026-11 --out 月报.xlsx").code == 70
    assert not (shop.folder / "月报.xlsx").exists()


def test_the_year_is_told_by_months_with_targets_and_a_week_by_its_days(shop):
    rows = shop.rows("report sales 2026-11")
    assert row_of(rows, month="2026-11")["target"] == 3205
    assert row_of(rows, month="2026-11")["year_before"] == 200
    assert row_of(rows, month="2026-12")["net"] is None
    assert row_of(shop.rows("report sales 2025-11"), month="2025-10")["net"] is None
    days = shop.rows("report sales 2026-W45")
    assert [row["net"] for row in days] == [1000, 102.5, -100, 0, 0, 0, 0]


def test_a_month_may_end_on_the_25th(shop):
    shop.write("salesaid.toml", AT_ONCE + "[report]\nmonth_end = 25\n")
    totals = shop.json("report salespeople 2026-12", SALESAID_TODAY="2026-12-20")["data"]["totals"]
    assert totals["net"] == 700


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("report day 2026-11-02", "北京办事处 日报：2026年11月2日"),
        ("report week 2026-11-02", "北京办事处 周报：2026年第45周（11-02 至 11-08）"),
        ("report month", "北京办事处 月报：2026年11月"),
        ("report quarter Q4", "北京办事处 季报：2026年第4季度"),
        ("report year 去年", "北京办事处 年报：2025年"),
        ("report month --since 2026-10-05 --until 2026-11-04", "北京办事处 报表：2026-10-05 至 2026-11-04"),
    ],
)
def test_periods_are_named_and_titled(shop, words, title):
    assert shop.json(words)["data"]["title"] == title
    assert shop.run(words).out.startswith(title.partition(" ")[0])


def test_a_range_holds_both_its_days_and_is_held_against_as_many_before(shop):
    totals = shop.json("report salespeople --since 2026-10-05 --until 2026-11-03")["data"]["totals"]
    assert (totals["net"], totals["before"]) == (1602.5, 0)


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        ("report month 2026", "要看它：salesaid report year 2026"),
        ("report month abc", "期间“abc”看不懂"),
        ("report month 2026-11 --since 2026-10-01", "又写了 --since 或 --until"),
        ("report month --since 2026-11-05 --until 2026-11-01", "中间没有日子"),
        ("report nothing", "没有这个命令"),
        ("report salespeople 2026-13", "可以写："),
        ("report month --out 月报.doc", "不知道 月报.doc"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(shop, words, zh):
    refused = shop.run(words)
    assert (refused.code, zh in refused.err) == (2, True), refused.err


def test_a_report_of_the_book_is_not_written_over_a_ledger(shop):
    refused = shop.run(["report", "month", "--out", str(shop.folder / "订单.csv")])
    assert refused.code == 2
    assert shop.lines("订单.csv")[0].startswith("单号")


def sheets(path):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_a_sheet_for_each_ledger_that_there_is(shop):
    path = shop.folder / "月报.xlsx"
    assert shop.run(["report", "month", "2026-11", "--out", str(path)]).code == 0
    assert [*sheets(path)] == [
        "汇总", "按业务员", "按客户", "按产品", "按类别", "应收账龄", "库存预警", "异常清单", "明细", "收款明细",
    ]  # fmt: skip


def test_findings_are_told_as_people_call_them_the_gravest_first(shop):
    shop.lay_out("""
        借用.csv
        借用单号,日期,类型,客户,产品,数量
        LN1,2026-11-01,借出,骏业,主板,1
        LN1,2026-11-02,归还,骏业,主板,3
        """)
    path = shop.folder / "月报.xlsx"
    assert shop.run(["report", "month", "2026-11", "--out", str(path)]).code == 0
    head, *rows = sheets(path)["异常清单"][2:]
    assert [text for text in head if text] == [
        "代码", "规则", "程度", "文件", "行", "列", "内容", "问题", "怎么办"
    ]  # fmt: skip
    severities = [row[2] for row in rows]
    assert severities == sorted(severities, key=["错误", "警告", "提示"].index)
    assert len(set(severities)) > 1
    assert not [row for row in rows if row[1].isascii()]


def test_a_list_of_the_first_says_what_its_total_is_over(desk):
    rows = [f"A{n},2026-11-02,客户{n:02},主板,1,{100 + n}" for n in range(12)]
    desk.lay_out("\n".join(["订单.csv", "单号,日期,客户,产品,数量,单价", *rows]))
    desk.write("出货.csv", "\n".join(["单号,日期,订单号,客户,产品,数量", *(
        f"S{n},2026-11-03,A{n},客户{n:02},主板,1" for n in range(12)
    )]))  # fmt: skip
    buyers = next(each for each in tables(desk, "report month 2026-11") if each["title"] == "客户前 10 名")
    assert len(buyers["rows"]) == 10
    assert buyers["totals"]["net"] == sum(100 + n for n in range(12))
    assert [note["text"] for note in buyers["notes"]] == ["合计是全部 12 个的"]


def test_the_details_come_to_what_every_sheet_says(shop):
    path = shop.folder / "月报.xlsx"
    shop.run(["report", "month", "2026-11", "--out", str(path)])
    found = sheets(path)
    for name, heading in (("按业务员", "销售净额"), ("按客户", "销售净额"), ("按产品", "销售净额"), ("明细", "金额")):
        head = next(at for at, row in enumerate(found[name]) if heading in row)
        column = found[name][head].index(heading)
        figures = [row[column] for row in found[name][head + 1 :] if isinstance(row[column], (int, float))]
        assert sum(figures[:-1]) == pytest.approx(1002.5), name
        assert figures[-1] == pytest.approx(1002.5), name


def test_the_same_ledgers_and_the_same_day_give_the_same_bytes(shop):
    first, second = shop.folder / "甲.xlsx", shop.folder / "乙.xlsx"
    assert shop.run(["report", "month", "--out", str(first)]).code == 0
    assert shop.run(["report", "month", "--out", str(second)]).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_an_empty_book_and_an_empty_period_are_reports_without_figures(desk, shop):
    for words in ("report month 2020-01", "report day 2026-11-21", "report year 2027"):
        answer = shop.json(words)
        assert answer["status"] == "ok", words
        assert shop.run(words).code == 0
    path = shop.folder / "空.xlsx"
    assert shop.run(["report", "month", "2020-01", "--out", str(path)]).code == 0
    assert "汇总" in sheets(path)


def test_a_book_without_any_ledger_has_a_report_of_zeros(desk):
    answer = desk.json("report month")
    money = {row["name"]: row["value"] for row in answer["data"]["tables"][0]["rows"]}
    assert (money["net"], money["received"], money["margin"]) == (0, None, None)
    assert desk.run("report month").code == 0


def test_a_book_without_payments_says_nothing_of_receipts(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-02,骏业,主板,10,100
    """
    desk.write("salesaid.toml", AT_ONCE)
    row = desk.rows("report customers")[0]
    assert (row["net"], row["received"], row["rate_received"]) == (1000, None, None)
    assert "收款" not in {table["title"] for table in tables(desk, "report day 2026-11-02")}


def test_a_period_that_has_not_begun_says_so(shop):
    assert "本期从 2027-03-01 才开始，还没有数字" in shop.run("report month 2027-03").out
    assert "整期" not in shop.run("report month 2027-03").out
    assert "整期" in shop.run("report month 2026-12 --as-of 2026-12-05").out


def test_figures_that_a_book_does_not_have_take_no_room_on_a_screen_or_on_paper(desk):
    desk.write("salesaid.toml", AT_ONCE)
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\nA1,2026-11-02,骏业,主板,10,100")
    out = desk.run("report month 2026-11").out
    assert "销售净额" in out
    assert "全年目标" not in out
    path = desk.folder / "月报.xlsx"
    assert desk.run(f"report month 2026-11 --out {path}").code == 0
    assert not [row for row in sheets(path)["汇总"] if row[0] == "全年目标"]
    names = [row["name"] for table in tables(desk, "report month 2026-11")[:3] for row in table["rows"]]
    assert {"year_target", "received", "rate_received"} <= set(names)


def test_who_waits_for_a_report_sees_how_far_it_is_and_the_end(shop, monkeypatch):
    told = []
    monkeypatch.setattr("salesaid.screen.Screen.bar", lambda *_: lambda what, share: told.append((what, share)))
    assert shop.run("report month 2026-11").code == 0
    ours = [share for what, share in told if what == "月报：2026年11月"]
    assert ours == sorted(ours)
    assert (ours[0], ours[-1], len(ours) > 5) == (0, 1, True)


def test_what_is_owed_is_told_once_a_book_keeps_accounts(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-02,骏业,主板,10,100
    """
    desk.write("salesaid.toml", AT_ONCE)
    assert "应收账龄" not in {table["title"] for table in tables(desk, "report month 2026-11")}
    assert "不算应收" in desk.run("report month 2026-11").out
    desk.write("收款.csv", "单号,日期,客户,金额\nP1,2026-11-03,骏业,400")
    (ages,) = [table for table in tables(desk, "report month 2026-11") if table["name"] == "receivable_list"]
    assert ages["totals"]["balance"] == 600
    assert "不算应收" not in desk.run("report month 2026-11").out


def test_names_that_would_run_in_a_spreadsheet_stay_text(desk):
    desk.write("salesaid.toml", AT_ONCE)
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价,业务员\nA1,2026-11-02,=cmd|' /C calc'!A0,@x,10,100,+赵")
    path = desk.folder / "月报.xlsx"
    assert desk.run(["report", "month", "--out", str(path)]).code == 0
    import openpyxl

    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=@+"]
    assert {cell.value for cell in hostile} >= {"=cmd|' /C calc'!A0", "@x", "+赵"}
    assert {cell.data_type for cell in hostile} == {"s"}


def test_columns_have_english_names_in_every_language_and_titles_the_language_asked_for(shop):
    zh, en = (shop.json("report month 2026-11", SALESAID_LANG=lang)["data"] for lang in ("zh", "en"))
    names = [[[column["name"] for column in table["columns"]] for table in each["tables"]] for each in (zh, en)]
    assert names[0] == names[1]
    assert [table["rows"] for table in zh["tables"]] == [table["rows"] for table in en["tables"]]
    assert (zh["title"], en["title"]) == ("北京办事处 月报：2026年11月", "北京办事处 Report of the month: 2026-11")


def test_scripts_have_every_group_and_people_the_summary(shop):
    titles = [table["title"] for table in tables(shop, "report month 2026-11")]
    assert {"按业务员", "按客户", "按产品", "按类别"} <= set(titles)
    assert "按客户" not in shop.run("report month 2026-11").out


def test_twins_in_gbk_and_in_english_give_the_same_report(shop, tmp_path_factory):
    expected = shop.rows("report salesperson-customer-product 2026-11")
    gbk = Desk(tmp_path_factory.mktemp("gbk"))
    for path in shop.folder.glob("*.csv"):
        (gbk.folder / path.name).write_text(path.read_text("utf-8"), encoding="gb18030")
    gbk.write("salesaid.toml", AT_ONCE)
    assert gbk.rows("report salesperson-customer-product 2026-11") == expected
    orders = gbk.folder / "订单.csv"
    text = orders.read_text("gb18030").replace(
        "单号,日期,客户,产品,型号,数量,单价,业务员", "order_no,date,customer,product,model,qty,price,salesperson"
    )
    orders.write_text(text, encoding="utf-8")
    assert gbk.rows("report salesperson-customer-product 2026-11") == expected


def test_the_order_of_rows_changes_no_report(shop):
    before = shop.json("report month 2026-11")["data"]["tables"]
    head, *rows = shop.lines("订单.csv")
    shop.write("订单.csv", "\n".join([head, *reversed(rows)]))
    after = shop.json("report month 2026-11")["data"]["tables"]
    assert [table["rows"] for table in before] == [table["rows"] for table in after]
    assert before[0]["rows"][0]["value"] == 1002.5


def test_folding_names_moves_figures_and_changes_no_total(shop):
    before = shop.json("report products 2026-11")["data"]
    shop.write("名称对照.csv", "种类,写法,对应名称,判定\n产品,DY1,ZB1,同一\n产品,电源,主板,同一")
    shop.write("产品.csv", "产品,型号,类别,成本\n主板,ZB1,板卡,60")
    after = shop.json("report products 2026-11")["data"]
    assert len(after["rows"]) < len(before["rows"])
    assert after["totals"]["net"] == before["totals"]["net"]
    (said,) = [note["text"] for note in after["notes"] if note["code"] == "folded"]
    assert "净额 +102.5" in said


def test_help_lists_every_report_without_importing_any():
    script = (
        "import sys; from salesaid import cli; cli.main(['report', '--help'], {'SALESAID_LANG': 'en'}, sys.stdin, "
        "sys.stdout, sys.stderr); heavy = ('salesaid.reports.', 'pandas'); "
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60).stdout
    assert "slow-movers" in out
    assert "key-figures" in out
    assert out.splitlines()[-1] == "[]"


def test_a_named_report_has_the_options_that_it_takes(shop):
    shown = shop.run("report key-figures --help").out
    assert "--since" in shown
    assert "--customer" not in shown
    assert "--limit" in shop.run("report customers --help").out


def test_a_limit_leaves_totals_as_they_are_and_says_how_much_it_left_out(shop):
    answer = shop.json("report customers 2026-11 --limit 1")["data"]
    assert (len(answer["rows"]), answer["totals"]["net"]) == (1, 1002.5)
    assert "more" in {note["code"] for note in answer["notes"]}


def test_days_alone_name_a_report_without_a_verb(shop):
    days = "--since 2026-10-05 --until 2026-11-03"
    assert shop.json(f"report {days}")["data"] == shop.json(f"report month {days}")["data"]
    assert shop.run("report --format json").code == 2
    assert shop.json("report --format json")["errors"][0]["code"] == "no-period"
    assert shop.json("report --format json month")["errors"][0]["code"] == "misplaced-option"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_scripts_tell_the_tables_of_a_report_apart_in_every_language(shop, lang):
    names = [table["name"] for table in shop.json("report month 2026-11", SALESAID_LANG=lang)["data"]["tables"]]
    assert len(names) == len(set(names))
    assert {"amounts", "sales", "top_products", "products", "control_totals", "data_quality"} <= set(names)


def test_money_in_json_has_its_very_digits(shop):
    text = shop.run("report salespeople 2026-11 --format json").out
    answer = json.loads(text, parse_float=Decimal)
    assert str(answer["data"]["totals"]["net"]) == "1002.50"


def test_what_is_dated_after_the_period_is_no_finding_of_it(shop):
    path = shop.folder / "月报.xlsx"
    for period, found in (("2026-10", set()), ("2026-11", {"A09"})):
        assert shop.run(["report", "month", period, "--out", str(path)]).code == 0
        codes = {row[0] for row in sheets(path)["异常清单"]}
        assert codes & {"A09"} == found, period


def test_a_period_that_is_not_over_says_so(shop):
    def codes(words):
        return {note["code"] for table in tables(shop, words) for note in table["notes"]}

    assert "unfinished" in codes("report month 2026-11")
    assert "unfinished" not in codes("report month 2026-10")
    assert "unfinished" not in codes("report day")


def test_a_long_book_is_checked_for_its_report_only_where_that_is_asked_for(desk):
    desk.write("salesaid.toml", AT_ONCE)
    rows = [f"A{at},2026-11-02,骏业,主板,1,100,{'长' * 30_000}" for at in range(50)]  # 4.5 MB
    desk.write("订单.csv", "\n".join(["单号,日期,客户,产品,数量,单价,备注", *rows, "A50,明天,骏业,主板,1,100,"]))
    path = desk.folder / "月报.xlsx"
    assert desk.run(["report", "month", "--out", str(path)]).code == 0
    left_out = [cell for row in sheets(path)["异常清单"] for cell in row if cell]
    assert any("--findings" in str(cell) for cell in left_out)
    assert "A03" not in left_out
    assert desk.run(["report", "month", "--findings", "--out", str(path)]).code == 0
    found = [cell for row in sheets(path)["异常清单"] for cell in row if cell]
    assert not any("--findings" in str(cell) for cell in found)
    assert len(found) > len(left_out)


def test_the_year_s_attainment_is_of_the_months_that_have_a_target(shop):
    answer = tables(shop, "report key-figures 2026-11")
    rates = {row["name"]: row["value"] for row in answer[1]["rows"]}
    money = {row["name"]: row["value"] for row in answer[0]["rows"]}
    assert (money["target"], money["year_target"], money["cumulative"]) == (3205, 3205, 1502.5)
    assert (rates["attainment"], rates["year_attainment"]) == (0.3128, 0.3128)
    assert rates["pace"] == rates["year_pace"] == 0.7619
    assert "months_without_target" in {note["code"] for note in answer[0]["notes"]}
    shop.run("target set 2026-10 全部 1000")
    rates = {row["name"]: row["value"] for row in tables(shop, "report key-figures 2026-11")[1]["rows"]}
    assert (rates["attainment"], rates["year_attainment"]) == (0.3128, 0.3573)

"""The list, the card and the labels of returns: stages, days, limits, factories, and rows that make no sense."""

from __future__ import annotations

import pytest

BOOK = """
    返修.csv
    单号,日期,类型,客户,产品,型号,数量,单位,序列号,故障现象,保内保外,加工厂,维修费,退款金额,运单号
    R1,2026-08-01,收到,骏业,主板,ZB710,2,块,,无显示,保内,,,,
    R1,2026-08-03,送修,骏业,主板,ZB710,2,块,,,,甲厂,,,
    R2,2026-10-01,收到,灵龙,主板,ZB710,3,块,,,,,,,
    R2,2026-10-02,送修,灵龙,主板,ZB710,3,块,,,,甲厂,,,
    R2,2026-10-12,修回,灵龙,主板,ZB710,2,块,,,,甲厂,80,,
    R2,2026-10-13,寄回,灵龙,主板,ZB710,1,块,,,,,,,SF1
    R3,2026-11-22,收到,骏业,电源线,DYX15,1,条,SN7,断线,保外,,,,
    R4,2026-11-01,收到,骏业,电源线,DYX15,1,条,,,,,,,
    R4,2026-11-02,退货,骏业,电源线,DYX15,1,条,,,,,,15,
    R5,2026-11-10,收到,骏业,主板,ZB710,1,块,,,,,,,
    R5,2026-11-11,送修,骏业,主板,ZB710,1,块,,,,乙厂,,,
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def stages(book, words=""):
    rows = book.rows(f"return list {words}")
    return [(row["return_no"], row["qty"], row["stage"], row["days_in_stage"], row["factory"]) for row in rows]


def notes(book, words):
    return {note["code"]: note["text"] for note in book.json(words)["data"]["notes"]}


R3 = ("R3", 1, "received", 1, None)
R5 = ("R5", 1, "at_factory", 12, "乙厂")
R2_BACK, R2_SENT = ("R2", 1, "back", 42, "甲厂"), ("R2", 1, "at_factory", 52, "甲厂")
R1 = ("R1", 2, "at_factory", 112, "甲厂")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [R3, R5, R2_BACK, R2_SENT, R1]),
        ("--overdue", [R2_BACK, R2_SENT, R1]),
        ("--stage at_factory", [R5, R2_SENT, R1]),
        ("--stage 工厂 --factory 甲", [R2_SENT, R1]),
        ("--stage 退货", [("R4", 1, "refunded", None, None)]),
        ("--customer 灵龙 --all", [("R2", 1, "delivered", None, "甲厂"), R2_BACK, R2_SENT]),
        ("--product 电源线", [R3]),
        ("--since 2026-10-01 --until 2026-11-10", [R5, R2_BACK, R2_SENT]),
        ("--idle 60", [R1]),
        ("--limit 1", [R3]),
        ("--as-of 2026-10-12", [("R2", 2, "back", 0, "甲厂"), ("R2", 1, "at_factory", 10, "甲厂"),
                                ("R1", 2, "at_factory", 70, "甲厂")]),
    ],
)  # fmt: skip
def test_a_row_for_each_stage_that_goods_of_a_line_are_in(book, words, expected):
    assert stages(book, words) == expected


def test_the_list_says_what_is_over_its_limit_and_what_is_stuck(book):
    said = notes(book, "return list")
    assert said["overdue"] == "3 行超过期限（天数：收到 3、工厂 30、修回 3）"
    assert said["no_movement"] == "60 天以上没有动静：R1"
    assert said["factory_days"].startswith("这些货在工厂的天数：甲厂 中位 52、最长 112；乙厂 中位 12、最长 12")


def test_limits_are_the_settings(book):
    settings = (
        '[book]\nlanguage = "zh"\n[limits]\nrepair_factory_days = 110\nrepair_back_days = 99\nrepair_idle_days = 12'
    )
    book.write("salesaid.toml", settings)
    assert stages(book, "--overdue") == [R1]
    assert notes(book, "return list")["no_movement"] == "12 天以上没有动静：R5、R2、R1"


def test_totals_are_of_all_that_was_found(book):
    assert book.json("return list --limit 1")["data"]["totals"] == {"qty": 6}


def test_days_in_each_stage_by_factory_count_finished_and_open_stays(book):
    rows = {(row["factory"], row["stage"]): row for row in book.rows("return list --by-factory")}
    factory = rows["甲厂", "at_factory"]
    assert (factory["stays"], factory["open"], factory["median"], factory["worst"]) == (3, 2, 52, 112)
    assert (factory["return_no"], factory["limit"]) == ("R1", 30)
    back = rows["甲厂", "back"]
    assert (back["stays"], back["median"], back["worst"]) == (2, 21.5, 42)
    assert rows[None, "received"]["open"] == 1
    assert {factory for factory, _ in rows} == {"甲厂", "乙厂", None}
    assert {row["factory"] for row in book.rows("return list --by-factory --factory 乙")} == {"乙厂"}
    assert {row["factory"] for row in book.rows("return list --by-factory --since 2026-11-02")} == {"乙厂", None}


def test_rows_that_make_no_sense_are_shown_for_what_they_are(desk):
    """
    返修.csv
    单号,日期,类型,客户,产品,数量
    R1,2026-11-01,寄回,骏业,主板,2
    R2,2026-11-02,收到,骏业,主板,1
    R2,2026-11-03,修回,骏业,主板,1
    R3,2026-11-04,收到,骏业,主板,1
    R3,2026-11-05,寄回,骏业,主板,1
    """
    assert {row[:3] for row in stages(desk, "--all")} == {
        ("R1", -2, "received"), ("R1", 2, "delivered"), ("R2", 1, "received"), ("R2", -1, "at_factory"),
        ("R2", 1, "back"), ("R3", 1, "delivered"),
    }  # fmt: skip
    [note] = [n for n in desk.json("return list")["data"]["notes"] if n["code"] == "never_received"]
    assert [row["row"] for row in note["rows"]] == [2, 4]
    assert desk.run("return show R1").code == 0
    assert desk.run("return label R1").code == 2
    assert desk.run("return list --by-factory").code == 0


def test_rows_without_numbers_customers_and_products_are_lines_too(desk):
    """
    返修.csv
    日期,数量,单位
    2026-11-01,2,
    2026-11-02,1,箱
    """
    assert [row[0] for row in stages(desk)] == ["返修.csv:3", "返修.csv:2"]
    assert desk.run("return show 返修.csv:2", SALESAID_LANG="en").code == 0


def test_a_row_in_another_unit_moves_nothing_and_its_amount_counts(desk):
    """
    产品.csv
    产品,单位
    主板,块

    返修.csv
    单号,日期,类型,客户,产品,数量,单位,退款金额
    R1,2026-11-01,收到,骏业,主板,2,块,
    R1,2026-11-02,退货,骏业,主板,1,箱,50
    """
    assert stages(desk, "--all") == [("R1", 2, "received", 22, None)]
    assert desk.json("return show R1")["data"]["tables"][1]["totals"] == {"amount": 50}


def test_the_card_has_each_step_with_its_date_and_the_days_before_it(book):
    where, steps = book.json("return show R2")["data"]["tables"]
    assert [(row["stage"], row["qty"], row["days_in_stage"]) for row in where["rows"]] == [
        ("at_factory", 1, 52), ("back", 1, 42), ("delivered", 1, None),
    ]  # fmt: skip
    assert [(row["date"], row["action"], row["days"]) for row in steps["rows"]] == [
        ("2026-10-01", "receive", None), ("2026-10-02", "send", 1), ("2026-10-12", "back", 10),
        ("2026-10-13", "deliver", 1),
    ]  # fmt: skip
    assert steps["totals"] == {"fee": 80}
    assert "主板 在工厂 52 天，期限 30 天" in book.run("return show R2").out
    assert "at the factory for 52 days" in book.run("return show R2", SALESAID_LANG="en").out


def test_a_label_says_whose_it_is_and_what_is_wrong_with_it(book):
    assert book.run("return label R3").out.splitlines() == [
        "返修单号：R3", "件：1/1", "收到日期：2026-11-22", "客户：骏业", "产品：电源线", "型号：DYX15", "序列号：SN7",
        "数量：1 条", "故障现象：断线", "保修：保外",
    ]  # fmt: skip
    assert book.run("return label R3", SALESAID_LANG="en").out.splitlines()[-1] == "Warranty: out"


def test_each_piece_has_a_label_of_its_own(book):
    rows = book.rows("return label R2")
    assert [(row["count"], row["qty"]) for row in rows] == [("1/3", 1), ("2/3", 1), ("3/3", 1)]


def test_what_is_weighed_or_very_many_has_one_label(desk):
    """
    返修.csv
    单号,日期,类型,客户,产品,数量,单位
    R1,2026-11-01,收到,骏业,铜带,12.5,kg
    R1,2026-11-01,收到,骏业,螺丝,500,个
    """
    assert [(row["count"], row["qty"]) for row in desk.rows("return label R1")] == [("1/2", 12.5), ("2/2", 500)]


@pytest.mark.parametrize(("lang", "warranty"), [("zh", ("保修", "保外")), ("en", ("Warranty", "out"))])
def test_a_workbook_has_a_page_for_each_label(book, lang, warranty):
    from openpyxl import load_workbook

    out = book.folder / "标签.xlsx"
    assert book.run(f"return label R2 --out {out}", SALESAID_LANG=lang).code == 0
    assert len(load_workbook(out).sheetnames) == 3
    book.run(f"return label R3 --out {out}", SALESAID_LANG=lang)
    [sheet] = load_workbook(out)
    cells = [tuple(cell.value for cell in row[:2]) for row in sheet.iter_rows()]
    assert warranty in cells
    assert any("SN7" in row for row in cells)

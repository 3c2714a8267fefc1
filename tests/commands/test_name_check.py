from __future__ import annotations

import json
from time import process_time

import openpyxl
import pytest

ORDERS = "单号,日期,客户,产品,数量,单价,仓库"
COLUMNS = [
    "kind", "question", "name", "other", "rows_name", "rows_other", "first_date", "last_date", "customers", "price_low",
    "price_high", "same_order", "stock", "command",
]  # fmt: skip


@pytest.fixture
def mixed(desk):
    desk.write("产品.csv", "产品,型号\nBVM7-710,ZB710\n电源线,")
    desk.write("客户.csv", "客户,全称\n深圳骏业电子,深圳市骏业电子有限公司\n东莞骏业五金,\n鹏得五金,")
    desk.write(
        "订单.csv",
        f"{ORDERS}\nA1,2026-11-01,骏业,bvm7—710—8505,2,110,\nA2,2026-11-02,深圳骏业电子,BVM7-710,3,120,\n"
        "A3,2026-11-03,鹏得五金,bvm7 710,4,118,\nA4,2026-11-04,鹏得五金,BVM7-7-10,5,1,\n"
        "A4,2026-11-04,鹏得五金,电源线,5,1,\n"
        "A5,2026-11-05,鹏得五金,机箱风扇,6,9,",
    )
    desk.write("库存变动.csv", "单号,日期,类型,产品,数量\nM1,2026-11-01,入库,BVM7-710,20")
    return desk


def questions(desk, *more):
    return {(row["question"], row["name"], row["other"]) for row in desk.rows(["name", "check", *more])}


def test_questions_of_every_kind_come_with_their_evidence(mixed):
    rows = mixed.rows("name check")
    assert all(list(row) == COLUMNS for row in rows)
    assert {each[:2] for each in questions(mixed)} == {
        ("segment", "bvm7—710—8505"), ("variant", "BVM7-7-10"), ("unknown", "机箱风扇"), ("segment", "骏业"),
    }  # fmt: skip
    assert {other for _, name, other in questions(mixed) if name == "骏业"} == {"深圳骏业电子", "东莞骏业五金"}
    row = next(row for row in rows if row["name"] == "bvm7—710—8505")
    assert (row["rows_name"], row["rows_other"], row["price_low"], row["price_high"]) == (1, 3, 110, 120)
    assert (row["first_date"], row["last_date"], row["same_order"]) == ("2026-11-01", "2026-11-03", False)
    assert (row["customers"], row["stock"]) == ("深圳骏业电子 · 骏业 · 鹏得五金", "0 · 20")
    assert row["command"] == "salesaid name same bvm7—710—8505 BVM7-710"


def test_an_unknown_name_is_held_against_a_like_one_of_the_same_digits_only(desk):
    desk.write("产品.csv", "产品\nBVM7-710\n可口可乐 330ml\n不锈钢管道泵")
    names = ("BVM7-701", "BVM7-730", "可口可乐 500ml", "不锈钢管导水泵")
    lines = [f"A{number},2026-11-01,客,{name},2,1," for number, name in enumerate(names)]
    desk.write("订单.csv", "\n".join([ORDERS, *lines]))
    rows = {row["name"]: (row["other"], row["command"]) for row in desk.rows("name check")}
    assert rows == {
        "BVM7-701": ("BVM7-710", "salesaid product add BVM7-701"),
        "BVM7-730": (None, "salesaid product add BVM7-730"),
        "可口可乐 500ml": (None, "salesaid product add '可口可乐 500ml'"),
        "不锈钢管导水泵": ("不锈钢管道泵", "salesaid name same 不锈钢管导水泵 不锈钢管道泵"),
    }


def test_it_ends_with_1_for_questions_only(mixed, desk):
    assert mixed.run("name check").code == 1
    assert mixed.run("name check --kind 供应商").code == 0


def test_what_was_folded_unasked_shows_only_with_all_and_is_no_question(desk):
    desk.write(
        "订单.csv",
        f"{ORDERS}\nA1,2026-11-01,客,电源 线,2,1,\nA2,2026-11-01,客,电源-线,2,1,\nA3,2026-11-01,客,电源-线,2,1,",
    )
    assert desk.rows("name check") == []
    answer = desk.json("name check --all")
    assert [(row["question"], row["name"], row["other"], row["command"]) for row in answer["data"]["rows"]] == [
        ("variant", "电源 线", "电源-线", None)
    ]
    assert desk.run("name check --all").code == 0
    assert "--all" in desk.run("name check").out


def test_every_question_goes_once_its_own_command_was_run(mixed):
    for _ in range(9):
        rows = [row for row in mixed.rows("name check") if row["other"]]
        if not rows:
            break
        command = rows[0]["command"].removeprefix("salesaid ")
        assert mixed.run(command).code == 0
    assert [row for row in mixed.rows("name check") if row["other"]] == []


def test_what_differs_is_never_asked_again_and_what_was_put_off_after_thirty_days(mixed):
    mixed.run("name different bvm7—710—8505 BVM7-710")
    mixed.run("name later BVM7-7-10 BVM7-710")
    asked = {(question, name) for question, name, _ in questions(mixed)}
    assert {("segment", "bvm7—710—8505"), ("variant", "BVM7-7-10"), ("unknown", "BVM7-7-10")}.isdisjoint(asked)
    mixed.today = "2026-12-23"
    assert ("variant", "BVM7-7-10", "BVM7-710") in questions(mixed)
    assert ("segment", "bvm7—710—8505", "BVM7-710") not in questions(mixed)


def test_two_names_in_one_order_are_proposed_to_differ(desk):
    desk.write("订单.csv", f"{ORDERS}\nA1,2026-11-01,客,BVM7-710,2,1,\nA1,2026-11-01,客,BVM7-710-8505,2,1,")
    (row,) = desk.rows("name check")
    assert row["same_order"] is True
    assert row["command"].startswith("salesaid name different ")


def test_one_name_with_two_codes_is_a_question_that_can_be_answered_either_way(desk):
    desk.write(
        "订单.csv",
        "单号,日期,客户,产品,型号,数量\nA1,2026-11-01,客,铁皮标牌,82580,2\nA2,2026-11-02,客,铁皮标牌,21171,3\n"
        "A3,2026-11-02,客,铁皮标牌,21171.0,3",
    )
    (row,) = desk.rows("name check")
    assert (row["question"], {row["name"], row["other"]}) == ("codes", {"铁皮标牌 (82580)", "铁皮标牌 (21171)"})
    assert desk.run(["name", "same", row["name"], row["other"]]).code == 0
    assert {line["product"] for line in desk.rows("order list")} == {row["other"]}
    assert desk.rows("name check") == []
    desk.run("undo")
    assert desk.run(["name", "different", row["name"], row["other"]]).code == 0
    assert desk.rows("name check") == []
    assert len({line["product"] for line in desk.rows("order list")}) == 2


def test_codes_that_differ_tell_products_apart_without_a_question(desk):
    desk.write("产品.csv", "产品,型号\nBVM7-710,A1\nBVM7-710-8505,A2")
    assert desk.rows("name check") == []


def fill(desk, name, **answers):
    """Write answers by name into the column that is there for them."""
    book = openpyxl.load_workbook(desk.folder / name)
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value in {"种类", "Kind"})
    at = {cell.value: cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        answer = answers.get(str(row[2].value))
        if answer:
            sheet.cell(row[0].row, at["答案"], answer[0])
            if len(answer) > 1:
                sheet.cell(row[0].row, at["留下的名称"], answer[1])
    book.save(desk.folder / name)


def sheet_out(desk, name="名称.xlsx"):
    assert desk.run(["name", "check", "--out", str(desk.folder / name)]).code == 1


def decisions(desk):
    return {tuple(line.split(",")[1:4]) for line in desk.lines("名称对照.csv")[1:]}


def test_a_workbook_offers_the_answers_and_is_read_back_in_one_post(mixed):
    sheet_out(mixed)
    sheet = openpyxl.load_workbook(mixed.folder / "名称.xlsx").active
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"同一,不同,待定"']
    fill(mixed, "名称.xlsx", **{"bvm7—710—8505": ("同一",), "BVM7-7-10": ("不同",)})
    answer = mixed.json(["name", "answer", str(mixed.folder / "名称.xlsx")])
    assert decisions(mixed) == {("bvm7—710—8505", "BVM7-710", "同一"), ("BVM7-7-10", "BVM7-710", "不同")}
    assert answer["data"]["receipt"] == "R1"
    assert [note["code"] for note in answer["data"]["notes"]] == ["unanswered"]
    again = mixed.json(["name", "answer", str(mixed.folder / "名称.xlsx")])
    assert (again["data"]["receipt"], again["data"]["notes"][0]["code"]) == (None, "decided_before")
    mixed.run("undo")
    assert mixed.json("name list")["data"]["rows"] == []


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"bvm7—710—8505": ("大概",)}, "大概"),
        ({"bvm7—710—8505": ("同一", "电源线")}, "电源线"),
        ({"骏业": ("同一",)}, "骏业"),
    ],
)
def test_answers_that_make_no_sense_are_refused_with_their_row_and_nothing_is_written(mixed, answers, said):
    sheet_out(mixed)
    fill(mixed, "名称.xlsx", **answers)
    answer = mixed.run(["name", "answer", str(mixed.folder / "名称.xlsx")])
    assert (answer.code, said in answer.err, "第 " in answer.err) == (2, True, True)
    assert not (mixed.folder / "名称对照.csv").exists()


def test_an_answer_beside_one_name_alone_is_refused_with_its_row(desk):
    desk.write("订单.csv", f"{ORDERS}\nA1,2026-11-01,客,甲 1,2,1,")
    desk.write("答.csv", "种类,名称,可能就是,答案,留下的名称\n产品,甲 1,,同一,")
    answer = desk.run(["name", "answer", str(desk.folder / "答.csv")])
    assert (answer.code, "第 2 行" in answer.err, "没有另一个名称" in answer.err) == (2, True, True)


def test_answers_in_a_circle_are_refused_with_the_row(desk):
    desk.write(
        "订单.csv", f"{ORDERS}\nA1,2026-11-01,客,甲 1,2,1,\nA2,2026-11-01,客,甲1,2,1,\nA3,2026-11-01,客,甲_1_乙,2,1,"
    )
    head = "种类,名称,可能就是,答案,留下的名称\n"
    desk.write("答.csv", f"{head}产品,甲 1,甲1,同一,甲1\n产品,甲1,甲_1_乙,同一,甲_1_乙\n产品,甲_1_乙,甲 1,不同,")
    answer = desk.run(["name", "answer", str(desk.folder / "答.csv")])
    assert (answer.code, "第 4 行" in answer.err) == (2, True)
    desk.write("答.csv", f"{head}产品,甲 1,甲1,同一,甲1\n产品,甲1,甲 1,不同,")
    answer = desk.run(["name", "answer", str(desk.folder / "答.csv")])
    assert (answer.code, "第 3 行" in answer.err) == (2, True)
    assert not (desk.folder / "名称对照.csv").exists()


def test_minds_changed_beside_new_answers_are_left_for_the_same_command_once_more(mixed):
    mixed.write("名称对照.csv", "种类,写法,对应名称,判定,判定日期\n产品,bvm7—710—8505,BVM7-710,待定,2026-09-01")
    sheet_out(mixed)
    fill(mixed, "名称.xlsx", **{"bvm7—710—8505": ("同一",), "BVM7-7-10": ("不同",)})
    command = ["name", "answer", str(mixed.folder / "名称.xlsx")]
    assert "once_more" in [note["code"] for note in mixed.json(command)["data"]["notes"]]
    assert mixed.json(command)["data"]["receipt"] == "R2"
    assert decisions(mixed) == {("bvm7—710—8505", "BVM7-710", "同一"), ("BVM7-7-10", "BVM7-710", "不同")}


def test_other_files_and_no_file_are_refused(mixed):
    mixed.write("别的.csv", "甲,乙\n1,2")
    assert mixed.run(["name", "answer", str(mixed.folder / "别的.csv")]).code == 2
    assert mixed.run(["name", "answer", str(mixed.folder / "没有.xlsx")]).code == 3
    assert mixed.run("name answer").code == 2


def test_at_a_terminal_questions_are_asked_one_by_one_and_answered_in_one_post(mixed):
    answer = mixed.run("name answer", stdin="3\nx\n1\nq\n")
    assert "2 个回答" in answer.out
    assert len(decisions(mixed)) == 2
    assert len([line for line in mixed.lines("名称对照.csv")[1:] if "不同" in line]) == 1
    assert mixed.run("name answer", stdin="\nq\n").code == 0
    assert len(decisions(mixed)) == 2


@pytest.fixture
def three(desk):
    """Three spellings of one product, each pair of them a question, in this order: AB, CB, CA (B is most usual)."""
    desk.write(
        "订单.csv",
        f"{ORDERS}\nA1,2026-11-01,客,六角螺栓 M8*30,2,1,\nA2,2026-11-01,客,六角螺栓M8*30,2,1,\n"
        "A3,2026-11-01,客,六角螺栓 M8×30,2,1,\nA4,2026-11-02,客,六角螺栓 M8*30,2,1,",
    )
    return desk


def test_what_follows_from_answers_is_not_asked_at_a_terminal(three):
    assert len(three.rows("name check")) == 3
    answer = three.run("name answer", stdin="1\n1\n")
    assert "1/3" in answer.out
    assert "2/3" in answer.out
    assert "3/3" not in answer.out
    assert len(decisions(three)) == 2
    assert three.rows("name check") == []


def test_an_answer_that_cannot_be_taken_is_asked_again_and_costs_no_other(three):
    answer = three.run("name answer", stdin="2\n2\n1\n")
    assert answer.code == 0
    assert "不能再归到" in answer.out
    assert len(decisions(three)) == 2
    assert three.rows("name check") == []


HOSTILE = [
    "=1+1", "[bold]红[/bold]", "\x1b[31m红", "\u202e文字", "😀主板", "CON", "長" * 10_000, "\u200b", "-",
    "+5V电源", "'a\"b",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_any_kind_are_shown_and_never_a_crash(desk, name):
    quoted = '"' + name.replace('"', '""') + '"'
    text = f'{ORDERS}\nA1,2026-11-01,客,{quoted},2,1,\nA2,2026-11-01,客,{quoted[:-1]}-8505",2,1,\n'
    (desk.folder / "订单.csv").write_text(text, "utf-8")
    for format_ in ("table", "json", "csv", "md"):
        answer = desk.run(["name", "check", "--all", "--format", format_])
        assert answer.code in {0, 1}
        assert "\x1b" not in answer.out or format_ == "csv"
        assert "\u202e" not in answer.out or format_ in {"json", "csv"}
    out = desk.run(["name", "check", "--all", "--out", str(desk.folder / "q.xlsx")])
    assert out.code in {0, 1}
    if out.code:
        assert desk.run(["name", "answer", str(desk.folder / "q.xlsx")]).code == 0


@pytest.mark.parametrize("has_index", [False, True])
def test_a_lone_surrogate_from_the_command_line_is_shown_visibly(mixed, has_index):
    if has_index:
        assert mixed.run("name later 骏业 鹏得五金").code == 0
    for verb in (["same"], ["different"], ["later"]):
        answer = mixed.run(["name", *verb, "\udcff", "BVM7-710"])
        assert answer.code == 2
        assert "<U+DCFF>" in answer.err
    assert mixed.run(["name", "suggest", "\udcff"]).code == 0
    assert mixed.run(["name", "answer", "\udcff.xlsx"]).code == 3


@pytest.mark.parametrize(
    "row",
    [
        "产品,甲,乙,大概,2026-11-01,我,",
        ",甲,乙,同一,2026-11-01,我,",
        "货,甲,乙,同一,2026-11-01,我,",
        "产品,甲,乙,同一,2026-11-01,我,,多一格",
        "产品,甲",
    ],
)
def test_a_broken_row_of_the_aliases_stops_every_command_that_folds_names(mixed, row):
    mixed.write("名称对照.csv", f"种类,写法,对应名称,判定,判定日期,判定人,备注\n产品,BVM7-7-10,BVM7-710,不同,,,\n{row}")
    for command in ("name check", "order list", "stock list", "name list", "check"):
        answer = mixed.run(command)
        assert (answer.code, "名称对照.csv 第 3 行" in answer.err) == (3, True)


def test_english_answers_are_english(mixed):
    answer = mixed.run("name check", SALESAID_LANG="en")
    assert "May be" in answer.out
    assert json.loads(mixed.run("name check --format json", SALESAID_LANG="en").out)["data"]["rows"] == mixed.rows(
        "name check"
    )


def test_a_workbook_book_is_asked_about_as_a_csv_book_is(desk):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["单号", "日期", "客户", "产品", "数量"],
        ["A1", "2026-11-01", "骏业", "BVM7-710", 2],
        ["A2", "2026-11-02", "深圳骏业", "BVM7-710-8505", 2],
    ):
        sheet.append(row)
    book.save(desk.folder / "订单.xlsx")
    assert questions(desk) == {("segment", "BVM7-710-8505", "BVM7-710"), ("variant", "骏业", "深圳骏业")}


def test_a_slip_in_a_firms_name_is_asked_about_where_it_is_rare(desk):
    lines = [f"A{number},2026-11-01,深圳骏业电子,电源线,2,1," for number in range(3)]
    desk.write("订单.csv", "\n".join([ORDERS, *lines, "B1,2026-11-02,深圳俊业电子,电源线,2,1,"]))
    assert questions(desk) == {("typo", "深圳俊业电子", "深圳骏业电子")}
    more = [f"C{number},2026-11-03,深圳俊业电子,电源线,2,1," for number in range(3)]
    desk.write("订单.csv", "\n".join([ORDERS, *lines, *more]))
    assert questions(desk) == set()


def test_thousands_of_customers_are_looked_at_in_seconds(desk):
    names = [f"客户{chr(0x4E00 + number)}{chr(0x5E00 + number)}" for number in range(6_000)]
    desk.write(
        "订单.csv", "\n".join([ORDERS, *(f"A{n},2026-11-01,{name},电源线,2,1," for n, name in enumerate(names))])
    )
    began = process_time()
    assert questions(desk) == set()
    assert process_time() - began < 6  # each held against each takes a minute


def test_a_firm_registered_twice_is_asked_about_and_two_firms_of_one_short_name_are_not(desk):
    desk.write("客户.csv", "客户\n深圳骏业电子\n深圳市骏业电子有限公司\n东莞骏业电子\n骏业电子商务")
    assert questions(desk) == {("variant", "深圳骏业电子", "深圳市骏业电子有限公司")} or questions(desk) == {
        ("variant", "深圳市骏业电子有限公司", "深圳骏业电子")
    }

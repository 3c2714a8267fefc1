"""To-dos from the command line: written down, done, dropped, put off, void."""

from __future__ import annotations

import pytest

from tests.desk import Desk


@pytest.fixture
def office(tmp_path):
    desk = Desk(tmp_path)
    desk.lay_out("""
        客户.csv
        客户,业务员
        骏业,徐峰
        """)
    return desk


def entry(desk, words):
    (row,) = [each["row"] for each in desk.json(words)["data"]["entries"]]
    return row


def states(desk, words="todo list --all"):
    return {row["text"]: row["state"] for row in desk.rows(words)}


def page(desk, words="today"):
    return [(row["text"], row["days"], row["owner"], row["command"]) for row in desk.rows(words)]


# ── writing ────────────────────────────────────────────────────────────────────────────────────────


def test_a_to_do_is_mine_unless_it_is_said_whose_it_is(office):
    assert entry(office, "todo add 补 发票 --due +3 --dry-run") == {
        "todo_no": "TD20261123-001", "date": "2026-11-23", "action": "add", "text": "补 发票", "due": "2026-11-26",
        "owner": "小郑",
    }  # fmt: skip
    row = entry(office, "todo add 告诉徐峰骏业要货 --due 周五 --owner 徐峰 --from me --customer 骏业 --dry-run")
    assert (row["owner"], row["asked_by"], row["customer"], row["due"]) == ("徐峰", "小郑", "骏业", "2026-11-27")
    assert entry(office, "todo add x --owner me --dry-run")["owner"] == "小郑"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("todo add", "缺少要办的事"),
        ("todo add x --due 某天", "期限"),
        ("todo add x --customer 谁", "没有名为"),
        ("todo done", "缺少待办编号"),
        ("todo done 1123-9", "没有编号为"),
        ("todo drop 1123-1", "缺少原因"),
        ("todo defer 1123-1", "缺少期限\n  写成 --due 日期"),
        ("todo list --owner 谁", "没有负责人"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(office, words, part):
    assert office.run("todo add 补发票").code == 0
    before = office.text("待办.csv")
    refused = office.run(words)
    assert (refused.code, part in refused.err) == (2, True), refused.err
    assert office.text("待办.csv") == before


def test_the_same_to_do_twice_is_warned_of(office):
    office.run("todo add 补发票")
    assert [note["code"] for note in office.json("todo add 补发票 --due +1")["data"]["notes"]] == ["same_todo"]


def test_on_a_terminal_it_is_asked_for(office):
    assert office.run("todo add", stdin="补发票\n").code == 0
    assert states(office) == {"补发票": "open"}


# ── done, dropped, put off ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("store", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_closed_is_no_more_listed_and_not_closed_twice(tmp_path, store, lang):
    desk = Desk(tmp_path, f'[book]\nlanguage = "{lang}"\nstore = "{store}"')
    for text in ("one", "two", "three"):
        assert desk.run(f"todo add {text} --due 2026-11-20 -d 2026-11-18").code == 0
    assert desk.run("todo done 1118-1").code == 0
    assert desk.run("todo drop 1118-2 --why 'not wanted'").code == 0
    assert desk.run("todo defer 1118-3 --due +2 --why later").code == 0
    assert states(desk, "todo list") == {"three": "open"}
    assert states(desk) == {"three": "open", "two": "dropped", "one": "done"}
    for words in ("done 1118-1", "done 1118-2", "drop 1118-1 --why x", "defer 1118-2 --due +1"):
        assert desk.run(f"todo {words}").code == 2, words
    (row,) = desk.rows("todo list")
    assert (row["due"], row["deferred"], row["note"], row["days_late"]) == ("2026-11-25", 1, "later", None)
    desk.today = "2026-11-28"
    assert [row["days_late"] for row in desk.rows("todo list --late")] == [3]
    assert [(row["code"], row["value"]) for row in desk.rows("check T")] == [("T01", "2026-11-25")]


def test_marks_are_no_words(office):
    office.write("待办.csv", "单号,日期,类型,事项\n1,2026-11-20,×,对账\n2,2026-11-20,√,补发票\n3,2026-11-20,,催货")
    assert states(office) == {"催货": "open"}
    assert [row["row"] for row in office.rows("check A") if row["code"] == "A08"] == [2, 3]


def test_the_order_of_rows_does_not_matter(office):
    rows = ["1,2026-11-20,完成,", "1,2026-11-20,新增,对账", "2,2026-11-21,延期,", "2,2026-11-19,新增,补发票"]
    office.write("待办.csv", "\n".join(["单号,日期,类型,事项", *rows]))
    assert states(office) == {"对账": "done", "补发票": "open"}


def test_rows_that_make_no_sense_are_shown_for_what_they_are(office):
    office.write(
        "待办.csv",
        "单号,日期,类型,事项,期限\n9,2026-11-20,完成,没有记过的,\n1,2026-11-20,新增,两次,\n1,2026-11-21,新增,两次,\n"
        "1,2026-11-22,完成,,\n2,2026-11-20,新增,,\n2,2026-11-18,完成,,\n,2026-11-20,新增,没有编号,",
    )  # fmt: skip
    rows = {(row["todo_no"], row["date"]): row["state"] for row in office.rows("todo list --all")}
    assert rows == {
        ("9", "2026-11-20"): "done", ("1", "2026-11-20"): "done", ("1", "2026-11-21"): "done",
        ("2", "2026-11-20"): "done", ("待办.csv:8", "2026-11-20"): "open",
    }  # fmt: skip
    assert office.run("todo done 待办.csv:8").code == 0
    assert office.rows("todo list") == []


def test_what_is_opened_again_under_its_number_is_open(office):
    rows = ["1,2026-11-18,新增,对账", "1,2026-11-19,完成,", "1,2026-11-20,新增,再对一次"]
    office.write("待办.csv", "\n".join(["单号,日期,类型,事项", *rows]))
    assert states(office) == {"对账": "done", "再对一次": "open"}
    assert office.run("todo done 1").code == 0
    assert office.rows("todo list") == []


# ── the page of the morning ────────────────────────────────────────────────────────────────────────


def test_it_holds_what_is_due_and_what_has_no_day_and_its_commands_close_it(office):
    for words in ("到期 --due 2026-11-23", "逾期 --due 2026-11-20 --owner 徐峰", "没写期限", "以后 --due 2026-11-30"):
        assert office.run(f"todo add {words} -d 2026-11-19").code == 0
    assert page(office) == [
        ("没写期限", 4, "小郑", "salesaid todo done 1119-3"),
        ("逾期", 3, "徐峰", "salesaid todo done 1119-2"),
        ("到期", 0, "小郑", "salesaid todo done 1119-1"),
    ]
    assert [text for text, *_ in page(office, "today --owner me")] == ["没写期限", "到期"]
    assert [text for text, *_ in page(office, "today --owner 徐峰")] == ["逾期"]
    for *_, command in page(office):
        assert office.run(command.split(maxsplit=1)[1]).code == 0
    assert page(office) == []


def test_what_is_nobodys_is_the_customers_salespersons(office):
    office.write("待办.csv", "单号,日期,事项,客户\n1,2026-11-20,要货十块,骏业\n2,2026-11-20,对账,")
    assert [(text, owner) for text, _, owner, _ in page(office)] == [("骏业 要货十块", "徐峰"), ("对账", None)]


# ── taken back ─────────────────────────────────────────────────────────────────────────────────────


def test_void_takes_back_the_whole_to_do_and_undo_one_step(office):
    assert office.run("todo add 补发票").code == 0
    assert office.run("todo done 1").code == 0
    assert office.run("undo").code == 0
    assert states(office) == {"补发票": "open"}
    assert office.run("todo done 1").code == 0
    assert office.run("void TD1123-1 --why 记错").code == 0
    assert office.rows("todo list --all") == []
    assert office.run("void TD1123-1 --why 记错").code == 2
    assert office.run("todo done TD1123-1").code == 2
    assert office.run("undo").code == 0
    assert states(office) == {"补发票": "done"}
    assert office.rows("check A X T") == []


def test_a_to_do_of_a_later_day_is_not_counted_yet(office):
    assert office.run("todo add 补发票 -d 2026-11-25").code == 0
    assert office.rows("todo list --all") == []
    refused = office.run("todo done TD1125-1")
    assert (refused.code, "--today 2026-11-25" in refused.err) == (2, True)


# ── a clerk's sheet ────────────────────────────────────────────────────────────────────────────────


def test_a_list_with_the_days_on_which_it_was_done_is_imported(office, tmp_path):
    sheet = tmp_path / "待办事项.csv"
    sheet.write_text(
        "日期,事项,负责人,要求完成日期,完成日期\n2026-11-01,补发票,小郑,2026-11-10,未完成\n"
        "2026-11-02,催货,徐峰,2026-11-12,2026-11-11\n2026-11-03,对账,徐峰,2026-11-30,\n",
        encoding="utf-8",
    )
    done = office.run(["import", str(sheet)])
    assert done.code == 0, done.err
    assert states(office) == {"对账": "open", "催货": "done", "补发票": "overdue"}
    assert "没有新的行" in office.run(["import", str(sheet)]).out

"""Visits and calls from the command line: written down, answered, followed up, void."""

from __future__ import annotations

import pytest

from tests.desk import Desk

CUSTOMERS = """
    客户.csv
    客户,联系人,电话,业务员
    骏业,何先生,138001,徐峰
    万安达,孙经理,138002,赵丽
    """


@pytest.fixture
def office(tmp_path):
    desk = Desk(tmp_path)
    desk.lay_out(CUSTOMERS)
    return desk


def entry(desk, words):
    (row,) = [each["row"] for each in desk.json(words)["data"]["entries"]]
    return row


def waiting(desk):
    return [(row["customer"], row["days"], row["command"]) for row in desk.rows("today") if row["part"] == "call"]


def codes(answer):
    return [note["code"] for note in answer["data"]["notes"]]


# ── writing ────────────────────────────────────────────────────────────────────────────────────────


def test_both_forms_write_the_same_row(office):
    short = entry(office, "visit add 骏业 看样板 报价 --next +7 --dry-run")
    long = entry(office, "visit add -c 骏业 --subject '看样板 报价' --next 2026-11-30 --kind 拜访 --dry-run")
    assert short == long
    assert short == {
        "visit_no": "VS20261123-001", "date": "2026-11-23", "customer": "骏业", "kind": "visit", "direction": "out",
        "count": 1, "subject": "看样板 报价", "next_date": "2026-11-30", "salesperson": "徐峰", "basis": "recorded",
    }  # fmt: skip


def test_what_comes_in_is_a_call_unless_it_is_said_to_be_something_else(office):
    assert entry(office, "visit add 骏业 --direction 来 --dry-run")["kind"] == "phone"
    assert entry(office, "visit add 骏业 --direction in --kind 微信 --dry-run")["kind"] == "wechat"
    assert entry(office, "visit add 骏业 --direction out --kind email --dry-run")["kind"] == "email"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_of_either_language_are_read_and_what_cannot_be_read_is_refused(office, lang):
    refused = office.run(f"--lang {lang} visit add 骏业 --kind 飞鸽")
    assert refused.code == 2
    assert "微信" in refused.err or "wechat" in refused.err
    assert not (office.folder / "拜访.csv").exists()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("visit add", "没有写是哪个客户"),
        ("visit add 骏", "能确定|没有名为"),
        ("visit add 骏业 --count 0", "次数"),
        ("visit add 骏业 --count 1.5", "整数"),
        ("visit add 骏业 --count 两", "看不懂"),
        ("visit add 骏业 --next 明年", "下次跟进日期"),
        ("visit add --reply 1123-9", "没有编号为"),
        ("visit add 骏业 --estimated --next +3", "--next"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(office, words, part):
    refused = office.run(words)
    assert refused.code == 2
    assert any(each in refused.err for each in part.split("|")), refused.err
    assert not (office.folder / "拜访.csv").exists()


def test_a_new_customer_is_a_prospect_whom_the_register_keeps(office):
    assert office.run("visit add 新客户").code == 2
    written = office.json("visit add 新客户 问铜带 --direction 来 --contact 张先生 --phone 139 --by 徐峰 --new")
    assert [each["ledger"] for each in written["data"]["entries"]] == ["customers", "visits"]
    assert office.lines("客户.csv")[-1] == "新客户,张先生,139,徐峰"


def test_a_stranger_who_called_is_known_by_name_or_number(office):
    assert office.run("visit add --phone 139 --contact 张先生 --direction 来 --subject 问铜带").code == 0
    (row,) = office.rows("visit list")
    assert (row["customer"], row["contact"], row["phone"]) == (None, "张先生", "139")
    (line,) = office.rows("today")
    assert "张先生 139：问铜带" in line["text"]
    assert office.run("visit add --reply 1123-1 --result 报了价").code == 0
    assert waiting(office) == []


def test_estimated_visits_need_no_customer_and_ask_for_nothing(office):
    row = entry(office, "visit add --estimated --count 20 --by 徐峰 -d 2026-10-31")
    assert (row["basis"], row["count"], row["salesperson"], "customer" in row) == ("estimated", 20, "徐峰", False)
    assert office.run("visit add 骏业 --direction 来 --estimated").code == 0
    assert office.rows("today") == []


def test_by_me_is_whoever_writes(office):
    assert entry(office, "visit add 骏业 --by me --dry-run")["salesperson"] == "小郑"


def test_on_a_terminal_the_customer_is_asked_for(office):
    answer = office.run("visit add", stdin="骏业\n")
    assert answer.code == 0, answer.err
    assert office.rows("visit list")[0]["customer"] == "骏业"


# ── calls and follow-ups ───────────────────────────────────────────────────────────────────────────


def test_a_call_is_returned_by_the_command_that_stands_beside_it(office):
    answer = office.json("visit add 骏业 问交期 --direction 来 -d 2026-11-20")
    assert codes(answer) == ["to_return"]
    ((who, days, command),) = waiting(office)
    assert (who, days, command) == ("骏业", 3, "salesaid visit add --reply 1120-1")
    reply = office.json([*command.split()[1:], "--result", "周五发"])["data"]
    (row,) = [each["row"] for each in reply["entries"]]
    assert (row["customer"], row["kind"], row["direction"], row["subject"]) == ("骏业", "phone", "out", "问交期")
    assert row["note"] == "回复 VS20261120-001"
    assert waiting(office) == []
    states = {each["visit_no"]: each["follow_up"] for each in office.rows("visit list")}
    assert states == {"VS20261120-001": "returned", "VS20261123-001": None}


@pytest.mark.parametrize(
    ("later", "is_answered"),
    [
        ("visit add 骏业", True),
        ("visit add 骏业 --direction 来 --result 已告知", True),
        ("visit add 骏业 --direction 来 --kind 拜访", False),
        ("visit add 万安达", False),
        ("visit add 骏业 --estimated", False),
        ("visit add 骏业 -d 2026-11-19", False),
    ],
)
def test_a_call_is_answered_by_a_later_contact_with_the_same_customer(office, later, is_answered):
    assert office.run("visit add 骏业 问价 --direction 来 -d 2026-11-20").code == 0
    assert office.run(later).code == 0
    assert ([who for who, *_ in waiting(office)] == []) == is_answered


@pytest.mark.parametrize("call", ["--direction 来 --result 当时答复了", "--direction 来 --kind 拜访", "--direction 去"])
def test_what_was_answered_at_once_or_was_no_call_is_not_to_be_returned(office, call):
    assert office.run(f"visit add 骏业 {call} -d 2026-11-20").code == 0
    assert waiting(office) == []


def test_a_follow_up_stands_from_its_day_on_until_the_customer_was_met_again(office):
    assert office.run("visit add 骏业 看样板 --next 2026-11-23 -d 2026-11-16").code == 0
    assert [row["days_late"] for row in office.rows("visit list --late")] == []
    office.today = "2026-11-22"
    assert waiting(office) == []
    office.today = "2026-11-25"
    assert [days for _, days, _ in waiting(office)] == [2]
    assert [(row["code"], row["value"]) for row in office.rows("check V")] == [("V01", "2026-11-23")]
    done = office.json("visit add 骏业 --kind 电话")
    assert codes(done) == ["done"]
    assert waiting(office) == []
    assert office.rows("visit list --open") == []


def test_the_page_is_of_the_salesperson(office):
    assert office.run("visit add 骏业 --direction 来").code == 0
    assert office.run("visit add 万安达 --direction 来 --by 徐峰").code == 0
    assert office.run("visit add --phone 1 --direction 来").code == 0
    assert len(office.rows("today --owner 徐峰")) == 2
    assert office.rows("today --owner 赵丽") == []


def test_a_reply_to_another_customers_call_is_refused(office):
    assert office.run("visit add 骏业 --direction 来").code == 0
    refused = office.run("visit add -c 万安达 --reply 1123-1")
    assert refused.code == 2
    assert "骏业" in refused.err
    assert office.run("visit add -c 骏业 --estimated --reply 1123-1").code == 2
    assert len(office.rows("visit list")) == 1


# ── taken back ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_a_void_reply_leaves_the_call_to_be_returned_and_undo_brings_it_back(tmp_path, store):
    desk = Desk(tmp_path, f'[book]\nlanguage = "en"\nstore = "{store}"')
    assert desk.run("visit add Acme asks --direction in --new").code == 0
    assert desk.run("visit add --reply 1").code == 0
    assert waiting(desk) == []
    assert desk.run("void VS1123-2 --why wrong").code == 0
    assert [row["visit_no"] for row in desk.rows("visit list")] == ["VS20261123-001"]
    assert len(waiting(desk)) == 1
    assert desk.run("void VS1123-2 --why wrong").code == 2
    assert desk.run("undo").code == 0
    assert waiting(desk) == []
    assert desk.run("void VS1123-1 --why wrong").code == 0
    assert [row["visit_no"] for row in desk.rows("visit list")] == ["VS20261123-002"]


def test_undo_of_the_first_visit_leaves_no_file(office):
    assert office.run("visit add 骏业").code == 0
    assert office.run("undo").code == 0
    assert not (office.folder / "拜访.csv").exists()


def test_a_column_that_the_file_lacks_is_named_and_what_we_add_of_ourselves_is_left_out(office):
    office.write("拜访.csv", "拜访日期,客户,内容")
    assert office.run("visit add 骏业 看样板").code == 0
    assert office.lines("拜访.csv")[1] == "2026-11-23,骏业,看样板"
    for words in ("--estimated", "--direction 来", "--next +3", "--count 2", "--kind 电话"):
        refused = office.run(f"visit add 骏业 {words}")
        assert refused.code == 2, words
    assert len(office.lines("拜访.csv")) == 2


def test_rows_without_a_number_are_answered_where_they_stand(office):
    office.write("拜访.csv", "拜访日期,客户,方向,内容\n2026-11-20,骏业,来电,问交期")
    ((_, _, command),) = waiting(office)
    assert command == "salesaid visit add --reply 拜访.csv:2"
    assert office.run(command.split(maxsplit=1)[1]).code == 0
    assert waiting(office) == []


# ── a clerk's sheet ────────────────────────────────────────────────────────────────────────────────


def test_a_sheet_of_visits_is_imported_and_its_follow_ups_are_told(office, tmp_path):
    sheet = tmp_path / "11月拜访记录.csv"
    sheet.write_text(
        "拜访日期,客户,联系人,电话,拜访方式,内容,结果,下次跟进日期\n"
        "2026/11/3,骏业,何先生,138001,上门拜访,看样板,要比价,2026/11/16\n"
        "2026.11.10,万安达,孙经理,138002,电话,问交期,,2026-11-25\n"
        "2026-11-11,骏业,何先生,138001,微信,比价结果,月底定,2026-11-20\n",
        encoding="gb18030",
    )
    done = office.run(["import", str(sheet)])
    assert done.code == 0, done.err
    assert [(who, days) for who, days, _ in waiting(office)] == [("骏业", 3)]
    assert [row["row"] for row in office.rows("check V")] == [4]
    assert "没有新的行" in office.run(["import", str(sheet)]).out
    assert [row["kind"] for row in office.rows("visit list")] == ["wechat", "phone", "visit"]


def test_a_list_of_calls_that_came_in_is_imported_as_such(office, tmp_path):
    sheet = tmp_path / "来电登记.csv"
    sheet.write_text("来电日期,来电单位,来电人,电话,内容,处理结果\n2026-11-18,骏业,何先生,138,问交期,已答复\n"
        "2026-11-20,万安达,孙经理,139,问价格,\n", encoding="utf-8")  # fmt: skip
    assert office.run(["import", str(sheet)]).code == 0
    assert {(row["kind"], row["direction"]) for row in office.rows("visit list")} == {("phone", "in")}
    assert [(who, days) for who, days, _ in waiting(office)] == [("万安达", 3)]
    assert "没有新的行" in office.run(["import", str(sheet)]).out


def test_a_column_that_says_who_called_is_believed_before_the_headings(office, tmp_path):
    sheet = tmp_path / "来电登记.csv"
    sheet.write_text("来电日期,客户,方向,内容\n2026-11-20,骏业,去电,问交期\n2026-11-20,万安达,来电,问价格\n", "utf-8")
    assert office.run(["import", str(sheet)]).code == 0
    assert [who for who, *_ in waiting(office)] == ["万安达"]


def test_a_file_of_visits_is_adopted_where_it_lies_and_exported_again(office, tmp_path):
    office.write("走访表.csv", "走访日期,走访单位,方式,内容,下次跟进\n2026-11-03,骏业,走访,看样板,2026-11-16")
    adopted = office.run(["adopt", str(office.folder / "走访表.csv"), "--as", "visits"])
    assert adopted.code == 0, adopted.err
    assert [who for who, *_ in waiting(office)] == ["骏业"]
    assert office.run("visit add 骏业 定了").code == 0
    assert office.lines("走访表.csv")[-1] == "2026-11-23,骏业,拜访,定了,"
    out = tmp_path / "out.csv"
    assert office.run(["export", "visits", "--out", str(out)]).code == 0
    assert "看样板" in out.read_text("utf-8-sig")

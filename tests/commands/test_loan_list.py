"""What is on loan: open and overdue lines, what they are worth, and rows by hand for what they are."""

from __future__ import annotations

ROWS = """
    产品.csv
    产品,型号,单位,单价
    BVM7-710,ZB710,块,120
    电源线,DYX15,条,15

    客户.csv
    客户
    骏业
    灵龙

    借用.csv
    单号,日期,类型,客户,产品,数量,单位,单价,应还日期,用途,备注
    L1,2026-10-01,借出,骏业,bvm7 710,2,块,120,2026-10-31,试用,
    L1,2026-10-20,归还,骏业,BVM7-710,1,块,,,,
    L2,2026-11-01,借出,灵龙,电源线,10,条,15,2026-12-01,铺货,
    L3,2026-11-05,借出,骏业,电源线,3,条,15,,,
    L3,2026-11-06,转赠,骏业,电源线,3,条,,,,
"""
COLUMNS = [
    "loan_no",
    "date",
    "customer",
    "product",
    "lent",
    "returned",
    "converted",
    "out",
    "due",
    "days_late",
    "value",
]


def test_a_list_shows_what_is_out_newest_first_with_its_value(desk):
    desk.lay_out(ROWS)
    data = desk.json("loan list")["data"]
    assert [column["name"] for column in data["columns"]][: len(COLUMNS)] == COLUMNS
    assert [tuple(row[name] for name in COLUMNS) for row in data["rows"]] == [
        ("L2", "2026-11-01", "灵龙", "电源线", 10, 0, 0, 10, "2026-12-01", None, 150),
        ("L1", "2026-10-01", "骏业", "BVM7-710", 2, 1, 0, 1, "2026-10-31", 23, 120),
    ]
    assert (data["totals"]["out"], data["totals"]["value"]) == (11, 270)


def test_a_list_can_be_narrowed(desk):
    desk.lay_out(ROWS)
    assert [row["loan_no"] for row in desk.rows("loan list --overdue")] == ["L1"]
    assert [row["loan_no"] for row in desk.rows("loan list --customer 灵龙")] == ["L2"]
    assert [row["loan_no"] for row in desk.rows("loan list --product 电源线 --all")] == ["L3", "L2"]
    assert [row["loan_no"] for row in desk.rows("loan list --since 2026-11-01")] == ["L2"]
    assert [row["state"] for row in desk.rows("loan list --all")] == ["settled", "out", "overdue"]
    assert len(desk.json("loan list --limit 1")["data"]["rows"]) == 1
    assert desk.json("loan list --limit 1")["data"]["totals"]["out"] == 11


def test_a_past_day_is_seen_as_it_was(desk):
    desk.lay_out(ROWS)
    assert [(row["loan_no"], row["out"]) for row in desk.rows("loan list --as-of 2026-10-15")] == [("L1", 2)]
    assert [row["days_late"] for row in desk.rows("loan list --as-of 2026-11-01")] == [None, 1]


def test_a_person_reads_the_states_in_their_language(desk):
    desk.lay_out(ROWS)
    assert "逾期" in desk.run("loan list").out
    assert "overdue" in desk.run("loan list --lang en").out
    card = desk.run("loan show L1").out
    assert ("逾期 23 天" in card, "用途：试用" in card, "归还" in card) == (True, True, True)


def test_a_card_shows_what_happened_day_by_day(desk):
    desk.lay_out(ROWS)
    desk.run("loan extend L1 --due 2026-12-15 --why 再用")
    lines, history = desk.json("loan show L1")["data"]["tables"]
    assert [(row["lent"], row["out"], row["due"]) for row in lines["rows"]] == [(2, 1, "2026-12-15")]
    assert [(row["action"], row["qty"]) for row in history["rows"]] == [("lend", 2), ("return", 1), ("extend", None)]


def test_rows_that_make_no_sense_are_shown_for_what_they_are(desk):
    """
    借用.csv
    单号,日期,类型,客户,产品,数量,单价,应还日期
    L1,2026-10-01,借出,骏业,主板,1,100,
    L1,2026-10-02,归还,骏业,主板,3,,
    L9,2026-10-03,归还,骏业,主板,1,,
    L2,2026-10-04,转销售,骏业,线,2,,
    L3,2026-10-05,延期,骏业,主板,0,,2026-12-01
    L4,2026-10-06,换入,骏业,线,2,,
    """
    rows = {row["loan_no"]: row for row in desk.rows("loan list --all")}
    assert {no: (row["lent"], row["out"], row["state"]) for no, row in rows.items()} == {
        "L1": (1, -2, "over"), "L9": (0, -1, "over"), "L2": (0, -2, "over"),
    }  # fmt: skip
    assert rows["L1"]["value"] == -200
    data = desk.json("loan list")["data"]
    assert (data["rows"], [note["code"] for note in data["notes"]]) == ([], ["more_back"])
    assert desk.json("loan list --overdue")["data"]["notes"] == []
    assert "归还多于借出" in desk.run("loan show L1").out
    assert desk.run("loan return L1").code == 2


def test_what_came_back_under_no_number_settles_the_oldest_line(desk):
    """
    借用.csv
    单号,日期,类型,客户,产品,数量
    L1,2026-10-05,借出,骏业,主板,2
    L2,2026-10-01,借出,骏业,主板,2
    ,2026-10-10,归还,骏业,主板,3
    ,2026-10-03,归还,骏业,主板,1
    ,2026-10-11,转耗用,骏业,主板,4
    """
    rows = {row["loan_no"]: (row["lent"], row["returned"], row["converted"], row["out"]) for row in desk.rows(
        "loan list --all"
    )}  # fmt: skip
    assert rows == {"L2": (2, 2, 0, 0), "L1": (2, 2, 0, 0), "借用.csv:6": (0, 0, 4, -4)}
    history = desk.json("loan show L2")["data"]["tables"][1]["rows"]
    assert [(row["date"], row["action"], row["qty"]) for row in history] == [
        ("2026-10-01", "lend", 2), ("2026-10-03", "return", 1), ("2026-10-10", "return", 1),
    ]  # fmt: skip


def desk_totals(desk):
    return desk.json("loan list --all")["data"]["totals"]


def test_another_unit_stays_out_of_the_sums(desk):
    desk.lay_out(ROWS)
    rows = desk.text("借用.csv") + "L5,2026-11-07,借出,骏业,BVM7-710,1,箱,,,,\n"
    before = desk_totals(desk)
    desk.write("借用.csv", rows)
    assert {row["loan_no"]: row["lent"] for row in desk.rows("loan list --all")}["L5"] == 1
    assert desk_totals(desk) == before


def test_red_letters_take_a_loan_back(desk):
    """
    借用.csv
    单号,日期,类型,客户,产品,数量,单价,备注
    L1,2026-10-01,借出,骏业,主板,3,100,
    L1,2026-10-02,归还,骏业,主板,1,,
    L1,2026-10-03,归还,骏业,主板,-1,,红字：没还
    L2,2026-10-04,借出,骏业,线,5,2,
    L2,2026-10-05,借出,骏业,线,-5,2,红字：没借
    """
    rows = {row["loan_no"]: (row["lent"], row["returned"], row["out"], row["value"]) for row in desk.rows(
        "loan list --all"
    )}  # fmt: skip
    assert rows == {"L1": (3, 0, 3, 300), "L2": (0, 0, 0, 0)}


def test_an_extension_has_no_unit_and_leaves_a_line_in_its_own(desk):
    desk.lay_out("""
        产品.csv
        产品,单位
        铜带,kg

        借用.csv
        单号,日期,类型,客户,产品,数量,单位,应还日期
        LN1,2026-11-01,借出,骏业,铜带,3,卷,2026-11-05
        LN1,2026-11-04,延期,,,0,,2026-12-05
    """)
    row = desk.rows("loan list")[0]
    assert (row["out"], row["due"]) == (3, "2026-12-05")
    assert [each["lent"] for each in desk.rows("stock list 铜带")] in ([], [0])

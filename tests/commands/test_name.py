from __future__ import annotations

import shutil

import pytest

ORDERS = "单号,日期,客户,产品,数量,单价"


@pytest.fixture
def mixed(desk):
    desk.write("产品.csv", "产品,型号\nBVM7-710,ZB710\nBVM7-720,ZB720\n电源线,")
    desk.write("客户.csv", "客户\n深圳骏业电子\n鹏得五金")
    desk.write(
        "订单.csv",
        f"{ORDERS}\nA1,2026-11-01,骏业电子,bvm7—7710,2,1\nA2,2026-11-02,深圳骏业电子,BVM7-710,3,1\n"
        "A3,2026-11-03,鹏得,BVM7-7710,4,1\nA4,2026-11-04,鹏得五金,电源线1.5米,5,1\nA5,2026-11-05,鹏得,骏业电子,6,1",
    )
    return desk


def decisions(desk):
    return [line.split(",")[:6] for line in desk.lines("名称对照.csv")[1:]]


def ordered(desk):
    """What was ordered of each product."""
    sums = {}
    for row in desk.rows("order list"):
        sums[row["product"]] = sums.get(row["product"], 0) + row["ordered"]
    return sums


def test_names_that_are_the_same_are_counted_together_and_written_down_with_who_and_when(mixed):
    answer = mixed.run("name same BVM7-7710 BVM7-710")
    assert "合并 2 行" in answer.out
    assert decisions(mixed) == [["产品", "BVM7-7710", "BVM7-710", "同一", "2026-11-23", "小郑"]]
    assert ordered(mixed)["BVM7-710"] == 9


def test_a_decision_moves_rows_and_never_the_total(mixed):
    before = sum(ordered(mixed).values())
    mixed.run("name same 电源线1.5米 BVM7-7710 BVM7-710")
    assert sum(ordered(mixed).values()) == before
    assert "BVM7-7710" not in ordered(mixed)


def test_the_name_in_the_register_stays_whatever_the_order(mixed):
    answer = mixed.json("name same BVM7-710 BVM7-7710")
    assert "register_stays" in [note["code"] for note in answer["data"]["notes"]]
    assert decisions(mixed)[0][1:3] == ["BVM7-7710", "BVM7-710"]


def test_of_names_that_no_register_has_the_last_stays(desk):
    desk.write("订单.csv", f"{ORDERS}\nA1,2026-11-01,客,甲,2,1\nA2,2026-11-02,客,乙,3,1\nA3,2026-11-02,客,丙,4,1")
    assert "合并 2 行" in desk.run("name same 甲 乙 丙").out
    assert ordered(desk) == {"丙": 9}


def test_the_same_answer_again_adds_nothing_and_says_so(mixed):
    mixed.run("name same BVM7-7710 BVM7-710")
    again = mixed.json("name same BVM7-7710 BVM7-710")
    assert (again["data"]["receipt"], again["data"]["notes"][0]["code"]) == (None, "same_already")
    assert len(decisions(mixed)) == 1


def test_a_product_with_other_numbers_is_joined_with_a_word_of_doubt(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量\nA1,2026-11-01,客,螺栓 M8*30,1\nA2,2026-11-01,客,螺栓 M8*35,1")
    done = desk.run("name same '螺栓 M8*30' '螺栓 M8*35'")
    assert (done.code, "数字不同" in done.err) == (0, True)
    assert "other_numbers" not in [
        n["code"] for n in desk.json("name same '螺栓 M8' '螺栓 M8*35' --new")["data"]["notes"]
    ]


def test_another_spelling_of_the_same_name_needs_no_decision(mixed):
    answer = mixed.json("name same bvm7・710 BVM7-710 --new")
    assert (answer["status"], answer["data"]["receipt"]) == ("ok", None)


def test_names_that_differ_are_said_to_once(mixed):
    assert mixed.run("name different BVM7-7710 BVM7-710 --note 接口不同").code == 0
    assert mixed.json("name different BVM7-710 BVM7-7710")["data"]["notes"][0]["code"] == "decided_before"
    assert [row[3] for row in decisions(mixed)] == ["不同"]


def test_another_mind_changes_the_row_that_stands(mixed):
    mixed.run("name same BVM7-7710 BVM7-710")
    mixed.user = "小于"
    answer = mixed.run("name different BVM7-710 BVM7-7710", SALESAID_TODAY="2026-11-24")
    assert "2026-11-23 小郑" in answer.out
    assert decisions(mixed) == [["产品", "BVM7-7710", "BVM7-710", "不同", "2026-11-24", "小于"]]
    assert ordered(mixed)["BVM7-710"] == 3


def test_a_different_that_stands_the_other_way_round_is_taken_back_by_later_first(mixed):
    mixed.run("name different BVM7-710 BVM7-7710")
    refused = mixed.run("name same BVM7-7710 BVM7-710")
    assert (refused.code, "salesaid name later BVM7-710 BVM7-7710" in refused.err) == (2, True)
    assert mixed.run("name later BVM7-710 BVM7-7710").code == 0
    assert mixed.run("name same BVM7-7710 BVM7-710").code == 0
    assert ordered(mixed)["BVM7-710"] == 9


def test_an_answer_beats_the_question_that_was_put_off_before(mixed):
    mixed.run("name later BVM7-710 BVM7-7710")
    mixed.run("name same BVM7-7710 BVM7-710")
    assert mixed.run("name different BVM7-710 BVM7-7710").code == 0
    assert ordered(mixed)["BVM7-710"] == 3


def test_what_is_put_off_again_is_put_off_from_today(mixed):
    mixed.run("name later 鹏得 鹏得五金")
    mixed.run("name later 鹏得五金 鹏得", SALESAID_TODAY="2026-11-30")
    assert decisions(mixed) == [["客户", "鹏得", "鹏得五金", "待定", "2026-11-30", "小郑"]]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("name same BVM7-720 BVM7-710", "name same BVM7-710 BVM7-720"),
        ("name same BVM7-7710 BVM7-710", "name same BVM7-7710 BVM7-720"),
        ("name different BVM7-720 BVM7-710", "name same BVM7-7710 BVM7-720 --new"),
    ],
)
def test_circles_and_contradictions_are_refused_and_nothing_is_written(mixed, first, then):
    mixed.run("name same BVM7-7710 BVM7-710")
    mixed.run(first)
    before = mixed.text("名称对照.csv")
    assert (mixed.run(then).code, mixed.text("名称对照.csv")) == (2, before)


def test_the_name_and_the_model_of_one_product_are_not_two_things(mixed):
    assert mixed.run("name different ZB710 BVM7-710").code == 2


def test_a_name_of_a_product_and_of_a_customer_needs_its_kind(mixed):
    refused = mixed.run("name same 骏业电子 骏业电子")
    assert (refused.code, "--kind" in refused.err) == (2, True)
    assert mixed.run("name same 骏业电子 深圳骏业电子").code == 0
    assert decisions(mixed)[0][0] == "客户"
    assert mixed.run("name same 骏业电子 电源线 --kind 产品").code == 0
    assert mixed.run("name same 骏业电子 电源线 --kind 门店").code == 2


def test_names_have_to_be_known_unless_they_are_new(mixed):
    assert "BVM7-710" in mixed.run("name same BVM7-71 BVM7-710").err
    assert mixed.run("name same 没有的 也没有的").code == 2
    assert mixed.run("name same BVM7-71 BVM7-710 --new").code == 0
    assert "BVM7-71 → BVM7-710" in mixed.run("order add 鹏得五金 BVM7-71×1@2").out


@pytest.mark.parametrize("words", ["name same BVM7-720 BVM7-710", "name same 鹏得五金 深圳骏业电子"])
def test_two_rows_of_a_register_are_joined_in_the_register_first(mixed, words):
    refused = mixed.json(words)["errors"][0]
    assert (refused["code"], words in refused["hint"]) == ("both-registered", True)
    assert not (mixed.folder / "名称对照.csv").exists()
    name = words.split()[2]
    for file in ("产品.csv", "客户.csv"):
        mixed.write(file, "\n".join(line for line in mixed.lines(file) if not line.startswith(name)))
    assert mixed.run(f"{words} --new").code == 0
    assert name not in {value for row in mixed.rows("order list") for value in row.values()}


def test_what_was_declared_different_is_never_overridden_without_a_word(mixed):
    mixed.run("name different BVM7-7710 BVM7-710")
    for words in ("name same BVM7-7710 BVM7-710", "name same bvm7—7710 BVM7-710", "name same BVM7-710 BVM7-7710"):
        refused = mixed.run(words)
        assert (refused.code, "salesaid name later BVM7-7710 BVM7-710" in refused.err) == (2, True)
    assert [row[3] for row in decisions(mixed)] == ["不同"]


def test_new_answers_and_other_minds_do_not_go_into_one_post(mixed):
    mixed.run("name different BVM7-7710 BVM7-710")
    refused = mixed.run("name same 电源线1.5米 BVM7-7710 BVM7-710")
    assert (refused.code, len(decisions(mixed))) == (2, 1)


def test_a_code_stands_for_the_name_that_rows_give_it(desk):
    desk.write(
        "订单.csv", "单号,日期,客户,产品,型号,数量\nA1,2026-11-01,客,白灯,22804,2\nA2,2026-11-02,客,白色灯,85123A,3"
    )
    assert "合并 1 行" in desk.run("name same 22804 85123a").out
    assert ordered(desk) == {"白色灯": 5}


def test_a_decision_is_undone_bit_for_bit(mixed):
    mixed.run("name same BVM7-7710 BVM7-710")
    before = (mixed.folder / "名称对照.csv").read_bytes()
    mixed.run("name different BVM7-7710 BVM7-710")
    mixed.run("undo")
    assert (mixed.folder / "名称对照.csv").read_bytes() == before
    mixed.run("name same 鹏得 鹏得五金 --dry-run")
    assert (mixed.folder / "名称对照.csv").read_bytes() == before


def test_counts_and_moves_follow_a_decision_whether_the_index_is_there_or_not(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    ST1,2026-11-01,入库,甲,5
    ST2,2026-11-03,入库,乙,2

    盘点.csv
    单号,日期,产品,实盘数量
    CT1,2026-11-02,甲,4
    """
    desk.run("stock in 丙×1 --new")
    desk.run("name same 甲 乙")
    with_index = desk.rows("stock list")
    shutil.rmtree(desk.folder / ".salesaid" / "index")
    assert with_index == desk.rows("stock list")
    assert {row["product"]: row["on_hand"] for row in with_index} == {"乙": 6, "丙": 1}


def test_decisions_are_listed_newest_first_with_the_rows_they_concern(mixed):
    mixed.run("name same BVM7-7710 BVM7-710", SALESAID_TODAY="2026-11-20")
    mixed.run("name later 鹏得 鹏得五金")
    rows = mixed.rows("name list")
    assert [(row["kind"], row["verdict"], row["rows"]) for row in rows] == [
        ("customer", "later", 2), ("product", "same", 2),
    ]  # fmt: skip
    assert [row["name"] for row in mixed.rows("name list --kind product")] == ["BVM7-7710"]


def test_decisions_that_contradict_others_are_named_below_the_list(mixed):
    mixed.write("名称对照.csv", "种类,写法,对应名称,判定\n产品,甲,乙,同一\n产品,甲,丙,同一")
    assert mixed.json("name list")["data"]["notes"][0]["code"] == "contradiction"


def test_suggestions_are_ranked_and_carry_their_rows(mixed):
    rows = mixed.rows("name suggest BVM7-7710")
    products = [row for row in rows if row["kind"] == "product"]
    assert (products[0]["why"], products[0]["rows"], products[0]["registered"]) == ("exact", 2, False)
    near = next(row for row in products if row["name"] == "BVM7-710")
    assert (near["why"], near["command"]) == ("similar", None)  # other numbers: hardly the same


def test_what_was_declared_different_is_not_suggested(mixed):
    mixed.run("name different BVM7-7710 BVM7-710")
    assert "BVM7-710" not in [row["name"] for row in mixed.rows("name suggest BVM7-7710 --kind product")]


def test_missing_names_are_asked_for_at_a_terminal_only(mixed):
    assert mixed.run("name same BVM7-7710").code == 2
    assert "合并 2 行" in mixed.run("name same BVM7-7710", stdin="BVM7-710\n").out


def test_the_decisions_as_of_a_day_are_those_taken_by_then(mixed):
    mixed.run("name same BVM7-7710 BVM7-710", SALESAID_TODAY="2026-11-10")
    mixed.run("name later 鹏得 鹏得五金", SALESAID_TODAY="2026-11-20")
    assert [row["name"] for row in mixed.rows("name list")] == ["鹏得", "BVM7-7710"]
    assert [row["name"] for row in mixed.rows("name list --as-of 2026-11-19")] == ["BVM7-7710"]


def test_a_kind_that_is_none_is_refused_and_nobody_is_told_to_clear_it(mixed):
    refused = mixed.json("name list --kind 货")["errors"][0]
    assert refused["hint"].endswith("产品、客户、供应商")
    assert mixed.json("product set BVM7-710 --unit 块 --price abc")["errors"][0]["hint"].endswith("清空写 -")

from __future__ import annotations


def tree(desk):
    return {file.name: file.read_bytes() for file in desk.folder.iterdir() if file.is_file()}


def test_the_newest_post_is_taken_back_to_the_byte_and_again(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,2,3
    """
    before = tree(desk)
    desk.run("order add 骏业 主板×1 --ship")
    after = tree(desk)
    assert "出货.csv" in after
    assert desk.run("undo").code == 0
    assert tree(desk) == before
    assert desk.run("undo").code == 0
    assert tree(desk) == after


def test_a_number_that_was_taken_back_is_not_given_again(desk):
    desk.run("order add 骏业 主板×1 --new")
    desk.run("undo")
    assert desk.json("order add 骏业 主板×1 --new")["data"]["no"] == "SO20261123-002"


def test_an_older_post_is_refused_with_the_line_that_voids_it(desk):
    first = desk.json("order add 骏业 主板×1 --new")["data"]
    desk.run("order add 骏业 主板×2")
    refused = desk.run(f"undo {first['receipt']}")
    assert refused.code == 2
    assert f"salesaid void {first['no']}" in refused.err
    assert desk.run("undo R99").code == 2


def test_a_file_that_somebody_changed_since_is_not_cut_back(desk):
    desk.run("order add 骏业 主板×1 --new")
    with (desk.folder / "订单.csv").open("a", encoding="utf-8") as file:
        file.write("X,2026-11-01\r\n")
    before = tree(desk)
    refused = desk.run("undo")
    assert refused.code != 0
    assert "salesaid void" in refused.err
    assert tree(desk) == before


def test_a_dry_run_of_undo_changes_nothing(desk):
    desk.run("order add 骏业 主板×1 --new")
    before = tree(desk)
    assert desk.json("undo --dry-run")["data"]["dry_run"] is True
    assert tree(desk) == before


def test_with_nothing_posted_there_is_nothing_to_undo(desk):
    assert desk.run("undo").code == 2


def test_a_repeated_undo_answers_its_first_receipt_and_redoes_nothing(desk):
    desk.run("order add 骏业 主板×1 --new")
    first = desk.json("undo --request-id u1")["data"]
    before = tree(desk)
    again = desk.json("undo --request-id u1")["data"]
    assert again["receipt"] == first["receipt"]
    assert tree(desk) == before
    assert len(desk.rows("log")) == 2


def test_a_request_id_of_another_command_is_no_undo(desk):
    desk.run("order add 骏业 主板×1 --new --request-id a")
    assert desk.run("undo --request-id a").code == 2


def test_a_repeated_request_whose_post_was_taken_back_says_so(desk):
    desk.run("order add 骏业 主板×1 --new --request-id a")
    desk.run("undo")
    notes = desk.json("order add 骏业 主板×1 --new --request-id a")["data"]["notes"]
    assert "R1 已被 R2 撤销" in [note["text"] for note in notes if note["code"] == "taken_back"]
    desk.run("undo")
    notes = desk.json("order add 骏业 主板×1 --new --request-id a")["data"]["notes"]
    assert "taken_back" not in [note["code"] for note in notes]

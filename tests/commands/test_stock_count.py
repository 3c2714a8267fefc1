"""What stands on the shelf, beside what the book says."""

from __future__ import annotations

import pytest


def on_hand(desk, *words):
    return desk.rows(["stock", "list", "主板", *words])[0]["on_hand"]


def test_a_count_shows_book_shelf_and_difference_and_holds_from_then_on(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,10
    """
    answer = desk.run("stock count 主板=8.5")
    assert ["主板", "主仓", "10", "8.5", "-1.5"] in [line.split() for line in answer.out.splitlines()]
    assert on_hand(desk) == 8.5
    assert on_hand(desk, "--as-of", "2026-11-22") == 10


def test_what_was_written_of_the_day_is_counted_and_what_follows_is_not(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-23,入库,主板,10
    """
    count = desk.json("stock count 主板=8")["data"]["entries"][0]["row"]
    assert (count["counted"], count["moved"]) == (8, 10)
    desk.run("stock out 主板×3")
    assert on_hand(desk) == 5


def test_none_on_the_shelf_is_a_count_and_so_is_agreement(desk):
    desk.run("stock in 主板×4 --new")
    assert desk.json("stock count 主板=4")["data"]["entries"][0]["row"]["counted"] == 4
    assert desk.json("stock count -i 主板=0")["data"]["entries"][0]["row"]["counted"] == 0
    assert on_hand(desk) == 0


def test_a_count_before_any_move_is_the_opening(desk):
    desk.run("stock count 主板=12个 --new -w 二仓")
    rows = desk.rows("stock list --by-warehouse")
    assert [(row["product"], row["warehouse"], row["on_hand"]) for row in rows] == [("主板", "二仓", 12)]


def test_in_a_file_without_a_column_for_it_a_count_is_one_at_closing(desk):
    """
    盘点.csv
    单号,日期,产品,实盘数量

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-23,入库,主板,10
    """
    assert [note["code"] for note in desk.json("stock count 主板=8")["data"]["notes"]] == ["closing_count"]
    desk.run("stock out 主板×3")
    assert on_hand(desk) == 8


@pytest.mark.parametrize("text", ["主板", "主板=", "主板=-1", "主板=很多", "主板=1e5", "=3", "主板×2=3"])
def test_what_is_no_count_is_refused_with_what_is_accepted(desk, text):
    """
    产品.csv
    产品
    主板
    """
    error = desk.json(["stock", "count", "-i", text])["errors"][0]
    assert error["code"] == "bad-item"
    assert "=12" in error["hint"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("主板=3 主板=4", "counted-twice"),
        ("套装=3", "bundle-counted"),
        ("运费=3", "not-on-shelf"),
        ("主板=3箱", "other-unit"),
        ("没有=3", "unknown-name"),
    ],
)
def test_what_cannot_be_counted_is_refused(desk, words, code):
    """
    产品.csv
    产品,单位,组成,管库存
    主板,块,,
    套装,套,主板*1,
    运费,,,否
    """
    assert desk.json(f"stock count {words}")["errors"][0]["code"] == code
    assert not (desk.folder / "盘点.csv").exists()


def test_a_count_sheet_lists_the_shelves_and_hides_what_the_book_has(desk):
    """
    产品.csv
    产品,型号,单位,货位,产品状态
    主板,ZB1,块,B-2,
    电源线,,条,A-1,
    旧板,,块,,停售

    库存变动.csv
    单号,日期,类型,产品,数量,仓库
    A1,2026-11-01,入库,主板,10,二仓
    """
    rows = desk.rows("stock sheet")
    assert [(row["product"], row["location"], row["counted"]) for row in rows] == [
        ("电源线", "A-1", None),
        ("主板", "B-2", None),
    ]
    assert [row["product"] for row in desk.rows("stock sheet --warehouse 二仓")] == ["主板"]
    assert desk.run(["stock", "sheet", "--out", str(desk.folder / "盘点表.xlsx")]).code == 0
    assert (desk.folder / "盘点表.xlsx").read_bytes()[:2] == b"PK"

"""Loans, returns and purchases in another unit than the product's: shown for what they are, in no sum."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位
    主板,ZB,块
    电源线,DY,条

    借用.csv
    借用单号,日期,类型,客户,产品,数量,单位
    L1,2026-11-01,借出,甲,主板,3,箱
    L1,2026-11-02,归还,甲,主板,1,箱
    L2,2026-11-03,借出,甲,主板,5,块
    L2,2026-11-04,借出,甲,主板,2,箱

    返修.csv
    返修单号,日期,类型,客户,产品,数量,单位,加工厂
    R1,2026-11-01,收到,甲,主板,3,箱,
    R1,2026-11-02,送修,甲,主板,1,箱,甲厂
    R2,2026-11-03,收到,甲,主板,4,,

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,单位,交期
    P1,2026-11-01,采购,联芯,主板,30,箱,2026-12-20
    P1,2026-11-02,到货,联芯,主板,10,箱,
    P2,2026-11-03,采购,联芯,主板,7,块,2026-12-21
"""
NOTED = {
    "loan list": ("L2 主板 2 箱、L1 主板 3 箱", "out", {"L1": 2, "L2": 5}, 5),
    "return list": ("R1 主板 3 箱", "qty", {"R1": 3, "R2": 4}, 4),
    "purchase list": ("P1 主板 30 箱", "open", {"P1": 20, "P2": 7}, 7),
}


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def units(notes):
    return [note["text"] for note in notes if note["code"] == "other_unit"]


@pytest.mark.parametrize("words", NOTED)
def test_a_list_shows_them_and_leaves_them_out_of_its_sums(book, words):
    named, column, expected, total = NOTED[words]
    table = book.json(words)["data"]
    number = next(name["name"] for name in table["columns"] if name["name"].endswith("_no"))
    sums = {}
    for row in table["rows"]:
        sums[row[number]] = sums.get(row[number], 0) + row[column]
    assert sums == expected
    assert table["totals"][column] == total
    assert units(table["notes"]) == [f"单位不是产品的单位，数量不进合计和库存：{named}"]


@pytest.mark.parametrize(
    ("words", "qty"), [("loan show L1", "2 箱"), ("return show R1", "3 箱"), ("purchase show P1", "30 箱")]
)
def test_a_card_has_the_unit(book, words, qty):
    data = book.json(words)["data"]
    assert "箱" in {row["unit"] for row in data["tables"][0]["rows"]}
    assert len(units(data["tables"][0]["notes"])) == 1
    assert book.run(words).code == 0


def test_goods_lent_in_another_unit_come_back_in_it(book):
    assert book.run("loan return L1 -i 主板×1").code == 0
    assert book.lines("借用.csv")[-1].split(",")[5:7] == ["1", "箱"]
    assert {row["loan_no"]: row["out"] for row in book.rows("loan list")} == {"L1": 1, "L2": 5}


def test_goods_bought_in_another_unit_come_in_in_it(book):
    assert book.run("purchase receive P1 -i 主板×5").code == 0
    assert book.run("purchase reject P1 -i 主板×1 --why 坏").code == 0
    assert [line.split(",")[5:7] for line in book.lines("采购.csv")[-2:]] == [["5", "箱"], ["1", "箱"]]
    assert {row["purchase_no"]: row["open"] for row in book.rows("purchase list")} == {"P1": 16, "P2": 7}


def test_steps_of_a_return_in_another_unit_are_in_it(book):
    assert book.run("return send R1 --factory 甲厂").code == 0
    assert book.lines("返修.csv")[-1].split(",")[5:7] == ["2", "箱"]


def test_a_stock_card_says_what_it_does_not_count(book):
    data = book.json("stock card 主板")["data"]
    assert units(data["notes"])[0].startswith("单位不是产品的单位，数量不进合计和库存：L1 3 箱")
    assert units(book.json("stock card 电源线")["data"]["notes"]) == []

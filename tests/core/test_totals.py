import pytest

from salesaid.core.totals import WORDS, any_total, is_total, names_total


@pytest.mark.parametrize(
    "text",
    [
        "合计",
        " 合 计：",
        "本页合计:",
        "共计",
        "总合计",
        "合计金额",
        "Grand Total",
        "SUBTOTAL",
        "5月小计",
        "2026年5月合计",
        "一月份小计",
        "上半年累计",
        "合计（元）",
        "合计：20家",
        "共计 12 条",
        "第二季度合计",
        "汇总",
        "平均值",
        "总计:¥1,234.00",
    ],
)
def test_a_total_is_known_with_blanks_colons_and_capitals(text):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["", "计", "设计院", "累计器", "合计数器", "Total Energies", "T-100", "骏业小计", "合计器（大）", "5月统计"]
)
def test_a_name_that_only_resembles_a_total_is_none(text):
    assert not is_total(text)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_is_found_among_many_cells(word):
    assert any_total(["SO-1", word, "SO-2"])
    assert not any_total(["SO-1", "设计院", "SO-2"])


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("骏业小计", True),
        ("主板 合计：", True),
        ("小计", True),
        ("骏业 汇总", True),
        ("汇总表", False),
        ("流量累计", False),
        ("小计算器", False),
    ],
)
def test_a_name_may_say_whose_rows_are_summed_up(text, sums):
    assert names_total(text) is sums

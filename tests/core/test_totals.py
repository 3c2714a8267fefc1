import pytest

from salesaid.core.totals import WORDS, any_total, is_total


@pytest.mark.parametrize(
    "text", ["合计", " 合 计：", "本页合计:", "共计", "总合计", "合计金额", "Grand Total", "SUBTOTAL"]
)
def test_a_total_is_known_with_blanks_colons_and_capitals(text):
    assert is_total(text)


@pytest.mark.parametrize("text", ["", "计", "设计院", "累计器", "合计数器", "Total Energies", "T-100"])
def test_a_name_that_only_resembles_a_total_is_none(text):
    assert not is_total(text)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_is_found_among_many_cells(word):
    assert any_total(["SO-1", word, "SO-2"])
    assert not any_total(["SO-1", "设计院", "SO-2"])

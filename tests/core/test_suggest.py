from __future__ import annotations

import csv
import random
import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.suggest import Suggester, features, suggestions

SHOPS = Path(__file__).parents[2] / ".." / "shared" / "data" / "names"
REGISTER = ["BVM7-710", "BVM7-710-8505", "BVM7-720", "电源线 2米", "电源线 3米", "铜排 H65 0.3*50", "S7+", "S7"]


def test_a_turned_digit_still_finds_the_model():
    assert suggestions("BVM7-701", REGISTER)[0] == "BVM7-710"


def test_a_longer_number_of_the_same_model_comes_before_another_model():
    found = suggestions("BVM7-710-850", REGISTER)
    assert found[0] == "BVM7-710-8505"
    assert found.index("BVM7-710") < found.index("BVM7-720")


def test_separators_within_a_model_do_not_count():
    assert suggestions("bvm 7710", ["KTX9-7710", "BVM-7710-A", "BVM8"])[0] == "BVM-7710-A"
    assert features("PSLX350H") - {"word pslx350h"} <= features("PS-LX350H")


def test_names_whose_numbers_conflict_come_after_those_whose_numbers_agree():
    assert suggestions("电源线 黑 3米", REGISTER)[:2] == ["电源线 3米", "电源线 2米"]


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("JAM POT LARGE", "JAMPOT LARGE", "JAM POT SMALL"),
        ("TRINKET BOX GOLD", "TRINKET BX GOLD", "TRINKET BOX SILVER"),
        ("办公转椅 红色", "红办公转椅", "办公转椅 黑色"),
    ],
)
def test_another_colour_or_size_comes_after_another_spelling(typed, meant, other):
    assert suggestions(typed, [other, meant])[:2] == [meant, other]


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("光明 花生油 550ml", "光明花生油550毫升", "金龙鱼 花生油 550ml"),
        ("安踏 移动硬盘 512G", "安踏移动硬盘 512G", "清风 移动硬盘 512G"),
        ("膨胀螺丝 M8×60", "正泰膨胀螺丝M8*60", "膨胀螺丝 M10*60"),
    ],
)
def test_blanks_between_chinese_words_and_the_spelling_of_units_do_not_count(typed, meant, other):
    assert suggestions(typed, [other, meant])[:2] == [meant, other]


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("齐鲁 布洛芬缓释胶囊 20mg×10", "布洛芬缓释胶囊 20mg*10s/盒 齐鲁药业", "对乙酰氨基酚片 20mg*10片/盒 齐鲁"),
        ("薄盐生抽 1千克x24 李锦记", "【整箱】李锦记 薄盐生抽 1kg*24瓶", "李锦记 薄盐生抽 1kg"),
        ("Pepsi Zero Sugar 16 Ounce 4ct", "Pepsi Zero Sugar, 16 oz (4 Pack)", "PEPSI Zero Sugar, 16 oz"),
        ("5/16x3/4 Carriage Bolt", '5/16" x 3/4" Carriage Bolt (25)', '3/4" x 5/16" Carriage Bolt (25)'),
    ],
)
def test_a_size_is_no_model_and_what_was_typed_of_it_has_to_be_there(typed, meant, other):
    shelf = [
        f"Pepsi {kind}, {size} oz ({pack} Pack)" for kind in ("Diet", "Cola") for size in (8, 16) for pack in (4, 6)
    ]
    assert suggestions(typed, [other, meant, *shelf])[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("内六角螺丝 M5*40", "圆柱头内六角螺钉 M5*40mm", "外六角螺丝 M5*40mm"),
        ("机箱面板 左", "左侧面板 机箱", "机箱面板 右"),
        ("男 跑鞋 42", "跑鞋（男）42码", "女 跑鞋 42"),
    ],
)
def test_the_other_side_comes_after_another_spelling(typed, meant, other):
    assert suggestions(typed, [other, meant])[:2] == [meant, other]


@pytest.mark.parametrize(
    ("typed", "meant", "others"),
    [
        ("PACK 3 BOXES BIRD PANETTONE", "PACK 3 BOXES BIRD PANNETONE", ["PACK 3 BOXES CHRISTMAS PANETTONE"]),
        ("WRAP VINTAGE DOILEY", "WRAP VINTAGE DOILY", ["WRAP RED DOILEY", "WRAP VINTAGE PETALS"]),
    ],
)
def test_a_slip_in_one_word_does_not_hide_the_name(typed, meant, others):
    assert suggestions(typed, [*others, meant])[0] == meant


def test_another_last_letter_is_another_variant_and_no_slip():
    assert suggestions("Case LCSCSH red", ["Case LCSCSJ red", "Soft Case LCSCSH red leather"])[0].startswith("Soft")


@pytest.mark.parametrize("typed", ["深圳市骏业电子有限公司", "深圳骏业有限公司", "骏业电子(深圳)"])
def test_the_short_name_of_a_company_comes_before_other_companies_of_the_city(typed):
    known = ["深圳骏业", "深圳万安达电子有限公司", "东莞骏兴电子有限公司", "深圳市鹏得五金有限公司", "正标", "广隆"]
    assert suggestions(typed, known)[0] == "深圳骏业"


def test_a_wrong_character_still_finds_a_short_name():
    assert suggestions("骏叶", ["万安达", "骏业", "正标", "安卡"]) == ["骏业"]


def test_names_that_share_nothing_are_not_suggested():
    assert suggestions("灯泡", REGISTER) == []
    assert suggestions("", REGISTER) == []
    assert suggestions("BVM7-701", []) == []


def test_no_more_are_suggested_than_asked_for():
    assert len(suggestions("BVM7", REGISTER, limit=2)) == 2


def test_equal_names_come_in_a_fixed_order_whatever_the_register_s():
    names = ["A-1 red", "A-1 tan", "A-1 sky"]
    assert suggestions("A-1", names) == suggestions("A-1", names[::-1])


@given(st.lists(st.text(min_size=1), unique=True, max_size=20))
def test_a_name_of_the_register_is_suggested_for_itself(names):
    index = Suggester(names)
    for name in names:
        found = index.best(name)
        assert not features(name) or features(found[0]) == features(name)


def test_one_question_over_a_long_list_finds_what_the_index_finds():
    names = [f"{word} BVM{number}-{number * 7 % 1000}" for word in ("主板", "Board") for number in range(400)]
    for number in range(0, 400, 40):
        typed = f"Bord BVM{number}-{number * 7 % 1000}X"
        assert suggestions(typed, names, 1) == Suggester(names).best(typed, 1)


def test_a_name_of_a_million_letters_is_no_trouble():
    started = time.process_time()
    assert suggestions("A1" * 500_000, [*REGISTER, "A1" * 400_000])[0] == "A1" * 400_000
    assert time.process_time() - started < 10


def _shop(name: str) -> dict[str, str]:
    rows = csv.reader((SHOPS / name).read_text(encoding="utf-8").splitlines(), delimiter="|")
    return {row[0]: row[1] for row in list(rows)[1:]}


@pytest.mark.skipif(not SHOPS.exists(), reason="the names of the two shops are not here")
@pytest.mark.parametrize("turned", [False, True])
def test_the_same_article_of_another_shop_is_found(turned):
    abt, buy = _shop("abt.csv"), _shop("buy.csv")
    pairs = csv.reader((SHOPS / "abt_buy_same.csv").read_text(encoding="utf-8").splitlines(), delimiter="|")
    wanted: dict[str, set[str]] = {}
    for one, other in list(pairs)[1:]:
        asked, meant = (buy[other], abt[one]) if turned else (abt[one], buy[other])
        wanted.setdefault(asked, set()).add(meant)
    index = Suggester((abt if turned else buy).values())
    found = {asked: index.best(asked) for asked in wanted}
    assert sum(found[asked][0] in meant for asked, meant in wanted.items()) >= 0.93 * len(wanted)
    assert sum(bool(meant & {*found[asked]}) for asked, meant in wanted.items()) >= 0.985 * len(wanted)


def test_among_thousands_of_siblings_the_one_that_agrees_in_all_is_found():
    names = ("布洛芬", "阿莫西林", "罗红霉素", "感冒灵", "头孢克肟", "二甲双胍", "维生素")
    goods = [f"{name}{form}" for name, form in product(names, ("片", "胶囊", "颗粒"))]
    sizes = [f"{size}mg*{count}" for size, count in product((5, 10, 20, 50, 75, 125), (6, 10, 12, 20, 24, 48, 100))]
    makers = ("哈药", "白云山", "同仁堂", "云南白药", "华北制药", "石药欧意", "正大天晴", "齐鲁")
    made = {
        f"{good} {size}{'片' if good[-1] == '片' else 's'}/盒 {maker}股份": f"{maker}{good}({size.replace('*', '×')})"
        for good, size, maker in product(goods, sizes, makers)
    }
    index = Suggester(made)
    meant = random.Random(3).sample(list(made), 100)
    assert sum(index.best(made[name], 1) == [name] for name in meant) >= 95


def _made_up(count: int) -> list[str]:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghiklmnoprstu", k=chance.randint(3, 9))) for _ in range(3_000)]
    models = ["".join(chance.choices("ABCDEFGH123456789-", k=8)) for _ in range(count)]
    return [" ".join([*chance.sample(words, 5), model]) for model in models]


@pytest.mark.parametrize("count", [3_000, pytest.param(22_000, marks=pytest.mark.slow)])
def test_an_index_is_built_and_asked_in_little_time(count):
    names = _made_up(count)
    started = time.process_time()
    index = Suggester(names)
    built = time.process_time()
    assert [index.best(name[:-1], 1) for name in names[:100]] == [[name] for name in names[:100]]
    assert built - started < 6 * count / 22_000  # 2 s on an idle machine
    assert time.process_time() - built < 100 * 0.02

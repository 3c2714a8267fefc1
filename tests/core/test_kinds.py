from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.kinds import (
    DATE,
    DAYS,
    DUE,
    FLAG,
    MONEY,
    NUMBER_NO,
    PRICE,
    QTY,
    RATE,
    TEXT,
    Choice,
    Kind,
    Reading,
    Unreadable,
)
from salesaid.core.text import Text
from salesaid.core.width import folded, is_blank, narrow

NAUGHTY = Path(__file__).parents[2] / ".." / "shared" / "data" / "naughty_strings.json"

STATUS = Choice({"active": Text("在售", "active"), "discontinued": Text("停产", "discontinued")})
KINDS = {
    "text": TEXT, "number_no": NUMBER_NO, "date": DATE, "due": DUE, "qty": QTY, "money": MONEY, "price": PRICE,
    "rate": RATE, "days": DAYS, "flag": FLAG, "choice": STATUS,
}  # fmt: skip
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def figures(places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, places=places)


VALUES = {
    "text": st.text().filter(lambda text: bool(text.strip())),
    "number_no": st.text().map(str.strip).filter(bool),
    "date": st.dates(min_value=date(1900, 1, 1)),
    "due": st.dates(min_value=date(1900, 1, 1)),
    "qty": figures(6),
    "money": figures(2),
    "price": figures(6),
    "rate": figures(6),
    "days": st.integers(min_value=0, max_value=999_999).map(Decimal),
    "flag": st.booleans(),
    "choice": st.sampled_from(["active", "discontinued"]),
}


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_what_is_written_in_either_language_is_read_back(name, data):
    kind, value = KINDS[name], data.draw(VALUES[name])
    assert kind.parse(kind.format(value)) == value
    assert kind.parse(kind.format_in(value, "zh")) == kind.parse(kind.format_in(value, "en")) == value


@pytest.mark.parametrize("name", [name for name in KINDS if name != "rate"])
@given(data=st.data())
def test_what_is_shown_can_be_typed_back(name, data):
    kind, value = KINDS[name], data.draw(VALUES[name])
    assert kind.parse(kind.show(value, "zh")) == kind.parse(kind.show(value, "en")) == value


@every_kind
def test_a_blank_cell_is_none_and_none_a_blank_cell(kind: Kind):
    assert [kind.parse(text) for text in ("", " ", "\u3000", "\xa0 \t")] == [None] * 4
    assert kind.format(None) == kind.format_in(None, "zh") == kind.show(None, "en") == ""


@every_kind
@given(text=st.text())
def test_any_cell_is_read_or_refused_in_both_languages(kind: Kind, text):
    refused, value = None, None
    try:
        value = kind.parse(text)
    except Unreadable as trouble:
        refused = trouble
    assert refused is None or refused.accepted.zh != refused.accepted.en
    assert value is None or kind.parse(kind.format(value)) is not None


@every_kind
def test_a_kind_says_how_it_stands_on_a_page_and_in_excel(kind: Kind):
    assert kind.name
    assert kind.excel
    assert kind.align == ("right" if kind in (QTY, MONEY, PRICE, RATE, DAYS) else "left")


@every_kind
def test_a_monstrous_cell_is_kept_as_text_or_refused(kind: Kind):
    monster = "9" * 1_000_000
    if kind in (TEXT, NUMBER_NO):
        assert kind.parse(monster) == monster
        return
    with pytest.raises(Unreadable):
        kind.parse(monster)


@pytest.mark.parametrize("kind", [DATE, DUE, QTY, MONEY, PRICE, RATE, DAYS, FLAG, STATUS])
@pytest.mark.parametrize("value", [1.5, "a word", b"1", object()])
def test_a_value_of_another_kind_is_never_written(kind: Kind, value):
    with pytest.raises(TypeError):
        kind.format(value)


def test_text_keeps_every_character():
    for text in ("007", "1E5", "NA", " inner and outer ", "null", "-", "无", "１２", "=1+1", "a\r\nb"):
        assert TEXT.parse(text) == TEXT.format(text) == TEXT.show(text, "zh") == text


def test_a_document_number_loses_its_outer_blanks_only():
    assert NUMBER_NO.parse(" 007 A ") == "007 A"


@pytest.mark.parametrize(
    ("kind", "value", "written", "shown"),
    [
        (MONEY, "1234.5", "1234.50", "1,234.50"),
        (MONEY, "2.675", "2.68", "2.68"),
        (MONEY, "-0.001", "0.00", "0.00"),
        (MONEY, "1E+3", "1000.00", "1,000.00"),
        (QTY, "1234.500", "1234.5", "1,234.5"),
        (QTY, "100", "100", "100"),
        (QTY, "-1000000", "-1000000", "-1,000,000"),
        (QTY, "0.0000005", "0.000001", "0.000001"),
        (PRICE, "120", "120", "120.00"),
        (PRICE, "1234.5678", "1234.5678", "1,234.5678"),
        (PRICE, "0.3333333", "0.333333", "0.333333"),
        (RATE, "0.125", "0.125", "12.5%"),
        (RATE, "1", "1", "100%"),
        (DAYS, "30", "30", "30"),
    ],
)
def test_figures_are_written_plain_and_shown_in_groups(kind, value, written, shown):
    assert kind.format(Decimal(value)) == written
    assert kind.show(Decimal(value), "zh") == kind.show(Decimal(value), "en") == shown


def test_a_figure_is_read_exactly_and_rounded_only_when_written():
    assert MONEY.parse("￥1,234.505") == Decimal("1234.505")
    assert MONEY.format(Decimal("1234.505")) == "1234.51"


def test_whole_numbers_are_figures_too():
    assert (QTY.format(3), DAYS.show(1200, "zh"), MONEY.show(5, "en")) == ("3", "1,200", "5.00")
    with pytest.raises(TypeError):
        QTY.format(value=True)


def test_a_rate_is_read_in_per_cent_or_as_a_share():
    assert RATE.parse("80%") == RATE.parse("８０％") == RATE.parse("0.8") == Decimal("0.8")
    for refused in ("%", "-%", "¥8", "8%%"):
        with pytest.raises(Unreadable):
            RATE.parse(refused)


def test_days_are_whole_and_not_below_zero():
    assert [DAYS.parse(text) for text in ("0", "30", "30.0", "30天", "３０ 天")] == [0, 30, 30, 30, 30]
    for refused in ("-1", "1.5", "¥3", "一"):
        with pytest.raises(Unreadable):
            DAYS.parse(refused)


def test_a_quantity_with_a_sign_of_money_is_refused():
    with pytest.raises(Unreadable):
        QTY.parse("￥5")


def test_a_due_weekday_is_ahead_and_a_dates_is_behind():
    sunday = Reading(base=date(2026, 11, 22))
    assert DATE.parse("周五", sunday) == date(2026, 11, 20)
    assert DUE.parse("周五", sunday) == date(2026, 11, 27)
    assert DUE.parse("无", sunday) is None


def test_a_date_with_a_time_is_written_as_its_day():
    assert DATE.format(datetime(2026, 5, 6, 8, 26)) == DATE.show(date(2026, 5, 6), "zh") == "2026-05-06"  # noqa: DTZ001


def test_a_flag_is_said_in_either_language():
    assert [FLAG.parse(text) for text in ("是", "YES", "y", "１", "true")] == [True] * 5
    assert [FLAG.parse(text) for text in ("否", "No", "n", "0", "FALSE")] == [False] * 5
    assert (FLAG.show(True, "zh"), FLAG.format(False)) == ("是", "no")
    for mark in ("√", "×", "2"):
        with pytest.raises(Unreadable):
            FLAG.parse(mark)


def test_a_choice_is_read_by_id_or_word_and_kept_as_its_id():
    assert [STATUS.parse(text) for text in ("停产", " Discontinued", "ＤＩＳＣＯＮＴＩＮＵＥＤ")] == [
        "discontinued"
    ] * 3
    assert (STATUS.format("active"), STATUS.format_in("active", "zh"), STATUS.show("active", "en")) == (
        "active",
        "在售",
        "active",
    )


def test_an_unknown_word_is_refused_with_the_words_that_are_known():
    with pytest.raises(Unreadable) as refused:
        STATUS.parse("在卖")
    assert refused.value.accepted == Text("在售、停产", "one of: active, discontinued")


def test_a_choice_takes_a_files_own_words_beside_its_own():
    mine = STATUS.also({"上架": "active"}).also({"下架": "discontinued"})
    assert [mine.parse(text) for text in ("上架", "下架", "停产")] == ["active", "discontinued", "discontinued"]
    with pytest.raises(TypeError):
        STATUS.also({"上架": "on sale"})


@given(st.text())
def test_narrowing_keeps_the_length_and_is_done_in_one_go(text):
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)
    assert folded(text) == folded(text.upper()) or not text.isascii()


def test_blank_words_are_blank_in_any_width():
    assert all(map(is_blank, ("", " - ", "－", "—", "／", "无", "\u3000" * 99)))
    assert not any(map(is_blank, ("0", "--1", "none", "无 有", "x" * 99)))


def test_hostile_strings_are_read_or_refused_by_every_kind():
    if not NAUGHTY.exists():
        pytest.skip("the list of naughty strings is not here")
    for text in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        for kind in KINDS.values():
            try:
                assert kind.show(kind.parse(text), "zh") is not None
            except Unreadable:
                assert kind not in (TEXT, NUMBER_NO)

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.dates import ORDER_ACCEPTED, like_above, parse_date
from salesaid.core.reading import IN_FILES, Reading, Unreadable

DAY = date(2026, 5, 6)
SUNDAY = date(2026, 11, 22)
TYPED = Reading(base=SUNDAY)
DUE = Reading(base=SUNDAY, ahead=True)

days = st.dates(min_value=date(1900, 1, 1))
business_days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-06", "2026-5-6", "2026/5/6", "2026/05/06", "2026.5.6", "2026.05.06", "20260506", "2026年5月6日",
        "2026年05月06日", "2026年5月6号", "2026年5月6", "2026 年 5 月 6 日", "26年5月6日", "26.5.6", "26.05.06",
        " 2026-05-06 ", "２０２６－０５－０６", "２０２６年５月６日", "2026-05-06\u3000", "46148", "46148.0",
        "46148.351",
        "2026-05-06 08:26:00", "2026-05-06T08:26", "2026-05-06 8:26", "2026-05-06T08:26:00.123456+08:00",
        "2026-05-06 23:59:59", "2026/5/6 8:26", "2026-05-06 00:00:00", "20260506 08:26", "2026年5月6日 8:26",
        "2026.5.6 8:26:00 AM", "2026-05-06T08:26:00Z",
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_and_programs_write_it(written):
    assert parse_date(written) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "20260231", "2026年2月30日", "2026/5-6",
        "2026-5", "2026", "5", "60", "59", "0", "-1", "1", "80001", "99999", "123456", "1e5", "2026-05-06 25:00",
        "2026-05-06 8", "2026-05-06x", "2026-05-06 08:61", "26-5-6", "26/5/6", "5/6", "5.6", "61.5", "2026-W01-1",
        "٢٠٢٦-٠٥-٠٦", "0206-05-06", "1899-12-31", "NaT", "none", "昨", "13.5.2026", "2026-5-600", "2026--5-6",
        "二〇二六年五月六日", "2026-05-06-07", "-2026-05-06",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(written):
    with pytest.raises(Unreadable):
        parse_date(written)


@pytest.mark.parametrize("written", ["9" * 1_000_000, "t" + " " * 1_000_000, "2026-05-06 " + " " * 1_000_000 + "8:26"])
def test_a_monstrous_cell_is_refused_by_its_length(written):
    with pytest.raises(Unreadable):
        parse_date(written, TYPED)


@pytest.mark.parametrize("written", ["5/6/26", "5-6-2026", "5/6/2026 8:26", "31/12/2026", "12/31/2026"])
def test_a_date_with_the_year_last_is_refused_until_an_order_is_stated(written):
    with pytest.raises(Unreadable) as refused:
        parse_date(written)
    assert refused.value.accepted == ORDER_ACCEPTED


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("5/6/26", "dmy", date(2026, 6, 5)),
        ("5/6/26", "mdy", date(2026, 5, 6)),
        ("5-6-2026", "dmy", date(2026, 6, 5)),
        ("26/5/6", "ymd", date(2026, 5, 6)),
        ("12/1/2010 8:26", "mdy", date(2010, 12, 1)),
        ("26.5.06", "dmy", date(2006, 5, 26)),
        ("2026-5-6", "dmy", date(2026, 5, 6)),
        ("2026-05-06", "mdy", date(2026, 5, 6)),
    ],
)
def test_a_stated_order_settles_dates_whose_year_is_not_first(written, order, day):
    assert parse_date(written, Reading(order=order)) == day


@pytest.mark.parametrize(
    ("written", "order"),
    [("13/5/2026", "mdy"), ("5/13/26", "dmy"), ("5-6-2026", "ymd"), ("5/6/26", "ymd"), ("26.5.6", "dmy")],
)
def test_a_date_against_the_stated_order_is_refused(written, order):
    with pytest.raises(Unreadable):
        parse_date(written, Reading(order=order))


def test_a_month_and_day_take_the_year_of_the_reading_or_else_of_the_base():
    assert parse_date("5月6日", Reading(year=2024)) == date(2024, 5, 6)
    assert parse_date("5月6日", Reading(base=SUNDAY, year=2024)) == date(2024, 5, 6)
    assert parse_date("5月6号", TYPED) == DAY
    with pytest.raises(Unreadable):
        parse_date("5月6日", IN_FILES)


def test_a_due_month_and_day_that_have_passed_are_next_years():
    assert parse_date("1月5日", DUE) == date(2027, 1, 5)
    assert parse_date("12月5日", DUE) == date(2026, 12, 5)
    assert parse_date("11月22日", DUE) == SUNDAY


@pytest.mark.parametrize(
    ("written", "later"),
    [
        ("今天", 0), ("昨天", -1), ("前天", -2), ("明天", 1), ("后天", 2), ("大后天", 3), ("today", 0),
        ("Yesterday", -1), ("TOMORROW", 1), ("+7", 7), ("-3", -3), ("＋7", 7), ("+7天", 7), ("+0", 0), ("－3", -3),
    ],
)  # fmt: skip
def test_words_count_from_the_base(written, later):
    assert parse_date(written, TYPED) == SUNDAY + timedelta(days=later)
    with pytest.raises(Unreadable):
        parse_date(written, IN_FILES)


@pytest.mark.parametrize("written", ["周五", "星期五", "礼拜五", "fri", "Friday", "FRI"])
def test_a_weekday_is_the_last_one_for_a_date_and_the_coming_one_for_a_due_date(written):
    assert parse_date(written, TYPED) == date(2026, 11, 20)
    assert parse_date(written, DUE) == date(2026, 11, 27)


@pytest.mark.parametrize("written", ["周日", "周天", "星期天", "sun"])
def test_the_bases_own_weekday_is_a_week_away(written):
    assert parse_date(written, TYPED) == date(2026, 11, 15)
    assert parse_date(written, DUE) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("下周五", date(2026, 11, 27)),
        ("上周五", date(2026, 11, 13)),
        ("本周五", date(2026, 11, 20)),
        ("这周一", date(2026, 11, 16)),
    ],
)
def test_a_weekday_of_a_named_week_counts_weeks_from_monday(written, day):
    assert parse_date(written, TYPED) == parse_date(written, DUE) == day


@given(days, st.integers(0, 6), st.booleans())
def test_a_weekday_lies_within_a_week_and_never_on_the_base(base, weekday, ahead):
    try:
        day = parse_date("周" + "一二三四五六日"[weekday], Reading(base=base, ahead=ahead))
    except Unreadable:
        assert base.year in (1900, 9999)
        return
    assert day.weekday() == weekday
    assert 1 <= (day - base).days * (1 if ahead else -1) <= 7


def test_excel_serials_count_from_march_1900_and_a_bare_year_is_none():
    assert parse_date("61") == date(1900, 3, 1)
    assert parse_date("44819") == date(2022, 9, 15)
    for none in ("60", "2026", "1999", "80001"):
        with pytest.raises(Unreadable):
            parse_date(none)


def test_a_typed_number_is_a_serial_only_with_five_digits():
    assert parse_date("44819", TYPED) == date(2022, 9, 15)
    with pytest.raises(Unreadable):
        parse_date("100", TYPED)


@given(
    business_days,
    st.sampled_from(["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}", "{0:%y.%m.%d}", "{0:%Y年%m月%d日}"]),
)
def test_every_form_gives_the_day_back(day, form):
    assert parse_date(form.format(day)) == day


@given(business_days, st.times())
def test_a_cell_with_a_time_counts_by_its_written_date(day, time):
    assert parse_date(f"{day} {time}") == parse_date(f"{day}T{time:%H:%M}") == day


@given(st.text() | st.from_regex(r"[0-9+\-/.年月日周 t:]{1,12}", fullmatch=True))
def test_any_text_is_a_day_from_1900_on_or_refused(text):
    for reading in (IN_FILES, DUE, Reading(order="dmy", year=2026)):
        try:
            day = parse_date(text, reading)
        except Unreadable:
            continue
        assert day.year >= 1900


@pytest.mark.parametrize(
    ("above", "written"),
    [
        ([], "2026-11-02"),
        (["2026/5/6"], "2026-11-02"),
        (["20260506"], "2026-11-02"),
        (["2010-12-01 08:26:00"], "2026-11-02 00:00:00"),
        (["2010-12-01 08:26:00", ""], "2026-11-02 00:00:00"),
        (["2010-12-01T08:26"], "2026-11-02T00:00"),
        (["2010/12/1 8:26"], "2026/11/2 0:00"),
        (["2010/12/01 8:26"], "2026/11/02 0:00"),
        (["12/1/2010 8:26", "12/13/2010 10:26"], "11/2/2026 0:00"),
        (["13.12.2010 10:26", "01.12.2010 08:26"], "02.11.2026 00:00"),
        (["12/1/2010 8:26"], "2026-11-02"),
        (["13/12/2010 8:26", "12/13/2010 8:26"], "2026-11-02"),
        (["12/1/10 8:26"], "2026-11-02"),
        (["2010-12-01 08:26:00", "2010-12-02"], "2026-11-02"),
        (["12/1/2010 8:26 pm"], "2026-11-02"),
    ],
)
def test_a_date_is_written_in_the_form_of_rows_that_hold_times(above, written):
    assert like_above(date(2026, 11, 2), above) == written


def test_a_stated_order_decides_the_form_where_the_rows_do_not():
    assert like_above(date(2026, 11, 2), ["12/1/2010 8:26"], "dmy") == "2/11/2026 0:00"
    assert like_above(date(2026, 11, 2), ["12/1/2010 8:26"], "ymd") == "2026-11-02"


FORMS = ["{0:%Y-%m-%d} 08:26:00", "{0:%Y/%m/%d} 8:26", "{0.month}/{0.day}/{0.year} 8:26", "{0:%d.%m.%Y} 18:26"]


@given(business_days, st.lists(business_days, min_size=1, max_size=5), st.sampled_from(FORMS))
def test_a_date_like_those_above_is_read_back_by_the_files_own_order(day, others, form):
    order = "dmy" if form.startswith("{0:%d") else "mdy"
    written = like_above(day, [form.format(other) for other in others], order)
    assert parse_date(written, Reading(order=order)) == day

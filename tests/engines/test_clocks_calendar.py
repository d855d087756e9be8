"""Working days and office hours: substitutes, elections, days that moved in 2026, and days a district adds or removes."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.clocks import OfficeHours, WorkCalendar, public_holidays
from chatdong.kernel.clock import KST

PLAIN = WorkCalendar()
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def seoul_moments(first: str, last: str) -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(KST))


moments = seoul_moments("2024-01-01", "2028-01-01")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 2, 7), "설날"),
        (date(2027, 2, 9), "설날 대체 휴일"),
        (date(2026, 5, 1), "노동절"),
        (date(2026, 5, 25), "부처님오신날 대체 휴일"),
        (date(2026, 6, 3), "지방선거일"),
        (date(2026, 7, 17), "제헌절"),
        (date(2027, 5, 3), "노동절 대체 휴일"),
        (date(2027, 7, 19), "제헌절 대체 휴일"),
    ],
)
def test_holidays_and_their_substitutes_have_korean_names(day, name):
    assert PLAIN.holiday_name(day) == name
    assert not PLAIN.is_working_day(day)


@pytest.mark.parametrize("day", [date(2025, 5, 1), date(2025, 7, 17), date(2027, 2, 10), date(2026, 9, 28)])
def test_ordinary_days_are_worked(day):
    assert PLAIN.is_working_day(day)


def test_first_working_day_after_the_new_year_of_2027():
    assert PLAIN.add_working_days(date(2027, 2, 5), 1) == date(2027, 2, 10)
    assert PLAIN.working_day_on_or_before(date(2027, 2, 9)) == date(2027, 2, 5)
    assert PLAIN.working_days(date(2027, 2, 1), date(2027, 2, 10)) == 6


def test_a_district_adds_and_removes_days():
    ours = WorkCalendar(extra=((date(2026, 11, 23), "임시공휴일"),), removed=frozenset({date(2026, 12, 25)}))
    assert ours.holiday_name(date(2026, 11, 23)) == "임시공휴일"
    assert not ours.is_working_day(date(2026, 11, 23))
    assert ours.is_working_day(date(2026, 12, 25))
    assert ours.working_day_on_or_after(date(2026, 11, 21)) == date(2026, 11, 24)


def test_a_removed_holiday_on_a_weekend_stays_a_weekend():
    assert not WorkCalendar(removed=frozenset({date(2027, 2, 6)})).is_working_day(date(2027, 2, 6))


def test_a_day_cannot_be_added_and_removed():
    with pytest.raises(ValueError, match="2026-12-25"):
        WorkCalendar(extra=((date(2026, 12, 25), "쉬는 날"),), removed=frozenset({date(2026, 12, 25)}))


def test_a_calendar_without_working_days_is_refused_instead_of_running_forever():
    closed = tuple((date(2026, 1, 1) + timedelta(days=n), "휴무") for n in range(800))
    with pytest.raises(ValueError, match="근무일이 없는"):
        WorkCalendar(extra=closed).working_day_on_or_after(date(2026, 1, 1))


def test_lunch_is_counted_or_not():
    monday = at("2026-11-23T00:00")
    assert PLAIN.working_time(monday, monday + timedelta(days=1)) == 8 * HOUR
    through = WorkCalendar(hours=OfficeHours(lunch=None))
    assert through.working_time(monday, monday + timedelta(days=1)) == 9 * HOUR


@pytest.mark.parametrize(
    "hours",
    [
        {"opens": time(18), "closes": time(9), "lunch": None},
        {"lunch": (time(13), time(12))},
        {"opens": time(9), "closes": time(9), "lunch": None},
        {"lunch": (time(8), time(10))},
    ],
)
def test_office_hours_out_of_order_are_refused(hours):
    with pytest.raises(ValueError, match="순서"):
        OfficeHours(**hours)


def test_other_time_zones_are_read_on_a_korean_clock():
    # 2026-11-22 23:00 UTC is Monday 08:00 in Seoul
    start = datetime(2026, 11, 22, 23, 0, tzinfo=ZoneInfo("UTC"))
    assert PLAIN.working_time(start, start + 2 * HOUR) == HOUR


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        PLAIN.working_time(datetime.fromisoformat("2026-11-23T09:00"), at("2026-11-23T10:00"))


def test_the_table_of_a_year_cannot_be_changed():
    with pytest.raises(TypeError):
        public_holidays(2026)[date(2026, 11, 23)] = "없는 날"


@settings(max_examples=60, deadline=None)
@given(st.lists(moments, min_size=3, max_size=3).map(sorted))
def test_working_time_is_additive(three):
    first, second, third = three
    whole = PLAIN.working_time(first, third)
    assert whole == PLAIN.working_time(first, second) + PLAIN.working_time(second, third)
    assert timedelta() <= whole <= third - first


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_adding_working_days_counts_as_many(day, count):
    last = PLAIN.add_working_days(day, count)
    assert PLAIN.is_working_day(last)
    assert PLAIN.working_days(day + timedelta(days=1), last) == count

"""Errors, clock, periods, age and money."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdong.kernel import clock, errors, money
from chatdong.kernel.period import Period, age_on, turns

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_refusals_carry_a_sentence_and_a_field():
    refusal = errors.Refusal("전화번호를 확인해 주세요.", field="phone")
    assert (str(refusal), refusal.field) == ("전화번호를 확인해 주세요.", "phone")
    assert str(errors.Forbidden()).endswith("없어요.")
    assert all(issubclass(kind, errors.Refusal) for kind in (errors.Forbidden, errors.NotFound, errors.Invalid, errors.Conflict))
    assert not issubclass(errors.HouseRuleBroken, errors.Refusal)


def test_invalid_names_each_field():
    refusal = errors.Invalid({"name": "이름을 적어 주세요.", "": "두 가지를 알려 주세요."})
    assert refusal.fields["name"] == "이름을 적어 주세요."
    assert (refusal.field, str(refusal)) == ("name", "이름을 적어 주세요.")
    assert errors.Invalid({"": "다시 해 주세요."}).field is None
    with pytest.raises(ValueError, match="at least one"):
        errors.Invalid({})


def test_korean_time():
    moment = datetime(2026, 11, 20, 15, 5, tzinfo=UTC)
    assert clock.kst(moment).isoformat() == "2026-11-21T00:05:00+09:00"
    assert clock.date_text(moment) == "2026. 11. 21."
    assert clock.moment_text(moment) == "2026. 11. 21. 00:05"
    assert clock.time_text(datetime(2026, 11, 21, 5, 5, tzinfo=UTC)) == "14:05"
    with pytest.raises(ValueError, match="time zone"):
        clock.kst(moment.replace(tzinfo=None))


def test_the_clock_is_korean_and_aware():
    assert clock.now().utcoffset() == timedelta(hours=9)
    assert abs((clock.today() - clock.now().date()).days) <= 1


def test_spans_of_days():
    assert clock.span_text(date(2026, 11, 1), date(2026, 11, 30)) == "2026. 11. 1. ~ 11. 30."
    assert clock.span_text(date(2026, 12, 1), date(2027, 1, 3)) == "2026. 12. 1. ~ 2027. 1. 3."
    assert clock.span_text(date(2026, 11, 1), date(2026, 11, 1)) == "2026. 11. 1."


def test_periods():
    assert Period.month(2024, 2).end == date(2024, 2, 29)
    assert Period.quarter(2026, 4) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert Period.week(date(2026, 11, 22)) == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert Period.year(2026).days == 365
    assert str(Period.month(2026, 11)) == "2026. 11. 1. ~ 11. 30."
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="no quarter"):
        Period.quarter(2026, 5)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_a_shared_day(one, two, three, four):
    left, right = (
        Period(min(one, two), max(one, two)),
        Period(min(three, four), max(three, four)),
    )
    shared = max(left.start, right.start) in left and max(left.start, right.start) in right
    assert left.overlaps(right) is right.overlaps(left) is shared
    assert left.start in left and left.contains(left.end)
    assert left.end + timedelta(days=1) not in left


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_weeks_start_on_monday_and_hold_their_day(day):
    week = Period.week(day)
    assert week.start.weekday() == 0
    assert day in list(week)
    assert week.days == 7


def test_age_of_one_born_on_the_leap_day():
    birth = date(2004, 2, 29)
    assert age_on(birth, date(2023, 2, 28)) == 18
    assert age_on(birth, date(2023, 3, 1)) == 19
    assert age_on(birth, date(2024, 2, 28)) == 19
    assert age_on(birth, date(2024, 2, 29)) == 20
    assert turns(birth, 19) == date(2023, 3, 1)


def test_age():
    birth = date(1961, 11, 21)
    assert age_on(birth, date(2026, 11, 20)) == 64
    assert age_on(birth, date(2026, 11, 21)) == 65
    assert age_on(birth, birth) == 0
    with pytest.raises(ValueError, match="before birth"):
        age_on(birth, date(1961, 11, 20))


@given(DAYS, st.integers(0, 120))
def test_the_day_of_turning_is_the_first_day_of_that_age(birth, age):
    day = turns(birth, age)
    assert age_on(birth, day) == age
    if age:
        assert age_on(birth, day - timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    ("amount", "plain", "short", "official"),
    [
        (0, "0원", "0원", "금0원(금영원)"),
        (
            1_234_567,
            "1,234,567원",
            "123만 4,567원",
            "금1,234,567원(금일백이십삼만사천오백육십칠원)",
        ),
        (
            123_450_000,
            "123,450,000원",
            "1억 2,345만 원",
            "금123,450,000원(금일억이천삼백사십오만원)",
        ),
        (10, "10원", "10원", "금10원(금일십원)"),
    ],
)
def test_won(amount, plain, short, official):
    assert money.won(amount) == plain
    assert money.won_short(amount) == short
    assert money.won_official(amount) == official


def test_money_below_zero_and_beyond():
    assert money.won(-1500) == "-1,500원"
    assert money.won_short(-20_000) == "-2만 원"
    with pytest.raises(ValueError, match="not negative"):
        money.won_official(-1)
    with pytest.raises(OverflowError):
        money.won_short(10**20)


def test_thousands_round_half_away_from_zero():
    assert [money.thousands(amount) for amount in (1_234_567, 1_500, -1_500, 499, 0)] == ["1,235", "2", "-2", "0", "0"]

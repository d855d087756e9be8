"""Visit lists: who arrives when, and that each resident arrives exactly once."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.cohorts import COHORTS, Candidate, Circumstance, Held, Unit, Window, arrivals, window_on
from chatdong.kernel.period import Period

YEAR = Period.year(2026)


def born(day: date, ref: str = "p1", household: str = "h1", **more) -> Candidate:
    return Candidate(ref, household, day, **more)


def only(code: str, people, period=YEAR, **more):
    (arrival,) = arrivals(COHORTS[code], people, period, **more)
    return arrival


def test_the_table_has_the_groups_of_the_founding_documents_in_their_units():
    assert {code: row.unit for code, row in COHORTS.items()} == {
        "age_65": Unit.PERSON,
        "age_70": Unit.PERSON,
        "newborn": Unit.FAMILY,
        "poverty": Unit.HOUSEHOLD,
    }
    assert all(row.source and row.windows and row.code == code for code, row in COHORTS.items())


def test_65_is_listed_in_the_birth_month():
    arrival = only("age_65", [born(date(1961, 3, 20))])
    assert (arrival.ref, arrival.month) == ("p1", date(2026, 3, 1))
    assert (arrival.due_from, arrival.due_by) == (date(2026, 3, 1), date(2026, 3, 31))
    assert arrival.reason == "2026. 3. 20.에 만 65세가 돼요."


@pytest.mark.parametrize(("code", "year"), [("age_65", 1961), ("age_70", 1956)])
def test_both_ages_are_met_on_the_first_and_last_day_of_the_year(code, year):
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert only(code, [born(day)]).joined_on == day.replace(year=2026)
    assert arrivals(COHORTS[code], [born(date(year - 1, 12, 31)), born(date(year + 1, 1, 1))], YEAR) == []


def test_born_on_29_february_stays_in_the_list_of_february():
    person = born(date(1960, 2, 29))
    arrival = only("age_65", [person], Period.year(2025))
    assert (arrival.month, arrival.due_by) == (date(2025, 2, 1), date(2025, 2, 28))
    assert "2025. 3. 1." in arrival.reason
    assert arrivals(COHORTS["age_65"], [person], Period.month(2025, 3)) == []
    # 2030 has no 29 February either, 2024 had one
    assert only("age_70", [person], Period.year(2030)).month == date(2030, 2, 1)
    assert only("age_65", [born(date(1960, 2, 28))], Period.year(2025)).joined_on == date(2025, 2, 28)


def test_who_moves_in_after_the_birthday_still_arrives_with_time_left():
    arrival = only("age_65", [born(date(1961, 3, 20), came_on=date(2026, 5, 30))])
    assert (arrival.month, arrival.due_from, arrival.due_by) == (
        date(2026, 5, 1),
        date(2026, 5, 30),
        date(2026, 6, 30),
    )
    assert "전입" in arrival.reason


@pytest.mark.parametrize(
    "person",
    [
        born(date(1961, 3, 20), left_on=date(2026, 3, 19)),
        born(date(1961, 3, 20), came_on=date(2027, 1, 1)),
        born(date(1961, 3, 20), came_on=date(2026, 5, 1), left_on=date(2026, 4, 1)),
        Candidate("p1", "h1", None),
    ],
)
def test_who_is_gone_or_not_yet_here_does_not_arrive(person):
    assert arrivals(COHORTS["age_65"], [person], YEAR) == []


def test_a_person_given_twice_arrives_once():
    assert len(arrivals(COHORTS["age_65"], [born(date(1961, 3, 20))] * 2, YEAR)) == 1


def test_a_birth_is_due_within_eight_weeks_since_2025_and_four_before():
    arrival = only("newborn", [born(date(2026, 3, 2)), born(date(1995, 1, 1), "p2")])
    assert (arrival.ref, arrival.due_from, arrival.due_by) == ("h1", date(2026, 3, 2), date(2026, 4, 27))
    assert only("newborn", [born(date(2016, 3, 2))], Period.year(2016)).due_by == date(2016, 3, 30)


def test_a_district_brings_its_own_window():
    six_weeks = [Window(date(2026, 1, 1), "구 지침", days=42)]
    assert only("newborn", [born(date(2026, 3, 2))], windows=six_weeks).due_by == date(2026, 4, 13)


def test_twins_across_new_year_are_one_family_visit():
    twins = [born(date(2025, 12, 31), "p1"), born(date(2026, 1, 1), "p2")]
    assert "2명" in only("newborn", twins, Period.year(2025)).reason
    assert arrivals(COHORTS["newborn"], twins, YEAR) == []


def test_the_next_child_is_a_new_visit():
    children = [born(date(2025, 1, 10), "p1"), born(date(2026, 6, 10), "p2")]
    assert only("newborn", children, Period.year(2025)).joined_on == date(2025, 1, 10)
    assert only("newborn", children).joined_on == date(2026, 6, 10)


def test_a_family_that_moves_in_with_a_newborn_arrives_while_the_window_is_open():
    arrival = only("newborn", [born(date(2026, 3, 2), came_on=date(2026, 4, 20))])
    assert (arrival.due_from, arrival.due_by) == (date(2026, 4, 20), date(2026, 4, 27))
    assert arrivals(COHORTS["newborn"], [born(date(2026, 3, 2), came_on=date(2026, 4, 28))], YEAR) == []


def held(kind=Circumstance.BASIC_LIVELIHOOD, since=None, until=None):
    return (Held(kind, since, until),)


def test_a_household_in_poverty_arrives_once_a_year_whoever_it_is_in_it():
    household = [
        born(date(1980, 1, 1), "p1", circumstances=held(Circumstance.SINGLE_PARENT)),
        born(date(2015, 1, 1), "p2", circumstances=held(Circumstance.NEAR_POOR, date(2026, 4, 1))),
    ]
    arrival = only("poverty", household)
    assert (arrival.ref, arrival.due_from, arrival.due_by) == ("h1", date(2026, 1, 1), date(2026, 12, 31))
    assert arrival.reason == "차상위, 한부모 가구예요."
    assert only("poverty", household, Period.year(2027)).ref == "h1"


def test_a_household_newly_in_poverty_is_due_within_thirty_days():
    arrival = only("poverty", [born(date(1980, 1, 1), circumstances=held(since=date(2026, 12, 20)))])
    assert (arrival.joined_on, arrival.due_by) == (date(2026, 12, 20), date(2027, 1, 19))


@pytest.mark.parametrize(
    "person",
    [
        born(date(1980, 1, 1), circumstances=held(until=date(2025, 12, 31))),
        born(date(1980, 1, 1), circumstances=held(since=date(2027, 1, 1))),
        born(date(1980, 1, 1), circumstances=held(until=date(2026, 2, 1)), came_on=date(2026, 3, 1)),
        born(date(1980, 1, 1)),
    ],
)
def test_no_poverty_in_the_year_no_arrival(person):
    assert arrivals(COHORTS["poverty"], [person], YEAR) == []


def test_windows_are_dated():
    windows = COHORTS["newborn"].windows
    assert window_on(windows, date(2024, 12, 31)).days == 28
    assert window_on(windows, date(2025, 1, 1)).days == 56
    assert window_on(windows, date(2000, 1, 1)).days == 28
    with pytest.raises(ValueError, match="정해져 있지"):
        window_on((), date(2026, 1, 1))


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
births = st.one_of(
    st.dates(date(1953, 1, 1), date(1964, 12, 31)),
    days,
    st.sampled_from([date(1960, 2, 29), date(1956, 2, 29), date(2024, 2, 29)]),
)
circumstances = st.lists(st.builds(Held, st.sampled_from(Circumstance), st.none() | days, st.none() | days), max_size=2).map(
    tuple
)


@st.composite
def populations(draw):
    size = draw(st.integers(1, 12))
    return [
        Candidate(
            f"p{n}",
            f"h{draw(st.integers(1, 5))}",
            draw(births | st.none()),
            draw(circumstances),
            draw(st.none() | days),
            draw(st.none() | days),
        )
        for n in range(size)
    ]


@st.composite
def partitions(draw):
    """2024 to 2027 cut into parts at any days, or into months."""
    months = [Period.month(year, month) for year in range(2024, 2028) for month in range(1, 13)]
    if draw(st.booleans()):
        return months
    cuts = sorted(draw(st.sets(st.dates(date(2024, 1, 2), date(2027, 12, 31)), max_size=10)))
    starts = [date(2024, 1, 1), *cuts]
    ends = [*(cut - timedelta(days=1) for cut in cuts), date(2027, 12, 31)]
    return [Period(start, end) for start, end in zip(starts, ends, strict=True)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(COHORTS)), populations(), partitions())
def test_each_arrives_exactly_once_over_any_partition(code, people, parts):
    cohort = COHORTS[code]
    whole = arrivals(cohort, people, Period(date(2024, 1, 1), date(2027, 12, 31)))
    assert Counter(arrival for part in parts for arrival in arrivals(cohort, people, part)) == Counter(whole)
    once = [(one.ref, one.joined_on if code == "newborn" else one.joined_on.year) for one in whole]
    assert len(once) == len(set(once))
    for one in whole:
        assert one.month.replace(day=1) <= one.joined_on
        assert one.due_from <= one.joined_on <= one.due_by


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1955, 1, 1), date(1962, 12, 31)))
def test_everybody_who_stays_arrives_at_65_in_the_birth_month(birth):
    found = arrivals(COHORTS["age_65"], [born(birth)], Period(date(2019, 1, 1), date(2028, 12, 31)))
    assert [(one.month.year, one.month.month) for one in found] == [(birth.year + 65, birth.month)]

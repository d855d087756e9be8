"""When promises fall due: bases, pauses, and the properties that must hold whatever comes in."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.clocks import (
    Basis,
    OfficeHours,
    Pause,
    Promise,
    StillPaused,
    Unit,
    WorkCalendar,
    due,
    elapsed,
    late_by,
    parse_promise,
)
from chatdong.kernel.clock import KST

PLAIN = WorkCalendar()
THREE_DAYS = Promise(72, Unit.HOURS, Basis.CLOCK)
EIGHT_OFFICE_HOURS = Promise(8, Unit.HOURS, Basis.WORKING_HOURS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def seoul_moments(first: str, last: str) -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(KST))


FRIDAY_EVENING = at("2026-11-20T17:30")


@pytest.mark.parametrize(
    ("setting", "since", "expected"),
    [
        # a report on a Friday at 17:30
        ({"hours": 72, "basis": "clock"}, "2026-11-20T17:30", "2026-11-23T17:30"),
        ({"hours": 8, "basis": "working"}, "2026-11-20T17:30", "2026-11-23T17:30"),
        ({"hours": 1, "basis": "working"}, "2026-11-20T17:30", "2026-11-23T09:30"),
        ({"minutes": 30, "basis": "working"}, "2026-11-20T17:30", "2026-11-20T18:00"),
        ({"days": 1, "basis": "working"}, "2026-11-20T17:30", "2026-11-23T18:00"),
        ({"days": 3, "basis": "calendar"}, "2026-11-20T17:30", "2026-11-23T23:59:59"),
        # over 설날 2027: Friday 5 February, next working day Wednesday 10
        ({"hours": 72, "basis": "clock"}, "2027-02-05T17:30", "2027-02-08T17:30"),
        ({"hours": 72, "basis": "working_hours"}, "2027-02-05T17:30", "2027-02-22T17:30"),
        ({"days": 1, "basis": "working"}, "2027-02-05T17:30", "2027-02-10T18:00"),
        # over 5/1 and 7/17 2026, holidays since that year
        ({"hours": 1, "basis": "working"}, "2026-04-30T17:30", "2026-05-04T09:30"),
        ({"days": 1, "basis": "working"}, "2026-07-16T10:00", "2026-07-20T18:00"),
        # before, during lunch and on a Saturday
        ({"hours": 1, "basis": "working"}, "2026-11-23T11:30", "2026-11-23T13:30"),
        ({"hours": 1, "basis": "working"}, "2026-11-23T12:20", "2026-11-23T14:00"),
        ({"hours": 0, "basis": "working"}, "2026-11-21T12:00", "2026-11-23T09:00"),
        ({"days": 0, "basis": "working"}, "2026-11-23T19:00", "2026-11-24T18:00"),
        ({"days": 0, "basis": "calendar"}, "2026-11-23T19:00", "2026-11-23T23:59:59"),
        # 민법 제157조, 제161조: first day out unless it starts at midnight; a Sunday moves to Monday
        ({"days": 2, "basis": "civil"}, "2026-11-20T10:00", "2026-11-23T23:59:59"),
        ({"days": 2, "basis": "civil"}, "2026-11-24T00:00", "2026-11-25T23:59:59"),
        ({"days": 1, "basis": "civil"}, "2026-11-24T00:01", "2026-11-25T23:59:59"),
        # 민원처리법 제19조: five days are 40 office hours, six days count the first day
        ({"days": 5, "basis": "petition"}, "2026-11-20T17:30", "2026-11-27T17:30"),
        ({"days": 6, "basis": "petition"}, "2026-11-20T17:30", "2026-11-27T18:00"),
    ],
)
def test_due(setting, since, expected):
    found = due(parse_promise(setting), at(since), PLAIN)
    assert found == at(expected)
    assert found.tzinfo is KST


def test_counted_lunch_brings_the_due_time_forward():
    through = WorkCalendar(hours=OfficeHours(lunch=None))
    assert due(EIGHT_OFFICE_HOURS, at("2026-11-23T09:00"), through) == at("2026-11-23T17:00")


def test_a_pause_moves_the_due_time_and_overlapping_ones_count_once():
    pauses = [
        Pause(at("2026-11-21T00:00"), at("2026-11-22T00:00"), "입원"),
        Pause(at("2026-11-21T12:00"), at("2026-11-22T12:00"), "서류 기다림"),
        Pause(at("2026-11-21T13:00"), at("2026-11-21T14:00"), "가족 요청"),
    ]
    assert due(THREE_DAYS, FRIDAY_EVENING, PLAIN, pauses) == at("2026-11-25T05:30")


def test_a_pause_after_the_due_time_changes_nothing():
    late = Pause(at("2026-11-23T17:30"), at("2026-12-23T17:30"), "입원")
    assert due(THREE_DAYS, FRIDAY_EVENING, PLAIN, [late]) == at("2026-11-23T17:30")


def test_a_pause_outside_office_hours_does_not_move_office_time():
    night = Pause(at("2026-11-20T18:00"), at("2026-11-23T09:00"), "주말")
    assert due(EIGHT_OFFICE_HOURS, FRIDAY_EVENING, PLAIN, [night]) == at("2026-11-23T17:30")


def test_days_whose_end_is_paused_are_given_back():
    days = Promise(2, Unit.DAYS, Basis.WORKING_DAYS)
    over_night = Pause(at("2026-11-23T15:00"), at("2026-11-24T10:00"), "입원")
    assert due(days, FRIDAY_EVENING, PLAIN, [over_night]) == at("2026-11-25T18:00")
    over_lunch = Pause(at("2026-11-23T12:00"), at("2026-11-23T13:00"), "통화")
    assert due(days, FRIDAY_EVENING, PLAIN, [over_lunch]) == at("2026-11-24T18:00")


@pytest.mark.parametrize("promise", [THREE_DAYS, EIGHT_OFFICE_HOURS, Promise(2, Unit.DAYS, Basis.WORKING_DAYS)])
def test_an_open_pause_needs_a_moment_to_look_from(promise):
    open_pause = Pause(at("2026-11-21T00:00"), None, "입원")
    with pytest.raises(StillPaused):
        due(promise, FRIDAY_EVENING, PLAIN, [open_pause])
    seen = due(promise, FRIDAY_EVENING, PLAIN, [open_pause], at=at("2026-12-01T00:00"))
    assert seen > at("2026-12-01T00:00")


def test_an_open_pause_set_after_the_due_time_is_no_obstacle():
    open_pause = Pause(at("2026-11-24T00:00"), None, "입원")
    assert due(THREE_DAYS, FRIDAY_EVENING, PLAIN, [open_pause]) == at("2026-11-23T17:30")


def test_pauses_are_checked():
    with pytest.raises(ValueError, match="먼저 끝날"):
        Pause(at("2026-11-22T00:00"), at("2026-11-21T00:00"), "입원")
    with pytest.raises(ValueError, match="까닭"):
        Pause(at("2026-11-22T00:00"), None, "  ")


def test_late_by_runs_on_the_clock_through_the_weekend():
    assert late_by(at("2026-11-20T18:00"), at("2026-11-23T09:00")) == timedelta(days=2, hours=15)
    assert late_by(at("2026-11-20T18:00"), at("2026-11-20T18:00")) == timedelta()


@pytest.mark.parametrize(
    "setting",
    [
        {"basis": "clock"},
        {"hours": 1, "days": 1, "basis": "clock"},
        {"hours": -1, "basis": "clock"},
        {"hours": "72", "basis": "clock"},
        {"hours": 1.5, "basis": "clock"},
        {"hours": True, "basis": "clock"},
        {"days": 3, "basis": "clock"},
        {"hours": 3, "basis": "calendar"},
        {"days": 0, "basis": "petition"},
        {"hours": 3, "basis": "office"},
        {"hours": 3},
    ],
)
def test_settings_that_cannot_be_understood_are_refused(setting):
    with pytest.raises(ValueError):
        parse_promise(setting)


@pytest.mark.parametrize(
    "setting", [{"hours": 72, "basis": "clock"}, {"days": 3, "basis": "working_days"}, {"days": 5, "basis": "petition"}]
)
def test_a_promise_reads_back_what_it_wrote(setting):
    assert parse_promise(setting).as_setting() == setting
    assert str(next(iter(setting.values()))) in parse_promise(setting).in_words()


def test_both_bases_of_the_72_hours_stand_side_by_side():
    office = THREE_DAYS.counted_in(Basis.WORKING_HOURS)
    assert due(office, FRIDAY_EVENING, PLAIN) > due(THREE_DAYS, FRIDAY_EVENING, PLAIN)


moments = seoul_moments("2026-01-01", "2027-03-01")
spans = st.integers(0, 60 * 24 * 5).map(lambda minutes: timedelta(minutes=minutes))
pause_lists = st.lists(st.builds(lambda start, span: Pause(start, start + span, "입원"), moments, spans), max_size=4)
promises = st.one_of(
    st.builds(Promise, st.integers(0, 100), st.just(Unit.HOURS), st.sampled_from([Basis.CLOCK, Basis.WORKING_HOURS])),
    st.builds(
        Promise,
        st.integers(0, 12),
        st.just(Unit.DAYS),
        st.sampled_from([Basis.WORKING_DAYS, Basis.CALENDAR_DAYS, Basis.CIVIL_DAYS]),
    ),
    st.builds(Promise, st.integers(1, 12), st.just(Unit.DAYS), st.just(Basis.PETITION)),
)


@settings(max_examples=150, deadline=None)
@given(promises, moments, spans, pause_lists)
def test_a_later_start_is_never_due_earlier(promise, since, later, pauses):
    assert due(promise, since, PLAIN, pauses) <= due(promise, since + later, PLAIN, pauses)


@settings(max_examples=150, deadline=None)
@given(promises, moments, pause_lists, pause_lists)
def test_more_pauses_are_never_due_earlier(promise, since, pauses, more):
    few, many = due(promise, since, PLAIN, pauses), due(promise, since, PLAIN, [*pauses, *more])
    assert since <= few <= many


@settings(max_examples=100, deadline=None)
@given(
    st.builds(Promise, st.integers(1, 100), st.just(Unit.HOURS), st.sampled_from([Basis.CLOCK, Basis.WORKING_HOURS])),
    moments,
    pause_lists,
)
def test_exactly_the_promised_time_has_run_when_it_falls_due(promise, since, pauses):
    due_at = due(promise, since, PLAIN, pauses)
    assert elapsed(promise, since, due_at, PLAIN, pauses) == timedelta(hours=promise.amount)


@settings(max_examples=100, deadline=None)
@given(promises, st.lists(moments, min_size=3, max_size=3).map(sorted), pause_lists)
def test_elapsed_time_is_additive(promise, three, pauses):
    first, second, third = three
    parts = elapsed(promise, first, second, PLAIN, pauses) + elapsed(promise, second, third, PLAIN, pauses)
    assert elapsed(promise, first, third, PLAIN, pauses) == parts

"""What a clock shows, and the ladder a missed deadline climbs."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.clocks import (
    Basis,
    Pause,
    Promise,
    State,
    Unit,
    WorkCalendar,
    next_rung_at,
    parse_ladder,
    rung_times,
    rungs_due,
    span_in_words,
    state,
)
from chatdong.kernel.clock import KST

PLAIN = WorkCalendar()
THREE_DAYS = Promise(72, Unit.HOURS, Basis.CLOCK)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def seoul_moments(first: str, last: str) -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(KST))


SINCE = at("2026-11-20T17:30")
DUE = at("2026-11-23T17:30")


@pytest.mark.parametrize(
    ("now", "expected", "late", "words"),
    [
        ("2026-11-20T17:30", State.RUNNING, timedelta(), "3일 남았어요"),
        ("2026-11-22T23:29", State.RUNNING, timedelta(), "18시간 1분 남았어요"),
        ("2026-11-22T23:30", State.SOON, timedelta(), "곧 기한이에요"),
        ("2026-11-23T17:30", State.SOON, timedelta(), "1분 미만 남았어요"),
        ("2026-11-23T17:31", State.OVERDUE, timedelta(minutes=1), "기한이 1분 지났어요"),
        ("2026-11-25T19:30", State.OVERDUE, timedelta(days=2, hours=2), "2일 2시간 지났어요"),
    ],
)
def test_a_promise_runs_out(now, expected, late, words):
    reading = state(THREE_DAYS, SINCE, at(now), PLAIN)
    assert (reading.state, reading.due_at, reading.late_by) == (expected, DUE, late)
    assert words in reading.sentence


def test_the_warning_follows_a_setting():
    assert state(THREE_DAYS, SINCE, at("2026-11-23T17:00"), PLAIN, soon=timedelta(minutes=20)).state is State.RUNNING
    assert state(THREE_DAYS, SINCE, at("2026-11-23T17:10"), PLAIN, soon=timedelta(minutes=20)).state is State.SOON


def test_a_kept_promise_stays_kept_and_a_late_one_keeps_its_lateness():
    for now in ("2026-11-23T17:00", "2027-11-23T17:00"):
        met = state(THREE_DAYS, SINCE, at(now), PLAIN, met_at=DUE)
        assert (met.state, met.late_by) == (State.MET, timedelta())
        missed = state(THREE_DAYS, SINCE, at(now), PLAIN, met_at=DUE + timedelta(hours=5))
        assert (missed.state, missed.late_by) == (State.MISSED, timedelta(hours=5))
        assert "5시간 늦게" in missed.sentence


def test_while_paused_the_due_time_moves_along():
    pauses = [Pause(at("2026-11-21T17:30"), None, "입원"), Pause(at("2026-11-21T18:00"), None, "가족 요청")]
    reading = state(THREE_DAYS, SINCE, at("2026-12-01T17:30"), PLAIN, pauses)
    assert reading.state is State.PAUSED
    assert reading.due_at == at("2026-12-03T17:30")
    assert "입원, 가족 요청" in reading.sentence


def test_a_pause_set_too_late_does_not_hide_that_it_is_overdue():
    reading = state(THREE_DAYS, SINCE, at("2026-11-25T17:30"), PLAIN, [Pause(at("2026-11-24T09:00"), None, "입원")])
    assert (reading.state, reading.late_by) == (State.OVERDUE, timedelta(days=2))


def test_a_pause_that_is_over_lets_it_run_again():
    pause = Pause(at("2026-11-21T17:30"), at("2026-11-22T17:30"), "입원")
    reading = state(THREE_DAYS, SINCE, at("2026-11-22T17:30"), PLAIN, [pause])
    assert (reading.state, reading.due_at) == (State.RUNNING, at("2026-11-24T17:30"))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=3, hours=4, minutes=5), "3일 4시간"),
        (timedelta(days=3), "3일"),
        (timedelta(hours=2, minutes=10), "2시간 10분"),
        (timedelta(hours=2), "2시간"),
        (timedelta(minutes=25), "25분"),
        (timedelta(seconds=59), "1분 미만"),
    ],
)
def test_spans_are_said_as_people_say_them(span, words):
    assert span_in_words(span) == words


LADDER = parse_ladder(
    [
        {"to": "worker", "title": "담당자", "after": {"hours": 0, "basis": "clock"}},
        {"to": "team_lead", "title": "팀장", "after": {"hours": 4, "basis": "working"}},
        {"to": "dong_head", "title": "복지동장", "after": {"days": 1, "basis": "working"}},
        {"to": "gu", "title": "구청", "after": {"hours": 72, "basis": "clock"}},
    ]
)


def names(rungs):
    return [rung.to for rung in rungs]


@pytest.mark.parametrize(
    ("now", "reached", "following"),
    [
        ("2026-11-23T17:30", [], "2026-11-23T17:30"),
        ("2026-11-23T17:31", ["worker"], "2026-11-24T13:30"),
        ("2026-11-24T13:30", ["worker", "team_lead"], "2026-11-24T18:00"),
        ("2026-11-24T18:00", ["worker", "team_lead", "dong_head"], "2026-11-26T17:30"),
        ("2026-11-26T17:30", ["worker", "team_lead", "dong_head", "gu"], None),
        ("2030-01-01T00:00", ["worker", "team_lead", "dong_head", "gu"], None),
    ],
)
def test_a_missed_deadline_climbs(now, reached, following):
    assert names(rungs_due(DUE, at(now), LADDER, PLAIN)) == reached
    assert next_rung_at(DUE, at(now), LADDER, PLAIN) == (at(following) if following else None)


def test_nobody_is_passed_over_on_a_long_weekend():
    # 72 clock hours end before the office has worked one day over 설날: the gu must not hear before the dong head
    times = rung_times(at("2027-02-05T17:30"), LADDER, PLAIN)
    assert [moment for _, moment in times] == sorted(moment for _, moment in times)
    assert times[-1][1] == at("2027-02-10T18:00")


def test_each_rung_says_why():
    assert LADDER[0].sentence == "기한이 지나 담당자에게 알려요."
    assert "근무시간 4시간" in LADDER[1].sentence


@pytest.mark.parametrize(
    "rows",
    [
        [{"to": "worker", "title": "담당자"}],
        [{"to": "", "title": "담당자", "after": {"hours": 0, "basis": "clock"}}],
        [{"to": "worker", "title": "담당자", "after": {"hours": 0, "basis": "clock"}}] * 2,
    ],
)
def test_a_broken_ladder_is_refused(rows):
    with pytest.raises(ValueError):
        parse_ladder(rows)


@settings(max_examples=60, deadline=None)
@given(
    seoul_moments("2026-01-01", "2027-06-01"),
    st.lists(st.integers(0, 20_000), min_size=2, max_size=2).map(sorted),
)
def test_climbing_never_goes_down_and_the_next_rung_is_always_ahead(due_at, minutes):
    sooner, later = (due_at + timedelta(minutes=one) for one in minutes)
    reached = rungs_due(due_at, sooner, LADDER, PLAIN)
    assert rungs_due(due_at, later, LADDER, PLAIN)[: len(reached)] == reached
    following = next_rung_at(due_at, later, LADDER, PLAIN)
    assert following is None or following > later or later == due_at

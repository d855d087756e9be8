"""The next visit by grade, and what to do when nobody answers."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.clocks import WorkCalendar
from chatdong.engines.risk import (
    Attempt,
    Grade,
    HourBand,
    Outcome,
    ReachRung,
    ReachSettings,
    Way,
    attempts_counted,
    differs,
    in_vain,
    next_attempt,
    next_visit_by,
    parse_rhythms,
    rung,
)
from chatdong.kernel.clock import KST

PLAIN = WorkCalendar()
RHYTHMS = parse_rhythms(
    {
        "high": {"times": 1, "per": "week"},
        "medium": {"times": 1, "per": "month"},
        "low": {"times": 1, "per": "quarter"},
        "suicide": {"times": 2, "per": "week"},
    }
)


@pytest.mark.parametrize(
    ("grade", "suicide", "last", "expected"),
    [
        (Grade.HIGH, False, date(2026, 11, 18), date(2026, 11, 25)),
        (Grade.MEDIUM, False, date(2026, 11, 18), date(2026, 12, 18)),
        (Grade.LOW, False, date(2026, 11, 18), date(2027, 2, 18)),
        (Grade.HIGH, True, date(2026, 11, 16), date(2026, 11, 19)),
        (Grade.NONE, True, date(2026, 11, 16), date(2026, 11, 19)),
        (Grade.NONE, False, date(2026, 11, 16), None),
        # Thursday and three days is a Sunday: on Friday, not on Monday
        (Grade.HIGH, True, date(2026, 11, 19), date(2026, 11, 20)),
        # Friday and three days is Monday
        (Grade.HIGH, True, date(2026, 11, 20), date(2026, 11, 23)),
        # over 설날 2027 nothing before is after the last contact: the first day worked
        (Grade.HIGH, True, date(2027, 2, 5), date(2027, 2, 10)),
        # a week later is the substitute holiday
        (Grade.HIGH, False, date(2027, 2, 2), date(2027, 2, 5)),
        # the 31st of a month without one
        (Grade.MEDIUM, False, date(2027, 1, 31), date(2027, 2, 26)),
        (Grade.LOW, False, date(2026, 11, 30), date(2027, 2, 26)),
    ],
)
def test_next_visit(grade, suicide, last, expected):
    assert next_visit_by(grade, suicide, last, RHYTHMS, PLAIN) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"high": {"times": 0, "per": "week"}},
        {"high": {"times": 8, "per": "week"}},
        {"high": {"times": 1, "per": "fortnight"}},
        {"high": {"times": 1}},
        {"high": {"times": "often", "per": "week"}},
        {"suicide": None},
    ],
)
def test_rhythms_that_would_drop_a_grade_are_refused(change):
    setting = {name: {"times": 1, "per": "week"} for name in RHYTHMS} | change
    with pytest.raises(ValueError):
        parse_rhythms({name: row for name, row in setting.items() if row is not None})


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([Grade.LOW, Grade.MEDIUM, Grade.HIGH]), st.booleans(), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_visit_is_on_a_later_working_day_and_never_later_for_a_higher_risk(grade, suicide, last):
    day = next_visit_by(grade, suicide, last, RHYTHMS, PLAIN)
    assert day > last
    assert PLAIN.is_working_day(day)
    assert next_visit_by(grade, True, last, RHYTHMS, PLAIN) <= day
    assert next_visit_by(Grade.HIGH, suicide, last, RHYTHMS, PLAIN) <= day


SETTINGS = ReachSettings(
    bands=(
        HourBand("morning", "오전", 9, 12),
        HourBand("afternoon", "오후", 12, 18),
        HourBand("evening", "저녁", 18, 21),
        HourBand("weekend", "주말", 9, 18, is_weekend=True),
    ),
    ways=(Way.VISIT, Way.PHONE, Way.NOTE),
    rungs=(
        ReachRung("worker", "담당자", 0),
        ReachRung("tong_head", "통장", 2),
        ReachRung("agency", "협력 기관", 4),
        ReachRung("police", "경찰", 6),
    ),
)


def tried(text, way=Way.VISIT, who="w1", outcome=Outcome.ABSENT):
    return Attempt(datetime.fromisoformat(text).replace(tzinfo=KST), way, who, outcome)


MONDAY_MORNING = tried("2026-11-16T10:00")


@pytest.mark.parametrize(
    ("attempt", "is_different"),
    [
        (tried("2026-11-17T11:00"), False),
        (tried("2026-11-17T12:00"), True),
        (tried("2026-11-17T11:00", way=Way.PHONE), True),
        (tried("2026-11-17T11:00", who="w2"), True),
        (tried("2026-11-21T10:00"), True),
    ],
)
def test_hour_way_or_person_must_differ_from_the_last(attempt, is_different):
    assert differs(attempt, [MONDAY_MORNING], SETTINGS) is is_different


def test_the_first_attempt_and_one_after_a_meeting_are_free():
    assert differs(MONDAY_MORNING, [], SETTINGS)
    met = tried("2026-11-18T10:00", outcome=Outcome.MET)
    assert differs(tried("2026-11-19T10:00"), [MONDAY_MORNING, met], SETTINGS)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.ABSENT, Outcome.UNREACHABLE}))
def test_any_answer_starts_the_count_again(outcome):
    attempts = [MONDAY_MORNING, tried("2026-11-17T13:00"), tried("2026-11-18T10:00", outcome=outcome)]
    assert in_vain(attempts) == ()
    assert rung(attempts, SETTINGS).code == "worker"
    later = tried("2026-11-19T10:00", outcome=Outcome.UNREACHABLE)
    assert in_vain([later, *attempts]) == (later,)


def test_it_climbs_with_each_new_kind_of_attempt():
    attempts, climbed = [], []
    for day, hour, way in [
        (16, 10, "visit"),
        (17, 13, "visit"),
        (18, 19, "phone"),
        (19, 10, "note"),
        (20, 14, "phone"),
        (21, 10, "visit"),
    ]:
        climbed.append(rung(attempts, SETTINGS).code)
        attempts.append(tried(f"2026-11-{day}T{hour}:00", way=Way(way)))
    climbed.append(rung(attempts, SETTINGS).code)
    assert climbed == ["worker", "worker", "tong_head", "tong_head", "agency", "agency", "police"]


def test_the_same_again_is_no_new_attempt():
    attempts = [tried(f"2026-11-{day}T10:00") for day in (16, 17, 18, 19, 20)]
    assert attempts_counted(attempts, SETTINGS) == 1
    assert rung(attempts, SETTINGS).code == "worker"


def test_the_next_attempt_is_in_another_part_of_the_day_and_then_by_another_person():
    first = next_attempt([], SETTINGS)
    assert (first.way, first.band.code, first.other_person) == (Way.VISIT, "morning", False)
    second = next_attempt([MONDAY_MORNING], SETTINGS)
    assert second.band.code == "afternoon"
    third = next_attempt([MONDAY_MORNING, tried("2026-11-17T13:00")], SETTINGS)
    assert third.band.code == "evening"
    assert (third.other_person, third.last_who, third.rung.code) == (True, "w1", "tong_head")
    assert "다른 사람이" in third.sentence
    assert "통장과 함께" in third.sentence
    by_two = [MONDAY_MORNING, tried("2026-11-17T13:00", who="w2")]
    assert not next_attempt(by_two, SETTINGS).other_person


def test_the_last_attempt_is_never_suggested_again_even_when_all_were_tried_as_often():
    narrow = ReachSettings(SETTINGS.bands[:1], (Way.VISIT, Way.PHONE), SETTINGS.rungs)
    attempts = [tried("2026-11-16T10:00", way=Way.PHONE), tried("2026-11-17T10:00")]
    assert next_attempt(attempts, narrow).way is Way.PHONE


@pytest.mark.parametrize(
    "wrong",
    [
        {"bands": ()},
        {"ways": ()},
        {"rungs": ()},
        {"rungs": (ReachRung("worker", "담당자", 1),)},
        {"rungs": (ReachRung("worker", "담당자", 0), ReachRung("gu", "구청", 0))},
        {"bands": SETTINGS.bands[:1], "ways": SETTINGS.ways[:1]},
    ],
)
def test_settings_that_leave_no_other_attempt_are_refused(wrong):
    parts = {"bands": SETTINGS.bands, "ways": SETTINGS.ways, "rungs": SETTINGS.rungs} | wrong
    with pytest.raises(ValueError):
        ReachSettings(**parts)


attempts_made = st.lists(
    st.builds(
        Attempt,
        st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-12-31"), timezones=st.just(KST)),
        st.sampled_from(SETTINGS.ways),
        st.sampled_from(["w1", "w2"]),
        st.sampled_from(Outcome),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(attempts_made)
def test_following_the_suggestion_always_differs_and_never_climbs_down(attempts):
    suggestion = next_attempt(attempts, SETTINGS)
    last = max((one.at for one in attempts), default=MONDAY_MORNING.at)
    day = last + timedelta(days=1)
    while not (suggestion.band.holds(day.replace(hour=suggestion.band.start))):
        day += timedelta(days=1)
    followed = Attempt(day.replace(hour=suggestion.band.start), suggestion.way, "w1", Outcome.ABSENT)
    assert differs(followed, attempts, SETTINGS)
    assert rung([*attempts, followed], SETTINGS).after >= rung(attempts, SETTINGS).after
    assert attempts_counted([*attempts, followed], SETTINGS) == attempts_counted(attempts, SETTINGS) + 1

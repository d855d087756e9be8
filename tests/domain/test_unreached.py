"""연락두절: the next attempt differs, the search climbs, and only a signature stops it."""

from datetime import timedelta

import pytest
from tests.domain.visit_steps import HIGH, MEDIUM, contact, grade, moment, search, watch
from tests.world import BY, account

from chatdong.ground.messages.models import Message
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import ask_watch_closure, stop_search
from chatdong.safetynet.visits.models import Unreached
from chatdong.safetynet.visits.states import NextStep, Rung, UnreachedState, Way

# nine attempts, each unlike the one before: (day, hour, way)
TRIES = [(16, 10, "visit"), (16, 14, "phone"), (16, 19, "visit"), (17, 10, "neighbor"), (17, 14, "visit"), (17, 19, "phone"),
         (18, 10, "agency"), (18, 14, "phone"), (18, 19, "visit")]  # fmt: skip


def fail(by, home, day, hour, way, **rest):
    return contact(by, home, moment(day, hour), way=way, outcome="absent", **rest)


def test_a_failed_attempt_opens_a_search_with_the_next_one_said(world, who, now):
    home = world.households["kim"]
    fail(who("planner"), home, 16, 10, "visit", left_notice=True)
    row = search(home)
    assert (row.state, row.rung, row.attempts) == (UnreachedState.OPEN, Rung.WORKER, 1)
    assert row.worker_id == account(world, "planner").pk
    assert (row.next_way, row.next_band) != ("visit", "morning")
    assert row.next_at > moment(16, 10) + timedelta(hours=12)


def test_the_next_attempt_must_differ_and_the_refusal_names_what(world, who):
    home = world.households["kim"]
    fail(who("planner"), home, 16, 10, "visit")
    with pytest.raises(Invalid) as refused:
        fail(who("planner"), home, 17, 11, "visit")
    assert set(refused.value.fields) == {"way", "at"}
    fail(who("planner"), home, 17, 11, "phone")
    fail(who("planner"), home, 17, 14, "phone")
    fail(who("nurse"), home, 17, 15, "phone")
    assert search(home).attempts == 4


def test_the_search_climbs_with_a_message_at_every_rung_and_its_own_way_first(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    rungs = []
    for day, hour, way in TRIES:
        fail(who("planner"), home, day, hour, way)
        rungs.append((search(home).rung, search(home).next_way))
    assert [rung for rung, _ in rungs] == [Rung.WORKER] * 2 + [Rung.WARDEN] * 3 + [Rung.AGENCY] * 3 + [Rung.POLICE]
    assert rungs[2][1] == Way.NEIGHBOR and rungs[5][1] == Way.AGENCY and rungs[8][1] == Way.POLICE
    assert watch(home).next_step == NextStep.ASK_POLICE
    told = Message.objects.filter(kind="climbed")
    assert told.filter(account=account(world, "planner")).count() == 3
    assert told.filter(account=account(world, "team_lead")).count() == 3
    assert told.filter(urgent=True, account=account(world, "dong_head")).count() == 1


def test_the_watch_follows_the_search_and_returns_to_its_rhythm_when_found(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    fail(who("planner"), home, 16, 10, "visit")
    assert watch(home).next_step == NextStep.TRY_AGAIN and watch(home).next_at == search(home).next_at
    contact(who("planner"), home, moment(17, 14), way="phone", outcome="phone")
    assert search(home).state == UnreachedState.FOUND and search(home).ended_at
    assert watch(home).next_step == NextStep.WATCH
    assert kst(watch(home).next_at).date().isoformat() == "2026-04-17"


def test_a_weekend_moves_the_next_attempt_to_monday(world, who):
    fail(who("planner"), world.households["kim"], 20, 10, "visit")
    assert kst(search(world.households["kim"]).next_at).date().isoformat() == "2026-03-23"


def test_an_attempt_written_late_counts_in_its_place(world, who):
    home = world.households["kim"]
    contact(who("planner"), home, moment(18, 10))
    fail(who("planner"), home, 17, 10, "visit", at=moment(18, 12))
    assert search(home) is None, "somebody was met after it"
    fail(who("planner"), home, 19, 10, "visit")
    assert search(home).attempts == 1


def test_a_search_without_a_watch_has_a_worker_too(world, who):
    fail(who("area_officer"), world.households["kim"], 16, 10, "visit", owner_id=account(world, "area_officer").pk)
    assert search(world.households["kim"]).worker_id == account(world, "area_officer").pk


def test_only_a_signed_reason_of_somebody_else_stops_it(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    fail(who("planner"), home, 16, 10, "visit")
    pk, at = search(home).pk, moment(17, 9)
    for by, error in (
        (who("planner"), Forbidden), (who("nurse"), Forbidden), (BY, Forbidden), (who("team_lead", "other_dong"), NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            stop_search(by=by, unreached_id=pk, reason="멈춤", at=at)
    with pytest.raises(Invalid):
        stop_search(by=who("team_lead"), unreached_id=pk, reason="  ", at=at)
    stop_search(by=who("team_lead"), unreached_id=pk, reason="가족 집에 머무는 것을 확인", at=at)
    row = search(home)
    assert (row.state, row.stopped_by_id) == (UnreachedState.STOPPED, account(world, "team_lead").pk)
    assert watch(home).next_step == NextStep.WATCH and kst(watch(home).next_at).date().isoformat() == "2026-03-24"
    with pytest.raises(Conflict):
        stop_search(by=who("dong_head"), unreached_id=pk, reason="다시", at=at)


def test_the_worker_cannot_sign_even_with_the_right(world, who):
    home = world.households["kim"]
    fail(who("team_lead"), home, 16, 10, "visit", owner_id=account(world, "team_lead").pk)
    assert search(home).worker_id == account(world, "team_lead").pk
    with pytest.raises(Forbidden, match="담당자"):
        stop_search(by=who("team_lead"), unreached_id=search(home).pk, reason="멈춤", at=moment(17, 9))
    stop_search(by=who("dong_head"), unreached_id=search(home).pk, reason="요양병원 확인", at=moment(17, 9))


def test_after_a_stop_the_count_begins_anew(world, who):
    home = world.households["kim"]
    for day, hour, way in TRIES[:4]:
        fail(who("planner"), home, day, hour, way)
    stop_search(by=who("team_lead"), unreached_id=search(home).pk, reason="확인함", at=moment(18, 9))
    fail(who("planner"), home, 18, 10, "visit")
    assert (search(home).attempts, search(home).rung) == (1, Rung.WORKER)
    assert Unreached.objects.filter(household=home).count() == 2


def test_a_watch_does_not_close_while_somebody_is_searched_for(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    fail(who("planner"), home, 16, 10, "visit")
    ask = {"by": who("planner"), "watch_id": watch(home).pk, "note": "확인", "at": moment(17, 9)}
    with pytest.raises(Conflict):
        ask_watch_closure(**ask, closure="improved")
    ask_watch_closure(**ask, closure="moved")
    assert watch(home) is None and search(home).state == UnreachedState.FOUND


def test_a_corrected_attempt_is_taken_out_of_the_count(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    wrong = fail(who("planner"), home, 16, 10, "visit")
    contact(who("planner"), home, moment(16, 10), outcome="met", corrects_id=wrong.pk, at=moment(16, 12))
    assert search(home).state == UnreachedState.FOUND
    with pytest.raises(Conflict):
        contact(who("planner"), home, moment(16, 10), outcome="absent", corrects_id=wrong.pk, at=moment(16, 13))


def test_the_list_and_the_suggestion(world, who, now):
    home = world.households["kim"]
    fail(who("planner"), home, 16, 10, "visit")
    row = queries.unreached_open(by=who("planner"), at=moment(16, 12)).rows[0]
    assert row.attempts == 1 and not row.overdue and row.masked.name == "김*숙"
    assert queries.unreached_open(by=who("planner"), at=moment(20, 9)).rows[0].overdue
    assert queries.unreached_open(by=who("nurse"), at=now).is_empty
    assert queries.unreached_open(by=who("planner", "other_dong"), at=now, mine=False).is_empty
    tip = queries.suggestion_for(home.pk, at=moment(16, 12))
    assert (tip.way, tip.band) == (search(home).next_way, search(home).next_band) and "다르게" in tip.sentence
    assert queries.suggestion_for(world.households["family"].pk, at=now) is None

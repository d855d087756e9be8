"""Watches: whoever is graded has a worker, a next step and a date, and high risk never ends by one person's word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.domain.visit_steps import HIGH, LOW, MEDIUM, SUICIDE, contact, grade, moment, watch
from tests.world import BY, account

from chatdong.ground.messages.models import Message
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import (
    ask_watch_closure,
    assign_watch,
    confirm_watch_closure,
    refuse_watch_closure,
    set_watch_next,
)
from chatdong.safetynet.visits.models import Assessment, Watch
from chatdong.safetynet.visits.states import ClosureReason, Grade, NextStep, OwnedState


@pytest.mark.parametrize(
    ("reasons", "level", "due"),
    [
        (HIGH, Grade.HIGH, "2026-03-23"),
        (MEDIUM, Grade.MEDIUM, "2026-04-16"),
        (LOW, Grade.LOW, "2026-06-16"),
        (SUICIDE, Grade.HIGH, "2026-03-19"),
    ],
)
def test_a_grade_opens_a_watch_with_worker_step_and_date_by_its_rhythm(world, who, now, reasons, level, due):
    grade(who("planner"), world.households["kim"], reasons, now)
    row = watch(world.households["kim"])
    assert row.grade == level and row.state == OwnedState.OPEN
    assert row.worker_id == account(world, "planner").pk
    assert row.dong_id == world.dongs["own"].pk
    assert row.next_step == NextStep.WATCH
    assert kst(row.next_at).isoformat() == f"{due}T18:00:00+09:00"


def test_no_risk_opens_nothing_and_an_unknown_reason_is_named(world, who, now):
    home = world.households["kim"]
    assert grade(who("planner"), home, [], now).grade == Grade.NONE
    assert watch(home) is None
    with pytest.raises(Invalid) as refused:
        grade(who("planner"), home, ["wrong_code"], now)
    assert "reasons" in refused.value.fields


def test_the_worker_of_the_lead_is_taken_and_somebody_from_elsewhere_is_not(world, who, now):
    lead = account(world, "team_lead").pk
    grade(who("planner"), world.households["kim"], LOW, now, worker_id=lead)
    assert watch(world.households["kim"]).worker_id == lead
    grade(who("planner"), world.households["family"], LOW, now, worker_id=account(world, "planner", "other_dong").pk)
    assert watch(world.households["family"]).worker_id == account(world, "planner").pk


def test_the_database_refuses_an_open_watch_without_a_next_step(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    row = watch(world.households["kim"])
    from chatdong.policy.action import action
    from chatdong.policy.check import ensure
    from chatdong.policy.permissions import Permission

    @action
    def drop(*, by, fields):
        ensure(by, Permission.DEMO_BUILD)
        Watch.objects.filter(pk=row.pk).update(**fields)

    for fields in ({"next_step": ""}, {"next_at": None}, {"state": "closed", "next_step": "", "next_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            drop(by=BY, fields=fields)


def test_a_rise_comes_at_once_and_never_moves_the_visit_later(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    set_watch_next(by=who("planner"), watch_id=watch(home).pk, next_step="visit", next_at=moment(18, 10), at=now)
    grade(who("nurse"), home, HIGH, now + timedelta(hours=1))
    row = watch(home)
    assert row.grade == Grade.HIGH and kst(row.next_at) == moment(18, 10)
    grade(who("nurse"), home, HIGH, now + timedelta(days=1))
    assert kst(watch(home).next_at) == moment(18, 10), "grading anew postpones nothing"


def test_a_milder_grade_counts_from_the_last_meeting(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    grade(who("planner"), home, LOW, now + timedelta(days=20))
    assert watch(home).grade == Grade.LOW
    assert kst(watch(home).next_at).date().isoformat() == "2026-06-16"


def test_medium_risk_closes_at_once_when_nothing_is_left(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    grade(who("planner"), home, [], now + timedelta(days=1))
    row = Watch.objects.get(household=home)
    assert (row.state, row.closure, row.next_step, row.next_at) == (OwnedState.CLOSED, ClosureReason.REGRADED, "", None)


@pytest.mark.parametrize("reasons", [MEDIUM, []])
def test_a_fall_from_high_waits_for_a_second_person(world, who, now, reasons):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    grade(who("planner"), home, reasons, now + timedelta(days=1))
    row = watch(home)
    assert (row.state, row.grade, row.needs_second) == (OwnedState.CLOSING, Grade.HIGH, True)
    assert row.next_step == NextStep.CONFIRM_CLOSURE and row.next_at is not None
    assert Message.objects.filter(account=account(world, "team_lead"), kind="closure").count() == 1
    with pytest.raises(Forbidden):
        confirm_watch_closure(by=who("planner"), watch_id=row.pk, at=now + timedelta(days=1))
    confirm_watch_closure(by=who("team_lead"), watch_id=row.pk, at=now + timedelta(days=2))
    row.refresh_from_db()
    if reasons:
        assert (row.state, row.grade, row.closure) == (OwnedState.OPEN, Grade.MEDIUM, "")
        assert kst(row.next_at).date().isoformat() == "2026-04-16"
    else:
        assert (row.state, row.closure) == (OwnedState.CLOSED, ClosureReason.REGRADED)
        assert row.closure_confirmed_by_id == account(world, "team_lead").pk


def test_the_end_of_a_suicide_sign_waits_too(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, [*HIGH, *SUICIDE], now)
    grade(who("planner"), home, HIGH, now + timedelta(days=1))
    assert watch(home).state == OwnedState.CLOSING and watch(home).suicide
    confirm_watch_closure(by=who("dong_head"), watch_id=watch(home).pk, at=now + timedelta(days=1))
    row = watch(home)
    assert (row.state, row.grade, row.suicide) == (OwnedState.OPEN, Grade.HIGH, False)


def test_who_asked_cannot_confirm_even_with_the_right(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    row = watch(home)
    ask_watch_closure(by=who("team_lead"), watch_id=row.pk, closure="improved", note="가족이 함께 살게 됨", at=now)
    with pytest.raises(Forbidden, match="올린 사람"):
        confirm_watch_closure(by=who("team_lead"), watch_id=row.pk, at=now)
    with pytest.raises(Forbidden):
        confirm_watch_closure(by=BY, watch_id=row.pk, at=now)
    with pytest.raises(NotFound):
        confirm_watch_closure(by=who("team_lead", "other_dong"), watch_id=row.pk, at=now)
    confirm_watch_closure(by=who("dong_head"), watch_id=row.pk, at=now)
    assert watch(home) is None


def test_a_refused_fall_keeps_grade_and_rhythm_and_the_newest_grading_says_so(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    grade(who("planner"), home, LOW, now + timedelta(days=1))
    refuse_watch_closure(by=who("team_lead"), watch_id=watch(home).pk, why="아직 끼니를 거름", at=now + timedelta(days=2))
    row = watch(home)
    assert (row.state, row.grade, row.closure) == (OwnedState.OPEN, Grade.HIGH, "")
    assert kst(row.next_at).date().isoformat() == "2026-03-23"
    assert Assessment.objects.filter(household=home).order_by("-at").first().grade == Grade.HIGH
    assert Message.objects.filter(account_id=row.worker_id, kind="closure").exists()


def test_a_new_high_grading_takes_the_question_back(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    grade(who("planner"), home, LOW, now)
    grade(who("nurse"), home, HIGH, now + timedelta(hours=1))
    assert watch(home).state == OwnedState.OPEN
    with pytest.raises(Conflict):
        confirm_watch_closure(by=who("team_lead"), watch_id=watch(home).pk, at=now + timedelta(hours=2))


def test_medium_risk_closes_with_one_person_and_only_with_a_reason_from_the_list(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    pk = watch(home).pk
    for closure in ("regraded", "joined", "nonsense"):
        with pytest.raises(Invalid):
            ask_watch_closure(by=who("planner"), watch_id=pk, closure=closure, note="", at=now)
    ask_watch_closure(by=who("planner"), watch_id=pk, closure="goal_reached", note="", at=now)
    assert watch(home) is None
    with pytest.raises(Conflict):
        ask_watch_closure(by=who("planner"), watch_id=pk, closure="goal_reached", note="", at=now)


def test_high_risk_needs_words_for_the_second_person(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    with pytest.raises(Invalid) as refused:
        ask_watch_closure(by=who("planner"), watch_id=watch(world.households["kim"]).pk, closure="improved", note=" ", at=now)
    assert "note" in refused.value.fields


def test_a_suicide_sign_tells_team_lead_and_nurse_once_without_naming_anything(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, SUICIDE, now)
    grade(who("planner"), home, SUICIDE, now + timedelta(hours=1))
    told = Message.objects.filter(kind="safety")
    assert {row.account_id for row in told} == {account(world, "team_lead").pk, account(world, "nurse").pk}
    assert told.count() == 2 and all(row.urgent and "자살" not in row.text for row in told)


def test_the_next_step_stays_within_the_rhythm_and_the_future(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    pk = watch(world.households["kim"]).pk
    step = {"by": who("planner"), "watch_id": pk, "at": now}
    for wrong in ({"next_step": "visit", "next_at": now}, {"next_step": "visit", "next_at": moment(24, 9)}):
        with pytest.raises(Invalid) as refused:
            set_watch_next(**step, **wrong)
        assert "next_at" in refused.value.fields
    with pytest.raises(Invalid):
        set_watch_next(**step, next_step="confirm_closure", next_at=moment(17, 9))
    set_watch_next(**step, next_step="call", next_at=moment(17, 9))
    assert watch(world.households["kim"]).next_step == "call"


def test_assigning_tells_the_new_worker_and_only_takes_people_of_the_dong(world, who, now):
    grade(who("planner"), world.households["kim"], MEDIUM, now)
    pk = watch(world.households["kim"]).pk
    with pytest.raises(Invalid):
        assign_watch(by=who("team_lead"), watch_id=pk, worker_id=account(world, "planner", "other_dong").pk, at=now)
    with pytest.raises(Forbidden):
        assign_watch(by=who("planner"), watch_id=pk, worker_id=account(world, "nurse").pk, at=now)
    assign_watch(by=who("team_lead"), watch_id=pk, worker_id=account(world, "nurse").pk, at=now)
    assert watch(world.households["kim"]).worker_id == account(world, "nurse").pk
    assert Message.objects.filter(account=account(world, "nurse"), kind="assigned").count() == 1


def test_out_of_reach_looks_like_nothing_there(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    for by in (who("planner", "other_dong"), who("planner", "other_gu"), who("gu_officer", "other_gu"), who("administrator")):
        with pytest.raises(NotFound):
            grade(by, home, LOW, now)
        with pytest.raises(NotFound):
            set_watch_next(by=by, watch_id=watch(home).pk, next_step="visit", next_at=moment(17, 9), at=now)
    with pytest.raises(Forbidden):
        grade(who("gu_officer"), home, LOW, now)


def test_the_list_shows_what_is_due_masked_and_writes_one_line_with_the_subjects(world, who, now):
    for name in ("kim", "family", "hidden"):
        grade(who("planner"), world.households[name], HIGH, now)
    later = moment(24, 9)
    before = Entry.objects.filter(kind="read").count()
    page = queries.watches_due(by=who("planner"), at=later)
    assert len(page.rows) == 3 and all(row.overdue and row.grade_text == "고위험" for row in page.rows)
    shown = repr(page.rows)
    assert "김*숙" in shown and "김영숙" not in shown and "독립문로" not in shown and "숨은집" not in shown
    hidden = next(row for row in page.rows if row.household_id == world.households["hidden"].pk)
    assert hidden.masked.tong == ""
    lines = Entry.objects.filter(kind="read")[before:]
    assert len(lines) == 1 and sorted(lines[0].subjects) == sorted(row.household_id for row in page.rows) and lines[0].count == 3
    assert queries.watches_due(by=who("planner"), at=now).is_empty
    assert queries.watches_due(by=who("nurse"), at=later).is_empty
    assert len(queries.watches_due(by=who("nurse"), at=later, mine=False).rows) == 3
    assert queries.watches_due(by=who("planner", "other_dong"), at=later, mine=False).is_empty


def test_pages_follow_one_another_without_loss(world, who, now):
    from chatdong.safetynet.visits.queries import rows as lists

    for name in ("kim", "family", "hidden"):
        grade(who("planner"), world.households[name], HIGH, now)
    seen, after = [], ""
    for _turn in range(3):
        rows = queries.watches.open_watches()
        page = lists.page_of(
            rows,
            ("next_at", "id"),
            after,
            lambda row: {"kind": "watch", "what": ""},
            event="t",
            by=who("planner"),
            at=now,
            size=1,
        )
        seen += [row.id for row in page.rows]
        after = page.after
    assert len(set(seen)) == 3 and after == ""


def test_a_longer_page_asks_no_more_queries(world, who, now):
    counts = []
    for name in ("kim", "family", "hidden"):
        grade(who("planner"), world.households[name], HIGH, now)
        with CaptureQueriesContext(connection) as asked:
            queries.watches_due(by=who("planner"), at=moment(24, 9))
        counts.append(len(asked))
    assert counts[1] == counts[2] <= counts[0]


def test_closures_that_wait_are_shown_to_the_second_person_only(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    grade(who("team_lead"), world.households["kim"], LOW, now)
    assert queries.watch_closures_waiting(by=who("team_lead"), at=now).is_empty
    assert queries.watch_closures_waiting(by=who("planner"), at=now).is_empty
    rows = queries.watch_closures_waiting(by=who("dong_head"), at=now).rows
    assert [row.detail for row in rows] == ["위험군에서 내려옴"]


def test_watch_of_shows_the_card(world, who, now):
    home = world.households["kim"]
    assert queries.watch_of(home.pk) is None
    grade(who("planner"), home, HIGH, now)
    contact(who("planner"), home, moment(17, 10))
    card = queries.watch_of(home.pk)
    assert card.grade_text == "고위험" and dict(card.reasons)["no_food"] == "끼니를 거름"
    assert set(card.kinds) == {"income", "housing"} and card.last_contact_at == moment(17, 10)
    assert queries.watches_of([home.pk])[home.pk] == card

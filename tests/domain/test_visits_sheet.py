"""Safety plans, the visit sheet and the timeline: who sees what, and that each look is written down."""

import pytest
from tests.domain.visit_steps import HIGH, SUICIDE, contact, grade, moment, residents, watch
from tests.world import BY, account

from chatdong.ground.messages.models import Message
from chatdong.kernel.errors import Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import assign_watch, note_activity, plan_visit, write_safety_plan
from chatdong.safetynet.visits.models import SafetyPlan

PLAN = {"warning_signs": "잠을 못 잔다", "people": "여동생", "professionals": "109"}


def test_a_plan_is_told_to_team_lead_and_nurse_and_kept_anew_each_time(world, who, now):
    home = world.households["kim"]
    write_safety_plan(by=who("planner"), household_id=home.pk, at=now, resident_id=residents(home)[0], **PLAN)
    told = Message.objects.filter(kind="safety", urgent=True)
    assert {row.account_id for row in told} == {account(world, "team_lead").pk, account(world, "nurse").pk}
    assert not any("잠" in row.text for row in told)
    write_safety_plan(by=who("nurse"), household_id=home.pk, at=moment(17, 9), **PLAN | {"people": "이웃"})
    assert SafetyPlan.objects.count() == 2
    assert queries.safety_plan_of(by=who("team_lead"), household_id=home.pk, at=moment(17, 10)).people == "이웃"


def test_the_text_is_for_those_who_may_and_every_look_is_logged(world, who, now):
    home = world.households["kim"]
    assert queries.safety_plan_of(by=who("planner"), household_id=home.pk, at=now) is None
    write_safety_plan(by=who("planner"), household_id=home.pk, at=now, **PLAN)
    for role in ("planner", "nurse", "team_lead", "dong_head"):
        assert queries.safety_plan_of(by=who(role), household_id=home.pk, at=now).warning_signs == "잠을 못 잔다"
    lines = Entry.objects.filter(event="safety_plan.read")
    assert lines.count() == 4 and {line.household for line in lines} == {home.pk}
    for by in (who("gu_officer"), who("area_officer"), who("auditor"), who("nurse", "other_dong")):
        with pytest.raises(NotFound):
            queries.safety_plan_of(by=by, household_id=home.pk, at=now)
    assert queries.has_safety_plan(home.pk)
    assert not any("잠" in str(line.details) + line.why for line in Entry.objects.all())


def test_a_plan_says_what_has_to_be_said(world, who, now):
    home = world.households["kim"]
    with pytest.raises(Invalid) as refused:
        write_safety_plan(by=who("planner"), household_id=home.pk, at=now, warning_signs=" ", people="", professionals="109",
                          resident_id=residents(world.households["family"])[0])  # fmt: skip
    assert set(refused.value.fields) == {"warning_signs", "people", "resident_id"}
    with pytest.raises(Forbidden):
        write_safety_plan(by=who("gu_officer"), household_id=home.pk, at=now, **PLAN)


def test_one_sheet_holds_the_whole_household(world, who, now):
    home = world.households["family"]
    grade(who("planner"), home, SUICIDE, now)
    plan_visit(by=who("planner"), household_id=home.pk, planned_on=world.today, at=now, companion_id=account(world, "nurse").pk)
    contact(who("planner"), home, moment(16, 10), outcome="absent", left_notice=True)
    sheet = queries.visit_sheet(by=who("nurse"), household_id=home.pk, at=moment(16, 12))
    assert [(one.name, one.age) for one in sheet.members] == [("박민수", 40), ("정영식", 42), ("박아기", 0)]
    assert sheet.watch.suicide and sheet.contacts[0].left_notice and sheet.suggestion.attempts == 1
    assert sheet.visits == (), "the visit was made, though nobody opened"
    assert (sheet.has_safety_plan, sheet.may_read_safety_plan) == (False, True)
    line = Entry.objects.get(event="visit_sheet.read")
    assert (line.household, line.account) == (home.pk, who("nurse").account_id)


def test_the_sheet_is_for_those_in_reach_and_for_whoever_answers(world, who, now):
    home = world.households["kim"]
    officer = account(world, "area_officer").pk
    for by in (who("planner", "other_dong"), who("area_officer"), who("auditor"), who("resident")):
        with pytest.raises(NotFound):
            queries.visit_sheet(by=by, household_id=home.pk, at=now)
    assert queries.visit_sheet(by=who("area_officer"), household_id=home.pk, at=now, owner_id=officer).members
    grade(who("planner"), home, HIGH, now)
    assign_watch(by=who("team_lead"), watch_id=watch(home).pk, worker_id=officer, at=now)
    sheet = queries.visit_sheet(by=who("area_officer"), household_id=home.pk, at=now)
    assert not sheet.may_read_safety_plan
    with pytest.raises(NotFound):
        queries.visit_sheet(by=BY, household_id=999_999, at=now)


def test_the_timeline_tells_everything_in_order_but_not_the_plan(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, SUICIDE, now)
    write_safety_plan(by=who("nurse"), household_id=home.pk, at=moment(16, 10), **PLAN)
    wrong = contact(who("planner"), home, moment(16, 11), outcome="absent")
    contact(who("planner"), home, moment(16, 11), outcome="met", seen="차를 함께 마심", corrects_id=wrong.pk, at=moment(16, 12))
    items = queries.timeline_of(by=who("team_lead"), household_id=home.pk, at=moment(18, 9))
    titles = [item.title for item in items]
    assert items == sorted(items) and "복지방문지도에 올림" in titles and "안전계획을 씀" in titles
    assert any("나중에 고쳐 쓴" in title for title in titles) and "연락두절: 연락됨" in titles
    assert "차를 함께 마심" in {item.why for item in items} and not any("잠을" in item.why for item in items)
    assert any(item.why == "자살을 말하거나 준비함" and item.who for item in items)
    with pytest.raises(NotFound):
        queries.timeline_of(by=who("planner", "other_dong"), household_id=home.pk, at=now)


def test_activities_are_of_today_or_lately_and_ones_own(world, who, now):
    with pytest.raises(Invalid):
        note_activity(by=who("planner"), kind="case_meeting", on=moment(17, 0).date(), at=now)
    with pytest.raises(Invalid):
        note_activity(by=who("planner"), kind="party", on=world.today, at=now)
    with pytest.raises(Forbidden):
        note_activity(by=who("gu_officer"), kind="case_meeting", on=world.today, at=now)
    with pytest.raises(Forbidden):
        note_activity(by=BY, kind="case_meeting", on=world.today, at=now)
    row = note_activity(by=who("area_officer"), kind="neighbor_finding", on=world.today, at=now)
    assert (row.account_id, row.dong_id) == (account(world, "area_officer").pk, world.dongs["own"].pk)

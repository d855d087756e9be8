"""A missed deadline is written once a rung and told to whoever stands on it."""

from datetime import timedelta

import pytest
from tests.domain.test_reports import KIM
from tests.world import BY, World

from chatdong.ground.accounts.actions import end_posting
from chatdong.ground.accounts.models import Posted
from chatdong.ground.messages.models import Message
from chatdong.kernel.errors import Forbidden
from chatdong.policy.models import Entry
from chatdong.safetynet.benefits.actions import apply_claim, decide_claim, note_claim, object_claim, tell_claim
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.discovery.actions import (
    Subject,
    accept_handover,
    ask_handover,
    climb,
    climb_batch,
    set_lead_next,
    submit_report,
)
from chatdong.safetynet.discovery.models import Breach, Lead, Report
from chatdong.safetynet.discovery.queries import climbed_to, proof
from chatdong.safetynet.discovery.states import About
from chatdong.safetynet.visits.actions import assess_household
from chatdong.safetynet.visits.models import Watch


@pytest.fixture
def report(world: World, who) -> Report:
    return submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=Subject(name="허막내"))


def rungs(row, about="report") -> list[str]:
    return list(Breach.objects.filter(about=about, about_id=row.pk).order_by("id").values_list("rung", flat=True))


def test_each_rung_once_in_its_time(world, who, report):
    assert climb(by=BY, at=report.due_at) == 0
    assert climb(by=BY, at=report.due_at + timedelta(minutes=1)) == 2
    assert rungs(report) == ["worker", "team_lead"]
    assert climb(by=BY, at=report.due_at + timedelta(hours=23)) == 0
    assert climb(by=BY, at=report.due_at + timedelta(hours=25)) == 1
    assert climb(by=BY, at=report.due_at + timedelta(hours=73)) == 1
    assert rungs(report) == ["worker", "team_lead", "dong_head", "gu"]
    assert climb(by=BY, at=report.due_at + timedelta(days=30)) == 0
    told = list(Breach.objects.order_by("id").values_list("told", flat=True))
    accounts = [world.accounts[role, "own"].pk for role in ("planner", "team_lead", "dong_head")]
    assert told[:3] == [[pk] for pk in accounts]
    assert told[3] == [world.accounts["gu_officer", "own"].pk, world.accounts["gu_officer", "other_dong"].pk]
    assert Message.objects.filter(key__startswith="breach:").count() == 5


def test_a_rung_that_nobody_stands_on_is_passed_at_once(world, who):
    third = submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now,
                          subject=Subject(name="허막내", dong_id=world.dongs["third_dong"].pk))  # fmt: skip
    climb(by=BY, at=third.due_at + timedelta(minutes=1))
    assert rungs(third) == ["worker", "team_lead", "dong_head", "gu"]
    assert [bool(row.told) for row in Breach.objects.order_by("id")] == [True, False, False, True]


def test_a_worker_who_left_is_passed_too(world, who, report):
    posted = Posted.objects.get(account=world.accounts["planner", "own"])
    end_posting(by=BY, posting_id=posted.pk, on=world.today, at=world.now)
    climb(by=BY, at=report.due_at + timedelta(minutes=1))
    assert Breach.objects.get(rung="worker").told == []
    assert Breach.objects.get(rung="team_lead").told == [world.accounts["team_lead", "own"].pk]


def test_what_is_done_does_not_climb_further(world, who, report):
    from chatdong.safetynet.discovery.actions import close_report

    climb(by=BY, at=report.due_at + timedelta(minutes=1))
    close_report(by=who("planner"), report_id=report.pk, closure="untraceable", at=report.due_at + timedelta(minutes=2))
    assert climb(by=BY, at=report.due_at + timedelta(days=5)) == 0
    assert climbed_to(by=who("team_lead"), at=report.due_at + timedelta(hours=1)) == []


def test_a_first_contact_that_is_late_climbs_whatever_the_next_step_says(world, who):
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=KIM, urgency="now")
    lead = Lead.objects.get()
    set_lead_next(by=who("planner"), lead_id=lead.pk, next_step="visit", next_at=world.now + timedelta(days=20), at=world.now)
    climb(by=BY, at=lead.first_due_at + timedelta(minutes=1))
    assert rungs(lead, "lead") == ["worker", "team_lead"]


def test_watches_climb_and_the_proof_sees_a_clock_that_stands_still(world, who):
    assess_household(by=who("planner"), household_id=world.households["kim"].pk, reasons=["domestic_violence"], at=world.now)
    watch = Watch.objects.get()
    late = watch.next_at + timedelta(hours=2)
    assert [orphan.kind for orphan in proof(at=late)] == ["watch.climb"]
    climb(by=BY, at=late)
    assert proof(at=late) == []
    assert rungs(watch, "watch") == ["worker", "team_lead"]


def claim_at(world, who, *steps) -> Claim:
    row = note_claim(
        by=who("planner"), household_id=world.households["kim"].pk, benefit="living_benefit", book=catalog().book, at=world.now
    )
    for step, more in steps:
        row = step(by=who("planner"), claim_id=row.pk, on=world.today, at=world.now, **more)
    return row


def test_a_claim_whose_day_passed_climbs_and_the_proof_sees_when_it_does_not(world, who):
    row = claim_at(world, who, (tell_claim, {}))
    assert climb(by=BY, at=row.due_at) == 0
    late = row.due_at + timedelta(hours=2)
    assert [(orphan.kind, orphan.path) for orphan in proof(at=late)] == [
        ("claim.climb", f"/staff/households/{row.household_id}/benefits/")
    ]
    assert climb(by=BY, at=late) == 2 and proof(at=late) == []
    assert climb(by=BY, at=late) == 0, "told once"
    climb(by=BY, at=row.due_at + timedelta(hours=25))
    assert rungs(row, "claim") == ["worker", "team_lead", "dong_head"]
    assert [(one.id, one.about_label) for one in climbed_to(by=who("dong_head"), at=late)] == [(row.pk, "혜택 신청")]
    apply_claim(by=who("planner"), claim_id=row.pk, on=world.today, at=late)
    assert climbed_to(by=who("dong_head"), at=late) == [] and climb(by=BY, at=late + timedelta(days=3)) == 0


def test_a_refusal_climbs_while_it_can_still_be_objected_to(world, who):
    row = claim_at(world, who, (apply_claim, {}), (decide_claim, {"is_granted": False, "reason": "재산이 기준을 넘음"}))
    climb(by=BY, at=row.due_at)
    assert rungs(row, "claim") == []
    climb(by=BY, at=row.due_at + timedelta(hours=73))
    assert rungs(row, "claim") == ["worker", "team_lead", "dong_head", "gu"]
    told = row.due_at + timedelta(hours=73)
    assert told.date() < row.objection_until, "everybody was told while the right could still be used"
    objected = object_claim(by=who("planner"), claim_id=row.pk, on=told.date(), at=told)
    assert objected.due_at > told and climbed_to(by=who("gu_officer"), at=told) == []


def test_a_late_claim_that_was_handed_over_climbs_in_its_new_dong(world, who):
    row = claim_at(world, who)
    there = world.dongs["other_dong"].pk
    asked = ask_handover(by=who("planner"), household_id=row.household_id, to_dong_id=there, reason="이사", at=world.now)
    accept_handover(by=who("team_lead", "other_dong"), handover_id=asked.pk, at=world.now)
    climb(by=BY, at=row.due_at + timedelta(minutes=1))
    assert [one.id for one in climbed_to(by=who("team_lead", "other_dong"), at=row.due_at + timedelta(hours=1))] == [row.pk]
    assert climbed_to(by=who("team_lead"), at=row.due_at + timedelta(hours=1)) == []


def test_everybody_sees_what_climbed_to_them(world, who, report):
    at = report.due_at + timedelta(minutes=1)
    climb(by=BY, at=at)
    assert [one.id for one in climbed_to(by=who("team_lead"), at=at)] == [report.pk]
    assert [one.rung for one in climbed_to(by=who("planner"), at=at)] == ["worker"]
    assert climbed_to(by=who("dong_head"), at=at) == []
    assert climbed_to(by=who("team_lead", "other_dong"), at=at) == []


def test_one_broken_thing_does_not_hold_up_the_others(world, who, report, monkeypatch):
    assess_household(by=who("planner"), household_id=world.households["kim"].pk, reasons=["domestic_violence"], at=world.now)
    at = Watch.objects.get().next_at + timedelta(days=1)
    from chatdong.safetynet.discovery.actions import climbing

    real = climbing._climb

    def breaks(late, steps, moment):
        if late.about is About.REPORT:
            raise RuntimeError("no power")
        return real(late, steps, moment)

    monkeypatch.setattr(climbing, "_climb", breaks)
    with pytest.raises(RuntimeError):
        climb(by=BY, at=at)
    assert Breach.objects.filter(about="watch").exists() and not Breach.objects.filter(about="report").exists()
    monkeypatch.undo()
    climb(by=BY, at=at)
    assert Breach.objects.filter(about="report").exists()


def test_only_the_clock_climbs(world, who, report):
    with pytest.raises(Forbidden):
        climb_batch(by=who("gu_officer"), about=About.REPORT, ids=[report.pk], at=report.due_at + timedelta(days=1))
    assert not Breach.objects.exists()


def test_the_log_of_a_quiet_minute_stays_empty(world, who, report):
    before = Entry.objects.count()
    climb(by=BY, at=world.now)
    assert Entry.objects.count() == before

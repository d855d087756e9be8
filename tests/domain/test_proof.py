"""The proof finds each way of dropping somebody: every rule is broken on purpose, and only that rule speaks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.domain.reference import dropped
from tests.domain.test_lists import ROWS, upload
from tests.domain.test_reports import KIM
from tests.world import BY, World

from chatdong.ground.accounts.models import Account, Posted
from chatdong.ground.households.models import Household
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions import Subject, ask_handover, finish_list, load_rows, start_list, submit_report
from chatdong.safetynet.discovery.models import DiscoveryList, Handover, Lead, ListRow, Report
from chatdong.safetynet.discovery.queries import board, proof
from chatdong.safetynet.visits.actions import assess_household, plan_visit
from chatdong.safetynet.visits.models import Visit, Watch


@action
def spoil(*, by: Actor, rows: Any, at: Any, **values: Any) -> int:
    """What no action would do."""
    ensure(by, Permission.PROOF_RUN)
    record("test.spoil", by=by, at=at)
    return rows.update(**values)


@pytest.fixture
def busy(world: World, who) -> World:
    """A district with one of everything open, and nothing wrong."""
    submit_report(by=who("resident"), key="kim", pathway="neighbor", at=world.now, subject=KIM)
    submit_report(by=who("resident"), key="asking", pathway="neighbor", at=world.now, subject=Subject(name="허막내"))
    kim = world.households["kim"].pk
    assess_household(by=who("planner"), household_id=kim, reasons=["domestic_violence"], at=world.now)
    plan_visit(by=who("planner"), household_id=kim, planned_on=world.today + timedelta(days=1), at=world.now)
    ask_handover(by=who("planner"), household_id=kim, to_dong_id=world.dongs["other_dong"].pk, reason="이사", at=world.now)
    row = upload(world, who, rows=ROWS[1:3])
    start_list(by=who("planner"), list_id=row.pk, at=world.now)
    load_rows(by=who("planner"), list_id=row.pk, numbers=[3, 4], at=world.now)
    finish_list(by=who("planner"), list_id=row.pk, at=world.now)
    assert proof(at=world.now) == []
    assert dropped(world.now, {"kim", "asking"}) == []
    return world


def kinds(world: World, **later: int) -> set[str]:
    found = proof(at=world.now + timedelta(**later))
    assert all(orphan.sentence and orphan.path.startswith("/staff/") for orphan in found)
    assert "김영숙" not in str(found)
    return {orphan.kind for orphan in found}


def test_somebody_who_no_longer_works_there(busy):
    spoil(by=BY, rows=Posted.objects.filter(account=busy.accounts["planner", "own"]), at=busy.now, valid_to=busy.today)
    # The lead, watch and visit were the planner's, and so were both reports that wait and the hand-over.
    assert kinds(busy) == {"lead.owner", "watch.owner", "visit.owner", "report.owner", "handover.owner"}
    assert any("has nobody" in line for line in dropped(busy.now))


def test_an_account_that_is_switched_off(busy):
    spoil(by=BY, rows=Account.objects.filter(pk=busy.accounts["planner", "own"].pk), at=busy.now, is_active=False)
    assert "lead.owner" in kinds(busy)


@pytest.mark.parametrize(("model", "kind"), [(Lead, "lead.dong"), (Watch, "watch.dong"), (Visit, "visit.dong")])
def test_a_thing_in_another_dong_than_its_household(busy, model, kind):
    near, worker = busy.dongs["other_dong"].pk, busy.accounts["planner", "other_dong"].pk
    rows = model.objects.filter(household=busy.households["kim"])
    spoil(by=BY, rows=rows, at=busy.now, dong_id=near, worker_id=worker)
    assert kind in kinds(busy) and kinds(busy) <= {kind, "report.joined"}


def test_a_hand_over_by_somebody_who_does_not_hold_the_household(busy):
    third = busy.dongs["third_dong"]
    worker = busy.accounts["planner", "third_dong"]
    spoil(by=BY, rows=Handover.objects.all(), at=busy.now, from_dong=third, from_worker=worker)
    assert kinds(busy) == {"handover.dong"}


def test_a_household_that_became_another_one_with_things_left(busy):
    kim, family = busy.households["kim"], busy.households["family"]
    spoil(by=BY, rows=Household.objects.filter(pk=kim.pk), at=busy.now, state="merged", merged_into=family)
    assert kinds(busy) == {"lead.merged", "watch.merged", "visit.merged", "handover.merged", "report.joined"}


@pytest.mark.parametrize(("model", "kind", "column"), [(Lead, "lead.time", "next_at"), (Watch, "watch.time", "next_at"),
                                                        (Report, "report.time", "due_at")])  # fmt: skip
def test_a_time_that_nobody_will_see(busy, model, kind, column):
    rows = model.objects.filter(state__in=["open", "asking"])
    spoil(by=BY, rows=rows, at=busy.now, **{column: busy.now + timedelta(days=401)})
    assert kind in kinds(busy)


def test_a_clock_that_stands_still(busy):
    report = Report.objects.get(key="asking")
    minutes = int((report.due_at - busy.now).total_seconds() // 60)
    assert kinds(busy, minutes=minutes + 59) == set()
    assert kinds(busy, minutes=minutes + 61) == {"report.climb"}
    assert {"lead.climb", "watch.climb", "handover.climb", "handover.return"} <= kinds(busy, days=30)


def test_a_report_joined_to_a_lead_of_another_household(busy):
    family = busy.households["family"].pk
    spoil(by=BY, rows=Report.objects.filter(key="kim"), at=busy.now, household_id=family)
    assert kinds(busy) == {"report.joined"}


def test_a_report_left_at_a_lead_that_was_joined_into_another(busy):
    lead = Lead.objects.get(household=busy.households["kim"])
    spoil(by=BY, rows=Lead.objects.filter(pk=lead.pk), at=busy.now, state="closed", closure="joined", closed_at=busy.now)
    assert kinds(busy) == {"report.joined"}


def test_a_risk_that_nobody_watches(busy):
    watch = Watch.objects.get()
    closed = {"state": "closed", "closure": "improved", "needs_second": False}
    spoil(by=BY, rows=Watch.objects.filter(pk=watch.pk), at=busy.now, closed_at=busy.now - timedelta(hours=1), **closed)
    assert kinds(busy) == {"risk.unwatched"}
    assert any("nobody watches" in line for line in dropped(busy.now))
    spoil(by=BY, rows=Watch.objects.filter(pk=watch.pk), at=busy.now, closed_at=busy.now + timedelta(hours=1))
    assert kinds(busy) == set()


def test_a_dong_without_anybody(busy):
    third = busy.dongs["third_dong"]
    spoil(by=BY, rows=Posted.objects.filter(dong=third), at=busy.now, valid_to=busy.today)
    assert kinds(busy) == {"dong.empty"}


def test_a_list_whose_rows_do_not_add_up(busy):
    spoil(by=BY, rows=ListRow.objects.filter(number=4), at=busy.now, state="waiting", report=None)
    assert kinds(busy) == {"list.waiting", "list.counts"}
    spoil(by=BY, rows=ListRow.objects.filter(number=4), at=busy.now, state="reported")
    assert kinds(busy) == {"list.unmade", "list.counts"}


def test_a_list_that_stopped_on_the_way(busy):
    spoil(by=BY, rows=ListRow.objects.filter(number=4), at=busy.now, state="waiting", report=None)
    row = DiscoveryList.objects.get()
    counts = {"reported": 1}
    spoil(by=BY, rows=DiscoveryList.objects.filter(pk=row.pk), at=busy.now, state="loading", done=1, counts=counts)
    assert kinds(busy) == set()
    assert "list.stuck" in kinds(busy, hours=25)


def test_each_gu_sees_its_own(busy):
    spoil(by=BY, rows=Posted.objects.filter(account=busy.accounts["planner", "own"]), at=busy.now, valid_to=busy.today)
    assert proof(at=busy.now, gu_id=busy.gus["마포구"].pk) == []
    assert proof(at=busy.now, gu_id=busy.gus["서대문구"].pk) == proof(at=busy.now)


def test_the_board_shows_what_has_no_owner_and_how_much_each_carries(busy, who):
    shown = board(by=who("team_lead"), at=busy.now, dong_id=busy.dongs["own"].pk)
    assert shown.unassigned == ()
    assert (shown.reports.count, shown.leads.count, shown.watches.count, shown.handovers_out.count) == (1, 2, 1, 1)
    planner = next(line for line in shown.workers if line.worker_id == busy.accounts["planner", "own"].pk)
    assert (planner.reports, planner.leads, planner.watches) == (1, 2, 1)
    spoil(by=BY, rows=Posted.objects.filter(account=busy.accounts["planner", "own"]), at=busy.now, valid_to=busy.today)
    assert board(by=who("team_lead"), at=busy.now, dong_id=busy.dongs["own"].pk).unassigned


def test_the_database_itself_refuses_the_worst(busy):
    lead = Lead.objects.get(household=busy.households["kim"])
    for values in ({"next_at": None}, {"next_step": ""}, {"state": "closed"},
                   {"state": "closed", "closure": "died", "closed_at": busy.now, "needs_second": True},
                   {"state": "closed", "closure": "died", "closed_at": busy.now, "needs_second": True,
                    "closure_asked_by": lead.worker, "closure_confirmed_by": lead.worker}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            spoil(by=BY, rows=Lead.objects.filter(pk=lead.pk), at=busy.now, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        spoil(by=BY, rows=Report.objects.filter(key="asking"), at=busy.now, state="joined")
    assert kinds(busy) == set()

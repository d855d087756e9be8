"""Leads: a next step with a time always, a typed closure at the end, and a second person where the risk is high."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.domain.test_reports import KIM
from tests.world import World

from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.safetynet.discovery.actions import (
    Next,
    ask_closure,
    assign_lead,
    confirm_closure,
    record_visit_of,
    refuse_closure,
    register_lead,
    set_lead_next,
    submit_report,
)
from chatdong.safetynet.discovery.models import Lead, LeadStatus
from chatdong.safetynet.discovery.queries import closures_waiting, lead_card, leads_due, proof, timeline_of
from chatdong.safetynet.visits.models import Assessment, Contact, Watch


@pytest.fixture
def lead(world: World, who) -> Lead:
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=KIM)
    return Lead.objects.get()


def sheet(world: World, by, *, at: datetime | None = None, key=None, **rest) -> Contact:
    at = at or world.now + timedelta(hours=2)
    rest.setdefault("way", "visit")
    rest.setdefault("outcome", "met")
    return record_visit_of(
        by=by, key=key or uuid4(), household_id=world.households["kim"].pk, at=at, done_at=at - timedelta(minutes=30), **rest
    )


def later(world: World, **span: int) -> datetime:
    return world.now + timedelta(**span)


def test_a_next_step_has_a_time_ahead(world, who, lead):
    by = who("planner")
    set_lead_next(by=by, lead_id=lead.pk, next_step="visit", next_at=later(world, days=1), at=world.now)
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_at, lead.version) == ("visit", later(world, days=1), 2)
    for step, moment, field in (("visit", later(world, minutes=-1), "next_at"), ("dance", later(world, days=1), "next_step"),
                                ("visit", later(world, days=500), "next_at")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            set_lead_next(by=by, lead_id=lead.pk, next_step=step, next_at=moment, at=world.now)
        assert refused.value.field == field
    assert LeadStatus.objects.filter(lead=lead).count() == 2


def test_moving_the_next_step_does_not_hide_a_first_contact_that_is_due(world, who, lead):
    set_lead_next(by=who("planner"), lead_id=lead.pk, next_step="visit", next_at=later(world, days=30), at=world.now)
    due = lead.first_due_at
    page = leads_due(by=who("planner"), at=due + timedelta(minutes=1))
    assert [row.id for row in page.rows] == [lead.pk]
    assert page.rows[0].due_at == due and page.rows[0].overdue


@pytest.mark.parametrize(("role", "where", "error"), [("planner", "other_dong", NotFound), ("auditor", "own", NotFound),
                                                       ("nurse", "own", Forbidden)])  # fmt: skip
def test_who_may_not_set_the_next_step(world, who, lead, role, where, error):
    with pytest.raises(error):
        set_lead_next(by=who(role, where), lead_id=lead.pk, next_step="visit", next_at=later(world, days=1), at=world.now)


def test_a_low_risk_lead_is_closed_by_its_worker(world, who, lead):
    closed = ask_closure(by=who("planner"), lead_id=lead.pk, closure="linked", at=world.now, note="")
    assert (closed.state, closed.closure, closed.needs_second) == ("closed", "linked", False)
    assert closed.next_at is None
    with pytest.raises(Conflict):
        ask_closure(by=who("planner"), lead_id=lead.pk, closure="linked", at=world.now)
    assert proof(at=world.now) == []


@pytest.mark.parametrize(
    ("closure", "note", "field"),
    [("", "", "closure"), ("joined", "", "closure"), ("watched", "", "closure"), ("refused", " ", "note")],
)
def test_a_closure_needs_its_reason(world, who, lead, closure, note, field):
    with pytest.raises(Invalid) as refused:
        ask_closure(by=who("planner"), lead_id=lead.pk, closure=closure, note=note, at=world.now)
    assert refused.value.field == field
    assert Lead.objects.get().state == "open"


def make_high(world: World, who) -> None:
    sheet(world, who("planner"), reasons=["suicide_plan"], next=Next(step="visit", at=later(world, days=1)))


def test_high_risk_needs_a_second_person_who_is_not_the_asker(world, who, lead):
    make_high(world, who)
    by = who("team_lead")
    asked = ask_closure(by=by, lead_id=lead.pk, closure="improved", at=later(world, days=1))
    assert (asked.state, asked.needs_second, asked.next_step) == ("closing", True, "confirm_closure")
    assert asked.worker_id == lead.worker_id
    assert asked.next_at > later(world, days=1)
    assert closures_waiting(by=by, at=world.now).is_empty
    assert [row.id for row in closures_waiting(by=who("dong_head"), at=world.now).rows] == [lead.pk]
    with pytest.raises(Forbidden):
        confirm_closure(by=by, lead_id=lead.pk, at=later(world, days=1))
    with pytest.raises(Forbidden):
        confirm_closure(by=who("planner"), lead_id=lead.pk, at=later(world, days=1))
    with pytest.raises(NotFound):
        confirm_closure(by=who("team_lead", "other_dong"), lead_id=lead.pk, at=later(world, days=1))
    closed = confirm_closure(by=who("dong_head"), lead_id=lead.pk, at=later(world, days=1))
    assert (closed.state, closed.closure_confirmed_by_id) == ("closed", who("dong_head").account_id)
    assert proof(at=later(world, days=1)) == []


def test_a_report_of_at_once_needs_a_second_person_too(world, who):
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=KIM, text="피를 흘리고 쓰러져 있어요")
    lead = Lead.objects.get()
    assert lead.urgency == "now"
    assert ask_closure(by=who("planner"), lead_id=lead.pk, closure="no_need", note="전화함", at=world.now).state == "closing"


def test_a_refused_closure_is_open_again(world, who, lead):
    make_high(world, who)
    ask_closure(by=who("planner"), lead_id=lead.pk, closure="improved", at=later(world, hours=3))
    with pytest.raises(Invalid):
        refuse_closure(by=who("team_lead"), lead_id=lead.pk, why=" ", at=later(world, hours=4))
    again = refuse_closure(by=who("team_lead"), lead_id=lead.pk, why="한 번 더 만나 주세요", at=later(world, hours=4))
    assert (again.state, again.closure, again.needs_second, again.closure_asked_by_id) == ("open", "", False, None)
    assert again.next_step == "visit" and again.next_at > later(world, hours=4)
    with pytest.raises(Conflict):
        refuse_closure(by=who("team_lead"), lead_id=lead.pk, why="또", at=later(world, hours=4))


def test_a_new_report_takes_a_closure_back(world, who, lead):
    make_high(world, who)
    ask_closure(by=who("planner"), lead_id=lead.pk, closure="improved", at=later(world, hours=3))
    submit_report(by=who("resident"), key="k2", pathway="police", at=later(world, hours=4), subject=KIM)
    lead.refresh_from_db()
    assert (lead.state, lead.closure) == ("open", "")
    with pytest.raises(Conflict):
        confirm_closure(by=who("team_lead"), lead_id=lead.pk, at=later(world, hours=5))


def test_the_visit_sheet_does_all_of_it_at_once(world, who, lead):
    reasons = ["lives_alone", "no_income", "no_food"]
    contact = sheet(world, who("planner"), reasons=reasons, next=Next(step="watch"), seen="쌀이 없음")
    lead.refresh_from_db()
    watch = Watch.objects.get()
    assert lead.first_contact_at == contact.at
    assert (lead.state, lead.closure) == ("closed", "watched") if watch.grade != 1 else ("closing", "watched")
    assert watch.worker_id == lead.worker_id
    assert proof(at=world.now + timedelta(hours=3)) == []


def test_the_same_sheet_twice_is_one(world, who, lead):
    key, then = uuid4(), Next(step="visit", at=later(world, days=2))
    first = sheet(world, who("planner"), key=key, reasons=["lives_alone"], next=then)
    again = sheet(world, who("planner"), key=key, reasons=["lives_alone"], next=then)
    assert again.pk == first.pk
    assert (Contact.objects.count(), Assessment.objects.count(), Watch.objects.count()) == (1, 1, 1)
    lead.refresh_from_db()
    assert (lead.next_step, lead.next_at) == ("visit", later(world, days=2))


def test_a_meeting_must_say_what_comes_next_and_nothing_is_kept_otherwise(world, who, lead):
    with pytest.raises(Invalid) as refused:
        sheet(world, who("planner"), reasons=["lives_alone"])
    assert refused.value.field == "next_step"
    assert not Contact.objects.exists() and not Assessment.objects.exists()
    with pytest.raises(Invalid) as refused:
        sheet(world, who("planner"), next=Next(step="visit"))
    assert refused.value.field == "next_at"


def test_nobody_home_tries_again_by_itself_and_the_first_contact_stays_due(world, who, lead):
    sheet(world, who("planner"), outcome="absent")
    lead.refresh_from_db()
    assert lead.first_contact_at is None
    assert (lead.state, lead.next_step) == ("open", "try_again")
    assert lead.next_at > later(world, hours=2)


def test_a_household_that_died_out_is_closed_as_such(world, who, lead):
    sheet(world, who("planner"), outcome="died")
    lead.refresh_from_db()
    assert (lead.state, lead.closure) == ("closed", "died")
    assert proof(at=later(world, hours=3)) == []


def test_a_high_risk_household_that_died_out_waits_for_a_second_person(world, who, lead):
    make_high(world, who)
    sheet(world, who("planner"), at=later(world, hours=5), outcome="died")
    lead.refresh_from_db()
    assert (lead.state, lead.closure) == ("closing", "died")
    assert Watch.objects.get().state == "closing"
    assert proof(at=later(world, hours=6)) == []


def test_a_visit_while_the_closure_waits_says_what_holds_now(world, who, lead):
    make_high(world, who)
    ask_closure(by=who("planner"), lead_id=lead.pk, closure="improved", at=later(world, hours=3))
    sheet(world, who("planner"), at=later(world, hours=5), next=Next(step="call", at=later(world, days=2)))
    lead.refresh_from_db()
    assert (lead.state, lead.next_step, lead.closure) == ("open", "call", "")


def test_only_somebody_of_the_dong_can_be_given_a_lead(world, who, lead):
    nurse = world.accounts["nurse", "own"]
    assign_lead(by=who("team_lead"), lead_id=lead.pk, worker_id=nurse.pk, at=world.now)
    lead.refresh_from_db()
    assert lead.worker_id == nurse.pk
    assert set(lead.reports.values_list("worker_id", flat=True)) == {nurse.pk}
    with pytest.raises(Invalid):
        assign_lead(by=who("team_lead"), lead_id=lead.pk, worker_id=world.accounts["nurse", "other_dong"].pk, at=world.now)
    with pytest.raises(Forbidden):
        assign_lead(by=who("planner"), lead_id=lead.pk, worker_id=nurse.pk, at=world.now)
    assert set_lead_next(by=who("nurse"), lead_id=lead.pk, next_step="call", next_at=later(world, days=1), at=world.now).version
    assert proof(at=world.now) == []


def test_registering_it_elsewhere_needs_a_number_and_a_day(world, who, lead):
    by = who("planner")
    with pytest.raises(Invalid):
        register_lead(by=by, lead_id=lead.pk, system="행복e음", number=" ", on=world.today, at=world.now)
    with pytest.raises(Invalid):
        register_lead(by=by, lead_id=lead.pk, system="행복e음", number="A-1", on=world.today + timedelta(days=1), at=world.now)
    register_lead(by=by, lead_id=lead.pk, system="행복e음", number="A-1", on=world.today, at=world.now)
    card = lead_card(by=by, at=world.now, lead_id=lead.pk)
    assert (card.registered_in, card.registered_no) == ("행복e음", "A-1")


def test_cards_and_timeline(world, who, lead):
    kim = world.households["kim"]
    card = lead_card(by=who("planner"), at=world.now, household_id=kim.pk)
    assert (card.id, card.worker_id, len(card.report_ids)) == (lead.pk, lead.worker_id, 1)
    assert lead_card(by=who("planner"), at=world.now, household_id=world.households["family"].pk) is None
    with pytest.raises(NotFound):
        lead_card(by=who("planner", "other_dong"), at=world.now, lead_id=lead.pk)
    kinds = [item.kind for item in timeline_of(by=who("planner"), household_id=kim.pk, at=world.now)]
    assert kinds == ["report", "lead"]


def test_lists_of_leads_are_narrowed_by_reach(world, who, lead):
    assert [row.id for row in leads_due(by=who("planner"), at=lead.first_due_at).rows] == [lead.pk]
    assert leads_due(by=who("nurse"), at=lead.first_due_at).is_empty
    assert [row.id for row in leads_due(by=who("nurse"), at=lead.first_due_at, mine=False).rows] == [lead.pk]
    assert leads_due(by=who("planner", "other_dong"), at=lead.first_due_at, mine=False).is_empty
    row = leads_due(by=who("planner"), at=lead.first_due_at).rows[0]
    assert "김영숙" not in row.masked.name and "독립문로" not in row.masked.address


def test_a_nurse_who_finds_somebody_dead_is_not_held_up(world, who, lead):
    sheet(world, who("nurse"), outcome="died")
    lead.refresh_from_db()
    assert (lead.state, lead.closure, lead.closure_asked_by_id) == ("closed", "died", who("nurse").account_id)


def test_a_nurse_cannot_close_what_a_planner_answers_for(world, who, lead):
    with pytest.raises(Forbidden):
        sheet(world, who("nurse"), next=Next(closure="improved"))
    assert not Contact.objects.exists()


def test_never_having_reached_anybody_needs_a_second_person(world, who, lead):
    asked = ask_closure(by=who("planner"), lead_id=lead.pk, closure="unreached", note="세 번 찾아감", at=world.now)
    assert (asked.state, asked.needs_second) == ("closing", True)

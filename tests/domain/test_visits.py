"""Planning visits and writing down contacts: once a form, at the right place, with everything that follows."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from tests.domain.visit_steps import HIGH, LOW, SUICIDE, contact, grade, moment, residents, watch
from tests.world import BY, account, actor, build_world

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.check import ensure
from chatdong.policy.models import Entry
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import (
    assign_watch,
    cancel_visit,
    contacts,
    plan_visit,
    record_contact,
    reschedule_visit,
)
from chatdong.safetynet.visits.models import Contact, Visit
from chatdong.safetynet.visits.states import VisitState


def form(home, **rest):
    return {"key": uuid4(), "household_id": home.pk, "at": moment(17, 11), "done_at": moment(17, 10), "way": "visit",
            "outcome": "met", "seen": "잘 지냄", **rest}  # fmt: skip


def test_the_same_form_sent_again_is_one_contact(world, who):
    sent = form(world.households["kim"], needs=("health",), met=tuple(residents(world.households["kim"])))
    first = record_contact(by=who("planner"), **sent)
    again = record_contact(by=who("planner"), **sent | {"at": moment(17, 15)})
    assert first.pk == again.pk and Contact.objects.count() == 1
    assert Entry.objects.filter(event="contact.again").count() == 1
    with pytest.raises(Conflict):
        record_contact(by=who("planner"), **sent | {"seen": "다른 말"})
    with pytest.raises(Conflict):
        record_contact(by=who("planner"), **sent | {"household_id": world.households["family"].pk, "met": ()})
    with pytest.raises(NotFound):
        record_contact(by=who("planner", "other_dong"), **sent)


def test_a_twin_that_was_first_is_returned(world, who, monkeypatch):
    sent = form(world.households["kim"])
    first = record_contact(by=who("planner"), **sent)
    seen, look = [], contacts._stored
    monkeypatch.setattr(contacts, "_stored", lambda key: look(key) if seen else seen.append(key))
    assert record_contact(by=who("planner"), **sent).pk == first.pk
    seen.clear()
    with pytest.raises(Conflict):
        record_contact(by=who("planner"), **sent | {"seen": "다른 말"})
    assert Contact.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_connections_at_once_store_one_contact():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: two connections that write at once")
    world = build_world()
    sent = form(world.households["kim"], outcome="absent")
    gate, got = Barrier(4), []

    def send() -> None:
        gate.wait()
        try:
            got.append(record_contact(by=actor(world, "planner"), **sent).pk)
        except Exception as error:  # the assertion below names it
            got.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [got[0]] * 4 and Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"done_at": moment(17, 12)}, "done_at"),
        ({"done_at": moment(16, 10, month=1)}, "done_at"),
        ({"way": "telepathy"}, "way"),
        ({"outcome": "nonsense"}, "outcome"),
        ({"way": "phone"}, "outcome"),
        ({"outcome": "phone"}, "outcome"),
        ({"met": (999_999,)}, "met"),
        ({"needs": ("x" * 41,)}, "needs"),
        ({"seen": "가" * 5001}, "seen"),
        ({"corrects_id": 999_999}, "corrects_id"),
        ({"visit_id": 999_999}, "visit_id"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, who, wrong, field):
    with pytest.raises(Invalid) as refused:
        record_contact(by=who("planner"), **form(world.households["kim"]) | wrong)
    assert field in refused.value.fields and Contact.objects.count() == 0


def test_sixty_days_back_is_still_taken(world, who):
    contact(who("planner"), world.households["kim"], moment(17, 10) - timedelta(days=59), at=moment(17, 11))
    assert Contact.objects.count() == 1


def test_the_companion_is_somebody_else_of_the_dong(world, who):
    home = world.households["kim"]
    for companion in (account(world, "planner").pk, account(world, "nurse", "other_dong").pk):
        with pytest.raises(Invalid) as refused:
            contact(who("planner"), home, moment(17, 10), companion_id=companion)
        assert "companion_id" in refused.value.fields
    assert contact(who("planner"), home, moment(17, 10), companion_id=account(world, "nurse").pk).companion_id


def test_only_people_within_reach_write_contacts(world, who):
    home = world.households["kim"]
    for by, error in (
        (who("planner", "other_dong"), NotFound), (who("gu_officer"), Forbidden), (who("auditor"), NotFound),
        (who("administrator"), NotFound), (who("resident"), NotFound), (BY, Forbidden), (who("area_officer"), NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            contact(by, home, moment(17, 10))
    grade(who("planner"), home, LOW, world.now)
    assign_watch(by=who("team_lead"), watch_id=watch(home).pk, worker_id=account(world, "area_officer").pk, at=world.now)
    contact(who("area_officer"), home, moment(17, 10))


def test_a_meeting_moves_the_watch_by_its_rhythm(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    contact(who("planner"), home, moment(18, 10))
    row = watch(home)
    assert row.last_contact_at == moment(18, 10) and kst(row.next_at) == moment(25, 18)
    contact(who("nurse"), home, moment(17, 10), at=moment(18, 11))
    assert watch(home).last_contact_at == moment(18, 10) and kst(watch(home).next_at) == moment(25, 18), (
        "an older one moves nothing"
    )


def test_a_holiday_brings_the_next_visit_forward(world, who):
    home = world.households["kim"]
    # a week after 2026-04-28 is Children's Day, 5 May
    grade(who("planner"), home, HIGH, moment(28, 9, month=4))
    contact(who("planner"), home, moment(28, 10, month=4))
    assert kst(watch(home).next_at).date().isoformat() == "2026-05-04"


def test_suicide_risk_is_seen_twice_a_week(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, SUICIDE, now)
    contact(who("nurse"), home, moment(16, 10))
    assert kst(watch(home).next_at) == moment(19, 18)


def test_a_correction_takes_the_place_and_only_its_author_or_a_lead_writes_it(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    wrong = contact(who("planner"), home, moment(18, 10))
    with pytest.raises(Forbidden):
        contact(who("nurse"), home, moment(18, 10), outcome="absent", corrects_id=wrong.pk, at=moment(18, 12))
    contact(who("planner"), home, moment(18, 10), outcome="absent", corrects_id=wrong.pk, at=moment(18, 12))
    assert watch(home).last_contact_at is None and watch(home).next_step == "try_again"
    assert [row.outcome for row in queries.contacts_of(home.pk)] == ["absent"]
    wrong.refresh_from_db()
    assert wrong.outcome == "met", "what was written stays written"


def test_planning_takes_people_of_the_dong_and_days_to_come(world, who, now):
    home = world.households["kim"]
    visit = plan_visit(by=who("planner"), household_id=home.pk, planned_on=world.today, at=now)
    assert (visit.worker_id, visit.dong_id, visit.state) == (account(world, "planner").pk, home.dong_id, VisitState.PLANNED)
    plan = {"by": who("planner"), "household_id": home.pk, "at": now}
    for wrong, field in (
        ({"planned_on": world.today - timedelta(days=1)}, "planned_on"),
        ({"planned_on": world.today + timedelta(days=400)}, "planned_on"),
        ({"planned_on": world.today, "slot": "night"}, "slot"), ({"planned_on": world.today, "kind": "party"}, "kind"),
        ({"planned_on": world.today, "worker_id": account(world, "nurse", "other_dong").pk}, "worker_id"),
        ({"planned_on": world.today, "companion_id": account(world, "planner").pk}, "companion_id"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            plan_visit(**plan, **wrong)
        assert field in refused.value.fields
    with pytest.raises(Conflict):
        plan_visit(**plan, planned_on=world.today)
    with pytest.raises(NotFound):
        plan_visit(**plan | {"by": who("planner", "other_dong")}, planned_on=world.today)
    with pytest.raises(Forbidden):
        plan_visit(**plan | {"by": who("gu_officer")}, planned_on=world.today)


@action
def mark_two_workers(*, by, household) -> None:
    ensure(by, Permission.DEMO_BUILD)
    household.two_workers = True
    household.save()
    record("test", by=by, at=moment(16, 9))


def test_a_household_marked_for_two_is_never_planned_for_one(world, who, now):
    home = world.households["kim"]
    mark_two_workers(by=BY, household=home)
    plan = {"by": who("planner"), "household_id": home.pk, "planned_on": world.today, "at": now}
    with pytest.raises(Invalid) as refused:
        plan_visit(**plan)
    assert "companion_id" in refused.value.fields
    visit = plan_visit(**plan, companion_id=account(world, "nurse").pk)
    with pytest.raises(Invalid):
        reschedule_visit(by=who("planner"), visit_id=visit.pk, planned_on=world.today, at=now, worker_id=visit.companion_id)


def test_a_visit_is_moved_called_off_and_done_once(world, who, now):
    home = world.households["kim"]
    visit = plan_visit(by=who("planner"), household_id=home.pk, planned_on=world.today, at=now)
    reschedule_visit(by=who("planner"), visit_id=visit.pk, planned_on=moment(17, 0).date(), slot="evening", at=now)
    visit.refresh_from_db()
    assert (visit.planned_on, visit.slot) == (moment(17, 0).date(), "evening")
    contact(who("planner"), home, moment(17, 18), visit_id=visit.pk)
    visit.refresh_from_db()
    assert visit.state == VisitState.DONE
    for again in (cancel_visit, lambda **rest: reschedule_visit(planned_on=moment(18, 0).date(), **rest)):
        with pytest.raises(Conflict):
            again(by=who("planner"), visit_id=visit.pk, at=moment(17, 19))
    with pytest.raises(Conflict):
        contact(who("nurse"), home, moment(17, 19), visit_id=visit.pk)


def test_going_there_finishes_what_was_planned_until_then_and_no_more(world, who, now):
    home = world.households["kim"]
    days = [plan_visit(by=who("planner"), household_id=home.pk, planned_on=moment(day, 0).date(), at=now) for day in (16, 17, 20)]
    other = plan_visit(by=who("nurse"), household_id=home.pk, planned_on=moment(17, 0).date(), at=now)
    contact(who("planner"), home, moment(17, 9), way="phone", outcome="phone")
    assert Visit.objects.filter(state=VisitState.PLANNED).count() == 4, "a call is no visit"
    contact(who("planner"), home, moment(17, 10))
    states = {row.pk: row.state for row in Visit.objects.all()}
    assert [states[row.pk] for row in days] == ["done", "done", "planned"] and states[other.pk] == "planned"


def test_the_list_of_planned_visits_keeps_the_missed_ones(world, who, now):
    for day, name in ((16, "kim"), (18, "family"), (25, "hidden")):
        plan_visit(by=who("planner"), household_id=world.households[name].pk, planned_on=moment(day, 0).date(), at=now,
                   companion_id=account(world, "nurse").pk)  # fmt: skip
    page = queries.visits_planned(by=who("planner"), at=moment(18, 9))
    assert [(row.due_on.day, row.overdue) for row in page.rows] == [(16, True), (18, False)]
    assert len(queries.visits_planned(by=who("nurse"), at=moment(18, 9), days=8).rows) == 3, "a companion's visits are hers too"
    assert queries.visits_planned(by=who("planner", "other_dong"), at=moment(18, 9), days=30, mine=False).is_empty
    assert "오전" in page.rows[0].detail


def test_canceling_leaves_what_is_due(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    due = watch(home).next_at
    visit = plan_visit(by=who("planner"), household_id=home.pk, planned_on=moment(17, 0).date(), at=now)
    cancel_visit(by=who("planner"), visit_id=visit.pk, at=now)
    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELED and watch(home).next_at == due

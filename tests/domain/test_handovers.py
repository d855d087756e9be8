"""Hand-over: the sender stays owner until the receiver accepts; merging, leaving and going away drop nobody either."""

from datetime import date, timedelta

import pytest
from tests.domain.test_reports import KIM
from tests.world import BY, World

from chatdong.ground.accounts.actions import end_posting
from chatdong.ground.accounts.models import Posted
from chatdong.ground.households.models import Household
from chatdong.ground.messages.models import Message
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.safetynet.discovery.actions import (
    Subject,
    accept_handover,
    ask_closure,
    ask_handover,
    assign_lead,
    merge_households,
    note_household_gone,
    refuse_handover,
    release_worker,
    return_overdue_handovers,
    submit_report,
    withdraw_handover,
)
from chatdong.safetynet.discovery.models import Breach, Handover, Lead, Report
from chatdong.safetynet.discovery.queries import handovers_waiting, proof
from chatdong.safetynet.visits.actions import assess_household, plan_visit
from chatdong.safetynet.visits.models import Visit, Watch


@pytest.fixture
def open_case(world: World, who) -> Lead:
    """A lead, a high watch and a planned visit of the Kim household."""
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=KIM)
    kim = world.households["kim"].pk
    assess_household(by=who("planner"), household_id=kim, reasons=["domestic_violence"], at=world.now)
    plan_visit(by=who("planner"), household_id=kim, planned_on=world.today + timedelta(days=1), at=world.now)
    return Lead.objects.get()


def ask(world: World, by, **rest) -> Handover:
    rest.setdefault("to_dong_id", world.dongs["other_dong"].pk)
    return ask_handover(by=by, household_id=world.households["kim"].pk, reason="이사할 예정", at=world.now, **rest)


def owners(world: World) -> set[tuple[int, int]]:
    kim = world.households["kim"].pk
    found = {(Household.objects.get(pk=kim).dong_id, 0)}
    for model in (Lead, Watch, Report, Visit):
        rows = model.objects.filter(household_id=kim)
        rows = rows.exclude(state="closed") if model in (Lead, Watch) else rows
        found |= set(rows.values_list("dong_id", "worker_id"))
    return found


def test_asking_changes_no_owner_and_shows_only_the_summary(world, who, open_case):
    before = owners(world)
    row = ask(world, who("planner"))
    assert owners(world) == before
    assert row.due_at > world.now
    waiting = handovers_waiting(by=who("team_lead", "other_dong"), at=world.now).rows
    assert [(one.id, one.household_id, one.is_to_me) for one in waiting] == [(row.pk, None, True)]
    assert "김영숙" not in waiting[0].summary and "고위험" in waiting[0].summary
    mine = handovers_waiting(by=who("planner"), at=world.now).rows
    assert [(one.household_id, one.is_to_me) for one in mine] == [(world.households["kim"].pk, False)]
    assert handovers_waiting(by=who("team_lead", "other_gu"), at=world.now).is_empty
    assert proof(at=world.now) == []


def test_accepting_moves_everything_together(world, who, open_case):
    row = ask(world, who("planner"))
    accept_handover(by=who("team_lead", "other_dong"), handover_id=row.pk, at=world.now + timedelta(hours=1))
    near, worker = world.dongs["other_dong"].pk, world.accounts["planner", "other_dong"].pk
    assert owners(world) == {(near, 0), (near, worker)}
    assert proof(at=world.now + timedelta(hours=1)) == []
    with pytest.raises(Conflict):
        accept_handover(by=who("team_lead", "other_dong"), handover_id=row.pk, at=world.now)


def test_a_failure_in_the_middle_of_accepting_moves_nothing(world, who, open_case, monkeypatch):
    row = ask(world, who("planner"))
    before = owners(world)
    monkeypatch.setattr("chatdong.safetynet.discovery.actions.handovers.move_lead", _breaks)
    with pytest.raises(RuntimeError):
        accept_handover(by=who("team_lead", "other_dong"), handover_id=row.pk, at=world.now)
    row.refresh_from_db()
    assert row.state == "asked" and owners(world) == before
    assert proof(at=world.now) == []


def _breaks(*_args, **_rest):
    raise RuntimeError("no power")


def test_only_the_receiver_answers(world, who, open_case):
    row = ask(world, who("planner"))
    with pytest.raises(NotFound):
        accept_handover(by=who("team_lead"), handover_id=row.pk, at=world.now)
    with pytest.raises(Forbidden):
        accept_handover(by=who("planner", "other_dong"), handover_id=row.pk, at=world.now)
    with pytest.raises(NotFound):
        withdraw_handover(by=who("planner", "other_dong"), handover_id=row.pk, at=world.now)
    with pytest.raises(Invalid):
        accept_handover(by=who("team_lead", "other_dong"), handover_id=row.pk, at=world.now,
                        worker_id=world.accounts["planner", "own"].pk)  # fmt: skip
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_refused_one_stays_with_the_sender_and_carries_the_answer(world, who, open_case):
    before, row = owners(world), ask(world, who("planner"))
    with pytest.raises(Invalid):
        refuse_handover(by=who("dong_head", "other_dong"), handover_id=row.pk, answer="", at=world.now)
    refuse_handover(by=who("dong_head", "other_dong"), handover_id=row.pk, answer="아직 이사 전입니다", at=world.now)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("refused", "아직 이사 전입니다")
    assert owners(world) == before
    assert Message.objects.filter(account=world.accounts["planner", "own"], key__startswith=f"handover:{row.pk}:refuse").exists()
    ask(world, who("planner"))


def test_an_unanswered_one_comes_back_at_its_deadline(world, who, open_case):
    before, row = owners(world), ask(world, who("planner"))
    assert return_overdue_handovers(by=BY, at=row.due_at) == 0
    late = row.due_at + timedelta(minutes=1)
    assert return_overdue_handovers(by=BY, at=late) == 1
    assert return_overdue_handovers(by=BY, at=late) == 0
    row.refresh_from_db()
    assert row.state == "returned" and owners(world) == before
    told = set(Message.objects.filter(key__startswith=f"handover:{row.pk}:returned").values_list("account_id", flat=True))
    assert {world.accounts["planner", "own"].pk, world.accounts["team_lead", "other_dong"].pk} <= told
    assert set(Breach.objects.filter(about="handover", about_id=row.pk).values_list("rung", flat=True)) == {"worker", "team_lead"}
    with pytest.raises(Conflict):
        accept_handover(by=who("team_lead", "other_dong"), handover_id=row.pk, at=late)


def test_one_at_a_time_and_taking_it_back(world, who, open_case):
    row = ask(world, who("planner"))
    with pytest.raises(Conflict):
        ask(world, who("planner"))
    withdraw_handover(by=who("planner"), handover_id=row.pk, at=world.now)
    ask(world, who("planner"), to_dong_id=world.dongs["other_gu"].pk)


@pytest.mark.parametrize(("rest", "field"), [({"to": "own"}, "to_dong"), ({"worker": "own"}, "to_worker")])
def test_what_is_typed_wrongly_is_said_at_its_field(world, who, open_case, rest, field):
    given = {"to_dong_id": world.dongs[rest["to"]].pk} if "to" in rest else {"to_worker_id": world.accounts["planner", "own"].pk}
    with pytest.raises(Invalid) as refused:
        ask(world, who("planner"), **given)
    assert refused.value.field == field


def test_somebody_else_cannot_hand_over(world, who, open_case):
    with pytest.raises(NotFound):
        ask(world, who("planner", "other_dong"), to_dong_id=world.dongs["own"].pk)
    with pytest.raises(NotFound):
        ask(world, who("area_officer"))


def test_leaving_gives_everything_on_and_then_ends_the_posting(world, who, open_case):
    submit_report(by=who("resident"), key="k2", pathway="neighbor", at=world.now, subject=Subject(name="허막내"))
    planner, own = world.accounts["planner", "own"], world.dongs["own"].pk
    moved = release_worker(
        by=who("team_lead"), account_id=planner.pk, dong_id=own, to_account_id=None, on=world.today, at=world.now
    )
    assert moved >= 3
    assert Posted.objects.get(account=planner).valid_to == world.today
    lead = world.accounts["team_lead", "own"].pk
    assert owners(world) == {(own, 0), (own, lead)}
    assert Report.objects.get(key="k2").worker_id == lead
    assert proof(at=world.now) == []


def test_leaving_to_a_chosen_person_of_the_dong_only(world, who, open_case):
    planner, own = world.accounts["planner", "own"].pk, world.dongs["own"].pk
    nurse = world.accounts["nurse", "own"].pk
    give = {"by": who("team_lead"), "account_id": planner, "dong_id": own, "on": world.today, "at": world.now}
    for wrong in (world.accounts["nurse", "other_dong"].pk, planner):
        with pytest.raises(Invalid):
            release_worker(**give, to_account_id=wrong)
    with pytest.raises(Invalid):
        release_worker(**(give | {"on": world.today + timedelta(days=1)}), to_account_id=nurse)
    with pytest.raises(Forbidden):
        release_worker(**(give | {"by": who("planner")}), to_account_id=nurse)
    release_worker(**give, to_account_id=nurse)
    assert owners(world) == {(own, 0), (own, nurse)}
    with pytest.raises(Conflict):
        release_worker(**give, to_account_id=nurse)


def test_an_administrator_may_let_go_and_nobody_of_another_dong(world, who, open_case):
    planner, own = world.accounts["planner", "own"].pk, world.dongs["own"].pk
    give = {"account_id": planner, "dong_id": own, "to_account_id": None, "on": world.today, "at": world.now}
    for role, where in (("team_lead", "other_dong"), ("administrator", "other_gu"), ("nurse", "own")):
        with pytest.raises(Forbidden):
            release_worker(by=who(role, where), **give)
    assert release_worker(by=who("administrator"), **give) >= 2
    assert proof(at=world.now) == []


def test_the_last_person_of_a_dong_stays_until_another_comes(world, who):
    third, planner = world.dongs["third_dong"].pk, world.accounts["planner", "third_dong"].pk
    with pytest.raises(Conflict):
        release_worker(by=who("gu_officer"), account_id=planner, dong_id=third, to_account_id=None, on=world.today, at=world.now)
    assert proof(at=world.now) == []


def test_an_officer_of_the_gu_leaves_what_they_held_in_any_dong(world, who, open_case):
    officer = world.accounts["gu_officer", "own"].pk
    kim = world.households["kim"].pk
    assign_lead(by=who("team_lead"), lead_id=open_case.pk, worker_id=officer, at=world.now)
    give = {"account_id": officer, "dong_id": None, "on": world.today, "at": world.now}
    with pytest.raises(Forbidden):
        release_worker(by=who("gu_officer"), to_account_id=None, **give)
    with pytest.raises(Invalid):
        release_worker(by=who("administrator"), to_account_id=world.accounts["nurse", "other_dong"].pk, **give)
    release_worker(by=who("administrator"), to_account_id=None, **give)
    assert Lead.objects.get(household_id=kim).worker_id == world.accounts["planner", "own"].pk
    assert proof(at=world.now) == []
    other = world.accounts["gu_officer", "other_dong"].pk
    with pytest.raises(Conflict):
        release_worker(by=who("administrator"), account_id=other, dong_id=None, to_account_id=None, on=world.today, at=world.now)


def test_ending_a_posting_alone_is_found_by_the_proof(world, who, open_case):
    posted = Posted.objects.get(account=world.accounts["planner", "own"])
    end_posting(by=BY, posting_id=posted.pk, on=world.today, at=world.now)
    assert {"lead.owner", "watch.owner", "visit.owner"} <= {orphan.kind for orphan in proof(at=world.now)}
    assert all(orphan.path.startswith("/staff/") and orphan.sentence for orphan in proof(at=world.now))


def test_merging_two_open_leads_keeps_the_more_urgent_and_earlier(world, who, open_case):
    other_one = Subject(name="김영수", address="서대문구 독립문로8길 13-2", detail="402호", phone="010-8888-1111")
    submit_report(by=who("resident"), key="k2", pathway="police", at=world.now, urgency="today", subject=other_one)
    other = Lead.objects.exclude(pk=open_case.pk).first() or _joined_by_hand(world, who)
    kim = world.households["kim"].pk
    merge_households(by=who("team_lead"), keep_id=kim, drop_id=other.household_id, at=world.now)
    open_case.refresh_from_db()
    other.refresh_from_db()
    assert (other.state, other.closure) == ("closed", "joined")
    assert (open_case.urgency, open_case.next_at) == ("today", open_case.first_due_at)
    assert set(Report.objects.values_list("lead_id", "household_id")) == {(open_case.pk, kim)}
    assert proof(at=world.now) == []


def _joined_by_hand(world: World, who) -> Lead:
    from chatdong.safetynet.discovery.actions import choose_match

    return choose_match(by=who("planner"), report_id=Report.objects.get(key="k2").pk, household_id=None, at=world.now)


def test_merging_into_a_household_without_a_lead_moves_it(world, who, open_case):
    kim, family = world.households["kim"].pk, world.households["family"].pk
    row = ask(world, who("planner"))
    merge_households(by=who("team_lead"), keep_id=family, drop_id=kim, at=world.now)
    open_case.refresh_from_db()
    row.refresh_from_db()
    assert (open_case.household_id, open_case.state, row.state) == (family, "open", "withdrawn")
    assert Watch.objects.exclude(state="closed").get().household_id == family
    assert proof(at=world.now) == []
    with pytest.raises(Conflict):
        merge_households(by=who("team_lead"), keep_id=kim, drop_id=family, at=world.now)


def test_merging_across_dong_needs_both_and_ends_in_the_kept_one(world, who, open_case):
    kim, near = world.households["kim"].pk, world.households["near"].pk
    with pytest.raises(NotFound):
        merge_households(by=who("team_lead"), keep_id=near, drop_id=kim, at=world.now)
    merge_households(by=BY, keep_id=near, drop_id=kim, at=world.now)
    open_case.refresh_from_db()
    assert (open_case.household_id, open_case.dong_id) == (near, world.dongs["other_dong"].pk)
    assert proof(at=world.now) == []


def test_a_household_that_is_gone_waits_for_a_second_person_at_high_risk(world, who, open_case):
    kim = world.households["kim"]
    with pytest.raises(Invalid):
        note_household_gone(by=who("planner"), household_id=kim.pk, kind="met", at=world.now)
    note_household_gone(by=who("planner"), household_id=kim.pk, kind="moved", at=world.now)
    open_case.refresh_from_db()
    kim.refresh_from_db()
    assert (open_case.state, open_case.closure, kim.state) == ("closing", "moved", "moved_out")
    assert Watch.objects.get().state == "closing"
    assert proof(at=world.now) == []
    with pytest.raises(Conflict):
        ask_closure(by=who("planner"), lead_id=open_case.pk, closure="moved", at=world.now)


def test_a_new_report_about_somebody_who_left_is_asked_about(world, who, open_case):
    note_household_gone(by=who("planner"), household_id=world.households["kim"].pk, kind="moved", at=world.now)
    report = submit_report(by=who("resident"), key="k9", pathway="neighbor", at=world.now, subject=KIM)
    assert report.state == "asking"
    assert date(1941, 3, 1) == report.subject_birth

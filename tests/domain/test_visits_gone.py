"""Deaths, moves and admissions found at the door: the register follows, and the watch ends as it must."""

from datetime import date
from uuid import uuid4

import pytest
from tests.domain.visit_steps import HIGH, MEDIUM, contact, grade, moment, residents, search, watch

from chatdong.kernel.errors import Conflict
from chatdong.policy.models import Entry
from chatdong.safetynet.visits.actions import confirm_watch_closure, plan_visit
from chatdong.safetynet.visits.models import Target, Watch
from chatdong.safetynet.visits.states import OwnedState


@pytest.mark.parametrize(
    ("outcome", "person", "home_state"),
    [("died", "died", "ended"), ("moved", "moved", "moved_out"), ("admitted", "admitted", "ended")],
)
def test_when_the_whole_household_is_gone_the_watch_closes_with_that_reason(world, who, now, outcome, person, home_state):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    contact(who("planner"), home, moment(17, 10), way="neighbor", outcome=outcome)
    home.refresh_from_db()
    assert home.state == home_state and [one.state for one in home.residents.all()] == [person]
    row = Watch.objects.get(household=home)
    assert (row.state, row.closure) == (OwnedState.CLOSED, outcome)
    assert search(home) is None


def test_high_risk_still_needs_the_second_person(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    contact(who("planner"), home, moment(17, 10), way="police", outcome="died")
    row = watch(home)
    assert (row.state, row.closure, row.needs_second, row.next_step) == ("closing", "died", True, "confirm_closure")
    confirm_watch_closure(by=who("dong_head"), watch_id=row.pk, at=moment(17, 12))
    assert watch(home) is None


def test_the_survivors_stay_under_watch(world, who, now):
    home = world.households["family"]
    grade(who("planner"), home, HIGH, now)
    head, spouse, child = residents(home)
    contact(who("planner"), home, moment(17, 10), outcome="died", met=(head,))
    home.refresh_from_db()
    states = dict(home.residents.values_list("id", "state"))
    assert states == {head: "died", spouse: "living", child: "living"} and home.state == "living"
    assert home.residents.get(pk=head).died_on == date(2026, 3, 17)
    row = watch(home)
    assert row.state == OwnedState.OPEN and row.next_at == moment(24, 18)
    contact(who("planner"), home, moment(18, 10), outcome="moved", met=(spouse, child))
    home.refresh_from_db()
    assert home.state == "moved_out" and watch(home).state == OwnedState.CLOSING


def test_a_nurse_may_write_down_a_death_and_the_log_names_her(world, who, now):
    home = world.households["kim"]
    contact(who("nurse"), home, moment(17, 10), outcome="died")
    line = Entry.objects.get(event="resident.died")
    assert (line.account, line.gu) == (who("nurse").account_id, home.dong.gu_id)


def test_nothing_new_begins_where_nobody_lives(world, who, now):
    home = world.households["kim"]
    contact(who("planner"), home, moment(17, 10), outcome="moved")
    with pytest.raises(Conflict):
        grade(who("planner"), home, HIGH, moment(18, 9))
    with pytest.raises(Conflict):
        plan_visit(by=who("planner"), household_id=home.pk, planned_on=date(2026, 3, 20), at=moment(18, 9))


def test_a_household_without_known_people_moves_as_a_whole(world, who, now):
    home = world.households["empty"]
    grade(who("planner"), home, MEDIUM, now)
    contact(who("planner"), home, moment(17, 10), way="neighbor", outcome="moved")
    home.refresh_from_db()
    assert home.state == "moved_out" and watch(home) is None


def test_the_search_ends_with_the_news(world, who, now):
    home = world.households["kim"]
    contact(who("planner"), home, moment(17, 10), outcome="absent")
    contact(who("planner"), home, moment(17, 14), way="neighbor", outcome="admitted")
    assert search(home).state == "found"
    assert Target.objects.count() == 0


@pytest.mark.parametrize("outcome", ["died", "moved", "admitted"])
@pytest.mark.parametrize("reasons", [HIGH, MEDIUM])
def test_what_was_written_wrongly_is_undone_by_a_correction(world, who, now, outcome, reasons):
    """Taken for dead, gone or admitted, and met the next day: back in the register, and under watch again."""
    home = world.households["family"]
    grade(who("planner"), home, reasons, now)
    wrong = contact(who("planner"), home, moment(17, 10), way="neighbor", outcome=outcome)
    assert wrong.met == residents(home)
    contact(who("planner"), home, moment(17, 14), outcome="met", corrects_id=wrong.pk, at=moment(17, 15))
    home.refresh_from_db()
    assert home.state == "living"
    assert {(one.state, one.died_on, one.moved_on) for one in home.residents.all()} == {("living", None, None)}
    row = watch(home)
    assert (row.state, row.closure, row.grade, row.next_step) == ("open", "", 1 if reasons == HIGH else 2, "watch")
    assert row.last_contact_at == moment(17, 14) and row.next_at > moment(18, 0)


def test_a_form_about_everybody_sent_twice_is_still_one(world, who):
    home, key = world.households["family"], uuid4()
    sent = {"outcome": "moved", "key": key, "at": moment(17, 11)}
    first = contact(who("planner"), home, moment(17, 10), **sent)
    assert contact(who("planner"), home, moment(17, 10), **sent).pk == first.pk


def test_a_correction_of_a_correction_still_knows_whom(world, who, now):
    home = world.households["family"]
    grade(who("planner"), home, MEDIUM, now)
    died = contact(who("planner"), home, moment(17, 10), way="neighbor", outcome="died")
    moved = contact(who("planner"), home, moment(17, 10), way="neighbor", outcome="moved", corrects_id=died.pk, at=moment(17, 12))
    home.refresh_from_db()
    assert (home.state, moved.met, watch(home)) == ("moved_out", residents(home), None)
    assert {(one.state, one.died_on) for one in home.residents.all()} == {("moved", None)}
    contact(who("planner"), home, moment(17, 14), corrects_id=moved.pk, at=moment(17, 15))
    assert {one.state for one in home.residents.all()} == {"living"} and watch(home).state == OwnedState.OPEN

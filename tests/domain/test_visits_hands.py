"""What is open changes hands whole: to another dong, to another worker, or into a joined household."""

import pytest
from tests.domain.visit_steps import HIGH, MEDIUM, SUICIDE, contact, grade, moment, search, watch
from tests.world import BY, account

from chatdong.ground.households.actions import merge_rows, settle
from chatdong.ground.messages.models import Message
from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import (
    TargetRow,
    change_hands,
    join_household,
    load_targets,
    plan_visit,
    release_visits,
)
from chatdong.safetynet.visits.models import Target, Unreached, Visit, Watch


def everything(world, who, home, now, reasons=HIGH):
    """A watch, a planned visit, a search and a waiting target of one household."""
    grade(who("planner"), home, reasons, now)
    plan_visit(by=who("planner"), household_id=home.pk, planned_on=moment(20, 0).date(), at=now)
    contact(who("planner"), home, moment(16, 10), way="phone", outcome="unreachable")
    wait(world, home)


def wait(world, home, state="waiting"):
    load_targets(by=BY, at=world.now, rows=[TargetRow(
        household_id=home.pk, dong_id=home.dong_id, cohort="poverty_crisis", year=2026, due_from=world.today, due_by=world.today,
        enrolled_at=world.now, worker_id=account(world, "planner").pk, state=state,
        reached_at=None if state == "waiting" else world.now,
    )])  # fmt: skip


def owners(home):
    """Dong and worker of everything open about a household."""
    rows = [watch(home), search(home), *Visit.objects.filter(household=home, state="planned"),
            *Target.objects.filter(household=home, state="waiting")]  # fmt: skip
    return {(row.dong_id, row.worker_id) for row in rows if row is not None}


def test_a_household_goes_over_with_all_that_is_open(world, who, now):
    home, there = world.households["kim"], world.dongs["other_dong"].pk
    everything(world, who, home, now)
    settle(by=BY, household_id=home.pk, dong_id=there, at=now)
    new = account(world, "planner", "other_dong").pk
    assert change_hands(by=who("team_lead", "other_dong"), household_id=home.pk, dong_id=there, worker_id=None, at=now) == 4
    assert owners(home) == {(there, new)}
    assert Message.objects.filter(account_id=new, kind="assigned").exists()
    assert change_hands(by=BY, household_id=home.pk, dong_id=there, worker_id=new, at=now) == 0
    assert queries.gaps(at=now) == []


def test_only_the_giving_lead_or_the_taking_one_may(world, who, now):
    home, there = world.households["kim"], world.dongs["other_dong"].pk
    everything(world, who, home, now)
    for by in (who("planner"), who("planner", "other_dong"), who("team_lead", "other_gu")):
        with pytest.raises(Forbidden):
            change_hands(by=by, household_id=home.pk, dong_id=there, worker_id=None, at=now)
    with pytest.raises(Invalid):
        change_hands(by=who("team_lead"), household_id=home.pk, dong_id=home.dong_id,
                     worker_id=account(world, "nurse", "other_dong").pk, at=now)  # fmt: skip
    change_hands(by=who("team_lead"), household_id=home.pk, dong_id=home.dong_id, worker_id=account(world, "nurse").pk, at=now)
    assert owners(home) == {(home.dong_id, account(world, "nurse").pk)}


def test_a_second_visit_of_the_same_day_is_called_off(world, who, now):
    home, nurse = world.households["kim"], account(world, "nurse").pk
    day = moment(20, 0).date()
    plan_visit(by=who("planner"), household_id=home.pk, planned_on=day, at=now, companion_id=nurse)
    plan_visit(by=who("nurse"), household_id=home.pk, planned_on=day, at=now)
    change_hands(by=who("team_lead"), household_id=home.pk, dong_id=home.dong_id, worker_id=nurse, at=now)
    assert sorted(Visit.objects.values_list("state", "worker_id", "companion_id")) == [
        ("canceled", nurse, None), ("planned", nurse, None),
    ]  # fmt: skip


def test_who_leaves_leaves_nothing_behind(world, who, now):
    planner, nurse = account(world, "planner").pk, account(world, "nurse").pk
    for name in ("kim", "family"):
        everything(world, who, world.households[name], now)
    plan_visit(by=who("nurse"), household_id=world.households["hidden"].pk, planned_on=world.today, at=now, companion_id=planner)
    assert queries.households_held(planner) == sorted(world.households[name].pk for name in ("kim", "family"))
    with pytest.raises(Forbidden):
        release_visits(
            by=who("team_lead", "other_dong"), account_id=planner, dong_id=world.dongs["own"].pk, to_account_id=nurse, at=now
        )
    moved = release_visits(by=who("team_lead"), account_id=planner, dong_id=world.dongs["own"].pk, to_account_id=nurse, at=now)
    assert moved == 8 and queries.households_held(planner) == []
    assert owners(world.households["kim"]) == {(world.dongs["own"].pk, nurse)}
    release_visits(by=who("team_lead"), account_id=nurse, dong_id=world.dongs["own"].pk, to_account_id=None, at=now)
    assert queries.households_held(nurse) == []
    assert queries.gaps(at=now) == []


def join(keep, drop, now):
    merge_rows(by=BY, keep_id=keep.pk, drop_id=drop.pk, at=now)
    join_household(by=BY, keep_id=keep.pk, drop_id=drop.pk, at=now)


def test_joined_households_have_one_of_everything_and_the_stricter_watch(world, who, now):
    keep, drop = world.households["kim"], world.households["family"]
    everything(world, who, keep, now, MEDIUM)
    everything(world, who, drop, now, SUICIDE)
    join(keep, drop, now)
    row = watch(keep)
    assert (row.grade, row.suicide, set(row.reasons)) == (1, True, {*MEDIUM, *SUICIDE})
    assert Watch.objects.get(household=drop).closure == "joined"
    assert Unreached.objects.filter(state="open").count() == 1 and Target.objects.count() == 1
    assert sorted(Visit.objects.filter(household=keep).values_list("state", flat=True)) == ["canceled", "planned"]
    assert queries.gaps(at=now) == []
    titles = [item.title for item in queries.timeline_of(by=who("planner"), household_id=keep.pk, at=moment(17, 9))]
    assert sum("연락두절" in title and "전화" in title for title in titles) == 2, "contacts of both are read"


def test_a_watch_goes_to_the_kept_household_of_another_dong(world, who, now):
    keep, drop = world.households["near"], world.households["kim"]
    everything(world, who, drop, now)
    join(keep, drop, now)
    assert owners(keep) == {(keep.dong_id, account(world, "planner", "other_dong").pk)}
    assert queries.gaps(at=now) == []


def test_what_was_met_stays_met(world, who, now):
    keep, drop = world.households["kim"], world.households["family"]
    wait(world, keep)
    wait(world, drop, "met")
    join(keep, drop, now)
    assert list(Target.objects.values_list("household_id", "state")) == [(keep.pk, "met")]


def test_a_question_about_the_milder_watch_does_not_end_the_stricter(world, who, now):
    keep, drop = world.households["kim"], world.households["family"]
    grade(who("planner"), keep, HIGH, now)
    grade(who("planner"), keep, [], now)
    grade(who("planner"), drop, SUICIDE, now)
    assert watch(keep).state == "closing"
    join(keep, drop, now)
    assert (watch(keep).state, watch(keep).next_step, watch(keep).suicide) == ("open", "watch", True)


def test_one_household_cannot_be_joined_to_itself(world, who, now):
    home = world.households["kim"]
    with pytest.raises(Invalid):
        join_household(by=BY, keep_id=home.pk, drop_id=home.pk, at=now)
    with pytest.raises(Forbidden):
        join_household(by=who("planner"), keep_id=home.pk, drop_id=world.households["family"].pk, at=now)


def test_contacts_of_both_are_read_together(world, who, now):
    keep, drop = world.households["kim"], world.households["family"]
    grade(who("planner"), keep, MEDIUM, now)
    contact(who("planner"), keep, moment(16, 10), outcome="absent")
    contact(who("planner"), drop, moment(16, 15), outcome="met")
    assert watch(keep).next_step == "try_again"
    join(keep, drop, moment(17, 9))
    assert search(keep).state == "found" and watch(keep).next_step == "watch"

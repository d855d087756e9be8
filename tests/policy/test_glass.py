"""Broken glass: one household, for its hours only, with a reason, an alarm and a line in its gu's log."""

from datetime import timedelta

import pytest
from tests.world import BY, account

from chatdong.ground.households import actions, queries
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.models import Message
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.check import may
from chatdong.policy.models import BrokenGlass, Entry
from chatdong.policy.permissions import Permission

HOURS = 3
REASON = "경찰이 안부를 급히 물음"


def broken(world, by, name="far", **rest):
    return actions.break_glass(
        by=by, household_id=world.households[name].pk, at=world.now, tell=tell, **{"reason": REASON, **rest}
    )


def test_it_opens_one_household_with_its_address_and_nothing_else(world, who):
    broken(world, who("planner"), "near")
    by = who("planner")
    card = queries.access_household(by=by, household_id=world.households["near"].pk, at=world.now)
    assert card.is_outside_own_area and card.glass_until == world.now + timedelta(hours=HOURS) and card.address
    with pytest.raises(NotFound):
        queries.access_household(by=by, household_id=world.households["far"].pk, at=world.now)
    with pytest.raises(NotFound):
        queries.access_household(by=who("nurse"), household_id=world.households["near"].pk, at=world.now)


@pytest.mark.parametrize(
    "permission", [Permission.HOUSEHOLD_EDIT, Permission.VISIT_RECORD, Permission.EXPORT, Permission.HOUSEHOLD_MERGE]
)
def test_it_lets_nobody_write(world, who, permission):
    broken(world, who("planner"))
    assert not may(who("planner"), permission, world.households["far"].where)
    one = world.households["far"].residents.get()
    with pytest.raises(Forbidden):
        actions.change_resident(by=who("planner"), resident_id=one.pk, at=world.now, name="다른")


@pytest.mark.parametrize(
    ("after", "open_"),
    [
        (timedelta(0), True),
        (timedelta(hours=HOURS) - timedelta(seconds=1), True),
        (timedelta(hours=HOURS), False),
        (timedelta(days=30), False),
    ],
)
def test_it_closes_by_itself_after_its_hours(world, who, after, open_):
    broken(world, who("planner"))
    at = world.now + after
    by = who("planner", at=at)
    assert may(by, Permission.HOUSEHOLD_READ, world.households["far"].where) is open_
    if open_:
        queries.access_household(by=by, household_id=world.households["far"].pk, at=at)
    else:
        with pytest.raises(NotFound):
            queries.access_household(by=by, household_id=world.households["far"].pk, at=at)


def test_an_actor_kept_from_before_does_not_stretch_the_hours(world, who):
    broken(world, who("planner"))
    kept = who("planner")
    with pytest.raises(NotFound):
        queries.access_household(by=kept, household_id=world.households["far"].pk, at=world.now + timedelta(hours=HOURS))


def test_breaking_it_again_does_not_prolong_it(world, who):
    first = broken(world, who("planner"))
    later = world.now + timedelta(hours=2)
    again = actions.break_glass(
        by=who("planner", at=later), household_id=world.households["far"].pk, reason=REASON, at=later, tell=tell
    )
    assert again.pk == first.pk and again.until == first.until and BrokenGlass.objects.count() == 1


def test_it_can_be_given_back_early(world, who):
    broken(world, who("planner"))
    far = world.households["far"].pk
    with pytest.raises(NotFound):
        actions.close_glass(by=who("nurse"), household_id=far, at=world.now)
    actions.close_glass(by=who("planner"), household_id=far, at=world.now)
    with pytest.raises(NotFound):
        queries.access_household(by=who("planner"), household_id=far, at=world.now)
    with pytest.raises(NotFound):
        actions.close_glass(by=who("planner"), household_id=far, at=world.now)


def test_the_hours_are_a_dated_rule_of_the_households_gu(world, who):
    _set_hours(by=BY, world=world, hours=1)
    assert broken(world, who("planner")).until == world.now + timedelta(hours=1)
    assert broken(world, who("planner"), "near").until == world.now + timedelta(hours=HOURS)


def _set_hours(*, by, world, hours):
    from chatdong.ground.places.models import Setting
    from chatdong.policy.action import action
    from chatdong.policy.check import ensure
    from chatdong.policy.record import record

    @action
    def put(*, by, at):
        ensure(by, Permission.SETTING_WRITE)
        Setting.objects.create(
            gu=world.gus["마포구"], key="glass.hours", value={"hours": hours}, valid_from=world.today, source="시험", set_at=at
        )
        record("setting.write", by=by, at=at)

    put(by=by, at=world.now)


def test_the_auditors_and_officers_of_its_gu_are_told_at_once_and_nobody_else(world, who):
    glass = broken(world, who("planner"))
    told = set(Message.objects.values_list("account_id", flat=True))
    assert told == {account(world, role, "other_gu").pk for role in ("auditor", "gu_officer")}
    message = Message.objects.first()
    assert message.urgent and message.household == glass.household and "오세라" not in message.text and "마포" not in message.text
    line = Entry.objects.filter(event="household.glass").get()
    assert (line.gu, line.household, line.why) == (world.gus["마포구"].pk, glass.household, REASON)


def test_every_opening_is_a_line_with_the_purpose_in_the_log_of_its_gu(world, who):
    broken(world, who("planner"))
    far = world.households["far"].pk
    queries.access_household(by=who("planner"), household_id=far, at=world.now)
    queries.access_household(by=who("planner"), household_id=far, at=world.now, purpose="가족이 찾음")
    lines = Entry.objects.filter(event="household.read", household=far).order_by("id")
    assert [line.why for line in lines] == [REASON, "가족이 찾음"]
    assert {line.gu for line in lines} == {world.gus["마포구"].pk}


def test_it_is_refused_without_a_reason_in_ones_own_area_and_beyond_three(world, who):
    for reason in ("", "    ", "급함"):
        with pytest.raises(Invalid) as refused:
            broken(world, who("planner"), reason=reason)
        assert "reason" in refused.value.fields
    with pytest.raises(Conflict):
        broken(world, who("planner"), "kim")
    for role in ("area_officer", "auditor", "administrator", "resident"):
        with pytest.raises(Forbidden):
            broken(world, who(role))
    with pytest.raises(Forbidden):
        broken(world, BY)
    with pytest.raises(NotFound):
        actions.break_glass(by=who("planner"), household_id=10**9, reason=REASON, at=world.now, tell=tell)
    assert not BrokenGlass.objects.exists() and not Message.objects.exists()


def test_three_are_open_at_most_and_a_fourth_after_one_is_given_back(world, who):
    more = [actions.register_household(by=BY, dong_id=world.dongs["other_gu"].pk, at=world.now).pk for _ in range(4)]
    for pk in more[:3]:
        actions.break_glass(by=who("planner"), household_id=pk, reason=REASON, at=world.now, tell=tell)
    with pytest.raises(Forbidden):
        actions.break_glass(by=who("planner"), household_id=more[3], reason=REASON, at=world.now, tell=tell)
    actions.close_glass(by=who("planner"), household_id=more[0], at=world.now)
    actions.break_glass(by=who("planner"), household_id=more[3], reason=REASON, at=world.now, tell=tell)
    late = world.now + timedelta(hours=HOURS)
    actions.break_glass(by=who("planner", at=late), household_id=more[0], reason=REASON, at=late, tell=tell)

"""How far a right goes: the check for one thing and the filter for a list must always say the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world import BY, actor

from chatdong.ground.households.models import Household
from chatdong.kernel.errors import Forbidden
from chatdong.policy.action import action
from chatdong.policy.actor import Actor, Posting, resident, system
from chatdong.policy.check import BROKEN_GLASS, Where, ensure, may, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import ROLES, Reach, Role

# The properties run on rows of one table that has a dong, an owner and an id: a household, its `version` playing the owner.
DONG, OWNER, ITSELF = "dong_id", "version", "id"


@pytest.fixture
def rows(world):
    """24 households over four dong with owners 1 to 3; the examples of a property only read them."""
    _spread(by=BY, at=world.now, world=world)
    return world, list(Household.objects.filter(version__lte=3))


@action
def _spread(*, by, at, world):
    ensure(by, Permission.HOUSEHOLD_EDIT)
    Household.objects.update(version=99)
    for n in range(24):
        dong = list(world.dongs.values())[n % 4]
        Household.objects.create(dong=dong, created_at=at, changed_at=at, version=1 + n % 3)
    record("test.write", by=by, at=at)


def _actors(world):
    """Any actor: some postings at some places, an account, glasses broken over some households or none."""
    gus = {gu.pk: frozenset(d.pk for d in world.dongs.values() if d.gu_id == gu.pk) for gu in world.gus.values()}
    dong_of = {d.pk: d.gu_id for d in world.dongs.values()}
    of_dong = st.sampled_from(sorted(dong_of)).flatmap(
        lambda dong: st.sampled_from([r for r in Role if r not in (Role.RESIDENT, Role.SYSTEM)]).map(
            lambda role: Posting(role, dong_of[dong], frozenset({dong}))
        )
    )
    of_gu = st.sampled_from(sorted(gus)).flatmap(
        lambda gu: st.sampled_from([Role.GU_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR]).map(
            lambda role: Posting(role, gu, gus[gu])
        )
    )
    alone = st.sampled_from([resident().postings[0], system("x").postings[0]])
    households = st.sampled_from(sorted(Household.objects.values_list("id", flat=True)))
    return st.builds(
        Actor,
        role_names=st.just(("역할",)),
        name=st.just("아무개"),
        postings=st.lists(st.one_of(of_dong, of_gu, alone), max_size=3).map(tuple),
        account_id=st.sampled_from([None, 1, 2, 3, 7]),
        broken=st.frozensets(households, max_size=2),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_check_and_the_filter_agree_on_every_row(rows, data):
    world, households = rows
    by = data.draw(_actors(world))
    permission = data.draw(st.sampled_from(list(Permission)))
    scope = reach(by, permission)
    listed = set(
        Household.objects.filter(scope.q(dong=DONG, owner=OWNER, household=ITSELF), version__lte=3).values_list("id", flat=True)
    )
    for row in households:
        where = Where(row.dong_id, frozenset({row.version}), row.pk)
        assert scope.holds(where) == (row.pk in listed) == may(by, permission, where)
        if row.pk in listed:
            ensure(by, permission, where)
        else:
            with pytest.raises(Forbidden):
                ensure(by, permission, where)
    if scope.is_empty:
        assert not listed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_right_nobody_gave_reaches_nothing_and_glass_opens_only_what_it_may(rows, data):
    world, households = rows
    by = data.draw(_actors(world))
    permission = data.draw(st.sampled_from(list(Permission)))
    blind = replace(by, broken=frozenset())
    for row in households:
        where = Where(row.dong_id, frozenset(), row.pk)
        opened_by_glass = may(by, permission, where) and not may(blind, permission, where)
        assert not opened_by_glass or (permission in BROKEN_GLASS and row.pk in by.broken)
    if not blind.grants(permission):
        assert reach(blind, permission).is_empty
        assert not may(blind, permission)


def test_a_column_that_is_not_named_shows_nothing(world):
    by = actor(world, "area_officer")
    scope = reach(by, Permission.HOUSEHOLD_READ)
    assert scope.owner_id == by.account_id and not Household.objects.filter(scope.q(dong="dong_id")).exists()
    planner = reach(actor(world, "planner"), Permission.HOUSEHOLD_READ)
    assert Household.objects.filter(planner.q(dong="dong_id")).count() == 4
    assert not Household.objects.filter(planner.q(dong="")).exists()


@pytest.mark.parametrize("where", ["own", "other_dong", "other_gu"])
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM)])
def test_the_table_of_roles_is_what_the_check_does(world, role, where):
    """Each role at its own place, over every right and every dong: exactly as far as the table says."""
    by = actor(world, role, where)
    here = world.dongs[where]
    for permission in Permission:
        how_far = ROLES[role].grants.get(permission)
        for dong in world.dongs.values():
            expected = how_far is Reach.CITY or (how_far is Reach.GU and dong.gu_id == here.gu_id)
            expected = expected or (how_far is Reach.DONG and dong.pk == here.pk)
            assert may(by, permission, Where(dong_id=dong.pk)) == expected, (role, permission, dong)
            own = may(by, permission, Where(dong_id=dong.pk, owner_ids=frozenset({by.account_id})))
            assert own == (how_far is not None), (role, permission, dong)


def test_a_posting_holds_from_its_day_until_its_day(world):
    from tests.world import account

    from chatdong.ground.accounts.actions import end_posting
    from chatdong.ground.accounts.models import Posted

    planner = account(world, "planner")
    posted = Posted.objects.get(account=planner)
    end_posting(by=BY, posting_id=posted.pk, on=world.today + timedelta(days=2), at=world.now)
    kim = world.households["kim"].where
    for days, still in ((0, True), (1, True), (2, False), (30, False)):
        by = actor(world, "planner", at=world.now + timedelta(days=days))
        assert may(by, Permission.HOUSEHOLD_READ, kim) is still
    assert not may(actor(world, "planner", at=world.now.replace(year=2015, month=6)), Permission.HOUSEHOLD_READ, kim)
    assert posted.valid_from == date(2015, 7, 1)


def test_every_role_tells_its_basis_and_nobody_but_the_machine_holds_every_right():
    for role, row in ROLES.items():
        assert row.korean and row.holder and row.basis
        assert (set(row.grants) == set(Permission)) == (role is Role.SYSTEM)

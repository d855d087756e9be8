"""The share of residents who receive at least one benefit (C-18): each person once, as of a day, and what is not known said."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.world import actor

from chatdong.ground.households.actions import NewResident, register_household
from chatdong.kernel.errors import NotFound
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import end_receipt, note_receipt
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.queries.shares import receiving_share


@pytest.fixture
def large(world):
    """Six persons in 천연동, so that the number of those who receive is not small."""
    return register_household(
        by=actor(world, Role.SYSTEM), dong_id=world.dongs["own"].pk, at=world.now, road_address="서대문구 통일로 7",
        residents=[NewResident(f"큰집{number}", date(1980, 1, number + 1), sex="f", relation="head") for number in range(6)],
    )  # fmt: skip


def share(world, day=None):
    officer = actor(world, Role.GU_OFFICER)
    return receiving_share(by=officer, gu_id=world.gus["서대문구"].pk, day=day or world.today, at=world.now)


def note(world, home, benefit, resident_id=None):
    return note_receipt(
        by=actor(world, Role.PLANNER), household_id=home.pk, benefit=benefit, since=world.today, source="register",
        book=catalog().book, at=world.now, resident_id=resident_id,
    )  # fmt: skip


def test_everybody_of_a_household_that_receives_counts_once(world, large):
    one = large.residents.first()
    note(world, large, "living_benefit")
    note(world, large, "basic_pension", one.pk)
    found = share(world)
    assert (found.receiving.count, found.residents) == (6, 12)
    assert found.percent == Decimal("50.0")
    assert found.unwritten == 6, "김영숙, the family of three, the hidden one, and 최말순"


def test_one_persons_own_benefit_counts_that_person_and_a_small_number_is_hidden(world, large):
    note(world, large, "basic_pension", large.residents.first().pk)
    found = share(world)
    assert found.receiving.text == "5 미만" and found.percent is None and found.residents == 12


def test_it_is_as_of_a_day(world, large):
    row = note(world, large, "living_benefit")
    assert share(world, world.today - timedelta(days=1)).receiving.count == 0
    end_receipt(by=actor(world, Role.PLANNER), receipt_id=row.pk, until=world.today, at=world.now)
    assert share(world).receiving.count == 6
    assert share(world, world.today + timedelta(days=1)).receiving.count == 0


def test_another_gu_is_not_found(world):
    with pytest.raises(NotFound):
        receiving_share(
            by=actor(world, Role.GU_OFFICER, "other_gu"), gu_id=world.gus["서대문구"].pk, day=world.today, at=world.now
        )
    with pytest.raises(NotFound):
        receiving_share(by=actor(world, Role.PLANNER), gu_id=world.gus["서대문구"].pk, day=world.today, at=world.now)

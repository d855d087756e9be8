"""방문율: numerator, denominator, unit and day; units are never added."""

from datetime import date
from uuid import uuid4

import pytest
from tests.web.at_the_door import as_, at, few_queries, text_of
from tests.world import BY, actor

from chatdong.ground.households.actions import note_circumstance
from chatdong.ground.households.models import Resident
from chatdong.safetynet.visits.actions import enroll_targets, record_contact

HERE = "/staff/coverage/"


@pytest.fixture
def enrolled(world, monkeypatch):
    """A poor household and a newborn's family in 천연동, the newborn's family visited; a poor one in 홍제1동."""
    at(monkeypatch, world.now)
    for name in ("kim", "near"):
        note_circumstance(
            by=BY, household_id=world.households[name].pk, kind="basic_livelihood", since=date(2026, 1, 5), at=world.now
        )
    enroll_targets(by=BY, year=2026, on=world.today, at=world.now, gu_id=world.gus["서대문구"].pk)
    home = world.households["family"].pk
    record_contact(
        by=actor(world, "planner"), key=uuid4(), household_id=home, at=world.now, done_at=world.now, way="visit", outcome="met",
        seen="아기 건강함", met=[one.pk for one in Resident.objects.filter(household=home)],
    )  # fmt: skip
    return world


def test_a_figure_has_its_parts_its_unit_and_its_day(enrolled):
    page = text_of(as_(enrolled, "planner").get(HERE))
    assert "2026. 3. 16. 기준" in page
    assert "2026. 3. 16. 기준 1가정 가운데 1가정 (100.0%)." in page
    assert "2026. 3. 16. 기준 1가구 가운데 0가구 (0.0%)." in page


def test_no_figure_adds_units(enrolled):
    page = text_of(as_(enrolled, "gu_officer").get(HERE))
    assert "기준 2가구 가운데" in page and "기준 1가정 가운데" in page
    assert "기준 3" not in page


def test_a_dong_can_be_chosen_within_reach_only(enrolled):
    own, other = enrolled.dongs["own"].pk, enrolled.dongs["other_dong"].pk
    assert "기준 1가구 가운데" in text_of(as_(enrolled, "gu_officer").get(f"{HERE}?dong={own}"))
    assert "1가구" not in text_of(as_(enrolled, "planner").get(f"{HERE}?dong={other}"))


@pytest.mark.parametrize(("year", "day"), [("2025", "2025. 12. 31."), ("1900", "2026. 3. 16."), ("x", "2026. 3. 16.")])
def test_a_year_that_is_over_counts_to_its_end(enrolled, year, day):
    assert f"{day} 기준" in text_of(as_(enrolled, "planner").get(f"{HERE}?year={year}"))


def test_few_queries(enrolled):
    client = as_(enrolled, "gu_officer")
    client.get(HERE)
    with few_queries():
        client.get(HERE)

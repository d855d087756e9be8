"""일제 살핌: the rule book over a gu, its list in the dong, what a person decides, and the counts a gu may see."""

from datetime import date, timedelta

import pytest
from tests.domain.test_claims import POOR, tell_poor
from tests.world import actor

from chatdong.jobs.screen_district import pick_screenings, screen_district
from chatdong.kernel import clock
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import note_claim, note_facts, note_receipt
from chatdong.safetynet.benefits.actions.screenings import (
    ask_screening,
    begin_screening,
    dismiss_finding,
    finish_screening,
    keep_findings,
)
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Finding, Screening
from chatdong.safetynet.benefits.queries.rules import forget_catalog
from chatdong.safetynet.benefits.queries.screenings import counts_of, findings_waiting, newest_run, screenings_of
from chatdong.safetynet.benefits.screening import Found
from chatdong.safetynet.benefits.states import FoundKind, FoundState, ScreeningState
from chatdong.safetynet.discovery.actions import open_lead
from chatdong.safetynet.discovery.actions.found import take_finding
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.discovery.states import Pathway
from chatdong.safetynet.visits.actions import assess_household

LAST_YEAR = date(2025, 3, 16)


@pytest.fixture
def book():
    return catalog().book


@pytest.fixture
def officer(world):
    return actor(world, Role.GU_OFFICER)


@pytest.fixture
def planner(world):
    return actor(world, Role.PLANNER)


@pytest.fixture
def kim(world):
    return world.households["kim"].pk


@pytest.fixture(autouse=True)
def stands_still(world, monkeypatch):
    forget_catalog()
    monkeypatch.setattr(clock, "now", lambda: world.now)
    yield
    forget_catalog()


def ask(officer, world, **rest):
    return ask_screening(
        by=officer, gu_id=world.gus["서대문구"].pk, day=rest.pop("day", world.today), compared_day=rest.pop("compared_day", None),
        fingerprint="f", at=rest.pop("at", world.now),
    )  # fmt: skip


def run(officer, world, **rest):
    row = ask(officer, world, **rest)
    screen_district.call(row.pk)
    row.refresh_from_db()
    assert row.state == ScreeningState.DONE
    return row


def found(row, home, kind=None):
    rows = Finding.objects.filter(screening=row, household_id=home)
    return {one.benefit: one for one in (rows.filter(kind=kind) if kind else rows)}


def test_what_a_poor_household_may_be_owed_is_found_and_what_it_gets_is_not(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = run(officer, world)
    owed = found(row, kim, FoundKind.OWED)
    assert owed["living_benefit"].amount_least > 0 and "소득인정액" in owed["living_benefit"].why
    assert (row.households, row.done, row.found) == (5, 5, Finding.objects.count())
    note_receipt(by=planner, household_id=kim, benefit="living_benefit", since=world.today, source="register", book=book, at=world.now)
    again = run(officer, world)
    assert "living_benefit" not in found(again, kim)


def test_a_household_of_which_nothing_is_told_is_on_no_list_of_what_is_owed(world, officer, kim):
    row = run(officer, world)
    assert not Finding.objects.filter(screening=row, kind__in=[FoundKind.OWED, FoundKind.NEAR]).exists()

"""A run over a gu slice by slice: faults, two workers and new rules on the way lose and double nothing, and show nothing half."""

from contextlib import suppress
from datetime import timedelta

import pytest
from tests.domain.power_cut import PowerCut, cut
from tests.domain.test_claims import POOR, tell_poor
from tests.domain.test_screenings import ask, found, run
from tests.world import actor

from chatdong.jobs.screen_district import screen_district
from chatdong.kernel import clock
from chatdong.kernel.errors import Conflict
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import note_facts
from chatdong.safetynet.benefits.actions.screenings import begin_screening, finish_screening, keep_findings
from chatdong.safetynet.benefits.models import Finding
from chatdong.safetynet.benefits.queries.screenings import findings_waiting, screening_to_run
from chatdong.safetynet.benefits.screening import Found
from chatdong.safetynet.benefits.states import FoundKind, ScreeningState


@pytest.fixture(autouse=True)
def stands_still(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: world.now)


def all_slices(row):
    """As the queue does it: each task puts the next one."""
    times = 0
    while screening_to_run(row.pk) is not None:
        screen_district.call(row.pk)
        times += 1
        assert times < 50
    row.refresh_from_db()
    return times


def lines_of(row):
    columns = ("household_id", "dong_id", "benefit", "kind", "need", "why", "amount_least", "amount_most")
    return sorted(Finding.objects.filter(screening=row).values_list(*columns), key=str)


@pytest.fixture
def two_told(world, planner, kim, book):
    tell_poor(planner, kim, book, world)
    note_facts(
        by=actor(world, Role.PLANNER, "other_dong"), household_id=world.households["near"].pk, facts=POOR, people={},
        source="visit", book=book, at=world.now,
    )  # fmt: skip


def test_slices_find_what_the_whole_finds(world, officer, two_told, monkeypatch):
    whole = run(officer, world)
    expected = lines_of(whole)
    assert expected and whole.found == len(expected)
    for size in (1, 2, 5):
        monkeypatch.setattr("chatdong.jobs.screen_district.SLICE", size)
        row = ask(officer, world)
        assert all_slices(row) == 5 // size + 1
        assert (row.state, row.done, row.households) == (ScreeningState.DONE, 5, 5)
        assert lines_of(row) == expected and row.found == len(expected)


def test_a_fault_at_any_statement_loses_and_doubles_nothing(world, officer, two_told, monkeypatch):
    expected = lines_of(run(officer, world))
    monkeypatch.setattr("chatdong.jobs.screen_district.SLICE", 3)
    row = ask(officer, world)
    screen_district.call(row.pk)
    row.refresh_from_db()
    first = (row.done, row.reached, row.found)
    assert first[0] == 3 and row.state == ScreeningState.RUNNING
    cuts, seen = 0, set()
    while row.state == ScreeningState.RUNNING:
        with suppress(PowerCut), cut("sql", cuts):
            screen_district.call(row.pk)
        row.refresh_from_db()
        cuts += 1
        seen.add(row.done)
        assert Finding.objects.filter(screening=row).count() == row.found, "a slice is written whole or not at all"
        if row.done == 3:
            assert (row.done, row.reached, row.found) == first
        if row.state == ScreeningState.RUNNING:
            shown = [one.id for one in findings_waiting(by=actor(world, Role.PLANNER), at=world.now).rows]
            assert shown and not Finding.objects.filter(screening=row, pk__in=shown).exists(), "nothing is shown half"
    assert cuts > 8 and seen == {3, 5}
    assert lines_of(row) == expected and row.done == row.households == 5


def test_one_run_at_a_time_and_what_is_over_stays(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = ask(officer, world)
    with pytest.raises(Conflict):
        ask(officer, world)
    screen_district.call(row.pk)
    row.refresh_from_db()
    assert row.state == ScreeningState.DONE and row.done == row.households == 5
    with pytest.raises(Conflict):
        keep(actor(world, Role.SYSTEM), row, world, row.reached, row.reached + 1)
    assert screen_district.call(row.pk) == 0


def keep(machine, row, world, before, reached, fingerprint="f", found=()):
    return keep_findings(
        by=machine, screening_id=row.pk, fingerprint=fingerprint, before=before, reached=reached, looked_at=1, found=found,
        at=world.now,
    )  # fmt: skip


def test_a_slice_that_two_workers_look_at_is_kept_once(world, officer, kim):
    row, machine = ask(officer, world), actor(world, Role.SYSTEM)
    begin_screening(by=machine, screening_id=row.pk, fingerprint="f", households=5, at=world.now)
    line = (kim, world.dongs["own"].pk, Found("living_benefit", FoundKind.OWED, None, 1, "once"))
    keep(machine, row, world, 0, kim, found=[line])
    for before, reached in ((0, kim), (0, kim + 3), (kim, kim)):
        with pytest.raises(Conflict):
            keep(machine, row, world, before, reached, found=[line])
    assert Finding.objects.filter(screening=row).count() == 1
    with pytest.raises(Conflict):
        finish_screening(by=machine, screening_id=row.pk, before=0, at=world.now)


def test_a_run_begins_anew_where_other_rules_came_into_force_on_its_way(world, officer, two_told, monkeypatch):
    expected = lines_of(run(officer, world))
    row, machine = ask(officer, world), actor(world, Role.SYSTEM)
    begin_screening(by=machine, screening_id=row.pk, fingerprint="of other rules", households=9, at=world.now)
    half = Found("living_benefit", FoundKind.OWED, None, 1, "half")
    keep(machine, row, world, 0, 2, "of other rules", [(2, world.dongs["own"].pk, half)])
    all_slices(row)
    assert lines_of(row) == expected and row.done == row.households == 5
    with pytest.raises(Conflict):
        keep(machine, ask(officer, world), world, 0, 2, "of other rules")


def test_what_is_told_after_a_run_began_is_for_the_next_one(world, officer, planner, kim, book, monkeypatch):
    monkeypatch.setattr("chatdong.jobs.screen_district.SLICE", 2)
    row = ask(officer, world)
    begin_screening(by=actor(world, Role.SYSTEM), screening_id=row.pk, fingerprint=book.fingerprint, households=5, at=world.now)
    later = world.now + timedelta(hours=1)
    person = world.households["kim"].residents.first().pk
    note_facts(
        by=planner, household_id=kim, facts=POOR, people={person: {"earned": 0, "business": 0, "pension": 0}}, source="visit",
        book=book, at=later,
    )  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: later)
    assert all_slices(row) == 3
    assert not found(row, kim, FoundKind.OWED), "every slice sees the same moment"
    row = ask(officer, world, at=later)
    all_slices(row)
    assert found(row, kim, FoundKind.OWED)

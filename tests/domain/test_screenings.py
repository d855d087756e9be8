"""일제 살핌: the rule book over a gu, its list in the dong, what a person decides, and the counts a gu may see."""

from datetime import date, timedelta

import pytest
from tests.domain.test_claims import POOR, tell_poor
from tests.world import actor

from chatdong.ground.households.actions import NewResident, register_household
from chatdong.jobs.screen_district import pick_screenings, round_of, screen_district
from chatdong.kernel import clock
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import note_claim, note_facts, note_receipt
from chatdong.safetynet.benefits.actions.screenings import (
    ask_screening,
    dismiss_finding,
)
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Finding, Screening
from chatdong.safetynet.benefits.population import Tables
from chatdong.safetynet.benefits.queries.screenings import (
    counts_of,
    findings_waiting,
    households_to_screen,
    newest_run,
    screening_to_run,
    screenings_of,
)
from chatdong.safetynet.benefits.queries.told import told_of_many
from chatdong.safetynet.benefits.screening import said_apart
from chatdong.safetynet.benefits.sieve import Noted, sift
from chatdong.safetynet.benefits.states import FoundKind, FoundState, ScreeningState
from chatdong.safetynet.discovery.actions.found import take_finding
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.discovery.states import Pathway
from chatdong.safetynet.visits.actions import assess_household

LAST_YEAR = date(2025, 3, 16)


@pytest.fixture(autouse=True)
def stands_still(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: world.now)


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
    note_receipt(
        by=planner, household_id=kim, benefit="living_benefit", since=world.today, source="register", book=book, at=world.now
    )
    again = run(officer, world)
    assert "living_benefit" not in found(again, kim)


def test_a_household_of_which_nothing_is_told_is_on_no_list_of_what_is_owed(world, officer, kim):
    row = run(officer, world)
    assert not Finding.objects.filter(screening=row, kind__in=[FoundKind.OWED, FoundKind.NEAR]).exists()


def test_who_comes_of_age_within_a_year_is_told_of_in_time_also_where_the_income_is_not_known(world, officer, planner):
    def settled(born):
        home = register_household(
            by=actor(world, Role.SYSTEM), dong_id=world.dongs["own"].pk, at=world.now, road_address="서대문구 통일로 9",
            residents=[NewResident("나이든", born, sex="f", relation="head")],
        )  # fmt: skip
        return home.pk

    soon, later, before = (settled(date(1961, month, day)) for month, day in ((9, 1), (12, 1), (3, 1)))
    far_off = settled(date(1962, 3, 17))
    row = run(officer, world, compared_day=date(2026, 2, 16))
    for home in (soon, later):
        assert "12개월 안에 나이가 됩니다" in found(row, home, FoundKind.BY_AGE)["basic_pension"].why
    assert "basic_pension" not in found(row, far_off)
    assert "basic_pension" not in found(row, before), "it is of age already, and its income is not known"
    assert not found(row, world.households["near"].pk) and not found(row, world.households["far"].pk)


def test_a_lead_and_its_deadline_come_of_a_taken_finding_and_the_rest_is_written_down(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = run(officer, world)
    finding = found(row, kim)["living_benefit"]
    assert not Lead.objects.exists(), "nothing happens before a person decides"
    lead = take_finding(by=planner, finding_id=finding.pk, at=world.now)
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.decided_at) == (FoundState.TAKEN, planner.account_id, world.now)
    assert (lead.household_id, lead.pathway, lead.worker_id) == (kim, Pathway.SCREENING, planner.account_id)
    assert lead.next_at > world.now
    with pytest.raises(Conflict):
        take_finding(by=planner, finding_id=finding.pk, at=world.now)
    assert Lead.objects.count() == 1
    assert Entry.objects.filter(event="finding.taken", household=kim).count() == 1


def test_a_second_finding_of_the_household_joins_its_lead(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = run(officer, world)
    for finding in list(found(row, kim).values())[:2]:
        take_finding(by=planner, finding_id=finding.pk, at=world.now)
    assert Lead.objects.count() == 1 and Finding.objects.filter(state=FoundState.TAKEN).count() == 2


def test_dismissing_needs_a_reason_and_rests(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    finding = found(run(officer, world), kim)["living_benefit"]
    with pytest.raises(Invalid) as refused:
        dismiss_finding(by=planner, finding_id=finding.pk, reason="  ", at=world.now)
    assert "reason" in refused.value.fields
    finding.refresh_from_db()
    assert finding.state == FoundState.WAITING
    dismiss_finding(by=planner, finding_id=finding.pk, reason="본인이 원하지 않음", at=world.now)
    later = world.now + timedelta(days=1)
    assert "living_benefit" not in found(run(officer, world, at=later), kim), "a decision stands for half a year"
    assert Finding.objects.filter(state=FoundState.STALE).exists(), "what waited is replaced by the newer run"
    assert Finding.objects.get(pk=finding.pk).state == FoundState.DISMISSED


def test_who_may_not_decide_is_turned_away(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    finding = found(run(officer, world), kim)["living_benefit"]
    with pytest.raises(NotFound):
        take_finding(by=actor(world, Role.PLANNER, "other_dong"), finding_id=finding.pk, at=world.now)
    with pytest.raises(Forbidden):
        take_finding(by=officer, finding_id=finding.pk, at=world.now)
    with pytest.raises(NotFound):
        dismiss_finding(by=actor(world, Role.GU_OFFICER, "other_gu"), finding_id=finding.pk, reason="아님", at=world.now)
    with pytest.raises(Forbidden):
        ask(planner, world)
    with pytest.raises(Forbidden):
        ask_screening(
            by=actor(world, Role.GU_OFFICER, "other_gu"), gu_id=world.gus["서대문구"].pk, day=world.today, compared_day=None,
            fingerprint="f", at=world.now,
        )  # fmt: skip


def test_the_list_is_the_dongs_own_masked_and_the_most_needy_first(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world, crisis_income=1)
    family = world.households["family"].pk
    note_facts(by=planner, household_id=family, facts=POOR, people={}, source="visit", book=book, at=world.now)
    for child in world.households["family"].residents.all():
        note_facts(
            by=planner, household_id=family, facts={}, people={child.pk: {"earned": 0, "business": 0, "pension": 0}},
            source="visit", book=book, at=world.now,
        )  # fmt: skip
    assess_household(by=planner, household_id=kim, reasons=["domestic_violence"], at=world.now)
    run(officer, world)
    rows = findings_waiting(by=planner, at=world.now, size=500).rows
    assert [one.household_id for one in rows] == [kim, family], "each once, the most needy first"
    for one in rows:
        needs = [one.need, *(other.need for other in one.others)]
        assert len(needs) > 2 and needs == sorted(needs, reverse=True)
    assert rows[0].need > rows[1].need
    assert sum(1 + len(one.others) for one in rows) == Finding.objects.filter(household_id__in=[kim, family]).count()
    assert rows[0].household_id == kim and rows[0].masked.name == "김*숙"
    assert "고위험 가구 300" in rows[0].why and "위기 사정 1가지 80" in rows[0].why
    assert not findings_waiting(by=actor(world, Role.PLANNER, "other_dong"), at=world.now).rows
    assert not findings_waiting(by=officer, at=world.now).rows, "the gu sees counts only"
    first = findings_waiting(by=planner, at=world.now, size=1)
    second = findings_waiting(by=planner, at=world.now, size=1, after=first.after)
    assert [one.id for one in (*first.rows, *second.rows)] == [one.id for one in rows] and not second.after
    assert newest_run(planner).day == world.today
    only = findings_waiting(by=planner, at=world.now, benefit="living_benefit").rows
    assert {one.benefit for one in only} == {"living_benefit"}


def test_a_household_that_misses_by_little_is_found_and_by_more_is_not(world, officer, planner, kim, book):
    person = world.households["kim"].residents.first()

    def told(pension):
        tell_poor(planner, kim, book, world, deposit=0, financial=0, rent=0)
        return note_facts(
            by=planner, household_id=kim, facts={}, people={person.pk: {"pension": pension, "spouse": 0}}, source="visit",
            book=book, at=world.now,
        )  # fmt: skip

    told(2_470_000 + 100_000)
    near = found(run(officer, world), kim, FoundKind.NEAR)
    assert "basic_pension" in near and "2,470,000" in near["basic_pension"].why
    told(2_470_000 + 130_000)
    assert "basic_pension" not in found(run(officer, world), kim, FoundKind.NEAR), "more than 5 %"


def test_what_may_not_be_combined_is_found(world, officer, planner, kim, book):
    for benefit in ("living_benefit", "seoul_basic_security"):
        note_receipt(by=planner, household_id=kim, benefit=benefit, since=world.today, source="register", book=book, at=world.now)
    row = run(officer, world)
    assert list(found(row, kim, FoundKind.DOUBLE)) == ["seoul_basic_security"]


def test_a_change_of_figures_is_told_apart_from_what_was_owed_before(world, officer, planner, kim, book):
    person = world.households["kim"].residents.first()
    between = 2_400_000  # above 2025's limit of the basic pension, below 2026's
    tell_poor(planner, kim, book, world, deposit=0, financial=0, rent=0)
    note_facts(
        by=planner,
        household_id=kim,
        facts={},
        people={person.pk: {"pension": between, "spouse": 0}},
        source="visit",
        book=book,
        at=world.now,
    )
    row = run(officer, world, compared_day=LAST_YEAR)
    assert "basic_pension" in found(row, kim, FoundKind.BY_RULE)
    assert "basic_pension" not in found(row, kim, FoundKind.OWED), "one line a benefit"


def test_an_open_claim_needs_no_finding(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    note_claim(by=planner, household_id=kim, benefit="living_benefit", book=book, at=world.now)
    assert "living_benefit" not in found(run(officer, world), kim)


def test_the_timetable_puts_a_run_once_and_gives_one_up_that_breaks(world, officer, monkeypatch):
    row = ask(officer, world)
    assert pick_screenings() == 1 and pick_screenings() == 0
    monkeypatch.setattr("chatdong.jobs.screen_district.is_waiting", lambda *_: False)
    monkeypatch.setattr("chatdong.jobs.screen_district.failures_since", lambda *_: 3)
    assert pick_screenings() == 0
    row.refresh_from_db()
    assert row.state == ScreeningState.FAILED
    ask(officer, world)


@pytest.mark.parametrize(
    ("day", "compared", "field"),
    [
        (timedelta(days=400), None, "day"),
        (timedelta(0), timedelta(0), "compared_day"),
        (timedelta(0), timedelta(days=-2000), "compared_day"),
    ],
)
def test_a_day_that_no_figures_reach_is_refused(world, officer, day, compared, field):
    with pytest.raises(Invalid) as refused:
        ask(officer, world, day=world.today + day, compared_day=None if compared is None else world.today + compared)
    assert field in refused.value.fields and not Screening.objects.exists()


def test_the_gu_sees_counts_with_small_cells_hidden_and_no_names(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = run(officer, world)
    seen = counts_of(by=officer, screening_id=row.pk, names={}, at=world.now)
    assert seen.cells["천연동", "living_benefit"].text == "5 미만"
    assert seen.by_row["천연동"].text == "가림" and seen.by_row["홍제1동"].text == "0"
    assert [one.id for one in screenings_of(by=officer)] == [row.pk]
    with pytest.raises(NotFound):
        counts_of(by=actor(world, Role.GU_OFFICER, "other_gu"), screening_id=row.pk, names={}, at=world.now)
    assert not screenings_of(by=planner)


def test_the_city_way_and_the_household_way_sift_alike(world, officer, planner, kim, book, tmp_path):
    tell_poor(planner, kim, book, world)
    person = world.households["near"].residents.first()
    note_facts(
        by=actor(world, Role.PLANNER, "other_dong"), household_id=world.households["near"].pk,
        facts={"rent": (100_000, 300_000), "crisis_income": 1}, people={person.pk: {"pension": 2_550_000}}, source="phone",
        book=book, at=world.now,
    )  # fmt: skip
    card = screening_to_run(ask(officer, world, compared_day=LAST_YEAR).pk)
    turn = round_of(card, catalog(), world.today)
    told = told_of_many([home for home, _dong in households_to_screen(card.gu_id)], book, at=world.now, day=world.today)
    sifted = []
    for few in (1000, 0):
        tables, noted = Tables(book, tmp_path / f"told{few}", few), Noted(65, turn.ahead)
        tables.add(told)
        noted.note(told, turn)
        tables.close()
        assert tables.is_small == bool(few)
        sifted.append(sift(turn, tables, noted, tmp_path / f"out{few}"))
    assert sifted[0] == sifted[1] and sifted[0][kim]


def test_a_household_stands_once_and_all_that_was_found_there_goes_with_one_decision(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = run(officer, world)
    (card,) = findings_waiting(by=planner, at=world.now).rows
    lines = found(row, kim)
    assert {card.benefit, *(one.benefit for one in card.others)} == set(lines) and len(lines) > 2
    assert card.need == max(one.need for one in lines.values())
    only = findings_waiting(by=planner, at=world.now, benefit="living_benefit").rows
    assert [one.benefit for one in only] == ["living_benefit"] and len(only[0].others) == len(lines) - 1
    take_finding(by=planner, finding_id=lines["living_benefit"].pk, at=world.now)
    assert Finding.objects.filter(state=FoundState.TAKEN).count() == 1, "nothing else was decided with it"
    rest = findings_waiting(by=planner, at=world.now).rows[0]
    take_finding(by=planner, finding_id=rest.id, at=world.now, with_others=True)
    assert not findings_waiting(by=planner, at=world.now).rows and Lead.objects.count() == 1
    assert Entry.objects.filter(event="finding.taken", household=kim).count() == len(lines)


def test_dismissing_all_of_a_household_writes_the_reason_at_each(world, officer, planner, kim, book):
    tell_poor(planner, kim, book, world)
    row = run(officer, world)
    (card,) = findings_waiting(by=planner, at=world.now).rows
    dismiss_finding(by=planner, finding_id=card.id, reason="본인이 원하지 않음", at=world.now, with_others=True)
    assert not findings_waiting(by=planner, at=world.now).rows
    assert set(found(row, kim).values()) == set(Finding.objects.filter(decision="본인이 원하지 않음", state="dismissed"))


@pytest.mark.parametrize(
    ("why", "said", "points"),
    [
        ("까닭 · 급한 정도 462: 고위험 가구 300, 한 달 2만 4,600원쯤 2", "까닭", ("고위험 가구 300", "한 달 2만 4,600원쯤 2")),
        ("까닭 · 급한 정도 0", "까닭", ()),
        ("급한 정도 60: 아직 만난 적 없음 60", "", ("아직 만난 적 없음 60",)),
    ],
)
def test_the_reason_and_the_points_are_told_apart(why, said, points):
    assert said_apart(why) == (said, points)

"""What a household told and gets, what it may be owed, and its claims from the first word to the objection day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from tests.world import actor

from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import (
    apply_claim,
    decide_claim,
    drop_claim,
    end_receipt,
    note_claim,
    note_facts,
    note_receipt,
    number_claim,
    object_claim,
    tell_claim,
)
from chatdong.safetynet.benefits.actions.claim_days import set_objection
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Claim, FactSheet, Receipt
from chatdong.safetynet.benefits.queries import claims_due, owed_of
from chatdong.safetynet.benefits.queries.told import age_months
from chatdong.safetynet.benefits.states import ClaimState, DropReason

POOR = {
    "tenure": 2, "deposit": 5_000_000, "rent": 300_000, "home_value": 0, "other_property": 0, "financial": 500_000, "debt": 0,
    "car": 0, "car_value": 0, "other_income": 0, "medical_expense": 0, "supporter_exists": 0, "receives_living": 0,
}  # fmt: skip


def tell_poor(planner, kim, book, world, **more):
    person = world.households["kim"].residents.first()
    nothing = {"earned": 0, "business": 0, "pension": 0}
    return note_facts(
        by=planner, household_id=kim, facts=POOR | more, people={person.pk: nothing}, source="visit", book=book, at=world.now
    )


def claim_of(planner, kim, book, world, benefit="living_benefit"):
    return note_claim(by=planner, household_id=kim, benefit=benefit, book=book, at=world.now)


def test_a_household_that_told_its_means_is_shown_what_it_may_be_owed_with_the_reason(world, planner, kim, book):
    before = owed_of(by=planner, household_id=kim, catalog=catalog(), at=world.now)
    assert "living_benefit" not in {card.benefit for card in before.likely}
    assert "living_benefit" in {card.benefit for card in before.maybe}
    assert before.questions
    tell_poor(planner, kim, book, world)
    after = owed_of(by=planner, household_id=kim, catalog=catalog(), at=world.now)
    card = next(card for card in after.likely if card.benefit == "living_benefit")
    assert card.amount and 0 < card.amount[0] <= card.amount[1]
    assert any("소득인정액" in line.text for line in card.lines)
    assert Entry.objects.filter(event="benefit.owed", kind="read", household=kim).count() == 2


def test_what_is_received_is_not_offered_again_and_what_may_not_be_combined_is_told(world, planner, kim, book):
    tell_poor(planner, kim, book, world)
    for benefit in ("living_benefit", "seoul_basic_security"):
        note_receipt(by=planner, household_id=kim, benefit=benefit, since=world.today, source="register", book=book, at=world.now)
    found = owed_of(by=planner, household_id=kim, catalog=catalog(), at=world.now)
    assert "living_benefit" not in {card.benefit for card in (*found.likely, *found.maybe)}
    assert [(double.first, double.second) for double in found.doubles] == [("living_benefit", "seoul_basic_security")]
    assert {card.benefit for card in found.receipts} == {"living_benefit", "seoul_basic_security"}


def test_a_later_sheet_adds_to_the_earlier_and_none_forgets(world, planner, kim, book):
    tell_poor(planner, kim, book, world)
    later = note_facts(
        by=planner, household_id=kim, facts={"rent": (200_001, 400_000), "debt": None}, people={}, source="phone", book=book,
        at=world.now + timedelta(days=1),
    )  # fmt: skip
    assert later.facts["rent"] == [200_001, 400_000] and "debt" not in later.facts
    assert later.facts["deposit"] == 5_000_000
    assert FactSheet.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"rent": -1}, "rent"), ({"nonsense": 1}, "nonsense"), ({"tenure": 99}, "tenure"), ({"rent": (5, 1)}, "rent")],
)
def test_a_value_out_of_bounds_is_refused_at_its_field(world, planner, kim, book, facts, field):
    with pytest.raises(Invalid) as refused:
        note_facts(by=planner, household_id=kim, facts=facts, people={}, source="visit", book=book, at=world.now)
    assert field in refused.value.fields and not FactSheet.objects.exists()


def test_somebody_of_another_household_is_refused(world, planner, kim, book):
    other = world.households["family"].residents.first()
    with pytest.raises(Invalid, match="살지 않는"):
        note_facts(by=planner, household_id=kim, facts={}, people={other.pk: {}}, source="visit", book=book, at=world.now)


def test_a_claim_goes_from_the_first_word_to_the_grant_which_begins_a_receipt(world, planner, kim, book):
    row = claim_of(planner, kim, book, world)
    assert row.next_on == world.today + timedelta(days=14)
    assert claim_of(planner, kim, book, world).pk == row.pk and Claim.objects.count() == 1
    tell_claim(by=planner, claim_id=row.pk, on=world.today, at=world.now)
    apply_claim(by=planner, claim_id=row.pk, on=world.today, at=world.now, system_number="2026-0316 77", system_on=world.today)
    row = number_claim(by=planner, claim_id=row.pk, system_number="2026-031678", system_on=world.today, at=world.now)
    assert (row.system_number, row.next_on) == ("2026-031678", world.today + timedelta(days=30))
    later = world.now + timedelta(days=20)
    row = decide_claim(by=planner, claim_id=row.pk, is_granted=True, on=later.date(), at=later)
    assert row.state == ClaimState.GRANTED and row.closed_at == later
    assert Receipt.objects.get(household_id=kim).since == later.date()


def test_a_refusal_needs_its_reason_and_stays_open_until_its_objection_day(world, planner, kim, book):
    row = claim_of(planner, kim, book, world)
    apply_claim(by=planner, claim_id=row.pk, on=world.today, at=world.now)
    with pytest.raises(Invalid) as refused:
        decide_claim(by=planner, claim_id=row.pk, is_granted=False, on=world.today, at=world.now, reason=" ")
    assert "reason" in refused.value.fields
    row = decide_claim(by=planner, claim_id=row.pk, is_granted=False, on=world.today, at=world.now, reason="재산이 기준을 넘음")
    assert row.objection_until == date(2026, 6, 15) == row.next_on and row.closed_at is None, "the ninetieth day is a Sunday"
    late = world.now + timedelta(days=92)
    with pytest.raises(Invalid, match="기한이 지난"):
        object_claim(by=planner, claim_id=row.pk, on=late.date(), at=late)
    row = object_claim(by=planner, claim_id=row.pk, on=world.today, at=world.now)
    assert row.state == ClaimState.OBJECTED
    assert not claims_due(by=planner, at=world.now).rows
    due = claims_due(by=planner, at=world.now + timedelta(days=31), own=True).rows
    assert [(one.id, one.is_late) for one in due] == [(row.pk, True)]


@pytest.mark.parametrize(
    ("decided", "until", "late_from"),
    [
        (date(2026, 3, 17), date(2026, 6, 15), date(2026, 6, 8)),  # a Monday, and a working day a week before
        (date(2026, 3, 15), date(2026, 6, 15), date(2026, 6, 8)),  # the ninetieth day is a Saturday: 민법 §161
        (date(2026, 5, 20), date(2026, 8, 18), date(2026, 8, 11)),
        (date(2026, 5, 19), date(2026, 8, 18), date(2026, 8, 11)),  # 광복절 on a Saturday and its substitute on Monday
        (date(2026, 6, 26), date(2026, 9, 28), date(2026, 9, 21)),  # 추석: 24, 25, then a weekend
    ],
)
def test_the_objection_day_is_the_laws_and_it_is_late_a_week_before(db, decided, until, late_from):
    row = Claim(state=ClaimState.REFUSED)
    set_objection(row, decided, None)
    assert (row.objection_until, row.next_on) == (until, until)
    assert row.due_at == datetime.combine(late_from, time(23, 59, 59), tzinfo=KST)


def test_a_promised_day_on_which_the_office_is_closed_moves_to_the_next_one(world, planner, kim, book):
    row = claim_of(planner, kim, book, world)
    row = tell_claim(by=planner, claim_id=row.pk, on=date(2026, 3, 14), at=world.now)
    assert row.next_on == date(2026, 3, 30), "fourteen days on is a Saturday"
    assert row.due_at == datetime(2026, 3, 30, 23, 59, 59, tzinfo=KST)
    row = drop_claim(by=planner, claim_id=row.pk, reason=DropReason.UNWANTED, at=world.now)
    assert (row.next_on, row.due_at) == (None, None)


def test_what_the_state_does_not_allow_is_refused(world, planner, kim, book):
    row = claim_of(planner, kim, book, world)
    with pytest.raises(Conflict):
        decide_claim(by=planner, claim_id=row.pk, is_granted=True, on=world.today, at=world.now)
    with pytest.raises(Invalid, match="까닭"):
        drop_claim(by=planner, claim_id=row.pk, reason="nothing", at=world.now)
    drop_claim(by=planner, claim_id=row.pk, reason=DropReason.UNWANTED, at=world.now)
    with pytest.raises(Conflict):
        tell_claim(by=planner, claim_id=row.pk, on=world.today, at=world.now)
    assert claim_of(planner, kim, book, world).pk != row.pk


def test_who_may_not_is_turned_away(world, planner, kim, book):
    far = actor(world, Role.PLANNER, "other_gu")
    with pytest.raises(NotFound):
        owed_of(by=far, household_id=kim, catalog=catalog(), at=world.now)
    with pytest.raises(NotFound):
        claim_of(far, kim, book, world)
    officer = actor(world, Role.GU_OFFICER)
    assert owed_of(by=officer, household_id=kim, catalog=catalog(), at=world.now)
    with pytest.raises(Forbidden):
        claim_of(officer, kim, book, world)
    row = claim_of(planner, kim, book, world)
    with pytest.raises(NotFound):
        tell_claim(by=far, claim_id=row.pk, on=world.today, at=world.now)
    assert not claims_due(by=far, at=world.now + timedelta(days=99)).rows


def test_an_open_claim_without_a_next_day_is_refused_by_the_database(world, planner, kim, book):
    row = claim_of(planner, kim, book, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Claim).filter(pk=row.pk).update(next_on=None)  # past our own guard: the database holds it


def test_a_receipt_ends_once_and_not_before_it_began(world, planner, kim, book):
    row = note_receipt(
        by=planner, household_id=kim, benefit="basic_pension", since=world.today, source="visit", book=book, at=world.now
    )
    with pytest.raises(Invalid):
        end_receipt(by=planner, receipt_id=row.pk, until=world.today - timedelta(days=1), at=world.now)
    end_receipt(by=planner, receipt_id=row.pk, until=world.today, at=world.now)
    with pytest.raises(Conflict):
        end_receipt(by=planner, receipt_id=row.pk, until=world.today, at=world.now)


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(1961, 3, 16), date(2026, 3, 16), 780),
        (date(1961, 3, 17), date(2026, 3, 16), 779),
        (date(2026, 2, 28), date(2026, 3, 27), 0),
        (date(2026, 5, 1), date(2026, 3, 16), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
    ],
)
def test_completed_months_of_life(born, day, months):
    assert age_months(born, None, day) == months


def test_a_birth_year_alone_is_a_band():
    assert age_months(None, 1961, date(2026, 3, 16)) == (770, 782)
    assert age_months(None, None, date(2026, 3, 16)) is None

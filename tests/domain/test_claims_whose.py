"""Whose a claim is: a pension is grandmother's, and grandfather's is another one; a benefit of the home is nobody's alone."""

from datetime import date

import pytest
from django.db.models import QuerySet
from tests.domain.test_claims import tell_poor
from tests.world import BY, actor

from chatdong.ground.households.actions import NewResident, note_death, register_household
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import decide_claim, name_claim, note_claim, note_facts, note_receipt, tell_claim
from chatdong.safetynet.benefits.actions.claims import apply_claim
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.queries import claims_due, owed_of
from chatdong.safetynet.benefits.queries.whose import Left, doubles_in, left_for
from chatdong.safetynet.discovery.actions import accept_handover, ask_handover, merge_households
from chatdong.safetynet.discovery.queries import proof

NOTHING = {"earned": 0, "business": 0, "pension": 0}
PENSION = "basic_pension"


@pytest.fixture
def couple(world, planner, book):
    """Two old people with nothing, and their household."""
    home = register_household(
        by=BY, dong_id=world.dongs["own"].pk, at=world.now, road_address="서대문구 독립문로 1", tong_number=1,
        residents=[
            NewResident("나영희", date(1950, 1, 1), sex="f", relation="head"),
            NewResident("고철수", date(1948, 1, 1), sex="m", relation="spouse"),
        ],
    )  # fmt: skip
    world.households["couple"] = home
    people = dict(home.residents.values_list("name", "id"))
    poor = {
        "tenure": 2, "deposit": 5_000_000, "rent": 300_000, "home_value": 0, "other_property": 0, "financial": 0, "debt": 0,
        "car": 0, "car_value": 0, "other_income": 0, "medical_expense": 0, "supporter_exists": 0, "receives_living": 0,
    }  # fmt: skip
    note_facts(
        by=planner, household_id=home.pk, facts=poor, people=dict.fromkeys(people.values(), NOTHING), source="visit", book=book,
        at=world.now,
    )  # fmt: skip
    return home, people["나영희"], people["고철수"]


def note(planner, world, home, resident_id, benefit=PENSION):
    return note_claim(
        by=planner, household_id=home.pk, benefit=benefit, book=catalog().book, at=world.now, resident_id=resident_id
    )


def card_of(planner, world, home, benefit=PENSION):
    found = owed_of(by=planner, household_id=home.pk, catalog=catalog(), at=world.now)
    return next((one for one in (*found.likely, *found.maybe) if one.benefit == benefit), None)


def test_each_of_two_old_people_has_a_claim_of_their_own(world, planner, couple):
    home, she, he = couple
    assert card_of(planner, world, home).to_note == (she, he)
    hers = note(planner, world, home, she)
    assert note(planner, world, home, she).pk == hers.pk, "an open one is not doubled"
    card = card_of(planner, world, home)
    assert card.to_note == (he,) and [one.resident_id for one in card.claims] == [she]
    his = note(planner, world, home, he)
    assert his.pk != hers.pk and card_of(planner, world, home).to_note == ()
    with pytest.raises(Conflict, match="이미 진행 중"):
        note(planner, world, home, None)


def test_a_grant_begins_that_persons_receipt_and_the_other_is_still_offered_without_a_figure(world, planner, couple):
    home, she, he = couple
    before = card_of(planner, world, home)
    assert before.amount and before.who == (she, he)
    row = note(planner, world, home, she)
    apply_claim(by=planner, claim_id=row.pk, on=world.today, at=world.now)
    decide_claim(by=planner, claim_id=row.pk, is_granted=True, on=world.today, at=world.now)
    assert Receipt.objects.get().resident_id == she
    card = card_of(planner, world, home)
    assert (card.who, card.to_note) == ((he,), (he,))
    assert card.amount is None, "the sum is of both: what is left of it nobody knows"


def test_a_benefit_of_the_home_is_nobodys_alone(world, planner, couple):
    home, she, _he = couple
    with pytest.raises(Invalid, match="가구가 함께"):
        note(planner, world, home, she, "living_benefit")
    assert note(planner, world, home, None, "living_benefit").resident_id is None
    assert card_of(planner, world, home, "living_benefit").to_note == ()


def test_nobody_of_another_home_and_nobody_who_died(world, planner, couple):
    home, she, _he = couple
    stranger = world.households["family"].residents.first().pk
    with pytest.raises(Invalid, match="이 가구의 사람"):
        note(planner, world, home, stranger)
    note_death(by=planner, resident_id=she, died_on=world.today, at=world.now)
    with pytest.raises(Invalid, match="이 가구의 사람"):
        note(planner, world, home, she)


def test_a_claim_of_the_whole_home_is_told_whose_it_is_once(world, planner, couple, book):
    home, she, he = couple
    row = note(planner, world, home, None)
    assert card_of(planner, world, home).to_note == ()
    with pytest.raises(Conflict):
        note(planner, world, home, she)
    named = name_claim(by=planner, claim_id=row.pk, resident_id=she, book=book, at=world.now)
    assert (named.resident_id, named.state, named.next_on) == (she, row.state, row.next_on)
    assert card_of(planner, world, home).to_note == (he,)
    with pytest.raises(Conflict):
        name_claim(by=planner, claim_id=row.pk, resident_id=he, book=book, at=world.now)


def test_a_claim_of_somebody_who_died_stands_on_the_list_at_once(world, planner, couple):
    home, she, _he = couple
    row = note(planner, world, home, she)
    assert not claims_due(by=planner, at=world.now).rows
    note_death(by=planner, resident_id=she, died_on=world.today, at=world.now)
    due = claims_due(by=planner, at=world.now).rows
    assert [(one.id, one.whose) for one in due] == [(row.pk, "나*희")]
    card = next(one for one in owed_of(by=planner, household_id=home.pk, catalog=catalog(), at=world.now).claims)
    assert card.is_gone


def test_it_stays_that_persons_through_hand_over_and_merge(world, planner, who, couple):
    home, she, he = couple
    row = note(planner, world, home, she)
    asked = ask_handover(by=planner, household_id=home.pk, to_dong_id=world.dongs["other_dong"].pk, reason="이사", at=world.now)
    accept_handover(by=who("team_lead", "other_dong"), handover_id=asked.pk, at=world.now)
    row.refresh_from_db()
    assert (row.resident_id, row.dong_id) == (she, world.dongs["other_dong"].pk)
    near = world.households["near"]
    other = note(who("planner", "other_dong"), world, near, near.residents.get().pk)
    merge_households(by=who("team_lead", "other_dong"), keep_id=near.pk, drop_id=home.pk, at=world.now)
    for one in (row, other):
        one.refresh_from_db()
        assert (one.household_id, one.closed_at) == (near.pk, None), "two people, two pensions"
    assert row.resident_id == she and proof(at=world.now) == []
    tell_claim(by=who("planner", "other_dong"), claim_id=row.pk, on=world.today, at=world.now)
    assert he in card_of(who("planner", "other_dong"), world, near).to_note


def test_the_proof_sees_a_claim_for_somebody_of_another_home(world, planner, couple):
    home, she, _he = couple
    row = note(planner, world, home, she)
    QuerySet(Claim).filter(pk=row.pk).update(resident_id=world.households["kim"].residents.get().pk)
    assert [one.kind for one in proof(at=world.now)] == ["claim.person"]


def test_what_may_not_be_had_together_is_looked_for_in_one_person_or_the_home(book):
    nursery, at_home = "childcare_fee", "home_care_allowance"
    assert doubles_in([(nursery, 1), (at_home, 2)], book) == [], "the older child's and the baby's"
    assert [(one.first, one.second) for one in doubles_in([(nursery, 1), (at_home, 1)], book)] == [(nursery, at_home)]
    assert doubles_in([(nursery, None), (at_home, 2)], book), "nobody knows whose: it is to be looked at"
    assert doubles_in([("seoul_basic_security", 1), ("living_benefit", 2)], book), "the home's: whoever it was noted for"


def test_what_is_received_twice_is_told(world, planner, book):
    assert doubles_in([(PENSION, 1), (PENSION, 2)], book) == []
    assert [one.is_twice for one in doubles_in([(PENSION, 1), (PENSION, None)], book)] == [True]
    assert [one.is_twice for one in doubles_in([("living_benefit", None), ("living_benefit", 3)], book)] == [True]
    kim, near = world.households["kim"], world.households["empty"]
    for home in (kim, near):
        note_receipt(
            by=planner, household_id=home.pk, benefit="living_benefit", since=world.today, source="register", book=book,
            at=world.now,
        )  # fmt: skip
    merge_households(by=actor(world, Role.TEAM_LEAD), keep_id=kim.pk, drop_id=near.pk, at=world.now)
    tell_poor(planner, kim.pk, book, world)
    found = owed_of(by=planner, household_id=kim.pk, catalog=catalog(), at=world.now)
    assert [(one.says, one.is_twice) for one in found.doubles] == [("생계급여", True)]


@pytest.mark.parametrize(
    ("got", "met_by", "left"),
    [
        ((), (), Left((1, 2))),
        ((), (2,), Left((2,))),
        (((PENSION, 1),), (1, 2), Left((2,), True)),
        (((PENSION, 1),), (1,), None),
        (((PENSION, None),), (1, 2), None),
        ((("ltc_facility", 1),), (1, 2), Left((1, 2))),
    ],
)
def test_who_may_still_have_a_persons_benefit(book, got, met_by, left):
    assert left_for(book.benefits[PENSION], met_by, (1, 2), got, book) == left


def test_one_persons_place_in_a_home_keeps_only_that_person_from_care_at_home(book):
    care = book.benefits["elder_custom_care"]
    assert left_for(care, (1, 2), (1, 2), (("ltc_facility", 1),), book) == Left((2,), True)
    assert left_for(care, (1, 2), (1, 2), (("ltc_facility", None),), book) is None

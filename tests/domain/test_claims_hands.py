"""Claims follow their household and never stay with somebody who is gone."""

from datetime import timedelta

import pytest
from tests.domain.test_reports import KIM
from tests.world import World

from chatdong.safetynet.benefits.actions import note_claim, note_receipt
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.queries import claims_due
from chatdong.safetynet.benefits.states import ClaimState, DropReason
from chatdong.safetynet.discovery.actions import (
    accept_handover,
    ask_handover,
    merge_households,
    release_worker,
    submit_report,
)
from chatdong.safetynet.discovery.queries import proof


@pytest.fixture
def claim(world: World, who) -> Claim:
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=KIM)
    return note(world, who, "kim")


def note(world: World, who, home: str, benefit: str = "living_benefit") -> Claim:
    return note_claim(
        by=who("planner"), household_id=world.households[home].pk, benefit=benefit, book=catalog().book, at=world.now
    )


def test_a_household_handed_over_takes_its_claims_and_receipts_along(world, who, claim):
    kim, there = world.households["kim"].pk, world.dongs["other_dong"].pk
    note_receipt(
        by=who("planner"), household_id=kim, benefit="basic_pension", since=world.today, source="visit", book=catalog().book,
        at=world.now,
    )  # fmt: skip
    asked = ask_handover(by=who("planner"), household_id=kim, to_dong_id=there, reason="이사", at=world.now)
    claim.refresh_from_db()
    assert claim.dong_id != there, "the sender stays owner until the receiver accepts"
    accept_handover(by=who("team_lead", "other_dong"), handover_id=asked.pk, at=world.now)
    claim.refresh_from_db()
    assert claim.dong_id == there and Receipt.objects.get().dong_id == there
    assert proof(at=world.now) == []
    later = world.now + timedelta(days=15)
    assert [row.id for row in claims_due(by=who("planner", "other_dong"), at=later).rows] == [claim.pk]
    assert not claims_due(by=who("planner"), at=later).rows


def test_joined_households_claim_one_benefit_once(world, who, claim):
    twin, other = note(world, who, "family"), note(world, who, "family", "basic_pension")
    merge_households(by=who("team_lead"), keep_id=world.households["kim"].pk, drop_id=world.households["family"].pk, at=world.now)
    for row in (claim, twin, other):
        row.refresh_from_db()
    assert claim.closed_at is None
    assert (twin.state, twin.drop, twin.closed_at) == (ClaimState.DROPPED, DropReason.JOINED, world.now)
    assert other.household_id == world.households["kim"].pk and other.closed_at is None
    assert proof(at=world.now) == []


def test_who_leaves_gives_the_claims_to_somebody_who_works_there(world, who, claim):
    leaving = claim.worker_id
    release_worker(
        by=who("dong_head"), account_id=leaving, dong_id=claim.dong_id, to_account_id=None, on=world.today, at=world.now
    )
    claim.refresh_from_db()
    assert claim.worker_id != leaving
    assert not [one for one in proof(at=world.now) if one.kind.startswith("claim")]


def test_the_proof_sees_a_claim_that_was_left_behind(world, who, claim):
    from django.db.models import QuerySet

    QuerySet(Claim).filter(pk=claim.pk).update(dong_id=world.dongs["other_gu"].pk)
    assert {"claim.dong", "claim.owner"} <= {one.kind for one in proof(at=world.now)}

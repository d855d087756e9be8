"""Claims follow their household: into another dong, into another person's hands, into the household it was joined with."""

from datetime import date, datetime
from typing import Any

from chatdong.ground.accounts.queries import answering_worker, is_posted, workers_of
from chatdong.kernel.clock import kst
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.actions.claim_days import clear_days
from chatdong.safetynet.benefits.actions.told import whose
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.states import ClaimState, DropReason


@action
def change_claim_hands(*, by: Actor, household_id: int, dong_id: int, worker_id: int, at: datetime) -> int:
    """A household's open claims and receipts go with it to a dong and a worker, who was chosen and checked by the caller.

    Raises Forbidden: HANDOVER_ANSWER at the dong.
    """
    ensure(by, Permission.HANDOVER_ANSWER, at_dong(dong_id))
    claims = Claim.objects.filter(household_id=household_id, closed_at=None)
    count = claims.exclude(dong_id=dong_id, worker_id=worker_id).update(dong_id=dong_id, worker_id=worker_id)
    count += Receipt.objects.filter(household_id=household_id, until=None).exclude(dong_id=dong_id).update(dong_id=dong_id)
    record("claims.change_hands", by=by, at=at, household_id=household_id, dong_id=dong_id, count=count,
           details={"worker": worker_id})  # fmt: skip
    return count


@action
def join_claims(*, by: Actor, keep_id: int, drop_id: int, dong_id: int, worker_id: int, at: datetime) -> int:
    """What a household that was joined with another still claims goes on there; a second claim to the same benefit ends.

    Receipts stay where they were written and are read through both. Raises Forbidden: HOUSEHOLD_MERGE at the dong.
    """
    ensure(by, Permission.HOUSEHOLD_MERGE, at_dong(dong_id))
    count = 0
    for row in Claim.objects.select_for_update().filter(household_id=drop_id, closed_at=None).order_by("id"):
        same = Claim.objects.filter(household_id=keep_id, benefit=row.benefit, closed_at=None, **whose(row.resident_id))
        if same.exists():
            row.state, row.drop, row.closed_at = ClaimState.DROPPED, DropReason.JOINED, at
            clear_days(row)
        else:
            row.household_id, row.dong_id, row.worker_id = keep_id, dong_id, worker_id
        row.version += 1
        row.save()
        count += 1
    record("claims.join", by=by, at=at, household_id=keep_id, dong_id=dong_id, count=count, details={"drop": drop_id})
    return count


@action
def release_claims(*, by: Actor, account_id: int, dong_id: int, to_account_id: int | None, at: datetime) -> int:
    """Give a leaving person's open claims of a dong to another; without one, each to whoever answers for its household.

    Raises Forbidden: STAFF_RELEASE in the dong; Conflict where nobody is left.
    """
    ensure(by, Permission.STAFF_RELEASE, at_dong(dong_id))
    count, day = 0, kst(at).date()
    mine = Claim.objects.select_for_update(of=("self",)).filter(worker_id=account_id, dong_id=dong_id, closed_at=None)
    for row in mine.select_related("household__tong").order_by("id"):
        heir = to_account_id if to_account_id is not None and is_posted(to_account_id, dong_id, day) else None
        row.worker_id = heir if heir is not None else _other(row.household, account_id, day)
        row.version += 1
        row.save()
        count += 1
    record("claims.release", by=by, at=at, dong_id=dong_id, count=count, details={"from": account_id, "to": to_account_id})
    return count


def _other(home: Any, account_id: int, day: date) -> int:
    found = answering_worker(home.dong_id, day, home.tong.number if home.tong_id else None).pk
    if found != account_id:
        return int(found)
    return next((one.id for one in workers_of([home.dong_id], day) if one.id != account_id), int(found))

"""What is open about a household changes hands: another worker, another dong, or another household it is joined to."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from chatdong.ground.accounts.queries import answering_worker, workers_of
from chatdong.kernel.clock import kst
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, at_dong, ensure, may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.held import ensure_posted, lock_watch, worker_for
from chatdong.safetynet.visits.actions.told import tell_assigned
from chatdong.safetynet.visits.models import Target, Unreached, Visit
from chatdong.safetynet.visits.queries.homes import home_at, lock_home, open_watches, where_of
from chatdong.safetynet.visits.states import TargetState, UnreachedState, VisitState

GIVING = (Permission.LEAD_ASSIGN, Permission.STAFF_RELEASE)


@action
def change_hands(*, by: Actor, household_id: int, dong_id: int, worker_id: int | None, at: datetime) -> int:
    """Give everything open about a household (watch, planned visits, waiting targets, search) to a dong and a worker.

    Used when a household is handed over, moves, or its worker leaves. Without a worker, whoever answers in that dong.
    Returns how many rows went over.

    Raises:
        Invalid: the worker is not posted there (`worker_id`).
        Forbidden: neither LEAD_ASSIGN or STAFF_RELEASE at the household nor HANDOVER_ANSWER at the dong.
    """
    home = lock_home(household_id)
    _ensure_giving(by, where_of(home), dong_id)
    home.dong_id = dong_id
    if worker_id is None:
        worker_id = worker_for(home_at(household_id) if home_at(household_id).dong_id == dong_id else home, kst(at).date())
    ensure_posted(worker_id, dong_id, kst(at).date(), "worker_id")
    count = 0
    watch = lock_watch(household_id)
    if watch is not None and (watch.dong_id, watch.worker_id) != (dong_id, worker_id):
        watch.dong_id, watch.worker_id = dong_id, worker_id
        watch.version += 1
        watch.save()
        tell_assigned(worker_id, by, household_id, key=f"watch:{watch.pk}:{watch.version}", at=at)
        count += 1
    count += _over(Q(household_id=household_id), dong_id, worker_id, at)
    record("visits.change_hands", by=by, at=at, household_id=household_id, dong_id=dong_id, count=count,
           details={"worker": worker_id})  # fmt: skip
    return count


def _ensure_giving(by: Actor, here: Where, dong_id: int) -> None:
    if may(by, Permission.HANDOVER_ANSWER, at_dong(dong_id)):
        ensure(by, Permission.HANDOVER_ANSWER, at_dong(dong_id))
        return
    ensure(by, next((right for right in GIVING if may(by, right, here)), GIVING[0]), here)


def _over(which: Q, dong_id: int, worker_id: int, at: datetime) -> int:
    """Searches, waiting targets and planned visits to another dong and worker; a second visit of the same day is called off."""
    here = {"dong_id": dong_id, "worker_id": worker_id}
    count = Unreached.objects.filter(which, state=UnreachedState.OPEN).exclude(**here).update(**here)
    count += Target.objects.filter(which, state=TargetState.WAITING).exclude(**here).update(**here)
    for visit in Visit.objects.select_for_update().filter(which, state=VisitState.PLANNED).exclude(**here).order_by("id"):
        count += 1
        give_visit(visit, visit.household_id, dong_id, worker_id, at)
    return count


def give_visit(visit: Visit, household_id: int, dong_id: int, worker_id: int, at: datetime) -> None:
    same = Visit.objects.filter(
        household_id=household_id, worker_id=worker_id, planned_on=visit.planned_on, state=VisitState.PLANNED
    )
    visit.household_id, visit.dong_id, visit.worker_id = household_id, dong_id, worker_id
    if visit.companion_id == worker_id:
        visit.companion_id = None
    if same.exclude(pk=visit.pk).exists():
        visit.state, visit.canceled_at = VisitState.CANCELED, at
    visit.save()


@action
def release_visits(*, by: Actor, account_id: int, dong_id: int, to_account_id: int | None, at: datetime) -> int:
    """Give all that a person has open in a dong to another, household by household; without one, to whoever answers for each.

    Returns how many rows went over. Raises Invalid (`worker_id`), Forbidden: STAFF_RELEASE in the dong.
    """
    ensure(by, Permission.STAFF_RELEASE, at_dong(dong_id))
    kept: set[int] = set()
    mine = {"worker_id": account_id, "dong_id": dong_id}
    for rows in (
        open_watches().filter(**mine), Unreached.objects.filter(**mine, state=UnreachedState.OPEN),
        Visit.objects.filter(**mine, state=VisitState.PLANNED), Target.objects.filter(**mine, state=TargetState.WAITING),
    ):  # fmt: skip
        kept |= set(rows.values_list("household_id", flat=True))
    count = 0
    for household_id in sorted(kept):
        home = lock_home(household_id)
        worker_id = to_account_id if to_account_id is not None else _other(home, account_id, at)
        ensure_posted(worker_id, dong_id, kst(at).date(), "worker_id")
        count += _release_one(household_id, account_id, dong_id, worker_id, by, at)
    record("visits.release", by=by, at=at, dong_id=dong_id, count=count, details={"from": account_id, "to": to_account_id})
    return count


def _release_one(household_id: int, account_id: int, dong_id: int, worker_id: int, by: Actor, at: datetime) -> int:
    count = 0
    watch = lock_watch(household_id)
    if watch is not None and watch.worker_id == account_id:
        watch.worker_id = worker_id
        watch.version += 1
        watch.save()
        tell_assigned(worker_id, by, household_id, key=f"watch:{watch.pk}:{watch.version}", at=at)
        count += 1
    Visit.objects.filter(household_id=household_id, companion_id=account_id, state=VisitState.PLANNED).update(companion=None)
    return count + _over(Q(household_id=household_id, worker_id=account_id), dong_id, worker_id, at)


def _other(home: Any, account_id: int, at: datetime) -> int:
    """Whoever answers for a household when somebody leaves. Raises Conflict where nobody is left."""
    on = kst(at).date()
    found = answering_worker(home.dong_id, on, home.tong.number if home.tong_id else None).pk
    if found != account_id:
        return found
    return next((one.id for one in workers_of([home.dong_id], on) if one.id != account_id), found)

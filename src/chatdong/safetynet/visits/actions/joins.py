"""Two households turn out to be one: what is open about both becomes one, and nothing written is moved or lost."""

from datetime import datetime
from typing import Any

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.aftermath import step_from_contacts
from chatdong.safetynet.visits.actions.closing import close
from chatdong.safetynet.visits.actions.hands import give_visit
from chatdong.safetynet.visits.actions.held import lock_watch, worker_for
from chatdong.safetynet.visits.actions.searches import follow_attempts
from chatdong.safetynet.visits.models import Target, Unreached, Visit, Watch
from chatdong.safetynet.visits.queries.attempts import RUNG_STEP, last_answer
from chatdong.safetynet.visits.queries.homes import lock_home, where_of
from chatdong.safetynet.visits.queries.watches import kinds_of
from chatdong.safetynet.visits.states import ClosureReason, OwnedState, TargetState, UnreachedState, VisitState

# A joined household is as far as the further of the two.
_FURTHER = (TargetState.MET, TargetState.REFUSED, TargetState.WAITING)


@action
def join_household(*, by: Actor, keep_id: int, drop_id: int, at: datetime) -> None:
    """Join what visits know of `drop_id` to `keep_id`: one watch (the stricter grade, all reasons, the earlier date), one search,
    planned visits, and each target once. Contacts, gradings and safety plans stay where they were written; queries read both.

    Part of a merge of households, whose rows ground.households joins. Raises Invalid for one and the same, Forbidden:
    HOUSEHOLD_MERGE at both.
    """
    if keep_id == drop_id:
        raise Invalid({"household": "같은 가구입니다."})
    first, second = sorted((keep_id, drop_id))
    homes = {first: lock_home(first), second: lock_home(second)}
    keep = homes[keep_id]
    for home in homes.values():
        ensure(by, Permission.HOUSEHOLD_MERGE, where_of(home))
    _join_watches(keep, drop_id, at)
    worker = worker_for(keep, kst(at).date())
    _join_searches(keep, drop_id, worker, at)
    for visit in Visit.objects.select_for_update().filter(household_id=drop_id, state=VisitState.PLANNED).order_by("id"):
        give_visit(visit, keep_id, keep.dong_id, visit.worker_id if visit.dong_id == keep.dong_id else worker, at)
    _join_targets(keep, drop_id, worker)
    record("visits.join", by=by, at=at, household_id=keep_id, dong_id=keep.dong_id, details={"joined": drop_id})


def _join_watches(keep: Any, drop_id: int, at: datetime) -> None:
    kept, other = lock_watch(keep.pk), lock_watch(drop_id)
    if other is None:
        return
    if kept is None:
        other.household_id = keep.pk
        if other.dong_id != keep.dong_id:
            other.dong_id, other.worker_id = keep.dong_id, worker_for(keep, kst(at).date())
        other.version += 1
        other.save()
        return
    reasons = list(dict.fromkeys([*kept.reasons, *other.reasons]))
    changed = (other.grade, not other.suicide) < (kept.grade, not kept.suicide) and kept.state == OwnedState.CLOSING
    kept.grade, kept.suicide = min(kept.grade, other.grade), kept.suicide or other.suicide
    kept.reasons, kept.kinds = reasons, kinds_of(reasons)
    kept.opened_at = min(kept.opened_at, other.opened_at)
    kept.last_contact_at = max(filter(None, (kept.last_contact_at, other.last_contact_at)), default=None)
    if changed:
        _carry_on(kept, other)
    elif other.state == OwnedState.OPEN and kept.state == OwnedState.OPEN:
        kept.next_at = min(filter(None, (kept.next_at, other.next_at)))
    kept.version += 1
    kept.save()
    other.closure, other.needs_second, other.closure_asked_by_id = ClosureReason.JOINED, False, None
    close(other, at=at)


def _carry_on(kept: Watch, other: Watch) -> None:
    # Somebody asked to end the milder watch; the stricter one was not theirs to end.
    kept.state, kept.closure, kept.needs_second = OwnedState.OPEN, "", False
    kept.closure_asked_by_id = kept.closure_asked_at = None
    kept.next_step, kept.next_at = other.next_step, other.next_at


def _join_searches(keep: Any, drop_id: int, worker: int, at: datetime) -> None:
    other = Unreached.objects.filter(household_id=drop_id, state=UnreachedState.OPEN).first()
    if other is not None and Unreached.objects.filter(household_id=keep.pk, state=UnreachedState.OPEN).exists():
        # The attempts themselves are contacts and stay; only the second reckoning of them goes.
        other.delete()
    elif other is not None:
        other.household_id = keep.pk
        if other.dong_id != keep.dong_id:
            other.dong_id, other.worker_id = keep.dong_id, worker
        other.save()
    # Read together, the contacts may say otherwise than either row of them did.
    search = follow_attempts(keep, at=at, worker_id=worker)
    watch = lock_watch(keep.pk)
    if watch is not None and watch.state == OwnedState.OPEN and (search is not None or watch.next_step in RUNG_STEP.values()):
        step_from_contacts(watch, search, last_answer(keep.pk)[0], at)
        watch.version += 1
        watch.save()


def _join_targets(keep: Any, drop_id: int, worker: int) -> None:
    mine = {(row.cohort, row.year): row for row in Target.objects.filter(household_id=keep.pk, resident=None)}
    for row in Target.objects.select_for_update().filter(household_id=drop_id):
        twin = mine.get((row.cohort, row.year)) if row.resident_id is None else None
        if twin is None:
            row.household_id = keep.pk
            if row.dong_id != keep.dong_id:
                row.dong_id, row.worker_id = keep.dong_id, worker
            row.save()
            continue
        if _rank(row.state) < _rank(twin.state):
            twin.state, twin.reached_at, twin.contact_id = row.state, row.reached_at, row.contact_id
            twin.save()
        row.delete()


def _rank(state: str) -> int:
    return _FURTHER.index(TargetState(state)) if state in _FURTHER else len(_FURTHER)

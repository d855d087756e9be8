"""연락두절: a search opens, climbs and finds by what the contacts say; only a signed reason stops it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.held import ensure_here, ensure_person, lock_watch, worker_for
from chatdong.safetynet.visits.actions.told import leads_of, page_path
from chatdong.safetynet.visits.models import Unreached
from chatdong.safetynet.visits.queries.attempts import attempts_of, has_climbed, next_try
from chatdong.safetynet.visits.queries.homes import home_at, lock_home
from chatdong.safetynet.visits.queries.rules import next_visit_at
from chatdong.safetynet.visits.states import NextStep, OwnedState, Rung, UnreachedState

REASON_MOST = 300


def follow_attempts(home: Any, *, at: datetime, worker_id: int | None = None) -> Unreached | None:
    """Bring the household's search in line with its contacts: open it, advance it, or find. Returns the open one, if any."""
    pk = Unreached.objects.filter(household_id=home.pk, state=UnreachedState.OPEN).values_list("id", flat=True).first()
    search = Unreached.at(pk) if pk is not None else None
    following = next_try(attempts_of(home.pk), at=at, gu_id=home.dong.gu_id)
    if following is None:
        if search is not None:
            search.state, search.ended_at = UnreachedState.FOUND, at
            search.save()
        return None
    before = search.rung if search is not None else Rung.WORKER
    if search is None:
        worker = worker_for(home, kst(at).date(), worker_id)
        search = Unreached(household_id=home.pk, dong_id=home.dong_id, worker_id=worker, opened_at=at)
    search.rung, search.attempts = following.rung, following.attempts
    search.next_way, search.next_band, search.next_at = following.way, following.band, following.due_at
    search.save()
    if has_climbed(before, following.rung):
        _tell_climbed(search, at)
    return search


def _tell_climbed(search: Unreached, at: datetime) -> None:
    told = [search.worker_id, *leads_of(search.dong_id, at, besides=search.worker_id)]
    text = _("연락되지 않는 가구: %(rung)s 단계로 올라갔습니다.") % {"rung": Rung(search.rung).label}
    tell(
        told, MessageKind.CLIMBED, text, at=at,
        key=f"unreached:{search.pk}:{search.rung}", path=page_path(search.household_id), household_id=search.household_id,
        urgent=search.rung == Rung.POLICE,
    )  # fmt: skip


@action
def stop_search(*, by: Actor, unreached_id: int, reason: str, at: datetime) -> Unreached:
    """Stop searching, signed by somebody who may confirm closures and is not the worker. A watched household stays watched.

    Raises:
        Forbidden: the worker, a machine, or no CLOSURE_CONFIRM there.
        Invalid: no reason (field `reason`).
        Conflict: it has ended already.
        NotFound: out of reach.
    """
    household_id = Unreached.objects.filter(pk=unreached_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound
    lock_home(household_id)
    search = Unreached.at(unreached_id)
    ensure_here(by, Permission.CLOSURE_CONFIRM, search.where)
    me = ensure_person(by)
    if search.state != UnreachedState.OPEN:
        raise Conflict(_("이미 끝난 찾기입니다."))
    if search.worker_id == me:
        raise Forbidden(_("담당자는 스스로 멈출 수 없습니다. 다른 책임자가 서명해야 합니다."))
    if not reason.strip():
        raise Invalid({"reason": _("왜 멈추는지 적어 주세요. 서명과 함께 남습니다.")})
    search.state, search.ended_at = UnreachedState.STOPPED, at
    search.stopped_by_id, search.stop_reason = me, reason.strip()[:REASON_MOST]
    search.save()
    _back_to_rhythm(search, at)
    record("unreached.stop", by=by, at=at, about=search, household_id=search.household_id, dong_id=search.dong_id)
    return search


def _back_to_rhythm(search: Unreached, at: datetime) -> None:
    watch = lock_watch(search.household_id)
    if watch is None or watch.state != OwnedState.OPEN:
        return
    day, gu_id = kst(at).date(), home_at(search.household_id).dong.gu_id
    watch.next_step = NextStep.WATCH
    watch.next_at = next_visit_at(watch.grade, watch.suicide, day, on=day, gu_id=gu_id)
    watch.version += 1
    watch.save()

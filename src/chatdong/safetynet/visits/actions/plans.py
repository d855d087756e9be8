"""Planning visits, moving them and calling them off."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.held import ensure_here, ensure_lived_in, ensure_posted, held_home, worker_for
from chatdong.safetynet.visits.actions.told import tell_assigned
from chatdong.safetynet.visits.models import Visit
from chatdong.safetynet.visits.states import Slot, VisitKind, VisitState

FAR = timedelta(days=366)


@action
def plan_visit(
    *, by: Actor, household_id: int, planned_on: date, at: datetime, worker_id: int | None = None,
    companion_id: int | None = None, slot: str = "morning", kind: str = "watch", note: str = "", owner_id: int | None = None,
) -> Visit:  # fmt: skip
    """Plan a visit for a day. The worker is who was named, else the planner's own self where posted there, else whoever has it.

    `owner_id`: who answers for the household elsewhere (an open lead's worker), said by discovery.

    Raises:
        Invalid: fields `planned_on`, `slot`, `kind`, `worker_id`, `companion_id` (a household marked 2인 1조 needs one).
        Conflict: nobody lives there, or this worker already has a visit there on the day.
        NotFound, Forbidden: VISIT_PLAN at the household.
    """
    home = held_home(by, household_id, Permission.VISIT_PLAN, owner_id)
    ensure_lived_in(home)
    today = kst(at).date()
    _ensure_day(planned_on, today)
    if slot not in Slot.values:
        raise Invalid({"slot": _("시간대를 골라 주세요.")})
    if kind not in VisitKind.values:
        raise Invalid({"kind": _("방문의 종류를 골라 주세요.")})
    worker = worker_id or worker_for(home, today, by.account_id or owner_id)
    ensure_posted(worker, home.dong_id, today, "worker_id")
    _ensure_company(home.two_workers, worker, companion_id, home.dong_id, today)
    visit = Visit(
        household_id=home.pk, dong_id=home.dong_id, worker_id=worker, companion_id=companion_id, kind=kind, planned_on=planned_on,
        slot=slot, note=note.strip()[:200], planned_by=by.account_id, planned_at=at,
    )  # fmt: skip
    _save(visit)
    tell_assigned(worker, by, home.pk, key=f"visit:{visit.pk}:{worker}", at=at)
    record("visit.plan", by=by, at=at, about=visit, household_id=home.pk, dong_id=home.dong_id,
           details={"on": planned_on.isoformat(), "kind": str(kind)})  # fmt: skip
    return visit


@action
def reschedule_visit(
    *, by: Actor, visit_id: int, planned_on: date, at: datetime, slot: str = "", worker_id: int | None = None
) -> Visit:
    """Move a planned visit to another day, slot or worker. Raises as `plan_visit`, and Conflict for one that is over."""
    visit = _planned(by, visit_id)
    today = kst(at).date()
    _ensure_day(planned_on, today)
    if slot and slot not in Slot.values:
        raise Invalid({"slot": _("시간대를 골라 주세요.")})
    if worker_id is not None:
        ensure_posted(worker_id, visit.dong_id, today, "worker_id")
        if worker_id == visit.companion_id:
            raise Invalid({"worker_id": _("함께 가는 사람과 같은 사람입니다.")})
        visit.worker_id = worker_id
    visit.planned_on, visit.slot = planned_on, slot or visit.slot
    _save(visit)
    record("visit.reschedule", by=by, at=at, about=visit, household_id=visit.household_id, dong_id=visit.dong_id,
           details={"on": planned_on.isoformat()})  # fmt: skip
    return visit


@action
def cancel_visit(*, by: Actor, visit_id: int, at: datetime, why: str = "") -> Visit:
    """Call a planned visit off for a typed reason; what is due stays due.

    Raises Conflict for one that is over, NotFound, Forbidden.
    """
    visit = _planned(by, visit_id)
    visit.state, visit.canceled_at = VisitState.CANCELED, at
    visit.save()
    record("visit.cancel", by=by, at=at, about=visit, household_id=visit.household_id, dong_id=visit.dong_id, why=why)
    return visit


def _planned(by: Actor, visit_id: int) -> Visit:
    try:
        visit = Visit.at(visit_id)
    except Visit.DoesNotExist as error:
        raise NotFound from error
    ensure_here(by, Permission.VISIT_PLAN, visit.where)
    if visit.state != VisitState.PLANNED:
        raise Conflict(_("이미 마쳤거나 취소한 방문입니다."))
    return visit


def _ensure_day(planned_on: date, today: date) -> None:
    if not today <= planned_on <= today + FAR:
        raise Invalid({"planned_on": _("오늘부터 1년 안의 날을 골라 주세요.")})


def _ensure_company(needed: bool, worker: int, companion: int | None, dong_id: int, on: date) -> None:
    if companion is None:
        if needed:
            raise Invalid({"companion_id": _("두 사람이 함께 가야 하는 가구입니다. 함께 갈 사람을 골라 주세요.")})
        return
    if companion == worker:
        raise Invalid({"companion_id": _("담당자와 다른 사람을 골라 주세요.")})
    ensure_posted(companion, dong_id, on, "companion_id")


def _save(visit: Visit) -> None:
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise Conflict(_("같은 날 같은 담당자의 방문이 이미 잡혀 있습니다.")) from error

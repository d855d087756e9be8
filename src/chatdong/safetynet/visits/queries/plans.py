"""Planned visits."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Visit
from chatdong.safetynet.visits.queries.rows import DueRow, Fields, page_of
from chatdong.safetynet.visits.states import Slot, VisitKind, VisitState


def visits_planned(
    *, by: Actor, at: datetime, on: date | None = None, days: int = 1, mine: bool = True, after: str = ""
) -> Page[DueRow]:
    """Visits planned for a day and the `days` from it on, and earlier ones that nobody made or canceled (overdue)."""
    day = on or at.date()
    scope = reach(by, Permission.VISIT_READ)
    rows = Visit.objects.filter(
        scope.q(owner=("worker_id", "companion_id")), state=VisitState.PLANNED, planned_on__lt=day + timedelta(days=days)
    ).select_related("companion")
    if mine:
        rows = rows.filter(Q(worker_id=by.account_id) | Q(companion_id=by.account_id))
    return page_of(rows, ("planned_on", "id"), after, lambda row: _about(row, at.date()), event="visit.list", by=by, at=at)


def _about(row: Visit, today: date) -> Fields:
    with_whom = _("%(name)s 함께") % {"name": row.companion.name} if row.companion else ""
    return {
        "kind": "visit",
        "what": str(VisitKind(row.kind).label),
        "due_on": row.planned_on,
        "overdue": row.planned_on < today,
        "detail": " · ".join(part for part in (str(Slot(row.slot).label), with_whom) if part),
        "state": row.state,
    }

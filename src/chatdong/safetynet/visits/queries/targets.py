"""Visit targets that are due (65세·70세 도래, 출산가정, 빈곤위기가정)."""

from datetime import date, datetime

from chatdong.kernel.errors import Invalid
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Target
from chatdong.safetynet.visits.queries.rows import DueRow, Fields, page_of
from chatdong.safetynet.visits.states import Cohort, TargetState


def targets_due(
    *, by: Actor, at: datetime, on: date | None = None, mine: bool = True, cohort: str = "", month: int | None = None,
    after: str = "",
) -> Page[DueRow]:  # fmt: skip
    """Targets not yet met whose window is open on a day, the earliest deadline first.

    `month` narrows to the list of one birth month. Raises Invalid for a cohort that does not exist.
    """
    day = on or at.date()
    scope = reach(by, Permission.VISIT_READ)
    rows = Target.objects.filter(scope.q(owner="worker_id"), state=TargetState.WAITING, due_from__lte=day)
    if mine:
        rows = rows.filter(worker_id=by.account_id)
    if cohort:
        if cohort not in Cohort.values:
            raise Invalid({"cohort": "없는 대상군입니다. 목록에서 골라 주세요."})
        rows = rows.filter(cohort=cohort)
    if month is not None:
        rows = rows.filter(month=month)
    return page_of(rows, ("due_by", "id"), after, lambda row: _about(row, at.date()), event="target.list", by=by, at=at)


def _about(row: Target, today: date) -> Fields:
    return {
        "kind": "target",
        "what": str(Cohort(row.cohort).label),
        "due_on": row.due_by,
        "overdue": row.due_by < today,
        "detail": f"{row.month}월" if row.month else "",
        "state": row.state,
    }


def waiting_targets(*, by: Actor, dong_id: int, year: int) -> list[Target]:
    """Everybody of a dong's lists of a year who is not met yet, by deadline; within the actor's reach, unmasked ids only."""
    scope = reach(by, Permission.VISIT_READ)
    rows = Target.objects.filter(scope.q(owner="worker_id"), dong_id=dong_id, year=year, state=TargetState.WAITING)
    return list(rows.order_by("due_by", "id"))

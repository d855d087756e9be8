"""Deadlines that have passed, of every kind that somebody answers for, told alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.discovery.models import Breach, Handover, Lead, Report
from chatdong.safetynet.discovery.states import About, ClimbRung, HandoverState, ReportState
from chatdong.safetynet.visits.models import Unreached, Watch
from chatdong.safetynet.visits.states import OwnedState, UnreachedState

MOST = 20_000


@dataclass(frozen=True)
class Late:
    """One missed deadline: of what, where, whose, and since when."""

    about: About
    id: int
    household_id: int | None
    dong_id: int
    worker_id: int | None
    due_at: datetime


def _open(about: About) -> list[tuple[QuerySet[Any], str, str, str]]:
    """Open rows of a kind with their columns of dong, worker and deadline; a lead has two until the first contact."""
    if about is About.REPORT:
        return [(Report.objects.filter(state__in=[ReportState.RECEIVED, ReportState.ASKING]), "dong_id", "worker_id", "due_at")]
    if about is About.LEAD:
        leads = Lead.objects.exclude(state=OwnedState.CLOSED)
        first = leads.filter(first_contact_at=None).exclude(first_due_at=F("next_at"))
        return [(leads, "dong_id", "worker_id", "next_at"), (first, "dong_id", "worker_id", "first_due_at")]
    if about is About.WATCH:
        return [(Watch.objects.exclude(state=OwnedState.CLOSED), "dong_id", "worker_id", "next_at")]
    if about is About.HANDOVER:
        return [(Handover.objects.filter(state=HandoverState.ASKED), "to_dong_id", "to_worker_id", "due_at")]
    if about is About.CLAIM:
        return [(Claim.objects.filter(closed_at=None), "dong_id", "worker_id", "due_at")]
    return [(Unreached.objects.filter(state=UnreachedState.OPEN), "dong_id", "worker_id", "next_at")]


def late_of(
    about: About, at: datetime, *, without: ClimbRung | None = None, ids: list[int] | None = None, household_id: int | None = None
) -> Iterator[Late]:
    """What of a kind is overdue, earliest first; with `without`, only where that rung has not been written yet."""
    for rows, dong, worker, due in _open(about):
        late = rows.filter(**{f"{due}__lt": at})
        if ids is not None:
            late = late.filter(pk__in=ids)
        if household_id is not None:
            late = late.filter(household_id=household_id)
        if without is not None:
            told = Breach.objects.filter(about=about, about_id=OuterRef("pk"), due_at=OuterRef(due), rung=without)
            late = late.filter(~Exists(told))
        columns = ["id", dong, worker, due] + ([] if about is About.REPORT else ["household_id"])
        for found in late.order_by(due, "id").values(*columns)[:MOST]:
            yield Late(about, found["id"], found.get("household_id"), found[dong], found[worker], found[due])

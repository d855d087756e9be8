"""Hand-overs: what waits for an answer, and the summary that the receiver sees before accepting."""

from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.utils.translation import gettext as _

from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import Handover, Report
from chatdong.safetynet.discovery.queries.leads import open_lead_of, open_watch_of
from chatdong.safetynet.discovery.states import HandoverState


@dataclass(frozen=True)
class HandoverRow:
    """One request that waits. `is_to_me`: it is for the actor's dong to answer; `household_id` is None for the receiver."""

    id: int
    household_id: int | None
    from_dong_name: str
    to_dong_name: str
    from_worker_name: str
    reason: str
    summary: str
    asked_at: datetime
    due_at: datetime
    overdue: bool
    is_to_me: bool
    to_dong_id: int


def summary_of(household_id: int, on: date) -> str:
    """What a receiver needs to decide: how many live there, what is open and how urgent. No name, phone or address."""
    residents = apps.get_model("households", "Resident").objects.filter(household_id=household_id, state="living").count()
    parts = [_("가구원 %(count)d명") % {"count": residents}]
    if (lead := open_lead_of(household_id)) is not None:
        reports = Report.objects.filter(lead=lead).count()
        told = {"urgency": lead.get_urgency_display(), "count": reports}
        parts.append(_("발굴 건(%(urgency)s, 신고 %(count)d건)") % told)
    if (watch := open_watch_of(household_id)) is not None:
        parts.append(
            _("복지방문지도 %(grade)s") % {"grade": watch.get_grade_display()} + (_(", 자살위험") if watch.suicide else "")
        )
    return ", ".join(parts)[:300]


def handovers_waiting(*, by: Actor, at: datetime, after: str = "") -> Page[HandoverRow]:
    """Requests that wait: those the actor may answer, and those the actor's side has sent; earliest deadline first."""
    answer, ask = reach(by, Permission.HANDOVER_ANSWER), reach(by, Permission.HANDOVER_ASK)
    rows = Handover.objects.filter(state=HandoverState.ASKED).filter(
        answer.q(dong="to_dong_id") | ask.q(dong="from_dong_id", owner="from_worker_id")
    )

    def shape(row: Handover) -> HandoverRow:
        return HandoverRow(
            id=row.pk,
            household_id=row.household_id if ask.holds(row.where_from) else None,
            from_dong_name=row.from_dong.name,
            to_dong_name=row.to_dong.name,
            from_worker_name=row.from_worker.name,
            reason=row.reason,
            summary=row.summary,
            asked_at=row.asked_at,
            due_at=row.due_at,
            overdue=row.due_at < at,
            is_to_me=answer.holds(row.where_to),
            to_dong_id=row.to_dong_id,
        )

    page = keyset(rows.select_related("from_dong", "to_dong", "from_worker"), ("due_at", "id"), shape, after)
    if page.rows:
        seen = tuple(row.household_id for row in page.rows if row.household_id is not None)
        record_read("handover.list", by=by, at=at, subjects=seen, count=len(page.rows))
    return page

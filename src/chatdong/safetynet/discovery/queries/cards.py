"""One lead in full, its opening logged; and what discovery adds to a household's timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.ground.households.queries import TimelineItem
from chatdong.ground.places.queries import gu_of
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import Breach, Handover, Lead, LeadStatus, Report
from chatdong.safetynet.discovery.queries.leads import open_lead_of
from chatdong.safetynet.discovery.queries.paths import to_report
from chatdong.safetynet.discovery.queries.people import names_of


@dataclass(frozen=True)
class LeadCard:
    """The lead of a household as its page shows it, with its changes newest first."""

    id: int
    household_id: int
    dong_id: int
    worker_id: int
    worker_name: str
    state: str
    state_label: str
    next_step: str
    next_step_label: str
    next_at: datetime | None
    overdue: bool
    pathway_label: str
    urgency: str
    urgency_label: str
    first_due_at: datetime
    first_contact_at: datetime | None
    opened_at: datetime
    closure: str
    closure_label: str
    closure_note: str
    closure_asked_by: str
    closure_asked_by_id: int | None
    closed_at: datetime | None
    needs_second: bool
    registered_in: str
    registered_no: str
    registered_on: Any
    version: int
    report_ids: tuple[int, ...]
    statuses: tuple[LeadStatus, ...]


def lead_card(*, by: Actor, at: datetime, lead_id: int | None = None, household_id: int | None = None) -> LeadCard | None:
    """One lead, or the open lead of a household (None where there is none), logged.

    Raises NotFound for a lead that does not exist or is out of reach.
    """
    row = (
        Lead.objects.filter(pk=lead_id).select_related("worker").first()
        if lead_id is not None
        else open_lead_of(household_id or 0)
    )
    if row is None:
        if lead_id is not None:
            raise NotFound
        return None
    if not reach(by, Permission.LEAD_READ).holds(row.where):
        raise NotFound
    record_read("lead.read", by=by, at=at, household_id=row.household_id, dong_id=row.dong_id, gu_id=gu_of(row.dong_id))
    names = names_of([row.closure_asked_by_id])
    return LeadCard(
        id=row.pk, household_id=row.household_id, dong_id=row.dong_id, worker_id=row.worker_id, worker_name=row.worker.name,
        state=row.state, state_label=row.get_state_display(), next_step=row.next_step,
        next_step_label=row.get_next_step_display() if row.next_step else "", next_at=row.next_at,
        overdue=row.next_at is not None and row.next_at < at, pathway_label=row.get_pathway_display(), urgency=row.urgency,
        urgency_label=row.get_urgency_display(), first_due_at=row.first_due_at, first_contact_at=row.first_contact_at,
        opened_at=row.opened_at, closure=row.closure, closure_label=row.get_closure_display() if row.closure else "",
        closure_note=row.closure_note, closure_asked_by=names.get(row.closure_asked_by_id or 0, ""),
        closure_asked_by_id=row.closure_asked_by_id, closed_at=row.closed_at, needs_second=row.needs_second,
        registered_in=row.registered_in, registered_no=row.registered_no, registered_on=row.registered_on, version=row.version,
        report_ids=tuple(row.reports.order_by("received_at").values_list("id", flat=True)),
        statuses=tuple(row.statuses.order_by("-id")),
    )  # fmt: skip


def timeline_of(*, by: Actor, household_id: int, at: datetime) -> list[TimelineItem]:
    """Reports, changes of leads, hand-overs and missed deadlines of a household, oldest first. The caller has opened it.

    What a report said is not told here: the report itself is opened for that, and logged.
    """
    items = []
    for report in Report.objects.filter(household_id=household_id):
        title, urgency = _("신고 접수: %(way)s") % {"way": report.get_pathway_display()}, report.get_urgency_display()
        items.append(TimelineItem(report.received_at, "report", title, "", urgency, to_report(report.pk)))
    statuses = list(LeadStatus.objects.filter(lead__household_id=household_id).order_by("id"))
    handovers = list(Handover.objects.filter(household_id=household_id).select_related("from_dong", "to_dong"))
    names = names_of(
        {one.by for one in statuses} | {one.asked_by_id for one in handovers} | {one.answered_by_id for one in handovers}
    )
    items += [_status_item(one, names) for one in statuses]
    for one in handovers:
        items += _handover_items(one, names)
    for row in Breach.objects.filter(household=household_id, rung="worker"):
        items.append(TimelineItem(row.at, "breach", _("기한 지남: %(what)s") % {"what": row.get_about_display()}))
    return sorted(items, key=lambda item: item.at)


WHY = {
    "opened": gettext_lazy("발굴 건 시작"),
    "joined": gettext_lazy("새 신고가 이어짐"),
    "contacted": gettext_lazy("첫 연락"),
    "next": gettext_lazy("다음 할 일을 정함"),
    "assigned": gettext_lazy("담당자 바뀜"),
    "handover": gettext_lazy("다른 동으로 넘어감"),
    "release": gettext_lazy("담당자 바뀜"),
    "merged": gettext_lazy("가구를 합침"),
    "confirmed": gettext_lazy("종결 확인"),
    "registered": gettext_lazy("시스템 등록"),
    "visited": gettext_lazy("방문으로 종결 요청을 거둠"),
}


def _status_item(one: LeadStatus, names: dict[int, str]) -> TimelineItem:
    by_state = {"closing": _("종결 확인 요청"), "closed": _("종결")}
    title = str(WHY.get(one.why) or by_state.get(one.state, _("종결 돌려보냄")))
    if one.next_step:
        title += _(" · 다음: %(step)s") % {"step": one.get_next_step_display()}
    return TimelineItem(one.at, "lead", title, names.get(one.by or 0, ""))


def _handover_items(one: Handover, names: dict[int, str]) -> list[TimelineItem]:
    way = f"{one.from_dong.name} → {one.to_dong.name}"
    asked = _("넘기기 요청: %(way)s") % {"way": way}
    items = [TimelineItem(one.asked_at, "handover", asked, names.get(one.asked_by_id, ""), one.reason)]
    if one.answered_at is not None:
        answered = _("넘기기 %(state)s: %(way)s") % {"state": one.get_state_display(), "way": way}
        items.append(TimelineItem(one.answered_at, "handover", answered, names.get(one.answered_by_id or 0, ""), one.answer))
    return items

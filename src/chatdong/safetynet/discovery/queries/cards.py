"""One report and one lead in full, each opening logged; and what discovery adds to a household's timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.ground.households.queries import Masked, TimelineItem, masked_rows
from chatdong.kernel.errors import NotFound
from chatdong.kernel.identity import phone_text
from chatdong.policy.actor import Actor
from chatdong.policy.check import may, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import Breach, Handover, Lead, LeadStatus, Report, Reporter
from chatdong.safetynet.discovery.queries.duty import gu_of
from chatdong.safetynet.discovery.queries.leads import open_lead_of
from chatdong.safetynet.discovery.queries.paths import to_report
from chatdong.safetynet.discovery.queries.people import names_of
from chatdong.safetynet.discovery.queries.triage import answers_in, triaged
from chatdong.safetynet.discovery.states import ReportState


@dataclass(frozen=True)
class CandidateCard:
    """A household that a report may be about, masked, with the reasons in Korean; `in_reach`: the actor may open it."""

    household_id: int
    masked: Masked
    score: float
    reasons: tuple[str, ...]
    is_chosen: bool | None
    dong_id: int
    in_reach: bool


@dataclass(frozen=True)
class ReportCard:
    """A report in full. `reporter` is None where there is none or the actor may not see who it was (`reporter_hidden`)."""

    id: int
    receipt: str
    pathway: str
    pathway_label: str
    source: str
    urgency: str
    urgency_label: str
    words: tuple[dict[str, str], ...]
    hotlines: tuple[tuple[str, str], ...]
    sentence: str
    text: str
    details: dict[str, Any]
    name: str
    birth: Any
    birth_year: int | None
    sex: str
    phone: str
    address: str
    address_detail: str
    dong_id: int
    dong_name: str
    gu_id: int
    dong_guessed: bool
    worker_id: int
    worker_name: str
    state: str
    state_label: str
    is_open: bool
    match: str
    because: tuple[str, ...]
    candidates: tuple[CandidateCard, ...]
    household_id: int | None
    lead_id: int | None
    received_at: datetime
    due_at: datetime
    overdue: bool
    closure_label: str
    closure_note: str
    closed_at: datetime | None
    reporter: Reporter | None
    reporter_hidden: bool


def report_card(*, by: Actor, report_id: int, at: datetime) -> ReportCard:
    """Open a report. Raises NotFound for one that does not exist or is out of reach."""
    rows = Report.objects.filter(reach(by, Permission.REPORT_READ).q(owner="worker_id"), pk=report_id)
    row = rows.select_related("dong", "worker").first()
    if row is None:
        raise NotFound
    reporter = Reporter.objects.filter(report=row).first()
    sees = may(by, Permission.REPORTER_READ, row.where)
    record_read("report.read", by=by, at=at, household_id=row.household_id, dong_id=row.dong_id, gu_id=gu_of(row.dong_id),
                details={"report": row.pk, "reporter": bool(sees and reporter)})  # fmt: skip
    judged = triaged(row.text, urgency=row.urgency, answers=answers_in(row.details))
    return ReportCard(
        id=row.pk, receipt=row.receipt, pathway=row.pathway, pathway_label=row.get_pathway_display(), source=row.source,
        urgency=row.urgency, urgency_label=row.get_urgency_display(), words=tuple(row.words), hotlines=tuple(judged.hotlines),
        sentence=judged.sentence, text=row.text, details=row.details, name=row.subject_name, birth=row.subject_birth,
        birth_year=row.subject_birth_year, sex=row.subject_sex, phone=phone_text(row.subject_phone),
        address=row.subject_address, address_detail=row.subject_detail, dong_id=row.dong_id, dong_name=row.dong.name,
        gu_id=row.dong.gu_id, dong_guessed=bool(row.details.get("dong_guessed")), worker_id=row.worker_id,
        worker_name=row.worker.name, state=row.state, state_label=row.get_state_display(),
        is_open=row.state in (ReportState.RECEIVED, ReportState.ASKING), match=row.match,
        because=tuple(row.details.get("match_because", ())), candidates=_candidates(row, by), household_id=row.household_id,
        lead_id=row.lead_id, received_at=row.received_at, due_at=row.due_at,
        overdue=row.due_at < at and row.state in (ReportState.RECEIVED, ReportState.ASKING),
        closure_label=row.get_closure_display() if row.closure else "", closure_note=str(row.details.get("closure_note", "")),
        closed_at=row.closed_at, reporter=reporter if sees else None, reporter_hidden=bool(reporter and not sees),
    )  # fmt: skip


def _candidates(row: Report, by: Actor) -> tuple[CandidateCard, ...]:
    found = list(row.candidates.select_related("household").order_by("-score", "id"))
    masks = masked_rows([one.household_id for one in found])
    scope = reach(by, Permission.HOUSEHOLD_READ)
    return tuple(
        CandidateCard(
            household_id=one.household_id, masked=masks[one.household_id], score=one.score, reasons=tuple(one.reasons),
            is_chosen=one.is_chosen, dong_id=one.household.dong_id, in_reach=scope.holds(one.household.where),
        )
        for one in found
    )  # fmt: skip


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

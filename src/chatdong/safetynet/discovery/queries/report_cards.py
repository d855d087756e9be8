"""One report in full, its opening logged; the reporter and a hidden address only for those who may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chatdong.ground.households.queries import Masked, masked_rows
from chatdong.ground.places.queries import gu_of
from chatdong.kernel.errors import NotFound
from chatdong.kernel.identity import phone_text
from chatdong.policy.actor import Actor
from chatdong.policy.check import may, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import Report, Reporter
from chatdong.safetynet.discovery.queries.leads import may_place
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
    """A report in full. `reporter` is None where there is none or the actor may not see who it was (`reporter_hidden`).

    Where the address is hidden from the actor (`address_hidden`), nothing that was said about where they live is told:
    no address, no words, no other columns.
    """

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
    address_hidden: bool
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
    row = rows.select_related("dong", "worker", "household").first()
    if row is None:
        raise NotFound
    reporter = Reporter.objects.filter(report=row).first()
    sees = may(by, Permission.REPORTER_READ, row.where)
    record_read("report.read", by=by, at=at, household_id=row.household_id, dong_id=row.dong_id, gu_id=gu_of(row.dong_id),
                details={"report": row.pk, "reporter": bool(sees and reporter)})  # fmt: skip
    shown = _shown(row, by)
    judged = triaged(shown["text"], urgency=row.urgency, answers=answers_in(row.details))
    return ReportCard(
        id=row.pk, receipt=row.receipt, pathway=row.pathway, pathway_label=row.get_pathway_display(), source=row.source,
        urgency=row.urgency, urgency_label=row.get_urgency_display(), hotlines=tuple(judged.hotlines),
        sentence=judged.sentence, name=row.subject_name, birth=row.subject_birth,
        birth_year=row.subject_birth_year, sex=row.subject_sex, phone=phone_text(row.subject_phone),
        dong_id=row.dong_id, dong_name=row.dong.name,
        gu_id=row.dong.gu_id, dong_guessed=bool(row.details.get("dong_guessed")), worker_id=row.worker_id,
        worker_name=row.worker.name, state=row.state, state_label=row.get_state_display(),
        is_open=row.state in (ReportState.RECEIVED, ReportState.ASKING), match=row.match,
        because=tuple(row.details.get("match_because", ())), candidates=_candidates(row, by), household_id=row.household_id,
        lead_id=row.lead_id, received_at=row.received_at, due_at=row.due_at,
        overdue=row.due_at < at and row.state in (ReportState.RECEIVED, ReportState.ASKING),
        closure_label=row.get_closure_display() if row.closure else "", closure_note=str(row.details.get("closure_note", "")),
        closed_at=row.closed_at, reporter=reporter if sees else None, reporter_hidden=bool(reporter and not sees),
        **shown,
    )  # fmt: skip


def _shown(row: Report, by: Actor) -> dict[str, Any]:
    """What could tell where they live: all of it, or nothing where the household's address is hidden from the actor."""
    if may_place(by, row.household):
        return {
            "text": row.text, "words": tuple(row.words), "details": row.details, "address": row.subject_address,
            "address_detail": row.subject_detail, "address_hidden": False,
        }  # fmt: skip
    return {"text": "", "words": (), "details": {}, "address": "", "address_detail": "", "address_hidden": True}


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

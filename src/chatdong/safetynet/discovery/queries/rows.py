"""The lines of the inbox and of the lists of leads: masked, and one line in the log a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from chatdong.ground.households.queries import Masked, masked_rows
from chatdong.kernel.identity import mask_name, mask_phone
from chatdong.policy.actor import Actor
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import Lead, Report
from chatdong.safetynet.visits.queries import grades_of
from chatdong.safetynet.visits.states import Grade

NO_NAME = gettext_lazy("이름 모름")


@dataclass(frozen=True)
class ReportRow:
    """One report in a list. Name and phone are masked, of the address only whether there is one; `words` are codes of signs."""

    id: int
    receipt: str
    pathway: str
    urgency: str
    urgency_label: str
    state: str
    state_label: str
    match: str
    name: str
    phone: str
    has_address: bool
    danger: tuple[str, ...]
    dong_id: int
    dong_name: str
    worker_id: int
    worker_name: str
    received_at: datetime
    due_at: datetime
    overdue: bool
    household_id: int | None
    lead_id: int | None
    dong_guessed: bool


def report_row(row: Report, at: datetime) -> ReportRow:
    """A report with its dong and worker at hand, as a line."""
    return ReportRow(
        id=row.pk, receipt=row.receipt, pathway=row.get_pathway_display(), urgency=row.urgency,
        urgency_label=row.get_urgency_display(), state=row.state, state_label=row.get_state_display(), match=row.match,
        name=mask_name(row.subject_name) if row.subject_name else str(NO_NAME),
        phone=mask_phone(row.subject_phone) if row.subject_phone else "", has_address=bool(row.subject_address),
        danger=tuple(dict.fromkeys(word["name"] for word in row.words)), dong_id=row.dong_id, dong_name=row.dong.name,
        worker_id=row.worker_id, worker_name=row.worker.name, received_at=row.received_at, due_at=row.due_at,
        overdue=row.due_at < at and row.state in ("received", "asking"), household_id=row.household_id, lead_id=row.lead_id,
        dong_guessed=bool(row.details.get("dong_guessed")),
    )  # fmt: skip


@dataclass(frozen=True)
class LeadRow:
    """One lead in a list."""

    id: int
    household_id: int
    masked: Masked
    urgency: str
    urgency_label: str
    what: str
    due_at: datetime
    overdue: bool
    first_contact_missing: bool
    worker_id: int
    worker_name: str
    dong_id: int
    state: str
    closure_label: str
    closure_note: str
    closure_asked_by: str
    grade: int | None
    suicide: bool
    version: int

    @property
    def grade_text(self) -> str:
        """고위험, 중위험 or 저위험; empty for a household that is not watched."""
        return str(Grade(self.grade).label) if self.grade is not None else ""


def lead_rows(leads: Iterable[Lead], *, by: Actor, at: datetime, event: str, on: date | None = None) -> list[LeadRow]:
    """Leads with their workers (and who asked for a closure) at hand as lines, in two more queries, logged as seen."""
    rows = list(leads)
    ids = list(dict.fromkeys(row.household_id for row in rows))
    if not ids:
        return []
    masks, grades = masked_rows(ids, on or at.date()), grades_of(ids)
    record_read(event, by=by, at=at, subjects=tuple(ids), count=len(rows))
    return [_lead_row(row, masks[row.household_id], grades.get(row.household_id), at) for row in rows]


def _lead_row(row: Lead, masked: Masked, grade: tuple[int, bool] | None, at: datetime) -> LeadRow:
    due: Any = row.next_at
    if row.first_contact_at is None and (due is None or row.first_due_at < due):
        due = row.first_due_at
    return LeadRow(
        id=row.pk, household_id=row.household_id, masked=masked, urgency=row.urgency,
        urgency_label=row.get_urgency_display(), what=row.get_next_step_display(), due_at=due, overdue=due < at,
        first_contact_missing=row.first_contact_at is None, worker_id=row.worker_id, worker_name=row.worker.name,
        dong_id=row.dong_id, state=row.state, closure_label=row.get_closure_display() if row.closure else "",
        closure_note=row.closure_note, closure_asked_by=row.closure_asked_by.name if row.closure_asked_by else "",
        grade=grade[0] if grade else None, suicide=bool(grade and grade[1]), version=row.version,
    )  # fmt: skip

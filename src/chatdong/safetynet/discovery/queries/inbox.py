"""The discovery inbox, the leads that are due, closures that wait, and what has climbed to somebody."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from chatdong.kernel.clock import KST
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.policy.roles import Role
from chatdong.safetynet.discovery.models import Breach, Lead, Report
from chatdong.safetynet.discovery.queries.overdue import late_of
from chatdong.safetynet.discovery.queries.paths import path_of
from chatdong.safetynet.discovery.queries.rows import LeadRow, ReportRow, lead_rows, report_row
from chatdong.safetynet.discovery.states import About, ClimbRung, ReportState
from chatdong.safetynet.visits.states import OwnedState

WAITING = (ReportState.RECEIVED, ReportState.ASKING)


def inbox(
    *, by: Actor, at: datetime, state: str = "", urgency: str = "", pathway: str = "", after: str = "", mine: bool = False
) -> Page[ReportRow]:
    """Reports within reach: those that wait for a household by deadline, or of one `state`, newest deadline last."""
    rows = Report.objects.filter(reach(by, Permission.REPORT_READ).q(owner="worker_id")).select_related("dong", "worker")
    rows = rows.filter(state=state) if state else rows.filter(state__in=WAITING)
    if urgency:
        rows = rows.filter(urgency=urgency)
    if pathway:
        rows = rows.filter(pathway=pathway)
    if mine:
        rows = rows.filter(worker_id=by.account_id)
    page = keyset(rows, ("due_at", "id"), lambda row: report_row(row, at), after)
    if page.rows:
        seen = tuple(dict.fromkeys(row.household_id for row in page.rows if row.household_id is not None))
        record_read(
            "report.list", by=by, at=at, subjects=seen, count=len(page.rows), details={"reports": [row.id for row in page.rows]}
        )
    return page


def leads_due(
    *, by: Actor, at: datetime, on: date | None = None, mine: bool = True, after: str = "", everything: bool = False
) -> Page[LeadRow]:
    """Open leads whose next step or first contact is due by the end of a day; `everything` lists all open ones."""
    end = datetime.combine(on or at.date(), time.max, tzinfo=KST)
    rows = Lead.objects.exclude(state=OwnedState.CLOSED).filter(
        reach(by, Permission.LEAD_READ).q(owner="worker_id", household="household_id")
    )
    if mine:
        rows = rows.filter(worker_id=by.account_id)
    if not everything:
        rows = rows.filter(Q(next_at__lte=end) | Q(first_contact_at=None, first_due_at__lte=end))
    page = keyset(rows.select_related("worker", "closure_asked_by"), ("next_at", "id"), lambda row: row, after)
    return Page(lead_rows(page.rows, by=by, at=at, event="lead.list"), page.after)


def closures_waiting(*, by: Actor, at: datetime, after: str = "") -> Page[LeadRow]:
    """Leads whose closure the actor may confirm; what the actor asked for is for somebody else."""
    rows = Lead.objects.filter(reach(by, Permission.CLOSURE_CONFIRM).q(owner="worker_id"), state=OwnedState.CLOSING)
    rows = rows.exclude(closure_asked_by_id=by.account_id).select_related("worker", "closure_asked_by")
    page = keyset(rows, ("next_at", "id"), lambda row: row, after)
    return Page(lead_rows(page.rows, by=by, at=at, event="lead.closures"), page.after)


@dataclass(frozen=True)
class Climbed:
    """A missed deadline that is still open and has reached the actor's rung."""

    about: str
    about_label: str
    id: int
    household_id: int | None
    dong_id: int
    due_at: datetime
    rung: str
    rung_label: str
    told_at: datetime
    href: str


RUNG_OF = {Role.TEAM_LEAD: ClimbRung.TEAM_LEAD, Role.DONG_HEAD: ClimbRung.DONG_HEAD, Role.GU_OFFICER: ClimbRung.GU}
MOST = 200


def climbed_to(*, by: Actor, at: datetime, days: int = 90) -> list[Climbed]:
    """What has climbed to the actor and is still not done, the longest overdue first; at most 200."""
    mine = Q(worker=by.account_id, rung=ClimbRung.WORKER) if by.is_person else Q(pk__in=())
    for posting in by.postings:
        if posting.role in RUNG_OF:
            mine |= Q(rung=RUNG_OF[posting.role], dong_id__in=sorted(posting.dong_ids))
    rows = list(Breach.objects.filter(mine, at__gte=at - timedelta(days=days)).order_by("due_at", "id"))
    found: dict[tuple[str, int, datetime], Climbed] = {}
    for about in About:
        of_kind = [row for row in rows if row.about == about]
        still = (
            {(late.id, late.due_at) for late in late_of(about, at, ids=sorted({row.about_id for row in of_kind}))}
            if of_kind
            else set()
        )
        for row in of_kind:
            if (row.about_id, row.due_at) in still:
                found[row.about, row.about_id, row.due_at] = _climbed(row)
    return sorted(found.values(), key=lambda one: one.due_at)[:MOST]


def _climbed(row: Any) -> Climbed:
    return Climbed(
        about=row.about, about_label=row.get_about_display(), id=row.about_id, household_id=row.household, dong_id=row.dong_id,
        due_at=row.due_at, rung=row.rung, rung_label=row.get_rung_display(), told_at=row.at,
        href=path_of(row.about, row.about_id, row.household),
    )  # fmt: skip


def reports_to_match(most: int = 100) -> list[int]:
    """Reports that were taken in and never compared, oldest first; for the job."""
    rows = Report.objects.filter(state=ReportState.RECEIVED).order_by("received_at")
    return list(rows.values_list("id", flat=True)[:most])

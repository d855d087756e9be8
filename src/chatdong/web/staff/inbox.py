"""발굴 접수함: the reports of the dong, late ones first."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chatdong.kernel import clock
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.queries import inbox as reports_of
from chatdong.safetynet.discovery.states import Pathway, ReportState, Urgency
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import choice
from chatdong.web.staff.dues import due_of

STATES = [(state.value, state.label) for state in ReportState]
URGENCIES = [(urgency.value, urgency.label) for urgency in Urgency]
PATHWAYS = [(pathway.value, pathway.label) for pathway in Pathway]


@staff(P.REPORT_TRIAGE)
def inbox(request: HttpRequest) -> HttpResponse:
    """Reports within reach, narrowed by state, urgency and pathway; without a state those that wait, by deadline."""
    actor, at, asked = request.actor, clock.now(), request.GET  # type: ignore[attr-defined]
    picked = {
        "state": choice(asked.get("state"), ReportState.values),
        "urgency": choice(asked.get("urgency"), Urgency.values),
        "pathway": choice(asked.get("pathway"), Pathway.values),
    }
    found = reports_of(by=actor, at=at, after=asked.get("after", ""), mine=asked.get("mine") == "1", **picked)
    rows = [(row, due_of(row.due_at, at) if row.state in ("received", "asking") else None) for row in found.rows]
    return page(
        request, "staff/inbox.html", rows=rows, after=found.after, picked=picked, is_mine=asked.get("mine") == "1",
        states=STATES, urgencies=URGENCIES, pathways=PATHWAYS, is_next=bool(asked.get("after")),
    )  # fmt: skip


urlpatterns = [path("inbox/", inbox, name="staff-inbox")]

"""오늘: the first screen after log-in, what is on fire first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import drafts_of
from chatdong.ground.households.queries import masked_rows
from chatdong.kernel import clock
from chatdong.policy.actor import Actor
from chatdong.policy.check import may, reach
from chatdong.policy.listing import Page
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import gathered, record_read
from chatdong.safetynet.discovery.queries import climbed_to, closures_waiting, handovers_waiting, inbox, leads_due
from chatdong.safetynet.visits.queries import (
    targets_due,
    unreached_open,
    visits_planned,
    watch_closures_waiting,
    watches_due,
)
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff import benefits_due, lines
from chatdong.web.staff.asked import choice
from chatdong.web.staff.dues import day_and_week
from chatdong.web.staff.lines import Line
from chatdong.web.staff.unsent import unsent_of

SHORT = 10
FEW = 5


@dataclass(frozen=True)
class Kind:
    """A list behind 오늘: its name, the right it needs, and how its page is read and shown."""

    label: str
    right: P
    read: Callable[..., Page[Any]]
    line: Callable[[Any, datetime], Line]


KINDS = {
    "leads": Kind("발굴 건", P.LEAD_READ, leads_due, lines.of_lead),
    "watches": Kind("정기 방문", P.VISIT_READ, watches_due, lines.of_due),
    "visits": Kind("방문 예정", P.VISIT_READ, visits_planned, lines.of_due),
    "unreached": Kind("연락두절", P.VISIT_READ, unreached_open, lines.of_due),
    "claims": Kind("혜택 신청", P.BENEFIT_READ, benefits_due.read, benefits_due.line),
    "targets": Kind("보편방문", P.VISIT_READ, targets_due, lines.of_due),
}


@staff(P.LEAD_READ)
def today(request: HttpRequest) -> HttpResponse:
    """What is due for the person, or for the dong; with `show`, one kind of it in full."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    sees_dong = not reach(actor, P.LEAD_READ).is_empty and bool(reach(actor, P.LEAD_READ).dong_ids)
    usual = "dong" if may(actor, P.BOARD_READ) else "mine"
    whose = choice(request.GET.get("whose"), ("mine", "dong")) or usual
    mine = whose == "mine" or not sees_dong
    show = choice(request.GET.get("show"), KINDS)
    frame: dict[str, Any] = {
        "whose": "mine" if mine else "dong", "sees_dong": sees_dong, "show": show, "day": day_and_week(at.date()),
        "kinds": [(key, _(kind.label)) for key, kind in KINDS.items() if may(actor, kind.right)],
    }  # fmt: skip
    if show:
        found = KINDS[show].read(by=actor, at=at, mine=mine, after=request.GET.get("after", ""))
        rows = [KINDS[show].line(row, at) for row in found.rows]
        return page(request, "staff/today_list.html", lines=rows, after=found.after, label=_(KINDS[show].label), **frame)
    with gathered():
        sections = _sections(actor, at, mine)
    return page(request, "staff/today.html", unsent=unsent_of(drafts_of(actor)[:SHORT]), **frame, **sections)


def _sections(actor: Actor, at: datetime, mine: bool) -> dict[str, Any]:
    pages = {key: kind.read(by=actor, at=at, mine=mine) for key, kind in KINDS.items() if may(actor, kind.right)}
    due = [KINDS[key].line(row, at) for key, found in pages.items() if key != "targets" for row in found.rows]
    if may(actor, P.REPORT_TRIAGE):
        due += [lines.of_report(row, at) for row in inbox(by=actor, at=at, mine=mine).rows]
    climbed = _climbed(actor, at)
    overdue = lines.joined(line for line in due if line.is_overdue)
    late_homes = {line.household_id for line in overdue} - {None}
    now_due = lines.joined(line for line in due if not line.is_overdue and line.household_id not in late_homes)
    targets = [lines.of_due(row, at) for row in pages["targets"].rows] if "targets" in pages else []
    answers = lines.joined(_answers(actor, at))
    return {
        "climbed": climbed[:SHORT], "climbed_count": len(climbed), "overdue": overdue[:SHORT], "overdue_count": len(overdue),
        "due": now_due[:SHORT], "due_count": len(now_due), "targets": targets[:FEW],
        "has_more_targets": len(targets) > FEW, "answers": answers[:SHORT], "answers_count": len(answers),
        "more": [(key, _(KINDS[key].label)) for key, found in pages.items() if key != "targets" and found.rows],
        "may_hand_over": may(actor, P.HANDOVER_ASK) or may(actor, P.HANDOVER_ANSWER),
        "may_confirm": may(actor, P.CLOSURE_CONFIRM),
        "is_cut": any(found.after for found in pages.values()),
        "inbox": reverse("staff-inbox") if may(actor, P.REPORT_TRIAGE) else "",
    }  # fmt: skip


def _climbed(actor: Actor, at: datetime) -> list[Line]:
    rows = climbed_to(by=actor, at=at)
    ids = list(dict.fromkeys(row.household_id for row in rows if row.household_id is not None))
    masks = masked_rows(ids, at.date()) if ids else {}
    if ids:
        record_read("climbed.list", by=actor, at=at, subjects=tuple(ids), count=len(rows))
    return [lines.of_climbed(row, masks.get(row.household_id or 0), at) for row in rows]


def _answers(actor: Actor, at: datetime) -> Iterator[Line]:
    if may(actor, P.HANDOVER_ANSWER):
        yield from (lines.of_handover(row, at) for row in handovers_waiting(by=actor, at=at).rows if row.is_to_me)
    if may(actor, P.CLOSURE_CONFIRM):
        yield from (lines.of_closure(row, at) for row in closures_waiting(by=actor, at=at).rows)
        yield from (lines.of_closure(row, at) for row in watch_closures_waiting(by=actor, at=at).rows)


urlpatterns = [path("", today, name="staff-today")]

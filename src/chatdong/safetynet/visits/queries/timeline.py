"""What visits add to a household's one timeline: contacts, plans, grades, searches, watches."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chatdong.ground.households.queries import TimelineItem
from chatdong.kernel.clock import date_text
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, may
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Assessment, Contact, SafetyPlan, Unreached, Visit, Watch
from chatdong.safetynet.visits.queries.homes import names_of, readable_home, same_home
from chatdong.safetynet.visits.queries.watches import reasons_in_words
from chatdong.safetynet.visits.states import (
    ClosureReason,
    Grade,
    Outcome,
    OwnedState,
    Rung,
    UnreachedState,
    VisitKind,
    VisitState,
    Way,
)


def timeline_of(
    *, by: Actor, household_id: int, at: datetime, owner_id: int | None = None, where: Where | None = None
) -> list[TimelineItem]:
    """Everything visits know of a household and of those merged into it, oldest first. Raises NotFound out of reach.

    Part of the household page, whose opening `access_household` writes down. A safety plan shows that it exists, not its text.
    `where`: where the household stands, for a caller who has looked it up already.
    """
    if where is None:
        readable_home(by, household_id, Permission.VISIT_READ, owner_id)
    elif not may(by, Permission.VISIT_READ, where):
        raise NotFound
    homes = same_home(household_id)
    found = [*_contacts(homes), *_plans(homes), *_grades(homes), *_searches(homes), *_watches(homes), *_safety(homes)]
    return sorted(item for item in found if item.at <= at)


def _contacts(homes: list[int]) -> list[TimelineItem]:
    rows = list(Contact.objects.filter(household_id__in=homes).select_related("worker", "companion"))
    corrected = {row.corrects_id for row in rows}
    return [
        TimelineItem(
            at=row.at,
            kind="contact",
            title=_contact_title(row, row.pk in corrected),
            who=" · ".join(filter(None, (row.worker.name, row.companion.name if row.companion else ""))),
            why=row.seen,
        )
        for row in rows
    ]


def _contact_title(row: Contact, is_corrected: bool) -> str:
    title = f"{Way(row.way).label}: {Outcome(row.outcome).label}"
    if row.left_notice:
        title += " " + _("(안내문을 남김)")
    return title + (" " + _("(나중에 고쳐 쓴 기록)") if is_corrected else "")


def _plans(homes: list[int]) -> list[TimelineItem]:
    rows = Visit.objects.filter(household_id__in=homes).exclude(state=VisitState.DONE).select_related("worker")
    found = []
    for row in rows:
        day = {"day": date_text(row.planned_on), "kind": VisitKind(row.kind).label}
        found.append(TimelineItem(row.planned_at, "visit", _("%(day)s %(kind)s 예정") % day, row.worker.name, row.note))
        if row.canceled_at:
            found.append(TimelineItem(row.canceled_at, "visit", _("%(day)s %(kind)s 취소") % day, row.worker.name, ""))
    return found


def _grades(homes: list[int]) -> list[TimelineItem]:
    rows = list(Assessment.objects.filter(household_id__in=homes))
    names = names_of(row.by for row in rows)
    found = []
    for row in rows:
        title = _("위험군 판정: %(grade)s") % {"grade": Grade(row.grade).label}
        title += " · " + _("자살위험") if row.suicide else ""
        why = ", ".join(name for _code, name in reasons_in_words(row.reasons))
        found.append(TimelineItem(row.at, "grade", title, names.get(row.by or 0, ""), " / ".join(filter(None, (why, row.note)))))
    return found


def _searches(homes: list[int]) -> list[TimelineItem]:
    found = []
    for row in Unreached.objects.filter(household_id__in=homes).select_related("worker", "stopped_by"):
        found.append(TimelineItem(row.opened_at, "unreached", _("연락두절: 찾기 시작"), row.worker.name, ""))
        if row.ended_at is None:
            continue
        who: Any = row.stopped_by or row.worker
        title = _("연락두절: %(state)s") % {"state": UnreachedState(row.state).label}
        rung = _("%(rung)s 단계까지 %(count)d번 시도") % {"rung": Rung(row.rung).label, "count": row.attempts}
        found.append(TimelineItem(row.ended_at, "unreached", title, who.name, row.stop_reason or rung))
    return found


def _watches(homes: list[int]) -> list[TimelineItem]:
    found = []
    for row in Watch.objects.filter(household_id__in=homes).select_related("worker", "closure_asked_by", "closure_confirmed_by"):
        found.append(TimelineItem(row.opened_at, "watch", _("복지방문지도에 올림"), row.worker.name, ""))
        if row.closure_asked_at and row.state != OwnedState.CLOSED:
            asked = row.closure_asked_by.name if row.closure_asked_by else ""
            title = _("종결 확인 요청: %(why)s") % {"why": ClosureReason(row.closure).label} if row.closure else _("종결 요청")
            found.append(TimelineItem(row.closure_asked_at, "watch", title, asked, row.closure_note))
        if row.closed_at is not None:
            who: Any = row.closure_confirmed_by or row.closure_asked_by
            title = _("복지방문지도에서 내림: %(why)s") % {"why": ClosureReason(row.closure).label}
            found.append(TimelineItem(row.closed_at, "watch", title, who.name if who else "", row.closure_note))
    return found


def _safety(homes: list[int]) -> list[TimelineItem]:
    rows = list(SafetyPlan.objects.filter(household_id__in=homes).only("by", "at"))
    names = names_of(row.by for row in rows)
    return [TimelineItem(row.at, "safety", _("안전계획을 씀"), names.get(row.by or 0, ""), "") for row in rows]

"""종결 확인: the second person reads why, looks at the facts, and confirms or sends back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, NotFound, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import confirm_closure, refuse_closure
from chatdong.safetynet.discovery.queries import closures_waiting
from chatdong.safetynet.discovery.queries.people import names_of
from chatdong.safetynet.visits.actions import confirm_watch_closure, refuse_watch_closure
from chatdong.safetynet.visits.queries import watch_closures_waiting, watches_of
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.lines import name_and_age, place_of


@staff(P.CLOSURE_CONFIRM)
def closures(request: HttpRequest) -> HttpResponse:
    """Closures that wait for this person: of leads, and of households on the 복지방문지도."""
    return _show(request)


def _show(request: HttpRequest, *, status: int = 200, at_fault: str = "", error: str = "") -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    leads = closures_waiting(by=actor, at=at, after=request.GET.get("leads", ""))
    watches = watch_closures_waiting(by=actor, at=at, after=request.GET.get("watches", ""))
    cards = watches_of([row.household_id for row in watches.rows])
    names = names_of(card.closure_asked_by_id for card in cards.values())
    found = [_waiting("lead", row, at, row.closure_label, row.closure_note, row.closure_asked_by) for row in leads.rows]
    for row in watches.rows:
        card = cards.get(row.household_id)
        note, asked_by = (card.closure_note, names.get(card.closure_asked_by_id or 0, "")) if card else ("", "")
        found.append(_waiting("watch", row, at, row.detail, note, asked_by))
    return page(
        request, "staff/closures.html", status=status, found=found, leads_after=leads.after, watches_after=watches.after,
        at_fault=at_fault, error=error, typed=request.POST.get("why", ""),
    )  # fmt: skip


def _waiting(kind: str, row: Any, at: datetime, why: str, note: str, asked_by: str) -> dict[str, Any]:
    return {
        "key": f"{kind}-{row.id}",
        "kind": kind,
        "row": row,
        "what": _("발굴 건") if kind == "lead" else _("복지방문지도"),
        "title": name_and_age(row.masked),
        "place": place_of(row.masked),
        "why": why,
        "note": note,
        "asked_by": asked_by,
        "due": due_of(row.due_at, at),
    }


CONFIRM: dict[str, tuple[Callable[..., Any], str]] = {
    "lead": (confirm_closure, "lead_id"),
    "watch": (confirm_watch_closure, "watch_id"),
}
SEND_BACK: dict[str, tuple[Callable[..., Any], str]] = {
    "lead": (refuse_closure, "lead_id"),
    "watch": (refuse_watch_closure, "watch_id"),
}


@staff(P.CLOSURE_CONFIRM)
@require_POST
def confirm(request: HttpRequest, kind: str, owned_id: int) -> HttpResponse:
    """The second person agrees."""
    if kind not in CONFIRM:
        raise NotFound
    act, name = CONFIRM[kind]
    try:
        act(by=request.actor, at=clock.now(), **{name: owned_id})  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(request, status=409, at_fault=f"{kind}-{owned_id}", error=str(refusal))
    messages.success(request, _("종결을 확인했습니다."))
    return redirect("staff-closures")


@staff(P.CLOSURE_CONFIRM)
@require_POST
def send_back(request: HttpRequest, kind: str, owned_id: int) -> HttpResponse:
    """The second person does not agree, and says why."""
    if kind not in SEND_BACK:
        raise NotFound
    act, name = SEND_BACK[kind]
    try:
        act(by=request.actor, at=clock.now(), why=request.POST.get("why", ""), **{name: owned_id})  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        status = 422 if isinstance(refusal, Invalid) else 409
        return _show(request, status=status, at_fault=f"{kind}-{owned_id}", error=str(refusal))
    messages.success(request, _("돌려보냈습니다. 담당자에게 이유를 알렸습니다."))
    return redirect("staff-closures")


urlpatterns = [
    path("closures/", closures, name="staff-closures"),
    path("closures/<str:kind>/<int:owned_id>/confirm/", confirm, name="staff-closure-confirm"),
    path("closures/<str:kind>/<int:owned_id>/return/", send_back, name="staff-closure-return"),
]

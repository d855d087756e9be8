"""방문 기록: one sheet for a whole household, made for a phone at a door."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chatdong.engines.risk import HOTLINES, REASONS, triage
from chatdong.ground.accounts.actions import drop_draft
from chatdong.ground.accounts.queries import draft_of
from chatdong.kernel import clock
from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import Next, record_visit_of
from chatdong.safetynet.discovery.queries import first_contact_due, open_lead_of
from chatdong.safetynet.discovery.queries.duty import gu_of
from chatdong.safetynet.visits.queries import Sheet, visit_sheet
from chatdong.safetynet.visits.queries.sent import is_sent
from chatdong.safetynet.visits.states import NOT_REACHED, NextStep, Outcome, Slot, Way
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import choice, number
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.duty_forms import CLOSES_AT, local_text
from chatdong.web.staff.opened import Opened, opened_household
from chatdong.web.staff.visit_form import VisitForm, day_of, declared, people_of, reasons_by_category, seen_text

STEP = {"visit": NextStep.VISIT, "call": NextStep.CALL}
# What an action calls a field -> what the sheet calls it.
FIELD = {
    "at": "done_at", "companion_id": "companion", "visit_id": "visit", "next_step": "next", "next_at": "next_on",
    "note": "closure_note", "planned_on": "next_on",
}  # fmt: skip
CALLS = [(HOTLINES[number].number, HOTLINES[number].name, HOTLINES[number].when) for number in ("119", "109", "112")]
SUICIDE = "|".join(code for code, row in REASONS.items() if row.is_suicide)


@staff(P.VISIT_RECORD)
def visit_record(request: HttpRequest, household_id: int) -> HttpResponse:
    """The sheet, begun anew or where it was left; saved, it leads back to the household."""
    opened = opened_household(request, household_id)
    if not opened.may(P.VISIT_RECORD):
        raise Forbidden(_("이 가구의 방문을 기록할 권한이 없습니다. 담당자나 팀장에게 부탁해 주세요."))
    sheet = visit_sheet(by=opened.by, household_id=opened.id, at=opened.at, owner_id=opened.owner_id)
    # The lead of a colleague is not opened for who goes along, and still wants its next step.
    has_lead = opened.lead is not None or open_lead_of(opened.id) is not None
    rest: dict[str, Any] = {"opened": opened, "sheet": sheet, "has_lead": has_lead}
    if request.method == "POST":
        form = VisitForm(request.POST, **rest)
        status = _save(form) if form.is_valid() else 422
        if status == 200:
            drop_draft(by=opened.by, key=draft_key(opened.id), at=opened.at)
            return _saved(request, form)
        return _show(request, form, sheet, status=status)
    begin = _begin(request, opened, has_lead)
    kept, saved_at = _kept(opened)
    return _show(request, VisitForm(initial=begin | kept, **rest), sheet, saved_at=saved_at)


def draft_key(household_id: int) -> str:
    """Under which name a half-filled sheet is kept."""
    return f"visit-{household_id}"


def _begin(request: HttpRequest, opened: Opened, has_lead: bool) -> dict[str, Any]:
    """What stands in the sheet before anybody typed: now, a visit, and the next step that is usual."""
    watch, routine = opened.watch, first_contact_due("routine", since=opened.at, gu_id=gu_of(opened.file.dong_id))
    usual = ("watch" if watch else "visit") if has_lead else ("rhythm" if watch else "nothing")
    return {
        "key": uuid4(), "way": choice(request.GET.get("way"), Way.values) or Way.VISIT, "done_at": local_text(opened.at),
        "visit": request.GET.get("visit", ""), "next": usual, "next_on": day_of(routine).isoformat(),
        "reasons": [code for code, _name in watch.reasons] if watch else [], "met": _alone(opened), "gone": _alone(opened),
    }  # fmt: skip


def _alone(opened: Opened) -> list[str]:
    living = [str(one.id) for one in opened.file.residents if one.state == "living"]
    return living if len(living) == 1 else []


def _kept(opened: Opened) -> tuple[dict[str, Any], datetime | None]:
    """What was typed and not sent, unless it was sent after all (the last keeping may overtake the sending)."""
    draft = draft_of(opened.by, draft_key(opened.id))
    if draft is None:
        return {}, None
    typed = QueryDict(mutable=True)
    for name, values in draft.body.items():
        typed.setlist(name, values)
    try:
        if is_sent(UUID(typed.get("key", ""))):
            return {}, None
    except ValueError:
        typed.pop("key", None)
    many = ("met", "gone", "needs", "reasons")
    told = {name: typed.getlist(name) if name in many else typed.get(name) for name in VisitForm.base_fields if name in typed}
    return {**{name: [] for name in many}, **told, "left_notice": "left_notice" in typed}, draft.saved_at


def _save(form: VisitForm) -> int:
    typed, opened = form.cleaned_data, form.opened
    outcome = typed["outcome"]
    try:
        record_visit_of(
            by=opened.by, key=typed["key"], household_id=opened.id, at=opened.at, done_at=typed["done_at"], way=typed["way"],
            outcome=outcome, seen=seen_text(typed), needs=typed["needs"] if outcome in (Outcome.MET, Outcome.PHONE) else (),
            met=people_of(typed), next=_next(form), reasons=declared(form), companion_id=number(typed["companion"]),
            visit_id=number(typed["visit"]), left_notice=typed["left_notice"] and outcome in NOT_REACHED,
            gone_on=typed["gone_on"] if people_gone(outcome) else None,
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(form, refusal)
    return 200


def people_gone(outcome: str) -> bool:
    """Whether the outcome says that somebody is not there any more."""
    return outcome in (Outcome.MOVED, Outcome.DIED, Outcome.ADMITTED)


def _next(form: VisitForm) -> Next | None:
    typed, opened = form.cleaned_data, form.opened
    if typed["outcome"] in NOT_REACHED:
        return Next(step=NextStep.TRY_AGAIN, at=_until(typed["retry_on"], opened.at)) if typed["retry_on"] else None
    if form.leaves_nobody:
        return None
    chosen = typed["next"]
    if chosen in STEP:
        return Next(step=STEP[chosen], at=_until(typed["next_on"], opened.at))
    if chosen == "watch":
        return Next(step=NextStep.WATCH, note=typed["closure_note"])
    if chosen == "close":
        return Next(closure=typed["closure"], note=typed["closure_note"])
    if chosen == "handover" and form.has_lead:
        # Until the other dong has accepted, the household is still ours: somebody calls on the next working day.
        return Next(step=NextStep.CALL, at=first_contact_due("today", since=opened.at, gu_id=gu_of(opened.file.dong_id)))
    return None


def _until(day: date, at: datetime) -> datetime:
    moment = datetime.combine(day, CLOSES_AT, KST)
    return moment if moment > at else datetime.combine(day, time(23, 59), KST)


def _refused(form: VisitForm, refusal: Refusal) -> int:
    told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field or "": str(refusal)}
    for field, sentence in told.items():
        name = FIELD.get(field, field)
        if name == "closure" and form.cleaned_data["next"] == "watch":
            name = "next"
        if name == "next_on" and form.cleaned_data.get("outcome") in NOT_REACHED:
            name = "retry_on"
        form.add_error(name if name in form.fields else None, str(sentence))
    return 409 if isinstance(refusal, Conflict) else 403 if isinstance(refusal, Forbidden) else 422


def _saved(request: HttpRequest, form: VisitForm) -> HttpResponse:
    typed, opened = form.cleaned_data, form.opened
    messages.success(request, _("방문 기록을 저장했습니다."))
    calls = triage(typed["seen"]).hotlines
    if calls:
        lines = ", ".join(f"{line.number} {line.name}" for line in calls[:3])
        messages.warning(
            request, _("위험한 말이 적혀 있습니다. 아직 하지 않았다면 바로 전화해 주세요: %(lines)s") % {"lines": lines}
        )
    if typed["next"] == "handover" and typed["outcome"] not in NOT_REACHED and not form.leaves_nobody:
        messages.info(request, _("이제 넘겨받을 동을 골라 주세요. 받는 동이 받을 때까지 우리 동이 맡습니다."))
        return redirect("staff-household-handover", household_id=opened.id)
    return redirect("staff-household", household_id=opened.id)


def _show(
    request: HttpRequest, form: VisitForm, sheet: Sheet, *, status: int = 200, saved_at: datetime | None = None
) -> HttpResponse:
    opened = form.opened
    declared_now = form["reasons"].value() or [] if "reasons" in form.fields else []
    return page(
        request, "staff/visit_record.html", status=status, form=form, opened=opened, file=opened.file, sheet=sheet,
        things=due_things(opened, sheet), draft_key=draft_key(opened.id), saved_at=saved_at, suicide_codes=SUICIDE,
        is_suicide=bool(opened.watch and opened.watch.suicide) or any(code in SUICIDE.split("|") for code in declared_now),
        categories=reasons_by_category(),
        declared=declared_now, last=sheet.contacts[0] if sheet.contacts else None, bands=dict(Slot.choices),
        calls=CALLS, may_benefits=opened.may(P.BENEFIT_READ),
    )  # fmt: skip


def due_things(opened: Opened, sheet: Sheet) -> list[dict[str, Any]]:
    """What is due at this door, of every kind, the most pressing first."""
    at, found = opened.at, list[tuple[str, Any, str]]()
    if opened.lead is not None:
        first = opened.lead.first_contact_at is None
        when = opened.lead.first_due_at if first else opened.lead.next_at
        what = _("첫 연락") if first else opened.lead.next_step_label
        found.append((_("발굴 건: %(what)s") % {"what": what}, when, opened.lead.worker_name))
    if sheet.watch is not None:
        what = _("정기 방문: %(what)s") % {"what": sheet.watch.next_step_text}
        found.append((what, sheet.watch.next_at, sheet.watch.worker_name))
    named = {one.id: one.name for one in sheet.members}
    found += [(f"{one.label} {named.get(one.resident_id or 0, '')}".strip(), one.due_by, "") for one in sheet.targets]
    found += [(f"{one.kind_text} {one.slot_text}", one.planned_on, one.worker_name) for one in sheet.visits]
    lines = [{"what": what, "due": due_of(when, at), "who": who} for what, when, who in found]
    return sorted(lines, key=lambda line: (not line["due"].is_overdue, line["due"].iso) if line["due"] else (True, "9"))


@staff(P.VISIT_RECORD)
@require_POST
def discard(request: HttpRequest, household_id: int) -> HttpResponse:
    """Throw away what was kept of a half-filled sheet."""
    drop_draft(by=request.actor, key=draft_key(household_id), at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("임시 저장한 내용을 버렸습니다."))
    return redirect("staff-visit-record", household_id=household_id)


urlpatterns = [
    path("households/<int:household_id>/visit/", visit_record, name="staff-visit-record"),
    path("households/<int:household_id>/visit/discard/", discard, name="staff-visit-record-discard"),
]

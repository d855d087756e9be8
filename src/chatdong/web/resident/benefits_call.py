"""동에서 전화해 주세요: a report by the resident's own wish, with consent; the answers go along only where that is ticked."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chatdong.ground.places.queries import dongs, rule
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import Actor
from chatdong.policy.throttle import within
from chatdong.safetynet.discovery.queries import first_contact_due
from chatdong.web.door.gate import public
from chatdong.web.resident.calling import CallForm, send_call
from chatdong.web.resident.visit import Visit


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, language: str) -> HttpResponse:
    """The form, and what it was answered with. The same page sent again is the same report."""
    visit, at = Visit.of(request, language), clock.now()
    if request.POST.get("do") != "send":
        return _form(visit, CallForm({}, visit.say, at.date()), str(uuid4()))
    form, key = CallForm(request.POST, visit.say, at.date()), _key(request.POST.get("key", ""))
    if form.errors:
        return _form(visit, form, key, status=422)
    by: Actor = request.actor  # type: ignore[attr-defined]
    if not within("report", by.address, most=rule("report.throttle", on=at.date()).value["per_hour"], at=at):
        form.errors.append(("", visit.say("한 시간에 보낼 수 있는 것을 모두 보내셨어요. 급하면 지금 전화해 주세요.")))
        return _form(visit, form, key, status=429)
    try:
        report = send_call(visit, form, key, by=by, at=at)
    except Refusal as refusal:
        form.errors.append(("", str(refusal)))
        return _form(visit, form, key, status=422)
    return visit.page("called", "", done=_promise(visit, report, at))


def _form(visit: Visit, form: CallForm, key: str, status: int = 200) -> HttpResponse:
    told = {"form": form, "key": key, "has_answers": bool(visit.told.people)}
    days = rule("retention.report_days", on=clock.today()).value["days"]
    return visit.page("call", "call", status, days=days, **told)


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())


def _promise(visit: Visit, report: Any, at: datetime) -> dict[str, str]:
    """The receipt, the dong, and by when somebody calls."""
    dong = next((row for row in dongs(at.date()) if row.pk == report.dong_id), None)
    received = clock.kst(report.received_at)
    due = clock.kst(first_contact_due(report.urgency, since=received, gu_id=dong.gu_id if dong else None))
    return {
        "receipt": report.receipt,
        "received": clock.moment_text(received),
        "by_when": clock.moment_text(due),
        "dong": dong.name if dong else "",
        "phone": dong.phone if dong else "",
    }

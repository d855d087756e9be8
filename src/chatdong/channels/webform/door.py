"""POST /channels/report/: JSON in, receipt out. Open to everybody as the form on our own pages is, and as limited."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from chatdong.channels.channel import for_everybody
from chatdong.channels.webform.payload import payload_of
from chatdong.engines.risk import triage
from chatdong.ground.places.queries import dongs, rule
from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, Refusal
from chatdong.policy.throttle import within
from chatdong.safetynet.discovery.actions import submit_report
from chatdong.safetynet.discovery.queries import first_contact_due

MOST_BYTES = 64 * 1024


def _refused(status: int, fields: dict[str, str]) -> JsonResponse:
    return JsonResponse({"fields": fields}, status=status, json_dumps_params={"ensure_ascii": False})


@for_everybody
@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Take one report from another site. 200 with its receipt, the dong and by when somebody is in touch.

    405, 413, 415, 400 and 422 say what is wrong in `fields`; 429 asks to call instead. No cookie is read, so none can be misused.
    """
    at = clock.now()
    if request.method != "POST":
        return _refused(405, {"": "POST로 보내 주세요."})
    if request.content_type != "application/json":
        return _refused(415, {"": "application/json으로 보내 주세요."})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refused(413, {"": "64KB까지 보낼 수 있습니다."})
    places = {dong.code: dong for dong in dongs(at.date())}
    try:
        body = json.loads(request.body)
        sent = payload_of(body, dong_ids={code: dong.pk for code, dong in places.items()}, today=at.date())
    except (ValueError, RecursionError):
        return _refused(400, {"": "JSON을 읽을 수 없습니다. UTF-8로 보내 주세요."})
    except Invalid as refusal:
        return _refused(422, refusal.fields)
    by = request.actor  # type: ignore[attr-defined]
    if not within("report", by.address, most=rule("report.throttle", on=at.date()).value["per_hour"], at=at):
        return _refused(429, {"": "한 시간에 보낼 수 있는 신고를 모두 보냈습니다. 급하면 112, 119나 동주민센터에 전화해 주세요."})
    try:
        report = submit_report(
            by=by, key=sent.key, pathway=sent.pathway, at=at, text=sent.text, subject=sent.subject, reporter=sent.reporter,
            source=sent.source, details={"answers": sent.answers} if sent.answers else {},
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(422, {refusal.field or "": str(refusal)})
    dong = next(place for place in places.values() if place.pk == report.dong_id)
    due = first_contact_due(report.urgency, since=clock.kst(report.received_at), gu_id=dong.gu_id)
    calls = triage(sent.text, sent.answers).hotlines
    answer = {
        "receipt": report.receipt, "dong": dong.name, "phone": dong.phone, "contact_by": clock.kst(due).isoformat(),
        "call_now": [{"number": line.number, "name": line.name} for line in calls],
    }  # fmt: skip
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})

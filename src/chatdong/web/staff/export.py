"""내보내기: lists of the own reach as a file, with a reason, few columns, and a line in the log that names the file."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.queries.export import leads_to_export
from chatdong.safetynet.visits.queries.export import MOST, Exported, targets_to_export, watches_to_export
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number
from chatdong.web.staff.export_file import CSV_CP949, CSV_UTF8, MEDIA, XLSX, written

LISTS: dict[str, tuple[Any, Callable[..., Exported]]] = {
    "watches": (gettext_lazy("복지방문지도에 오른 가구"), watches_to_export),
    "leads": (gettext_lazy("열려 있는 발굴 건"), leads_to_export),
    "targets": (gettext_lazy("올해 방문 대상"), targets_to_export),
}
KINDS = (
    (XLSX, gettext_lazy("엑셀(.xlsx)")),
    (CSV_UTF8, gettext_lazy("CSV (UTF-8)")),
    (CSV_CP949, gettext_lazy("CSV (CP949, 오래된 엑셀)")),
)
SHORTEST = 5


class ExportForm(forms.Form):
    """What, of where, in which shape, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("무엇을 내보내나요"), choices=[(key, row[0]) for key, row in LISTS.items()], widget=forms.RadioSelect
    )
    dong = forms.ChoiceField(label=gettext_lazy("어느 동인가요"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("파일"), choices=KINDS, initial=XLSX, widget=forms.RadioSelect)
    full = forms.BooleanField(
        label=gettext_lazy("이름, 생년월일, 주소, 전화를 가리지 않고 넣기"), required=False,
        help_text=gettext_lazy("꼭 필요할 때만 고르세요. 고르지 않으면 이름과 주소를 가립니다."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("내보내는 이유"), max_length=300, min_length=SHORTEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("무슨 일에 쓰고 누가 받는지 적어 주세요. 접속 기록에 그대로 남습니다. 주민의 이름은 적지 마세요."),
        error_messages={
            "required": gettext_lazy("내보내는 이유를 적어 주세요."),
            "min_length": gettext_lazy("이유를 다섯 글자 이상 적어 주세요."),
        },
    )  # fmt: skip


@staff(P.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The form, and the file that comes of it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = ExportForm(request.POST if request.method == "POST" else None, initial={"what": "watches"})
    within = reach(actor, P.EXPORT).dong_ids
    places = [dong for gu_id in sorted(actor.gu_ids) for dong in dongs(at.date(), gu_id) if dong.pk in within]
    form.fields["dong"].choices = [("", _("내가 볼 수 있는 모든 동")), *((str(one.pk), one.name) for one in places)]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        return _file(actor, at, form.cleaned_data)
    return page(
        request, "staff/export.html", status=422 if form.errors else 200, form=form, several=len(places) > 1, most=MOST
    )  # fmt: skip


def _file(actor: Actor, at: datetime, typed: dict[str, Any]) -> HttpResponse:
    """Write the file, and the line in the log, before anything leaves."""
    dong_id = number(typed["dong"])
    found = LISTS[typed["what"]][1](by=actor, at=at, dong_id=dong_id, full=typed["full"])
    content = written(typed["kind"], found.columns, found.rows)
    record_read(
        f"{typed['what']}.export", by=actor, at=at, kind="export", subjects=found.household_ids, count=len(found.rows),
        why=typed["reason"], dong_id=dong_id,
        details={
            "sha256": sha256(content).hexdigest(), "kind": typed["kind"], "full": typed["full"], "columns": list(found.columns),
            "hidden_left_out": found.hidden, "cut": found.cut,
        },
    )  # fmt: skip
    answer = HttpResponse(content, content_type=MEDIA[typed["kind"]])
    ending = XLSX if typed["kind"] == XLSX else "csv"
    name = f"{LISTS[typed['what']][0]}_{at:%Y%m%d_%H%M}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


urlpatterns = [path("export/", export, name="staff-export")]

"""1·2·3 점검 (C-03, C-12): one's own day, week and month against the goal. A mirror, not a league table."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.visits.actions import note_activity
from chatdong.safetynet.visits.queries import self_check
from chatdong.safetynet.visits.states import ActivityKind
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import day
from chatdong.web.staff.deeds import put_refusal
from chatdong.web.staff.dues import day_and_week

FAR = timedelta(days=800)


class ActivityForm(forms.Form):
    """What was done besides visits."""

    kind = forms.ChoiceField(label=gettext_lazy("무엇을 했나요"), choices=ActivityKind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=gettext_lazy("언제 했나요"), widget=forms.DateInput)
    note = forms.CharField(
        label=gettext_lazy("메모"), max_length=200, required=False,
        help_text=gettext_lazy("주민의 이름이나 주소는 적지 마세요. 예: 골목 모임, 통장 회의"),
    )  # fmt: skip


@staff(P.ACTIVITY_RECORD)
def show(request: HttpRequest) -> HttpResponse:
    """The three lines of the person for a day, and a form to note what no visit record knows."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    today = at.date()
    asked = day(request.GET.get("on"))
    on = asked if asked is not None and timedelta(0) <= today - asked <= FAR else today
    form = ActivityForm(request.POST if request.method == "POST" else None, initial={"on": today.isoformat()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                note_activity(by=actor, at=at, **form.cleaned_data)
                messages.success(request, _("적었습니다: %(kind)s") % {"kind": ActivityKind(form.cleaned_data["kind"]).label})
                return redirect("staff-self-check")
            except Refusal as refusal:
                status = put_refusal(form, refusal)
    return page(
        request, "staff/self_check.html", status=status, lines=self_check(by=actor, on=on), form=form, on=on, today=today,
        title=day_and_week(on), span=clock.span_text,
    )  # fmt: skip


urlpatterns = [path("self-check/", show, name="staff-self-check")]

"""신고 받아 적기: a worker writes down a report heard on the phone, at the counter or at somebody's door."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.engines.linkage.births import normal_birth
from chatdong.engines.risk import QUESTIONS, triage
from chatdong.ground.accounts.actions import drop_draft
from chatdong.ground.accounts.queries import draft_of
from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, Refusal
from chatdong.kernel.identity import phone_digits
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import submit_report
from chatdong.safetynet.discovery.states import Pathway, ReporterCard, Subject, Urgency
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number

DRAFT = "report-new"


class HeardReport(forms.Form):
    """What was heard. Only the worry and some place or name are needed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    pathway = forms.ChoiceField(label=gettext_lazy("어떻게 알게 됐나요"), choices=Pathway.choices)
    text = forms.CharField(
        label=gettext_lazy("걱정되는 점"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("들은 그대로 적어 주세요. 주민등록번호는 적지 않습니다."),
        error_messages={"required": gettext_lazy("무엇이 걱정되는지 적어 주세요.")},
    )
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("지금 위험한 일"), required=False, choices=[(row.code, row.text) for row in QUESTIONS.values()]
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("급한 정도"), required=False, choices=[("", gettext_lazy("내용을 보고 정함")), *Urgency.choices]
    )
    name = forms.CharField(label=gettext_lazy("이름"), required=False, max_length=60)
    birth = forms.CharField(
        label=gettext_lazy("생년월일이나 태어난 해"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("예: 1956. 3. 12., 1956년"),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("성별"),
        required=False,
        choices=[("", gettext_lazy("모름")), ("f", gettext_lazy("여")), ("m", gettext_lazy("남"))],
    )
    phone = forms.CharField(label=gettext_lazy("전화번호"), required=False, max_length=20)
    address = forms.CharField(label=gettext_lazy("주소나 가까운 곳"), required=False, max_length=160)
    detail = forms.CharField(label=gettext_lazy("동·호수, 층"), required=False, max_length=60)
    dong = forms.ChoiceField(label=gettext_lazy("행정동"), required=False)
    reporter_name = forms.CharField(label=gettext_lazy("알려 준 사람"), required=False, max_length=60)
    reporter_phone = forms.CharField(label=gettext_lazy("알려 준 사람 전화"), required=False, max_length=20)
    relation = forms.CharField(
        label=gettext_lazy("관계"), required=False, max_length=40, help_text=gettext_lazy("예: 옆집, 딸, 통장")
    )
    agreed = forms.BooleanField(label=gettext_lazy("연락처를 적는 데 동의를 받았습니다"), required=False)
    wants_answer = forms.BooleanField(label=gettext_lazy("결과를 알려 달라고 함"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in ("phone", "reporter_phone"):
            if cleaned.get(field) and phone_digits(cleaned[field]) is None:
                self.add_error(field, _("전화번호를 다시 확인해 주세요. 예: 010-1234-5678"))
        if cleaned.get("birth") and not normal_birth(cleaned["birth"], clock.today()):
            self.add_error("birth", _("날짜로 읽을 수 없습니다. 예: 1956. 3. 12. 또는 1956년"))
        if not any(cleaned.get(field) for field in ("name", "phone", "address", "dong")) and not self.errors:
            self.add_error("address", _("이름, 전화번호, 주소 가운데 하나는 적거나 동을 골라 주세요."))
        if (cleaned.get("reporter_name") or cleaned.get("reporter_phone")) and not cleaned.get("agreed"):
            self.add_error("agreed", _("알려 준 사람의 연락처를 적으려면 동의가 필요합니다. 없으면 두 칸을 비워 주세요."))
        return cleaned

    def subject(self) -> Subject:
        told = self.cleaned_data
        birth = normal_birth(told["birth"], clock.today())
        return Subject(
            name=told["name"], birth=birth.day, birth_year=None if birth.day else birth.year, sex=told["sex"],
            phone=phone_digits(told["phone"]) or "", address=told["address"], detail=told["detail"], dong_id=number(told["dong"]),
        )  # fmt: skip

    def reporter(self) -> ReporterCard:
        told = self.cleaned_data
        return ReporterCard(
            name=told["reporter_name"], phone=phone_digits(told["reporter_phone"]) or "", relation=told["relation"],
            wants_answer=told["wants_answer"],
        )  # fmt: skip


@staff(P.REPORT_TRIAGE)
def take(request: HttpRequest) -> HttpResponse:
    """The form, and the report made of it. A second click gives the same report."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = HeardReport(request.POST) if request.method == "POST" else _fresh(actor)
    places = [(str(dong.pk), dong.name) for gu_id in sorted(actor.gu_ids) for dong in dongs(at.date(), gu_id)]
    form.fields["dong"].choices = [("", _("주소를 보고 정함")), *places]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        report = _submit(form, actor, at)
        if report is not None:
            drop_draft(by=actor, key=DRAFT, at=at)
            messages.success(request, _("신고를 접수했습니다. 접수번호 %(receipt)s") % {"receipt": report.receipt})
            return redirect("staff-report", report.pk)
    said = form.data.get("text", "") if form.is_bound else ""
    calls = [(line.number, line.name, line.when) for line in triage(said).hotlines]
    return page(request, "staff/take.html", status=422 if form.errors else 200, form=form, calls=calls, draft_key=DRAFT)


def _fresh(actor: Any) -> HeardReport:
    """An empty form, or what the person had typed and not sent."""
    draft = draft_of(actor, DRAFT)
    initial: dict[str, Any] = {"key": uuid4(), "pathway": Pathway.NEIGHBOR}
    if draft is not None:
        typed = QueryDict(mutable=True)
        for name, values in draft.body.items():
            typed.setlist(name, values)
        initial |= {name: typed.getlist(name) if name == "signs" else typed.get(name) for name in typed}
    return HeardReport(initial=initial)


def _submit(form: HeardReport, actor: Any, at: Any) -> Any:
    told = form.cleaned_data
    try:
        return submit_report(
            by=actor,
            key=f"desk:{told['key']}",
            pathway=told["pathway"],
            at=at,
            text=told["text"],
            urgency=told["urgency"] or None,
            subject=form.subject(),
            reporter=form.reporter(),
            details={"answers": dict.fromkeys(told["signs"], "yes")},
        )
    except Invalid as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field if field in form.fields else None, sentence)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None


urlpatterns = [path("reports/new/", take, name="staff-report-new")]

"""Behind their own rights: the safety plan, joining two rows of one household, and breaking the glass."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.ground.accounts.actions import drop_draft
from chatdong.ground.accounts.queries import draft_of
from chatdong.ground.households.actions import break_glass, close_glass
from chatdong.ground.households.queries import household_row, masked_rows
from chatdong.ground.messages.actions import tell
from chatdong.ground.places.queries import rule
from chatdong.kernel import clock
from chatdong.kernel.errors import Forbidden, NotFound, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.actions import merge_households
from chatdong.safetynet.visits.actions import write_safety_plan
from chatdong.safetynet.visits.queries import safety_plan_of
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number
from chatdong.web.staff.deeds import put_refusal
from chatdong.web.staff.duty_forms import SafetyForm
from chatdong.web.staff.opened import opened_household
from chatdong.web.staff.wording import WordedForm, area


@staff(P.SAFETY_PLAN_READ)
def safety(request: HttpRequest, household_id: int) -> HttpResponse:
    """The safety plan in force, and a form for a new one. Each look is written down."""
    opened = opened_household(request, household_id)
    plan = safety_plan_of(by=opened.by, household_id=opened.id, at=opened.at, owner_id=opened.owner_id)
    key, may_write = f"household-{opened.id}-safety", opened.may(P.SAFETY_PLAN_WRITE)
    draft = draft_of(opened.by, key) if may_write and request.method == "GET" else None
    begin = {name: getattr(plan, name) for name in SafetyForm.base_fields if plan and name != "resident"}
    begin |= {name: values[-1] for name, values in draft.body.items() if name in SafetyForm.base_fields} if draft else {}
    form = SafetyForm(request.POST or None, opened=opened, initial=begin)
    status = 200
    if request.method == "POST":
        if not may_write:
            raise Forbidden(_("안전계획은 담당 동의 복지플래너, 방문간호사, 팀장이 씁니다."))
        status = 422
        if form.is_valid():
            typed = dict(form.cleaned_data)
            try:
                write_safety_plan(
                    by=opened.by, household_id=opened.id, at=opened.at, resident_id=number(typed.pop("resident")),
                    owner_id=opened.owner_id, **typed,
                )  # fmt: skip
                drop_draft(by=opened.by, key=key, at=opened.at)
                messages.success(request, _("안전계획을 저장했습니다. 팀장과 방문간호사에게 알렸습니다."))
                return redirect("staff-household-safety", household_id=opened.id)
            except Refusal as refusal:
                status = put_refusal(form, refusal)
    return page(
        request, "staff/household_safety.html", status=status, opened=opened, plan=plan, form=form, may_write=may_write,
        draft_key=key, has_draft=draft is not None,
    )  # fmt: skip


class MergeForm(WordedForm):
    """Which other row is the same household; first looked at, then joined."""

    drop = forms.CharField(label=gettext_lazy("합칠 가구의 번호"), max_length=20)


@staff(P.HOUSEHOLD_MERGE)
def merge(request: HttpRequest, household_id: int) -> HttpResponse:
    """Join another row into this one, in two steps: first both are shown, then somebody says yes."""
    opened = opened_household(request, household_id)
    if not opened.may(P.HOUSEHOLD_MERGE):
        raise Forbidden(_("가구를 합치는 일은 팀장과 복지동장이 합니다."))
    form = MergeForm(request.POST if request.method == "POST" else request.GET or None)
    status, other = 200, None
    if form.is_bound and form.is_valid():
        try:
            row = household_row(opened.by, number(form.cleaned_data["drop"]) or 0, P.HOUSEHOLD_MERGE)
            if row.pk == opened.id:
                raise Refusal(_("같은 가구입니다. 다른 가구의 번호를 적어 주세요."), "drop")
            other = masked_rows([row.pk], clock.today())[row.pk]
            record_read("household.compare", by=opened.by, at=opened.at, household_id=row.pk, dong_id=row.dong_id)
            if request.method == "POST":
                merge_households(by=opened.by, keep_id=opened.id, drop_id=row.pk, at=opened.at)
                messages.success(request, _("두 가구를 합쳤습니다. 기록은 모두 이 가구의 한 줄로 이어집니다."))
                return redirect("staff-household", household_id=opened.id)
        except NotFound:
            form.add_error("drop", _("그 번호의 가구를 찾을 수 없습니다. 번호를 다시 확인해 주세요."))
        except Refusal as refusal:
            status = put_refusal(form, refusal)
    if form.errors:
        status = max(status, 422)
    return page(request, "staff/household_merge.html", status=status, opened=opened, form=form, other=other)


class GlassForm(WordedForm):
    """Why somebody must look outside their own area."""

    reason = forms.CharField(label=gettext_lazy("왜 열어 보아야 하나요"), max_length=300, widget=area())


@staff(P.GLASS_BREAK)
def glass(request: HttpRequest, household_id: int) -> HttpResponse:
    """긴급 열람: open one household outside one's own area, for some hours, with an alarm."""
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = GlassForm(request.POST or None)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            broken = break_glass(by=by, household_id=household_id, reason=form.cleaned_data["reason"], at=at, tell=tell)
            messages.warning(
                request,
                _("긴급 열람을 시작했습니다. %(until)s까지 볼 수 있고, 담당 구에 알렸습니다.")
                % {"until": clock.moment_text(broken.until)},
            )
            return redirect("staff-household", household_id=household_id)
        except Refusal as refusal:
            status = 404 if isinstance(refusal, NotFound) else put_refusal(form, refusal)
            if isinstance(refusal, NotFound):
                form.add_error(None, _("그 번호의 가구가 없습니다."))
    hours = rule("glass.hours", at.date(), min(by.gu_ids, default=None)).value["hours"]
    return page(request, "staff/household_glass.html", status=status, household_id=household_id, form=form, hours=hours)


@staff(P.GLASS_BREAK)
def glass_end(request: HttpRequest, household_id: int) -> HttpResponse:
    """Give the household back before the hours are over."""
    if request.method == "POST":
        close_glass(by=request.actor, household_id=household_id, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("긴급 열람을 마쳤습니다."))
    return redirect("staff-search")


urlpatterns = [
    path("households/<int:household_id>/safety/", safety, name="staff-household-safety"),
    path("households/<int:household_id>/merge/", merge, name="staff-household-merge"),
    path("households/<int:household_id>/glass/", glass, name="staff-glass"),
    path("households/<int:household_id>/glass/end/", glass_end, name="staff-glass-end"),
]

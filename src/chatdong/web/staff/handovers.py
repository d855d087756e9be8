"""넘겨받기: what other dong ask us to take over, and what we have asked."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chatdong.ground.accounts.queries import workers_of
from chatdong.kernel import clock
from chatdong.kernel.errors import NotFound, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import accept_handover, refuse_handover, withdraw_handover
from chatdong.safetynet.discovery.queries import handovers_waiting
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number
from chatdong.web.staff.deeds import put_refusal
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.duty_forms import people


class AnswerForm(forms.Form):
    """Who takes it, or why not."""

    worker = forms.CharField(label=gettext_lazy("누가 맡나요"), required=False, max_length=20)
    answer = forms.CharField(label=gettext_lazy("받지 않는 이유"), required=False, max_length=300)


@staff(P.HANDOVER_ASK, P.HANDOVER_ANSWER)
def handovers(request: HttpRequest) -> HttpResponse:
    """Requests to answer, of which only a summary is shown, and those we have sent."""
    return _show(request)


def _show(request: HttpRequest, *, status: int = 200, at_fault: int = 0, form: AnswerForm | None = None) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = handovers_waiting(by=actor, at=at, after=request.GET.get("after", ""))
    to_me = [row for row in found.rows if row.is_to_me]
    workers: dict[int, list[tuple[str, str]]] = {}
    for row in to_me:
        workers.setdefault(row.to_dong_id, [])
    everybody = workers_of(workers, at.date())
    for dong_id in workers:
        workers[dong_id] = people([one for one in everybody if one.dong_id == dong_id])
    return page(
        request, "staff/handovers.html", status=status, to_me=[(row, due_of(row.due_at, at)) for row in to_me], workers=workers,
        sent=[(row, due_of(row.due_at, at)) for row in found.rows if row.household_id is not None], after=found.after,
        at_fault=at_fault, form=form or AnswerForm(),
    )  # fmt: skip


@staff(P.HANDOVER_ANSWER)
@require_POST
def accept(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Take the household over, with all that is open about it."""
    form = AnswerForm(request.POST)
    try:
        form.full_clean()
        worker_id = number(form.cleaned_data.get("worker"))
        row = accept_handover(by=request.actor, handover_id=handover_id, at=clock.now(), worker_id=worker_id)  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(request, status=put_refusal(form, refusal), at_fault=handover_id, form=form)
    messages.success(request, _("넘겨받았습니다. 이제 우리 동이 맡습니다."))
    return redirect("staff-household", household_id=row.household_id)


@staff(P.HANDOVER_ANSWER)
@require_POST
def refuse(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Send it back with an answer; the sender was owner all along."""
    form = AnswerForm(request.POST)
    try:
        form.full_clean()
        refuse_handover(by=request.actor, handover_id=handover_id, answer=form.cleaned_data.get("answer", ""), at=clock.now())  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(request, status=put_refusal(form, refusal), at_fault=handover_id, form=form)
    messages.success(request, _("돌려보냈습니다. 보낸 동에 답을 알렸습니다."))
    return redirect("staff-handovers")


@staff(P.HANDOVER_ASK)
@require_POST
def withdraw(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Take a request back."""
    try:
        withdraw_handover(by=request.actor, handover_id=handover_id, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("요청을 거둬들였습니다."))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-handovers")


urlpatterns = [
    path("handovers/", handovers, name="staff-handovers"),
    path("handovers/<int:handover_id>/accept/", accept, name="staff-handover-accept"),
    path("handovers/<int:handover_id>/refuse/", refuse, name="staff-handover-refuse"),
    path("handovers/<int:handover_id>/withdraw/", withdraw, name="staff-handover-withdraw"),
]

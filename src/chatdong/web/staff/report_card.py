"""One report: what was said, whom it is about, and which household that is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chatdong.engines.risk import HOTLINES
from chatdong.ground.places.queries import dongs, gus
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.check import at_dong, may
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import choose_match, close_report, redirect_report
from chatdong.safetynet.discovery.queries import ReportCard, report_card
from chatdong.safetynet.discovery.states import ReportClosure
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number
from chatdong.web.staff.deeds import put_refusal
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.wording import WordedForm, area


class ChooseForm(WordedForm):
    """The same household, or a new one."""

    household = forms.CharField(label=gettext_lazy("어느 가구인가요"), max_length=20)


class CloseForm(WordedForm):
    """Ending a report that leads to no household."""

    closure = forms.ChoiceField(label=gettext_lazy("종결 사유"), choices=ReportClosure.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=gettext_lazy("설명"), max_length=300, required=False, widget=area())


class RedirectForm(WordedForm):
    """Another dong answers for it."""

    dong = forms.ChoiceField(label=gettext_lazy("보낼 동"))


@staff(P.REPORT_READ)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Open a report; who opened it is written down."""
    return _show(request, report_id)


def _show(request: HttpRequest, report_id: int, *, status: int = 200, **forms_typed: forms.Form) -> HttpResponse:
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = report_card(by=by, report_id=report_id, at=at)
    shown = {"choose": ChooseForm(), "close": CloseForm(), "redirect": _redirect_form(card, None)} | forms_typed
    return page(
        request, "staff/report.html", status=status, card=card, due=due_of(card.due_at, at) if card.is_open else None,
        may_triage=card.is_open and may(by, P.REPORT_TRIAGE, at_dong(card.dong_id, card.worker_id)), forms=shown,
        calls=[(number, name, HOTLINES[number].when if number in HOTLINES else "") for number, name in card.hotlines],
        marked=marked(card.text, [word["words"] for word in card.words if word.get("words")]), open=next(iter(forms_typed), ""),
    )  # fmt: skip


def marked(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, those with a danger word said so: [("혼자 ", False), ("죽고 싶다", True), ("고 합니다", False)]."""
    pieces: list[tuple[str, bool]] = [(text, False)]
    for word in sorted(set(words), key=len, reverse=True):
        cut: list[tuple[str, bool]] = []
        for piece, is_danger in pieces:
            if is_danger or word not in piece:
                cut.append((piece, is_danger))
                continue
            before, *rest = piece.split(word)
            cut.append((before, False))
            for after in rest:
                cut += [(word, True), (after, False)]
        pieces = [one for one in cut if one[0]]
    return pieces


def _redirect_form(card: ReportCard, typed: Any) -> RedirectForm:
    form, today = RedirectForm(typed), clock.today()
    near = [(str(dong.pk), dong.name) for dong in dongs(today, card.gu_id) if dong.pk != card.dong_id]
    others = [(gu.name, [(str(dong.pk), dong.name) for dong in dongs(today, gu.pk)]) for gu in gus(today) if gu.pk != card.gu_id]
    form.fields["dong"].choices = [("", _("동을 골라 주세요")), *near, *others]  # type: ignore[attr-defined]
    return form


def _done(
    request: HttpRequest, report_id: int, name: str, form: forms.Form, send: Callable[[dict[str, Any]], HttpResponse]
) -> HttpResponse:
    """Send a form of the page; when it is refused the page comes back with what was typed."""
    status = 422
    if form.is_valid():
        try:
            return send(form.cleaned_data)
        except Refusal as refusal:
            status = put_refusal(form, refusal)
    return _show(request, report_id, status=status, **{name: form})


@staff(P.REPORT_TRIAGE)
@require_POST
def choose(request: HttpRequest, report_id: int) -> HttpResponse:
    """Say which household the report is about; `new` makes one."""

    def send(typed: dict[str, Any]) -> HttpResponse:
        picked = typed["household"]
        household_id = None if picked == "new" else number(picked) or 0
        lead = choose_match(by=request.actor, report_id=report_id, household_id=household_id, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("발굴 건에 이었습니다. 담당자에게 알렸습니다."))
        if may(request.actor, P.HOUSEHOLD_READ, lead.where):  # type: ignore[attr-defined]
            return redirect("staff-household", household_id=lead.household_id)
        return redirect("staff-inbox")

    return _done(request, report_id, "choose", ChooseForm(request.POST), send)


@staff(P.REPORT_TRIAGE)
@require_POST
def close(request: HttpRequest, report_id: int) -> HttpResponse:
    """End the report with a reason."""

    def send(typed: dict[str, Any]) -> HttpResponse:
        close_report(by=request.actor, report_id=report_id, at=clock.now(), **typed)  # type: ignore[attr-defined]
        messages.success(request, _("신고를 종결했습니다."))
        return redirect("staff-inbox")

    return _done(request, report_id, "close", CloseForm(request.POST), send)


@staff(P.REPORT_TRIAGE)
@require_POST
def send_on(request: HttpRequest, report_id: int) -> HttpResponse:
    """Send the report to the dong it belongs to."""
    card = report_card(by=request.actor, report_id=report_id, at=clock.now())  # type: ignore[attr-defined]

    def send(typed: dict[str, Any]) -> HttpResponse:
        redirect_report(by=request.actor, report_id=report_id, dong_id=int(typed["dong"]), at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("다른 동으로 보냈습니다. 기한은 그대로입니다."))
        return redirect("staff-inbox")

    return _done(request, report_id, "redirect", _redirect_form(card, request.POST), send)


urlpatterns = [
    path("reports/<int:report_id>/", report, name="staff-report"),
    path("reports/<int:report_id>/choose/", choose, name="staff-report-choose"),
    path("reports/<int:report_id>/close/", close, name="staff-report-close"),
    path("reports/<int:report_id>/redirect/", send_on, name="staff-report-redirect"),
]

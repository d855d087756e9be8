"""일제 살핌: the dong's list of what may be owed, one by one; and for the gu, asking for a run and its counts."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, NotFound, Refusal
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.benefits.actions.screenings import ask_screening, dismiss_finding
from chatdong.safetynet.benefits.queries.screenings import (
    ScreeningCard,
    benefits_waiting,
    counts_of,
    finding_card,
    findings_waiting,
    gus_of,
    newest_run,
    screening_card,
    screenings_of,
)
from chatdong.safetynet.benefits.queries.shares import receiving_share
from chatdong.safetynet.benefits.screening import said_apart
from chatdong.safetynet.benefits.states import FoundKind, ScreeningState
from chatdong.safetynet.discovery.actions.found import take_finding
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.asked import choice
from chatdong.web.staff.household_benefits_words import amount_words
from chatdong.web.staff.lines import name_and_age, place_of


class Ask(forms.Form):
    """As of which day the gu is looked at, and with which day it is compared."""

    day = forms.DateField(label=gettext_lazy("기준일"), help_text=gettext_lazy("이 날의 기준과 나이로 살핍니다."))
    compared_day = forms.DateField(
        label=gettext_lazy("견줄 날"),
        required=False,
        help_text=gettext_lazy("적으면 그날 기준으로는 맞지 않았으나 새로 맞게 된 가구도 찾습니다. 예: 지난해 12월 31일"),
    )


@staff(P.SCREENING_READ)
@require_GET
def screenings(request: HttpRequest) -> HttpResponse:
    """The dong's list; for somebody of the gu, the gu's page."""
    if not may(request.actor, P.SCREENING_DECIDE):  # type: ignore[attr-defined]
        return _gu(request)
    return _list(request)


def _list(request: HttpRequest, *, status: int = 200, at_fault: int = 0, error: str = "", typed: str = "") -> HttpResponse:
    actor, at, pages = request.actor, clock.now(), catalog().pages  # type: ignore[attr-defined]
    options = benefits_waiting(actor)
    kind, benefit = choice(request.GET.get("kind"), FoundKind.values), choice(request.GET.get("benefit"), options)
    found = findings_waiting(by=actor, at=at, kind=kind, benefit=benefit, after=request.GET.get("after", ""))
    here = reverse("staff-screenings")
    asked = {"kind": kind, "benefit": benefit, "after": found.after}
    return page(
        request,
        "staff/screenings.html",
        status=status,
        run=newest_run(actor),
        rows=[_row(one, pages) for one in found.rows],
        kinds=FoundKind.choices,
        kind=kind,
        benefits=sorted(((key, pages[key].name) for key in options if key in pages), key=lambda one: one[1]),
        benefit=benefit,
        next=f"{here}?{urlencode(asked)}" if found.after else "",
        at_fault=at_fault,
        error=error,
        typed=typed,
        may_run=may(actor, P.SCREENING_RUN),
    )


def _row(card: Any, pages: Any) -> dict[str, Any]:
    known = pages.get(card.benefit)
    why, points = said_apart(card.why)
    return {
        "card": card,
        "title": name_and_age(card.masked),
        "place": place_of(card.masked),
        "benefit": known.name if known else card.benefit,
        "amount": amount_words(known, card.amount) if known and card.amount else "",
        "why": why,
        "points": points,
        "others": [_row(one, pages) for one in card.others],
    }


def _is_whole(request: HttpRequest) -> bool:
    """Whether the decision is about everything that was found in the household."""
    return request.POST.get("whole") == "1"


@staff(P.SCREENING_DECIDE)
@require_POST
def take(request: HttpRequest, finding_id: int) -> HttpResponse:
    """A person takes a finding up: it becomes a lead with its owner and deadline."""
    try:
        lead = take_finding(
            by=request.actor, finding_id=finding_id, at=clock.now(), with_others=_is_whole(request),  # type: ignore[attr-defined]
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        return _list(request, status=409, at_fault=finding_id, error=str(refusal))
    due = clock.moment_text(lead.next_at) if lead.next_at else ""
    messages.success(request, _("발굴 건으로 올렸습니다. 다음 연락 기한은 %(when)s입니다.") % {"when": due})
    return redirect("staff-screenings")


@staff(P.SCREENING_DECIDE)
@require_POST
def dismiss(request: HttpRequest, finding_id: int) -> HttpResponse:
    """A person decides that nothing is to be done, and says why."""
    actor, at, reason = request.actor, clock.now(), request.POST.get("reason", "")  # type: ignore[attr-defined]
    try:
        dismiss_finding(by=actor, finding_id=finding_id, reason=reason, at=at, with_others=_is_whole(request))
    except NotFound:
        raise
    except Invalid as refusal:
        finding_card(by=actor, finding_id=finding_id, at=at)
        return _list(request, status=422, at_fault=finding_id, error=str(refusal), typed=reason)
    except Refusal as refusal:
        return _list(request, status=409, at_fault=finding_id, error=str(refusal))
    messages.success(request, _("올리지 않기로 적었습니다. 누가 왜 정했는지 남습니다."))
    return redirect("staff-screenings")


@staff(P.SCREENING_RUN)
@require_GET
def of_gu(request: HttpRequest) -> HttpResponse:
    """The gu's page: asking for a run, the runs so far, counts without names, and the share of residents who receive."""
    return _gu(request)


def _gu(request: HttpRequest, form: Ask | None = None) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    pages, runs = catalog().pages, screenings_of(by=actor)
    done = next((one for one in runs if one.state == ScreeningState.DONE), None)
    under_way = next((one for one in runs if one.is_under_way), None)
    names = {key: one.name for key, one in pages.items()}
    return page(
        request,
        "staff/screenings_gu.html",
        status=422 if form else 200,
        form=form or Ask(initial={"day": clock.today()}),
        runs=runs,
        done=done,
        counts=counts_of(by=actor, screening_id=done.id, names=names, at=at) if done else None,
        under_way=under_way,
        progress=_progress(under_way) if under_way else None,
        shares=[receiving_share(by=actor, gu_id=gu_id, day=clock.today(), at=at) for gu_id in gus_of(actor, P.SCREENING_READ)],
        may_decide=may(actor, P.SCREENING_DECIDE),
    )


@staff(P.SCREENING_RUN)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a run; a job does it."""
    actor, form = request.actor, Ask(request.POST)  # type: ignore[attr-defined]
    if not form.is_valid():
        return _gu(request, form)
    day: date = form.cleaned_data["day"]
    try:
        ask_screening(
            by=actor, gu_id=gus_of(actor, P.SCREENING_RUN)[0], day=day, compared_day=form.cleaned_data["compared_day"],
            fingerprint=catalog().book.fingerprint, at=clock.now(),
        )  # fmt: skip
    except Invalid as refusal:
        for name, sentence in refusal.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
        return _gu(request, form)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-screenings-gu")


def _progress(card: ScreeningCard) -> dict[str, Any]:
    """What the progress bar reads."""
    if card.state == ScreeningState.RUNNING and card.done:
        sentence = _("%(done)s가구를 살폈습니다. 이 화면을 닫아도 계속됩니다.") % {"done": f"{card.done:,}"}
    elif card.state == ScreeningState.RUNNING:
        sentence = _("%(count)s가구의 알려진 사정을 모으고 있습니다.") % {"count": f"{card.households:,}"}
    elif card.state == ScreeningState.ASKED:
        sentence = _("차례를 기다립니다. 몇 초 안에 시작합니다.")
    else:
        sentence = card.state_label
    state = {ScreeningState.DONE: "done", ScreeningState.FAILED: "failed"}.get(ScreeningState(card.state), "running")
    return {"done": card.done, "total": max(card.households, 1), "state": state, "sentence": sentence}


@staff(P.SCREENING_RUN)
@require_GET
def progress(request: HttpRequest, screening_id: int) -> HttpResponse:
    """How far a run is, for the progress bar."""
    return JsonResponse(_progress(screening_card(by=request.actor, screening_id=screening_id)))  # type: ignore[attr-defined]


urlpatterns = [
    path("screenings/", screenings, name="staff-screenings"),
    path("screenings/gu/", of_gu, name="staff-screenings-gu"),
    path("screenings/ask/", ask, name="staff-screening-ask"),
    path("screenings/<int:screening_id>/progress/", progress, name="staff-screening-progress"),
    path("screenings/findings/<int:finding_id>/take/", take, name="staff-finding-take"),
    path("screenings/findings/<int:finding_id>/dismiss/", dismiss, name="staff-finding-dismiss"),
]

"""방문: a person's or a dong's planned visits by day, the lists of those to be visited this year, and the paper for the bag."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

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
from chatdong.policy.actor import Actor
from chatdong.policy.check import may, reach
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.benefits.queries.packages import packages_for
from chatdong.safetynet.benefits.standard import for_everybody
from chatdong.safetynet.visits.actions import cancel_visit, reschedule_visit
from chatdong.safetynet.visits.queries import DueRow, targets_due, visits_planned
from chatdong.safetynet.visits.queries.bag import planned_visit, visit_bag
from chatdong.safetynet.visits.states import Cohort, Slot
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.asked import choice, day, number
from chatdong.web.staff.deeds import put_refusal
from chatdong.web.staff.dues import day_and_week, day_text
from chatdong.web.staff.duty_forms import people
from chatdong.web.staff.lines import of_due

SPANS = {"day": 1, "week": 7}
FAR = timedelta(days=800)
MONTHS = [(one, f"{one}월") for one in range(1, 13)]
# What is asked for at a visit of a kind (korea_domain §3).
ASK = {
    "lead": gettext_lazy("무엇이 걱정됐는지, 지금 급한 것"),
    "watch": gettext_lazy("지난번과 달라진 점, 안전"),
    "target": gettext_lazy("복지 급여, 건강, 마음, 외로움"),
    "follow_up": gettext_lazy("지난번에 약속한 것"),
}
WHY_CANCEL = (
    ("주민 사정", gettext_lazy("주민 사정")), ("직원 사정", gettext_lazy("직원 사정")), ("날씨", gettext_lazy("날씨")),
    ("다른 방문으로 대신", gettext_lazy("다른 방문으로 대신함")), ("잘못 잡음", gettext_lazy("잘못 잡음")),
)  # fmt: skip


@staff(P.VISIT_READ)
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of a day or a week, by day and part of the day; what was planned and not made stands on top."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    frame = _frame(request, actor, at.date())
    start, span = frame["on"], frame["span"]
    found = visits_planned(
        by=actor, at=at, on=start, days=SPANS[span], mine=frame["whose"] == "mine", after=request.GET.get("after", "")
    )
    missed = [_line(row, at) for row in found.rows if row.overdue]
    ahead = sorted((row for row in found.rows if not row.overdue), key=lambda row: (row.due_on, _slot(row)))
    by_day = [(day_text(on, at.date()), [_line(row, at) for row in rows]) for on, rows in groupby(ahead, lambda row: row.due_on)]
    return page(
        request, "staff/visits.html", tab="visits", missed=missed, by_day=by_day, after=found.after,
        previous=start - timedelta(days=SPANS[span]), following=start + timedelta(days=SPANS[span]), today=at.date(), **frame,
    )  # fmt: skip


def _frame(request: HttpRequest, actor: Actor, today: date) -> dict[str, Any]:
    """What was asked for: whose, from which day, and how many days."""
    sees_dong = bool(reach(actor, P.VISIT_READ).dong_ids)
    whose = choice(request.GET.get("whose"), ("mine", "dong")) or "mine"
    start = day(request.GET.get("on")) or today
    start = start if abs(start - today) <= FAR else today
    span = choice(request.GET.get("span"), SPANS) or "day"
    return {
        "sees_dong": sees_dong, "whose": whose if sees_dong else "mine", "on": start, "span": span,
        "may_plan": may(actor, P.VISIT_PLAN), "may_record": may(actor, P.VISIT_RECORD),
        "title": day_and_week(start) if span == "day" else f"{clock.span_text(start, start + timedelta(days=6))}",
    }  # fmt: skip


def _slot(row: DueRow) -> int:
    """Which part of the day: visits_planned says it first in a row's detail."""
    return next((place for place, slot in enumerate(Slot) if row.detail.startswith(str(slot.label))), len(Slot.values))


def _line(row: DueRow, at: Any) -> dict[str, Any]:
    slot, _between, rest = row.detail.partition(" · ")
    return {"id": row.id, "line": of_due(row, at), "slot": slot, "company": rest, "on": row.due_on}


@staff(P.VISIT_READ)
def targets(request: HttpRequest) -> HttpResponse:
    """Who is to be visited this year and was not yet, by group and month of birth."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    frame = _frame(request, actor, at.date())
    cohort, month = choice(request.GET.get("cohort"), Cohort.values), number(request.GET.get("month"))
    month = month if month in range(1, 13) else None
    found = targets_due(
        by=actor, at=at, mine=frame["whose"] == "mine", cohort=cohort, month=month, after=request.GET.get("after", "")
    )
    return page(
        request, "staff/visits_targets.html", tab="targets", rows=[of_due(row, at) for row in found.rows], after=found.after,
        cohort=cohort, month=month, cohorts=Cohort.choices, months=MONTHS,
        **frame,
    )  # fmt: skip


@staff(P.VISIT_READ)
def print_list(request: HttpRequest) -> HttpResponse:
    """The list for the visit bag on A4 with what to speak of in each home; that it was made is written down with them."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    frame = _frame(request, actor, at.date())
    bag = visit_bag(by=actor, at=at, on=frame["on"], days=SPANS[frame["span"]], mine=frame["whose"] == "mine")
    shown = [row for row in bag.rows if not row.hidden]
    packages = packages_for(
        by=actor, household_ids={row.household_id for row in shown}, catalog=catalog(), at=at,
        free=for_everybody(catalog().book.on(at.date())), own_ids=[row.household_id for row in shown if row.is_own],
    ) if shown and may(actor, P.BENEFIT_READ) else {}  # fmt: skip
    return page(
        request, "staff/print_list.html", bag=bag, ask=ASK, packages=packages, printed_by=f"{actor.place_name} {actor.name}",
        printed_at=clock.moment_text(at), **frame,
    )  # fmt: skip


class MoveForm(forms.Form):
    """Another day, part of the day or person."""

    planned_on = forms.DateField(label=gettext_lazy("방문일"), widget=forms.DateInput)
    slot = forms.ChoiceField(label=gettext_lazy("시간대"), choices=Slot.choices, widget=forms.RadioSelect)
    worker = forms.ChoiceField(label=gettext_lazy("가는 사람"))


@staff(P.VISIT_PLAN)
def move(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One planned visit: move it, or call it off."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    visit = planned_visit(by=actor, visit_id=visit_id, at=at)
    begin = {"planned_on": visit.planned_on.isoformat(), "slot": visit.slot, "worker": str(visit.worker_id)}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=begin)
    here = people(workers_of([visit.dong_id], at.date()))
    known = any(pk == begin["worker"] for pk, _label in here)
    form.fields["worker"].choices = here if known else [*here, (begin["worker"], visit.worker_name)]  # type: ignore[attr-defined]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _move(actor, visit_id, visit.worker_id, form, at)
        if status == 200:
            messages.success(request, _("방문을 옮겼습니다."))
            return redirect("staff-visits")
    return page(request, "staff/visits_move.html", status=status, visit=visit, form=form, reasons=WHY_CANCEL)


def _move(actor: Actor, visit_id: int, worker_id: int, form: MoveForm, at: Any) -> int:
    typed = form.cleaned_data
    chosen = int(typed["worker"])
    try:
        reschedule_visit(
            by=actor, visit_id=visit_id, planned_on=typed["planned_on"], slot=typed["slot"], at=at,
            worker_id=None if chosen == worker_id else chosen,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        return put_refusal(form, refusal)
    return 200


@staff(P.VISIT_PLAN)
@require_POST
def cancel(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Call a planned visit off, with its reason; what is due stays due."""
    why = choice(request.POST.get("why"), (key for key, _label in WHY_CANCEL))
    if not why:
        messages.error(request, _("왜 취소하는지 골라 주세요."))
        return redirect("staff-visit-move", visit_id=visit_id)
    try:
        cancel_visit(by=request.actor, visit_id=visit_id, why=why, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("방문 예정을 취소했습니다. 해야 할 일은 그대로 남아 있습니다."))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-visits")


urlpatterns = [
    path("visits/", visits, name="staff-visits"),
    path("visits/targets/", targets, name="staff-visits-targets"),
    path("visits/print/", print_list, name="staff-visits-print"),
    path("visits/<int:visit_id>/", move, name="staff-visit-move"),
    path("visits/<int:visit_id>/cancel/", cancel, name="staff-visit-cancel"),
]

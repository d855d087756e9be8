"""What is to be done for a household: its grade, next step, visits, who answers, other dong, and the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chatdong.engines import risk
from chatdong.ground.places.queries import gu_of
from chatdong.kernel.clock import moment_text
from chatdong.kernel.errors import NotFound, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import ask_closure, ask_handover, assign_lead, register_lead, set_lead_next
from chatdong.safetynet.visits.actions import (
    ask_watch_closure,
    assess_household,
    assign_watch,
    cancel_visit,
    plan_visit,
    set_watch_next,
    stop_search,
)
from chatdong.safetynet.visits.queries.rules import weights_on
from chatdong.safetynet.visits.queries.watches import watch_of
from chatdong.safetynet.visits.states import OwnedState
from chatdong.web.door.gate import staff
from chatdong.web.staff.asked import number
from chatdong.web.staff.deeds import Deed, Typed
from chatdong.web.staff.duty_forms import (
    AssignForm,
    CloseForm,
    GradeForm,
    HandoverForm,
    NextForm,
    PlanForm,
    RegisterForm,
    StopForm,
)
from chatdong.web.staff.fact_forms import today_of
from chatdong.web.staff.opened import Opened, opened_household

OPEN = OwnedState.OPEN


def _grade(opened: Opened, typed: Typed) -> str:
    lead_worker = opened.lead.worker_id if opened.lead else None
    assess_household(
        by=opened.by, household_id=opened.id, reasons=typed["reasons"], note=typed["note"], at=opened.at, worker_id=lead_worker
    )
    verdict = risk.assess(typed["reasons"], weights_on(today_of(opened), gu_of(opened.file.dong_id)))
    watch = watch_of(opened.id)
    if watch is not None and watch.state == OwnedState.CLOSING:
        return _("%(why)s 위험군이 낮아지므로 다른 사람이 확인할 때까지 그대로 둡니다.") % {"why": verdict.sentence}
    until = _(" 다음 방문은 %(at)s까지입니다.") % {"at": moment_text(watch.next_at)} if watch else ""
    return f"{verdict.sentence}{until}"


def _next(opened: Opened, typed: Typed) -> None:
    if opened.lead is not None:
        set_lead_next(by=opened.by, lead_id=opened.lead.id, at=opened.at, **typed)
    elif opened.watch is not None:
        set_watch_next(
            by=opened.by, watch_id=opened.watch.id, next_step=typed["next_step"], next_at=typed["next_at"], at=opened.at
        )


def _plan(opened: Opened, typed: Typed) -> None:
    asked = dict(typed)
    worker_id, companion_id = number(asked.pop("worker")), number(asked.pop("companion"))
    plan_visit(
        by=opened.by, household_id=opened.id, at=opened.at, owner_id=opened.owner_id, worker_id=worker_id,
        companion_id=companion_id, **asked,
    )  # fmt: skip


def _assign(opened: Opened, typed: Typed) -> None:
    rest: dict[str, Any] = {"by": opened.by, "worker_id": int(typed["worker"]), "at": opened.at}
    if opened.lead is not None:
        assign_lead(lead_id=opened.lead.id, **rest)
    if opened.watch is not None:
        assign_watch(watch_id=opened.watch.id, **rest)


def _hand_over(opened: Opened, typed: Typed) -> None:
    ask_handover(by=opened.by, household_id=opened.id, to_dong_id=int(typed["to_dong"]), reason=typed["reason"], at=opened.at)


def _close(opened: Opened, typed: Typed) -> str:
    rest: dict[str, Any] = {"by": opened.by, "closure": typed["closure"], "note": typed["note"], "at": opened.at}
    if opened.lead is not None:
        state = ask_closure(lead_id=opened.lead.id, **rest).state
    else:
        state = ask_watch_closure(watch_id=opened.watch.id if opened.watch else 0, **rest).state
    if state == OwnedState.CLOSING:
        return _("종결을 올렸습니다. 다른 사람이 확인할 때까지는 지금 담당자가 그대로 맡습니다.")
    return _("종결했습니다.")


def _register(opened: Opened, typed: Typed) -> None:
    register_lead(by=opened.by, lead_id=opened.lead.id if opened.lead else 0, at=opened.at, **typed)


def _stop(opened: Opened, typed: Typed) -> None:
    stop_search(by=opened.by, unreached_id=opened.search.id if opened.search else 0, reason=typed["reason"], at=opened.at)


def _lead_open(opened: Opened) -> bool:
    return opened.lead is not None and opened.lead.state == OPEN


def _watch_open(opened: Opened) -> bool:
    return opened.watch is not None and opened.watch.state == OPEN


def _is_lived_in(opened: Opened) -> bool:
    return opened.file.state in ("living", "provisional")


LEAD_DEEDS = (
    Deed(
        "next",
        gettext_lazy("다음 할 일 정하기"),
        gettext_lazy("언제까지 무엇을 할지 정합니다. 비워 둘 수 없습니다."),
        P.LEAD_WORK,
        NextForm,
        _next,
        gettext_lazy("정하기"),
        gettext_lazy("다음 할 일을 정했습니다."),
        "calendar",
        offered=_lead_open,
    ),
    Deed(
        "close",
        gettext_lazy("종결 올리기"),
        gettext_lazy("고위험, 자살위험, ‘지금 바로’ 신고는 다른 사람이 확인해야 끝납니다."),
        P.LEAD_WORK,
        CloseForm,
        _close,
        gettext_lazy("종결 올리기"),
        gettext_lazy("종결했습니다."),
        "flag",
        offered=_lead_open,
    ),
    Deed(
        "register",
        gettext_lazy("행복e음 번호 적기"),
        gettext_lazy("등록한 뒤에야 신규발굴로 셉니다."),
        P.LEAD_WORK,
        RegisterForm,
        _register,
        gettext_lazy("적기"),
        gettext_lazy("등록번호를 적었습니다."),
        "document",
        offered=lambda opened: opened.lead is not None,
    ),
)

WATCH_DEEDS = (
    Deed(
        "watch-next",
        gettext_lazy("다음 방문 정하기"),
        gettext_lazy("방문 주기보다 늦게 정할 수는 없습니다."),
        P.VISIT_PLAN,
        NextForm,
        _next,
        gettext_lazy("정하기"),
        gettext_lazy("다음 할 일을 정했습니다."),
        "calendar",
        offered=lambda opened: opened.lead is None and _watch_open(opened),
    ),
    Deed(
        "watch-close",
        gettext_lazy("지도에서 내리기"),
        gettext_lazy("고위험과 자살위험은 다른 사람이 확인해야 내려갑니다."),
        P.RISK_GRADE,
        CloseForm,
        _close,
        gettext_lazy("종결 올리기"),
        gettext_lazy("종결했습니다."),
        "flag",
        offered=lambda opened: opened.lead is None and _watch_open(opened),
    ),
)

HOME_DEEDS = (
    Deed(
        "plan",
        gettext_lazy("방문 잡기"),
        gettext_lazy("방문할 날과 사람을 정합니다."),
        P.VISIT_PLAN,
        PlanForm,
        _plan,
        gettext_lazy("방문 잡기"),
        gettext_lazy("방문을 잡았습니다. 오늘 화면에 나옵니다."),
        "visits",
        offered=_is_lived_in,
    ),
    Deed(
        "grade",
        gettext_lazy("위험군 정하기"),
        gettext_lazy("해당하는 이유를 고르면 위험군이 정해집니다. 점수와 이유가 함께 남습니다."),
        P.RISK_GRADE,
        GradeForm,
        _grade,
        gettext_lazy("위험군 정하기"),
        gettext_lazy("위험군을 정했습니다."),
        "alert",
        offered=_is_lived_in,
        template="staff/household_grade.html",
        keeps_draft=True,
    ),
    Deed(
        "assign",
        gettext_lazy("담당 바꾸기"),
        gettext_lazy("우리 동의 다른 사람이 맡습니다. 새 담당자에게 바로 알려 줍니다."),
        P.LEAD_ASSIGN,
        AssignForm,
        _assign,
        gettext_lazy("바꾸기"),
        gettext_lazy("담당자를 바꿨습니다."),
        "person",
        offered=lambda opened: opened.lead is not None or opened.watch is not None,
    ),
    Deed(
        "handover",
        gettext_lazy("다른 동으로 넘기기"),
        gettext_lazy("받는 동이 받겠다고 답할 때까지는 우리 동이 그대로 맡습니다."),
        P.HANDOVER_ASK,
        HandoverForm,
        _hand_over,
        gettext_lazy("넘기기 요청"),
        gettext_lazy("넘기기를 요청했습니다. 답이 올 때까지 우리 동이 맡습니다."),
        "swap",
        offered=lambda opened: opened.file.state != "merged",
    ),
    Deed(
        "search-stop",
        gettext_lazy("찾기 멈추기"),
        gettext_lazy("연락되지 않는 가구를 더 찾지 않기로 하는 일입니다. 서명한 사람과 이유가 남습니다."),
        P.CLOSURE_CONFIRM,
        StopForm,
        _stop,
        gettext_lazy("서명하고 멈추기"),
        gettext_lazy("찾기를 멈췄습니다."),
        "pause",
        offered=lambda opened: opened.search is not None,
    ),
)

DUTIES = (*HOME_DEEDS, *LEAD_DEEDS, *WATCH_DEEDS)


@staff(P.VISIT_PLAN)
@require_POST
def cancel(request: HttpRequest, household_id: int) -> HttpResponse:
    """A planned visit is called off; what is due stays due."""
    visit_id = number(request.POST.get("visit"))
    if visit_id is None:
        raise NotFound(_("방문 예정을 찾을 수 없습니다."))
    try:
        cancel_visit(by=request.actor, visit_id=visit_id, at=opened_household(request, household_id).at)  # type: ignore[attr-defined]
        messages.success(request, _("방문 예정을 취소했습니다. 해야 할 일은 그대로 남아 있습니다."))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-household", household_id=household_id)


urlpatterns = [
    *(deed.route() for deed in DUTIES),
    path("households/<int:household_id>/visits/cancel/", cancel, name="staff-household-visit-cancel"),
]

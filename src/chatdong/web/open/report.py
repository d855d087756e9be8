"""The public report form: one question a screen, no log-in, works without scripts, and sent twice is one report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from chatdong.ground.places.queries import dongs, rule
from chatdong.kernel import clock
from chatdong.kernel.errors import NotFound, Refusal
from chatdong.policy.throttle import within
from chatdong.web.door.gate import public
from chatdong.web.door.page import page
from chatdong.web.open.answers import Answers
from chatdong.web.open.sending import call_sentence, new_calls, send, summary, who_of
from chatdong.web.open.steps import STEPS, Step, order_for

CALL, CHECK = "call", "check"


@public
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """The first question. `?who=` chooses its answer beforehand, for the two doors of the landing page."""
    answers = Answers(request)
    if not answers.done and answers.has("who") and "who" not in request.GET:
        return redirect("open-report-step", step=_next_step(answers))
    chosen = answers.of("who") or {"who_is": request.GET.get("who", "")}
    return _question(request, answers, "who", STEPS["who"](initial=chosen, on=clock.today()))


@public
@sensitive_post_parameters()
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One question: shown with what was answered before, kept when it is answered."""
    answers = Answers(request)
    if step not in STEPS:
        raise NotFound()
    who = who_of(answers)
    if step != "who" and (not who or step not in order_for(who)):
        return redirect("open-report-done" if answers.done else "open-report")
    if request.method != "POST":
        return _question(request, answers, step, STEPS[step](initial=answers.of(step), who=who, on=clock.today()))
    form = STEPS[step](request.POST, who=who, on=clock.today())
    if not form.is_valid():
        return _question(request, answers, step, form, status=422)
    answers.keep(step, form.kept())
    after = CALL if step in ("worry", "danger") and new_calls(answers) else _after(answers, step, "check" in request.POST)
    return answers.save_in(redirect(_address(after, step)))


def _address(after: str, step: str) -> str:
    from django.urls import reverse

    if after == CALL:
        return f"{reverse('open-report-call')}?from={step}"
    return reverse("open-report-check") if after == CHECK else reverse("open-report-step", args=[after])


def _after(answers: Answers, step: str, is_correction: bool) -> str:
    """The step after one: back to the check page for somebody who came from there, once nothing is missing."""
    order = order_for(who_of(answers))
    if is_correction:
        return _next_step(answers)
    place = order.index(step) + 1
    return order[place] if place < len(order) else _next_step(answers)


def _next_step(answers: Answers) -> str:
    """The first question without an answer, or the check page."""
    return next((name for name in order_for(who_of(answers)) if not answers.has(name)), CHECK)


def _question(request: HttpRequest, answers: Answers, step: str, form: Step, status: int = 200) -> HttpResponse:
    order = order_for(who_of(answers) or str(form.initial.get("who_is", "")))
    place = order.index(step)
    return page(
        request,
        f"open/step_{step}.html",
        status=status,
        form=form,
        step=step,
        place=place + 1,
        total=len(order) + 1,
        back=order[place - 1] if place else "",
        is_correction="check" in request.GET or "check" in request.POST,
        report_days=rule("retention.report_days", on=clock.today()).value["days"],
    )


@public
@require_GET
def call(request: HttpRequest) -> HttpResponse:
    """Whom to call at once, before the next question."""
    answers = Answers(request)
    came_from = request.GET.get("from", "")
    if not who_of(answers):
        return redirect("open-report")
    after = _after(answers, came_from, False) if came_from in order_for(who_of(answers)) else _next_step(answers)
    found = new_calls(answers)
    if found is None:
        return redirect(_address(after, ""))
    answers.note_lines([line.number for line in found.hotlines])
    lines = [(line.number, line.name, line.when) for line in found.hotlines]
    return answers.save_in(
        page(request, "open/call.html", sentence=call_sentence(found), lines=lines, onward=_address(after, ""))
    )


@public
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Everything that was answered, to be looked over before it is sent."""
    return _check_page(request, Answers(request))


def _check_page(request: HttpRequest, answers: Answers, error: str = "", status: int = 200) -> HttpResponse:
    if answers.done:
        return redirect("open-report-done")
    missing = _next_step(answers) if who_of(answers) else "who"
    if missing != CHECK:
        return redirect("open-report-step", step=missing)
    order = order_for(who_of(answers))
    context: dict[str, Any] = {"lines": summary(answers, clock.today()), "total": len(order) + 1, "back": order[-1]}
    return page(request, "open/check.html", status=status, error=error, phones=_phones() if error else [], **context)


def _phones() -> list[tuple[str, str]]:
    return [(dong.name, dong.phone) for dong in dongs(clock.today()) if dong.phone][:20]


@public
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Send it. A second click, a resent page or a lost answer gives the same receipt."""
    answers = Answers(request)
    if answers.done or not who_of(answers) or _next_step(answers) != CHECK:
        return _check_page(request, answers)
    at, by = clock.now(), request.actor  # type: ignore[attr-defined]
    if not within("report", by.address, most=rule("report.throttle", on=at.date()).value["per_hour"], at=at):
        return _check_page(request, answers, _("한 시간에 보낼 수 있는 신고를 모두 보내셨어요. 급하면 지금 전화해 주세요."), 429)
    try:
        answers.finish(send(answers, by=by, at=at))
    except Refusal as refusal:
        return _check_page(request, answers, str(refusal), 422)
    return answers.save_in(redirect("open-report-done"))


@public
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """The receipt, what happens next and by when."""
    answers = Answers(request)
    if not answers.done:
        return redirect("open-report")
    return page(request, "open/done.html", done=answers.done)


@public
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away what was typed, for somebody at a shared computer."""
    answers = Answers(request)
    answers.forget()
    return answers.save_in(redirect("open-home"))

"""상황별 표준 지원 (C-04): a situation and four bands, and what the rule book says of it; with what the gu adds of its own."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chatdong.engines.eligibility import Status, explain
from chatdong.engines.eligibility.book import Rules
from chatdong.kernel import clock
from chatdong.kernel.errors import NotFound, Refusal
from chatdong.policy.actor import Actor
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.benefits.actions import add_addition, end_addition
from chatdong.safetynet.benefits.queries import additions_of
from chatdong.safetynet.benefits.standard import AXES, Band, Example, added_by_asking, cell_of, for_everybody, matrix, standard
from chatdong.safetynet.benefits.states import Situation
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.asked import choice
from chatdong.web.staff.deeds import put_refusal
from chatdong.web.staff.household_benefits_words import PER, amount_words, open_lines, plain_amount, worth
from chatdong.web.staff.wording import WordedForm, area

HERE = "staff-standard-support"
AXIS_LABELS = {"income": "소득", "property": "재산", "deposit": "보증금", "supporter": "부양의무자"}
DAY = forms.DateInput(attrs={"type": "date"})


class AdditionForm(WordedForm):
    """What the gu gives besides, with its source and days."""

    situation = forms.ChoiceField(label=gettext_lazy("상황"), choices=Situation.choices)
    title = forms.CharField(label=gettext_lazy("이름"), max_length=80)
    text = forms.CharField(label=gettext_lazy("내용"), max_length=300, widget=area(2))
    amount = forms.IntegerField(label=gettext_lazy("금액"), required=False, min_value=1)
    per = forms.ChoiceField(
        label=gettext_lazy("주기"), required=False,
        choices=[("", gettext_lazy("금액 없음")), *((key, PER[key]) for key in ("once", "month", "quarter", "year"))],
    )  # fmt: skip
    median_pct_at_most = forms.IntegerField(
        label=gettext_lazy("기준 중위소득 몇 % 이하"), required=False, min_value=1, max_value=300
    )
    source = forms.CharField(
        label=gettext_lazy("근거"), max_length=200, help_text=gettext_lazy("예: 서대문구 조례 제○조, 구 방침 2026-3")
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("언제부터"), widget=DAY)
    until = forms.DateField(label=gettext_lazy("언제까지"), required=False, widget=DAY)


class EndForm(WordedForm):
    """The last day of an addition."""

    until = forms.DateField(label=gettext_lazy("마지막 날"), widget=DAY)


@staff(P.BENEFIT_READ)
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of one cell; with `print` on paper. What is chosen is bands, no household."""
    return _show(request)


def _show(
    request: HttpRequest, form: AdditionForm | None = None, ending: tuple[int, EndForm] | None = None, status: int = 200
) -> HttpResponse:
    actor, day = request.actor, clock.today()  # type: ignore[attr-defined]
    rules = catalog().book.on(day)
    example, bands = chosen(request)
    query = {"situation": example.id, **{axis: bands[axis].id for axis in AXES}}
    gus = sorted(actor.gu_ids)
    additions = [one for gu_id in gus for one in additions_of(gu_id, day, example.id)]
    template = "staff/standard_support_print.html" if request.GET.get("print") == "1" else "staff/standard_support.html"
    return page(
        request, template, status=status, day=day, example=example, bands=bands, query=urlencode(query), chosen=query,
        situations=[(one.id, one.label) for one in standard().situations],
        axes=[(axis, _(AXIS_LABELS[axis]), [(one.id, one.label) for one in standard().axes[axis]]) for axis in AXES],
        found=found_for(rules, example, bands), overview=overview_of(rules, example, bands), additions=additions,
        may_add=bool(gus) and may(actor, P.ADDITION_WRITE), ending=ending,
        form=form or AdditionForm(initial={"situation": example.id, "since": day.isoformat()}),
        end_forms={one.id: _end_form(one.id, ending, day) for one in additions},
        amount_words=amount_words, plain_amount=plain_amount, open_lines=open_lines, pages=catalog().pages,
    )  # fmt: skip


def _end_form(addition_id: int, ending: tuple[int, EndForm] | None, day: date) -> EndForm:
    if ending is not None and ending[0] == addition_id:
        return ending[1]
    return EndForm(prefix=f"end{addition_id}", initial={"until": day.isoformat()})


def chosen(request: HttpRequest) -> tuple[Example, dict[str, Band]]:
    """The situation and the bands asked for; the first of each where nothing known was asked."""
    known = {one.id: one for one in standard().situations}
    example = known[choice(request.GET.get("situation"), known) or standard().situations[0].id]
    bands = {}
    for axis in AXES:
        steps = {one.id: one for one in standard().axes[axis]}
        bands[axis] = steps[choice(request.GET.get(axis), steps) or next(iter(steps))]
    return example, bands


def found_for(rules: Rules, example: Example, bands: dict[str, Band]) -> dict[str, Any] | None:
    """The cell as the page shows it; None where no figures are announced for the day."""
    try:
        family, assessment = cell_of(rules, example, bands)
    except KeyError:
        return None
    everybody = for_everybody(rules)
    groups: dict[str, list[dict[str, Any]]] = {"eligible": [], "unknown": [], "check": []}
    pages = catalog().pages
    order = sorted(assessment.verdicts.values(), key=lambda one: (-worth(pages[one.benefit], one.amount), one.benefit))
    for verdict in order:
        if verdict.status != Status.NOT_ELIGIBLE and verdict.benefit not in everybody:
            lines = explain(rules, family, assessment, verdict.benefit)
            groups[verdict.status].append(
                {"page": pages[verdict.benefit], "amount": verdict.amount, "lines": lines, "open": open_lines(lines)}
            )
    added = [
        {"label": one.label, "names": [catalog().pages[key].name for key in one.benefits]}
        for one in added_by_asking(rules, example, bands)
    ]
    paid = [one for one in groups["eligible"] if worth(one["page"], one["amount"])]
    services = [one for one in groups["eligible"] if not worth(one["page"], one["amount"])]
    return {**groups, "paid": paid, "services": services, "added": added}


def overview_of(rules: Rules, example: Example, bands: dict[str, Band]) -> list[tuple[Band, list[tuple[Band, int, int]]]]:
    """Income by property for the situation, deposit and supporters chosen: how many are likely, how many open."""
    axes = standard().axes
    everybody = for_everybody(rules)
    cells = [(example, {**bands, "income": one, "property": other}) for one in axes["income"] for other in axes["property"]]
    try:
        counted = [(len(set(cell.likely) - everybody), len(cell.open)) for cell in matrix(rules, cells)]
    except KeyError:
        return []
    width = len(axes["property"])
    return [
        (one, [(other, *counted[row * width + column]) for column, other in enumerate(axes["property"])])
        for row, one in enumerate(axes["income"])
    ]


@staff(P.ADDITION_WRITE)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Write down what the gu gives besides."""
    form = AdditionForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            row = add_addition(by=request.actor, gu_id=_gu(request.actor), at=clock.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except Refusal as refusal:
            status = put_refusal(form, refusal)
        else:
            messages.success(request, _("구의 추가 지원을 적었습니다."))
            return redirect(f"{reverse(HERE)}?situation={row.situation}#additions")
    return _show(request, form=form, status=status)


@staff(P.ADDITION_WRITE)
@require_POST
def end(request: HttpRequest, addition_id: int) -> HttpResponse:
    """The last day of an addition."""
    actor = request.actor  # type: ignore[attr-defined]
    if all(one.id != addition_id for gu_id in actor.gu_ids for one in additions_of(gu_id, clock.today())):
        raise NotFound
    form = EndForm(request.POST, prefix=f"end{addition_id}")
    status = 422
    if form.is_valid():
        try:
            row = end_addition(by=actor, addition_id=addition_id, until=form.cleaned_data["until"], at=clock.now())
        except Refusal as refusal:
            status = put_refusal(form, refusal)
        else:
            messages.success(request, _("마지막 날을 적었습니다."))
            return redirect(f"{reverse(HERE)}?situation={row.situation}#additions")
    return _show(request, ending=(addition_id, form), status=status)


def _gu(actor: Actor) -> int:
    """The gu whose additions the person writes: where the right is held."""
    return next(posting.gu_id for posting, _how in actor.grants(P.ADDITION_WRITE) if posting.gu_id is not None)


urlpatterns = [
    path("standard-support/", sheet, name=HERE),
    path("standard-support/additions/", add, name="staff-addition-add"),
    path("standard-support/additions/<int:addition_id>/end/", end, name="staff-addition-end"),
]

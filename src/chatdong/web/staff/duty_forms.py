"""Forms about what is to be done for a household: grade, next step, visit, hand-over, closure."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chatdong.engines.risk import REASONS, Category
from chatdong.ground.accounts.queries import Worker
from chatdong.ground.places.queries import dongs, gus
from chatdong.kernel.clock import KST
from chatdong.safetynet.visits.states import ClosureReason, NextStep, Slot, VisitKind
from chatdong.web.staff.deeds import DeedForm
from chatdong.web.staff.fact_forms import today_of
from chatdong.web.staff.opened import Opened
from chatdong.web.staff.wording import area

STEPS = (NextStep.CALL, NextStep.VISIT, NextStep.TRY_AGAIN, NextStep.ASK_WARDEN, NextStep.ASK_AGENCY, NextStep.ASK_POLICE)
# JOINED and REGRADED follow from merging and grading; nobody picks them.
REASONS_TO_CLOSE = [one for one in ClosureReason if one not in (ClosureReason.JOINED, ClosureReason.REGRADED)]
CLOSES_AT = time(18, 0)


def people(workers: list[Worker], but: int | None = None) -> list[tuple[str, str]]:
    """Workers to choose from, each once, with their roles."""
    found: dict[int, tuple[str, list[str]]] = {}
    for one in workers:
        found.setdefault(one.id, (one.name, []))[1].append(one.role)
    return [(str(pk), f"{name} ({', '.join(roles)})") for pk, (name, roles) in found.items() if pk != but]


class GradeForm(DeedForm):
    """위험군: the reasons that hold, declared one by one; the grade follows from them."""

    reasons = forms.MultipleChoiceField(label=_("해당하는 이유"), required=False, widget=forms.CheckboxSelectMultiple)
    none = forms.BooleanField(label=_("해당하는 이유가 하나도 없음을 확인했습니다"), required=False)
    note = forms.CharField(label=_("덧붙이는 말"), max_length=500, required=False, widget=area())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("reasons") and not typed.get("none") and not self.errors:
            # An empty form would take a household off the map; that is said, never left out.
            self.add_error("reasons", _("해당하는 이유를 골라 주세요. 하나도 없으면 맨 아래에서 확인해 주세요."))
        if typed.get("reasons") and typed.get("none"):
            self.add_error("none", _("이유를 고르셨습니다. 하나도 없다는 확인을 풀어 주세요."))
        return typed

    def fit(self, opened: Opened) -> None:
        self.fields["reasons"].choices = [(code, row.name) for code, row in REASONS.items()]  # type: ignore[attr-defined]

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        return {"reasons": [code for code, _name in opened.watch.reasons] if opened.watch else []}

    @property
    def by_category(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The reasons under their categories: (key, label, choices); safety first."""
        return [
            (
                category.name.lower(),
                category.value,
                [(code, row.name) for code, row in REASONS.items() if row.category is category],
            )
            for category in Category
        ]


class NextForm(DeedForm):
    """What happens next, and until when."""

    next_step = forms.ChoiceField(
        label=_("다음에 할 일"), choices=[(one.value, one.label) for one in STEPS], widget=forms.RadioSelect
    )
    next_at = forms.DateTimeField(label=_("언제까지"), widget=forms.DateTimeInput)
    why = forms.CharField(label=_("설명"), max_length=300, required=False)

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        return {"next_at": local_text(datetime.combine(today_of(opened) + timedelta(days=1), CLOSES_AT, KST))}


def local_text(at: datetime) -> str:
    """2026-11-21T18:00, what the browser's field for a day and hour takes."""
    return at.astimezone(KST).strftime("%Y-%m-%dT%H:%M")


class PlanForm(DeedForm):
    """A visit on a day."""

    planned_on = forms.DateField(label=_("방문일"), widget=forms.DateInput)
    slot = forms.ChoiceField(label=_("시간대"), choices=Slot.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("무슨 방문인가요"), choices=VisitKind.choices)
    worker = forms.ChoiceField(label=_("가는 사람"))
    companion = forms.ChoiceField(label=_("함께 가는 사람"), required=False)
    note = forms.CharField(label=_("메모"), max_length=200, required=False)

    def fit(self, opened: Opened) -> None:
        here = people(opened.workers())
        me = [] if any(pk == str(opened.by.account_id) for pk, _label in here) else [(str(opened.by.account_id), opened.by.name)]
        self.fields["worker"].choices = [*here, *me]  # type: ignore[attr-defined]
        self.fields["companion"].choices = [("", _("혼자 갑니다")), *here]  # type: ignore[attr-defined]
        self.fields["companion"].required = opened.file.two_workers

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        kind = VisitKind.LEAD if opened.lead else VisitKind.WATCH if opened.watch else VisitKind.TARGET
        return {
            "planned_on": today_of(opened).isoformat(),
            "slot": Slot.MORNING,
            "kind": kind,
            "worker": str(opened.by.account_id),
        }


class AssignForm(DeedForm):
    """Another person answers from now on."""

    worker = forms.ChoiceField(label=_("새 담당자"))

    def fit(self, opened: Opened) -> None:
        self.fields["worker"].choices = people(opened.workers(), but=opened.owner_id)  # type: ignore[attr-defined]


class HandoverForm(DeedForm):
    """To another dong: this one stays owner until the other accepts."""

    to_dong = forms.ChoiceField(label=_("넘겨받을 동"))
    reason = forms.CharField(
        label=_("넘기는 이유"),
        max_length=300,
        widget=area(),
        help_text=_("받는 동이 이 글과 요약만 보고 답합니다. 이름과 주소는 적지 마세요."),
    )

    def fit(self, opened: Opened) -> None:
        today = today_of(opened)
        own = sorted(opened.by.gu_ids)
        places = sorted(gus(today), key=lambda gu: (gu.pk not in own, gu.code))
        by_gu: dict[int, list[tuple[str, str]]] = {gu.pk: [] for gu in places}
        for dong in dongs(today):
            if dong.pk != opened.file.dong_id:
                by_gu.setdefault(dong.gu_id, []).append((str(dong.pk), dong.name))
        self.fields["to_dong"].choices = [("", _("동을 골라 주세요")), *((gu.name, by_gu[gu.pk]) for gu in places)]  # type: ignore[attr-defined]


class CloseForm(DeedForm):
    """A typed closure; a second person confirms it where the risk is high."""

    closure = forms.ChoiceField(
        label=_("종결 사유"), choices=[(one.value, one.label) for one in REASONS_TO_CLOSE], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("설명"), max_length=500, required=False, widget=area(),
        help_text=_("거절, 연락되지 않음, 도움이 필요하지 않음일 때는 꼭 적어 주세요."),
    )  # fmt: skip


class RegisterForm(DeedForm):
    """The number under which the lead stands in another system; only then does it count as 신규발굴 (B-22)."""

    system = forms.ChoiceField(label=_("시스템"), choices=[("행복e음", _("행복e음")), ("복지플랜시스템", _("복지플랜시스템"))])
    number = forms.CharField(label=_("등록번호"), max_length=40)
    on = forms.DateField(label=_("등록일"), widget=forms.DateInput)

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        lead = opened.lead
        on = lead.registered_on if lead and lead.registered_on else today_of(opened)
        return {"system": lead.registered_in if lead else "", "number": lead.registered_no if lead else "", "on": on.isoformat()}


class StopForm(DeedForm):
    """Signing that the search for a household ends."""

    reason = forms.CharField(label=_("멈추는 이유"), max_length=300, widget=area())


class SafetyForm(DeedForm):
    """안전계획, written with the person."""

    resident = forms.ChoiceField(label=_("누구의 안전계획인가요"))
    warning_signs = forms.CharField(
        label=_("위험 신호"), widget=area(), max_length=2000, help_text=_("어떤 생각, 기분, 일이 있을 때 위험해지나요")
    )
    coping = forms.CharField(label=_("스스로 할 수 있는 일"), widget=area(), max_length=2000, required=False)
    people = forms.CharField(label=_("함께 있어 줄 사람"), widget=area(), max_length=2000, help_text=_("이름과 연락처"))
    professionals = forms.CharField(
        label=_("연락할 기관"), widget=area(), max_length=2000, initial="109 자살예방 상담(24시간)\n119, 112"
    )
    safer_place = forms.CharField(label=_("위험한 물건 치우기"), widget=area(), max_length=2000, required=False)

    def fit(self, opened: Opened) -> None:
        living = [(str(one.id), one.name or _("이름 모름")) for one in opened.file.residents if one.state == "living"]
        self.fields["resident"].choices = living or [("", _("가구"))]  # type: ignore[attr-defined]
        self.fields["resident"].required = bool(living)

"""The visit sheet as a form: what it asks at the door, and what it says to the action behind it."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatdong.engines.risk import REASONS, Category
from chatdong.kernel.clock import kst
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.visits.queries import Sheet
from chatdong.safetynet.visits.states import GONE, NOT_REACHED, REACHED, ClosureReason, Need, Outcome, Way
from chatdong.web.staff.duty_forms import REASONS_TO_CLOSE, people
from chatdong.web.staff.opened import Opened

SOMEBODY_ELSE, EVERYBODY = "other", "all"
REFUSALS = (
    ("no_help", gettext_lazy("도움이 필요 없다고 함")),
    ("no_visit", gettext_lazy("집에 오는 것을 싫어함")),
    ("distrust", gettext_lazy("기관을 믿지 않음")),
    ("busy", gettext_lazy("바쁘거나 때가 맞지 않음")),
    ("family", gettext_lazy("가족이 막음")),
    ("unsaid", gettext_lazy("이유를 말하지 않음")),
)
# A watch is not closed by "goes on being watched".
WATCH_CLOSURES = [one for one in REASONS_TO_CLOSE if one != ClosureReason.WATCHED]


class VisitForm(forms.Form):
    """One sheet. Fields that do not belong to the outcome are left out of what is said, whether they were sent or not."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label=gettext_lazy("어떻게 했나요"), choices=Way.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=gettext_lazy("어떻게 되었나요"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("어떻게 되었는지 골라 주세요.")},
    )  # fmt: skip
    met = forms.MultipleChoiceField(
        label=gettext_lazy("만나거나 이야기한 사람"), required=False, widget=forms.CheckboxSelectMultiple
    )
    refusal = forms.ChoiceField(label=gettext_lazy("거부한 이유"), required=False, choices=REFUSALS, widget=forms.RadioSelect)
    left_notice = forms.BooleanField(label=gettext_lazy("안내문을 남겼습니다"), required=False)
    retry_on = forms.DateField(label=gettext_lazy("다른 날에 다시 하려면"), required=False, widget=forms.DateInput)
    gone = forms.MultipleChoiceField(label=gettext_lazy("누구의 일인가요"), required=False, widget=forms.CheckboxSelectMultiple)
    gone_on = forms.DateField(label=gettext_lazy("언제였나요"), required=False, widget=forms.DateInput)
    seen = forms.CharField(
        label=gettext_lazy("보고 들은 것"), required=False, max_length=4800, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("본 그대로 적어 주세요. 짐작은 짐작이라고 적습니다."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("살펴본 것"), required=False, choices=Need.choices, widget=forms.CheckboxSelectMultiple
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("위험한 이유"), required=False, choices=[(code, row.name) for code, row in REASONS.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    done_at = forms.DateTimeField(label=gettext_lazy("언제 했나요"), widget=forms.DateTimeInput)
    companion = forms.ChoiceField(label=gettext_lazy("함께 간 사람"), required=False)
    visit = forms.ChoiceField(label=gettext_lazy("잡아 둔 방문"), required=False)
    next = forms.ChoiceField(label=gettext_lazy("다음에 할 일"), required=False, widget=forms.RadioSelect)
    next_on = forms.DateField(label=gettext_lazy("언제까지"), required=False, widget=forms.DateInput)
    closure = forms.ChoiceField(label=gettext_lazy("종결 사유"), required=False, widget=forms.RadioSelect)
    closure_note = forms.CharField(
        label=gettext_lazy("종결 설명"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("다른 사람이 읽고 확인합니다. 어떻게 확인했는지 적어 주세요."),
    )  # fmt: skip

    def __init__(self, *args: Any, opened: Opened, sheet: Sheet, has_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened, self.has_lead = opened, has_lead
        self.living = [one for one in opened.file.residents if one.state == "living"]
        named = [(str(one.id), f"{one.name or _('이름 모름')} ({one.relation_label})") for one in self.living]
        self._offer("met", [*named, (SOMEBODY_ELSE, _("명단에 없는 사람"))])
        self._offer("gone", [(EVERYBODY, _("가구 모두")), *named] if len(named) > 1 else named)
        self._offer("companion", [("", _("혼자 했습니다")), *people(opened.workers(), but=opened.by.account_id)])
        planned = [
            (str(one.id), f"{one.planned_on:%m. %d.} {one.slot_text} {one.kind_text} ({one.worker_name})") for one in sheet.visits
        ]
        self._offer("visit", [("", _("해당 없음")), *planned])
        self._offer("next", self._steps())
        self._offer("closure", [(one.value, one.label) for one in (REASONS_TO_CLOSE if has_lead else WATCH_CLOSURES)])
        # The same form sent a second time comes when the first has already emptied these lists.
        for name in ("met", "gone"):
            self.fields[name].valid_value = self._is_resident  # type: ignore[attr-defined]
        self.fields["visit"].valid_value = lambda value: value == "" or value.isdigit()  # type: ignore[attr-defined]
        if not opened.may(P.RISK_GRADE):
            del self.fields["reasons"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _is_resident(self, value: str) -> bool:
        return value in (SOMEBODY_ELSE, EVERYBODY) or value in {str(one.id) for one in self.opened.file.residents}

    def _steps(self) -> list[tuple[str, str]]:
        watch, may = self.opened.watch, self.opened.may
        steps = []
        if not self.has_lead:
            steps.append(("rhythm", _("정해진 방문 주기대로")) if watch else ("nothing", _("더 할 일 없음")))
        if self.has_lead or may(P.VISIT_PLAN):
            steps.append(("visit", _("날을 정해 다시 방문")))
        if self.has_lead or (watch and may(P.VISIT_PLAN)):
            steps.append(("call", _("날을 정해 전화")))
        if self.has_lead and (watch or may(P.RISK_GRADE)):
            steps.append(("watch", _("발굴 건은 마치고 주기적 방문으로")))
        if may(P.HANDOVER_ASK):
            steps.append(("handover", _("저장한 뒤 다른 동으로 넘기기")))
        if self.has_lead or (watch and may(P.RISK_GRADE)):
            steps.append(("close", _("종결 올리기")))
        return steps

    @property
    def has_several(self) -> bool:
        """Whether somebody can leave and others stay."""
        return len(self.living) > 1

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        outcome = typed.get("outcome", "")
        if outcome in REACHED and self.has_several and not typed.get("met"):
            self.add_error("met", _("누구를 만났는지 골라 주세요."))
        if outcome in REACHED and not typed.get("seen", "").strip():
            self.add_error("seen", _("보고 들은 것을 한 줄이라도 적어 주세요."))
        if outcome == Outcome.REFUSED and not typed.get("refusal"):
            self.add_error("refusal", _("왜 거부했는지 골라 주세요. 모르면 ‘이유를 말하지 않음’을 고릅니다."))
        if outcome in GONE and self.has_several and not typed.get("gone"):
            self.add_error("gone", _("누구의 일인지 골라 주세요. 모두면 ‘가구 모두’를 고릅니다."))
        if outcome and outcome not in NOT_REACHED and not self.leaves_nobody:
            self._clean_next(typed)
        return typed

    def _clean_next(self, typed: dict[str, Any]) -> None:
        if not typed.get("next") and "next" not in self.errors:
            self.add_error("next", _("다음에 할 일을 골라 주세요."))
        if typed.get("next") in ("visit", "call") and not typed.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("언제까지 할지 날을 골라 주세요."))
        if typed.get("next") == "close" and not typed.get("closure"):
            self.add_error("closure", _("종결 사유를 골라 주세요."))

    @property
    def leaves_nobody(self) -> bool:
        """Whether after this nobody lives there any more."""
        typed = self.cleaned_data
        left = {one for one in typed.get("gone", ()) if one.isdigit()}
        everybody = EVERYBODY in typed.get("gone", ()) or {str(one.id) for one in self.living} <= left
        return typed.get("outcome") in GONE and (everybody or not self.has_several)


def seen_text(typed: dict[str, Any]) -> str:
    """What is stored as seen: the reason of a refusal first, in words."""
    said = typed["seen"].strip()
    if typed["outcome"] != Outcome.REFUSED:
        return said
    reason = dict(REFUSALS)[typed["refusal"]]
    return "\n".join(part for part in (_("거부한 이유: %(why)s") % {"why": reason}, said) if part)


def people_of(typed: dict[str, Any]) -> list[int]:
    """The residents a contact is about; none stands for the whole household."""
    chosen = typed["met"] if typed["outcome"] in REACHED else typed["gone"] if typed["outcome"] in GONE else []
    return [] if EVERYBODY in chosen else [int(one) for one in chosen if one.isdigit()]


def declared(form: VisitForm) -> list[str] | None:
    """The reasons to grade by; None where nothing is said that the household's watch does not hold already."""
    if "reasons" not in form.fields or form.leaves_nobody:
        return None
    held = {code for code, _name in form.opened.watch.reasons} if form.opened.watch else set()
    chosen = form.cleaned_data["reasons"]
    return None if set(chosen) == held else chosen


def day_of(moment: datetime) -> date:
    """The Korean day of a moment."""
    return kst(moment).date()


def reasons_by_category() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The reasons under their categories: (key, label, choices); safety first."""
    return [
        (one.name.lower(), one.value, [(code, row.name) for code, row in REASONS.items() if row.category is one])
        for one in Category
    ]

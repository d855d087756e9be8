"""The small forms of a claim: told, applied, numbered, decided, objected, given up; and what a household receives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chatdong.kernel.clock import kst
from chatdong.safetynet.benefits.actions import (
    apply_claim,
    decide_claim,
    drop_claim,
    name_claim,
    number_claim,
    object_claim,
    tell_claim,
)
from chatdong.safetynet.benefits.queries import ClaimCard
from chatdong.safetynet.benefits.states import CLAIM_TURNS, ClaimState, DropReason, FactSource
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.opened import Opened
from chatdong.web.staff.wording import WordedForm, area

DAY = forms.DateInput(attrs={"type": "date"})


class DayForm(WordedForm):
    """One day; today until somebody says otherwise."""

    on = forms.DateField(label=_("언제"), widget=DAY)


class NumberForm(WordedForm):
    """The number and day of 행복e음."""

    system_number = forms.CharField(label=_("행복e음 등록번호"), max_length=40)
    system_on = forms.DateField(label=_("행복e음 등록일"), required=False, widget=DAY)


class ApplyForm(DayForm):
    """Applied for, with the number where it is known already."""

    on = forms.DateField(label=_("신청한 날"), widget=DAY)
    system_number = forms.CharField(label=_("행복e음 등록번호"), max_length=40, required=False)
    system_on = forms.DateField(label=_("행복e음 등록일"), required=False, widget=DAY)


class DecideForm(WordedForm):
    """The decision as it came."""

    result = forms.ChoiceField(
        label=_("결정"), widget=forms.RadioSelect,
        choices=[("granted", _("받게 되었습니다")), ("refused", _("받지 못하게 되었습니다"))],
    )  # fmt: skip
    on = forms.DateField(label=_("결정을 안 날"), widget=DAY)
    reason = forms.CharField(
        label=_("받지 못한 이유"), max_length=500, required=False, widget=area(2),
        help_text=_("통지서에 적힌 대로 적어 주세요. 이의신청할 때 씁니다."),
    )  # fmt: skip


class DropForm(WordedForm):
    """Given up, with a reason."""

    reason = forms.ChoiceField(label=_("그만두는 까닭"), choices=[("", _("고르세요")), *DropReason.choices])


class PersonForm(WordedForm):
    """Whose a claim is that was noted for the whole household."""

    resident_id = forms.ChoiceField(label=_("누구의 신청인가요"))

    def __init__(self, *args: Any, opened: Opened, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resident_id"].choices = [("", _("고르세요")), *people_of(opened)]  # type: ignore[attr-defined]


class ReceiptForm(WordedForm):
    """What the household gets already."""

    benefit = forms.ChoiceField(label=_("혜택"))
    resident = forms.ChoiceField(label=_("누구"), required=False)
    since = forms.DateField(label=_("받기 시작한 날"), widget=DAY)
    source = forms.ChoiceField(label=_("어떻게 알았나요"), choices=[("", _("고르세요")), *FactSource.choices])

    def __init__(self, *args: Any, opened: Opened, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted((one.name, key) for key, one in catalog().pages.items())
        self.fields["benefit"].choices = [("", _("고르세요")), *((key, name) for name, key in names)]  # type: ignore[attr-defined]
        self.fields["resident"].choices = [("", _("가구 모두")), *people_of(opened)]  # type: ignore[attr-defined]


class EndForm(WordedForm):
    """When a benefit stopped."""

    until = forms.DateField(label=_("끝난 날"), widget=DAY)


def people_of(opened: Opened) -> list[tuple[str, str]]:
    """The people of the home, as choices."""
    return [(str(one.id), one.name or str(_("이름 모름"))) for one in opened.file.residents if one.state == "living"]


@dataclass(frozen=True)
class Step:
    """One next step of a claim: its address part, its words, its form, the states it is offered in, and the action."""

    slug: str
    label: str | Promise
    yes: str | Promise
    done: str | Promise
    form: type[WordedForm]
    offered: Callable[[ClaimCard], bool]
    send: Callable[[Opened, int, Mapping[str, Any]], Any]

    def prefix(self, claim_id: int) -> str:
        """Before the names of its fields: many forms stand on one page."""
        return f"{self.slug}{claim_id}"


def _leads_to(state: ClaimState) -> Callable[[ClaimCard], bool]:
    return lambda card: card.is_open and state in CLAIM_TURNS[card.state]


def _decide(opened: Opened, claim_id: int, typed: Mapping[str, Any]) -> Any:
    return decide_claim(
        by=opened.by, claim_id=claim_id, is_granted=typed["result"] == "granted", on=typed["on"], reason=typed["reason"],
        at=opened.at, owner_ids=opened.owner_ids,
    )  # fmt: skip


def _plainly(act: Callable[..., Any]) -> Callable[[Opened, int, Mapping[str, Any]], Any]:
    """An action that takes what was typed under the same names."""
    return lambda opened, claim_id, typed: act(
        by=opened.by, claim_id=claim_id, at=opened.at, owner_ids=opened.owner_ids, **typed
    )  # fmt: skip


def _name(opened: Opened, claim_id: int, typed: Mapping[str, Any]) -> Any:
    return name_claim(
        by=opened.by, claim_id=claim_id, resident_id=int(typed["resident_id"]), book=catalog().book, at=opened.at,
        owner_ids=opened.owner_ids,
    )  # fmt: skip


STEPS = (
    Step("tell", _("안내함"), _("안내한 것으로 적기"), _("안내한 것으로 적었습니다."), DayForm,
         _leads_to(ClaimState.TOLD), _plainly(tell_claim)),
    Step("apply", _("신청함"), _("신청한 것으로 적기"),
         _("신청한 것으로 적었습니다. 결정이 날 날에 다시 알려 드립니다."), ApplyForm,
         _leads_to(ClaimState.APPLIED), _plainly(apply_claim)),
    Step("decide", _("결정이 남"), _("결정 적기"), _("결정을 적었습니다."), DecideForm,
         _leads_to(ClaimState.GRANTED), _decide),
    Step("object", _("이의신청함"), _("이의신청한 것으로 적기"), _("이의신청을 적었습니다."), DayForm,
         _leads_to(ClaimState.OBJECTED), _plainly(object_claim)),
    Step("number", _("행복e음 번호 적기"), _("번호 저장"), _("행복e음 번호를 적었습니다."), NumberForm,
         lambda card: card.is_open and card.applied_on is not None, _plainly(number_claim)),
    Step("person", _("누구의 신청인지 적기"), _("이 분의 신청으로 적기"), _("누구의 신청인지 적었습니다."), PersonForm,
         lambda card: card.is_open and card.is_personal and card.resident_id is None, _name),
    Step("drop", _("그만둠"), _("그만두기"), _("그만둔 것으로 적었습니다."), DropForm,
         _leads_to(ClaimState.DROPPED), _plainly(drop_claim)),
)  # fmt: skip


def form_of(step: Step, opened: Opened, *args: Any, **kwargs: Any) -> WordedForm:
    """A step's form; one that names somebody is given the people of the home."""
    return step.form(*args, opened=opened, **kwargs) if step.form is PersonForm else step.form(*args, **kwargs)


def begin(step: Step, card: ClaimCard, opened: Opened) -> dict[str, Any]:
    """What stands in a step's form before anybody typed."""
    today = kst(opened.at).date().isoformat()
    if step.slug == "number":
        return {"system_number": card.system_number, "system_on": card.system_on.isoformat() if card.system_on else today}
    return {} if step.slug in ("drop", "person") else {"on": today}

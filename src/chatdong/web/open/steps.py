"""The questions of the report form, one a screen: each a small form with its sentence at the field."""

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from chatdong.ground.places.queries import dongs, gus
from chatdong.kernel.identity import phone_digits
from chatdong.web.open.words import CATEGORIES, NOTHING, WHO, Word, dangers_for, worries_for

LONGEST_TEXT = 2000


def _no_resident_number(text: str) -> str:
    if re.search(r"(?<!\d)\d{6}\s*-?\s*[1-8]\d{6}(?!\d)", text):
        raise forms.ValidationError(_("주민등록번호는 적지 말아 주세요. 번호를 지우고 다시 눌러 주세요."))
    return text


def _phone(text: str) -> str:
    if text and phone_digits(text) is None:
        raise forms.ValidationError(_("전화번호를 다시 확인해 주세요. 예: 010-1234-5678"))
    return text


class Step(forms.Form):
    """A question. `title` is the page's heading; `answers` gives it what was said before."""

    title: Word = ""
    title_own: Word = ""
    lead: Word = ""

    def __init__(self, *args: Any, who: str = "", on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who, self.on = who, on
        self.heading = self.title_own if who == "me" and self.title_own else self.title
        self.prepare()

    def prepare(self) -> None:
        """Fit labels and choices to who is worried about whom."""

    def kept(self) -> dict[str, Any]:
        """The cleaned fields as they are kept."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None, [])}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                try:
                    _no_resident_number(value)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return cleaned


class WhoStep(Step):
    title = _("누가 걱정되세요?")
    who_is = forms.ChoiceField(
        label=_("누가 걱정되세요?"),
        choices=[(code, word) for code, word, _hint in WHO],
        error_messages={"required": _("한 가지를 골라 주세요."), "invalid_choice": _("한 가지를 골라 주세요.")},
    )

    def prepare(self) -> None:
        self.choices_with_hints = WHO


class WorryStep(Step):
    title = _("무엇이 걱정되세요?")
    title_own = _("무엇이 어려우세요?")
    lead = _("맞는 것을 모두 골라 주세요. 아래에 직접 적으셔도 됩니다.")
    worries = forms.MultipleChoiceField(label=_("걱정되는 점"), required=False)
    text = forms.CharField(
        label=_("직접 적어 주세요"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("보고 들으신 그대로 적어 주세요. 주민등록번호는 적지 말아 주세요."),
        error_messages={"max_length": _("2,000자까지 적을 수 있습니다. 조금 줄여 주세요.")},
    )

    def prepare(self) -> None:
        field = cast(forms.MultipleChoiceField, self.fields["worries"])
        field.choices = worries_for(self.who)
        field.error_messages["invalid_choice"] = str(_("목록에 있는 것을 골라 주세요."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("worries") and not cleaned.get("text", "").strip():
            self.add_error("worries", _("하나를 고르거나 아래에 적어 주세요."))
        return cleaned


class DangerStep(Step):
    title = _("지금 위험한 일이 있나요?")
    lead = _("맞는 것을 모두 골라 주세요.")
    signs = forms.MultipleChoiceField(
        label=_("지금 위험한 일"),
        error_messages={
            "required": _("하나 이상 골라 주세요. 모르시면 '잘 모르겠어요'를 골라 주세요."),
            "invalid_choice": _("목록에 있는 것을 골라 주세요."),
        },
    )

    def prepare(self) -> None:
        cast(forms.MultipleChoiceField, self.fields["signs"]).choices = dangers_for(self.who)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        signs = cleaned.get("signs", [])
        if NOTHING in signs and len(signs) > 1:
            self.add_error("signs", _("'위험한 일은 없어요'와 다른 것을 함께 고르셨어요. 하나만 남겨 주세요."))
        return cleaned


class WhereStep(Step):
    title = _("어디에 사는 분인가요?")
    title_own = _("어디에 사세요?")
    lead = _("아는 만큼만 적어 주세요. 정확하지 않아도 됩니다.")
    address = forms.CharField(
        label=_("주소나 가까운 곳"),
        required=False,
        max_length=160,
        help_text=_("예: 독립문로 23, 천연시장 옆 초록 대문 집"),
        error_messages={"max_length": _("160자까지 적을 수 있습니다.")},
    )
    detail = forms.CharField(
        label=_("동·호수, 층"),
        required=False,
        max_length=60,
        help_text=_("예: 201호, 반지하, 옥탑"),
        error_messages={"max_length": _("60자까지 적을 수 있습니다.")},
    )
    dong = forms.ChoiceField(label=_("동"), required=False, error_messages={"invalid_choice": _("목록에서 동을 골라 주세요.")})

    def prepare(self) -> None:
        field = cast(forms.ChoiceField, self.fields["dong"])
        field.choices = [("", _("잘 모르겠어요")), *dong_choices(self.on)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("address", "").strip() and not cleaned.get("dong"):
            self.add_error("address", _("찾아갈 수 있게, 가까운 곳을 적거나 동을 골라 주세요."))
        return cleaned


def dong_choices(on: date) -> list[tuple[str, Any]]:
    """The dong of a day to choose from, grouped by gu where there are several."""
    names = {gu.pk: gu.name for gu in gus(on)}
    groups: dict[str, list[tuple[str, str]]] = {}
    for dong in dongs(on):
        groups.setdefault(names.get(dong.gu_id, ""), []).append((str(dong.pk), dong.name))
    return list(groups.items()) if len(groups) > 1 else [option for options in groups.values() for option in options]


class PersonStep(Step):
    title = _("그분은 누구인가요?")
    title_own = _("성함과 연락처를 알려 주세요")
    lead = _("모르시면 비워 두고 넘어가셔도 됩니다.")
    name = forms.CharField(
        label=_("이름"), required=False, max_length=60, error_messages={"max_length": _("60자까지 적을 수 있습니다.")}
    )
    age = forms.CharField(
        label=_("나이나 태어난 해"),
        required=False,
        max_length=40,
        help_text=_("예: 75, 70대, 1950년생"),
        error_messages={"max_length": _("40자까지 적을 수 있습니다.")},
    )
    phone = forms.CharField(
        label=_("전화번호"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"max_length": _("전화번호를 다시 확인해 주세요.")},
    )
    agree = forms.BooleanField(label=_("개인정보 수집·이용에 동의합니다"), required=False)
    health = forms.BooleanField(
        label=_("건강·장애 상태를 상담에 쓰는 데 동의합니다"),
        required=False,
        help_text=_("민감한 정보입니다. 동의하지 않아도 신고는 그대로 접수됩니다."),
    )

    def prepare(self) -> None:
        if self.who != "me":
            del self.fields["agree"], self.fields["health"]

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"].strip())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.who == "me" and (cleaned.get("name") or cleaned.get("phone")) and not cleaned.get("agree"):
            self.add_error("agree", _("이름이나 전화번호를 남기려면 동의가 필요합니다. 동의하지 않으시면 두 칸을 비워 주세요."))
        return cleaned


class ReporterStep(Step):
    title = _("연락처를 남기시겠어요?")
    lead = _("남기지 않아도 접수됩니다. 누가 알려 주셨는지는 담당 직원만 볼 수 있고, 그분께 알리지 않습니다.")
    named = forms.ChoiceField(
        label=_("연락처를 남기시겠어요?"),
        choices=[("no", _("이름 없이 알릴게요")), ("yes", _("연락처를 남길게요"))],
        error_messages={"required": _("한 가지를 골라 주세요."), "invalid_choice": _("한 가지를 골라 주세요.")},
    )
    name = forms.CharField(label=_("이름"), required=False, max_length=60)
    phone = forms.CharField(
        label=_("전화번호"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    agree = forms.BooleanField(label=_("개인정보 수집·이용에 동의합니다"), required=False)
    answer = forms.BooleanField(
        label=_("어떻게 되었는지 연락받겠습니다"), required=False, help_text=_("고르지 않아도 접수됩니다.")
    )
    category = forms.ChoiceField(
        label=_("어떤 일을 하는 분이세요?"),
        required=False,
        choices=[("", _("고르지 않음")), *((row.code, row.word) for row in CATEGORIES)],
        help_text=_("신고 의무가 있는 분을 돕기 위해 여쭙습니다(사회보장급여법 제13조)."),
        error_messages={"invalid_choice": _("목록에서 골라 주세요.")},
    )

    def prepare(self) -> None:
        if self.who == "family":
            del self.fields["category"]

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"].strip())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("named") == "yes":
            if not cleaned.get("phone") and "phone" not in self.errors:
                self.add_error(
                    "phone", _("연락받으실 전화번호를 적어 주세요. 남기지 않으시려면 위에서 '이름 없이'를 골라 주세요.")
                )
            if not cleaned.get("agree"):
                self.add_error("agree", _("연락처를 남기려면 동의가 필요합니다. 동의하지 않으시면 '이름 없이'를 골라 주세요."))
        return cleaned

    def kept(self) -> dict[str, Any]:
        if self.cleaned_data.get("named") == "yes":
            return super().kept()
        return {name: value for name, value in super().kept().items() if name in ("named", "category")}


STEPS: dict[str, type[Step]] = {
    "who": WhoStep,
    "worry": WorryStep,
    "danger": DangerStep,
    "where": WhereStep,
    "person": PersonStep,
    "reporter": ReporterStep,
}


def order_for(who: str) -> list[str]:
    """The steps for one kind of report: somebody who asks for themselves is not asked twice who they are."""
    return [name for name in STEPS if not (who == "me" and name == "reporter")]

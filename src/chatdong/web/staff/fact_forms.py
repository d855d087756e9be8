"""Forms about what is known of a household: address, people, consents, circumstances."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chatdong.ground.households.states import Circumstances, ConsentKind, Dwelling, Relation, Sex
from chatdong.ground.places.queries import gu_of, rule
from chatdong.kernel.clock import kst
from chatdong.web.staff.deeds import DeedForm
from chatdong.web.staff.opened import Opened
from chatdong.web.staff.wording import area

PLACING = ("road_address", "address_detail", "dwelling", "tong_number", "ban_number", "staff_note")
OLDEST = 1880
# Kept in words: the timeline shows them as they were chosen.
WAYS = [(words, words) for words in ("종이에 서명", "말로 동의", "전화로 동의")]


class ChangeForm(DeedForm):
    """The household itself. Where the address is hidden from the person, the fields that place it are not there at all."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    road_address = forms.CharField(label=_("도로명주소"), max_length=120, required=False)
    address_detail = forms.CharField(label=_("상세주소"), max_length=60, required=False, help_text=_("예: 지하 101호"))
    dwelling = forms.ChoiceField(label=_("집의 형태"), required=False)
    tong_number = forms.IntegerField(label=_("통"), required=False, min_value=1, max_value=999)
    ban_number = forms.IntegerField(label=_("반"), required=False, min_value=1, max_value=99)
    phone = forms.CharField(label=_("가구 전화"), max_length=20, required=False)
    two_workers = forms.BooleanField(label=_("두 사람이 함께 방문(2인 1조)"), required=False)
    staff_note = forms.CharField(
        label=_("방문 안전 메모"), max_length=300, required=False, widget=area(),
        help_text=_("개, 흉기, 감염병처럼 방문하는 직원이 미리 알아야 할 것만 적어 주세요."),
    )  # fmt: skip

    def fit(self, opened: Opened) -> None:
        self.fields["dwelling"].choices = [(key, label) for key, label in Dwelling.choices]  # type: ignore[attr-defined]
        if not opened.file.may_see_address:
            for name in PLACING:
                del self.fields[name]

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        file = opened.file
        return {
            "version": file.version, "road_address": file.address, "address_detail": file.detail, "dwelling": file.dwelling,
            "tong_number": file.tong, "ban_number": file.ban, "phone": file.phone, "two_workers": file.two_workers,
            "staff_note": file.staff_note,
        }  # fmt: skip


class HideForm(DeedForm):
    """Hiding the address, or showing it again."""

    why = forms.CharField(label=_("이유"), max_length=300, widget=area())


class MemberForm(DeedForm):
    """One person of the household. The birth date, or the year alone where nobody knows more."""

    name = forms.CharField(label=_("이름"), max_length=60, required=False)
    birth_date = forms.DateField(label=_("생년월일"), required=False, widget=forms.SelectDateWidget(years=range(OLDEST, 2100)))
    birth_year = forms.IntegerField(label=_("태어난 해만 알 때"), required=False, min_value=OLDEST, max_value=2100)
    sex = forms.ChoiceField(label=_("성별"), choices=Sex.choices, required=False)
    relation = forms.ChoiceField(label=_("세대주와의 관계"), choices=Relation.choices, initial=Relation.OTHER)
    phone = forms.CharField(label=_("전화"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not any(typed.get(name) for name in ("name", "birth_date", "birth_year", "phone")) and not self.errors:
            raise forms.ValidationError(_("이름, 태어난 때, 전화 가운데 하나는 적어 주세요."))
        return typed


class ResidentChoice(DeedForm):
    """A form that names one person of the household, or the whole of it."""

    resident = forms.ChoiceField(label=_("누구"), required=False)

    def fit(self, opened: Opened) -> None:
        people = [(str(one.id), one.name or _("이름 모름")) for one in opened.file.residents if one.state != "died"]
        self.fields["resident"].choices = [("", _("가구 모두")), *people]  # type: ignore[attr-defined]

    def clean_resident(self) -> int | None:
        return int(self.cleaned_data["resident"]) if self.cleaned_data["resident"] else None


class ConsentForm(ResidentChoice):
    """One consent, asked apart from every other (개인정보 보호법 §22)."""

    kind = forms.ChoiceField(label=_("무엇에 동의했나요"), choices=ConsentKind.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("어떻게 동의했나요"), choices=WAYS, widget=forms.RadioSelect)
    witness = forms.CharField(label=_("함께 확인한 사람"), max_length=40, required=False)

    def fit(self, opened: Opened) -> None:
        super().fit(opened)
        self.fields["kind"].help_text = _("읽어 드릴 동의문: %(version)s판") % {"version": text_version_of(opened)}


class CircumstanceForm(ResidentChoice):
    """What makes the household one to visit."""

    kind = forms.ChoiceField(label=_("어떤 사정인가요"), choices=Circumstances.choices, widget=forms.RadioSelect)
    since = forms.DateField(label=_("언제부터"), widget=forms.DateInput)
    source = forms.CharField(label=_("어디서 알았나요"), max_length=100, required=False, help_text=_("예: 행복e음, 본인, 통장"))

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        return {"since": today_of(opened).isoformat()}


class LeaveForm(DeedForm):
    """A person who died, moved away, went into a home, or is back."""

    resident = forms.ChoiceField(label=_("누구"))
    what = forms.ChoiceField(
        label=_("어떻게 되었나요"), widget=forms.RadioSelect,
        choices=[("moved", _("이사했습니다")), ("admitted", _("시설이나 병원에 들어갔습니다")), ("died", _("세상을 떠났습니다")),
                 ("back", _("다시 여기에 삽니다"))],
    )  # fmt: skip
    on = forms.DateField(label=_("언제"), widget=forms.DateInput)

    def fit(self, opened: Opened) -> None:
        people = [(str(one.id), one.name or _("이름 모름")) for one in opened.file.residents if one.state != "died"]
        self.fields["resident"].choices = people  # type: ignore[attr-defined]

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        return {"on": today_of(opened).isoformat()}


def text_version_of(opened: Opened) -> str:
    """The edition of the consent texts in force in the household's gu."""
    return str(rule("consent.text", today_of(opened), gu_of(opened.file.dong_id)).value["version"])


def today_of(opened: Opened) -> date:
    """The Korean day on which the household was opened."""
    return kst(opened.at).date()

"""Changing what is known of a household: address, people, consents, circumstances."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chatdong.ground.households.actions import (
    NewResident,
    add_resident,
    change_household,
    change_resident,
    end_circumstance,
    give_consent,
    hide_address,
    note_admission,
    note_circumstance,
    note_death,
    note_move,
    note_return,
    withdraw_consent,
)
from chatdong.kernel.errors import NotFound, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number
from chatdong.web.staff.deeds import Deed, Typed, put_refusal
from chatdong.web.staff.fact_forms import (
    ChangeForm,
    CircumstanceForm,
    ConsentForm,
    HideForm,
    LeaveForm,
    MemberForm,
    text_version_of,
    today_of,
)
from chatdong.web.staff.opened import Opened, opened_household


def _change(opened: Opened, typed: Typed) -> None:
    change_household(by=opened.by, household_id=opened.id, at=opened.at, owner_ids=opened.owner_ids, **typed)


def _hide(opened: Opened, typed: Typed) -> str:
    hidden = not opened.file.address_hidden
    hide_address(by=opened.by, household_id=opened.id, hidden=hidden, why=typed["why"], at=opened.at, owner_ids=opened.owner_ids)
    return _("주소를 비공개로 바꿨습니다.") if hidden else _("주소 비공개를 풀었습니다.")


def _member(opened: Opened, typed: Typed) -> None:
    add_resident(by=opened.by, household_id=opened.id, new=NewResident(**typed), at=opened.at)


def _consent(opened: Opened, typed: Typed) -> None:
    give_consent(
        by=opened.by, household_id=opened.id, at=opened.at, owner_ids=opened.owner_ids, kind=typed["kind"],
        text_version=text_version_of(opened), way=typed["way"], resident_id=typed["resident"], witness=typed["witness"],
    )  # fmt: skip


def _circumstance(opened: Opened, typed: Typed) -> None:
    note_circumstance(
        by=opened.by, household_id=opened.id, at=opened.at, owner_ids=opened.owner_ids, kind=typed["kind"],
        since=typed["since"], resident_id=typed["resident"], source=typed["source"],
    )  # fmt: skip


def _leave(opened: Opened, typed: Typed) -> None:
    who, on = int(typed["resident"]), typed["on"]
    rest: dict[str, Any] = {"by": opened.by, "resident_id": who, "at": opened.at, "owner_ids": opened.owner_ids}
    if typed["what"] == "died":
        note_death(died_on=on, **rest)
    elif typed["what"] == "moved":
        note_move(moved_on=on, **rest)
    elif typed["what"] == "admitted":
        note_admission(admitted_on=on, **rest)
    else:
        note_return(**rest)


FACTS = (
    Deed(
        "change",
        gettext_lazy("가구 정보 고치기"),
        gettext_lazy("틀리거나 바뀐 것만 고쳐 주세요. 누가 언제 고쳤는지 남습니다."),
        P.HOUSEHOLD_EDIT,
        ChangeForm,
        _change,
        gettext_lazy("고치기"),
        gettext_lazy("가구 정보를 고쳤습니다."),
        keeps_draft=True,
    ),
    Deed(
        "member-add",
        gettext_lazy("구성원 추가"),
        gettext_lazy("함께 사는 사람을 적어 주세요. 주민등록번호는 적지 않습니다."),
        P.HOUSEHOLD_EDIT,
        MemberForm,
        _member,
        gettext_lazy("추가"),
        gettext_lazy("구성원을 추가했습니다."),
        "person",
    ),
    Deed(
        "leave",
        gettext_lazy("이사·시설·사망 적기"),
        gettext_lazy("한 사람에게 생긴 일을 적습니다."),
        P.HOUSEHOLD_EDIT,
        LeaveForm,
        _leave,
        gettext_lazy("적기"),
        gettext_lazy("적었습니다."),
        "truck",
        offered=lambda opened: bool(opened.file.residents),
    ),
    Deed(
        "hide",
        gettext_lazy("주소 비공개"),
        gettext_lazy("주소가 알려지면 위험할 때 씁니다. 지도, 명단, 찾기, 내보내기에서 모두 가려집니다."),
        P.HOUSEHOLD_EDIT,
        HideForm,
        _hide,
        gettext_lazy("바꾸기"),
        gettext_lazy("바꿨습니다."),
        "lock",
        offered=lambda opened: not opened.file.address_hidden or opened.file.may_see_address,
    ),
    Deed(
        "consent",
        gettext_lazy("동의 받기"),
        gettext_lazy("동의는 하나씩 따로 받습니다. 동의하지 않아도 받을 수 있는 도움은 그대로입니다."),
        P.CONSENT_RECORD,
        ConsentForm,
        _consent,
        gettext_lazy("동의 적기"),
        gettext_lazy("동의를 적었습니다."),
        "document",
    ),
    Deed(
        "circumstance",
        gettext_lazy("사정 적기"),
        gettext_lazy("방문 대상이 되는 사정을 적습니다."),
        P.HOUSEHOLD_EDIT,
        CircumstanceForm,
        _circumstance,
        gettext_lazy("적기"),
        gettext_lazy("사정을 적었습니다."),
        "flag",
    ),
)

MEMBER = Deed(
    "member",
    gettext_lazy("구성원 고치기"),
    gettext_lazy("틀린 것만 고쳐 주세요."),
    P.HOUSEHOLD_EDIT,
    MemberForm,
    _member,
    gettext_lazy("고치기"),
    gettext_lazy("구성원을 고쳤습니다."),
    "person",
)


@staff(P.HOUSEHOLD_EDIT)
def member(request: HttpRequest, household_id: int, resident_id: int) -> HttpResponse:
    """Correct one person of the household."""
    opened = opened_household(request, household_id)
    card = next((one for one in opened.file.residents if one.id == resident_id), None)
    if card is None or not opened.may(P.HOUSEHOLD_EDIT):
        raise NotFound(_("주민을 찾을 수 없습니다."))
    begin = {name: getattr(card, name) for name in MemberForm.base_fields}
    form = MemberForm(request.POST or None, opened=opened, initial=begin)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            change_resident(by=opened.by, resident_id=resident_id, at=opened.at, **form.cleaned_data)
            messages.success(request, str(MEMBER.done))
            return redirect("staff-household", household_id=opened.id)
        except Refusal as refusal:
            status = put_refusal(form, refusal)
    return page(
        request, "staff/household_deed.html", status=status, deed=MEMBER, opened=opened, form=form, draft_key="", has_draft=False
    )


@staff(P.CONSENT_RECORD)
@require_POST
def withdraw(request: HttpRequest, household_id: int) -> HttpResponse:
    """A consent is withdrawn."""
    opened = opened_household(request, household_id)
    consent_id = number(request.POST.get("consent"))
    if consent_id not in {one.id for one in opened.file.consents}:
        raise NotFound(_("동의를 찾을 수 없습니다."))
    withdraw_consent(by=opened.by, consent_id=consent_id, at=opened.at, owner_ids=opened.owner_ids)
    messages.success(request, _("동의를 거뒀습니다. 거둔 때가 함께 남습니다."))
    return redirect("staff-household", household_id=opened.id)


@staff(P.HOUSEHOLD_EDIT)
@require_POST
def end(request: HttpRequest, household_id: int) -> HttpResponse:
    """A circumstance no longer holds, from today."""
    opened = opened_household(request, household_id)
    circumstance_id = number(request.POST.get("circumstance"))
    if circumstance_id not in {one.id for one in opened.file.circumstances}:
        raise NotFound(_("사정을 찾을 수 없습니다."))
    end_circumstance(
        by=opened.by, circumstance_id=circumstance_id, until=today_of(opened), at=opened.at, owner_ids=opened.owner_ids
    )
    messages.success(request, _("오늘 날짜로 끝난 것으로 적었습니다."))
    return redirect("staff-household", household_id=opened.id)


urlpatterns = [
    *(deed.route() for deed in FACTS),
    path("households/<int:household_id>/members/<int:resident_id>/", member, name="staff-household-member"),
    path("households/<int:household_id>/consent/withdraw/", withdraw, name="staff-household-withdraw"),
    path("households/<int:household_id>/circumstance/end/", end, name="staff-household-circumstance-end"),
]

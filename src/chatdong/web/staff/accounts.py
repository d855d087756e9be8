"""직원·발령: opening accounts, posting people, ending postings. Who answers for what is given on first."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chatdong.ground.accounts.actions import hire_person
from chatdong.ground.accounts.queries import staff_of
from chatdong.ground.accounts.states import PostedRole
from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.actions import release_worker
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number


class NewPerson(forms.Form):
    """One person and their first posting."""

    name = forms.CharField(label=gettext_lazy("이름"), max_length=40)
    login_id = forms.CharField(label=gettext_lazy("아이디"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("업무 전화"), max_length=20, required=False)
    password = forms.CharField(label=gettext_lazy("처음 비밀번호"), widget=forms.PasswordInput, max_length=128)
    role = forms.ChoiceField(label=gettext_lazy("역할"), choices=PostedRole.choices)
    dong = forms.ChoiceField(label=gettext_lazy("동"), required=False)
    tongs = forms.CharField(label=gettext_lazy("맡은 통"), required=False, help_text=gettext_lazy("예: 1, 2, 3"))
    on = forms.DateField(label=gettext_lazy("발령일"), widget=forms.DateInput)


@staff(P.ACCOUNT_GRANT)
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody's postings in the gu, and the form for a new person."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    places = [(str(dong.pk), dong.name) for gu_id in sorted(actor.gu_ids) for dong in dongs(today, gu_id)]
    form = NewPerson(request.POST or None, initial={"on": today.isoformat()})
    form.fields["dong"].choices = [("", _("구 전체")), *places]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _open(request, form):
        messages.success(request, _("계정을 만들고 발령했습니다."))
        return redirect("staff-accounts")
    rows = [row for row in staff_of(actor, today) if row.valid_to is None or row.valid_to > today]
    return page(
        request, "staff/accounts.html", status=422 if form.errors else 200, form=form, rows=rows, today=today, places=places
    )


def _open(request: HttpRequest, form: NewPerson) -> bool:
    asked, at = form.cleaned_data, clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    try:
        hire_person(
            by=actor, login_id=asked["login_id"], name=asked["name"], password=asked["password"], phone=asked["phone"], at=at,
            role=PostedRole(asked["role"]), gu_id=min(actor.gu_ids), dong_id=number(asked["dong"]), on=asked["on"],
            tongs=[n for n in map(number, asked["tongs"].replace(" ", "").split(",")) if n],
        )  # fmt: skip
    except Invalid as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field if field in form.fields else None, sentence)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@staff(P.ACCOUNT_GRANT)
@require_POST
def end(request: HttpRequest, account_id: int, dong_id: int) -> HttpResponse:
    """A person leaves a dong: everything open goes to somebody else, then the posting ends."""
    heir = number(request.POST.get("to"))
    try:
        release_worker(
            by=request.actor,  # type: ignore[attr-defined]
            account_id=account_id,
            dong_id=dong_id,
            to_account_id=heir,
            on=clock.today(),
            at=clock.now(),  # type: ignore[attr-defined]
        )
        messages.success(request, _("맡은 일을 모두 넘기고 발령을 마쳤습니다."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-accounts")


urlpatterns = [
    path("accounts/", accounts, name="staff-accounts"),
    path("accounts/<int:account_id>/<int:dong_id>/end/", end, name="staff-account-end"),
]

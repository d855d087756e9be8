"""What can be done to a household, each on a small screen of its own: one form, one action, and back to the household."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from chatdong.ground.accounts.actions import drop_draft
from chatdong.ground.accounts.queries import draft_of
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, Refusal
from chatdong.policy.permissions import Permission
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.opened import Opened, opened_household
from chatdong.web.staff.wording import worded

Typed = Mapping[str, Any]


class DeedForm(forms.Form):
    """A form about one household: `fit` fills its choices, `begin` says what stands in it before anybody typed."""

    def __init__(self, *args: Any, opened: Opened, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened = opened
        self.fit(opened)
        worded(self)

    def fit(self, opened: Opened) -> None:
        """Choices and fields that hang on the household."""

    @classmethod
    def begin(cls, opened: Opened) -> dict[str, Any]:
        """What the empty form starts from."""
        return {}


@dataclass(frozen=True)
class Deed:
    """One thing to do: its address part, its words, the right it needs, its form, and the action behind it.

    `offered` says whether the household's state allows it at all; `send` calls the action and may return the sentence to show.
    """

    slug: str
    title: str | Promise
    lead: str | Promise
    right: Permission
    form: type[DeedForm]
    send: Callable[[Opened, Typed], str | None]
    yes: str | Promise
    done: str | Promise
    icon: str = "edit"
    offered: Callable[[Opened], bool] = lambda opened: True
    template: str = "staff/household_deed.html"
    keeps_draft: bool = False

    @property
    def name(self) -> str:
        return f"staff-household-{self.slug}"

    def is_offered(self, opened: Opened) -> bool:
        """Whether the household page shows it to this person."""
        return opened.may(self.right) and self.offered(opened)

    def route(self) -> URLPattern:
        """Its address."""

        @staff(self.right)
        def view(request: HttpRequest, household_id: int) -> HttpResponse:
            return _answer(self, request, household_id)

        view.__name__ = view.__qualname__ = f"household_{self.slug}".replace("-", "_")
        return path(f"households/<int:household_id>/{self.slug}/", view, name=self.name)


def _answer(deed: Deed, request: HttpRequest, household_id: int) -> HttpResponse:
    opened = opened_household(request, household_id)
    if not opened.may(deed.right):
        raise Forbidden(_("이 가구에 이 일을 할 권한이 없습니다. 담당자나 팀장에게 부탁해 주세요."))
    if not deed.offered(opened):
        messages.warning(request, _("지금은 이 일을 할 수 없는 상태입니다. 아래에서 확인해 주세요."))
        return redirect("staff-household", household_id=opened.id)
    key = f"household-{opened.id}-{deed.slug}"
    if request.method != "POST":
        draft = draft_of(opened.by, key) if deed.keeps_draft else None
        begin = deed.form.begin(opened) | (_as_initial(deed, opened, draft.body) if draft else {})
        return _show(deed, request, opened, deed.form(opened=opened, initial=begin), key, has_draft=draft is not None)
    form = deed.form(request.POST, opened=opened)
    status = 422
    if form.is_valid():
        try:
            sentence = deed.send(opened, form.cleaned_data)
        except Refusal as refusal:
            status = put_refusal(form, refusal)
        else:
            if deed.keeps_draft:
                drop_draft(by=opened.by, key=key, at=opened.at)
            messages.success(request, sentence or str(deed.done))
            return redirect("staff-household", household_id=opened.id)
    return _show(deed, request, opened, form, key, status=status)


def put_refusal(form: forms.Form, refusal: Refusal) -> int:
    """Put what an action refused at its fields of the form; the status of the answer."""
    told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field or "": str(refusal)}
    for field, sentence in told.items():
        form.add_error(named(field, form), str(sentence))
    return 409 if isinstance(refusal, Conflict) else 403 if isinstance(refusal, Forbidden) else 422


def named(field: str, form: forms.Form) -> str | None:
    """The form's field for what an action calls by a name with or without `_id`; None for the form as a whole."""
    return next((name for name in (field, f"{field}_id", field.removesuffix("_id")) if name in form.fields), None)


def _as_initial(deed: Deed, opened: Opened, body: Mapping[str, list[str]]) -> dict[str, Any]:
    kept = QueryDict(mutable=True)
    for name, values in body.items():
        kept.setlist(name, values)
    form = deed.form(kept, opened=opened)
    return {
        name: field.widget.value_from_datadict(kept, {}, name)
        for name, field in form.fields.items()
        if name in body and not field.widget.is_hidden
    }


def _show(
    deed: Deed, request: HttpRequest, opened: Opened, form: DeedForm, key: str, *, status: int = 200, has_draft: bool = False
) -> HttpResponse:
    return page(
        request, deed.template, status=status, deed=deed, opened=opened, form=form, has_draft=has_draft,
        draft_key=key if deed.keeps_draft else "",
    )  # fmt: skip

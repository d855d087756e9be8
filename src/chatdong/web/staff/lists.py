"""명단 올리기: the lists of a dong or gu, what a file holds, what loading would do, and what became of each row."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, Refusal
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import record_read
from chatdong.policy.roles import Reach
from chatdong.safetynet.discovery.actions import discard_list, map_columns, save_mapping, start_list
from chatdong.safetynet.discovery.queries import (
    ListCard,
    ListRowLine,
    Outcome,
    header_of,
    list_card,
    list_rows,
    lists_of,
    preview_of,
)
from chatdong.safetynet.discovery.states import ListField, ListState, Pathway, RowState
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import choice, number
from chatdong.web.staff.error_sheet import XLSX, error_sheet

# What the upload's own door leaves in the session: the sentences at the fields, what was typed, the sheets to choose from.
REFUSED = "list_refused"
AT_ONCE = 1000


class Upload(forms.Form):
    """The upload form as it is shown; the file is read by the channel it is sent to."""

    file = forms.FileField(
        label=gettext_lazy("파일"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=gettext_lazy("엑셀(.xlsx)이나 CSV, 20MB와 50,000줄까지. 주민등록번호 칸은 읽지 않습니다."),
    )
    pathway = forms.ChoiceField(label=gettext_lazy("발굴경로"), choices=Pathway.choices, initial=Pathway.BIG_DATA)
    round_name = forms.CharField(
        label=gettext_lazy("차수"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("예: 2026년 3차. 같은 차수에 같은 줄을 다시 올리면 새로 접수되지 않습니다."),
    )
    dong = forms.ChoiceField(label=gettext_lazy("어느 동의 명단인가요"), required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gus = [posting.gu_id for posting, how_far in by.grants(P.LIST_LOAD) if how_far is Reach.GU]
        places = [(str(dong.pk), dong.name) for gu_id in gus for dong in dongs(clock.today(), gu_id)]
        self.fields["dong"].choices = [("", _("구 전체(줄마다 동을 정함)")), *places]  # type: ignore[attr-defined]
        if not gus:
            del self.fields["dong"]


class Remember(forms.Form):
    """Whether a mapping is remembered for the next file with this header."""

    remember = forms.BooleanField(label=gettext_lazy("머리글이 같은 파일은 다음에도 이렇게 맞추기"), required=False)


@staff(P.LIST_LOAD)
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """The lists so far, and the form for another."""
    actor = request.actor  # type: ignore[attr-defined]
    refused = request.session.pop(REFUSED, {})
    form = Upload(initial=refused.get("typed", {}) or None, by=actor)
    return page(
        request,
        "staff/lists.html",
        status=422 if refused else 200,
        form=form,
        errors=refused.get("errors", {}),
        sheets=refused.get("sheets", []),
        rows=lists_of(by=actor),
    )


@staff(P.LIST_LOAD)
@require_GET
def one(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """One list, as far as it is."""
    card = list_card(by=request.actor, list_id=list_id)  # type: ignore[attr-defined]
    if card.state == ListState.UPLOADED:
        return _uploaded(request, card)
    if card.state == ListState.LOADED:
        return _loaded(request, card)
    return page(request, "staff/lists_wait.html", card=card, **_progress(card))


def _uploaded(request: HttpRequest, card: ListCard, errors: dict[str, str] | None = None, typed: Any = None) -> HttpResponse:
    """What the file holds, which column is what, and what loading would do."""
    outcome = choice(request.GET.get("outcome"), Outcome.values)
    preview = preview_of(
        by=request.actor, list_id=card.id, at=clock.now(), outcome=outcome, after=number(request.GET.get("after")) or 0,  # type: ignore[attr-defined]
    )  # fmt: skip
    here = reverse("staff-list", args=[card.id])
    tabs = [(_("모두"), here, outcome == "", preview.read)]
    tabs += [(label, f"{here}?outcome={value}", outcome == value, preview.counts[value]) for value, label in Outcome.choices]
    mapping = typed if typed is not None else {field: _column_name(card, column) for field, column in card.mapping.items()}
    return page(
        request,
        "staff/lists_preview.html",
        status=422 if errors else 200,
        card=card,
        preview=preview,
        tabs=tabs,
        errors=errors or {},
        fields=[(field.value, field.label, mapping.get(field.value, "")) for field in ListField],
        columns=[(column, column) for column in card.columns],
        form=Remember(),
        next=f"{here}?outcome={outcome}&after={preview.after}" if preview.after else "",
    )


def _column_name(card: ListCard, column: Any) -> str:
    """A mapped column by its name; remembered mappings may say its place."""
    if isinstance(column, int) and column < len(card.columns):
        return card.columns[column]
    return str(column)


def _loaded(request: HttpRequest, card: ListCard) -> HttpResponse:
    """What became of each row."""
    state = choice(request.GET.get("state"), RowState.values)
    rows = list_rows(
        by=request.actor, list_id=card.id, at=clock.now(), state=state, after=request.GET.get("after", "")  # type: ignore[attr-defined]
    )  # fmt: skip
    here = reverse("staff-list", args=[card.id])
    tabs = [(_("모두"), here, state == "", card.total)]
    tabs += [
        (label, f"{here}?state={value}", state == value, card.counts[value])
        for value, label in RowState.choices
        if value != RowState.WAITING
    ]
    following = f"{here}?state={state}&after={rows.after}" if rows.after else ""
    return page(request, "staff/lists_result.html", card=card, rows=rows.rows, tabs=tabs, next=following)


@staff(P.LIST_LOAD)
@require_POST
def match_columns(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Say which column is what; remembered for files with the same header where asked."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    card = list_card(by=actor, list_id=list_id)
    mapping = {field.value: choice(request.POST.get(field.value), card.columns) for field in ListField}
    try:
        map_columns(by=actor, list_id=list_id, mapping=mapping, at=at)
        if request.POST.get("remember"):
            save_mapping(by=actor, gu_id=card.gu_id, name=card.name, header=header_of(card.columns), mapping=mapping, at=at)
    except Invalid as refusal:
        return _uploaded(request, card, refusal.fields, mapping)
    messages.success(request, _("칸을 맞췄습니다. 아래 미리 보기를 확인해 주세요."))
    return redirect("staff-list", list_id)


@staff(P.LIST_LOAD)
@require_POST
def load(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Begin loading."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        start_list(by=actor, list_id=list_id, at=clock.now())
    except Invalid as refusal:
        return _uploaded(request, list_card(by=actor, list_id=list_id), refusal.fields)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("staff-list", list_id)


@staff(P.LIST_LOAD)
@require_POST
def discard(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Throw the list away before it is loaded."""
    try:
        discard_list(by=request.actor, list_id=list_id, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, _("올린 명단을 버렸습니다. 읽어 둔 줄도 지웠습니다."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("staff-list", list_id)
    return redirect("staff-lists")


def _progress(card: ListCard) -> dict[str, Any]:
    """What the progress bar reads."""
    if card.state == ListState.LOADING:
        sentence = _("%(done)s줄을 넣었습니다. 이 화면을 닫아도 계속됩니다.") % {"done": f"{card.done:,}"}
    else:
        sentence = card.state_label
    state = {ListState.LOADED: "done", ListState.DISCARDED: "failed"}.get(ListState(card.state), "running")
    return {"done": card.done, "total": card.total, "state": state, "sentence": sentence}


@staff(P.LIST_LOAD)
@require_GET
def progress(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """How far the loading is, for the progress bar."""
    return JsonResponse(_progress(list_card(by=request.actor, list_id=list_id)))  # type: ignore[attr-defined]


@staff(P.EXPORT)
@require_POST
def errors(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The error sheet: the rows that became no report, as they stood in the file, each with its reason. Logged with a purpose."""
    actor, at, why = request.actor, clock.now(), request.POST.get("why", "").strip()[:300]  # type: ignore[attr-defined]
    card = list_card(by=actor, list_id=list_id)
    if not why:
        messages.error(request, _("내려받는 까닭을 적어 주세요. 기록에 남습니다."))
        return redirect("staff-list", list_id)
    rows = _faulty_rows(actor, list_id, at)
    record_read(
        "list.errors", by=actor, at=at, kind="export", gu_id=card.gu_id, dong_id=card.dong_id, count=len(rows), why=why,
        details={"list": str(card.id)},
    )  # fmt: skip
    answer = HttpResponse(error_sheet(card.columns, rows), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"오류_{card.name.rsplit('.', 1)[0]}.xlsx") or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


def _faulty_rows(actor: Actor, list_id: UUID, at: Any) -> list[ListRowLine]:
    rows, after = [], ""
    while True:
        found = list_rows(by=actor, list_id=list_id, at=at, state=RowState.FAULTY, after=after, size=AT_ONCE)
        rows += found.rows
        after = found.after
        if not after:
            return rows


urlpatterns = [
    path("lists/", lists, name="staff-lists"),
    path("lists/<uuid:list_id>/", one, name="staff-list"),
    path("lists/<uuid:list_id>/map/", match_columns, name="staff-list-map"),
    path("lists/<uuid:list_id>/load/", load, name="staff-list-load"),
    path("lists/<uuid:list_id>/discard/", discard, name="staff-list-discard"),
    path("lists/<uuid:list_id>/progress/", progress, name="staff-list-progress"),
    path("lists/<uuid:list_id>/errors/", errors, name="staff-list-errors"),
]

"""POST /channels/lists/: a file from the staff's list page becomes a discovery list; then its page, or the list page again.

The page belongs to another door, so what has to be said goes there through the session: the sentence and what was typed.
"""

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_POST

from chatdong.channels.channel import for_staff
from chatdong.channels.listimport.grid import MOST_BYTES
from chatdong.channels.listimport.read import Sheet, SheetChoice, read
from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, Refusal
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.roles import Reach
from chatdong.safetynet.discovery.actions import upload_list
from chatdong.safetynet.discovery.queries import header_of, mapping_for

# The staff's list page reads and forgets this: {"errors": {field: sentence}, "typed": {field: text}, "sheets": [names]}.
REFUSED = "list_refused"


@for_staff(Permission.LIST_LOAD)
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Read the file and keep it as a list. Whatever is wrong comes back as a sentence at its field."""
    typed = {name: request.POST.get(name, "")[:100] for name in ("pathway", "round_name", "dong", "sheet")}
    try:
        row = _take(request, typed)
    except SheetChoice as choice:
        return _back(request, {"sheet": str(choice)}, typed, choice.names)
    except Invalid as refusal:
        return _back(request, {field or "file": sentence for field, sentence in refusal.fields.items()}, typed)
    except Refusal as refusal:
        return _back(request, {refusal.field or "file": str(refusal)}, typed)
    request.session.pop(REFUSED, None)
    return _go(request, resolve_url("staff-list", row.pk))


def _take(request: HttpRequest, typed: dict[str, str]) -> Any:
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    name, content = _content(request)
    sheet = read(content, typed["sheet"])
    gu_id, dong_id = _place(by, typed["dong"])
    return upload_list(
        by=by, gu_id=gu_id, dong_id=dong_id, name=f"{name} · {sheet.sheet}" if typed["sheet"] else name, size=len(content),
        digest=sha256(content + typed["sheet"].encode()).hexdigest(), columns=sheet.columns, mapping=_mapping(sheet, gu_id),
        problems=sheet.problems, rows=list(zip(sheet.numbers, sheet.rows, strict=True)), at=at, pathway=typed["pathway"],
        round_name=typed["round_name"],
    )  # fmt: skip


def _content(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("file")
    if file is None:
        # A body beyond the upload limit is let through unread, so the file is missing because it was too large.
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Refusal(f"파일이 너무 큽니다. {MOST_BYTES // 1024 // 1024}MB까지 올릴 수 있습니다. 나누어 올려 주세요.")
        raise Refusal("올릴 파일을 골라 주세요.")
    content = file.read()
    return str(file.name or "이름 없는 파일"), content


def _place(by: Actor, dong: str) -> tuple[int, int | None]:
    """The gu and the dong a list is for: the dong chosen, else the person's own; all of the gu for an officer of the gu."""
    for posting, how_far in by.grants(Permission.LIST_LOAD):
        if posting.gu_id is None:
            continue
        if dong.isdecimal() and int(dong) in posting.dong_ids:
            return posting.gu_id, int(dong)
        if not dong:
            return posting.gu_id, None if how_far is Reach.GU else min(posting.dong_ids)
    raise Refusal("고를 수 없는 동입니다. 다시 골라 주세요.", "dong")


def _mapping(sheet: Sheet, gu_id: int) -> dict[str, Any]:
    """The remembered mapping of files with this header, else the guess."""
    return mapping_for(header_of(sheet.columns), gu_id=gu_id) or sheet.mapping


def _back(request: HttpRequest, errors: dict[str, str], typed: dict[str, str], sheets: list[str] | None = None) -> HttpResponse:
    request.session[REFUSED] = {"errors": errors, "typed": typed, "sheets": sheets or []}
    return redirect("staff-lists")


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, also from a form that htmx sends so that a chosen file is not lost."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)

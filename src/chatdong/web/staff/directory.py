"""복지기관 목록: which services nobody made sure of for long, and taking over a directory file after seeing what it would do."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.benefits.actions import load_directory
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.hsds import package_of, profile_of, read_directory
from chatdong.safetynet.benefits.hsds.raw import MOST_TOLD, Mistakes
from chatdong.safetynet.benefits.queries import counts_of_entries, directory_of_gu, directory_plan, stale_offerings
from chatdong.safetynet.benefits.queries.directory import count_of_offerings
from chatdong.safetynet.benefits.states import EntrySource
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page

MOST_STALE = 100


def _shown(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    stale = stale_offerings(by=actor, day=today)
    context: dict[str, Any] = {"plan": None, "problems": [], "more_problems": 0, "digest": "", "name": "", **more}
    entries = [(EntrySource(key).label, *told) for key, told in counts_of_entries().items()]
    return page(
        request, "staff/directory.html", status=status, stale=stale[:MOST_STALE], stale_count=len(stale), entries=entries,
        counts=count_of_offerings(by=actor), **context,
    )  # fmt: skip


@staff(P.DIRECTORY_WRITE)
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """The services to make sure of, and the form for a file."""
    return _shown(request)


@staff(P.DIRECTORY_WRITE)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """First press: what the file would do. Second press, with the same file: do it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    known = catalog()
    rest: dict[str, Any] = {"gu_id": _own_gu(actor), "situations": known.situations, "benefits": known.book.benefits}
    try:
        name, content = _content(request)
        told = read_directory(content, name)
        digest = sha256(content).hexdigest()
        if request.POST.get("seen") != digest:
            plan = directory_plan(told, day=at.date(), **rest)
            return _shown(request, plan=plan, digest=digest, name=name)
        load_directory(by=actor, directory=told, at=at, **rest)
    except Mistakes as refusal:
        return _shown(request, 422, problems=refusal.problems[:MOST_TOLD], more_problems=len(refusal.problems) - MOST_TOLD)
    except Refusal as refusal:
        return _shown(request, 422, problems=[str(refusal)])
    messages.success(request, _("기관과 서비스를 넣었습니다."))
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("staff-directory")
        return answer
    return redirect("staff-directory")


def _content(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(_("올릴 파일을 골라 주세요."), "file")
    return str(file.name or _("이름 없는 파일"))[:100], file.read()


def _own_gu(actor: Actor) -> int | None:
    return next((posting.gu_id for posting, _how_far in actor.grants(P.DIRECTORY_WRITE) if posting.gu_id is not None), None)


@staff(P.DIRECTORY_WRITE)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The gu's directory as a file; nothing personal stands in it."""
    gu_id = _own_gu(request.actor)  # type: ignore[attr-defined]
    told, areas = directory_of_gu(gu_id)
    is_json = request.GET.get("form") == "json"
    content = (profile_of if is_json else package_of)(told, areas)
    answer = HttpResponse(content, content_type="application/json" if is_json else "application/zip")
    gu = next((one.name for one in gus(clock.today()) if one.pk == gu_id), "")
    name = f"복지기관_{gu}_{clock.today():%Y%m%d}.{'json' if is_json else 'zip'}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


urlpatterns = [
    path("directory/", directory, name="staff-directory"),
    path("directory/upload/", upload, name="staff-directory-upload"),
    path("directory/export/", export, name="staff-directory-export"),
]

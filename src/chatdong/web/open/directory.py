"""Public pages of help near home: which services there are, where, when, at what cost, and when somebody last made sure."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.queries import offering_page, offerings_for
from chatdong.web.door.gate import public
from chatdong.web.door.page import page

AT_ONCE = 20


@public
@require_GET
def around(request: HttpRequest) -> HttpResponse:
    """The services, narrowed by dong and situation. Neither says who looks: nothing personal stands in the address."""
    today = clock.today()
    places = [(str(dong.pk), dong.name) for dong in dongs(today)]
    dong = _chosen(request.GET.get("dong"), places)
    plights = [(one.id, one.label) for one in catalog().situations.values()]
    plight = _chosen(request.GET.get("situation"), plights)
    found = offerings_for(today, dong_id=int(dong) if dong else None, situations=[plight] if plight else [])
    after = request.GET.get("page", "")
    start = AT_ONCE * (int(after) - 1) if after.isascii() and after.isdigit() and 0 < int(after[:6]) < 10_000 else 0
    return page(
        request, "open/services.html", rows=found[start : start + AT_ONCE], total=len(found), start=start, dong=dong,
        situation=plight, places=places, plights=plights, previous=start // AT_ONCE if start else 0,
        following=start // AT_ONCE + 2 if start + AT_ONCE < len(found) else 0,
    )  # fmt: skip


def _chosen(told: str | None, options: list[tuple[str, str]]) -> str:
    return told if told in dict(options) else ""  # type: ignore[return-value]


@public
@require_GET
def one(request: HttpRequest, offering_id: int) -> HttpResponse:
    """One service, to read, call and print."""
    today = clock.today()
    found = offering_page(offering_id, today)
    known = catalog()
    links: dict[str, Any] = {
        "situations": [known.situations[one].label for one in found.situations if one in known.situations],
        "benefits": [known.pages[one].name for one in found.benefits if one in known.pages],
    }
    return page(request, "open/service.html", found=found, today=today, **links)

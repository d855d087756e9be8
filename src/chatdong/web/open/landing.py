"""The first page of all, and what happens to what people tell us."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from chatdong.ground.places.queries import dongs, rule
from chatdong.kernel import clock
from chatdong.web.door.gate import public
from chatdong.web.door.page import page


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Two big doors, phones, and a small way in for staff."""
    phones = [(dong.name, dong.phone) for dong in dongs(clock.today()) if dong.phone]
    return page(request, "open/home.html", phones=phones[:30], more=len(phones) > 30)


@public
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a report, why, how long, and who sees it."""
    kept = rule("retention.report_days", on=clock.today())
    return page(request, "open/privacy.html", days=kept.value["days"], source=kept.source)

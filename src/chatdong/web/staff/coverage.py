"""방문율: how many of those due a visit were met, by group and dong, as of a day. Units are never added."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.visits.queries import coverage
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number

# The first year of visits by cohort (B-21).
FIRST_YEAR = 2015


@staff(P.COVERAGE_READ)
def show(request: HttpRequest) -> HttpResponse:
    """The figures of a year: to its end where it is over, else to today."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    year = number(request.GET.get("year")) or today.year
    year = year if FIRST_YEAR <= year <= today.year else today.year
    on = today if year == today.year else date(year, 12, 31)
    places = _places(actor, today)
    dong_id = number(request.GET.get("dong"))
    rows = coverage(by=actor, year=year, on=on, dong_id=dong_id)
    groups = [(label, list(lines)) for label, lines in groupby(rows, lambda row: row.label)]
    return page(
        request, "staff/coverage.html", groups=groups, year=year, on=on, years=_years(today.year),
        places=[(one.pk, one.name) for one in places], dong_id=dong_id, is_over=year < today.year,
    )  # fmt: skip


def _years(last: int) -> list[tuple[int, str]]:
    return [(one, f"{one}년") for one in range(last, FIRST_YEAR - 1, -1)]


def _places(actor: Actor, today: date) -> list[Any]:
    within = reach(actor, P.COVERAGE_READ).dong_ids
    return [dong for gu_id in sorted(actor.gu_ids) for dong in dongs(today, gu_id) if dong.pk in within]


urlpatterns = [path("coverage/", show, name="staff-coverage")]

"""복지방문지도 (C-06): the watched households on our own outlines, the same as a table beside it, and on paper."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chatdong.ground.households.queries import masked_names
from chatdong.ground.places.queries import dongs, outlines, tongs_of
from chatdong.kernel import clock
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import record_read
from chatdong.safetynet.visits.queries import DueRow, kind_labels, map_points, map_table
from chatdong.safetynet.visits.queries.map import RHYTHMS, map_counts
from chatdong.safetynet.visits.states import Grade
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import choice, number
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.lines import Line, of_due

GEOJSON = "application/geo+json"
RHYTHM_NAMES = {"high": "고위험 주기", "medium": "중위험 주기", "low": "저위험 주기", "suicide": "자살위험 집중"}


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The filter, each part only where it exists; a dong out of reach finds nothing, as if it did not exist."""
    asked = request.GET
    grade = number(asked.get("grade"))
    return {
        "dong_id": number(asked.get("dong")), "tong": number(asked.get("tong")),
        "grade": grade if grade in (Grade.HIGH, Grade.MEDIUM, Grade.LOW) else None,
        "rhythm": choice(asked.get("rhythm"), RHYTHMS) or None, "kind": choice(asked.get("kind"), kind_labels()) or None,
        "overdue": asked.get("overdue") == "1", "suicide": asked.get("suicide") == "1",
    }  # fmt: skip


def _query(narrowed: dict[str, Any]) -> str:
    """The filter as it stands in an address."""
    said = {
        "dong" if key == "dong_id" else key: int(value) if value is True else value for key, value in narrowed.items() if value
    }
    return urlencode(said)


def _places(actor: Actor, today: Any) -> list[Any]:
    """The dong this person may look at on the map, in code order."""
    mine = reach(actor, P.MAP_READ)
    within = mine.dong_ids or actor.dong_ids
    return [dong for gu_id in sorted(actor.gu_ids) for dong in dongs(today, gu_id) if dong.pk in within]


@staff(P.MAP_READ)
def visit_map(request: HttpRequest) -> HttpResponse:
    """The map with its filter, counts and table."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    narrowed, places = _asked(request), _places(actor, at.date())
    one_dong = narrowed["dong_id"] or (places[0].pk if len(places) == 1 else None)
    # 통 are offered for one dong only: without it a number would stand for many places.
    tongs = (
        [(one.number, _("%(number)s통") % {"number": one.number}) for one in tongs_of(one_dong, at.date())] if one_dong else []
    )
    if not tongs:
        narrowed["tong"] = None
    found = map_table(by=actor, at=at, after=request.GET.get("after", ""), **narrowed)
    query = _query(narrowed)
    return page(
        request, "staff/visit_map.html", counts=map_counts(by=actor, at=at, **narrowed),
        rows=_lines(found.rows, at), after=found.after, narrowed=narrowed, query=query,
        places=[(one.pk, one.name) for one in places], tongs=tongs,
        kinds=list(kind_labels().items()), rhythms=[(key, _(RHYTHM_NAMES[key])) for key in RHYTHMS], now=at,
        grades=[(one.value, one.label) for one in Grade if one != Grade.NONE],
        sources=sorted({one["properties"]["source"] for one in _outlines(places, at.date(), None)["features"]} - {""}),
        points_url=_with("staff-map-points", query), outlines_url=_with("staff-map-outlines", _query({"dong_id": one_dong})),
    )  # fmt: skip


def _lines(rows: list[DueRow], at: datetime) -> list[Line]:
    """The lines of the table, placed by dong and 통 alone: the map beside them says the rest."""
    return [replace(of_due(row, at), place=f"{row.masked.dong_name} {row.masked.tong}".strip()) for row in rows]


def _with(name: str, query: str) -> str:
    return f"{reverse(name)}?{query}" if query else reverse(name)


@staff(P.MAP_READ)
def points(request: HttpRequest) -> HttpResponse:
    """The points as GeoJSON: a masked name, the grade, the deadline in words, and where to open the household."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    told = map_points(by=actor, at=at, **_asked(request))
    names = masked_names(point.household_id for point in told.points)
    # One address is built and filled in: thousands of look-ups would cost more than the points themselves.
    before, after = reverse("staff-household", args=(0,)).split("0", 1)
    features = [
        _feature(point, names.get(point.household_id, _("이름 모름")), f"{before}{point.household_id}{after}", at)
        for point in told.points
    ]
    return _json({"type": "FeatureCollection", "features": features, "hidden": told.hidden_count, "capped": told.capped})


def _feature(point: Any, label: str, href: str, at: Any) -> dict[str, Any]:
    due = due_of(point.next_at, at)
    words = (_("%(span)s 지남") % {"span": due.late} if due.late else due.text) if due else ""
    return {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": {
            "id": point.household_id, "grade": point.grade, "suicide": point.suicide, "overdue": point.overdue, "label": label,
            "due": words, "href": href,
        },
    }  # fmt: skip


@staff(P.MAP_READ)
def lines(request: HttpRequest) -> HttpResponse:
    """The outlines of the dong within reach; the one looked at is marked."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    return _json(_outlines(_places(actor, today), today, number(request.GET.get("dong"))))


def _outlines(places: list[Any], today: Any, current: int | None) -> dict[str, Any]:
    drawn = outlines([one.pk for one in places], today)
    for feature in drawn["features"]:
        feature["properties"]["current"] = feature["properties"]["id"] == current
    return drawn


def _json(found: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(found, content_type=GEOJSON, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


@staff(P.MAP_READ)
def table(request: HttpRequest) -> HttpResponse:
    """The table alone: the next part of it, and, with `print`, one page of it on paper."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    narrowed = _asked(request)
    on_paper = request.GET.get("print") == "1"
    found = map_table(by=actor, at=at, after=request.GET.get("after", ""), **narrowed)
    if on_paper and found.rows:
        seen = tuple(row.household_id for row in found.rows)
        record_read("map.print", by=actor, at=at, kind="print", subjects=seen, count=len(seen))
    template = "staff/visit_map_print.html" if on_paper else "staff/visit_map_table.html"
    return page(
        request, template, rows=_lines(found.rows, at), after=found.after, query=_query(narrowed),
        printed_by=f"{actor.place_name} {actor.name}", printed_at=clock.moment_text(at),
    )  # fmt: skip


urlpatterns = [
    path("map/", visit_map, name="staff-map"),
    path("map/points/", points, name="staff-map-points"),
    path("map/outlines/", lines, name="staff-map-outlines"),
    path("map/table/", table, name="staff-map-table"),
]

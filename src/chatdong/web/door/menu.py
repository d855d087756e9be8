"""The staff menu: one table; what a person may not open is not shown."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chatdong.policy.actor import Actor
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission as P


@dataclass(frozen=True)
class Place:
    """One line of the menu."""

    key: str
    label: str
    name: str
    icon: str
    needs: P
    also: str = ""  # an address whose pages belong under this line too


MENU = (
    Place("today", "오늘", "staff-today", "today", P.LEAD_READ),
    Place("inbox", "발굴 접수함", "staff-inbox", "inbox", P.REPORT_TRIAGE, also="/staff/reports/"),
    Place("map", "복지방문지도", "staff-map", "map", P.MAP_READ),
    Place("households", "가구", "staff-search", "households", P.HOUSEHOLD_READ),
    Place("visits", "방문", "staff-visits", "visits", P.VISIT_READ),
    Place("standard-support", "상황별 지원", "staff-standard-support", "heart", P.BENEFIT_READ),
    Place("board", "동 현황판", "staff-board", "board", P.BOARD_READ),
    Place("coverage", "방문율", "staff-coverage", "coverage", P.COVERAGE_READ),
    Place("lists", "명단 올리기", "staff-lists", "lists", P.LIST_LOAD),
    Place("screenings", "일제 살핌", "staff-screenings", "search", P.SCREENING_READ),
    Place("directory", "복지기관 목록", "staff-directory", "flower", P.DIRECTORY_WRITE),
    Place("export", "내보내기", "staff-export", "download", P.EXPORT),
    Place("self-check", "1·2·3 점검", "staff-self-check", "self-check", P.ACTIVITY_RECORD),
    Place("log", "접속 기록", "staff-log", "log", P.LOG_READ),
    Place("accounts", "직원·발령", "staff-accounts", "accounts", P.ACCOUNT_GRANT),
    Place("rules", "지원 기준", "staff-rules", "edit", P.RULES_PROPOSE),
)


def menu_of(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The lines this person may open, the current one marked: the longest address that starts the path.

    오늘 stands at the root of all staff screens and is marked only for itself.
    """
    lines = []
    hrefs: dict[str, str] = {}
    under: dict[str, str] = {}
    for place in MENU:
        if not may(actor, place.needs):
            continue
        try:
            href = reverse(place.name)
        except NoReverseMatch:
            continue
        lines.append({"key": place.key, "label": _(place.label), "href": href, "icon": place.icon, "count": None})
        hrefs[place.key] = href
        under |= {place.also: href} if place.also else {}
    starts = [href for key, href in hrefs.items() if path == href or (key != "today" and path.startswith(href))]
    here = max(starts, key=len, default="")
    if here in ("", hrefs.get("today")):
        here = next((href for start, href in under.items() if path.startswith(start)), here)
    return [{**line, "current": line["href"] == here} for line in lines]


def first_screen(actor: Actor) -> str:
    """Where a person lands after logging in: the first line of their menu."""
    lines = menu_of(actor, "")
    return lines[0]["href"] if lines else reverse("door-nothing")

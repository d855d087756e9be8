"""가구: finding one, and one household with its one timeline."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from chatdong.ground.households.queries import HouseholdFile, TimelineItem, search
from chatdong.ground.households.queries import timeline_of as household_timeline
from chatdong.kernel import clock
from chatdong.kernel.errors import Forbidden, NotFound
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import gathered
from chatdong.safetynet.benefits.queries import claims_at_home
from chatdong.safetynet.discovery.queries import timeline_of as discovery_timeline
from chatdong.safetynet.discovery.queries.work import households_of
from chatdong.safetynet.visits.queries import suggestion_for
from chatdong.safetynet.visits.queries import timeline_of as visits_timeline
from chatdong.safetynet.visits.queries.sheet import due_at_home
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.household_duty import HOME_DEEDS, LEAD_DEEDS, WATCH_DEEDS
from chatdong.web.staff.household_edit import FACTS
from chatdong.web.staff.opened import Opened, opened_household

LONGEST = 60
SHOWN = 40
# What a kind of the timeline looks like: the sign of web/ui, and its tone.
LOOKS = {
    "household.register": ("open", ""), "household.settle": ("move", ""), "household.state": ("decision", ""),
    "household.hide": ("note", ""), "household.show": ("note", ""), "household.merge": ("decision", ""),
    "household.glass": ("open", "warn"), "resident.died": ("death", ""), "resident.moved": ("move", ""),
    "circumstance.since": ("note", ""), "circumstance.until": ("note", ""), "consent.give": ("consent", ""),
    "consent.withdraw": ("consent", ""), "grade": ("risk", ""), "unreached": ("call", "warn"), "watch": ("visit", ""),
    "safety": ("note", ""), "lead": ("decision", ""), "breach": ("close", "bad"),
}  # fmt: skip

# A sheet writes many things at one moment: what was done at the door comes before what followed from it.
FOLLOWS = {"report": 1, "contact": 2, "unreached": 3, "grade": 4, "watch": 5, "visit": 6, "safety": 6, "lead": 7, "handover": 8}


@staff(P.HOUSEHOLD_READ)
def find(request: HttpRequest) -> HttpResponse:
    """One box for every kind of query; what is found is masked and says why."""
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    result = (
        search(by=by, text=text, at=at, after=request.GET.get("after", ""), own_ids=lambda: households_of(by.account_id))
        if text
        else None
    )
    return page(request, "staff/search.html", text=text, result=result, is_next=bool(request.GET.get("after")))


@staff(P.HOUSEHOLD_READ)
def household(request: HttpRequest, household_id: int) -> HttpResponse:
    """One household: who lives there, what is open, what to do, and everything that happened, newest first."""
    try:
        with gathered():
            opened = opened_household(request, household_id)
    except NotFound:
        return _missing(request, household_id)
    events = timeline(opened)
    shown = len(events) if request.GET.get("all") == "1" else SHOWN
    targets, visits = due_at_home(opened.id, at=opened.at) if opened.may(P.VISIT_READ) else ((), ())
    rights = {
        "record": P.VISIT_RECORD, "edit": P.HOUSEHOLD_EDIT, "consent": P.CONSENT_RECORD, "plan": P.VISIT_PLAN,
        "confirm": P.CLOSURE_CONFIRM, "merge": P.HOUSEHOLD_MERGE, "safety": P.SAFETY_PLAN_READ,
    }  # fmt: skip
    return page(
        request, "staff/household.html", opened=opened, file=opened.file, lead=opened.lead, watch=opened.watch, targets=targets,
        visits=visits, suggestion=suggestion_for(opened.id, at=opened.at) if opened.search else None, events=events[:shown],
        more=max(len(events) - shown, 0), now=opened.at, due_of=due_of, deeds=offers(opened), copies=copies(opened.file),
        phones=phones(opened.file), claims=claims_at_home(opened.id) if opened.may(P.BENEFIT_READ) else None,
        can={name: opened.may(right) for name, right in rights.items()},
    )  # fmt: skip


def _missing(request: HttpRequest, household_id: int) -> HttpResponse:
    """Not there, or not within reach: the two look the same. Those who may break the glass are told how."""
    glass = reverse("staff-glass", args=(household_id,)) if may(request.actor, P.GLASS_BREAK) else ""  # type: ignore[attr-defined]
    return page(request, "staff/household_missing.html", status=404, glass=glass)


def offers(opened: Opened) -> dict[str, list[Any]]:
    """What this person may do to this household now, under three headings."""
    groups = {"do": (*HOME_DEEDS, *LEAD_DEEDS, *WATCH_DEEDS), "facts": FACTS}
    return {name: [deed for deed in deeds if deed.is_offered(opened)] for name, deeds in groups.items()}


def timeline(opened: Opened) -> list[dict[str, Any]]:
    """Everything that happened to the household, of every app, newest first, as web/ui shows it."""
    by, at = opened.by, opened.at
    items: list[TimelineItem] = list(household_timeline(opened.id))
    for read in (
        lambda: discovery_timeline(by=by, household_id=opened.id, at=at),
        lambda: visits_timeline(by=by, household_id=opened.id, at=at, where=opened.where),
    ):
        try:
            items += read()
        except (Forbidden, NotFound):
            continue
    told = sorted(items, key=lambda one: (one.at, FOLLOWS.get(one.kind, 0)))
    return [_shown(item) for item in reversed(told)]


def _shown(item: TimelineItem) -> dict[str, Any]:
    kind, tone = LOOKS.get(item.kind, (item.kind, ""))
    when = clock.kst(item.at)
    midnight = (when.hour, when.minute, when.second) == (0, 0, 0)
    return {
        "kind": kind, "tone": tone, "title": item.title, "who": item.who, "why": item.why, "href": item.href,
        "when": clock.date_text(when) if midnight else clock.moment_text(when), "iso": when.isoformat(),
    }  # fmt: skip


def phones(file: HouseholdFile) -> list[str]:
    """The numbers to call, the household's own first; at most three."""
    people = (one.phone for one in file.residents if one.state == "living")
    return list(dict.fromkeys(number for number in (file.phone, *people) if number))[:3]


def copies(file: HouseholdFile) -> list[tuple[str, str]]:
    """What is typed again into 행복e음, ready to be copied."""
    first = next((one for one in file.residents if one.name), None)
    living = [one for one in file.residents if one.name and one.state == "living"]
    lines = [
        (_("대표자"), first.name if first else ""),
        (_("생년월일"), first.birth_date.isoformat() if first and first.birth_date else ""),
        (_("전화"), (first.phone if first else "") or file.phone),
        (_("주소"), " ".join(part for part in (file.address, file.detail) if part)),
        (_("행정동"), f"{file.gu_name} {file.dong_name}"),
        (_("가구원"), ", ".join(f"{one.name}({one.relation_label}, {one.age_text})" for one in living)),
    ]
    return [(label, text) for label, text in lines if text]


urlpatterns = [
    path("households/", find, name="staff-search"),
    path("households/<int:household_id>/", household, name="staff-household"),
]

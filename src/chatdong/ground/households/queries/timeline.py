"""What happened to a household, in order; the apps above add their own and sort all of it together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from chatdong.ground.accounts.models import Account
from chatdong.ground.households.models import Circumstance, Consent, Household, Resident
from chatdong.ground.households.queries.rows import former_ids
from chatdong.ground.households.states import HouseholdState
from chatdong.ground.places.models import Dong
from chatdong.kernel.clock import KST
from chatdong.policy.models import Entry


@dataclass(frozen=True, order=True)
class TimelineItem:
    """One thing on the timeline: when, what kind (a code), its title, who did it and why. `href` is filled in by the door."""

    at: datetime
    kind: str
    title: str
    who: str = ""
    why: str = ""
    href: str = ""


# What the log knows and no table does.
_LOGGED = {
    "household.settle": "다른 동으로 옮김",
    "household.state": "가구 상태 바뀜",
    "household.hide": "주소 비공개로 바꿈",
    "household.show": "주소 비공개를 풂",
    "household.merge": "가구를 합침",
    "household.glass": "긴급 열람",
}


def timeline_of(household_id: int) -> list[TimelineItem]:
    """Moves, deaths, consents, circumstances and joins of a household, oldest first. The caller has opened the household."""
    ids = [household_id, *former_ids(household_id)]
    residents = {one.pk: one for one in Resident.objects.filter(household_id=household_id)}
    consents = list(Consent.objects.filter(household_id=household_id))
    circumstances = list(Circumstance.objects.filter(household_id=household_id))
    accounts = {one.noted_by for one in circumstances}
    accounts |= {account for one in consents for account in (one.noted_by, one.withdrawn_by)}
    names = dict(Account.objects.filter(pk__in=accounts - {None}).values_list("id", "name"))
    items = [
        *_beginnings(ids),
        *_residents(list(residents.values())),
        *_circumstances(circumstances, residents, names),
        *_consents(consents, residents, names),
        *_logged(ids),
    ]
    return sorted(items)


def _beginnings(ids: list[int]) -> Iterator[TimelineItem]:
    for created_at in Household.objects.filter(pk__in=ids).values_list("created_at", flat=True):
        yield TimelineItem(created_at.astimezone(KST), "household.register", "가구 등록")


def _residents(residents: list[Resident]) -> Iterator[TimelineItem]:
    for one in residents:
        if one.died_on:
            yield TimelineItem(_morning(one.died_on), "resident.died", f"{one.name or '주민'} 님 사망")
        if one.moved_on:
            yield TimelineItem(_morning(one.moved_on), "resident.moved", f"{one.name or '주민'} 님 이사")


def _circumstances(rows: list[Circumstance], residents: dict[int, Resident], names: dict[int, str]) -> Iterator[TimelineItem]:
    for one in rows:
        whose = _whose(one.resident_id, residents)
        who = names.get(one.noted_by or 0, "")
        yield TimelineItem(_morning(one.since), "circumstance.since", f"{whose}{one.get_kind_display()} 시작", who, one.source)
        if one.until:
            yield TimelineItem(_morning(one.until), "circumstance.until", f"{whose}{one.get_kind_display()} 끝")


def _consents(rows: list[Consent], residents: dict[int, Resident], names: dict[int, str]) -> Iterator[TimelineItem]:
    for one in rows:
        title = f"{_whose(one.resident_id, residents)}동의: {one.get_kind_display()}"
        yield TimelineItem(one.given_at.astimezone(KST), "consent.give", title, names.get(one.noted_by or 0, ""), one.way)
        if one.withdrawn_at:
            who = names.get(one.withdrawn_by or 0, "")
            yield TimelineItem(one.withdrawn_at.astimezone(KST), "consent.withdraw", f"{title} 거둠", who)


def _logged(ids: list[int]) -> Iterator[TimelineItem]:
    rows = list(Entry.objects.filter(household__in=ids, event__in=list(_LOGGED)).order_by("id"))
    dongs = dict(Dong.objects.filter(pk__in={row.dong for row in rows if row.dong}).values_list("id", "name"))
    for row in rows:
        title = _LOGGED[row.event]
        if row.event == "household.settle":
            title = f"{dongs.get(row.dong or 0, '다른 동')}으로 옮김"
        elif row.event == "household.state":
            state = row.details.get("state", "")
            title = f"가구 상태: {HouseholdState(state).label}" if state in HouseholdState.values else title
        yield TimelineItem(row.at.astimezone(KST), row.event, title, row.actor, row.why)


def _whose(resident_id: int | None, residents: dict[int, Resident]) -> str:
    one = residents.get(resident_id or 0)
    return f"{one.name} 님 " if one and one.name else ""


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), KST)

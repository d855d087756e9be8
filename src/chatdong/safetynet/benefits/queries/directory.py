"""The directory of local services as it is shown: who, where, when, at what cost, and when somebody last made sure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chatdong.ground.places.queries import rule
from chatdong.kernel.errors import NotFound
from chatdong.kernel.money import won
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission
from chatdong.safetynet.benefits.hsds.hours import hours_text
from chatdong.safetynet.benefits.hsds.rows import (
    CostRow,
    Directory,
    LocationRow,
    OfferingRow,
    OrganizationRow,
    PlaceRow,
    ScheduleRow,
)
from chatdong.safetynet.benefits.models import CostOption, Location, Offering, Organization, Schedule, ServiceAtLocation

ACTIVE = "active"
_PARTS = (
    "places__location__dong", "places__schedules", "schedules", "cost_options",
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """One place of a service."""

    name: str
    address: str
    dong_name: str
    phone: str
    accessibility: str
    description: str
    hours: tuple[str, ...]


@dataclass(frozen=True)
class OfferingCard:
    """A service in a list. `is_stale`: nobody made sure of it within the time set for the gu."""

    id: int
    name: str
    organization: str
    summary: str
    dong_names: tuple[str, ...]
    hours: tuple[str, ...]
    phone: str
    assured_date: date | None
    is_stale: bool


@dataclass(frozen=True)
class OfferingPage:
    """A service with everything that is said of it. `ages` and `costs` are Korean texts."""

    card: OfferingCard
    description: str
    application: str
    eligibility: str
    ages: str
    costs: tuple[str, ...]
    spots: tuple[Spot, ...]
    url: str
    organization_phone: str
    organization_description: str
    situations: tuple[str, ...]
    benefits: tuple[str, ...]


def offerings_for(
    day: date,
    *,
    dong_id: int | None = None,
    situations: Collection[str] = (),
    benefits: Collection[str] = (),
    limit: int | None = None,
) -> tuple[OfferingCard, ...]:
    """Services offered now, by name: those at the dong (or for all of its gu), for any of the situations or benefits named."""
    rows = Offering.objects.filter(status=ACTIVE)
    if dong_id is not None:
        rows = rows.filter(places__location__dong_id=dong_id)
    keys = rows.order_by("name", "pk").distinct().values_list("pk", "situations", "benefits", "name")
    ids = [
        pk
        for pk, said, linked, _name in keys
        if (not situations and not benefits) or not {*situations}.isdisjoint(said) or not {*benefits}.isdisjoint(linked)
    ][:limit]
    return _cards(ids, day)


def offering_page(offering_id: int, day: date) -> OfferingPage:
    """One service that is offered now. Raises NotFound."""
    found = Offering.objects.filter(pk=offering_id, status=ACTIVE).select_related("organization")
    row = next(iter(found.prefetch_related(*_PARTS)), None)
    if row is None:
        raise NotFound
    return OfferingPage(
        _card(row, day), row.description, row.application, row.eligibility, _ages(row), _costs(row, day),
        tuple(_spot(place, day) for place in row.places.all()), row.url, row.organization.phone, row.organization.description,
        tuple(row.situations), tuple(row.benefits),
    )  # fmt: skip


def stale_offerings(*, by: Actor, day: date) -> tuple[OfferingCard, ...]:
    """Services of the actor's gu that nobody made sure of in time, the longest waiting first."""
    rows = Offering.objects.filter(status=ACTIVE)
    if not reach(by, Permission.DIRECTORY_WRITE).everywhere:
        rows = rows.filter(organization__gu_id__in=by.gu_ids if by.grants(Permission.DIRECTORY_WRITE) else ())
    cards = [card for card in _cards(list(rows.values_list("pk", flat=True)), day) if card.is_stale]
    return tuple(sorted(cards, key=lambda card: (card.assured_date or date.min, card.name, card.id)))


def count_of_offerings(*, by: Actor) -> dict[str, int]:
    """How many organizations and services the actor's gu has."""
    everywhere = reach(by, Permission.DIRECTORY_WRITE).everywhere
    ours: dict[str, Any] = {} if everywhere else {"gu_id__in": by.gu_ids}
    theirs: dict[str, Any] = {} if everywhere else {"organization__gu_id__in": by.gu_ids}
    return {
        "organizations": Organization.objects.filter(**ours).count(),
        "offerings": Offering.objects.filter(status=ACTIVE, **theirs).count(),
    }


def _cards(ids: list[int], day: date) -> tuple[OfferingCard, ...]:
    found: dict[int, OfferingCard] = {}
    for start in range(0, len(ids), 500):
        rows = Offering.objects.filter(pk__in=ids[start : start + 500]).select_related("organization")
        found |= {row.pk: _card(row, day) for row in rows.prefetch_related(*_PARTS)}
    return tuple(found[pk] for pk in ids if pk in found)


def _card(row: Any, day: date) -> OfferingCard:
    places = list(row.places.all())
    schedules = [*row.schedules.all(), *(one for place in places for one in place.schedules.all())]
    days = rule("directory.assured_days", day, row.organization.gu_id).value["days"]
    return OfferingCard(
        row.pk, row.name, row.organization.name, " ".join(row.description.split()),
        tuple(dict.fromkeys(place.location.dong.name for place in places if place.location.dong)),
        hours_text([schedule_row(one) for one in schedules], day),
        row.phone or next((place.location.phone for place in places if place.location.phone), row.organization.phone),
        row.assured_date, row.assured_date is None or row.assured_date + timedelta(days=days) < day,
    )  # fmt: skip


def _spot(place: Any, day: date) -> Spot:
    location = place.location
    return Spot(
        location.name, location.address, location.dong.name if location.dong else "", location.phone, location.accessibility,
        place.description, hours_text([schedule_row(one) for one in place.schedules.all()], day),
    )  # fmt: skip


def _ages(row: Any) -> str:
    if row.minimum_age is not None and row.maximum_age is not None:
        return f"{row.minimum_age}세부터 {row.maximum_age}세까지"
    if row.minimum_age is not None:
        return f"{row.minimum_age}세부터"
    return f"{row.maximum_age}세까지" if row.maximum_age is not None else ""


def _costs(row: Any, day: date) -> tuple[str, ...]:
    lines = [row.fees] if row.fees else []
    for one in row.cost_options.all():
        if (one.valid_to is not None and one.valid_to < day) or (one.valid_from is not None and one.valid_from > day):
            continue
        money = "" if one.amount is None else "무료" if one.amount == 0 else _money(one.amount, one.currency)
        lines.append(" ".join(filter(None, (one.option, money, f"({one.amount_description})" if one.amount_description else ""))))
    return tuple(line for line in dict.fromkeys(lines) if line)


def _money(amount: int, currency: str) -> str:
    return won(amount) if currency == "KRW" else f"{amount:,} {currency}"


def schedule_row(one: Schedule) -> ScheduleRow:
    """A kept schedule as a row of the directory."""
    return ScheduleRow(
        one.key, _key_of(one.offering), _key_of(one.place), one.valid_from, one.valid_to, one.dtstart, one.freq, one.byday,
        one.opens_at, one.closes_at, one.description, one.attending_type,
    )  # fmt: skip


def _key_of(row: Any) -> str:
    return row.key if row is not None else ""


def directory_of_gu(gu_id: int | None) -> tuple[Directory, dict[str, tuple[str, str]]]:
    """Everything kept for a gu (None: for all), and (city, gu) of each location by its key, for the export."""
    ours: dict[str, Any] = {} if gu_id is None else {"gu_id": gu_id}
    through: dict[str, Any] = {} if gu_id is None else {"organization__gu_id": gu_id}
    children: dict[str, Any] = {} if gu_id is None else {"offering__organization__gu_id": gu_id}
    offerings = list(Offering.objects.filter(**through).select_related("organization").order_by("pk"))
    places = list(ServiceAtLocation.objects.filter(**children).select_related("offering", "location").order_by("pk"))
    shown = {place.location_id for place in places}
    locations = [
        one
        for one in Location.objects.select_related("organization", "dong__gu__city").order_by("pk")
        if gu_id is None or one.pk in shown or _gu_of(one) == gu_id
    ]
    keys, at = {row.key for row in offerings}, {row.key for row in places}
    schedules = [
        row
        for one in Schedule.objects.select_related("offering", "place").order_by("pk")
        if (row := schedule_row(one)).offering in keys or row.at_place in at
    ]
    costs = CostOption.objects.filter(**children).select_related("offering").order_by("pk")
    directory = Directory(
        tuple(_organization_row(one) for one in _organizations(ours, locations)), tuple(map(_location_row, locations)),
        tuple(map(_offering_row, offerings)),
        tuple(PlaceRow(one.key, one.offering.key, one.location.key, one.description) for one in places), tuple(schedules),
        tuple(map(_cost_row, costs)),
    )  # fmt: skip
    areas = {one.key: (one.dong.gu.city.name, one.dong.gu.name) for one in locations if one.dong}
    return directory, areas


def _gu_of(location: Any) -> int | None:
    if location.organization is not None:
        return int(location.organization.gu_id) if location.organization.gu_id else None
    return location.dong.gu_id if location.dong else None


def _organizations(ours: dict[str, Any], locations: Iterable[Any]) -> list[Organization]:
    """Those of the gu, and those of others whose places its services use: an export refers to nothing it lacks."""
    found = {one.pk: one for one in Organization.objects.filter(**ours)}
    found |= {
        one.organization_id: one.organization for one in locations if one.organization_id and one.organization_id not in found
    }
    return [found[pk] for pk in sorted(found)]


def _organization_row(one: Any) -> OrganizationRow:
    return OrganizationRow(one.key, one.name, one.description, one.email, one.website, one.legal_status, one.phone)


def _location_row(one: Any) -> LocationRow:
    return LocationRow(
        one.key, _key_of(one.organization), one.name, one.lon, one.lat, one.address, one.dong.name if one.dong else "", one.phone,
        one.accessibility,
    )  # fmt: skip


def _offering_row(one: Any) -> OfferingRow:
    terms = tuple((str(taxonomy), str(code), str(name)) for taxonomy, code, name in one.taxonomy)
    return OfferingRow(
        one.key, one.organization.key, one.name, one.description, one.status, one.application, one.fees, one.eligibility,
        one.minimum_age, one.maximum_age, one.url, one.assured_date, one.assurer_email, one.phone, tuple(one.situations),
        tuple(one.benefits), terms,
    )  # fmt: skip


def _cost_row(one: Any) -> CostRow:
    return CostRow(
        one.key, one.offering.key, one.valid_from, one.valid_to, one.option, one.currency, one.amount, one.amount_description
    )
